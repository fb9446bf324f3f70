"""Bodies of the state and their officials: who of the persons of a run holds which office."""
