"""Harmony of what is reached with what is wanted.

    s = (n - t) / t        H = s - s^2 / 2  where s < 0,  else ln(1 + s)

n what is reached, t the target: falling short hurts more and more, excess pleases less and less. H
is concave, and its slope, 1 - s or 1 / (1 + s), is 1 at the target from both sides.

Source: Cockshott and Cottrell (1993); the quadratic form is that of the program 5yearplan (2018).
"""

import numpy as np

from sovplan.foundation.shapes import Grid


def harmony(share: Grid) -> Grid:
    """Return H of shares of targets n / t."""
    above = np.maximum(share, 1.0)
    below = np.minimum(share, 1.0) - 1.0
    return np.asarray(np.log(above) + below - 0.5 * below**2)


def slope(share: Grid) -> Grid:
    """Return dH / d(n / t) of shares of targets."""
    return np.asarray(np.where(share < 1.0, 2.0 - share, 1.0 / np.maximum(share, 1.0)))
