"""Who comes first: the order in which persons die, bear, move, are hired, taught, raised, held.

A rule gives each person a rank; those of the lowest ranks are drawn until as many are as the nation
or an institution says (`drawing`). A rank is the time of an exponential race: -ln(1 - u) / h, so
who has twice the chance h comes first twice as often.
"""

from sovplan.foundation.engine.functions import exp, log
from sovplan.foundation.engine.rule import rule
from sovplan.society.classes import COLLECTIVE, PRISONER
from sovplan.society.people_rules.life import hunger_profile
from sovplan.society.persons.tables import TOWN

NEVER = 1e30


def race(u: float, chance: float) -> float:
    """Return the time of a race, -ln(1 - u) / chance; a time that never comes without a chance."""
    return -log(1.0 - u) / chance if chance > 0.0 else NEVER


@rule(
    "R28",
    step="renew",
    table="people",
    reads=("age", "rates.death", "local.excess"),
    parameters=(
        "hunger_child", "hunger_youth", "hunger_old", "hunger_child_to", "hunger_youth_to",
        "hunger_old_from",
    ),
    draws=("dying",),
    writes=("rank_die",),
    source="rule R28: life table times the profile of hunger by age",
    switch="rules.who_dies",
    off={"local_excess": 0.0},
)  # fmt: skip
def rank_die(
    age: int, rates_death: float, local_excess: float, hunger_child: float, hunger_youth: float,
    hunger_old: float, hunger_child_to: float, hunger_youth_to: float, hunger_old_from: float,
    dying: float,
) -> float:  # fmt: skip
    """H = p (1 + x profile).

    Profile is hunger_child below hunger_child_to, hunger_youth below hunger_youth_to, then 1, and
    hunger_old from hunger_old_from on.
    """
    weight = hunger_profile(
        age, hunger_child, hunger_youth, hunger_old, hunger_child_to, hunger_youth_to,
        hunger_old_from,
    )  # fmt: skip
    return race(dying, rates_death * (1.0 + local_excess * weight))


@rule(
    "R30",
    step="renew",
    table="people",
    reads=("rates.birth", "schooling", "works", "stratum"),
    institutions=("women_policy",),
    parameters=("bear_school", "bear_work", "natal_births", "school_most"),
    draws=("bearing",),
    writes=("rank_bear",),
    source="rule R30: fertility falls with schooling and work; sizes ours",
    switch="rules.who_bears",
    off={"bear_school": 0.0, "bear_work": 0.0},
)
def rank_bear(
    rates_birth: float, schooling: int, works: int, stratum: int, women_policy: float,
    bear_school: float, bear_work: float, natal_births: float, school_most: float, bearing: float,
) -> float:  # fmt: skip
    """H = b (1 - bear_school s / 10)(1 - bear_work (1 - natal_births natal policy) at work)."""
    work = bear_work * works * (1.0 - natal_births * women_policy)
    free = 0.0 if stratum == PRISONER else 1.0
    school = 1.0 - bear_school * 0.1 * min(schooling, school_most)
    return race(bearing, rates_birth * free * school * (1.0 - work))


@rule(
    "R29",
    step="renew",
    table="people",
    reads=("age", "sex", "place", "stratum", "home", "schooling"),
    parameters=(
        "move_young", "move_men", "move_school", "move_young_from", "move_young_to",
        "move_school_from",
    ),
    draws=("moving",),
    writes=("rank_move",),
    source="rule R29 after Lorimer 1946: weights of age, sex and school",
    switch="rules.who_moves",
    off={"move_young": 1.0, "move_men": 1.0, "move_school": 1.0},
)  # fmt: skip
def rank_move(
    age: int, sex: int, place: int, stratum: int, home: int, schooling: int, move_young: float,
    move_men: float, move_school: float, move_young_from: float, move_young_to: float,
    move_school_from: float, moving: float,
) -> float:  # fmt: skip
    """H = move_young of the young, times move_men of men, times move_school of those with school.

    The young are those from move_young_from to move_young_to; school is move_school_from years.
    """
    young = move_young if age >= move_young_from and age <= move_young_to else 1.0
    school = move_school if schooling >= move_school_from else 1.0
    chance = young * (1.0 if sex > 0 else move_men) * school
    return race(moving, chance if place != TOWN and stratum == home else 0.0)


