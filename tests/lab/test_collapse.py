"""The country from 1917: what the book and the page tell of it, and that nothing is hidden."""

from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sovplan.cli.app import app
from sovplan.foundation.errors import DataError
from sovplan.history.nation import early_rows, nation_inputs
from sovplan.lab.collapse import (
    SWITCHES,
    VARIED,
    Effects,
    effects,
    felt_as_share,
    from_1917,
    from_1921,
    starts,
    varied,
)
from sovplan.lab.country import country_run, prepared_country
from sovplan.records.run import CountryRun
from sovplan.regimes.catalogue import FOLDER
from sovplan.regimes.countries import country_inputs, read_country_regime
from sovplan.regimes.model import model_parameters
from sovplan.regimes.scenarios import read_country
from sovplan.society.nation.year import run_nation
from tests.lab.rows import FEW, PERSONS, few_households


@pytest.fixture(autouse=True, scope="module")
def _few_households() -> Iterator[None]:
    with few_households():
        yield


@cache
def run() -> CountryRun:
    return country_run(prepared_country("russia-1917", persons=PERSONS))


def test_regimes_of_history_follow_one_another() -> None:
    chain = []
    regime = read_country_regime("as_it_was")
    while regime.base is not None:
        chain.append((regime.name, regime.since))
        regime = regime.base

    assert chain == [("as_it_was", 1929), ("nep_1921", 1921), ("war_communism_1918", 1918)]
    assert (regime.name, regime.since) == ("war_economy_1917", 1917)
    values = country_inputs("as_it_was", 1917)
    taken = [values.at(year, 3)["requisition"] for year in range(1917, 1923)]
    assert taken == [0.0, 0.08, 0.14, 0.31, 0.0, 0.0]
    assert values.at(1921, 1)["tax_rate"] == 0.14


def test_from_1921_the_paths_of_both_runs_are_one() -> None:
    early, late = country_inputs("as_it_was", 1917), country_inputs()

    for name, path in late.values.items():
        for (year, quarter), value in path.items():
            if year >= 1921:
                assert early.values[name][year, quarter] == value, (name, year)


def test_a_run_of_seven_sectors_from_1917_ends_in_the_year_asked() -> None:
    short = country_run(prepared_country("russia-1917", ["as_it_was"], years=5, persons=PERSONS))

    assert run().years == tuple(range(1917, 1941))
    assert short.years == tuple(range(1917, 1922))
    for series in ("harvest", "product", "coordination"):
        whole = run().values("as_it_was", series, "real")
        part = short.values("as_it_was", series, "real")
        assert part == {y: whole[y] for y in short.years}


def test_reported_harvests_are_told_only_while_grain_is_requisitioned() -> None:
    real = run().values("as_it_was", "harvest", "real")
    told = run().values("as_it_was", "harvest", "reported")

    assert sorted(told) == [1918, 1919, 1920]
    assert all(told[year] < real[year] for year in told)
    assert sorted(run().values("tax_in_kind_1920", "harvest", "reported")) == [1918, 1919]


def test_a_tax_in_kind_acts_from_the_harvest_of_1920_and_no_earlier() -> None:
    history, tax = (
        {series: run().values(name, series, "real") for series in ("harvest", "sown", "taken")}
        for name in ("as_it_was", "tax_in_kind_1920")
    )
    for series, path in history.items():
        assert {y: path[y] for y in (1917, 1918, 1919)} == {
            y: tax[series][y] for y in (1917, 1918, 1919)
        }
    assert history["harvest"][1920] == tax["harvest"][1920]
    assert tax["sown"][1921] > history["sown"][1921]
    assert not run().values("tax_in_kind_1920", "deaths", "real")
    assert run().values("as_it_was", "deaths", "real")


def test_what_was_printed_of_these_years_stands_beside_the_run() -> None:
    names = ("taken", "people", "industry", "product_head", "excess_deaths")
    history = {name: run().values("", name, "historical") for name in names}

    assert [history["taken"][year] for year in range(1918, 1922)] == [1.8, 3.5, 6.0, 3.8]
    assert history["people"][1918] == pytest.approx(143.45)
    assert history["industry"][1917] == pytest.approx(71 / 132 * 100)
    assert sorted(history["product_head"])[0] == 1917
    assert history["excess_deaths"][1921] == 5.0


def test_events_tell_what_is_given_and_when_requisition_began_and_ended() -> None:
    told = {(event.year, event.rule) for event in run().events if event.regime == "as_it_was"}
    given = {event.year: event.text for event in run().events if event.rule == "given"}

    assert {(1918, "requisition"), (1921, "requisition")} <= told
    assert sorted(given) == [1917, 1918, 1919, 1920]
    assert "0.9 million deaths by war and terror" in given[1919]


@pytest.mark.parametrize("name", VARIED)
def test_what_is_given_moves_the_run_through_its_range(name: str) -> None:
    low, base, high = varied(name, "low"), effects(), varied(name, "high")

    assert any(
        getattr(low, each.name) != getattr(base, each.name) for each in fields(Effects)
    ) or any(getattr(high, each.name) != getattr(base, each.name) for each in fields(Effects))


