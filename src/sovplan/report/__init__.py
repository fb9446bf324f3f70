"""What a reader is given: figures, tables and the plan book, a file that needs no network."""
