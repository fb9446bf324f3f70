"""Regimes: who decides, who checks and who is served first, since when, and where that is said."""