def test_given_ends_go_the_way_they_must() -> None:
    assert varied("war_deaths", "low").people_1920 > varied("war_deaths", "high").people_1920
    assert varied("coordination_given", "low").industry_1920 < effects().industry_1920
    assert varied("village", "low").famine < effects().famine < varied("village", "high").famine


@pytest.mark.parametrize("switch", SWITCHES)
def test_every_switch_of_these_years_changes_something(switch: str) -> None:
    now, base = effects(off=switch), effects()

    assert any(getattr(now, each.name) != getattr(base, each.name) for each in fields(Effects))


def test_the_gap_of_1921_is_that_of_the_two_states() -> None:
    reached, begun = starts()["herd"]

    assert reached == from_1917()["herd"][1920]
    assert begun == nation_inputs().start["herd"].value
    assert starts()["coordination"][1] == model_parameters()["O_1921"]
    assert from_1917()["herd"][1921] != from_1921()["herd"][1921]


def test_what_is_given_lies_in_its_range_with_a_source() -> None:
    for row in early_rows():
        assert row.low <= row.value <= row.high, row
        assert row.provenance in {"measured", "calibrated", "assumed"}
        assert row.source
    start = nation_inputs(1917).start
    for name, each in start.items():
        assert each.source, name
        if each.value is not None:
            assert each.low is not None
            assert each.high is not None
            assert each.low <= each.value <= each.high, name
    assert set(start) == set(nation_inputs(1921).start)


@pytest.mark.parametrize(("first", "years"), [(1919, 5), (1917, 25), (1921, 21)])
def test_a_scenario_of_other_years_is_refused(tmp_path: Path, first: int, years: int) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        f'model = "country"\nname = "m"\ntitle = "M"\nsummary = "S"\nfirst_year = {first}\n'
        f'years = {years}\nregimes = ["as_it_was"]\n',
        "utf-8",
    )
    with pytest.raises(DataError, match=r"1917 or 1921.*1940"):
        read_country(path)


def test_a_regime_without_values_in_1917_is_refused_for_that_run(tmp_path: Path) -> None:
    written = (FOLDER / "country" / "war_economy_1917.toml").read_text("utf-8")
    path = tmp_path / "late.toml"
    renamed = written.replace('name = "war_economy_1917"', 'name = "late"')
    path.write_text(renamed.replace("[defence]\nvalue = [[1917,", "[defence]\nvalue = [[1919,"))

    with pytest.raises(DataError, match="defence has no value for 1917"):
        prepared_country("russia-1917", [str(path)])


def test_the_book_prints_the_gap_the_reports_and_the_misses(tmp_path: Path) -> None:
    few = [*FEW, "--out"]
    for name in ("one", "two"):
        asked = ["run", "russia-1917", "--years", "8", *few, str(tmp_path / name)]
        assert CliRunner().invoke(app, asked).exit_code == 0
    page = (tmp_path / "one" / "report.html").read_text("utf-8")

    assert page == (tmp_path / "two" / "report.html").read_text("utf-8")
    assert "Collapse and recovery, 1917 to 1928" in page
    assert "ussr-1921 begins with" in page
    assert "Of the harvest of 1920 the state was told" in page
    assert "where about 5 million are estimated" in page
    later = CliRunner().invoke(app, ["run", "ussr-1921", "--years", "3", *few, str(tmp_path / "x")])
    assert later.exit_code == 0
    shown = (tmp_path / "x" / "report.html").read_text("utf-8")
    # Counted, for the difference of two texts as long as a book takes minutes to print.
    assert shown.count("Collapse and recovery, 1917") == 0


# ---- what the page says in words -----------------------------------------------------------------


def test_what_the_page_says_in_words_is_so() -> None:
    early, late = from_1917(), from_1921()
    printed = run().values("", "industry", "historical")

    assert abs(early["industry"][1921] / printed[1921] - 1.0) < 0.1  # "close"
    assert felt_as_share().sown_1921 > effects().sown_1921
    assert felt_as_share().famine < effects().famine
    for year in (1924, 1928, 1932, 1937):  # "more animals, a larger product", "less hunger in 1932"
        assert early["herd"][year] > late["herd"][year]
        assert early["product"][year] > late["product"][year]
    assert early["excess_deaths"][1932] < late["excess_deaths"][1932]
    spread = [(varied(name, "low").famine, varied(name, "high").famine)
              for name in VARIED]  # fmt: skip
    moved = {name: abs(high - low) for name, (low, high) in zip(VARIED, spread, strict=True)}
    assert set(sorted(moved, key=moved.__getitem__)[-2:]) == {"weather", "birth_trend"}


def test_the_state_is_never_near_giving_way_before_1921() -> None:
    inputs = country_inputs("as_it_was", 1917)
    books = run_nation(inputs, model_parameters())
    before = [each.nation for each in books if each.year < 1921]

    assert 0.0 < max(now["riots"] / now["village"] for now in before) < 30.0  # of 60