@rule(
    "R30",
    step="renew",
    table="people",
    reads=("age", "sex", "place", "stratum", "home"),
    institutions=("town_need", "women_policy"),
    parameters=(
        "women_hire", "women_need", "hire_old", "natal_hire", "retire_age", "work_from",
        "hire_young_to",
    ),
    draws=("hiring",),
    writes=("rank_hire",),
    source="rule R30: women work as need and law have it; sizes ours",
    switch="rules.women_work",
    off={"women_hire": 1.0, "women_need": 0.0},
)  # fmt: skip
def rank_hire(
    age: int, sex: int, place: int, stratum: int, home: int, town_need: float,
    women_policy: float, women_hire: float, women_need: float, hire_old: float, natal_hire: float,
    retire_age: float, work_from: float, hire_young_to: float, hiring: float,
) -> float:  # fmt: skip
    """H = 1, then hire_old; of women times w = women_hire (1 + women_need need), at most 1.

    hire_old holds beyond hire_young_to. A natal policy lowers w by natal_hire of it. People are
    hired from work_from on; from retire_age on nobody is.
    """
    years = 1.0 if age <= hire_young_to else hire_old
    kept = 1.0 - natal_hire * women_policy
    women = min(women_hire * (1.0 + women_need * town_need) * kept, 1.0)
    able = age >= work_from and age < retire_age and place == TOWN and stratum == home
    return race(hiring, years * (women if sex > 0 else 1.0) if able else 0.0)


@rule(
    "R17",
    step="renew",
    table="people",
    reads=(
        "works",
        "stratum",
        "home",
        "nation.best",
        "nation.reported",
        "nation.unsettled",
        "trade.premium",
    ),
    institutions=("vacancy", "labour_law"),
    parameters=("turn0", "turn_v", "law_hold", "gap_weight", "change_branch", "offences"),
    draws=("leaving", "changing", "absent"),
    writes=("leaves", "changes", "penal"),
    source="Filtzer 1986; seeds L02 and L03; branch and offences ours",
    switch="rules.turnover",
    off={"turn0": 0.0, "turn_v": 0.0, "gap_weight": 0.0, "offences": 0.0},
)
def turnover(
    works: int, stratum: int, home: int, nation_best: float, nation_reported: float,
    nation_unsettled: float, trade_premium: float, vacancy: float, labour_law: float, turn0: float,
    turn_v: float, law_hold: float, gap_weight: float, change_branch: float, offences: float,
    leaving: float, changing: float, absent: float,
) -> tuple[int, int, int]:  # fmt: skip
    """Leaves int(r + u) times.

    r = (turn0 + turn_v v + ln best / own + what changing norms add)(1 - law_hold law found)
    """
    at_work = 1 if works > 0 and stratum == home else 0
    better = gap_weight * max(nation_best - trade_premium, 0.0)
    wish = turn0 + turn_v * vacancy + better + nation_unsettled
    times = int(wish * (1.0 - law_hold * labour_law * nation_reported) + leaving) * at_work
    caught = 1 if absent < offences * labour_law * nation_reported else 0
    return times, 1 if times > 0 and changing < change_branch else 0, caught * at_work


