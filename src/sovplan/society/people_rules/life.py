"""Births, deaths, ages, estates, school and skill (rules R03, R28, R30)."""

from sovplan.foundation.engine.functions import exp
from sovplan.foundation.engine.rule import rule


def hunger_profile(age: int, child: float, youth: float, old: float) -> float:
    """Return how hunger adds to deaths at an age: below 5, to 15, 1 to 50, then `old` (R28)."""
    return child if age < 5 else youth if age < 15 else 1.0 if age < 50 else old


@rule(
    "R28",
    step="survey",
    table="rates",
    reads=("age", "sex"),
    parameters=("die_child", "die_young", "die_base", "die_old", "die_rise", "die_women"),
    writes=("death",),
    source="form of Gompertz and Makeham with a term for the first years; values: assumed",
)
def death_rate(
    age: int, sex: int, die_child: float, die_young: float, die_base: float, die_old: float,
    die_rise: float, die_women: float,
) -> float:  # fmt: skip
    """P = base + old e^(rise age), and child at age 0, young to 5; women less; 1 at 110."""
    first = die_child if age < 1 else die_young if age < 5 else 0.0
    rate = die_base + first + die_old * exp(die_rise * min(age, 110))
    return 1.0 if age >= 110 else min(rate * (1.0 - die_women * sex), 1.0)


@rule(
    "R28",
    step="survey",
    table="rates",
    reads=("age", "sex"),
    parameters=("b_peak", "b_age", "b_width"),
    writes=("birth",),
    source="a bell over the ages of mothers; values: assumed, near 44 births per 1000 people",
)
def birth_rate(age: int, sex: int, b_peak: float, b_age: float, b_width: float) -> float:
    """P = b_peak exp(-((age - b_age) / b_width)^2) for women of 15 to 49."""
    apart = (age - b_age) / b_width
    return b_peak * exp(-apart * apart) * sex if age >= 15 and age < 50 else 0.0


@rule(
    "R28",
    step="renew",
    table="people",
    reads=("age", "rates.death", "cell.hunger"),
    parameters=("m_hunger", "hunger_child", "hunger_youth", "hunger_old"),
    draws=("dying",),
    writes=("dies",),
    source="life table; excess by hunger with the profile of rule R28 by age",
    switch="famine",
    off={"m_hunger": 0.0},
)
def death(
    age: int, rates_death: float, cell_hunger: float, m_hunger: float, hunger_child: float,
    hunger_youth: float, hunger_old: float, dying: float,
) -> int:  # fmt: skip
    """Dies if u < p (1 + m_hunger hunger x), x weights of age.

    Weights are hunger_child below 5, hunger_youth to 15, 1 to 50, then hunger_old.
    """
    weight = hunger_profile(age, hunger_child, hunger_youth, hunger_old)
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
    draws=("learning",),
    writes=("schooling",),
    source="rule R30: places; ages 7 to 17 are ours",
    switch="schooling",
    off={"school_places": 0.0},
)
def school(age: int, schooling: int, school_places: float, learning: float) -> int:
    """A year more at school if u < places, at ages 7 to 17."""
    return schooling + (1 if age >= 7 and age < 18 and learning < school_places else 0)


@rule(
    "R03",
    step="renew",
    table="people",
    reads=("age", "schooling", "skill", "moves", "labour"),
    parameters=("learn", "move_loss", "school_skill", "school_most"),
    writes=("skill",),
    source="rule R03: learning by doing, dilution by newcomers",
    switch="skill",
    off={"learn": 0.0, "move_loss": 0.0},
)
def skill(
    age: int, schooling: int, skill: float, moves: int, labour: int,
    learn: float, move_loss: float, school_skill: float, school_most: float,
) -> float:  # fmt: skip
    """S' = s + learn (1 - s) at work, less move_loss s on a move; school gives the start at 15."""
    doing = learn * (1.0 - skill) if labour > 0 else 0.0
    start = school_skill * (min(schooling, school_most) / 10.0) if age == 14 else 0.0
    return min(max(skill + doing - move_loss * skill * moves, start), 1.0)
