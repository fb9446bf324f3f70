"""What moves effort, hours and who stays beyond hunger: rules R03, R04, R06 and R17.

The trial of the specification ran hunger alone; all else here acts where a regime reckons it. Each
term is nought near the institutions of 1928, the year whose output the norms of the sectors are.
"""

from math import log

from sovplan.foundation.engine.rule import rule


@rule(
    "R03",
    step="make",
    table="nation",
    reads=(),
    institutions=("hours", "hours_counted"),
    parameters=("hours_1928",),
    writes=("hours_part",),
    source="specification of the model: R03 reads hours, R04 gives the yield of an hour",
    switch="rules.hours",
    off={"hours_counted": 0.0},
)
def hours_part(hours: float, hours_counted: float, hours_1928: float) -> float:
    """Return hours of a hand over those of 1928: 1 + counted (h / h28 - 1).

    A shorter day is less labour for as many hands; what an hour yields is effort.
    """
    return 1.0 + hours_counted * (hours / hours_1928 - 1.0)


@rule(
    "R04",
    step="make",
    table="nation",
    reads=("wants", "hands_wanted", "workers", "repression"),
    institutions=("effort_whole", "town_wage", "labour_law", "police_power"),
    parameters=("e_real", "e_fear", "e_random", "wage_1913", "workers_least", "hide_vacancy",
                "wage_low", "wage_high"),
    writes=("pay_and_law",),
    source="Miller and Smith 2015; Gregory and Harrison 2005; equation of the specification, R04",
    switch="rules.incentives",
    off={"effort_whole": 0.0},
)  # fmt: skip
def pay_and_law(
    wants: float,
    hands_wanted: float,
    workers: float,
    repression: float,
    effort_whole: float,
    town_wage: float,
    labour_law: float,
    police_power: float,
    e_real: float,
    e_fear: float,
    e_random: float,
    wage_1913: float,
    workers_least: float,
    hide_vacancy: float,
    wage_low: float,
    wage_high: float,
) -> float:
    """Return effort by pay and coercion, where it is reckoned.

        (e_real - law e_fear)+ ln( w / w_fair ) + e_fear law reported - e_random R police
        reported = 1 - hide_vacancy min(1, (wanted / workers - 1)+)

    w is the wage over that of 1913, w_fair the one that workers think due (`wants`); their ratio is
    kept from wage_low to wage_high. Managers report less where hands are scarce (R17). The equation
    is that of persons, who hold what they had against 1928: read so, the country would lose effort
    because output fell and output because effort did.
    """
    vacancy = max(0.0, hands_wanted / max(workers_least, workers) - 1.0)
    reported = 1.0 - hide_vacancy * min(1.0, vacancy)
    fair = town_wage / wage_1913 / wants
    wage = max(0.0, e_real - labour_law * e_fear) * log(min(max(fair, wage_low), wage_high))
    law = e_fear * labour_law * reported - e_random * repression * police_power
    return effort_whole * (wage + law)


@rule(
    "R04",
    step="make",
    table="nation",
    reads=(),
    institutions=("effort_whole", "committee_power", "hours"),
    parameters=("e_voice", "fatigue", "tired_from"),
    writes=("say_and_hours",),
    source="equation of the specification, R04; its range of e_voice begins at 0",
    switch="rules.incentives",
    off={"effort_whole": 0.0},
)
def say_and_hours(
    effort_whole: float,
    committee_power: float,
    hours: float,
    e_voice: float,
    fatigue: float,
    tired_from: float,
) -> float:
    """Return effort by a say at work and by tiredness: e_voice committee - fatigue (h - h_tired)+.

    h_tired is tired_from.

    What a say at work adds to output passes through e_voice alone. Belief is left out: the country
    has no rule R38.
    """
    return effort_whole * (e_voice * committee_power - fatigue * max(0.0, hours - tired_from))


