"""What was printed: embedded economies, readers of published tables, series and their sources."""
