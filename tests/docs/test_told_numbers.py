"""Numbers that are typed into the manual are those of the run that it tells of."""

import inspect
import re
from pathlib import Path

import pytest

from sovplan.lab.layers import layer_rules
from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.society.layers import Setting
from sovplan.society.nation.order import rules
from sovplan.society.nation.year import run_nation
from sovplan.society.persons.year import PERSONS_KIND

DOCS = Path(__file__).resolve().parents[2] / "docs"
ROWS = 20_000
"""A tenth of the rows of a run: shares of all people stray by a point or two."""
NEAR = 2.0


def told(page: str, pattern: str) -> list[float]:
    """Return the numbers of a sentence, whatever its line breaks."""
    text = " ".join((DOCS / "understand" / page).read_text("utf-8").split())
    found = re.search(pattern, text)
    assert found is not None, f"{page} no longer says: {pattern}"
    return [float(each) for each in found.groups()]


def test_the_famine_of_goods_in_the_spring_of_1927() -> None:
    numbers = told("markets.md", r"(\d+) per cent of demand in `as_it_was`, (\d+) with money")
    for regime, number in zip(("as_it_was", "as_it_was_money"), numbers, strict=True):
        books = run_nation(country_inputs(regime), model_parameters())
        spring = next(each for each in books if (each.year, each.quarter) == (1927, 2))
        assert 100.0 * spring.nation["shortage"] == pytest.approx(number, abs=0.51)


def test_turnover_and_women_of_persons() -> None:
    inputs, values = country_inputs(), model_parameters()
    books = run_nation(inputs, values)
    persons = PERSONS_KIND.make(Setting(inputs, values, 1, persons=ROWS))
    turnover, women = {}, {}
    for place in range(0, len(books), 4):
        year = books[place].year
        found = {each.series: each.value for each in persons.live(year, books[place : place + 4])}
        turnover[year], women[year] = found["persons/turnover"], found["persons/women"]

    first, last, low, high = told(
        "persons.md",
        r"from (\d+) leavers a hundred \(1922\) to (\d+) \(1940\) and is (\d+) to (\d+) from 1927",
    )
    middle = [turnover[year] for year in range(1927, 1940)]
    assert turnover[1922] == pytest.approx(first, abs=NEAR)
    assert turnover[1940] == pytest.approx(last, abs=NEAR)
    assert (min(middle), max(middle)) == pytest.approx((low, high), abs=NEAR)
    ends = told("persons.md", r"\*\*Women\*\* are (\d+) to (\d+) per cent")
    assert (min(women.values()), max(women.values())) == pytest.approx(tuple(ends), abs=NEAR)


def test_the_longest_rule_is_as_long_as_the_manual_says() -> None:
    def lines(law: object) -> int:
        source = inspect.getsource(law).split('"""')[-1]  # type: ignore[arg-type]
        return len([line for line in source.splitlines() if line.strip()])

    found = sorted(lines(each.law) for each in (*rules(), *layer_rules()))
    (longest,) = told("engine.md", r"one in twenty-five is longer, the longest has (\d+)\)")
    assert found[-1] <= longest
    assert sum(each > 10 for each in found) < len(found) / 25.0
