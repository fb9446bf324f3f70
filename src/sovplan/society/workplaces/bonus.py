"""What managers get for targets that are passed: rule R06."""

from sovplan.foundation.engine.rule import rule


@rule(
    "R06",
    step="renew",
    table="workplace",
    reads=("record", "target", "stated"),
    institutions=("bonus_form",),
    parameters=("bonus_slope", "bonus_most", "menu_own", "menu_over", "menu_under"),
    writes=("bonus",),
    source="Berliner 1957; Harrison 2011; Weitzman 1976 for the menu; the bound is ours",
    switch="rules.bonus",
    off={"bonus_slope": 0.0, "menu_own": 0.0, "menu_over": 0.0, "menu_under": 0.0},
)
def bonus(
    record: float, target: float, stated: float, bonus_form: float, bonus_slope: float,
    bonus_most: float, menu_own: float, menu_over: float, menu_under: float,
) -> float:  # fmt: skip
    """Bonus of the manager as part of a salary, at most bonus_most; y is report less findings.

    form 1   bonus_slope (y - T)+ / T
    form 2   b1 T_own / T + b2 (y - T_own)+ / T - b3 (T_own - y)+ / T

    T is the target, T_own what the plant states that it can make, b1 to b3 the menu: menu_own,
    menu_over, menu_under. Paid on papers. A bonus of the team (form 0) is none of the manager's.
    What it moves is the prospect of it, not what was paid: see `keen` and the country's
    `bonus_drive`; that plants with a menu hide nothing, see `hidden_capacity`.
    """
    scale = max(target, 1.0)
    passed = bonus_slope * min(bonus_form, 1.0) * max(0.0, record - target) / scale
    gap = menu_over * max(0.0, record - stated) - menu_under * max(0.0, stated - record)
    chosen = (menu_own * stated + gap) / scale
    return min(bonus_most, chosen if bonus_form >= 2.0 else passed)


@rule(
    "R06",
    step="renew",
    table="workplace",
    reads=("made", "target", "stated"),
    institutions=("bonus_form",),
    parameters=("bonus_slope", "bonus_most", "menu_own", "menu_over", "menu_under"),
    writes=("bonus_earned",),
    source="own: the same bonus, had the report been true",
    switch="rules.bonus",
    off={"bonus_slope": 0.0, "menu_own": 0.0, "menu_over": 0.0, "menu_under": 0.0},
)
def bonus_earned(
    made: float, target: float, stated: float, bonus_form: float, bonus_slope: float,
    bonus_most: float, menu_own: float, menu_over: float, menu_under: float,
) -> float:  # fmt: skip
    """Bonus as in `bonus`, y what was made."""
    scale = max(target, 1.0)
    passed = bonus_slope * min(bonus_form, 1.0) * max(0.0, made - target) / scale
    gap = menu_over * max(0.0, made - stated) - menu_under * max(0.0, stated - made)
    chosen = (menu_own * stated + gap) / scale
    return min(bonus_most, chosen if bonus_form >= 2.0 else passed)
