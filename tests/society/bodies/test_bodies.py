"""Bodies and officials: every official a person, every post held, the top appointed first."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.society.persons.lives import books, setting

from sovplan.foundation.engine.engine import Engine
from sovplan.foundation.errors import DataError, IdentityBroken
from sovplan.history.forced import forced_states
from sovplan.society.bodies.figures import UNITS
from sovplan.society.bodies.layer import SWITCHES, Bodies, check, composed
from sovplan.society.bodies.promotion import hidden, longer, rising, seen
from sovplan.society.bodies.seating import Officials, agreed, appointed, chosen, seated
from sovplan.society.bodies.tables import NONE
from sovplan.society.bodies.tiers import LEVELS, read_tiers, tiers
from sovplan.society.classes import OFFICIAL
from sovplan.society.persons.year import Persons

YEARS = range(1921, 1930)
TOP = 0


@cache
def lived(switch: str = "") -> tuple[Persons, dict[tuple[str, int], float]]:
    persons = Persons(setting(2000, off=(switch,) if switch else ()), "arrays")
    found = {
        (each.series.removeprefix("bodies/"), year): each.value
        for year in YEARS
        for each in persons.live(year, books()[year])
        if each.series.startswith("bodies/")
    }
    return persons, found


def officials_of(engine: Engine, years: range) -> Mapping[str, bytes]:
    """Return the columns of officials after some years, the same persons in each."""
    bodies = Bodies(setting())
    bodies.engine = engine  # type: ignore[misc]
    people = lived()[0].rows["people"]
    rows = np.flatnonzero((people["home"] == OFFICIAL) & people.here)
    values = {"appointed_share": 0.5, "theta_loyal": 1.0, "theta_skill": 1.0, "officials_cut": 2.0,
              "loyal_years": 10.0, "school_most": 10.0, "seen_skill": 1.0, "seen_talent": 1.0,
              "seen_school": 1.0}  # fmt: skip
    for year in years:
        list(bodies.live(year, people, rows[year % 2 :], values))
    return {name: column.tobytes() for name, column in bodies.officials.items()}


def some(**columns: list[int]) -> Officials:
    """Return officials of a few rows for tests of seating."""
    size = len(columns["persons"])
    made: Officials = {
        "key": np.arange(size, dtype=np.uint64), "tier": np.full(size, NONE),
        "tenure": np.zeros(size, np.int64), "appointed": np.zeros(size, np.int64),
        "rank": np.arange(size, dtype=np.float64), "lot": np.arange(size) / size,
        "hidden": np.zeros(size),
    }  # fmt: skip
    for name in ("party", "skill", "talent", "schooling", "sex", "origin"):
        made[name] = np.zeros(size, np.int64)
    return made | {name: np.array(values) for name, values in columns.items()}


# ---- accounts ------------------------------------------------------------------------------------


def test_officials_are_the_officials_of_persons() -> None:
    persons, found = lived()
    people, last = persons.rows["people"], YEARS[-1]
    at = np.isin(people["key"], persons.bodies.officials["key"])

    assert found["officials", last] * 1000 == persons.bodies.officials["persons"].sum()
    # The year is over: some have died since, nobody of another class has a post.
    alive = people.here & at
    assert (people["home"][alive] == OFFICIAL).all()


def test_the_share_named_from_above_is_the_forced_state() -> None:
    _, found = lived()
    for year in YEARS:
        forced = 100.0 * forced_states()["appointed_share"][year].value
        assert found["appointed", year] == pytest.approx(forced, abs=1e-3)
        shares = [found[f"appointed/{level}", year] for level in LEVELS]
        assert shares == sorted(shares)


def test_the_engines_give_the_same_bits(tmp_path: Path) -> None:
    engines = [
        Engine(composed(), "plain"),
        Engine(composed(), "arrays"),
        Engine(composed(), "compiled", small=0, folder=tmp_path),
    ]
    found = [officials_of(engine, range(1921, 1924)) for engine in engines]

    assert len(engines[2].compiled) == len(composed().passes)
    assert found[0] == found[1] == found[2]
    assert found[0]["rank"]


def test_an_official_who_is_no_person_is_named() -> None:
    persons = {"key": np.arange(3, dtype=np.uint64), "weight": np.array([2, 3, 4])}
    officials = some(persons=[2, 3, 4], tier=[0, 1, 1])
    seats = np.array([2, 7])
    check(officials, persons, seats, 0, 1930)

    with pytest.raises(IdentityBroken, match="officials who are persons"):
        check({**officials, "persons": np.array([2, 4, 3])}, persons, seats, 0, 1930)
    with pytest.raises(IdentityBroken, match="posts that are held"):
        check({**officials, "tier": np.array([0, 0, 1])}, persons, seats, 0, 1930)
    with pytest.raises(IdentityBroken, match="named from above"):
        check(officials, persons, seats, 1, 1930)


# ---- seating -------------------------------------------------------------------------------------


@given(st.lists(st.integers(1, 50), min_size=1, max_size=8), st.integers(0, 500))
def test_rows_are_parted_to_the_person(many: list[int], wanted: int) -> None:
    before = some(persons=many)
    now, who = chosen(before, np.ones(len(many), dtype=np.bool_), before["rank"], wanted)

    assert now["persons"][who].sum() == min(wanted, sum(many))
    assert np.bincount(now["key"].astype(int), now["persons"]).tolist() == many
    assert before["persons"].tolist() == many


def test_those_who_are_officials_no_more_leave_and_new_ones_have_no_post() -> None:
    before = some(persons=[5, 4, 6], tier=[3, 2, 2], tenure=[1, 2, 3])
    before["key"] = np.array([7, 7, 9], dtype=np.uint64)
    persons = {name: np.zeros(2, np.int64) for name in before} | {
        "key": np.array([8, 7], dtype=np.uint64), "weight": np.array([3, 6]),
    }  # fmt: skip
    now = agreed(before, persons)
    rows = sorted(zip(now["key"].tolist(), now["tier"].tolist(), now["persons"].tolist(),
                      strict=True))  # fmt: skip

    # The nine of row 7 are six: the higher post is kept whole.
    assert rows == [(7, 2, 4), (7, 3, 2), (8, NONE, 3)]


def test_posts_are_filled_from_the_top_by_rank() -> None:
    seats = np.zeros(len(tiers()), dtype=np.int64)
    seats[[TOP, 5, len(seats) - 1]] = 2, 3, 5
    now = seated(some(persons=[4, 4, 2]), tiers(), seats)
    held = np.bincount(now["tier"], now["persons"], len(seats))

    assert held.tolist() == seats.tolist()
    assert now["key"][now["tier"] == TOP].tolist() == [0]


def test_a_party_body_takes_members_first() -> None:
    party = next(code for code, each in enumerate(tiers()) if each.kind == 1)
    seats = np.zeros(len(tiers()), dtype=np.int64)
    seats[[party, len(seats) - 1]] = 3, 6
    now = seated(some(persons=[4, 3, 2], party=[0, 0, 8]), tiers(), seats)
    mine = now["tier"] == party

    assert int(now["persons"][mine & (now["party"] > 0)].sum()) == 2
    assert int(now["persons"][mine].sum()) == 3


def test_the_top_is_named_from_above_first_and_released_last() -> None:
    low = len(tiers()) - 1
    made = some(persons=[4, 4], tier=[low, TOP])
    few = appointed(made, tiers(), 5)
    fewer = appointed(few, tiers(), 2)

    assert few["persons"][(few["appointed"] > 0) & (few["tier"] == TOP)].sum() == 4
    assert fewer["persons"][(fewer["appointed"] > 0) & (fewer["tier"] == TOP)].sum() == 2
    assert fewer["persons"][(fewer["appointed"] > 0) & (fewer["tier"] == low)].sum() == 0


def several(found: float | tuple[float, ...]) -> tuple[float, ...]:
    assert isinstance(found, tuple)
    return found


# ---- rules ---------------------------------------------------------------------------------------


def test_loyalty_is_years_in_the_party_and_competence_what_was_learned() -> None:
    alike = (10.0, 10.0, 1.0, 1.0, 1.0)
    assert several(seen.law(5, 0.3, 0.6, 10, *alike)) == pytest.approx((0.5, 1.9 / 3.0))
    assert several(seen.law(40, 0.0, 0.0, 25, *alike))[0] == 1.0
    # Skill counts twice, school half: (0.6 + 0.6 + 0.5) / 3.5.
    assert several(seen.law(5, 0.3, 0.6, 10, 10.0, 10.0, 2.0, 1.0, 0.5))[1] == pytest.approx(
        1.7 / 3.5
    )
    assert longer.law(3) == 4


def test_officials_have_what_the_country_says_and_take_it_along() -> None:
    cut = {year: books()[year][-1].nation["officials_cut"] for year in YEARS}
    _, found = lived()
    each = {year: 1e3 * cut[year] / found["officials", year] for year in YEARS}
    first = YEARS[0]

    assert hidden.law(100.0, 7.0) == 107.0
    assert found["hidden", first] == pytest.approx(each[first])
    for year in YEARS[1:]:
        # Those who stay keep it, those who are new had nothing before.
        least = each[year]
        assert least <= found["hidden", year] <= found["hidden", year - 1] + each[year] + 1e-9
    assert lived("bodies.bribes")[1]["hidden", YEARS[-1]] == 0.0


def test_appointment_weighs_loyalty_and_takes_weight_from_competence() -> None:
    def rank(loyalty: float, competence: float, share: float) -> float:
        return several(rising.law(loyalty, competence, share, 1.0, 1.0, 0.5, 0.0))[0]

    assert rank(1.0, 0.0, 1.0) < rank(0.0, 1.0, 1.0)
    assert rank(1.0, 0.0, 0.0) > rank(0.0, 1.0, 0.0)
    assert rank(1.0, 0.0, 0.5) == rank(0.0, 1.0, 0.5)


@pytest.mark.parametrize("switch", SWITCHES)
def test_each_switch_changes_something(switch: str) -> None:
    assert lived(switch)[1] != lived()[1]


def test_every_series_has_a_unit_and_every_unit_a_series() -> None:
    assert {f"bodies/{name}" for name, _ in lived()[1]} == set(UNITS)


def test_the_list_of_bodies_is_read_from_the_top_and_refused_when_spoilt(tmp_path: Path) -> None:
    assert [each.level for each in tiers()] == sorted((t.level for t in tiers()), reverse=True)
    file = tmp_path / "bodies.csv"
    file.write_text("kind,level,bodies,staff,provenance,source\ncourt,local,1,1,assumed,x\n")
    with pytest.raises(DataError, match="court, local"):
        read_tiers(file)
    file.write_text("kind,level,bodies,staff,provenance,source\nparty,local,0,1,assumed,x\n")
    with pytest.raises(DataError, match="above 0"):
        read_tiers(file)
