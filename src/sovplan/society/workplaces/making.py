"""Carrying out: haste, what is really made, its quality. Rules R05, R01, R07.

Totals of branches are those of the country by quarters; rows share them, so nothing made here is
added to or taken from the country.
"""

from sovplan.foundation.engine.functions import exp
from sovplan.foundation.engine.rule import rule

CLAIMS = 1099511627776.0
"""2^40: claims of a branch in all, near enough."""


@rule(
    "R05",
    step="make",
    table="workplace",
    reads=("target", "capacity"),
    parameters=("t_a", "t_b", "storm", "taut_low", "taut_high"),
    writes=("taut", "gain", "late"),
    source="Hunter 1961, Keren 1972; bounds ours",
    switch="rules.haste",
    off={"t_a": 0.0, "t_b": 0.0, "storm": 0.0},
)
def haste(
    target: float, capacity: float, t_a: float, t_b: float, storm: float, taut_low: float,
    taut_high: float,
) -> tuple[float, float, float]:  # fmt: skip
    """T / C;  gain = 1 + t_a o - t_b (o+)^2,  late = storm o+,  o = T/C - 1 within low and high.

    The gain shares the output of a branch among its plants; that of the whole branch acts in the
    quarters of the country. `late` is output that moves to the last quarter.
    """
    taut = target / max(capacity, 1.0)
    over = min(max(taut - 1.0, taut_low), taut_high)
    above = max(over, 0.0)
    return taut, 1.0 + t_a * over - t_b * above * above, storm * above


@rule(
    "R06",
    step="make",
    table="workplace",
    reads=("taut",),
    institutions=("bonus_moves", "bonus_form", "ratchet"),
    parameters=("bonus_slope", "bonus_effort", "bonus_reach", "rho_disc"),
    writes=("keen",),
    source="Weitzman 1980 for what the ratchet leaves of a bonus; what it moves is ours",
    switch="rules.keen",
    off={"bonus_moves": 0.0},
)
def keen(
    taut: float, bonus_moves: float, bonus_form: float, ratchet: float, bonus_slope: float,
    bonus_effort: float, bonus_reach: float, rho_disc: float,
) -> float:  # fmt: skip
    """1 + bonus_effort slope rho / (rho + lambda) (1 - (T/C - 1)+ / reach)+, where reckoned.

    The rule of the country (`bonus_drive`) at the tautness of the plant. It shares the output of a
    branch: who sees a bonus makes more of it than who has given it up.
    """
    kept = rho_disc / (rho_disc + ratchet)
    seen = max(0.0, 1.0 - max(0.0, taut - 1.0) / bonus_reach)
    return 1.0 + bonus_moves * min(bonus_form, 1.0) * bonus_effort * bonus_slope * kept * seen


@rule(
    "R01",
    step="make",
    table="workplace",
    reads=("size", "gain", "keen", "capacity", "need", "of.supply", "centre.hidden"),
    parameters=("works_luck", "works_least", "asked_least"),
    draws=("luck_1", "luck_2", "luck_3", "delivery"),
    writes=("part",),
    source="own: luck and deliveries within a branch",
)
def claim(
    size: float, gain: float, keen: float, capacity: float, need: float, of_supply: float,
    centre_hidden: float, works_luck: float, works_least: float, asked_least: float,
    luck_1: float, luck_2: float, luck_3: float, delivery: float,
) -> int:  # fmt: skip
    """Return the claim: part = 2^40 size gain keen e^(works_luck z) max(least, 1 - s).

    s = 2 u (1 - supply) / asked; asked is the need that was stated over the mean of its branch:
    who asks for more is short of less; it counts asked_least at least. z as in the rule of errors,
    u the luck of deliveries. Part is at least 1: a target so far above capacity that its gain is
    below nothing stops a plant, and where all are stopped they share alike what the country made.
    """
    z = 2.0 * (luck_1 + luck_2 + luck_3 - 1.5)
    asked = need / max(capacity * (1.0 + centre_hidden), 1e-9)
    short = 2.0 * delivery * max(1.0 - of_supply, 0.0) / max(asked, asked_least)
    worked = size * gain * keen
    return max(int(CLAIMS * worked * exp(works_luck * z) * max(works_least, 1.0 - short)), 1)


@rule(
    "R01",
    step="share",
    table="workplace",
    reads=("part", "of.output", "of.parts"),
    writes=("made",),
    source="own: the output of a branch is that of the country",
)
def made(part: int, of_output: float, of_parts: int) -> float:
    """Y = Y_b part / sum of parts."""
    return of_output * (part / max(of_parts, 1))


@rule(
    "R16",
    step="share",
    table="workplace",
    reads=("made", "below", "of.theft"),
    institutions=("theft_missed",),
    parameters=("distance_top",),
    writes=("stolen", "received"),
    source="equation of the specification, R16; distance as the place of a plant by size is ours",
    switch="rules.theft_works",
    off={"of_theft": 0.0},
)
def delivered(
    made: float, below: float, of_theft: float, theft_missed: float, distance_top: float
) -> tuple[float, float]:
    """Stolen = th (1 + distance_top below) / (1 + distance_top / 2) y;  received = y - missed.

    th is that of the country (rule `theft`), of light goods, which shops lack. `below` is the part
    of a branch that larger plants make, 1/2 on average: the smaller a plant, the farther from the
    top. Users count in what reaches them, a paper if anybody asks them: where theft is missed
    (theft_missed) what was stolen is not in it, and a report of all that was made looks false.
    """
    share = of_theft * (1.0 + distance_top * below) / (1.0 + 0.5 * distance_top)
    return made * share, made - theft_missed * made * share


@rule(
    "R04",
    step="inspect",
    table="workplace",
    reads=("made", "capacity", "norm"),
    institutions=("piecework",),
    writes=("met", "piece_pay"),
    source="rules R04 and R06: piecework pays by the norm; the form is ours",
)
def piece_pay(made: float, capacity: float, norm: float, piecework: float) -> tuple[float, float]:
    """Met = made / (capacity norm);  pay of an hour = 1 + piecework (met - 1).

    A norm is what is to be made of the plant at hand. It moves pay and nothing else; what effort
    piecework adds is a rule of the country (`piece_drive`).
    """
    met = made / max(capacity * norm, 1e-9)
    return met, 1.0 + piecework * (met - 1.0)


@rule(
    "R07",
    step="inspect",
    table="workplace",
    reads=("taut", "centre.by_users", "centre.by_workers", "centre.by_state"),
    parameters=("q_taut", "q_min"),
    writes=("quality",),
    source="Berliner 1957; no series: direction only",
    switch="rules.quality",
    off={"q_taut": 0.0},
)
def quality(
    taut: float, centre_by_users: float, centre_by_workers: float, centre_by_state: float,
    q_taut: float, q_min: float,
) -> float:  # fmt: skip
    """Q = max(q_min, 1 - q_taut (T/C - 1)+ u),   u = product of (1 - chance) of checks."""
    unseen = (1.0 - centre_by_users) * (1.0 - centre_by_workers) * (1.0 - centre_by_state)
    return max(q_min, 1.0 - q_taut * max(0.0, taut - 1.0) * unseen)
