"""What people live on, do and say: strata, pay, shops, answers to surveys, votes and reports."""
