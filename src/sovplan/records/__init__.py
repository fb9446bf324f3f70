"""Papers: everything that can be said about an economy and a plan, and nothing about truth."""
