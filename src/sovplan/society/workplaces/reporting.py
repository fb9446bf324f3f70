"""Reports and inspection: who files what is not so, and what is found of it. Rules R10, R11."""

from sovplan.foundation.engine.rule import rule


@rule(
    "R11",
    step="decide",
    table="centre",
    reads=(),
    institutions=("audit", "appointment", "open_books", "consumer_control", "plan_scope"),
    parameters=("p_state", "p_workers", "p_user", "p_balance", "kappa_c", "planners",
                "items_all"),
    writes=("by_state", "by_workers", "by_users", "by_balances", "found"),
    source="Markevich 2007 (scope, loyalty, overlap); seeds P14, G06, G07, G20; rates assumed",
    switch="rules.inspection",
    off={"p_state": 0.0, "p_workers": 0.0, "p_user": 0.0, "p_balance": 0.0},
)  # fmt: skip
def checks(
    audit: float, appointment: float, open_books: float, consumer_control: float,
    plan_scope: float, p_state: float, p_workers: float, p_user: float, p_balance: float,
    kappa_c: float, planners: float, items_all: float,
) -> tuple[float, float, float, float, float]:  # fmt: skip
    """Chance by check that a large lie is found in a year, and 1 - product of (1 - chance).

    state     p_state audit (1 - appointment) min(1, kappa_c planners / (items plan_scope))
    workers   p_workers open_books;   users   p_user consumer_control
    balances  p_balance open_books: both sides of a delivery can be held together
    """
    reach = min(1.0, kappa_c * planners / max(items_all * plan_scope, 1e-9))
    by_state = p_state * audit * (1.0 - appointment) * reach
    by_workers = p_workers * open_books
    by_users = p_user * consumer_control
    by_balances = p_balance * open_books
    unseen = (1.0 - by_state) * (1.0 - by_workers) * (1.0 - by_users) * (1.0 - by_balances)
    return by_state, by_workers, by_users, by_balances, 1.0 - unseen


@rule(
    "R10",
    step="share",
    table="workplace",
    reads=("made", "target", "scruple", "centre.found"),
    institutions=("bonus_form", "penalty_shortfall", "penalty_lie", "plan_trust", "ratchet"),
    parameters=("over_base", "over_press", "over_max", "rho_disc", "lie_bonus"),
    writes=("reported", "untrue"),
    source="Berliner 1957; Harrison 2011; Weitzman 1980 for what pays above the target",
    switch="rules.false_reports",
    off={"over_max": 0.0},
)
def report(
    made: float, target: float, scruple: float, centre_found: float, bonus_form: float,
    penalty_shortfall: float, penalty_lie: float, plan_trust: float, ratchet: float,
    over_base: float, over_press: float, over_max: float, rho_disc: float, lie_bonus: float,
) -> tuple[float, int]:  # fmt: skip
    """y_rep = y (1 + beta); a lie is filed where gain (1 - scruple) > p_find penalty_lie.

    below target  gain = lie_bonus bonus + (1 - lie_bonus) penalty_shortfall;
                  beta = least of over_max, o and
                  over_base + over_press (1 - p_find) (1 - trust) o,   o = (T - y) / y
    above it      gain = m = ( lambda - bonus rho_disc )+ / (lambda + rho_disc): what the ratchet
                  takes later over what the bonus brings now;
                  beta = - least of over_max and (1 - trust) m (y - T) / y

    p_find is that of a large lie, bonus 1 where pay rises with fulfilment (bonus_form from 1 on).
    """
    output = max(made, 1e-9)
    short = max(0.0, (target - made) / output)
    over = max(0.0, (made - target) / output)
    bonus = min(bonus_form, 1.0)
    lost = max(0.0, ratchet - bonus * rho_disc) / (ratchet + rho_disc)
    won = lie_bonus * bonus + (1.0 - lie_bonus) * penalty_shortfall
    gain = won if short > 0.0 else lost
    pays = gain * (1.0 - scruple) > centre_found * penalty_lie
    press = over_press * (1.0 - centre_found) * (1.0 - plan_trust)
    up = min(over_max, short, over_base + press * short)
    down = min(over_max, (1.0 - plan_trust) * lost * over)
    beta = up - down if pays else 0.0
    return made * (1.0 + beta), 1 if abs(beta) > 0.0 else 0


@rule(
    "R11",
    step="inspect",
    table="workplace",
    reads=(
        "reported", "received", "centre.by_state", "centre.by_workers", "centre.by_users",
        "centre.by_balances",
    ),
    parameters=("lie_scale",),
    draws=("search",),
    writes=("chance", "caught", "finding", "record"),
    source="specification of the model, rule R11; each check fails by itself",
)  # fmt: skip
def inspected(
    reported: float, received: float, centre_by_state: float, centre_by_workers: float,
    centre_by_users: float, centre_by_balances: float, lie_scale: float, search: float,
) -> tuple[float, int, float, float]:  # fmt: skip
    """Return the finding: p = 1 - product of (1 - p_c min(1, size / lie_scale)).

    size = |reported / received - 1|

    Papers against papers: the report of the plant against what its users counted in. What is found
    is taken off the record, on which the next target rests.
    """
    gap = reported - received
    scale = min(1.0, abs(gap) / max(received, 1e-9) / lie_scale)
    unseen = (1.0 - centre_by_state * scale) * (1.0 - centre_by_workers * scale)
    unseen = unseen * (1.0 - centre_by_users * scale) * (1.0 - centre_by_balances * scale)
    caught = 1 if search < 1.0 - unseen else 0
    finding = gap * caught
    return 1.0 - unseen, caught, finding, reported - finding
