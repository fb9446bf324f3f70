"""Numbers of a run of the country stay within their ranges unless that is lifted by name."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from sovplan import society
from sovplan.cli.app import app
from sovplan.foundation.errors import DataError
from sovplan.lab.country import prepared_country
from sovplan.lab.readers import readers
from sovplan.regimes.model import changed_parameters, model_parameter_table, model_parameters
from sovplan.report.country_book import changed


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("k_S=50", "k_S: 50 lies outside its range, 0.2 to 0.45; all ranges stand in"),
        ("y0=1e9", "y0: 1e+09 lies outside its range, 0.75 to 0.83"),
        ("eps_d=0", "eps_d: 0 lies outside its range, 0.4 to 1.2"),
        ("s_new=-5", "s_new: -5 lies outside its range, 0.35 to 0.7"),
        ("queue=-7", "queue: -7 lies outside its range, 2 to 15"),
        ("career=1", "career: no rule that is built for the country reads it"),
    ],
)
def test_what_a_rule_cannot_bear_or_does_not_read_is_refused(change: str, told: str) -> None:
    done = CliRunner().invoke(app, ["run", "ussr-1921", "--set", change])

    assert done.exit_code == 2
    assert told in " ".join(done.stderr.split())


def test_ends_of_ranges_are_inside_and_what_lies_beyond_is_not() -> None:
    for each in model_parameter_table():
        ends = (each.low, each.high)
        assert [changed_parameters({each.name: end})[each.name] for end in ends] == list(ends)
        beyond = each.high + 1.0
        with pytest.raises(DataError, match=each.name):
            changed_parameters({each.name: beyond})
        assert changed_parameters({each.name: beyond}, beyond=True)[each.name] == beyond


def test_the_library_lifts_ranges_by_name_and_the_book_says_so() -> None:
    task = prepared_country("ussr-1921", ["as_it_was"], parameters={"s_fear": 0.0}, beyond=True)[0]
    (words,) = changed(task.scenario)

    assert words.startswith("Changed in this run: `s_fear` of rule R23 (")
    assert words.endswith(" is 0, not 0.22; that lies outside its range, 0.08 to 0.22.")
    with pytest.raises(DataError, match="s_fear"):
        prepared_country("ussr-1921", ["as_it_was"], parameters={"s_fear": 0.0})


def test_a_parameter_said_to_be_unread_is_named_nowhere_in_the_rules() -> None:
    folder = Path(society.__file__).parent
    code = "".join(file.read_text("utf-8") for file in folder.rglob("*.py"))
    unread = set(model_parameters()) - set(readers())

    assert {name for name in unread if f'"{name}"' in code} == set()
