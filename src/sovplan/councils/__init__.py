"""Councils: rules of decision, ballots in and decisions out. Nothing here can see the world."""
