"""Runs of the planning year as experiments: what is run with what, in which processes."""
