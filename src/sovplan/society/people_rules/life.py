"""Births, deaths, ages, estates, school and skill (rules R03, R28, R30)."""

from sovplan.foundation.engine.functions import exp
from sovplan.foundation.engine.rule import rule


def hunger_profile(
    age: int, child: float, youth: float, old: float, child_to: float, youth_to: float,
    old_from: float,
) -> float:  # fmt: skip
    """Return how hunger adds to deaths at an age: child, youth, 1 between, old (R28)."""
    return child if age < child_to else youth if age < youth_to else 1.0 if age < old_from else old


@rule(
    "R28",
    step="survey",
    table="rates",
    reads=("age", "sex"),
    parameters=(
        "die_child", "die_young", "die_base", "die_old", "die_rise", "die_women", "die_young_to",
        "die_all_from",
    ),
    writes=("death",),
    source="form of Gompertz and Makeham with a term for the first years; values: assumed",
)  # fmt: skip
def death_rate(
    age: int, sex: int, die_child: float, die_young: float, die_base: float, die_old: float,
    die_rise: float, die_women: float, die_young_to: float, die_all_from: float,
) -> float:  # fmt: skip
    """P = base + old e^(rise age), and child at age 0, then young; women less; 1 at die_all_from.

    die_young is added below die_young_to.
    """
    first = die_child if age < 1 else die_young if age < die_young_to else 0.0
    rate = die_base + first + die_old * exp(die_rise * min(age, die_all_from))
    return 1.0 if age >= die_all_from else min(rate * (1.0 - die_women * sex), 1.0)


@rule(
    "R28",
    step="survey",
    table="rates",
    reads=("age", "sex"),
    parameters=("b_peak", "b_age", "b_width", "bear_from", "bear_to"),
    writes=("birth",),
    source="a bell over the ages of mothers; values: assumed, near 44 births per 1000 people",
)
def birth_rate(
    age: int, sex: int, b_peak: float, b_age: float, b_width: float, bear_from: float,
    bear_to: float,
) -> float:  # fmt: skip
    """P = b_peak exp(-((age - b_age) / b_width)^2) for women from bear_from to below bear_to."""
    apart = (age - b_age) / b_width
    return b_peak * exp(-apart * apart) * sex if age >= bear_from and age < bear_to else 0.0


@rule(
    "R28",
    step="renew",
    table="people",
    reads=("age", "rates.death", "cell.hunger"),
    parameters=(
        "m_hunger", "hunger_child", "hunger_youth", "hunger_old", "hunger_child_to",
        "hunger_youth_to", "hunger_old_from",
    ),
    draws=("dying",),
    writes=("dies",),
    source="life table; excess by hunger with the profile of rule R28 by age",
    switch="famine",
    off={"m_hunger": 0.0},
)  # fmt: skip
def death(
    age: int, rates_death: float, cell_hunger: float, m_hunger: float, hunger_child: float,
    hunger_youth: float, hunger_old: float, hunger_child_to: float, hunger_youth_to: float,
    hunger_old_from: float, dying: float,
) -> int:  # fmt: skip
    """Dies if u < p (1 + m_hunger hunger x), x weights of age.

    Weights are hunger_child below hunger_child_to, hunger_youth below hunger_youth_to, then 1, and
    hunger_old from hunger_old_from on.
    """
    weight = hunger_profile(
        age, hunger_child, hunger_youth, hunger_old, hunger_child_to, hunger_youth_to,
        hunger_old_from,
    )  # fmt: skip
    return 1 if dying < rates_death * (1.0 + m_hunger * cell_hunger * weight) else 0


@rule(
    "R28",
    step="renew",
    table="people",
    reads=("age", "dies"),
    writes=("age",),
    source="by definition",
)
def birthday(age: int, dies: int) -> int:
    """A year more; 255, an empty place, for who died."""
    return 255 if dies > 0 else age + 1


@rule(
    "R28",
    step="renew",
    table="people",
    reads=("rates.birth", "cell.hunger", "dies"),
    parameters=("f_hunger",),
    draws=("bearing",),
    writes=("bears",),
    source="rule R28: births fall with hunger",
)
def birth(
    rates_birth: float, cell_hunger: float, dies: int, f_hunger: float, bearing: float
) -> int:
    """Bears if u < b (1 - f_hunger min(1, hunger)); who dies in the year does not."""
    likely = rates_birth * (1.0 - f_hunger * min(cell_hunger, 1.0))
    return 1 if dies == 0 and bearing < likely else 0


@rule(
    "R13",
    step="renew",
    table="people",
    reads=("savings", "dies"),
    writes=("savings", "estate"),
    source="by definition: the money of the dead goes to the state",
)
def estate(savings: int, dies: int) -> tuple[int, int]:
    """Savings of the dead leave the person and are counted."""
    return savings * (1 - dies), savings * dies


@rule(
    "R30",
    step="renew",
    table="people",
    reads=("age", "schooling"),
    institutions=("school_places",),
    parameters=("school_from", "school_to"),
    draws=("learning",),
    writes=("schooling",),
    source="rule R30: places; ages are ours",
    switch="schooling",
    off={"school_places": 0.0},
)
def school(
    age: int, schooling: int, school_places: float, school_from: float, school_to: float,
    learning: float,
) -> int:  # fmt: skip
    """A year more at school if u < places, from school_from to below school_to."""
    child = age >= school_from and age < school_to
    return schooling + (1 if child and learning < school_places else 0)


@rule(
    "R03",
    step="renew",
    table="people",
    reads=("age", "schooling", "skill", "moves", "labour"),
    parameters=("learn", "move_loss", "school_skill", "school_most", "work_from"),
    writes=("skill",),
    source="rule R03: learning by doing, dilution by newcomers",
    switch="skill",
    off={"learn": 0.0, "move_loss": 0.0},
)
def skill(
    age: int, schooling: int, skill: float, moves: int, labour: int,
    learn: float, move_loss: float, school_skill: float, school_most: float, work_from: float,
) -> float:  # fmt: skip
    """S' = s + learn (1 - s) at work, less move_loss s on a move; school gives what work begins on.

    That is in the last year of age before work_from.
    """
    doing = learn * (1.0 - skill) if labour > 0 else 0.0
    last = age < work_from and age + 1 >= work_from
    start = school_skill * (min(schooling, school_most) / 10.0) if last else 0.0
    return min(max(skill + doing - move_loss * skill * moves, start), 1.0)
