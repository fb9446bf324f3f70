"""What becomes of the links between plants when a system of coordination is abolished: rule R02."""

import numpy as np

from sovplan.foundation.engine.block import block
from sovplan.foundation.engine.rule import rule
from sovplan.society.nation.production import Vector

CHAINED = ("heavy", "machines", "building", "light")
"""Branches whose chains of suppliers have a length, in the order of the sectors."""
_FIRST = 2


@rule(
    "R02",
    step="renew",
    table="nation",
    reads=("coordination", "plan_links", "market_links"),
    institutions=("plan_abolished",),
    parameters=("plan_dissolution", "m_1991", "k_market"),
    writes=("plan_links", "market_links", "linked"),
    source="Blanchard and Kremer 1997; form and speeds those of the specification, section 8.5",
    switch="rules.dissolution",
    off={"plan_abolished": 0.0},
)
def dissolution(
    coordination: float,
    plan_links: float,
    market_links: float,
    plan_abolished: float,
    plan_dissolution: float,
    m_1991: float,
    k_market: float,
) -> tuple[float, float, float]:
    """Return links of the plan, those of the market, and coordination by both; all 0 under a plan.

        O = w + (1 - w) m,   w' = w (1 - plan_dissolution / 4),   m' = m + k_market / 4 m (1 - m)

    In the quarter of the abolition m = min(m_1991, O) and w = (O - m) / (1 - m): nothing is lost by
    the act itself. The specification has w = 1, which is the same where O was 1.
    """
    if plan_abolished <= 0.0:
        return 0.0, 0.0, 0.0
    w, m = plan_links, market_links
    if m <= 0.0:
        m = min(m_1991, coordination)
        w = (coordination - m) / (1.0 - m) if m < 1.0 else 1.0
    w *= 1.0 - plan_dissolution / 4.0
    m += k_market / 4.0 * m * (1.0 - m)
    return w, m, w + (1.0 - w) * m


@block(
    "R02",
    step="make",
    reads=("plan_links", "market_links", "linked", "sectors.output_1928"),
    parameters=("chain_c", "chain_heavy", "chain_machines", "chain_building", "chain_light"),
    writes=("sectors.chain_broken", "sectors.chain_kept", "chains_broken"),
    source="Blanchard and Kremer 1997 for the condition; lengths and what is left are ours",
    switch="rules.chains",
    off={"chain_c": 0.0},
)
def chains(
    plan_links: float,
    market_links: float,
    linked: float,
    sectors_output_1928: Vector,
    chain_c: float,
    chain_heavy: float,
    chain_machines: float,
    chain_building: float,
    chain_light: float,
) -> tuple[Vector, Vector, float]:
    """Return which chains break without a plan, what is left of each branch, and how many broke.

        a chain of n suppliers breaks if (2^n - 1) chain_c > 1
        left = ( w + (1 - w) m v ) / O,   v = min( 1, 1 / ((2^n - 1) chain_c) )

    Links of the plan hold any chain. Where only the market joins, suppliers claim (2^n - 1) chain_c
    of what the chain is worth, one after the other; of chains that cannot pay, the part v is left
    that can. What suppliers find outside is not output of the branch. Whether a chain would break
    is always told; only where the plan is abolished does it count.
    """
    lengths = np.array([chain_heavy, chain_machines, chain_building, chain_light])
    claims = (2.0**lengths - 1.0) * chain_c
    breaks, worth = claims > 1.0, 1.0 / np.maximum(1.0, claims)
    broken, kept = np.zeros_like(sectors_output_1928), np.ones_like(sectors_output_1928)
    place = slice(_FIRST, _FIRST + len(CHAINED))
    broken[place] = breaks
    if linked > 0.0:
        kept[place] = (plan_links + (1.0 - plan_links) * market_links * worth) / linked
    return broken, kept, float(broken.sum()) if linked > 0.0 else 0.0
