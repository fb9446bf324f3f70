"""What the manual says of hold-out rows that have been seen, and of deaths under other courses."""

import pytest
from tools import patterns_seen, production_page

from sovplan.history.past import pasts
from sovplan.history.series import series
from sovplan.lab.patterns import patterns


def test_every_row_that_is_held_out_is_in_the_log_and_no_other() -> None:
    assert list(patterns_seen.held_out()) == list(patterns_seen.log())
    assert {"V14", "V21", "V25"} <= set(patterns_seen.held_out())


def drawn(name: str) -> bool:
    """Return whether a book draws a series beside the model."""
    return any(name in past.terms for found in pasts().values() for past in found)


@pytest.mark.parametrize(
    ("id_", "name"),
    [
        ("V03", "gnp_moorsteen_powell"),
        ("V05", "industry_nutter"),
        ("V10", "grain_procurement"),
        ("V19", "deaths"),
        ("V20", "births"),
        ("V24", "consumption_per_head_allen"),
        ("V26", "turnover"),
    ],
)
def test_a_row_whose_series_a_book_draws_is_logged_with_a_place(id_: str, name: str) -> None:
    assert series(name).figures
    assert drawn(name)
    assert patterns_seen.log()[id_].where.startswith("book")


def test_what_the_book_draws_of_printed_harvests_is_logged() -> None:
    assert "printed" in patterns_seen.log()["V27"].where


def test_rows_that_are_said_to_be_unseen_are_held_out_and_no_fit_had_looked() -> None:
    last = list(patterns_seen.seen())[-1]
    said = last.split(": ")[1].rstrip(".").split(", ")
    fitted = {each.id: each.seen for each in patterns()}
    assert said
    assert not any(fitted[id_] or patterns_seen.log()[id_].where for id_ in said)


def test_no_deaths_of_a_counterfactual_stand_on_the_page_of_production() -> None:
    page = production_page.PAGE.read_text("utf-8")
    tables = [line for line in page.splitlines() if line.startswith("| `plan_abolished_1935` |")]
    assert tables
    assert not any("famine" in line or "deaths" in line for line in tables)
