"""What becomes of whom in a year: who moves, dies, bears, is hired, taught, raised, held.

How many is said by the nation or by institutions; who, by the ranks that rules have given. Every
number is met to the person (`drawing`).
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sovplan.society.classes import (
    COLLECTIVE,
    EMPLOYEE,
    OFFICIAL,
    OTHER,
    OWN,
    PRISONER,
    SOLDIER,
    STUDENT,
    WORKER,
)
from sovplan.society.people_rules.people import apportioned
from sovplan.society.persons.drawing import Drawing, Mask
from sovplan.society.persons.handed import Handed, persons
from sovplan.society.persons.tables import BRANCHES, FARMING, NONE, PLACES, TOWN, VILLAGE

_CALLED: Final = (20, 39)
"""Ages at which men are called up, the youngest first."""
_SERVED: Final = 24
"""Age at which soldiers go home."""
_TAUGHT: Final = (15, 26)
"""Years at school after which, and age at which, students leave."""
_TOWN_CLASSES: Final = (WORKER, EMPLOYEE, OFFICIAL, OTHER)

Done = dict[str, int]


def choose(
    draw: Drawing, given: Handed, parameters: Mapping[str, float], off: frozenset[str]
) -> Done:
    """Let a year happen to persons; return how many it happened to.

    Parameters
    ----------
    draw
        Draws from the persons, who have their ranks.
    given
        What the nation hands down.
    parameters
        Values of the model.
    off
        Switches that are off.
    """
    done: Done = {}
    draw.rows["hired"][:] = 0
    draw.rows["dies"][:] = 0
    draw.rows["bears"][:] = 0
    _move(draw, given, done)
    if "rules.forced_labour" not in off:
        _imprison(draw, given, parameters, done)
    # The dead go first: whoever is hired or called up lives at the end of the year.
    _die_and_bear(draw, given, done)
    _serve_and_study(draw, given, done)
    _collectivise(draw, given, done)
    _hire(draw, given, parameters, done)
    fill_posts(draw, given, parameters, done, blind="rules.position" in off)
    follow(draw)
    return done


def own_state(draw: Drawing) -> Mask:
    """Return who is neither soldier nor student nor prisoner, and not drawn to die."""
    people = draw.rows
    return np.asarray((people["stratum"] == people["home"]) & people.here & (people["dies"] == 0))


def _end_work(draw: Drawing, who: NDArray[np.int64]) -> None:
    town = draw["place"][who] == TOWN
    draw["works"][who] = 0
    draw["branch"][who] = np.where(town, NONE, FARMING)


def _move(draw: Drawing, given: Handed, done: Done) -> None:
    able = own_state(draw) & (draw["place"] == VILLAGE)
    who = draw.first("moves to towns", able, given.moved, "rank_move")
    draw["place"][who] = TOWN
    draw["home"][who] = draw["stratum"][who] = WORKER
    draw["branch"][who] = NONE
    done["moved"] = int(draw["weight"][who].sum(dtype=np.int64))
    done["moved_young"] = _part(draw, who, (draw["age"][who] >= 15) & (draw["age"][who] <= 35))
    done["moved_men"] = _part(draw, who, draw["sex"][who] == 0)


def _part(draw: Drawing, who: NDArray[np.int64], mask: Mask) -> int:
    return int(draw["weight"][who[mask]].sum(dtype=np.int64))


def _imprison(draw: Drawing, given: Handed, parameters: Mapping[str, float], done: Done) -> None:
    """R18: F' = F + inflow - releases - F mort; the dead of camps are among those of the nation."""
    values, people = given.values, draw.rows
    stock = draw.count(people["stratum"] == PRISONER)
    haste = max(values["tautness"] - 1.0, 0.0)
    lack = max(0.0, 1.0 - values["town_food"])
    mort = parameters["g_mort"] * float(np.exp(parameters["camp_lack"] * lack + haste))
    dead = draw.first("deaths of prisoners", people["stratum"] == PRISONER, round(stock * mort))
    draw["dies"][dead] = 1
    held = (draw["stratum"] == PRISONER) & (draw["dies"] == 0)
    free = draw.first("releases", held, round(stock * parameters["camp_release"]))
    draw["stratum"][free] = draw["home"][free]
    able = own_state(draw) & (draw["age"] >= 18) & (draw["age"] < 60)
    inflow = parameters["camp_inflow"] * values["forced_labour"] * values["repression"]
    taken = draw.first("arrests", able, round(draw.count(able) * inflow), "rank_jail")
    draw["stratum"][taken] = PRISONER
    _end_work(draw, taken)
    done.update(
        prisoners_before=stock,
        prisoners_dead=_part(draw, dead, np.ones(len(dead), dtype=np.bool_)),
        arrests=_part(draw, taken, np.ones(len(taken), dtype=np.bool_)),
    )


