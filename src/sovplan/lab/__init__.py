"""Runs as experiments, and what the model says held against what was counted."""
