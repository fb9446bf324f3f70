"""Persons who live under the country: rows with weights, a year after its four quarters."""
