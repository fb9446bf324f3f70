"""Numbers that the manual tells are those of the run that it tells of."""

import inspect
import re
from pathlib import Path

import pytest
from tools import told_page

from sovplan.lab.layers import layer_rules
from sovplan.society.nation.order import rules

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize("name", told_page.PAGES)
def test_a_page_that_tells_of_a_run_is_fresh(name: str) -> None:
    found = (told_page.DOCS / f"{name}.md").read_text("utf-8")

    assert found == told_page.page(name), "run: python -m tools.told_page"


def test_a_number_stands_where_it_is_named() -> None:
    run = told_page.run()
    real = run.values("as_it_was", "kolkhoz/farms", "real")[1932]
    printed = run.values("", "kolkhoz/farms", "historical")[1932]

    template = "{real kolkhoz/farms 1932 .1f 0.001} {told kolkhoz/farms 1932 .0f} {norms_rise}"
    first, second, third = told_page.filled(template).split()
    assert (first, second) == (f"{real / 1000.0:.1f}", f"{printed:.0f}")
    assert third == f"{run.values('as_it_was', 'works/norms', 'real')[1940] - 100.0:.0f}"


@pytest.mark.parametrize("wrong", ["{real no/series 1932 .0f}", "{no_number}"])
def test_a_number_that_is_not_there_is_refused(wrong: str) -> None:
    with pytest.raises(KeyError):
        told_page.filled(wrong)


def told(page: str, pattern: str) -> list[float]:
    """Return the numbers of a sentence, whatever its line breaks."""
    text = " ".join((DOCS / "understand" / page).read_text("utf-8").split())
    found = re.search(pattern, text)
    assert found is not None, f"{page} no longer says: {pattern}"
    return [float(each) for each in found.groups()]


def test_the_longest_rule_is_as_long_as_the_manual_says() -> None:
    def lines(law: object) -> int:
        source = inspect.getsource(law).split('"""')[-1]  # type: ignore[arg-type]
        return len([line for line in source.splitlines() if line.strip()])

    found = sorted(lines(each.law) for each in (*rules(), *layer_rules()))
    (longest,) = told("engine.md", r"one in twenty-five is longer, the longest has (\d+)\)")
    assert found[-1] <= longest
    assert sum(each > 10 for each in found) < len(found) / 25.0
