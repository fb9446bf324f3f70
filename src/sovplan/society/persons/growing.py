"""What a year leaves behind in persons: age, school, skill, standing, party, views."""

from dataclasses import replace
from typing import Final

from sovplan.foundation.engine.rule import rule
from sovplan.society.classes import PRISONER, STUDENT
from sovplan.society.people_rules import careers, life

birthday: Final = life.birthday
estate: Final = life.estate
belief: Final = replace(careers.belief, switch="rules.consciousness")


@rule(
    "R28",
    step="renew",
    table="people",
    reads=("bears", "dies"),
    writes=("born",),
    source="by definition: as many are drawn as the nation says",
)
def birth(bears: int, dies: int) -> int:
    """Return 1 who is drawn to bear a child and lives."""
    return bears * (1 - dies)


@rule(
    "R30",
    step="renew",
    table="people",
    reads=("age", "home", "origin", "talent"),
    draws=("endowment",),
    writes=("origin", "talent"),
    source="own: a child has the class of its household, and a talent drawn at its birth",
)
def childhood(
    age: int, home: int, origin: int, talent: float, endowment: float
) -> tuple[int, float]:
    """In the first year a child takes the class of its home and a talent between 0 and 1."""
    return (home if age < 1 else origin, endowment if age < 1 else talent)


@rule(
    "R30",
    step="renew",
    table="people",
    reads=("age", "schooling", "literate", "stratum"),
    institutions=("school_places", "adult_schooling"),
    parameters=(
        "literate_years", "pupil_from", "pupil_to", "course_from", "course_to", "schooling_most",
    ),
    draws=("learning",),
    writes=("schooling", "literate"),
    source="rule R30: places; literacy by cohort; ages are ours",
    switch="rules.schooling",
    off={"school_places": 0.0, "adult_schooling": 0.0},
)  # fmt: skip
def schooling(
    age: int, schooling: int, literate: int, stratum: int, school_places: float,
    adult_schooling: float, literate_years: float, pupil_from: float, pupil_to: float,
    course_from: float, course_to: float, schooling_most: float, learning: float,
) -> tuple[int, int]:  # fmt: skip
    """A year at school if u < places or a student; reads after literate_years or a course.

    Children are at school from pupil_from to below pupil_to, courses are from course_from to below
    course_to; schooling_most years count.
    """
    child = age >= pupil_from and age < pupil_to and learning < school_places
    years = min(schooling + (1 if child or stratum == STUDENT else 0), int(schooling_most))
    course = age >= course_from and age < course_to and learning < adult_schooling
    return years, 1 if literate > 0 or course or years >= literate_years else 0


@rule(
    "R03",
    step="renew",
    table="people",
    reads=("skill", "works", "hired"),
    institutions=("turnover_now",),
    parameters=("s_new", "learn", "learn_turnover", "move_loss"),
    writes=("skill",),
    source="rule R03: learning by doing, newcomers start low, turnover costs; loss by change ours",
    switch="rules.skill_persons",
    off={"s_new": 1.0, "move_loss": 0.0, "learn_turnover": 0.0},
)
def skill(
    skill: float, works: int, hired: int, turnover_now: float, s_new: float,
    learn: float, learn_turnover: float, move_loss: float,
) -> float:  # fmt: skip
    """S' = s + learn (1 - s) - l (turnover - 1)+; hired: s (1 - move_loss); at least s_new."""
    lost = learn_turnover * max(turnover_now - 1.0, 0.0)
    old = min(max(skill + learn * (1.0 - skill) - lost, s_new), 1.0)
    new = max(skill * (1.0 - move_loss), s_new)
    return new if hired > 0 else old if works > 0 else skill


@rule(
    "R13",
    step="renew",
    table="people",
    reads=("skill", "schooling", "talent", "class.post"),
    parameters=("scale_skill", "scale_school", "scale_talent", "scale_post", "school_most"),
    writes=("standing",),
    source="own: what a scale of pay looks at; only the spread of the scale is stated by R13",
)
def standing(
    skill: float, schooling: int, talent: float, class_post: float, scale_skill: float,
    scale_school: float, scale_talent: float, scale_post: float, school_most: float,
) -> float:  # fmt: skip
    """Z = weights times skill, years at school of ten, talent and post; weights sum to one."""
    known = scale_skill * skill + scale_school * 0.1 * min(schooling, school_most)
    return min(max(known + scale_talent * talent + scale_post * class_post, 0.0), 1.0)


@rule(
    "R34",
    step="renew",
    table="people",
    reads=("age", "party", "belief", "stratum", "class.entry", "class.post"),
    institutions=("party_intake", "party_purge", "recruit_rule"),
    parameters=("entry_belief", "party_from", "party_to"),
    draws=("entering",),
    writes=("party",),
    source="Rigby 1968 for admission by class; form ours",
    switch="rules.party",
    off={"party_intake": 0.0},
)
def party(
    age: int, party: int, belief: float, stratum: int, class_entry: float, class_post: float,
    party_intake: float, party_purge: float, recruit_rule: float, entry_belief: float,
    party_from: float, party_to: float, entering: float,
) -> int:  # fmt: skip
    """Enters if u < intake entry entry_belief belief; n years become n + 1, or end.

    Nobody enters below party_from, or from party_to on. Under a rule for officials (recruit_rule)
    posts count beside the class.
    """
    open_to = class_entry + recruit_rule * class_post
    chance = party_intake * open_to * entry_belief * belief
    enters = age >= party_from and age < party_to and entering < chance
    stays = 0 if entering < party_purge or stratum == PRISONER else min(party + 1, 100)
    return stays if party > 0 else 1 if enters else 0


@rule(
    "R38",
    step="renew",
    table="people",
    reads=("morale", "goods", "works", "local.fair"),
    institutions=("committee_power",),
    parameters=("mor_goods", "mor_say", "mor_back", "mor_middle"),
    writes=("morale",),
    source="own; content with consumption and with a say at work",
    switch="rules.consciousness",
)
def morale(
    morale: float, goods: int, works: int, local_fair: float, committee_power: float,
    mor_goods: float, mor_say: float, mor_back: float, mor_middle: float,
) -> float:  # fmt: skip
    """M' = m + mor_goods (c / fair - 1, within -1 and 1) + mor_say say + mor_back (middle - m)."""
    content = min(max(goods / local_fair - 1.0, -1.0), 1.0)
    said = mor_say * committee_power * works
    back = mor_back * (mor_middle - morale)
    return min(max(morale + mor_goods * content + said + back, 0.0), 1.0)
