"""Branches, classes, party, offices, and what people think (R17, R29, R30, R32, R34, R38, R45)."""

from sovplan.foundation.engine.functions import exp
from sovplan.foundation.engine.rule import rule
from sovplan.society.people_rules.tables import (
    BRANCHES,
    FARMING,
    OFFICIAL,
    PEASANT,
    WORKER,
)  # fmt: skip

_BRANCHES = len(BRANCHES)


@rule(
    "R17",
    step="renew",
    table="people",
    reads=("labour", "age"),
    institutions=("labour_law",),
    parameters=("look_rate", "law_hold", "look_to"),
    draws=("looking",),
    writes=("looks",),
    source="rule R17: labour law holds people at their place; the rate is assumed",
    switch="turnover",
    off={"look_rate": 0.0},
)
def look(
    labour: int, age: int, labour_law: float, look_rate: float, law_hold: float, look_to: float,
    looking: float,
) -> int:  # fmt: skip
    """Thinks of another branch if u < look_rate (1 - law_hold law), at work and below look_to."""
    rate = look_rate * (1.0 - law_hold * labour_law)
    return 1 if labour > 0 and age < look_to and looking < rate else 0


@rule(
    "R17",
    step="renew",
    table="people",
    reads=("looks",),
    draws=("which_branch",),
    writes=("wanted",),
    source="a branch drawn at random",
    when="looks",
)
def want(looks: int, which_branch: float) -> int:
    """Any branch, each as likely as the other."""
    return int(which_branch * _BRANCHES) * looks


@rule(
    "R29",
    step="renew",
    table="people",
    reads=("branch", "stratum", "wanted", "cell.log_wage", "there.log_wage"),
    institutions=("passports",),
    parameters=("move_slope", "move_cost"),
    draws=("moving",),
    writes=("branch", "moves", "rises"),
    source="Harris and Todaro 1970 for the choice by expected pay; slope and cost assumed",
    when="looks",
)
def move(
    branch: int, stratum: int, wanted: int, cell_log_wage: float, there_log_wage: float,
    passports: float, move_slope: float, move_cost: float, moving: float,
) -> tuple[int, int, int]:  # fmt: skip
    """Moves if u < free / (1 + exp(cost - slope ln(w' / w))); who leaves a village needs papers."""
    leaves = stratum == PEASANT and wanted != FARMING
    odds = exp(move_slope * (there_log_wage - cell_log_wage) - move_cost)
    likely = odds / (1.0 + odds) * (1.0 - passports if leaves else 1.0)
    goes = moving < likely and wanted != branch
    return (wanted if goes else branch, 1 if goes else 0, 1 if goes and leaves else 0)


@rule(
    "R30",
    step="renew",
    table="people",
    reads=("stratum", "rises", "appointed"),
    writes=("stratum",),
    source="by definition: who leaves farming becomes a worker, who is appointed an official",
)
def change_class(stratum: int, rises: int, appointed: int) -> int:
    """Class after moves and appointments."""
    return OFFICIAL if appointed > 0 else WORKER if rises > 0 else stratum


@rule(
    "R34",
    step="renew",
    table="people",
    reads=("age", "party", "morale", "belief", "cell.entry"),
    institutions=("purge",),
    parameters=("entry_morale", "party_from"),
    draws=("entering",),
    writes=("party", "enters"),
    source="Rigby 1968 for admission by class; form ours",
    switch="party",
)
def party(
    age: int, party: int, morale: float, belief: float, cell_entry: float,
    purge: float, entry_morale: float, party_from: float, entering: float,
) -> tuple[int, int]:  # fmt: skip
    """Enters if u < entry belief (entry_morale + morale), from party_from; n years: n + 1, or 0."""
    chance = cell_entry * belief * (entry_morale + morale)
    enters = age >= party_from and party == 0 and entering < chance
    stays = 0 if entering < purge else min(party + 1, 100)
    return (1 if enters else 0 if party == 0 else stays, 1 if enters else 0)


