"""Technique from abroad, and what distortion costs of one's own: rule R08."""

import math

from sovplan.foundation.engine.rule import rule


@rule(
    "R08",
    step="renew",
    table="nation",
    reads=(
        "year", "quarter", "technique", "technique_got", "technique_delay", "skill", "distortion",
        "machines_imported", "investment",
    ),
    parameters=("g_frontier", "frontier_ratio", "absorb", "innov_loss", "technique_from"),
    writes=("technique_got", "technique_delay", "frontier_gap", "machines_abroad"),
    source="Gerschenkron's logic; Allen 2003; seeds P16, P17; form of the specification",
    switch="rules.frontier",
    off={"absorb": 0.0, "innov_loss": 0.0},
)  # fmt: skip
def absorption(
    year: float,
    quarter: float,
    technique: float,
    technique_got: float,
    technique_delay: float,
    skill: float,
    distortion: float,
    machines_imported: float,
    investment: float,
    g_frontier: float,
    frontier_ratio: float,
    absorb: float,
    innov_loss: float,
    technique_from: float,
) -> tuple[float, float, float, float]:
    """Return technique got from abroad, years of one's own lost, the gap and the imported share.

        got' = got (1 + absorb / 4 ln(A_f / A)+ M skill),   delay' = delay + innov_loss d / 4
        A_f = frontier_ratio (1 + g_frontier)^(t - from),   M = min(1, machines imported / I)

    The equation A' = A (1 + tfp_dis (1 - innov_loss d) + absorb ln(A_f / A)+ M skill), in quarters
    and in two factors: A = (1 + tfp_dis)^(years - delay) got. Nothing moves before the year
    `technique_from`, whose technique is 1. The gap is that of the technique in use.
    """
    passed = year + quarter / 4.0 - technique_from
    gap = frontier_ratio * (1.0 + g_frontier) ** passed / technique
    share = min(1.0, machines_imported / investment) if investment > 0.0 else 0.0
    if year < technique_from:
        return technique_got, technique_delay, gap, share
    gain = absorb / 4.0 * max(0.0, math.log(gap)) * share * skill
    return technique_got * (1.0 + gain), technique_delay + innov_loss * distortion / 4.0, gap, share


@rule(
    "R08",
    step="make",
    table="nation",
    reads=(),
    institutions=("new_plant",),
    parameters=("embody",),
    writes=("plant_worth",),
    source="specification of the model, rules R08 and R09",
    switch="rules.embody",
    off={"embody": 1.0},
)
def plant_worth(new_plant: float, embody: float) -> float:
    """Return what a rouble of new capital counts in old: embody where it is reckoned, else 1."""
    return 1.0 + new_plant * (embody - 1.0)