@rule(
    "R06",
    step="make",
    table="nation",
    reads=(),
    institutions=("bonus_moves", "bonus_form", "ratchet", "tautness"),
    parameters=("bonus_slope", "bonus_effort", "bonus_reach", "rho_disc"),
    writes=("bonus_drive",),
    source="Weitzman 1980 for what the ratchet leaves of a bonus; what it moves is ours",
    switch="rules.bonus_effort",
    off={"bonus_moves": 0.0},
)
def bonus_drive(
    bonus_moves: float,
    bonus_form: float,
    ratchet: float,
    tautness: float,
    bonus_slope: float,
    bonus_effort: float,
    bonus_reach: float,
    rho_disc: float,
) -> float:
    """Return the effort of plants that bonuses of managers bring, where it is reckoned.

        bonus_effort slope rho_disc / (rho_disc + lambda) seen
        seen = (1 - (T/C - 1)+ / bonus_reach)+

    What is done today is asked for tomorrow (lambda), and a manager who may be gone by then (rho)
    minds it less. Nobody strains for a bonus that is out of reach. A bonus of the team
    (bonus_form 0) is none of the manager's.
    """
    kept = rho_disc / (rho_disc + ratchet)
    seen = max(0.0, 1.0 - max(0.0, tautness - 1.0) / bonus_reach)
    return bonus_moves * min(bonus_form, 1.0) * bonus_effort * bonus_slope * kept * seen


@rule(
    "R06",
    step="make",
    table="nation",
    reads=(),
    institutions=("bonus_moves", "piecework", "ratchet"),
    parameters=("piece_effort", "turn0", "piece_1928", "ratchet_1928"),
    writes=("piece_drive",),
    source="specification of the model, R04: piecework adds at once, and raises norms next year",
    switch="rules.bonus_effort",
    off={"bonus_moves": 0.0},
)
def piece_drive(
    bonus_moves: float,
    piecework: float,
    ratchet: float,
    piece_effort: float,
    turn0: float,
    piece_1928: float,
    ratchet_1928: float,
) -> float:
    """Return the effort that piecework adds over that of 1928, where it is reckoned.

        piece_effort ( k(lambda) piecework - k(lambda_1928) piecework_1928 )
        k(lambda) = turn0 / (turn0 + lambda)

    Norms rise with what is made above them, by lambda; who leaves before they do (turn0 a year)
    minds it less.
    """
    now = piecework * turn0 / (turn0 + ratchet)
    then = piece_1928 * turn0 / (turn0 + ratchet_1928)
    return bonus_moves * piece_effort * (now - then)


@rule(
    "R17",
    step="renew",
    table="nation",
    reads=(),
    institutions=("norm_changes",),
    parameters=("norm_leave",),
    writes=("unsettled",),
    source="rule R17, seed L15: who cannot count on norms leaves; size ours",
    switch="rules.norm_changes",
    off={"norm_changes": 0.0},
)
def unsettled(norm_changes: float, norm_leave: float) -> float:
    """Return leavers a year, of those at work, by norms that change: norm_leave sd."""
    return norm_leave * norm_changes


@rule(
    "R17",
    step="renew",
    table="nation",
    reads=("hands_wanted", "workers", "unsettled"),
    institutions=("turnover_counts", "labour_law"),
    parameters=("turn0", "turn_v", "law_hold", "hide_vacancy", "workers_least", "learn_turnover"),
    writes=("leavers", "learning_lost"),
    source="Filtzer 1986; equations of the specification, R17 and R03",
    switch="rules.turnover",
    off={"turn0": 0.0, "turn_v": 0.0},
)
def turnover(
    hands_wanted: float,
    workers: float,
    unsettled: float,
    turnover_counts: float,
    labour_law: float,
    turn0: float,
    turn_v: float,
    law_hold: float,
    hide_vacancy: float,
    workers_least: float,
    learn_turnover: float,
) -> tuple[float, float]:
    """Return leavers a year of those at work, and skill that is lost by it where it is reckoned.

        r = (turn0 + turn_v v + unsettled)(1 - law_hold law reported),   v = (wanted / workers - 1)+
        lost = counts learn_turnover (r - 1)+,   reported = 1 - hide_vacancy min(1, v)

    As persons leave (`turnover` of theirs), without what better pay elsewhere adds: the country
    has no pay by branch.
    """
    vacancy = max(0.0, hands_wanted / max(workers_least, workers) - 1.0)
    reported = 1.0 - hide_vacancy * min(1.0, vacancy)
    held = 1.0 - law_hold * labour_law * reported
    leave = (turn0 + turn_v * vacancy + unsettled) * held
    return leave, turnover_counts * learn_turnover * max(0.0, leave - 1.0)
