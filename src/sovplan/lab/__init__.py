"""The laboratory: holds what the model says against what was counted."""