def _serve_and_study(draw: Drawing, given: Handed, done: Done) -> None:
    """Discharge who has served or studied; call up and admit until all places are taken."""
    people = draw.rows
    ended = (people["stratum"] == SOLDIER) & (people["age"] >= _SERVED)
    years, oldest = _TAUGHT
    ended |= (people["stratum"] == STUDENT) & (
        (people["schooling"] >= years) | (people["age"] >= oldest)
    )
    people["stratum"][ended] = people["home"][ended]
    for state, name, rank in (
        (SOLDIER, "army", "rank_lot"),
        (STUDENT, "student_places", "rank_study"),
    ):
        lives = (draw["stratum"] == state) & (draw["dies"] == 0)
        there = draw.count(lives)
        wanted = persons(given.values[name]) - there
        able, order = own_state(draw), draw[rank]
        if state == SOLDIER:
            first, last = _CALLED
            able &= (draw["sex"] == 0) & (draw["age"] >= first) & (draw["age"] <= last)
            order = draw["age"] + order
        if wanted < 0:
            # Fewer places than are taken: the rest go home in the order of their lots.
            home = draw.first("discharges", lives, -wanted)
            draw["stratum"][home] = draw["home"][home]
        else:
            who = draw.first(name, able, wanted, order)
            _end_work(draw, who)
            draw["stratum"][who] = state
            done[f"{name}_new"] = _part(draw, who, np.ones(len(who), dtype=np.bool_))


def _collectivise(draw: Drawing, given: Handed, done: Done) -> None:
    """Let households join or leave until the share of the nation is there."""
    people = draw.rows
    lives = people.here & (people["dies"] == 0)
    own, joined = lives & (people["home"] == OWN), lives & (people["home"] == COLLECTIVE)
    gap = round(draw.count(own | joined) * given.collectivised) - draw.count(joined)
    source, target = (own, COLLECTIVE) if gap > 0 else (joined, OWN)
    who = draw.first("households", source, abs(gap))
    keeps = draw["stratum"][who] != draw["home"][who]
    draw["home"][who] = target
    draw["stratum"][who[~keeps]] = target
    done["joined"] = gap


def _hire(draw: Drawing, given: Handed, parameters: Mapping[str, float], done: Done) -> None:
    """R17, R30: let go, take back and hire until every branch has the hands of the nation."""
    people = draw.rows
    retire = int(parameters["retire_age"])
    over = (people["works"] > 0) & ((people["age"] >= retire) | ~own_state(draw))
    _end_work(draw, np.flatnonzero(over))
    needs: dict[str, int] = {}
    seeks = (draw["works"] > 0) & (draw["changes"] > 0)
    for name, wanted in given.hands.items():
        stays = (draw["works"] > 0) & (draw["branch"] == BRANCHES.index(name)) & ~seeks
        there = draw.count(stays)
        if there > wanted:
            gone = draw.first("dismissals", stays, there - wanted)
            _end_work(draw, gone)
            seeks = (draw["works"] > 0) & (draw["changes"] > 0)
        needs[name] = max(wanted - there, 0)
    able = own_state(draw) & (draw["place"] == TOWN) & (draw["age"] >= 15)
    able &= (draw["age"] < retire) & ((draw["works"] == 0) | seeks)
    # Who leaves one branch for another is taken before who has no work.
    ranks = np.where((draw["works"] > 0) & seeks, draw["rank_lot"] - 2.0, draw["rank_hire"])
    who = draw.first("hands", able, sum(needs.values()), ranks)
    pool = np.zeros(draw.rows.size, dtype=np.bool_)
    pool[who] = True
    _end_work(draw, np.flatnonzero((draw["works"] > 0) & (draw["changes"] > 0) & ~pool))
    done["hired_new"] = place(draw, pool, needs, parameters)


