"""`sovplan history`: what it prints for people and for machines, and what it refuses."""

import csv
import io
import json

import pytest
import typer
from typer.testing import CliRunner, Result

from sovplan.cli.history import history
from sovplan.history.series import STATUSES, all_series, series, sources


def ask(*arguments: str) -> Result:
    app = typer.Typer()
    app.command("history")(history)
    return CliRunner().invoke(app, [*arguments])


def cells_of(output: str, year: str) -> list[str]:
    (line,) = [line for line in output.splitlines() if line.startswith(f"{year} ")]
    return line.split()[1:]


def test_without_names_every_series_is_listed_with_years_unit_and_sources() -> None:
    asked = ask()

    assert asked.exit_code == 0
    for each in all_series():
        line = next(line for line in asked.output.splitlines() if line.startswith(f"{each.name} "))
        about = asked.output.splitlines()[asked.output.splitlines().index(line) + 1]
        assert str(each.years[0]) in line
        assert line.endswith(f"figures: {len(each.figures)}")
        assert about.strip() == f"{each.title}; {each.unit}; {', '.join(each.sources)}"


def test_series_stand_side_by_side_by_year_with_their_sources_below() -> None:
    asked = ask("grain_harvest_soviet_revised", "grain_harvest_western_low")

    assert asked.exit_code == 0
    assert cells_of(asked.output, "1932") == ["69.8", "56"]
    assert cells_of(asked.output, "1921") == ["36.2"]
    source = sources()["WD1994"]
    assert f"WD1994: {source.author} ({source.year}), {source.title} [{source.opened}]" in (
        asked.output
    )
    assert "1932 50.4 to 61.6" in asked.output
    assert asked.output.count("WD1994: ") == 1


def test_years_can_be_chosen() -> None:
    asked = ask("steel", "--from", "1928", "--to", "1930")

    years = [line[:4] for line in asked.output.splitlines() if line[:4].isdigit()]
    assert years == ["1928", "1929", "1930"]


def test_a_listing_of_chosen_years_leaves_out_series_without_figures_in_them() -> None:
    asked = ask("--from", "1941", "--json")

    names = {each["name"] for each in json.loads(asked.stdout)["series"]}
    assert "coal" in names
    assert "kaplan" not in names
    assert names == {each.name for each in all_series() if each.years[1] >= 1941}


def test_the_status_of_a_figure_is_marked_and_explained() -> None:
    asked = ask("coal", "oil", "grain_harvest_western_low", "--from", "1939", "--to", "1941")

    assert cells_of(asked.output, "1941") == ["151.4", "c", "33", "c"]
    assert cells_of(asked.output, "1940") == ["165.9", "r", "31.1", "d", "87"]
    assert all(f"{mark} " in asked.output.splitlines()[-1] for mark in "dcr")
    assert "Marks" not in ask("grain_harvest_western_low").output


def test_dated_figures_of_one_year_stand_under_their_days() -> None:
    asked = ask("households_collectivised_by_date", "households_collectivised")

    assert cells_of(asked.output, "1930-03-01") == ["57.2"]
    assert cells_of(asked.output, "1930") == ["23.6"]
    assert cells_of(asked.output, "1931") == ["25.9", "57.1"]
    assert "1930-03-01, 1930-04-01" in asked.output


def test_a_lower_bound_is_told_as_one() -> None:
    assert "1940 at least 5" in ask("fixed_assets_ivanov").output


def test_many_series_get_numbers_for_heads_and_names_below() -> None:
    asked = ask("grain_harvest*")

    names = [each.name for each in all_series() if each.name.startswith("grain_harvest")]
    assert len(names) > 5
    assert asked.output.splitlines()[0].split() == [
        "year", *(f"[{place}]" for place in range(1, len(names) + 1)),
    ]  # fmt: skip
    for place, name in enumerate(names, start=1):
        assert f"[{place}] {name}: {series(name).title}" in asked.output


def test_a_series_named_twice_is_shown_once() -> None:
    assert ask("coal", "coal", "coa*").output.splitlines()[0].split().count("coal") <= 1
    assert len(json.loads(ask("coal", "coal", "--json").stdout)["series"]) == 1


def test_json_holds_everything_of_a_figure_and_of_its_sources() -> None:
    asked = ask("grain_harvest_western_low", "gnp_moorsteen_powell", "--json")

    document = json.loads(asked.stdout)
    assert [each["name"] for each in document["series"]] == [
        "grain_harvest_western_low", "gnp_moorsteen_powell",
    ]  # fmt: skip
    figure = next(f for f in document["series"][0]["figures"] if f["year"] == 1932)
    assert (figure["value"], figure["low"], figure["high"]) == (56, 50.4, 61.6)
    assert figure["status"] in STATUSES
    assert set(figure) == {
        "series", "year", "period", "value", "low", "high", "unit", "territory", "basis",
        "source", "page", "status", "note",
    }  # fmt: skip
    assert {source["key"] for source in document["sources"]} == {"WD1994", "MoorsteenPowell1966"}
    assert document["series"][1]["figures"][0]["low"] is None


def test_csv_reads_back_as_the_figures() -> None:
    asked = ask("coal", "steel_nmc", "--csv", "--from", "1925")

    rows = list(csv.DictReader(io.StringIO(asked.stdout)))
    expected = [f for name in ("coal", "steel_nmc") for f in series(name).figures if f.year >= 1925]
    assert [(r["series"], int(r["year"]), float(r["value"]), r["source"]) for r in rows] == [
        (f.series, f.year, f.value, f.source) for f in expected
    ]
    assert {row["period"] for row in rows if row["year"] == "1925"} == {"1924/25"}


def test_csv_of_the_listing_has_a_row_for_each_series() -> None:
    rows = list(csv.DictReader(io.StringIO(ask("--csv").stdout)))

    assert [row["name"] for row in rows] == [each.name for each in all_series()]
    assert [int(row["figures"]) for row in rows] == [len(each.figures) for each in all_series()]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["grain_harvest_western"], ["grain_harvest_western", "grain_harvest_western_low"]),
        (["coal", "soviet_*"], ["no series fits “soviet_*”"]),
        (["coal", "--json", "--csv"], ["--json", "--csv"]),
        (["coal", "--from", "1930", "--to", "1929"], ["1930", "1929"]),
    ],
)
def test_what_cannot_be_answered_is_refused_with_exit_code_2(
    arguments: list[str], words: list[str]
) -> None:
    asked = ask(*arguments)

    assert asked.exit_code == 2
    assert asked.stdout == ""
    assert all(word in asked.stderr for word in words)


def test_a_series_without_figures_in_the_years_is_told_apart_from_the_answer() -> None:
    asked = ask("coal", "wage_decile_ratio", "--to", "1914", "--json")

    assert asked.exit_code == 0
    assert "wage_decile_ratio (" in asked.stderr
    assert [each["name"] for each in json.loads(asked.stdout)["series"]] == ["coal"]


@pytest.mark.parametrize("form", [[], ["--json"], ["--csv"]])
def test_no_figures_at_all_end_with_1_and_name_the_years_that_there_are(form: list[str]) -> None:
    first, last = series("coal").years

    asked = ask("coal", "--from", str(last + 1), *form)

    assert asked.exit_code == 1
    assert f"coal ({first}-{last})" in asked.stderr


def test_a_listing_of_years_without_any_series_ends_with_1() -> None:
    asked = ask("--from", "2500")

    assert asked.exit_code == 1
    assert "coal (" in asked.stderr
