"""Strikes, and what answers unrest of the village: rule R39.

Strikers are read off the country and change nothing in it. What the rule would answer to unrest is
a signal; it acts under `riots_answered` only.
"""

from math import exp

from sovplan.foundation.engine.rule import rule


@rule(
    "R39",
    step="renew",
    table="nation",
    reads=("wants", "village", "town"),
    institutions=("town_wage",),
    parameters=("wage_1913", "wants_speed", "wants_town"),
    writes=("wants", "real_wage"),
    source="rule R38 of the specification for the form; Davies 1962, Runciman 1966 on wants",
    switch="rules.wants",
    off={"wants_speed": 0.0, "wants_town": 0.0},
)
def wants(
    wants: float,
    village: float,
    town: float,
    town_wage: float,
    wage_1913: float,
    wants_speed: float,
    wants_town: float,
) -> tuple[float, float]:
    """Return the wage that workers think is due, and the one they have, 1913 = 1.

        w = wage / wage_1913
        W' = W + ( speed (max(1, w) - W) + wants_town town / people ) / 4

    The group that workers know best is themselves: before the war, or now where that is more. The
    term of schooling is left out: quarters know no schooling.
    """
    real = town_wage / wage_1913
    known = max(1.0, real)
    grown = wants_speed * (known - wants) + wants_town * town / (village + town)
    return wants + grown / 4.0, real


@rule(
    "R39",
    step="renew",
    table="nation",
    reads=("wants", "real_wage", "workers", "wage_arrears"),
    institutions=("police_power", "right_to_strike", "union_power"),
    parameters=("h_strike", "strike_wants", "strike_arrears", "strike_police"),
    writes=("strike_rate", "strikers"),
    source="form of the specification; counts of unions for the size of h_strike",
    switch="rules.strikes",
    off={"h_strike": 0.0},
)
def strikes(
    wants: float,
    real_wage: float,
    workers: float,
    wage_arrears: float,
    police_power: float,
    right_to_strike: float,
    union_power: float,
    h_strike: float,
    strike_wants: float,
    strike_arrears: float,
    strike_police: float,
) -> tuple[float, float]:
    """Return strikers per 1000 workers and in thousands, both a year.

        s = h_strike exp( 2 (W - w) + 1.5 arrears - 3 police + right to strike x power of unions )

    Repression is read as the power of the police: rule R37 is not built for the country, and a
    state that is forced alike on all regimes could not tell them apart. Organised is who may strike
    and has a union that can. Weak: nothing here says that a strike is put down or won.
    """
    anger = strike_wants * (wants - real_wage) + strike_arrears * wage_arrears
    rate = h_strike * exp(anger - strike_police * police_power + right_to_strike * union_power)
    return rate, rate * workers


@rule(
    "R39",
    step="decide",
    table="nation",
    reads=("riots", "village", "trust"),
    institutions=("riots_answered",),
    parameters=("answer_from", "army_trust"),
    writes=("riots_million", "answer_due", "concession"),
    source="Acemoglu and Robinson 2001: who rules gives way where a threat is worth giving way to",
    switch="rules.answer",
    off={"riots": 0.0},
)
def answer(
    riots: float,
    village: float,
    trust: float,
    riots_answered: float,
    answer_from: float,
    army_trust: float,
) -> tuple[float, float, float]:
    """Return disturbances per million of the village, whether to give way, and whether it is done.

        due = 1 where riots / village > answer_from and trust < army_trust, else 0 (force)
        concession = due x riots_answered

    Soldiers are sons of peasants: the army is doubtful where peasants do not trust the state. A
    concession lifts pressure on the village, lets members leave and stops requisition in the
    quarters that follow (rules R26, R22). Weak: disturbances of the model stay far below those that
    the bound was taken from, so at the numbers of the package it never falls due.
    """
    each = riots / village
    due = 1.0 if each > answer_from and trust < army_trust else 0.0
    return each, due, due * riots_answered
