"""What managers get for targets that are passed: rule R06."""

from sovplan.foundation.engine.rule import rule


@rule(
    "R06",
    step="renew",
    table="workplace",
    reads=("record", "target"),
    institutions=("bonus_form",),
    parameters=("bonus_slope", "bonus_most"),
    writes=("bonus",),
    source="Berliner 1957; Harrison 2011; the bound is ours",
    switch="rules.bonus",
    off={"bonus_slope": 0.0},
)
def bonus(
    record: float, target: float, bonus_form: float, bonus_slope: float, bonus_most: float
) -> float:
    """B = min(bonus_most, bonus_slope (y - T)+ / T) of a salary, y the report less what was found.

    Paid on papers. A bonus of the team (bonus_form 0) is none of the manager's. What it moves is
    the prospect of it, not what was paid: see `keen` and the country's `bonus_drive`.
    """
    paid = bonus_slope * min(bonus_form, 1.0)
    return min(bonus_most, paid * max(0.0, record - target) / max(target, 1.0))


@rule(
    "R06",
    step="renew",
    table="workplace",
    reads=("made", "target"),
    institutions=("bonus_form",),
    parameters=("bonus_slope", "bonus_most"),
    writes=("bonus_earned",),
    source="own: the same bonus, had the report been true",
    switch="rules.bonus",
    off={"bonus_slope": 0.0},
)
def bonus_earned(
    made: float, target: float, bonus_form: float, bonus_slope: float, bonus_most: float
) -> float:
    """B = min(bonus_most, bonus_slope (y - T)+ / T) of a salary, y what was made."""
    paid = bonus_slope * min(bonus_form, 1.0)
    return min(bonus_most, paid * max(0.0, made - target) / max(target, 1.0))
