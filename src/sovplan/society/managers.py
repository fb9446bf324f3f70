"""Workplaces: what they declare, what they set out to make, and what they say they made."""

import numpy as np

from sovplan.foundation.shapes import Vector
from sovplan.records.institutions import Institutions
from sovplan.records.parameters import Parameters


def hidden_share(institutions: Institutions, parameters: Parameters) -> float:
    """Return the share of its capacity that a workplace does not declare.

        rho = slack_max (1 - trust) lambda / (lambda + r)

    lambda is the `ratchet`, r `rho_disc`. The more of what is done today is asked for tomorrow, the
    more is kept back.

    Source: rule R06 of the model, after Weitzman (1980) and Berliner (1957).
    """
    ratchet, impatience = institutions.ratchet, parameters.rho_disc
    if ratchet == 0.0:
        return 0.0
    trust = 1.0 - institutions.trust
    return parameters.slack_max * trust * ratchet / (ratchet + impatience)


def goal(
    capability: Vector, target: Vector, institutions: Institutions, parameters: Parameters
) -> Vector:
    """Return the activity that workplaces set out to do.

        y = min(c, T) + k (c - T)+,     k = min(1, 0.1 bonus) r / (r + lambda)

    lambda is the `ratchet`, r `rho_disc`. A target within reach is met; of what could be done
    beyond it a part is done, larger with the bonus and smaller with the ratchet.

    Parameters
    ----------
    capability, target
        c and T of each workplace, units of activity.

    Source: rule R06 (the marginal incentive left by the ratchet, Weitzman 1980).
    """
    impatience = parameters.rho_disc
    kept = impatience / (impatience + institutions.ratchet)
    beyond = min(1.0, institutions.bonus * _OVER) * kept
    return np.minimum(capability, target) + beyond * np.maximum(capability - target, 0.0)


_OVER = 0.1
"""Part of what could be done beyond the target that a bonus of 1 brings out (assumed, 0 to 0.3)."""


def haste(capability: Vector, target: Vector, parameters: Parameters) -> Vector:
    """Return what taut targets do to output, 1 where the target is just within reach.

        tau = max( 0.5, 1 + t_a o - t_b o^2 ),      o = T/C - 1, within 0 to 1

    Source: rule R05 (optimum tautness, Hunter 1961; Keren 1972). The page of the model calls its
    size not identified: 0 to 12 % of output.
    """
    over = np.divide(target, capability, out=np.ones_like(target), where=capability > 0) - 1.0
    over = np.clip(over, 0.0, 1.0)
    return np.asarray(np.maximum(0.5, 1.0 + parameters.t_a * over - parameters.t_b * over**2))


def chance_of_being_found(
    institutions: Institutions, parameters: Parameters, size: float = 0.1
) -> float:
    """Return the chance that workplaces reckon with that a false report is found.

        p = 1 - prod over c of (1 - p_c a_c min(1, size / 0.1))

    over four checks c:

        state inspectors    p_state     a = audit (1 - appointment)
        workers             p_workers   a = open_books
        users               p_user      a = consumer_control
        balances            p_balance   a = open_books

    It is what workplaces reckon with; what is really found comes out of the inspection.

    Parameters
    ----------
    size
        Size of the lie, share of output.

    Source: rule R11 of the model.
    """
    scale = min(1.0, size / 0.1)
    checks = (
        parameters.p_state * institutions.audit * (1.0 - institutions.appointment),
        parameters.p_workers * institutions.open_books,
        parameters.p_user * institutions.consumer_control,
        parameters.p_balance * institutions.open_books,
    )
    unseen = 1.0
    for chance in checks:
        unseen *= 1.0 - min(1.0, chance * scale)
    return 1.0 - unseen


def padding(
    made: Vector,
    target: Vector,
    scruple: Vector,
    institutions: Institutions,
    parameters: Parameters,
) -> Vector:
    """Return how much of its output each workplace adds on paper, 1.

        beta = min( over_max, o, s (over_base + over_press (1 - p) (1 - trust) o) )
        o    = ((T - y) / y)+
        s    = 0.5 (bonus / bonus_slope + penalty_shortfall)

    if that pays the workplace: if s (1 - scruple) > p penalty_lie, with p of
    `chance_of_being_found`; 0 otherwise. Nothing is added beyond the target, so nobody pads who has
    met it.

    Parameters
    ----------
    made, target
        y and T of each workplace, in one unit.
    scruple
        How much less a lie is worth to its people, 0 to 1.

    Source: rule R10 of the model, after Berliner (1957) and Harrison (2011).
    """
    found = chance_of_being_found(institutions, parameters)
    reward = institutions.bonus / parameters.bonus_slope
    gain = 0.5 * (reward + institutions.penalty_shortfall)
    short = np.divide(target - made, made, out=np.zeros_like(made), where=made > 0)
    pays = gain * (1.0 - scruple) > found * institutions.penalty_lie
    pressed = parameters.over_press * (1.0 - found) * (1.0 - institutions.trust)
    added = gain * (parameters.over_base + pressed * np.maximum(short, 0.0))
    most = np.minimum(np.minimum(added, parameters.over_max), np.maximum(short, 0.0))
    return np.where(pays, most, 0.0)