def place(
    draw: Drawing, pool: Mask, needs: Mapping[str, int], parameters: Mapping[str, float]
) -> int:
    """Give who was hired a branch, and return how many of them had no work before.

    In a branch with the pull p women have the odds l p; l is such that all women of the pool find
    work. So every branch has its number of hands, and women where custom has them.
    """
    sexes = [draw.count(pool & (draw["sex"] == sex)) for sex in (0, 1)]
    pulls = np.array([parameters[f"women_{name}"] for name in needs])
    women = _women(np.array(list(needs.values()), dtype=np.float64), pulls, sexes[1])
    new = 0
    for at, (name, need) in enumerate(needs.items()):
        code = BRANCHES.index(name)
        for sex, wanted in ((1, min(int(women[at]), need)), (0, need - min(int(women[at]), need))):
            free = np.zeros(draw.rows.size, dtype=np.bool_)
            free[: len(pool)] = pool
            there = draw.count(free & (draw["sex"] == sex))
            who = draw.first(name, free & (draw["sex"] == sex), min(wanted, there))
            fresh = draw["works"][who] == 0
            new += _part(draw, who, fresh)
            draw["home"][who[fresh]] = draw["stratum"][who[fresh]] = WORKER
            draw["hired"][who] = np.where(draw["branch"][who] != code, 1, 0)
            draw["works"][who], draw["branch"][who] = 1, code
            pool = np.zeros(draw.rows.size, dtype=np.bool_)
            pool[: len(free)] = free
            pool[who] = False
    return new


def _women(needs: NDArray[np.float64], pulls: NDArray[np.float64], women: int) -> NDArray[np.int64]:
    """Return how many women each branch hires: n l p / (1 + l p), l found by halving."""
    low, high = 1e-9, 1e9
    for _ in range(100):
        middle = (low * high) ** 0.5
        there = float((needs * middle * pulls / (1.0 + middle * pulls)).sum())
        low, high = (middle, high) if there < women else (low, middle)
    exact = needs * low * pulls / (1.0 + low * pulls)
    total = min(women, int(needs.sum()))
    return apportioned(exact, total) if total else np.zeros(len(needs), dtype=np.int64)


def fill_posts(
    draw: Drawing,
    given: Handed,
    parameters: Mapping[str, float],
    done: Done,
    *,
    blind: bool = False,
) -> None:
    """R30, R32: remove who is removed, then fill posts of officials and employees by score.

    Free posts of officials go to women until they have their measured share, unless `blind`.
    """
    values = given.values
    women = values["women_officials"] * parameters["women_office"]
    at_work = sum(given.hands.values())
    salaried = round(at_work * parameters["salaried"])
    officials = round(salaried * values["administrators"] * parameters["official_part"])
    holds = own_state(draw) & (draw["works"] > 0) & (draw["home"] == OFFICIAL)
    removed = round(draw.count(holds) * values["staff_removed"])
    out = draw.first("removals", holds, removed, "rank_jail")
    draw["home"][out] = draw["stratum"][out] = WORKER
    done["removed"] = _part(draw, out, np.ones(len(out), dtype=np.bool_))
    targets = (
        (OFFICIAL, (EMPLOYEE, WORKER), officials),
        (EMPLOYEE, (WORKER,), salaried - officials),
    )
    for post, below, wanted in targets:
        works = own_state(draw) & (draw["works"] > 0)
        gap = wanted - draw.count(works & (draw["home"] == post))
        if gap >= 0:
            under = np.logical_or.reduce([draw["home"] == each for each in below])
            if post == OFFICIAL and not blind:
                holds = works & (draw["home"] == post) & (draw["sex"] > 0)
                who = by_sex(draw, works & under, gap, round(women * wanted) - draw.count(holds))
            else:
                who = draw.first("posts", works & under, gap, "rank_post")
            draw["home"][who] = draw["stratum"][who] = post
            done[f"rose_{post}"] = _part(draw, who, np.ones(len(who), dtype=np.bool_))
            of_posts = (draw["origin"][who] == EMPLOYEE) | (draw["origin"][who] == OFFICIAL)
            done[f"rose_handed_{post}"] = _part(draw, who, of_posts)
        else:
            worst = -draw["rank_post"].astype(np.float64)
            who = draw.first("posts", works & (draw["home"] == post), -gap, worst)
            draw["home"][who] = draw["stratum"][who] = below[0]


