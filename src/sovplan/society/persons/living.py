"""Work, pay and what is had for it: rules R03, R04, R13, R15 and R17 on persons."""

from dataclasses import replace
from typing import Final

from sovplan.foundation.engine.functions import exp, log
from sovplan.foundation.engine.rule import rule
from sovplan.society.classes import COLLECTIVE, OTHER, PRISONER, SOLDIER, STUDENT, WORKER
from sovplan.society.people_rules import work
from sovplan.society.people_rules.work import HOURS_OF_A_YEAR
from sovplan.society.persons.tables import TOWN


@rule(
    "R13",
    step="survey",
    table="trade",
    reads=("first",),
    institutions=("priority",),
    parameters=("premium_first",),
    writes=("premium",),
    source="tiers of users as in rule R01; the size is ours",
    switch="rules.wage_scale",
    off={"premium_first": 0.0},
)
def premium(first: float, priority: float, premium_first: float) -> float:
    """Log pay of a branch over the lowest: premium_first where priority serves it first."""
    return premium_first * first * priority


@rule(
    "R17",
    step="survey",
    table="nation",
    reads=(),
    institutions=("priority",),
    parameters=("premium_first",),
    writes=("best",),
    source="rule R17: the best offer is that of a branch that is served first",
    switch="rules.wage_scale",
    off={"premium_first": 0.0},
)
def best(priority: float, premium_first: float) -> float:
    """Log pay of the best branch over the lowest."""
    return premium_first * priority


@rule(
    "R13",
    step="decide",
    table="nation",
    reads=("privilege",),
    institutions=(
        "appointed_share", "administrators", "participation", "inheritance", "pay_cap",
    ),
    parameters=("b_min", "b_slope", "b_speed", "b_kept"),
    writes=("privilege",),
    source="Trotsky 1936, Rakovsky 1928: functions become privileges; the form is ours",
    switch="rules.privilege",
    off={"b_min": 0.0, "b_slope": 0.0, "b_speed": 1.0},
)  # fmt: skip
def privilege(
    privilege: float, appointed_share: float, administrators: float, participation: float,
    inheritance: float, pay_cap: float, b_min: float, b_slope: float, b_speed: float,
    b_kept: float,
) -> float:  # fmt: skip
    """B' = b + b_speed (b_min + b_slope a B (1 - s)(k + (1 - k) inheritance)(1 - cap) - b).

    k is b_kept: what privilege is where nothing can be inherited.
    """
    power = appointed_share * administrators * (1.0 - participation)
    handed = b_kept + (1.0 - b_kept) * inheritance
    aim = b_min + b_slope * power * handed * (1.0 - pay_cap)
    return privilege + b_speed * (aim - privilege)


@rule(
    "R15",
    step="decide",
    table="nation",
    reads=(),
    institutions=("queue_hours",),
    writes=("queue",),
    source="rule R15 of the nation's shops: the queue of towns has one definition",
    switch="rules.queues",
    off={"queue_hours": 0.0},
)
def queues(queue_hours: float) -> float:
    """Hours of an adult of the towns in a year: 52 weeks of the nation's queue (rule `shops`)."""
    return 52.0 * queue_hours


@rule(
    "R17",
    step="decide",
    table="nation",
    reads=(),
    institutions=("vacancy",),
    parameters=("hide_vacancy",),
    writes=("reported",),
    source="seed L03: managers hide offences when hands are scarce",
    switch="rules.managers_report",
    off={"vacancy": 0.0},
)
def reported(vacancy: float, hide_vacancy: float) -> float:
    """Share of offences that managers report = 1 - hide_vacancy vacancy."""
    return 1.0 - hide_vacancy * min(vacancy, 1.0)


@rule(
    "R17",
    step="decide",
    table="nation",
    reads=(),
    institutions=("norm_changes",),
    parameters=("keep_money", "norm_leave", "norm_goods"),
    writes=("unsettled", "keep"),
    source="rule R17, seed L15: who cannot count on norms leaves, and saves in goods; sizes ours",
    switch="rules.norm_changes",
    off={"norm_changes": 0.0},
)
def unsettled(
    norm_changes: float, keep_money: float, norm_leave: float, norm_goods: float
) -> tuple[float, float]:
    """Leavers more = norm_leave sd; part of money kept = keep_money (1 - norm_goods sd)+.

    sd is that of the yearly changes of the norm, in logs.
    """
    kept = keep_money * max(1.0 - norm_goods * norm_changes, 0.0)
    return norm_leave * norm_changes, kept