@rule(
    "R34",
    step="decide",
    table="cell",
    reads=("class.entry",),
    institutions=("recruitment",),
    writes=("entry",),
    source="admission by class as an institution",
)
def admission(class_entry: float, recruitment: float) -> float:
    """Chance of an adult to enter, before belief and morale."""
    return recruitment * class_entry


@rule(
    "R32",
    step="renew",
    table="people",
    reads=("age", "party", "office"),
    institutions=("appointment", "recall"),
    parameters=("office_rate", "recall_rate", "office_from", "office_to", "office_top"),
    draws=("rising",),
    writes=("office", "appointed"),
    source="seeds B01 and B03 for appointment and recall; rates assumed",
    switch="office",
)
def office(
    age: int, party: int, office: int, appointment: float, recall: float,
    office_rate: float, recall_rate: float, office_from: float, office_to: float,
    office_top: float, rising: float,
) -> tuple[int, int]:  # fmt: skip
    """Up one rank, to office_top, if u < office_rate appointment; out if u > 1 - recalls.

    Members rise from office_from to below office_to.
    """
    fit = party > 0 and age >= office_from and age < office_to
    up = fit and rising < office_rate * appointment
    out = rising > 1.0 - recall_rate * recall
    rank = 0 if out else min(office + 1, int(office_top)) if up else office
    return rank, 1 if up and office == 0 and not out else 0


@rule(
    "R38",
    step="renew",
    table="people",
    reads=("morale", "spending"),
    institutions=("committee_power",),
    parameters=("mor_goods", "mor_say", "mor_back", "mor_middle", "fair_spending"),
    writes=("morale",),
    source="own; content with consumption and with a say at work",
    switch="morale",
)
def morale(
    morale: float, spending: int, committee_power: float,
    mor_goods: float, mor_say: float, mor_back: float, mor_middle: float, fair_spending: float,
) -> float:  # fmt: skip
    """M' = m + mor_goods (c / fair - 1, within -1 and 1) + mor_say say + mor_back (middle - m)."""
    content = min(max(spending / fair_spending - 1.0, -1.0), 1.0)
    back = mor_back * (mor_middle - morale)
    new = morale + mor_goods * content + mor_say * committee_power + back
    return min(max(new, 0.0), 1.0)


@rule(
    "R38",
    step="renew",
    table="people",
    reads=("belief", "schooling"),
    institutions=("participation", "repression"),
    parameters=("bel_k", "bel_R", "bel_school", "bel_base", "school_most"),
    writes=("belief",),
    source="rule R38; the term of schooling is ours",
    switch="belief",
)
def belief(
    belief: float, schooling: int, participation: float, repression: float,
    bel_k: float, bel_R: float, bel_school: float,  # noqa: N803 - its name in the model
    bel_base: float, school_most: float,
) -> float:  # fmt: skip
    """A' = A + bel_k (base + (1 - base) s - A) - bel_R R A + bel_school of ten years at school."""
    aim = bel_base + (1.0 - bel_base) * participation
    toward = bel_k * (aim - belief) - bel_R * repression * belief
    return min(max(belief + toward + bel_school * 0.1 * min(schooling, school_most), 0.0), 1.0)


@rule(
    "R45",
    step="renew",
    table="people",
    reads=("morale", "belief", "party", "office"),
    parameters=("sup_belief", "sup_place"),
    writes=("support",),
    source="own; what regimes' transitions read as support",
)
def support(
    morale: float, belief: float, party: int, office: int, sup_belief: float, sup_place: float
) -> float:
    """S = (1 - sup_belief) morale + sup_belief belief, more with a place in party and office."""
    place = sup_place * ((1 if party > 0 else 0) + (1 if office > 0 else 0))
    return min((1.0 - sup_belief) * morale + sup_belief * belief + place, 1.0)
