"""The parameters of the rules: numbers of behaviour and technique that hold under every regime."""

import math
from dataclasses import dataclass, fields
from typing import Final, final

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say


@final
@dataclass(frozen=True, slots=True)
class Parameters:
    """Values of all parameters; their ranges and sources stand in regimes/parameters.toml.

    Every value is finite and 0 or more; those of `SHARES` are at most 1.

    Parameters
    ----------
    cut_light
        R01. Loss of light output per unit of materials withheld from it.
    e_food
        R04. Loss of effort per unit of food below the norm.
    e_real
        R04. Elasticity of effort to the real wage against the fair wage.
    e_fear
        R04. Effort bought by labour penalties at full enforcement.
    e_random
        R04. Effort lost by repression that has nothing to do with conduct.
    e_belief
        R04. Effort from belief in the aim at full belief.
    e_voice
        R04. Effort from workers' control at full control.
    fatigue
        R04. Loss of hourly output per hour of the working day above 8.
    t_a
        R05. Mobilisation by taut targets, linear.
    t_b
        R05. Disorganisation by taut targets, quadratic.
    rho_disc
        R06. Discount rate of a manager, from the tenure that is expected.
    slack_max
        R06. Largest reserve that a plant hides, as a share of capacity.
    bonus_slope
        R06. Bonus (share of pay per unit of over-fulfilment) at which the other parameters of
        reward were set; the institution `bonus` over it is the strength of the reward.
    q_taut
        R07. Fall of quality per unit of tautness above 1.
    q_min
        R07. Lowest usable quality.
    over_base
        R10. Over-reporting without pressure, as a share of output.
    over_press
        R10. Over-reporting per unit of (target - output) / output.
    over_max
        R10. Largest lie, as a share of output.
    p_state
        R11. Chance per year that a state inspector finds a lie of 10 %.
    p_workers
        R11. The same for workers who may read the books.
    p_user
        R11. The same for users and consumers who complain.
    p_balance
        R11. The same for holding suppliers' reports against users'.
    err0
        R12. Error of a plan with full information (standard deviation of the log).
    err_d
        R12. Error added per unit of distortion of what goes up.
    crit
        R12. Share of known errors that is corrected in a year under full freedom of criticism.
    d_base
        R12. Distortion of what goes up without any of the three causes below (logit, subtracted).
    d_appointed
        R12. Rise of that logit per unit of posts filled from above.
    r_info
        R12. Rise of that logit per unit of repression.
    d_part
        R12. Fall of that logit per unit of participation.
    ineq0
        R13. Decile ratio of pay under a cap.
    ineq_max
        R13. Decile ratio of pay at full spread.
    b_min
        R13. Privilege as a share of the net product, floor.
    b_slope
        R13. Privilege per unit of appointed share x officials x (1 - participation).
    eps_d
        R15. Price elasticity of demand on the free market.
    queue
        R15. Hours in queues per person and week, per unit of shortage.
    leak
        R16. Share of state output stolen per unit of shortage.
    shadow_ret
        R16. Growth of second incomes per year and unit of shortage under lax enforcement.

    Raises
    ------
    DataError
        A value is out of its bounds; all of them are named.
    """

    cut_light: float
    e_food: float
    e_real: float
    e_fear: float
    e_random: float
    e_belief: float
    e_voice: float
    fatigue: float
    t_a: float
    t_b: float
    rho_disc: float
    slack_max: float
    bonus_slope: float
    q_taut: float
    q_min: float
    over_base: float
    over_press: float
    over_max: float
    p_state: float
    p_workers: float
    p_user: float
    p_balance: float
    err0: float
    err_d: float
    crit: float
    d_base: float
    d_appointed: float
    r_info: float
    d_part: float
    ineq0: float
    ineq_max: float
    b_min: float
    b_slope: float
    eps_d: float
    queue: float
    leak: float
    shadow_ret: float

    def __post_init__(self) -> None:
        """Check every value."""
        wrong = [
            say("regimes.parameter.wrong", name=name, text=text)
            for name in NAMES
            if (text := unfit(name, getattr(self, name)))
        ]
        if wrong:
            raise DataError("; ".join(wrong))


NAMES: Final = tuple(field.name for field in fields(Parameters))
"""Every parameter, in the order of the rules."""

SHARES: Final = frozenset(
    {"cut_light", "slack_max", "q_min", "over_max", "p_state", "p_workers", "p_user", "p_balance"}
    | {"crit", "b_min", "leak", "shadow_ret", "over_base"}
)
"""Parameters that are at most 1."""

POSITIVE: Final = frozenset({"rho_disc", "bonus_slope", "ineq0", "ineq_max", "eps_d"})
"""Parameters that rules divide by or take the logarithm of: they are above 0."""


def unfit(parameter: str, value: object) -> str:
    """Say what is wrong with the value of a parameter; '' when it fits.

    Parameters
    ----------
    parameter
        A name of `NAMES`.
    value
        What it is to be set to.

    Returns
    -------
    str
        What was found and what was needed, without the name of the parameter.
    """
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not math.isfinite(float(str(value))):
        return say("regimes.parameter.number", found=value)
    size = float(str(value))
    if parameter in POSITIVE and size <= 0:
        return say("regimes.parameter.positive", found=value)
    if parameter in SHARES and not 0 <= size <= 1:
        return say("regimes.parameter.share", found=value)
    return say("regimes.parameter.negative", found=value) if size < 0 else ""
