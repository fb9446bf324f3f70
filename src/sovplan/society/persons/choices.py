"""What becomes of whom in a year: who moves, dies, bears, is held, serves, studies, joins.

How many is said by the nation or by institutions; who, by the ranks that rules have given. Every
number is met to the person (`drawing`). Who is hired and who rises stands in `hiring`.
"""

from collections.abc import Mapping

import numpy as np

from sovplan.foundation.engine.rows import Stored
from sovplan.foundation.engine.tables import EMPTY
from sovplan.society.classes import COLLECTIVE, OFFICIAL, OWN, PRISONER, SOLDIER, STUDENT, WORKER
from sovplan.society.persons.crowd import Crowd, Mask, Rank
from sovplan.society.persons.drawing import Drawing
from sovplan.society.persons.handed import Handed, persons
from sovplan.society.persons.hiring import Done, end_work, fill_posts, follow, hire, own_state
from sovplan.society.persons.tables import NONE, PLACES, TOWN, VILLAGE


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
    _move(draw, given, parameters, done)
    _return(draw, given, done)
    if "rules.forced_labour" not in off:
        _imprison(draw, given, parameters, done)
    # The dead go first: whoever is hired or called up lives at the end of the year.
    _die_and_bear(draw, given, done)
    _serve_and_study(draw, given, parameters, done)
    _collectivise(draw, given, done)
    hire(draw, given, parameters, done)
    fill_posts(draw, given, parameters, done, blind="rules.position" in off)
    follow(draw, parameters)
    return done


def _move(draw: Drawing, given: Handed, parameters: Mapping[str, float], done: Done) -> None:
    village = draw.who(draw["place"] == VILLAGE)
    at = draw.first("moves to towns", village, given.moved, "rank_move", own_state)
    draw["place"][at] = TOWN
    draw["home"][at] = draw["stratum"][at] = WORKER
    draw["branch"][at] = NONE
    moved = Crowd(draw.rows, at)
    age = moved["age"]
    young = (age >= parameters["move_young_from"]) & (age <= parameters["move_young_to"])
    done["moved"] = moved.persons
    done["moved_young"] = draw.persons(at[young])
    done["moved_men"] = draw.persons(at[moved["sex"] == 0])


def _return(draw: Drawing, given: Handed, done: Done) -> None:
    """R29: who goes back to the village when towns hunger, by lot, farms on his own there.

    Officials and their households stay: posts feed them.
    """
    towns = draw.who((draw["place"] == TOWN) & (draw["home"] != OFFICIAL))
    at = draw.first("returns to the village", towns, given.returned, able=own_state)
    draw["place"][at] = VILLAGE
    draw["home"][at] = draw["stratum"][at] = OWN
    end_work(draw, at)
    done["returned"] = draw.persons(at)


def _imprison(draw: Drawing, given: Handed, parameters: Mapping[str, float], done: Done) -> None:
    """R18: F' = F + inflow - releases - F mort; the dead of camps are among those of the nation."""
    values = given.values
    held = draw.who(draw["stratum"] == PRISONER)
    stock = held.persons
    haste = max(values["tautness"] - 1.0, 0.0)
    lack = max(0.0, 1.0 - values["town_food"])
    mort = parameters["g_mort"] * float(np.exp(parameters["camp_lack"] * lack + haste))
    dead = draw.first("deaths of prisoners", held, round(stock * mort))
    draw["dies"][dead] = 1
    alive = held.without(dead)
    free = draw.first("releases", alive, round(stock * parameters["camp_release"]))
    draw["stratum"][free] = draw["home"][free]
    age = draw["age"]
    able = draw.who((age >= parameters["jail_from"]) & (age < parameters["jail_to"]))
    able = able.where(own_state(able))
    inflow = parameters["camp_inflow"] * values["forced_labour"] * values["repression"]
    taken = draw.first("arrests", able, round(able.persons * inflow), "rank_jail")
    draw["stratum"][taken] = PRISONER
    end_work(draw, taken)
    done.update(
        prisoners_before=stock,
        prisoners_dead=draw.persons(dead),
        arrests=draw.persons(taken),
    )