@rule(
    "R30",
    step="renew",
    table="people",
    reads=("age", "schooling", "stratum", "home", "past.rise", "past.quota"),
    institutions=("school_fee", "class_quota"),
    parameters=(
        "inh", "inh_fee", "quota_push", "study_from", "study_taken_to", "study_school",
    ),
    draws=("studying",),
    writes=("rank_study",),
    source="Fitzpatrick 1979; seeds D09 and D10: shares by origin, fee and quota",
    switch="rules.education",
    off={"inh": 0.0, "inh_fee": 0.0, "quota_push": 0.0},
)  # fmt: skip
def rank_study(
    age: int, schooling: int, stratum: int, home: int, past_rise: float, past_quota: float,
    school_fee: float, class_quota: float, inh: float, inh_fee: float, quota_push: float,
    study_from: float, study_taken_to: float, study_school: float, studying: float,
) -> float:  # fmt: skip
    """H = exp((inh + inh_fee fee) z + quota_push quota q).

    Taken are those from study_from to study_taken_to with study_school years at school.
    """
    origin = (inh + inh_fee * school_fee) * past_rise + quota_push * class_quota * past_quota
    fit = age >= study_from and age <= study_taken_to and schooling >= study_school
    return race(studying, exp(origin) if fit and stratum == home else 0.0)


@rule(
    "R30",
    step="renew",
    table="people",
    reads=("skill", "schooling", "party", "talent", "stratum", "home", "past.rise"),
    institutions=("school_fee", "inheritance", "appointed_share"),
    parameters=(
        "inh", "inh_fee", "inh_law", "loyal", "post_luck", "post_skill", "post_school",
        "post_school_most",
    ),
    draws=("posting",),
    writes=("rank_post",),
    source="seeds B24, D10: position by parents, skill, loyalty and luck; weights ours",
    switch="rules.position",
    off={"inh": 0.0, "inh_fee": 0.0, "inh_law": 0.0},
)  # fmt: skip
def rank_post(
    skill: float, schooling: int, party: int, talent: float, stratum: int, home: int,
    past_rise: float, school_fee: float, inheritance: float, appointed_share: float, inh: float,
    inh_fee: float, inh_law: float, loyal: float, post_luck: float, post_skill: float,
    post_school: float, post_school_most: float, posting: float,
) -> float:  # fmt: skip
    """Score = (inh + inh_fee fee + inh_law i) parent + earned + loyal a party + luck.

    earned = post_skill (skill + talent) + post_school min(years at school, post_school_most)
    luck = post_luck (u - 1/2)
    """
    handed = (inh + inh_fee * school_fee + inh_law * inheritance) * past_rise
    earned = post_skill * (skill + talent) + post_school * min(schooling, post_school_most)
    trusted = loyal * appointed_share * (1.0 if party > 0 else 0.0)
    score = handed + earned + trusted + post_luck * (posting - 0.5)
    return 100.0 - score if stratum == home else NEVER


@rule(
    "R18",
    step="renew",
    table="people",
    reads=("age", "sex", "stratum", "home", "class.post"),
    institutions=("staff_removed", "newly_forced"),
    parameters=("jail_men", "jail_rank", "jail_village", "jail_from", "jail_to"),
    draws=("jailing",),
    writes=("rank_jail",),
    source="Gregory and Lazarev 2003; rule R37: rank in years of purges; sizes ours",
    switch="rules.forced_labour",
    off={"jail_rank": 0.0, "jail_village": 0.0},
)
def rank_jail(
    age: int, sex: int, stratum: int, home: int, class_post: float, staff_removed: float,
    newly_forced: float, jail_men: float, jail_rank: float, jail_village: float,
    jail_from: float, jail_to: float, jailing: float,
) -> float:  # fmt: skip
    """H = share of the sex (1 + jail_rank removed post)(1 + jail_village forced, of peasants).

    Held are those from jail_from to below jail_to.
    """
    rank = 1.0 + jail_rank * staff_removed * class_post
    drive = 1.0 + (jail_village * newly_forced if home <= COLLECTIVE else 0.0)
    able = age >= jail_from and age < jail_to and stratum == home
    sexes = 1.0 - jail_men if sex > 0 else jail_men
    return race(jailing, sexes * rank * drive if able else 0.0)


@rule(
    "R30",
    step="renew",
    table="people",
    reads=("age",),
    draws=("lot",),
    writes=("rank_lot",),
    source="own: a lot for what the rules leave open",
)
def rank_lot(age: int, lot: float) -> float:
    """Return the lot of the year, the same chance for all who live."""
    return lot if age < 255 else NEVER