def by_sex(draw: Drawing, able: Mask, gap: int, lacking: int) -> NDArray[np.int64]:
    """Return who fills a gap of posts, by score: as many women as lack, then men, then women.

    Parameters
    ----------
    draw
        Draws from the persons.
    able
        Who may be taken.
    gap
        Posts that are free.
    lacking
        Women by whom those in office fall short of their share; below nought where there are more.
    """
    women = able & (draw["sex"] > 0)
    men = able & ~women
    most, others = draw.count(women), draw.count(men)
    many = min(max(lacking, gap - others, 0), most, gap)
    first = draw.first("posts for women", women, many, "rank_post")
    # Drawing may part a row, and then there is one more.
    open_to = np.zeros(draw.rows.size, dtype=np.bool_)
    open_to[: len(men)] = men
    second = draw.first("posts", open_to, gap - many, "rank_post")
    return np.concatenate([first, second])


def follow(draw: Drawing) -> None:
    """Let households follow their earners: as many dependants to an earner in every class."""
    people = draw.rows
    town = own_state(draw) & (people["place"] == TOWN)
    trades = (people["home"] == OTHER) & (people["age"] >= 15) & (people["age"] < 65)
    earns = town & ((people["works"] > 0) | trades)
    earners = {each: draw.count(earns & (people["home"] == each)) for each in _TOWN_CLASSES}
    rest = {each: draw.count(town & ~earns & (people["home"] == each)) for each in _TOWN_CLASSES}
    total, all_earn = sum(rest.values()), max(sum(earners.values()), 1)
    gaps = {each: total * earners[each] // all_earn - rest[each] for each in _TOWN_CLASSES}
    for target in sorted(gaps, key=lambda each: -gaps[each]):
        for source in _TOWN_CLASSES:
            many = min(gaps[target], -gaps[source])
            if many <= 0 or target == OTHER:
                continue
            people = draw.rows
            able = own_state(draw) & (people["place"] == TOWN) & (people["works"] == 0)
            able &= people["home"] == source
            if source == OTHER:
                able &= (people["age"] < 15) | (people["age"] >= 65)
            who = draw.first("households of towns", able, many)
            draw["home"][who] = draw["stratum"][who] = target
            gaps[target] -= many
            gaps[source] += many


def _die_and_bear(draw: Drawing, given: Handed, done: Done) -> None:
    """R28: births and deaths of the nation, so that village and towns end the year as it says."""
    for place, name in enumerate(PLACES):
        here = draw.rows.here & (draw["place"] == place)
        deaths = draw.count(here) + given.births[place] - given.ends[place]
        before = draw.count(here & (draw["dies"] > 0))
        able = here & (draw["dies"] == 0) & (draw["stratum"] != PRISONER)
        dead = draw.first(f"deaths in {name}", able, deaths - before, "rank_die")
        draw["dies"][dead] = 1
        done[f"deaths_{name}"] = draw.count((draw["dies"] > 0) & (draw["place"] == place))
        able = draw.rows.here & (draw["place"] == place) & (draw["dies"] == 0)
        bears = draw.first(f"births in {name}", able, given.births[place], "rank_bear")
        draw["bears"][bears] = 1
        done[f"births_{name}"] = _part(draw, bears, np.ones(len(bears), dtype=np.bool_))