def _serve_and_study(
    draw: Drawing, given: Handed, parameters: Mapping[str, float], done: Done
) -> None:
    """Discharge who has served or studied; call up and admit until all places are taken."""
    _go_home(draw, parameters)
    age, sex = draw["age"], draw["sex"]
    called = (sex == 0) & (age >= parameters["call_from"]) & (age <= parameters["call_to"])
    ranks: tuple[tuple[str, int, Rank], ...] = (
        ("army", SOLDIER, _by_age),
        ("student_places", STUDENT, "rank_study"),
    )
    for name, state, rank in ranks:
        there = draw.who((draw["stratum"] == state) & (draw["dies"] == 0))
        wanted = persons(given.values[name]) - there.persons
        if wanted < 0:
            # Fewer places than are taken: the rest go home in the order of their lots.
            home = draw.first("discharges", there, -wanted)
            draw["stratum"][home] = draw["home"][home]
            continue
        # A call-up may have parted a row: everybody is who is there now.
        able = draw.who(called if state == SOLDIER else draw["age"] < EMPTY)
        at = draw.first(name, able, wanted, rank, own_state)
        end_work(draw, at)
        draw["stratum"][at] = state
        done[f"{name}_new"] = draw.persons(at)


def _by_age(crowd: Crowd) -> Stored:
    """Return ranks by which the youngest come first."""
    return np.asarray(crowd["age"] + crowd["rank_lot"])


def _go_home(draw: Drawing, parameters: Mapping[str, float]) -> None:
    """Let soldiers who have served and students who have learnt go home."""
    years, oldest = parameters["study_years"], parameters["study_to"]
    for state in (SOLDIER, STUDENT):
        those = draw.who(draw["stratum"] == state)
        taught = (those["schooling"] >= years) | (those["age"] >= oldest)
        ended = those["age"] >= parameters["serve_to"] if state == SOLDIER else taught
        at = those.where(ended).at
        draw["stratum"][at] = draw["home"][at]


def _collectivise(draw: Drawing, given: Handed, done: Done) -> None:
    """Let households join or leave until the share of the nation is there."""
    lives = draw["dies"] == 0
    own = draw.who(lives & (draw["home"] == OWN))
    joined = draw.who(lives & (draw["home"] == COLLECTIVE))
    there = joined.persons
    gap = round((own.persons + there) * given.collectivised) - there
    source, target = (own, COLLECTIVE) if gap > 0 else (joined, OWN)
    at = draw.first("households", source, abs(gap))
    keeps = draw["stratum"][at] != draw["home"][at]
    draw["home"][at] = target
    draw["stratum"][at[~keeps]] = target
    done["joined"] = gap


def _lives_at_large(crowd: Crowd) -> Mask:
    return np.asarray((crowd["dies"] == 0) & (crowd["stratum"] != PRISONER))


def _lives(crowd: Crowd) -> Mask:
    return np.asarray(crowd["dies"] == 0)


def _die_and_bear(draw: Drawing, given: Handed, done: Done) -> None:
    """R28: births and deaths of the nation, so that village and towns end the year as it says."""
    for place, name in enumerate(PLACES):
        here = draw.who(draw["place"] == place)
        deaths = here.persons + given.births[place] - given.ends[place]
        before = draw.who((draw["place"] == place) & (draw["dies"] > 0)).persons
        dead = draw.first(f"deaths in {name}", here, deaths - before, "rank_die", _lives_at_large)
        draw["dies"][dead] = 1
        done[f"deaths_{name}"] = before + draw.persons(dead)
        # Drawing may have parted a row: its other part lives.
        here = draw.who(draw["place"] == place)
        bears = draw.first(f"births in {name}", here, given.births[place], "rank_bear", _lives)
        draw["bears"][bears] = 1
        done[f"births_{name}"] = draw.persons(bears)
