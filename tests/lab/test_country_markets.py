"""The chapter on markets of the country book: what is there, and what a short run leaves out."""

from collections.abc import Iterator
from functools import cache

import pytest

from sovplan.lab.country import country_run, prepared_country
from sovplan.report.country_markets import chapter, scissors_chapter
from sovplan.report.run_series import seen
from tests.lab.rows import PERSONS, few_households


@pytest.fixture(autouse=True, scope="module")
def _few_households() -> Iterator[None]:
    with few_households():
        yield


@cache
def body(years: int, *regimes: str) -> str:
    tasks = prepared_country("ussr-1921", regimes, years=years, persons=PERSONS)
    shown = seen(country_run(tasks))
    return str(scissors_chapter(shown, tasks[0].scenario).body) + str(chapter(shown).body)


def test_the_chapter_parts_the_fall_and_shows_each_regime() -> None:
    page = body(9, "as_it_was", "as_it_was_money")

    # The fall to the end of 1924 in logs: 70.6, three fifths of it the price rule.
    assert "the price rule made 60 %" in page
    assert "As it was with money: quarter 4 of 1924" in page
    assert "in 1926-27 most was lacking behind the set price in quarter 1 of 1926: 15 %" in page
    assert "since 1924 in quarter 2 of 1924: 21 %" in page
    for title in ("What closed the scissors", "The goods famine", "The second economy"):
        assert page.count(f">{title}</h3>") == 1
    assert "million gold roubles" in page


def test_the_grain_strike_stands_with_and_without_money_beside_print() -> None:
    page = body(9, "as_it_was", "as_it_was_money")

    assert (
        page.count("The grain strike of 1927-28, with and without money of the village</h3>") == 1
    )
    assert "the state got 2.26 million tonnes as it was and 0.703 with money" in page
    for told in ("7.01", "4.59", "4.91", "6.09"):
        assert f">{told}<" in page
    assert "The grain strike" not in body(3, "as_it_was")


def test_a_run_that_ends_before_the_scissors_close_does_not_speak_of_it() -> None:
    page = body(3, "as_it_was")

    assert "What closed the scissors" not in page
    assert "The goods famine" not in page
    assert "The second economy" in page
