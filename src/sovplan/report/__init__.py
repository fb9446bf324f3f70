"""What a reader is given: figures, tables and the plan book, one HTML file that needs no network."""
