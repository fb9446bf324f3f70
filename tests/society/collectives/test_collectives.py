"""Collective farms by rows: engines, accounts, quotas that see papers, what the drive does."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from itertools import groupby
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.society.farms.cases import books

from sovplan.foundation.engine.compiled import CompiledPass
from sovplan.foundation.engine.engine import digest
from sovplan.foundation.engine.rows import Rows
from sovplan.foundation.errors import IdentityBroken
from sovplan.history.nation import nation_inputs
from sovplan.history.series import series
from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.society.collectives.accounts import check
from sovplan.society.collectives.figures import UNITS
from sovplan.society.collectives.founding import gathered
from sovplan.society.collectives.grain import asked, delivered, labour_day, quota_base, record
from sovplan.society.collectives.layer import SWITCHES, Collectives, composed
from sovplan.society.collectives.start import opened
from sovplan.society.collectives.tables import PAPERS
from sovplan.society.farms.tally import tallied
from sovplan.society.farms.village import Village
from sovplan.society.layers import Setting

Found = dict[tuple[str, int], float]
ABOUT = nation_inputs().about
LAST = 1933


def setting(off: frozenset[str] = frozenset(), **changed: float) -> Setting:
    return Setting(country_inputs(), {**model_parameters(), **changed}, 1, off)


def before(household: Rows) -> int:
    """Return the rows of households before any divided in the year."""
    return household.size - int(household["divides"].sum()) // 2


@cache
def villages(last: int) -> Mapping[int, Mapping[str, Rows]]:
    """Return the tables of the village after each year: farms live on them again and again."""
    village = Village(setting(), 300)
    found: dict[int, Mapping[str, Rows]] = {}
    for year, quarters in groupby(books(), key=lambda each: each.year):
        if year > last:
            break
        village.live(year, tuple(quarters))
        found[year] = {
            name: Rows(rows.table, rows.size, {n: c.copy() for n, c in rows.columns.items()})
            for name, rows in village.tables.items() if name in {"household", "area", "village"}
        }  # fmt: skip
    return found


def lived(farms: Collectives, last: int = LAST, given: Mapping[str, float] | None = None) -> Found:
    found: Found = {}
    for year, quarters in groupby(books(), key=lambda each: each.year):
        if year > last:
            break
        now = tuple(replace(q, nation={**q.nation, **(given or {})}) for q in quarters)
        tables = villages(LAST)[year]
        tally = tallied(tables["household"], before(tables["household"]))
        for each in farms.live(year, now, tables, tally.regions, tally.sums["land"]):
            found[each.series.removeprefix("kolkhoz/"), year] = each.value
    return found


@cache
def history() -> Found:
    return lived(Collectives(setting(), 40))


# ---- engines and accounts ------------------------------------------------------------------------


def test_plain_python_and_numpy_give_the_same_bits() -> None:
    one = Collectives(setting(), 3, "plain")
    two = Collectives(setting(), 3)

    assert lived(one, 1930) == lived(two, 1930)
    assert digest(one.tables) == digest(two.tables)


def test_compiled_loops_give_the_same_bits(tmp_path: Path) -> None:
    """The pass in which grain is shared out; all passes take a minute to compile."""
    one, two = Collectives(setting(), 4), Collectives(setting(), 4)
    passes = composed().passes
    at = next(
        place
        for place, each in enumerate(passes)
        if any(rule.name == "delivered" for stage in each.stages for rule in stage.rules)
    )
    made = CompiledPass(composed(), passes[at], tmp_path)
    made.compile({
        name: Rows(rows.table, 0, {n: c[:0].copy() for n, c in rows.columns.items()})
        for name, rows in one.tables.items()
    })  # fmt: skip
    one.engine.compiled[at] = made

    assert lived(one, 1930) == lived(two, 1930)
    assert digest(one.tables) == digest(two.tables)


@settings(max_examples=5, deadline=None)
@given(data=st.data())
def test_accounts_close_under_any_institutions(data: st.DataObject) -> None:
    names = ("collective_farming", "quota_base", "plot_allowed", "grain_price")
    drawn = {name: data.draw(st.floats(ABOUT[name].low, ABOUT[name].high)) for name in names}

    lived(Collectives(setting(), 5), given=drawn)


@pytest.mark.parametrize(
    ("column", "by", "said"),
    [
        ("members", 5.0, "account of members of farms"),
        ("households", 5.0, "account of households of farms"),
        ("sown", 50.0, "account of sown of farms"),
        ("herd", 50.0, "account of herd of farms"),
        ("harvest", 50.0, "account of harvest of farms"),
        ("paid", 0.01, "account of grain of a farm"),
        ("feed", -1e9, "account of grain of a farm"),
    ],
)
def test_an_account_that_does_not_close_is_named(column: str, by: float, said: str) -> None:
    farms = Collectives(setting(), 10)
    lived(farms, 1932)
    check(farms.tables, 1932)
    farms.tables["settlement"][column][3] += by

    with pytest.raises(IdentityBroken, match=said):
        check(farms.tables, 1932)


def test_a_quota_that_is_not_met_is_named() -> None:
    farms = Collectives(setting(), 10)
    lived(farms, 1932)
    farms.tables["sector"]["taken"][0] += 1000.0

    with pytest.raises(IdentityBroken, match="account of deliveries is open by -1e"):
        check(farms.tables, 1932)


def test_members_are_those_of_the_village() -> None:
    farms = Collectives(setting(), 10)
    lived(farms, 1932)
    household = villages(LAST)[1932]["household"]
    inside = (household["weight"] + household["labelled"]) * household["inside"]
    inside = inside[: before(household)]

    assert farms.tables["settlement"]["members"].sum() == pytest.approx(inside.sum(), rel=1e-12)


def several(found: float | tuple[float, ...]) -> tuple[float, ...]:
    assert isinstance(found, tuple)
    return found


# ---- rules ---------------------------------------------------------------------------------------


@given(st.floats(0.0, 1.0))
def test_in_a_drive_settlements_come_in_one_after_another(share: float) -> None:
    rows = opened(model_parameters(), 1, 7)["settlement"]
    mine = rows["region"] == 0
    found = [
        several(gathered.law(size, width, low, 1.0, 0.0, 1e3, 1e3 * share, 1.0, 70.0, 75.0, 13.0))
        for size, width, low in zip(rows["size"][mine], rows["width"][mine], rows["low"][mine],
                                    strict=True)
    ]  # fmt: skip
    parts = [members / households for _, households, members, *_ in found]

    assert sum(each[2] for each in found) == pytest.approx(1000.0 * share, abs=1e-8)
    assert sorted(parts, reverse=True) == parts
    assert sum(0.0 < part < 1.0 - 1e-9 for part in parts) <= 1


def test_before_it_members_found_small_farms() -> None:
    farms, _, members, founded, ended, _ = several(
        gathered.law(1.0, 1.0, 0.0, 1.0, 9.0, 7500.0, 131.0, 0.0, 70.0, 75.0, 13.1)
    )

    assert [farms, members, founded, ended] == pytest.approx([10.0, 131.0, 1.0, 0.0])
    # One farm a settlement at most.
    full = gathered.law(1.0, 1.0, 0.0, 1.0, 0.0, 7500.0, 7000.0, 0.0, 70.0, 75.0, 13.1)
    assert several(full)[0] == 100.0


def test_in_a_drive_farms_have_the_size_that_was_counted() -> None:
    whole = gathered.law(1.5, 1.0, 0.0, 1.0, 90.0, 10_500.0, 10_500.0, 1.0, 70.0, 75.0, 13.1)
    farms, _, members, founded, ended, _ = several(whole)

    assert [farms, members, founded, ended] == pytest.approx([100.0, 10_500.0, 10.0, 0.0])
    # Farms that grow are fewer, though nobody left.
    later = gathered.law(1.5, 1.0, 0.0, 1.0, 100.0, 10_500.0, 10_500.0, 1.0, 80.0, 75.0, 13.1)
    assert several(later)[0] == pytest.approx(87.5)
    assert several(later)[4] == pytest.approx(12.5)


def test_the_sizes_given_are_those_counted() -> None:
    given, counted = country_inputs().values["kolkhoz_size"], series("kolkhoz_size").values()

    for year in (1930, 1932, 1940):
        assert given[year, 4] == counted[year]


def test_a_quota_follows_papers_and_not_the_harvest() -> None:
    assert quota_base.law(10.0, 5.0, 0.3, 1.0, 0.2, 0.0) == quota_base.law(
        99.0, 5.0, 0.3, 1.0, 0.2, 0.0
    )
    assert quota_base.law(10.0, 5.0, 0.3, 1.0, 0.2, 0.0) == 1_500_000
    assert quota_base.law(10.0, 5.0, 0.3, 1.0, 0.2, 1.0) == 1_000_000  # by area: the norm of all
    assert quota_base.law(10.0, 5.0, 0.3, 0.0, 0.2, 0.0) == 10_000_000  # nothing is ordered
    assert PAPERS == ("record", "base", "asked")


def test_what_one_farm_cannot_give_is_asked_of_others() -> None:
    quota, limit, over, room = several(asked.law(8_000_000, 10.0, 2.0, 10_000_000, 6.0, 0.5))
    assert [quota, limit] == pytest.approx([4.8, 4.0])
    assert (over, room) == (800_000, 0)
    other = several(asked.law(2_000_000, 10.0, 2.0, 10_000_000, 6.0, 0.5))
    given_more = several(
        delivered.law(
            other[0], other[1], int(other[3]), 1.0, 10.0, 2.0, int(over), int(other[3]), 1.0
        )
    )

    assert given_more[0] == pytest.approx(1.2 + 0.8)
    assert sum(given_more) == pytest.approx(10.0 - 2.0)


def test_members_have_what_the_state_seed_and_feed_have_left() -> None:
    assert delivered.law(5.0, 5.0, 0, 100.0, 10.0, 4.0, 0, 0, 1.0) == (5.0, 1.0, 0.0)


def test_a_labour_day_is_paid_by_what_is_left() -> None:
    days, grain, money = several(labour_day.law(10.0, 8.0, 5.0, 0.5, 1.0, 1.0, 400.0, 60.0, 0.3))

    assert (days, grain) == (2000.0, 4.0)
    assert money == 9000  # 5 t at 60 roubles, three tenths of them
    assert record.law(0.4, 1.0, 5.0, 0.1, 0.5) == pytest.approx(0.3)
    assert record.law(0.0, 1.0, 5.0, 0.1, 0.5) == pytest.approx(0.15)
    assert record.law(0.4, 0.0, 0.0, 0.1, 0.5) == 0.0


# ---- history -------------------------------------------------------------------------------------


def test_small_farms_become_whole_settlements_in_the_drive() -> None:
    assert history()["size", 1927] == pytest.approx(13.1)
    assert 65.0 < history()["size", 1932] < 85.0
    assert history()["farms", 1931] > 5.0 * history()["farms", 1928]


def test_quotas_that_do_not_see_the_harvest_ask_more_of_who_has_none() -> None:
    seeing = lived(Collectives(setting(frozenset({"collectives.inflexible"})), 40))

    assert seeing["missed", 1932] < history()["missed", 1932]


@pytest.mark.parametrize("switch", SWITCHES)
def test_each_switch_changes_something(switch: str) -> None:
    assert lived(Collectives(setting(frozenset({switch})), 40)) != history()


def test_every_series_has_a_unit_and_every_unit_a_series() -> None:
    assert {f"kolkhoz/{name}" for name, _ in history()} == set(UNITS)


def test_sizes_and_soils_have_the_mean_of_all() -> None:
    rows = opened(model_parameters(), 3, 50)["settlement"]

    assert rows["size"].mean() == pytest.approx(1.0)
    assert rows["soil"].mean() == pytest.approx(1.0)
    assert np.bincount(rows["region"], rows["width"]) == pytest.approx(1.0)
