"""Hands, effort, skill and order, on which output rests: rules R02-R05, R08, R37.

Capital is in milliard roubles of 1926/27, people and hands in millions.
"""

import numpy as np

from sovplan.foundation.engine.block import block
from sovplan.foundation.engine.rule import rule
from sovplan.society.nation.production import BUILDING, HEAVY, Vector


@block(
    "R03",
    step="make",
    reads=("sectors.labour_1928", "sectors.capital", "sectors.capital_1928"),
    institutions=("tautness",),
    parameters=("demand_power", "demand_taut"),
    writes=("hands_needed",),
    source="Allen 2003, Kornai 1980 on soft budgets; exponents ours",
)
def hands_needed(
    sectors_labour_1928: Vector,
    sectors_capital: Vector,
    sectors_capital_1928: Vector,
    tautness: float,
    demand_power: float,
    demand_taut: float,
) -> float:
    """Return how many hands sectors need for their plant and targets, millions.

    needed = sum of L0_j (K_j / K0_j)^demand_power (1 + demand_taut (T/C - 1)+)
    """
    grown = sectors_capital / sectors_capital_1928
    plant = float((sectors_labour_1928 * grown**demand_power).sum())
    return plant * (1.0 + demand_taut * max(0.0, tautness - 1.0))


@rule(
    "R03",
    step="make",
    table="nation",
    reads=("workers", "hands_needed"),
    institutions=("soft_budget",),
    parameters=("needed_scale",),
    writes=("hands_idle",),
    source="specification of the model, R03: hard budgets leave the rest without work; Kornai 1980",
    switch="rules.hard_budget",
    off={"soft_budget": 1.0},
)
def hands_idle(
    workers: float, hands_needed: float, soft_budget: float, needed_scale: float
) -> float:
    """Return who of the workers of towns finds no place under hard budgets, millions.

        idle = (1 - soft) (W - needed_scale needed)+

    What plant needs stands for what a hand adds being worth its wage. Where budgets are soft all
    who come are hired. The scale brings hands of the seven sectors to all who are employed.
    """
    return (1.0 - soft_budget) * max(0.0, workers - needed_scale * hands_needed)


@rule(
    "R03",
    step="make",
    table="nation",
    reads=("hands_idle", "free_workers"),
    institutions=("budget_counts",),
    writes=("out_of_work", "in_work"),
    source="specification of the model, R03; the trial hired all",
    switch="rules.hard_budget",
    off={"budget_counts": 0.0},
)
def out_of_work(
    hands_idle: float, free_workers: float, budget_counts: float
) -> tuple[float, float]:
    """Return who of the free workers has no work, where it is reckoned, and who has, millions.

    out = counts min(idle, W_f),   in = W_f - out
    """
    out = budget_counts * min(hands_idle, free_workers)
    return out, free_workers - out


@block(
    "R03",
    step="make",
    reads=("workers", "free_workers", "in_work", "unfree_labour", "hours_part", "hands_needed",
           "sectors.labour_1928", "sectors.capital", "sectors.capital_1928"),
    parameters=("hands_power", "hands_scale", "camp_building"),
    writes=("sectors.hands", "hands_wanted"),
    source="Allen 2003, Kornai 1980 on soft budgets; exponents ours",
)  # fmt: skip
def hands(
    workers: float,
    free_workers: float,
    in_work: float,
    unfree_labour: float,
    hours_part: float,
    hands_needed: float,
    sectors_labour_1928: Vector,
    sectors_capital: Vector,
    sectors_capital_1928: Vector,
    hands_power: float,
    hands_scale: float,
    camp_building: float,
) -> tuple[Vector, float]:
    """Return hands by sector over those of 1928, and how many hands all sectors want, millions.

        L_j / L0_j = hands_scale h (W_in s_j + U c_j) / L0_j,   s_j ~ L0_j (K_j / K0_j)^hands_power
        wanted = needed + (W - W_f) - U

    The shares s and c are 1 in sum; U, the labour of prisoners, works in building (camp_building)
    and for heavy goods. W_f are the free of all workers W, W_in those with work: who guards or is
    held leaves a place empty, who is without work leaves none. h is hours over those of 1928.
    Farms have no hands here (1 by definition).
    """
    pull = sectors_labour_1928 * (sectors_capital / sectors_capital_1928) ** hands_power
    mine = in_work * (pull / pull.sum())
    mine[BUILDING] += unfree_labour * camp_building
    mine[HEAVY] += unfree_labour * (1.0 - camp_building)
    works = sectors_labour_1928 > 0.0
    ratio = np.ones_like(pull)
    ratio[works] = mine[works] / sectors_labour_1928[works] * hands_scale * hours_part
    return ratio, hands_needed + (workers - free_workers - unfree_labour)


