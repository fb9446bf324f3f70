"""Prices that move with excess demand, and prices that are posted with queues before the shops."""
