"""Survey, draft and decision: what plants state, how planners err, what targets come of it.

Rules R06 and R12. Planners read what was stated, reported and found; no rule of theirs declares a
column of what is so.
"""

import math

from sovplan.foundation.engine.functions import exp
from sovplan.foundation.engine.rule import rule


@rule(
    "R06",
    step="survey",
    table="centre",
    reads=(),
    institutions=("ratchet", "plan_trust", "bonus_form"),
    parameters=("slack_max", "rho_disc"),
    writes=("hidden",),
    source="Weitzman 1980 for the ratchet, Weitzman 1976 for the menu; Berliner 1957",
    switch="rules.ratchet",
    off={"ratchet": 0.0},
)
def hidden_capacity(
    ratchet: float, plan_trust: float, bonus_form: float, slack_max: float, rho_disc: float
) -> float:
    """Rho = slack_max (1 - trust) lambda / (lambda + rho_disc); 0 where plants choose from a menu.

    lambda is the ratchet: what is done today is asked for tomorrow, so something is kept back. A
    menu of targets with bonuses (bonus_form 2) makes the true expectation the best answer.
    """
    share = slack_max * (1.0 - plan_trust) * ratchet / (ratchet + rho_disc)
    return share if bonus_form < 2.0 else 0.0


@rule(
    "R06",
    step="survey",
    table="workplace",
    reads=("size", "scruple", "of.capacity", "centre.hidden"),
    parameters=("hidden_most",),
    writes=("capacity", "stated", "need"),
    source="rule R06; that managers differ evenly around its mean is ours",
)
def stated_capacity(
    size: float, scruple: float, of_capacity: float, centre_hidden: float, hidden_most: float
) -> tuple[float, float, float]:
    """C = size C_b;  stated = C (1 - h),  need asked for = C (1 + h),  h = 2 (1 - scruple) rho.

    h is hidden_most at most.

    Here what is so becomes a paper: capacity is understated, need of materials overstated.
    """
    capacity = size * of_capacity
    kept = min(2.0 * (1.0 - scruple) * centre_hidden, hidden_most)
    return capacity, capacity * (1.0 - kept), capacity * (1.0 + kept)


@rule(
    "R12",
    step="draft",
    table="centre",
    reads=("distortion",),
    parameters=("err0", "err_d"),
    writes=("error_spread",),
    source="form and sizes ours (specification of the model, rule R12)",
)
def error_spread(distortion: float, err0: float, err_d: float) -> float:
    """Return the standard deviation of the log error of a draft: err0 + err_d d."""
    return err0 + err_d * distortion


@rule(
    "R12",
    step="draft",
    table="centre",
    reads=("distortion",),
    institutions=("factions", "parties", "press"),
    parameters=("crit", "err_keep"),
    writes=("error_kept",),
    source="form ours (specification of the model, rule R12); seeds P13, B02, G13",
    switch="rules.debate",
    off={"crit": 0.0},
)
def error_kept(
    distortion: float, factions: float, parties: float, press: float, crit: float, err_keep: float
) -> float:
    """err_keep (1 - crit (1 - d) max(factions, parties) press): what comes again of an error.

    The share d of known errors is booked as sabotage by somebody else and not corrected.
    """
    corrected = crit * (1.0 - distortion) * max(factions, parties) * press
    return err_keep * (1.0 - corrected)


@rule(
    "R12",
    step="draft",
    table="workplace",
    reads=("last_error", "centre.error_spread", "centre.error_kept"),
    parameters=("err_keep",),
    draws=("error_1", "error_2", "error_3"),
    writes=("error",),
    source="own: errors that are not corrected come again",
)
def error(
    last_error: float,
    centre_error_spread: float,
    centre_error_kept: float,
    err_keep: float,
    error_1: float,
    error_2: float,
    error_3: float,
) -> float:
    """E = kept e' + spread (1 - err_keep^2)^(1/2) z,   z of mean 0 and variance 1, at most 3.

    Where nothing is corrected the spread of errors is that of the draft; z = 2 (u + u + u - 1.5).
    """
    z = 2.0 * (error_1 + error_2 + error_3 - 1.5)
    new = centre_error_spread * math.sqrt(1.0 - err_keep * err_keep) * z
    return centre_error_kept * last_error + new


