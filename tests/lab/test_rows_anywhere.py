"""Rows wherever institutions and parameters lie: accounts close, nothing is below nought."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from random import Random
from typing import cast, get_args

import numpy as np
import pytest
from hypothesis import example, given, reject, settings
from hypothesis import strategies as st

from sovplan.foundation.engine.rule import Rule
from sovplan.foundation.errors import DataError
from sovplan.history.nation import nation_inputs
from sovplan.lab.country import country_run, prepared_country
from sovplan.lab.layers import LAYERS
from sovplan.lab.peopled import ROOM, check_peopled
from sovplan.society.classes import EMPLOYEE, OFFICIAL
from sovplan.society.farms import harvests, joining
from sovplan.society.farms.start import keep_peopled
from sovplan.society.layers import Figure, Said, Setting
from sovplan.society.nation.year import Quarter, run_nation
from sovplan.society.persons.living import shops_of_office
from sovplan.society.persons.tables import TOWN, VILLAGE
from sovplan.society.persons.year import Persons
from sovplan.society.workplaces.making import claim
from tests.society.farms.cases import books as of_history
from tests.society.farms.cases import changed, village
from tests.society.nation.test_anywhere import FIRST, drawn_parameters, drawn_regime
from tests.society.persons.lives import books, setting

LAST = 1930
"""First year that rows of drawn runs do not live."""
GRAMS = 10**12
"""In a million tonnes."""
BELOW_NOUGHT = ("works/padding/", "food_spread")
"""Figures that may lie below nought: who says less than was made; a logarithm."""


def of(rule: Rule) -> Callable[..., tuple[float, ...]]:
    """Return the law of a rule that writes several columns."""
    return cast("Callable[..., tuple[float, ...]]", rule.law)


def drawn(seed: int) -> tuple[Setting, list[Quarter]]:
    """Return what rows are made with, and the years they live in, all drawn."""
    draw = Random(seed)
    first = draw.choice(FIRST)
    inputs = nation_inputs(first).under(drawn_regime(draw, first))
    parameters = drawn_parameters(draw)
    found = run_nation(inputs, parameters)
    base = tuple(each for each in of_history() if each.year == 1928)
    rows = Setting(inputs, parameters, seed, persons=1000, households=500, in_1928=base)
    return rows, [each for each in found if each.year < LAST]


def figures(rows: Setting, quarters: list[Quarter]) -> Iterator[tuple[int, Figure]]:
    for kind in LAYERS:
        layer = kind.make(rows)
        for year, found in groupby(quarters, key=lambda each: each.year):
            for each in layer.live(year, tuple(found)):
                assert each.series in kind.units
                yield year, each


@settings(max_examples=6)
@example(seed=0)
@example(seed=49)
@given(seed=st.integers(0, 10**9))
def test_rows_follow_the_country_wherever_regimes_and_parameters_lie(seed: int) -> None:
    rows, quarters = drawn(seed)
    try:
        check_peopled("drawn", rows, quarters)
    except DataError:
        reject()

    for _, each in figures(rows, quarters):
        assert each.kind in get_args(Said)
        assert np.isfinite(each.value), each.series
        assert each.value >= 0.0 or each.series.startswith(BELOW_NOUGHT), each.series


# ---- where people die out ------------------------------------------------------------------------

PRESSED = """name = "press"
title = "Pressed from the first year"
summary = "Collectivisation is pressed from 1921 on."
since = 1921
base = "as_it_was"

