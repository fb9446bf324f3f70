"""Until when regimes of the country are the same is said before their figures."""

import pytest

from sovplan.lab.country import country_run, prepared_country
from sovplan.regimes.countries import first_difference, read_country_regime
from sovplan.report.country_book import country_book
from sovplan.report.country_same import same_until


@pytest.mark.parametrize(("names", "years", "first", "said"), [
    (("as_it_was", "tax_in_kind_1920"), range(1917, 1920), 1920, "In all years shown"),
    (("as_it_was", "tax_in_kind_1920"), range(1917, 1921), 1920, "Until 1919"),
    (("as_it_was", "tax_in_kind_1920"), range(1921, 1941), None, "in all years"),
    (("as_it_was", "nep_kept", "left_opposition_1923"), range(1921, 1941), 1924, "Until 1923"),
    (("as_it_was", "second_coding"), range(1921, 1941), 1921, ""),
    (("as_it_was",), range(1921, 1941), None, ""),
])  # fmt: skip
def test_the_first_difference_is_told(
    names: tuple[str, ...], years: range, first: int | None, said: str
) -> None:
    regimes = [read_country_regime(name) for name in names]
    told = same_until(regimes, years)

    assert first_difference(regimes, years[0]) == first
    assert said in told
    assert bool(told) == bool(said)


def test_the_headline_says_that_regimes_are_still_the_same() -> None:
    tasks = prepared_country("russia-1917", years=2, persons=1000)
    found = country_run(tasks)
    lead = country_book(found, [task.regime for task in tasks]).split('class="lead">')[1]

    first, second = (course.name for course in found.courses)
    assert found.values(first, "product", "real") == found.values(second, "product", "real")
    assert "they differ first in 1920" in lead.split("</p>")[0]
