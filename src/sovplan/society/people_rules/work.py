"""Work and what it brings: effort, hours, pay, purchases, savings (rules R04, R13, R15)."""

from sovplan.foundation.engine.functions import exp, log
from sovplan.foundation.engine.rule import rule

HOURS_OF_A_YEAR = 8760


@rule(
    "R04",
    step="decide",
    table="cell",
    reads=("hunger", "spending", "people"),
    institutions=("labour_law", "committee_power", "day"),
    parameters=(
        "e_food", "e_real", "e_fear", "e_voice", "fatigue", "fair_spending", "wage_low",
        "wage_high", "tired_from",
    ),
    writes=("incentive",),
    source="Leibenstein 1957; Miller and Smith 2015; Gregory and Harrison 2005",
    switch="effort",
    off={
        "e_food": 0.0, "e_real": 0.0, "e_fear": 0.0, "e_voice": 0.0, "fatigue": 0.0,
    },
)  # fmt: skip
def incentive(
    hunger: float, spending: int, people: int, labour_law: float, committee_power: float,
    day: float, e_food: float, e_real: float, e_fear: float, e_voice: float, fatigue: float,
    fair_spending: float, wage_low: float, wage_high: float, tired_from: float,
) -> float:  # fmt: skip
    """1 - e_food hunger + (e_real - law e_fear)+ ln(w / fair) + e_fear law + e_voice c - fatigue.

    w is what the cell spent a head in the year before, over `fair_spending`, within wage_low and
    wage_high; fatigue counts hours above tired_from.
    """
    real = min(max(spending / (max(people, 1) * fair_spending), wage_low), wage_high)
    wage = max(e_real - labour_law * e_fear, 0.0) * log(real if people > 0 else 1.0)
    law = e_fear * labour_law + e_voice * committee_power
    return 1.0 - e_food * hunger + wage + law - fatigue * max(day - tired_from, 0.0)


@rule(
    "R04",
    step="make",
    table="people",
    reads=("belief", "cell.incentive"),
    parameters=("e_belief", "effort_least", "effort_most"),
    writes=("effort",),
    source="the form and the bounds of rule R04",
    switch="effort",
    off={"e_belief": 0.0},
)
def effort(
    belief: float, cell_incentive: float, e_belief: float, effort_least: float, effort_most: float
) -> float:
    """E = incentive of the cell + e_belief belief, within effort_least and effort_most."""
    return min(max(cell_incentive + e_belief * belief, effort_least), effort_most)


@rule(
    "R03",
    step="make",
    table="people",
    reads=("age", "skill", "effort"),
    institutions=("day",),
    parameters=("s_new", "days_at_work", "work_from", "work_to"),
    writes=("hours", "own_hours", "labour"),
    source="weights of skill after rule R03; ages: assumed",
)
def work(
    age: int, skill: float, effort: float, day: float, s_new: float, days_at_work: float,
    work_from: float, work_to: float,
) -> tuple[int, int, int]:  # fmt: skip
    """Labour = hours effort (s_new + (1 - s_new) skill); worked and own hours make up the year."""
    hours = int(day * days_at_work) if age >= work_from and age < work_to else 0
    labour = int(hours * effort * (s_new + (1.0 - s_new) * skill) * 1024.0)
    return hours, HOURS_OF_A_YEAR - hours, labour


@rule(
    "R13",
    step="share",
    table="cell",
    reads=("labour", "nation.labour", "class.grade"),
    parameters=("base_wage", "scarce", "wage_least", "wage_most"),
    writes=("wage", "log_wage"),
    source="own; a cell in which labour is scarce pays more",
)
def wage(
    labour: int, nation_labour: int, class_grade: float, base_wage: float, scarce: float,
    wage_least: float, wage_most: float,
) -> tuple[float, float]:  # fmt: skip
    """W = base grade (L / mean L)^-scarce, kopecks for 1/1024 effective hour.

    The last factor lies within wage_least and wage_most.
    """
    mean = max(nation_labour, 1) / 768.0
    rare = exp(-scarce * log(max(labour, 1) / mean))
    pay = base_wage * class_grade * min(max(rare, wage_least), wage_most) / 1024.0
    return pay, log(pay)


@rule(
    "R13",
    step="share",
    table="people",
    reads=("labour", "office", "cell.wage"),
    institutions=("office_pay",),
    writes=("income",),
    source="rule R13; a premium for each rank is ours",
)
def pay(labour: int, office: int, cell_wage: float, office_pay: float) -> int:
    """Income = labour x wage of the cell x (1 + office_pay rank), cut to kopecks."""
    return int(labour * cell_wage * (1.0 + office_pay * office))


@rule(
    "R15",
    step="survey",
    table="nation",
    reads=("labour", "wanted_goods"),
    parameters=("value_of_labour",),
    writes=("served",),
    source="Kornai 1980 (shortage); goods are those of the year before, as in rule R14",
    switch="shortage",
    off={"value_of_labour": 1e12},
)
def served(labour: int, wanted_goods: int, value_of_labour: float) -> float:
    """S / D, at most 1: value of what was made over the money brought to shops."""
    supply = labour * value_of_labour / 1024.0
    return min(supply / max(wanted_goods, 1), 1.0) if wanted_goods > 0 else 1.0


@rule(
    "R15",
    step="decide",
    table="cell",
    reads=("nation.served", "class.norm"),
    institutions=("ration",),
    parameters=("fair_spending", "bread"),
    writes=("ration", "hunger", "served"),
    source="categories of consumers as in Osokina 1999; the link to hunger is ours",
)
def cards(
    nation_served: float, class_norm: float, ration: float, fair_spending: float, bread: float
) -> tuple[float, float, float]:
    """Cards give `ration` of the fair basket times the norm; hunger: what shops and cards lack."""
    cards = ration * class_norm * fair_spending
    hunger = max(bread - max(nation_served, ration * class_norm), 0.0)
    return cards, hunger, nation_served


@rule(
    "R15",
    step="share",
    table="people",
    reads=("income", "savings", "cell.ration", "cell.served"),
    parameters=("keep",),
    writes=("wanted_goods", "spending", "savings"),
    source="purchases after rule R15; the share that is kept is ours",
)
def purchase(
    income: int, savings: int, cell_ration: float, cell_served: float, keep: float
) -> tuple[int, int, int]:
    """Wanted = ration + (1 - keep)(income - ration), within the purse; spent = cards, then served.

    savings' = savings + income - spent: to the kopeck.
    """
    purse = savings + income
    wanted = max(min(int(cell_ration + (1.0 - keep) * (income - cell_ration)), purse), 0)
    cards = min(int(cell_ration), wanted)
    spent = cards + int((wanted - cards) * cell_served)
    return wanted, spent, purse - spent