@rule(
    "R04",
    step="decide",
    table="cell",
    reads=("class.living", "nation.reported"),
    institutions=(
        "town_food", "labour_law", "committee_power", "hours", "repression", "police_power",
    ),
    parameters=(
        "e_food", "e_real", "e_fear", "e_random", "e_voice", "fatigue", "wage_low", "wage_high",
        "tired_from",
    ),
    writes=("incentive",),
    source="Leibenstein 1957; Miller and Smith 2015; Gregory and Harrison 2005",
    switch="rules.effort_persons",
    off={
        "e_food": 0.0, "e_real": 0.0, "e_fear": 0.0, "e_random": 0.0, "e_voice": 0.0,
        "fatigue": 0.0,
    },
)  # fmt: skip
def incentive(
    class_living: float, nation_reported: float, town_food: float, labour_law: float,
    committee_power: float, hours: float, repression: float, police_power: float,
    e_food: float, e_real: float, e_fear: float, e_random: float, e_voice: float, fatigue: float,
    wage_low: float, wage_high: float, tired_from: float,
) -> float:  # fmt: skip
    """1 - e_food (1 - food)+ + (e_real - law e_fear)+ ln w + e_fear law found - e_random R + voice.

    w is what a head of the class had in the year before, the towns of 1928 = 1, within wage_low
    and wage_high; R is repression times the power of the police; fatigue counts hours above
    tired_from.
    """
    living = min(max(class_living, wage_low), wage_high)
    wage = max(e_real - labour_law * e_fear, 0.0) * log(living)
    law = e_fear * labour_law * nation_reported - e_random * repression * police_power
    voice = e_voice * committee_power - fatigue * max(hours - tired_from, 0.0)
    return 1.0 - e_food * max(1.0 - town_food, 0.0) + wage + law + voice


effort: Final = replace(work.effort, switch="rules.effort_persons")


@rule(
    "R04",
    step="make",
    table="people",
    reads=("age", "place", "home", "stratum", "works", "nation.queue"),
    institutions=("hours",),
    parameters=("days_town", "hours_farm", "work_from", "work_to"),
    writes=("hours", "queued", "own_hours"),
    source="accounts of the day; days and hours on farms: assumed",
)
def day(
    age: int, place: int, home: int, stratum: int, works: int, nation_queue: float,
    hours: float, days_town: float, hours_farm: float, work_from: float, work_to: float,
) -> tuple[int, int, int]:  # fmt: skip
    """Worked + queued + own hours = 8760: h days in towns, a farmer's year in the village.

    People work from work_from to below work_to, and queue from work_from on.
    """
    able = age >= work_from and age < work_to and stratum == home
    trades = place == TOWN and home == OTHER
    farm = home <= COLLECTIVE
    worked = (hours_farm if farm else hours * days_town if works > 0 or trades else 0.0) * (
        1 if able else 0
    )
    waited = int(nation_queue if place == TOWN and age >= work_from and stratum == home else 0.0)
    return int(worked), waited, HOURS_OF_A_YEAR - int(worked) - waited


@rule(
    "R13",
    step="make",
    table="people",
    reads=("standing", "home", "stratum", "works", "place", "hours", "effort", "trade.premium"),
    institutions=("wage_scale", "piecework", "union_drift"),
    parameters=("pay_other",),
    writes=("points",),
    source="rule R13: the spread of the scale follows the decile ratio that institutions set",
    switch="rules.wage_scale",
    off={"wage_scale": 0.0},
)
def points(
    standing: float, home: int, stratum: int, works: int, place: int, hours: int, effort: float,
    trade_premium: float, wage_scale: float, piecework: float, union_drift: float,
    pay_other: float,
) -> int:  # fmt: skip
    """Points = h e^(x z + premium + drift of workers)(1 + piecework (e - 1)), z the standing."""
    earns = works > 0 or (place == TOWN and home == OTHER)
    level = wage_scale * standing + trade_premium + (union_drift if home <= WORKER else 0.0)
    kind = pay_other if home == OTHER else 1.0
    work = hours * kind * exp(level) * (1.0 + piecework * (effort - 1.0))
    return int(work if earns and stratum == home else 0.0)


@rule(
    "R15",
    step="make",
    table="people",
    reads=("place", "home", "stratum", "works", "trade.first", "class.ration"),
    parameters=("ration_later", "ration_dependant"),
    writes=("card", "head"),
    source="categories of consumers after Osokina 1999, as rule R15 states them",
)
def category(
    place: int, home: int, stratum: int, works: int, trade_first: float,
    class_ration: float, ration_later: float, ration_dependant: float,
) -> tuple[int, int]:  # fmt: skip
    """Cards: those of the class at work, less in a later branch; those of dependants; none."""
    tier = 1.0 if trade_first > 0.0 or home != WORKER else ration_later
    share = class_ration * tier if works > 0 else ration_dependant
    lives = place == TOWN and stratum == home
    return (int(100.0 * share) if lives else 0, 1 if lives else 0)


@rule(
    "R13",
    step="share",
    table="nation",
    reads=("points", "cards", "privilege", "keep"),
    institutions=(
        "town_goods", "all_goods", "closed_supply", "ration", "town_short", "bonds",
    ),
    parameters=("card_part", "bond_part"),
    writes=("rate", "supply", "card_value"),
    source="rules R13 and R15; the nation hands down goods and how much money meets them",
    switch="rules.cards",
    off={"card_part": 0.0},
)  # fmt: skip
def rate(
    points: int, cards: int, privilege: float, keep: float, town_goods: float, all_goods: float,
    closed_supply: float, ration: float, town_short: float, bonds: float, card_part: float,
    bond_part: float,
) -> tuple[float, float, float]:  # fmt: skip
    """Money D = S / (1 - town_short); pay of a point = (D / spent - extra) / (1 - bonds) / points.

    Spent is what is not kept, 1 - keep. S is what closed shops leave to others; cards take
    card_part of it where there are rations.
    """
    supply = max(town_goods - privilege * closed_supply * all_goods, 0.0)
    money = supply / (1.0 - town_short) / (1.0 - keep)
    extra = privilege * (1.0 - closed_supply) * all_goods
    bill = max(money - extra, 0.0) / (1.0 - bonds * bond_part)
    return bill / max(points, 1), supply, ration * card_part * supply / max(cards, 1)


