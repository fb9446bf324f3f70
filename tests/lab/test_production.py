"""What production carries: figures of a run, and the chapter of its book."""

from collections.abc import Iterator

import pytest

from sovplan.lab.country import country_run, prepared_country
from sovplan.lab.own_figures import ABOLISHED, WHOLE
from sovplan.lab.production import PREFIX, UNITS, production_points
from sovplan.regimes.countries import HISTORY, country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.report.country_whole import chapters
from sovplan.report.run_series import seen
from sovplan.society.nation.year import run_nation
from tests.lab.rows import PERSONS, few_households


@pytest.fixture(autouse=True, scope="module")
def _few_households() -> Iterator[None]:
    with few_households():
        yield


def figures(regime: str) -> dict[tuple[str, int], float]:
    books = run_nation(country_inputs(regime), model_parameters())
    points = production_points(regime, books, model_parameters(), range(1921, 1941))
    found = {(each.series.removeprefix(PREFIX), each.year): each.value for each in points}
    assert {f"{PREFIX}{name}" for name, _ in found} <= set(UNITS)
    return found


def test_states_are_told_everywhere_and_what_terms_do_where_they_are_reckoned() -> None:
    usual, whole, ended = figures(HISTORY), figures(WHOLE), figures(ABOLISHED)

    assert {name for name, _ in usual} == {
        "prisoners", "guards", "labour", "gap", "technique", "abroad", "distortion", "quality",
        "machines_overdrawn", "heavy_overdrawn",
    }  # fmt: skip
    assert {name for name, _ in whole} - {name for name, _ in usual} == {
        "unfree", "spoiled", "shown", "arms_short",
    }  # fmt: skip
    assert usual["machines_overdrawn", 1922] > 0.1
    assert usual["machines_overdrawn", 1930] == whole["machines_overdrawn", 1930] == 0.0
    assert whole["heavy_overdrawn", 1922] < 1e-9 < usual["heavy_overdrawn", 1922]
    # 0.09 guards and 0.9 0.55 free hands for each prisoner; heavy goods and building share them.
    assert whole["guards", 1940] / whole["labour", 1940] == pytest.approx(0.09 / 0.495)
    assert 5.0 < whole["unfree", 1940] < 15.0
    assert whole["spoiled", 1931] > whole["spoiled", 1928] == 0.0
    assert ("linked", 1934) not in ended
    assert ended["chain/machines", 1940] < ended["chain/building", 1940] < 100.0
    assert ended["chain/heavy", 1940] == 100.0


def test_the_chapter_stands_prisoners_beside_the_free() -> None:
    tasks = prepared_country("ussr-1921", [WHOLE], years=9, persons=PERSONS)
    (chapter,) = chapters(seen(country_run(tasks)))
    page = str(chapter.body)

    for title in ("Prisoners beside the free", "The gap to the frontier", "Goods that fail"):
        assert page.count(f">{title}") == 1
    assert "Chains of suppliers without a plan" not in page
    assert "Guards and staff" in page
