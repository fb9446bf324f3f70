"""Who is let go, hired, given a branch and raised, and whom households of towns follow."""

from collections.abc import Mapping
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sovplan.foundation.engine.rows import Stored
from sovplan.society.classes import EMPLOYEE, HOMES, OFFICIAL, OTHER, WORKER
from sovplan.society.people_rules.people import apportioned
from sovplan.society.persons.crowd import Crowd, Mask, Places
from sovplan.society.persons.drawing import Drawing
from sovplan.society.persons.handed import Handed
from sovplan.society.persons.tables import BRANCHES, FARMING, NONE, TOWN

Done: TypeAlias = dict[str, int]
"""How many persons a year happened to, by what happened."""

_TOWN_CLASSES: Final = (WORKER, EMPLOYEE, OFFICIAL, OTHER)


def own_state(crowd: Crowd) -> Mask:
    """Return who is neither soldier nor student nor prisoner, and not drawn to die."""
    return np.asarray((crowd["stratum"] == crowd["home"]) & (crowd["dies"] == 0))


def end_work(draw: Drawing, at: Places) -> None:
    """Take work from the rows of some places."""
    draw["works"][at] = 0
    draw["branch"][at] = np.where(draw["place"][at] == TOWN, NONE, FARMING)


def at_work(draw: Drawing) -> Crowd:
    """Return who is at work in towns and does nothing else."""
    works = draw.who(draw["works"] > 0)
    return works.where(own_state(works)).few


def hire(draw: Drawing, given: Handed, parameters: Mapping[str, float], done: Done) -> None:
    """R17, R30: let go, take back and hire until every branch has the hands of the nation."""
    retire = int(parameters["retire_age"])
    works = draw.who(draw["works"] > 0).few
    over = (works["age"] >= retire) | ~own_state(works)
    end_work(draw, works.at[over])
    works = works.where(~over)
    seeks = works["changes"] > 0
    seekers, stay = works.where(seeks), works.where(~seeks)
    needs: dict[str, int] = {}
    for name, wanted in given.hands.items():
        stays = stay.where(stay["branch"] == BRANCHES.index(name))
        there = stays.persons
        end_work(draw, draw.first("dismissals", stays, there - wanted))
        needs[name] = max(wanted - there, 0)
    # Who leaves one branch for another is taken before who has no work.
    wanted = sum(needs.values())
    young = parameters["work_from"]
    able = seekers.where((seekers["place"] == TOWN) & (seekers["age"] >= young))
    ready = able.persons
    changed = draw.first("hands", able, min(wanted, ready))
    age = draw["age"]
    fit = (draw["place"] == TOWN) & (age >= young) & (age < retire)
    idle = draw.who((draw["works"] == 0) & fit)
    new = draw.first("hands", idle, wanted - ready, "rank_hire", own_state)
    end_work(draw, seekers.without(changed).at)
    hired = np.sort(np.concatenate([changed, new]))
    done["hired_new"] = place(draw, Crowd(draw.rows, hired), needs, parameters)


