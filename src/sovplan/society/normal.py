"""Standard normal numbers and means over localities in the language of rules."""

from math import sqrt

from sovplan.foundation.engine.functions import exp, log, power

LEAST = 1.0e-12
"""Nearest to 0 that a uniform number is taken (numerical)."""


def normal(u: float) -> float:
    """Return the standard normal quantile of u: Abramowitz and Stegun 26.2.23, error below 5e-4."""
    tail = max(min(u, 1.0 - u), LEAST)
    t = sqrt(-2.0 * log(tail))
    top = 2.515517 + t * (0.802853 + t * 0.010328)
    size = t - top / (1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
    return -size if u < 0.5 else size


def lack(head: float, spread: float, line: float, rise: float) -> float:
    """Return the mean of (1 - c / line)+^rise over five fifths of localities, ln c ~ N."""
    mean = head * exp(-spread * spread / 2.0)
    return (
        short(mean * exp(-1.3998 * spread), line, rise)
        + short(mean * exp(-0.5319 * spread), line, rise)
        + short(mean, line, rise)
        + short(mean * exp(0.5319 * spread), line, rise)
        + short(mean * exp(1.3998 * spread), line, rise)
    ) / 5.0


def short(head: float, line: float, rise: float) -> float:
    """Return (1 - head / line)+^rise."""
    gap = min(max(1.0 - head / line, 0.0), 1.0)
    return power(max(gap, LEAST), rise) if gap > 0.0 else 0.0
