"""Two codings: alpha by hand, what is coded twice, and what one institution alone changes."""

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from sovplan.cli.app import app
from sovplan.foundation.numbers import NOTHING_KNOWN
from sovplan.history.nation import nation_inputs
from sovplan.lab.codings import (
    agreement,
    all_at_once,
    alpha,
    codings,
    effects_in,
    moved,
    quarters_read,
)
from sovplan.lab.codings_rows import CodedOfRows, _lived, readers
from sovplan.lab.codings_rows_table import told
from sovplan.lab.switches import effects
from sovplan.regimes.countries import HISTORY, read_country_regime

SERIES = {"grain_exports"}
"""Institutions that a series gives: nobody codes them."""
ONE_CODER = {
    "town_money", "village_money", "farm_tax", "village_levies", "town_wage", "money_issue",
    "ration", "closed_ration", "trade_monopoly",
    "trade_credit", "exports_other", "requisition", "camp_work", "technique_abroad", "new_plant",
    "arms_bound", "materials_bound",
    "display", "defects", "plan_abolished", "right_to_strike", "harvest_measure", "debt",
    "blockade", "riots_answered", "quota_ahead", "births_later", "quota_by_report",
    "quota_by_area", "sowing_by_trust",
    "joining_counts", "theft_missed", "trade_balanced", "imports_displace", "flight_later",
    "hours_counted", "effort_whole", "bonus_moves", "recovery_helped", "base_distrust",
    "ages_counted", "budget_counts", "soft_budget", "norm_changes", "link_tenure",
    "turnover_counts",
}  # fmt: skip
"""Institutions that came after the second coding."""
QUARTERS_READ = quarters_read()


def test_alpha_by_hand() -> None:
    # Two units: 1 against 1, 0 against 1. D_o = 1/2; of 12 pairs of 1 1 0 1 six differ.
    assert alpha([1.0, 0.0], [1.0, 1.0]) == pytest.approx(1.0 - 0.5 / 0.5)
    # 0, 2 against 1, 2: D_o = 1/2; squares of pairs of 0 2 1 2: 4 1 4 1 0 1, mean 11/6.
    assert alpha([0.0, 2.0], [1.0, 2.0]) == pytest.approx(1.0 - 0.5 / (11.0 / 6.0))
    assert math.isnan(alpha([3.0, 3.0], [3.0, 3.0]))


@given(st.lists(st.sampled_from([0.0, 1.0, 2.5]), min_size=2, max_size=20))
def test_coders_who_agree_have_alpha_one(values: list[float]) -> None:
    found = alpha(values, values)

    assert math.isnan(found) if len(set(values)) == 1 else found == pytest.approx(1.0)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=2, max_size=20))
def test_alpha_knows_no_order_of_coders(pairs: list[tuple[float, float]]) -> None:
    one, two = zip(*pairs, strict=True)

    assert alpha(one, two) == pytest.approx(alpha(two, one), nan_ok=True)


def test_every_institution_without_a_series_is_coded_twice_or_said_not_to_be() -> None:
    coded = {each.about.name for each in codings()}
    of_rows = set(nation_inputs().institutions) - QUARTERS_READ

    assert coded | SERIES | ONE_CODER >= set(nation_inputs().institutions) - of_rows
    assert coded | SERIES | ONE_CODER <= set(nation_inputs().institutions)


def test_the_second_coding_gives_its_sources() -> None:
    for name, article in read_country_regime("second_coding").articles.items():
        assert article.source, name
        assert article.provenance == "assumed"
        assert article.steps[0][0] == 1921


def test_an_institution_on_which_coders_agree_changes_nothing() -> None:
    base = effects()
    same = [each for each in codings() if each.agreement.first == each.agreement.second]

    assert {"price_control", "towns_open"} <= {each.about.name for each in same}
    for each in same:
        assert each.effects == base
        assert (each.agreement.difference, each.agreement.same) == (0.0, 1.0)
        assert moved(each, base) == 0.0


def test_what_the_second_coding_changes() -> None:
    base, now = effects(), all_at_once()
    plots = next(each for each in codings() if each.about.name == "plot_allowed")

    assert effects_in(HISTORY) == base
    assert now.product_1940 < 0.9 * base.product_1940
    assert plots.effects.herd_1932 > 1.3 * base.herd_1932, "plots save animals"


# ---- the command ---------------------------------------------------------------------------------


def test_the_command_prints_agreement_and_figures() -> None:
    done = CliRunner().invoke(app, ["lab", "codings"])

    assert done.exit_code == 0
    assert "36 institutions coded twice: median alpha" in " ".join(done.stdout.split())
    assert done.stdout.index("plot_allowed") < done.stdout.index("cartels"), "most moved first"


def test_the_command_writes_a_page_and_a_table(tmp_path: Path) -> None:
    out = tmp_path / "codings"
    done = CliRunner().invoke(app, ["lab", "codings", "--out", str(out), "--json"])
    page = (out / "report.html").read_text("utf-8")
    found = json.loads(done.stdout)

    assert done.exit_code == 0
    assert "agreement overstates" in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert len((out / "codings.csv").read_text("utf-8").splitlines()) == 1 + 36
    assert found["second"]["product_1940"] == pytest.approx(all_at_once().product_1940)
    assert len(found["institutions"]) == 36


# ---- what only rows read -------------------------------------------------------------------------


def test_every_institution_that_only_rows_read_is_coded_twice() -> None:
    second = read_country_regime("second_coding").articles
    of_rows = set(nation_inputs().institutions) - QUARTERS_READ - ONE_CODER

    assert {name for name in of_rows if name not in second} == set()
    assert len(of_rows) == 46
    assert all("Not blind" in second[name].note for name in of_rows)


def test_each_of_them_is_read_by_some_rows() -> None:
    for name in set(nation_inputs().institutions) - QUARTERS_READ - ONE_CODER:
        assert readers(name), name


def test_what_is_told_moves_more_than_luck() -> None:
    about, its = nation_inputs().about["label_quota"], agreement(nation_inputs().about["press"])
    first = {("a", 1930): 100.0, ("b", 1930): 10.0, ("c", 1930): 5.0}
    second = {("a", 1930): 110.0, ("b", 1930): 11.0, ("c", 1930): 5.0}
    calm = {key: value * 1.02 for key, value in first.items()}
    each = CodedOfRows(about, its, first, second, (calm, {**calm, ("b", 1930): 12.0}))

    assert each.moved() == (("a", 1930),)
    assert told(each) == "a 1930: 100 to 110"
    assert told(replace(each, second=first)) == NOTHING_KNOWN


def test_a_second_coding_of_labels_names_others() -> None:
    found = {name: _lived("village", name, 1) for name in ("", "label_quota", "press")}

    assert found["label_quota"]["labelled", 1930] > 1.2 * found[""]["labelled", 1930]
    assert found["press"] == found[""]
