"""What an hour of work yields."""

import numpy as np

from sovplan.foundation.shapes import Vector
from sovplan.records.institutions import Institutions
from sovplan.records.parameters import Parameters

LEAST, MOST = 0.5, 1.2
"""Bounds of effort in rule R04 (assumed)."""
DAY = 8.0
"""Hours of the working day beyond which people tire, rule R04 (assumed)."""


def effort(
    food: Vector,
    real: Vector,
    norms: tuple[float, float],
    institutions: Institutions,
    parameters: Parameters,
) -> Vector:
    """Return what an hour yields against an hour of the norms, for each stratum.

        e = 1 - e_food (1 - food)+  +  min( 0, e_real ln(real) (1 - law e_fear / e_real)+ )
              + e_fear law  +  e_voice (committee - committee0)  - fatigue (day - 8)+

    within 0.5 to 1.2, `real` within 0.25 to 4. law is `labour_law`, committee `committee_power`.
    Consumption above that of the first year buys no effort here; the rule of the model lets it.
    Belief and random terror, the other terms of the rule, wait for the rules that move them.

    Parameters
    ----------
    food
        What people had of what they need, 1 where they had it all, by stratum.
    real
        Consumption per head over that of the first year, by stratum.
    norms
        Length of the working day, hours, and committee0, the say of committees in the year in which
        the norms were taken.

    Source: rule R04 of the model (Leibenstein 1957; Miller & Smith 2015). Only the hunger term was
    ever run against data; e_voice is shown with its range, 0 included.
    """
    (day, voice), law = norms, institutions.labour_law
    wage = parameters.e_real * np.log(np.clip(real, 0.25, 4.0))
    weakened = max(0.0, 1.0 - law * parameters.e_fear / max(parameters.e_real, 1e-12))
    terms = (
        1.0
        - parameters.e_food * np.maximum(0.0, 1.0 - food)
        + np.minimum(wage * weakened, 0.0)
        + parameters.e_fear * law
        + parameters.e_voice * (institutions.committee_power - voice)
        - parameters.fatigue * max(0.0, day - DAY)
    )
    return np.asarray(np.clip(terms, LEAST, MOST))