@rule(
    "R06",
    step="draft",
    table="workplace",
    reads=("stated", "record", "target", "error"),
    institutions=("target_rule", "tautness", "ratchet"),
    writes=("drafted",),
    source="Weitzman 1980 (ratchet); specification of the model, rule R06; the mixture is ours",
    switch="rules.ratchet",
    off={"ratchet": 0.0},
)
def drafted_target(
    stated: float, record: float, target: float, error: float, target_rule: float,
    tautness: float, ratchet: float,
) -> float:  # fmt: skip
    """T = [ (1 - r) g C_stated + r ( g y_record + lambda (y_record - T')+ ) ] e^error.

    r is the target rule (0 on stated capacity, 1 decreed from the report), g = 1 + g_plan the
    ambition, which history forces (path `tautness`), T' the target of the year before. The
    specification has no + at the ratchet; without it every shortfall would lower the next target.
    """
    decreed = tautness * record + ratchet * max(0.0, record - target)
    return ((1.0 - target_rule) * tautness * stated + target_rule * decreed) * exp(error)


@rule(
    "R06",
    step="decide",
    table="workplace",
    reads=("drafted", "stated"),
    institutions=("feasibility_check", "recall"),
    writes=("target",),
    source="own; seeds P10: targets checked against what there is",
    switch="rules.feasibility",
    off={"feasibility_check": 0.0, "recall": 0.0},
)
def adopted_target(drafted: float, stated: float, feasibility_check: float, recall: float) -> float:
    """T = min(T_d, C_stated) + (1 - check) (1 - recall) (T_d - C_stated)+.

    Planners who check, and deputies who can be recalled, cut what lies above stated capacity.
    """
    beyond = max(0.0, drafted - stated)
    return min(drafted, stated) + (1.0 - feasibility_check) * (1.0 - recall) * beyond


@rule(
    "R12",
    step="inspect",
    table="centre",
    reads=("distortion", "appointed_share", "repression", "participation"),
    parameters=("dist_base", "dist_a", "dist_s", "dist_speed", "R_info"),
    writes=("distortion",),
    source="own (specification of the model, rule R12); coefficients assumed",
    switch="rules.criticism",
)
def distortion(
    distortion: float, appointed_share: float, repression: float, participation: float,
    dist_base: float, dist_a: float, dist_s: float, dist_speed: float, R_info: float,  # noqa: N803
) -> float:  # fmt: skip
    """Return distortion.

    d' = d + speed ( 1 / (1 + e^-x) - d ),   x = base + dist_a a + R_info R - dist_s s
    """
    x = dist_base + dist_a * appointed_share + R_info * repression - dist_s * participation
    return distortion + dist_speed * (1.0 / (1.0 + exp(-x)) - distortion)


@rule(
    "R06",
    step="renew",
    table="workplace",
    reads=("norm", "record", "target"),
    institutions=("ratchet", "piecework"),
    writes=("norm",),
    source="specification of the model, rule R06; piecework scales it, the ratio is ours",
    switch="rules.norms",
    off={"piecework": 0.0},
)
def norms(norm: float, record: float, target: float, ratchet: float, piecework: float) -> float:
    """N' = n (1 + piecework lambda (y - T)+ / T): what is made above the target raises the norm.

    Norms are set by papers, the record and the target, and never fall.
    """
    above = max(record - target, 0.0) / max(target, 1.0)
    return norm * (1.0 + piecework * ratchet * min(above, 1.0))


@rule(
    "R06",
    step="renew",
    table="workplace",
    reads=("scruple", "error"),
    parameters=("rho_disc",),
    draws=("leaving", "character"),
    writes=("scruple", "last_error"),
    source="own: tenure of managers is 1 / rho_disc years",
)
def managers_change(
    scruple: float, error: float, rho_disc: float, leaving: float, character: float
) -> tuple[float, float]:
    """Replace managers with chance rho_disc; who follows has a scruple of their own, 0 to 1."""
    return character if leaving < rho_disc else scruple, error
