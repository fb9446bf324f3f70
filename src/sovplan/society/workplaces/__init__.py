"""Workplaces: what they could make, what they were told to make, made, and said they made."""
