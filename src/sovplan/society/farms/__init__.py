"""The village by households and regions."""
