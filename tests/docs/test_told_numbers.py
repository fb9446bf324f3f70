"""Numbers that the manual tells are those of the run that it tells of."""

import inspect
import re
from pathlib import Path

import pytest
from tests.society.nation.test_columns import BY_BRANCH, OF_NUMBERS
from tools import told_page

from sovplan.foundation.engine.rule import Rule
from sovplan.lab.layers import layer_rules
from sovplan.regimes.countries import read_country_regime
from sovplan.society.nation.order import rules

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize("name", told_page.PAGES)
def test_a_page_that_tells_of_a_run_is_fresh(name: str) -> None:
    found = (told_page.DOCS / f"{name}.md").read_text("utf-8")

    assert found == told_page.page(name), "run: python -m tools.told_page"


def test_the_regime_of_the_recipe_lowers_four_quotas_and_no_other(tmp_path: Path) -> None:
    text = (DOCS / "do" / "country.md").read_text("utf-8")
    (tmp_path / "lower_quotas.toml").write_text(text.split("```toml\n")[1].split("```")[0], "utf-8")
    lower = read_country_regime(tmp_path / "lower_quotas.toml").steps()["quota_share"]
    history = read_country_regime("as_it_was").steps()["quota_share"]

    assert [step[0] for step in lower] == [step[0] for step in history]
    for (year, _, one), (_, _, other) in zip(lower, history, strict=True):
        assert one == pytest.approx(other * (0.85 if 1930 <= year <= 1933 else 1.0), abs=1e-3)


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


def test_rules_of_the_country_are_of_as_many_forms_as_the_manual_says() -> None:
    found = told("engine.md", r"(\d+) of the (\d+) are blocks.* others (\d+) are in the language"
                 r".*\(a test\), (\d+) go one way or another")  # fmt: skip
    blocks = sum(not isinstance(each, Rule) for each in rules())

    assert found == [blocks, len(rules()), len(OF_NUMBERS) - len(BY_BRANCH), len(BY_BRANCH)]


def test_the_longest_rule_is_as_long_as_the_manual_says() -> None:
    def lines(law: object) -> int:
        source = inspect.getsource(law).split('"""')[-1]  # type: ignore[arg-type]
        return len([line for line in source.splitlines() if line.strip()])

    found = sorted(lines(each.law) for each in (*rules(), *layer_rules()))
    (longest,) = told("engine.md", r"one in twenty is longer, the longest has (\d+)\)")
    assert found[-1] <= longest
    assert sum(each > 10 for each in found) < len(found) / 20.0