@rule(
    "R13",
    step="share",
    table="class",
    reads=("heads", "office", "nation.privilege"),
    institutions=("all_goods", "closed_supply"),
    writes=("closed", "extra"),
    source="rule R13: privilege in kind where shops are closed, in money where they are not",
)
def shops_of_office(
    heads: int, office: int, nation_privilege: float, all_goods: float, closed_supply: float
) -> tuple[float, float]:
    """A head of an official's household has b C / heads: closed_supply of it in kind."""
    all_of_it = nation_privilege * all_goods / max(heads, 1) if office > 0 else 0.0
    return all_of_it * closed_supply, all_of_it * (1.0 - closed_supply)


@rule(
    "R13",
    step="share",
    table="people",
    reads=("points", "nation.rate"),
    institutions=("bonds",),
    parameters=("bond_part", "family_part"),
    writes=("income", "bonds", "shared"),
    source="rule R13; bonds are lent to the state and own nothing; households share by class",
    switch="rules.bonds",
    off={"bonds": 0.0},
)
def pay(
    points: int, nation_rate: float, bonds: float, bond_part: float, family_part: float
) -> tuple[int, int, int]:
    """Pay = points x rate; bonds x bond_part of it is lent, family_part of the rest goes home."""
    money = int(points * nation_rate)
    lent = int(money * bonds * bond_part)
    return money, lent, int((money - lent) * family_part)


@rule(
    "R13",
    step="inspect",
    table="class",
    reads=("pool", "heads"),
    writes=("keep",),
    source="own: persons have no household of their own, so those of a class share alike",
)
def keep(pool: int, heads: int) -> int:
    """What a head has of what earners of the class share, cut to kopecks."""
    return pool // max(heads, 1)


@rule(
    "R15",
    step="inspect",
    table="people",
    reads=(
        "head", "card", "income", "bonds", "shared", "class.keep", "class.extra",
        "nation.card_value", "nation.keep",
    ),
    writes=("family", "perk", "given", "wanted"),
    source="purchases after rule R15; the part that is kept is ours",
)  # fmt: skip
def purse(
    head: int, card: int, income: int, bonds: int, shared: int, class_keep: int,
    class_extra: float, nation_card_value: float, nation_keep: float,
) -> tuple[int, int, int, int]:  # fmt: skip
    """Money of the year, less the part that is kept, is brought to shops; cards are paid first."""
    family = class_keep * head
    perk = int(class_extra) * head
    money = income - bonds - shared + family + perk
    wanted = int(money * (1.0 - nation_keep))
    return family, perk, min(int(card * nation_card_value), wanted), wanted


@rule(
    "R15",
    step="renew",
    table="nation",
    reads=("supply", "given", "wanted"),
    writes=("served",),
    source="Kornai 1980: what is brought to shops beyond cards meets what is left there",
)
def served(supply: float, given: int, wanted: int) -> float:
    """Goods left over money left: (S - cards) / (D - cards)."""
    return max(supply - given, 0.0) / max(wanted - given, 1)


@rule(
    "R15",
    step="renew",
    table="people",
    reads=(
        "head", "stratum", "given", "wanted", "income", "bonds", "shared", "family", "perk",
        "savings", "class.closed", "local.income", "nation.served",
    ),
    institutions=("mean_goods",),
    parameters=("keep_soldier", "keep_student", "keep_prisoner"),
    writes=("spending", "savings", "goods"),
    source="rule R15; who is kept by the state has a part of the mean",
)  # fmt: skip
def purchase(
    head: int, stratum: int, given: int, wanted: int, income: int, bonds: int, shared: int,
    family: int, perk: int, savings: int, class_closed: float, local_income: float,
    nation_served: float, mean_goods: float, keep_soldier: float, keep_student: float,
    keep_prisoner: float,
) -> tuple[int, int, int]:  # fmt: skip
    """Spent = cards + what is served; goods = cards + served + closed shops; the rest is kept.

    savings' = savings + pay - bonds - shared + family + extra - spent: to the kopeck.
    """
    rest = wanted - given
    spent = given + int(rest * min(nation_served, 1.0))
    bought = given + int(rest * nation_served) + int(class_closed) * head
    state = (
        keep_soldier if stratum == SOLDIER
        else keep_student if stratum == STUDENT
        else keep_prisoner if stratum == PRISONER
        else 0.0
    )  # fmt: skip
    kept = int(state * mean_goods)
    had = bought if head > 0 else kept if state > 0.0 else int(local_income)
    return spent, savings + income - bonds - shared + family + perk - spent, had
