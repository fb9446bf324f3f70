"""What persons do in a year, as rules of the engine, and the tables on which they act."""