def place(
    draw: Drawing, pool: Crowd, needs: Mapping[str, int], parameters: Mapping[str, float]
) -> int:
    """Give who was hired a branch, and return how many of them had no work before.

    In a branch with the pull p women have the odds l p; l is such that all women of the pool find
    work. So every branch has its number of hands, and women where custom has them.
    """
    free = {sex: pool.where(pool["sex"] == sex) for sex in (0, 1)}
    pulls = np.array([parameters[f"women_{name}"] for name in needs])
    women = _women(np.array(list(needs.values()), dtype=np.float64), pulls, free[1].persons)
    new = 0
    for many, (name, need) in zip(women, needs.items(), strict=True):
        code, most = BRANCHES.index(name), min(int(many), need)
        for sex, wanted in ((1, most), (0, need - most)):
            at = draw.first(name, free[sex], min(wanted, free[sex].persons))
            free[sex] = free[sex].without(at)
            fresh = at[draw["works"][at] == 0]
            new += draw.persons(fresh)
            draw["home"][fresh] = draw["stratum"][fresh] = WORKER
            draw["hired"][at] = np.where(draw["branch"][at] != code, 1, 0)
            draw["works"][at], draw["branch"][at] = 1, code
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
    salaried = round(sum(given.hands.values()) * parameters["salaried"])
    officials = round(salaried * values["administrators"] * parameters["official_part"])
    works = at_work(draw)
    holds = works.where(works["home"] == OFFICIAL)
    removed = round(holds.persons * values["staff_removed"])
    out = draw.first("removals", holds, removed, "rank_jail")
    draw["home"][out] = draw["stratum"][out] = WORKER
    done["removed"] = draw.persons(out)
    targets = (
        (OFFICIAL, (EMPLOYEE, WORKER), officials),
        (EMPLOYEE, (WORKER,), salaried - officials),
    )
    for post, below, wanted in targets:
        works = at_work(draw)
        holds = works.where(works["home"] == post)
        gap = wanted - holds.persons
        if gap >= 0:
            under = works.where(np.logical_or.reduce([works["home"] == each for each in below]))
            if post == OFFICIAL and not blind:
                there = holds.where(holds["sex"] > 0).persons
                who = by_sex(draw, under, gap, round(women * wanted) - there)
            else:
                who = draw.first("posts", under, gap, "rank_post")
            draw["home"][who] = draw["stratum"][who] = post
            done[f"rose_{post}"] = draw.persons(who)
            of_posts = np.isin(draw["origin"][who], (EMPLOYEE, OFFICIAL))
            done[f"rose_handed_{post}"] = draw.persons(who[of_posts])
        else:
            who = draw.first("posts", holds, -gap, _worst)
            draw["home"][who] = draw["stratum"][who] = below[0]


def _worst(crowd: Crowd) -> Stored:
    """Return ranks by which those of the lowest score come first."""
    return -crowd["rank_post"].astype(np.float64)


def by_sex(draw: Drawing, able: Crowd, gap: int, lacking: int) -> Places:
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
    woman = able["sex"] > 0
    women, men = able.where(woman), able.where(~woman)
    most, others = women.persons, men.persons
    many = min(max(lacking, gap - others, 0), most, gap)
    first = draw.first("posts for women", women, many, "rank_post")
    second = draw.first("posts", men, gap - many, "rank_post")
    return np.concatenate([first, second])


def follow(draw: Drawing, parameters: Mapping[str, float]) -> None:
    """Let households follow their earners: as many dependants to an earner in every class."""
    town = draw.who(draw["place"] == TOWN)
    home, age = town["home"], town["age"]
    fit = (age >= parameters["work_from"]) & (age < parameters["work_to"])
    trades = (home == OTHER) & fit
    earns = (town["works"] > 0) | trades
    town = town.where(own_state(town))
    earners = _by_class(town.where(earns))
    kept = town.where(~earns).few
    rest = {each: kept.where(kept["home"] == each) for each in _TOWN_CLASSES}
    there = {each: rest[each].persons for each in _TOWN_CLASSES}
    total, all_earn = sum(there.values()), max(sum(earners.values()), 1)
    gaps = {each: total * earners[each] // all_earn - there[each] for each in _TOWN_CLASSES}
    for target in sorted(gaps, key=lambda each: -gaps[each]):
        for source in _TOWN_CLASSES:
            many = min(gaps[target], -gaps[source])
            if many <= 0 or target == OTHER:
                continue
            at = draw.first("households of towns", rest[source], many)
            rest[source] = rest[source].without(at)
            draw["home"][at] = draw["stratum"][at] = target
            gaps[target] -= many
            gaps[source] += many


def _by_class(crowd: Crowd) -> dict[int, int]:
    """Return how many persons each class of the towns has of a crowd."""
    few = crowd.few
    heads = np.bincount(few["home"], few["weight"], len(HOMES))
    return {each: int(heads[each]) for each in _TOWN_CLASSES}
