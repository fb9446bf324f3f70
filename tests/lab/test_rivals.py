"""Where estimates of history differ, readers of the book of the country see how far."""

import pytest

from sovplan.history.past import pasts, rivals, spans
from sovplan.lab.country import country_run, prepared_country
from sovplan.report.country_book import country_book
from tests.lab.rows import PERSONS, few_households


def test_where_estimates_differ_the_book_shows_how_far() -> None:
    assert spans("harvest")[1932] == (50.4, 69.8)
    assert spans("harvest")[1937] == (97.0, 120.3)
    assert spans("excess_deaths")[1932] == (4.5, 8.7)
    assert spans("industry")[1937][1] == pytest.approx(445, abs=1)
    for measure in ("product", "industry"):  # figures of 1939-40 hold the annexed territories
        assert max(spans(measure)) < 1939
        assert max(year for past in pasts()[measure] for year in past.values()) < 1939
    assert 1913 not in spans("horses")
    for measure, found in rivals().items():
        line = {year for past in pasts()[measure] for year in past.values()}
        for past in found:
            assert line & set(past.values()), f"{measure}: no year of the line has {past.terms}"
    task = prepared_country("ussr-1921", ["as_it_was"], years=14, persons=PERSONS)
    with few_households():
        page = country_book(country_run(task), [each.regime for each in task])
    assert "Estimates differ: bars reach from the lowest to the highest of all" in page
    assert '<th scope="col" class="num">lowest estimate</th>' in page
    assert page.count("Davies") > 2