[coll_pressure]
value = [[1921, 0.6]]
provenance = "assumed"
source = "a test"
"""


def pressed(folder: Path, years: int) -> None:
    regime = folder / "press.toml"
    regime.write_text(PRESSED, "utf-8")
    country_run(
        prepared_country("ussr-1921", [str(regime)], years=years, parameters={"f_death": 0.6},
                         persons=1000, households=500)
    )  # fmt: skip


def test_a_village_that_dies_out_is_told_before_rows_live(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"press, 1927: the village dies out: 0 persons outlive"):
        pressed(tmp_path, 20)


def test_rows_live_until_then(tmp_path: Path) -> None:
    pressed(tmp_path, 6)


def test_fewer_households_than_rows_need_are_told() -> None:
    quarters = of_history()
    least = min(each.nation["village"] for each in quarters) * 1e6 / 5.1
    few, many = (
        replace(setting(), households=rows) for rows in (1000, int(least / ROOM) + 1_500_000)
    )
    check_peopled("as_it_was", few, quarters)
    with pytest.raises(DataError, match=r"as_it_was, 19\d\d: \d+ households are left"):
        check_peopled("as_it_was", many, quarters)


# ---- grain of regions ----------------------------------------------------------------------------


def test_deaths_fall_on_somebody_where_nobody_lacks_food_on_average() -> None:
    few = {"area_households": 16_000, "village_households": 175_000, "village_people": 0.85}
    *_, weight = of(harvests.eaten)(
        used=0.16, fed=0.0, left_over=0, sky_unfed=0, sky_left_over=0, sd0=0.1, c_star=150.0,
        gam_f=1.2, **few,
    )  # fmt: skip

    assert weight == 16_000


def test_land_that_bears_less_than_its_seed_gives_nothing_and_gets_seed() -> None:
    *_, wanted, over, room = of(harvests.asked)(
        crop=1, given=1, got=0, sky_crop=10, sky_given=4, sky_got=0, area_grain_share=0.25,
        area_households=1, village_households=4, village_people=20.0, village_crop=20.0,
        village_seed=10.0, village_feed_need=1.0, village_feed=1.0, village_food=3.0,
        village_ordered=1.0, quota_base=0.5, food_norm=200.0, grain_evens=0.7, cap_take=0.5,
    )  # fmt: skip

    # Harvest 2, seed 2.5: wanted are 6 / 4, what can be taken is -0.5.
    assert wanted == pytest.approx(1.5)
    assert (over, room) == (2 * GRAMS, 0)


@pytest.mark.parametrize(
    ("over", "kept"), [(0, 5.0), (2, 3.0), (3, 2.0), (6, 2.0 * 0.4 / 3.4), (300, 2.0 * 0.4 / 297.4)]
)
def test_what_the_cap_spares_is_taken_last(over: int, kept: float) -> None:
    # Grain 5, of which the cap spares 2; nothing is asked but what others cannot give.
    left, used, _ = of(harvests.used)(
        grain=5.0, asked=0.0, over=0, room=3 * GRAMS, feed_need=1.0, need=4.0,
        sky_over=over * GRAMS, sky_room=3 * GRAMS, village_feed=0.1, village_food=0.3,
        feed_power=2.0,
    )  # fmt: skip
    assert used == pytest.approx(kept)
    assert left == pytest.approx(5.0 - kept)


def test_no_region_feeds_grain_that_it_does_not_have() -> None:
    fed, unfed, left = of(harvests.fed)(
        used=2.0, feed_weight=3 * GRAMS, sky_feed_weight=4 * GRAMS, village_feed=4.0
    )
    assert (fed, unfed, left) == (2.0, GRAMS, 0)


def test_food_of_every_region_is_something_in_a_year_of_hardly_any_grain() -> None:
    whole = village()
    for year, quarters in groupby(of_history(), key=lambda each: each.year):
        poor = {"harvest": 12.0, "seed": 8.0, "grain_food": 0.2, "grain_feed": 3.0}
        whole.live(year, changed(tuple(quarters), poor if year == 1933 else {}))
        assert whole.tables["place"]["food"].min() >= 0.0
        if year == 1933:
            return


# ---- households ----------------------------------------------------------------------------------


def test_no_row_is_emptied_while_there_are_enough_for_all() -> None:
    for before, total in (([1, 2, 97, 300], 20), ([0, 5, 0, 300], 305), ([0, 0, 0, 0], 9)):
        weights = np.array(before)
        keep_peopled(weights, total)
        assert (weights.sum(), weights.min() > 0) == (total, True)


def test_a_village_whose_households_are_all_labelled_is_peopled_anew() -> None:
    whole = village()
    for year, quarters in groupby(of_history(), key=lambda each: each.year):
        named = {"label_quota": 1.0, "coll_pressure": 0.1} if year == 1922 else {}
        whole.live(year, changed(tuple(quarters), named))
        if year == 1923:
            break
    assert (whole.tables["area"]["households"] > 0).all()


def test_households_in_collective_farms_are_those_of_the_country_however_few() -> None:
    households = (1_431_211, 30_017, 977)
    placed = [of(joining.first_round)(each, 0.0, 3, 9, 0, 300.0) for each in households]
    rooms, ins = sum(room for _, room in placed), sum(inside for inside, _ in placed)
    now = [
        of(joining.second_round)(each, 0.0, inside, room, 0, rooms, ins, 300.0)[0]
        for each, (inside, room) in zip(households, placed, strict=True)
    ]
    assert sum(now) == pytest.approx(300.0, rel=1e-13)


# ---- persons and workplaces ----------------------------------------------------------------------


def test_privilege_is_that_of_officials_whatever_scales_say_of_posts() -> None:
    law = of(shops_of_office)
    assert law(100, 1, 0.02, 1000.0, 0.5) == (0.1, 0.1)
    assert law(100, 0, 0.02, 1000.0, 0.5) == (0.0, 0.0)


@pytest.mark.parametrize(
    "posts", [{"post_employee": 1.0}, {"post_official": 0.0}, {"post_worker": 1.0}]
)
def test_goods_of_officials_are_had_once(posts: Mapping[str, float]) -> None:
    persons = Persons(setting(1000, changed=posts), "arrays")
    for year in range(1921, 1924):
        list(persons.live(year, books()[year]))
    extra = persons.rows["class"]["extra"] + persons.rows["class"]["closed"]
    assert extra[OFFICIAL] > 0.0 == extra[EMPLOYEE]


def test_who_goes_back_to_the_village_lives_there() -> None:
    persons = Persons(setting(1000), "arrays")
    list(persons.live(1921, books()[1921]))
    people = persons.rows["people"]
    there = people["key"][(people["place"] == TOWN) & people.here].copy()
    quarters = changed(books()[1922], {})
    last = quarters[-1].nation
    back = {"returned": 0.5, "town": last["town"] - 2.0, "village": last["village"] + 2.0}
    list(persons.live(1922, changed(quarters, back)))
    here = (people["place"] == VILLAGE) & people.here & np.isin(people["key"], there)
    assert int(people["weight"][here].sum()) == pytest.approx(2e6, rel=0.1)


def test_a_plant_is_stopped_by_a_target_out_of_reach_and_makes_no_less_than_nothing() -> None:
    plant = {
        "size": 0.5, "keen": 1.0, "capacity": 100.0, "need": 112.0, "of_supply": 0.9,
        "centre_hidden": 0.08, "works_luck": 0.1, "works_least": 0.1, "asked_least": 0.1,
        "luck_1": 0.5, "luck_2": 0.5, "luck_3": 0.5, "delivery": 0.5,
    }  # fmt: skip
    stopped, working = (claim.law(gain=gain, **plant) for gain in (-0.9, 1.1))
    assert stopped == 1
    assert isinstance(working, int)
    assert working > stopped