@rule(
    "R04",
    step="make",
    table="nation",
    reads=("town_food", "pay_and_law", "say_and_hours", "bonus_drive", "piece_drive"),
    parameters=("e_food", "effort_least", "effort_most"),
    writes=("effort",),
    source="Leibenstein 1957; equation and bounds of the specification, R04",
    switch="rules.effort",
    off={"e_food": 0.0, "pay_and_law": 0.0, "say_and_hours": 0.0, "bonus_drive": 0.0,
         "piece_drive": 0.0},
)  # fmt: skip
def effort(
    town_food: float,
    pay_and_law: float,
    say_and_hours: float,
    bonus_drive: float,
    piece_drive: float,
    e_food: float,
    effort_least: float,
    effort_most: float,
) -> float:
    """Return effort of an hour: e = 1 - e_food (1 - food / norm)+ + other terms.

    It is kept from effort_least to effort_most.

    The other terms, of rules R04 and R06, are 0 where a regime does not reckon them.
    """
    hungry = 1.0 - e_food * max(0.0, 1.0 - town_food)
    moved = pay_and_law + say_and_hours + bonus_drive + piece_drive
    return min(max(hungry + moved, effort_least), effort_most)


@rule(
    "R05",
    step="make",
    table="nation",
    reads=(),
    institutions=("tautness",),
    parameters=("t_a", "t_b"),
    writes=("taut_gain",),
    source="Hunter 1961, Keren 1972 for the form",
    switch="rules.tautness",
    off={"t_a": 0.0, "t_b": 0.0},
)
def taut_gain(tautness: float, t_a: float, t_b: float) -> float:
    """Return what taut targets do to output: tau = 1 + t_a (T/C - 1) - t_b (T/C - 1)+^2."""
    over = tautness - 1.0
    return 1.0 + t_a * over - t_b * max(0.0, over) ** 2


@rule(
    "R08",
    step="make",
    table="nation",
    reads=("year", "technique_got", "technique_delay"),
    institutions=("technique_abroad",),
    parameters=("tfp_dis", "technique_from"),
    writes=("technique",),
    source="form ours; the fit leaves hardly any growth to it",
    switch="rules.catch_up",
    off={"tfp_dis": 0.0},
)
def technique(
    year: float,
    technique_got: float,
    technique_delay: float,
    technique_abroad: float,
    tfp_dis: float,
    technique_from: float,
) -> float:
    """Return technique over that of the year technique_from.

        A = (1 + tfp_dis)^((t - technique_from)+ - delay) got

    Delay and what is got from abroad (rule `absorption`) count where they are reckoned; else A is
    the trend alone.
    """
    passed = max(0.0, year - technique_from) - technique_abroad * technique_delay
    got = 1.0 + technique_abroad * (technique_got - 1.0)
    return float((1.0 + tfp_dis) ** passed) * got


@rule(
    "R03",
    step="renew",
    table="nation",
    reads=("town", "work_share", "workers", "skill", "learning_lost"),
    parameters=("s_new", "learn"),
    writes=("workers", "skill"),
    source="form ours; Harrison on output an hour 1928-1937",
    switch="rules.skill",
    off={"s_new": 1.0},
)
def skill(
    town: float,
    work_share: float,
    workers: float,
    skill: float,
    learning_lost: float,
    s_new: float,
    learn: float,
) -> tuple[float, float]:
    """Return the workers of the towns, millions, and their skill over that of trained ones.

    s' = s_m + learn / 4 (1 - s_m) - lost / 4,   s_m = (s W + s_new new) / (W + new)

    What is lost by turnover (rule `turnover`) takes nobody below a newcomer.
    """
    now = town * work_share
    newcomers = max(0.0, now - workers)
    mixed = (skill * workers + s_new * newcomers) / (workers + newcomers)
    taught = mixed + (1.0 - mixed) * learn / 4.0
    return now, max(min(s_new, taught), taught - learning_lost / 4.0)


@rule(
    "R02",
    step="renew",
    table="nation",
    reads=("coordination", "food_ok", "linked"),
    parameters=("k_O",),
    writes=("coordination",),
    source="own logistic form; Blanchard and Kremer 1997 on disorganisation",
    switch="rules.coordination",
    off={"coordination": 1.0, "k_O": 0.0, "linked": 0.0},
)
def coordination(
    coordination: float,
    food_ok: float,
    linked: float,
    k_O: float,  # noqa: N803 - name of the parameter
) -> float:
    """Return coordination capital.

    O' = O + k_O / 4 O (1 - O) food_ok

    What a war and the end of the old order destroy (1917-1920) is put in the place of what this
    rule finds, outside it (`forced`); what grows again is not. Where the plan is abolished the
    links that are left and those of the market take its place (rule `dissolution`).
    """
    if linked > 0.0:
        return linked
    return coordination + k_O / 4.0 * coordination * (1.0 - coordination) * food_ok


@rule(
    "R37",
    step="renew",
    table="nation",
    reads=("managers",),
    institutions=("staff_removed",),
    parameters=("purge_out", "purge_rec"),
    writes=("managers",),
    source="form ours; removals of 1937-38",
    switch="rules.repression",
    off={"staff_removed": 0.0},
)
def managers(managers: float, staff_removed: float, purge_out: float, purge_rec: float) -> float:
    """Return managerial capital: mg' = mg - purge_out / 4 removed mg + purge_rec / 4 (1 - mg)."""
    lost = purge_out * staff_removed / 4.0 * managers
    return managers - lost + (1.0 - managers) * purge_rec / 4.0
