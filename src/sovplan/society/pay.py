"""Pay: one hour, one pay, times what grades add and a ceiling takes away (rule R13)."""

import numpy as np

from sovplan.society.strata import Strata, StrataVector

_LOW, _HIGH = 0.1, 0.9
"""Tenths of earners from below and from above (by definition of the decile ratio)."""


def hourly_pay(
    strata: Strata, hours: StrataVector, decile_ratio: float, pay_cap: float
) -> StrataVector:
    """Return the pay of an hour in each stratum, over the mean pay of an hour.

    Pay rises by one factor from grade to grade,

        ln w_k = ln w_0 + x grade_k,        x from `steepness` among those who work outside farming

    Officials are then brought towards the mean hourly pay w of workers (of all but officials where
    nobody works as a worker), as far as the ceiling binds; nobody is raised by it:

        w_k <- w_k - pay_cap max(0, w_k - w)

    Last, all are divided by the mean: grades and ceilings share out one fund and do not change it.
    What officials lose by a ceiling is divided among all.

    Parameters
    ----------
    strata
        S strata.
    hours
        Hours worked in the year.
    decile_ratio
        Pay nine tenths up over pay one tenth up, > 0, before the ceiling.
    pay_cap
        0 without a ceiling, 1 where no official is paid more than workers.

    Returns
    -------
    StrataVector
        Its mean, weighted by hours, is 1 where anybody works.

    Source: rule R13 of the model; the ceiling is the party maximum. The fund is our assumption.
    """
    works = hours > 0.0
    earners = works & ~strata.of_class("peasant")
    rise = steepness(strata.grades[earners], hours[earners], decile_ratio) * strata.grades
    # Only ratios matter: the best paid who work are set to 1, so that nothing can overflow.
    pay = np.exp(np.minimum(rise - np.max(rise[works], initial=-np.inf), 0.0)) * works
    pay = _capped(pay, hours, strata, pay_cap)
    mean = _mean(pay, hours)
    return pay / mean if mean > 0.0 else np.zeros(len(strata))


def steepness(grades: StrataVector, hours: StrataVector, decile_ratio: float) -> float:
    """Return x, the rise of log pay from one grade to the next that makes a decile ratio.

        x = ln(ratio) / (g90 - g10)

    g10 and g90 are grades one and nine tenths up. Log pay is linear in the grade, so its quantiles
    are those of the grades times x, and x needs no search. Strata are points of a distribution that
    is smooth in truth: a grade stands in the middle of those who are in it, and between two middles
    the quantile is on a straight line. So the ratio can be reached whenever there are two grades.

    Parameters
    ----------
    grades, hours
        Grades of those who earn, and hours worked in each, > 0.
    decile_ratio
        The ratio, > 0.

    Returns
    -------
    float
        x; 0 where all stand in one grade.

    Source: rule R13 of the model; the interpolation is ours.
    """
    gap = decile_gap(grades, hours)
    return float(np.log(decile_ratio)) / gap if gap > 0.0 else 0.0


def decile_gap(values: StrataVector, weights: StrataVector) -> float:
    """Return the value nine tenths up less the value one tenth up; the weights are > 0.

    With the log of hourly pay as values and hours as weights its exponential is the decile ratio.
    """
    if not len(values):
        return 0.0
    steps, place = np.unique(values, return_inverse=True)
    weight = np.bincount(place, weights=weights)
    middle = (np.cumsum(weight) - weight / 2.0) / weight.sum()
    low, high = np.interp([_LOW, _HIGH], middle, steps)
    return float(high - low)


def _capped(pay: StrataVector, hours: StrataVector, strata: Strata, pay_cap: float) -> StrataVector:
    officials = strata.of_class("official")
    at_work = hours > 0.0
    workers = strata.of_class("worker") & at_work
    peers = workers if workers.any() else ~officials & at_work
    if not peers.any():
        return pay
    above = np.maximum(pay - _mean(pay[peers], hours[peers]), 0.0)
    return pay - pay_cap * above * officials


def _mean(pay: StrataVector, hours: StrataVector) -> float:
    total = float(hours.sum())
    return float(pay @ hours) / total if total > 0.0 else 0.0
