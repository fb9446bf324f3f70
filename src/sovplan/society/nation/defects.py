"""Inputs that fail, and how much more of them users need: rule R07 for whole branches."""

import numpy as np

from sovplan.foundation.engine.block import block
from sovplan.foundation.engine.rule import rule
from sovplan.society.nation.production import Vector

_FARMS = 2
"""Crops and animals stand first: no target is taut there."""
_SERVICES = 6


@rule(
    "R07",
    step="make",
    table="nation",
    reads=(),
    institutions=("tautness", "audit", "appointment", "open_books", "consumer_control",
                  "plan_scope"),
    parameters=("q_taut", "q_min", "p_state", "p_workers", "p_user", "kappa_c", "planners",
                "items_all"),
    writes=("input_quality",),
    source="Berliner 1957; no series: direction only",
    switch="rules.quality",
    off={"q_taut": 0.0},
)  # fmt: skip
def input_quality(
    tautness: float,
    audit: float,
    appointment: float,
    open_books: float,
    consumer_control: float,
    plan_scope: float,
    q_taut: float,
    q_min: float,
    p_state: float,
    p_workers: float,
    p_user: float,
    kappa_c: float,
    planners: float,
    items_all: float,
) -> float:
    """Return the use of a rouble of industrial goods, 1 where targets are not taut.

        q = max(q_min, 1 - q_taut (T/C - 1)+ u),
        u = (1 - p_user users)(1 - p_workers books)(1 - p_state audit (1 - appointment) reach)

    As on workplaces, with the tautness of the whole country in place of each target over capacity.
    """
    reach = min(1.0, kappa_c * planners / max(items_all * plan_scope, 1e-9))
    by_state = p_state * audit * (1.0 - appointment) * reach
    unseen = (1.0 - p_user * consumer_control) * (1.0 - p_workers * open_books) * (1.0 - by_state)
    return max(q_min, 1.0 - q_taut * max(0.0, tautness - 1.0) * unseen)


@block(
    "R07",
    step="make",
    reads=("input_quality", "sectors.output_1928"),
    institutions=("defects",),
    writes=("sectors.need", "industrial_need"),
    source="specification of the model, rule R07",
    switch="rules.defects",
    off={"defects": 0.0},
)
def input_need(
    input_quality: float, sectors_output_1928: Vector, defects: float
) -> tuple[Vector, float]:
    """Return how much of each good users take for one that does not fail, and that of industry.

        a_ij' = a_ij n_i,   n = 1 / q for goods of industry and building where defects are reckoned

    Farm goods and services count as sound.
    """
    need = np.ones_like(sectors_output_1928)
    industrial = 1.0 + defects * (1.0 / input_quality - 1.0)
    need[_FARMS:_SERVICES] = industrial
    return need, industrial
