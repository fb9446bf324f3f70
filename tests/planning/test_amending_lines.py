"""The lines of a sheet: what people get apart from outputs that are targets, and no dust."""

from dataclasses import replace

import numpy as np
import pytest
from tests.planning.amended import ground, lowered, raised

from sovplan.planning.amending.answers import payer
from sovplan.planning.amending.answersheet import Series, answer_sheet, moved
from sovplan.planning.amending.demands import demands_of
from sovplan.planning.amending.sentences import hours_sentence, years_words
from sovplan.planning.amending.sheet import sheet_of
from sovplan.records.amendments import Amendment, Amendments, Clause
from sovplan.records.costing import AnswerSheet, beside


def test_what_people_get_is_consumption_and_outputs_count_their_target_years() -> None:
    """Steel pays for meat: its output may fall where it is a target, every other line is kept."""
    found = ground("ussr-1928", "basic-variant")
    calendar, goods = found.problem.calendar, found.problem.economy.goods.names
    meat = Amendment(
        "meat", (Clause("raise", ("meat",), "consumption", by=5.0),),
        paid_by=("steel",), public_pays=True,
    )  # fmt: skip
    demands = demands_of(found, [meat])
    answer = payer(found, demands, 1.0, meat)
    assert answer is not None

    sheet = answer_sheet(found, demands, answer)

    for line in sheet.goods:
        good = goods.index(line.name)
        assert line.before == pytest.approx(found.plan.consumption[good].sum())
        assert line.after == pytest.approx(answer.plan.consumption[good].sum())
        assert line.name == "meat" or line.change >= -1e-6 * line.before
    assert "meat" in {line.name for line in sheet.goods}
    targets = set(np.flatnonzero((calendar.output_target > 0).any(axis=1)).tolist())
    for line in sheet.outputs:
        good = goods.index(line.name)
        assert good in targets
        years = calendar.output_target[good] > 0
        assert line.before == pytest.approx(found.plan.output[good, years].sum())
        assert line.after == pytest.approx(answer.plan.output[good, years].sum())
        counted = () if years.all() else tuple(np.array(calendar.years)[years].tolist())
        assert line.years == counted
        assert line.name == "steel" or line.change >= -1e-6 * line.before
    told = [line for line in sheet.outputs if line.years]
    assert told
    assert str(told[0].years[0]) in years_words(told[0])
    assert not years_words(replace(told[0], years=()))


def test_no_table_has_two_lines_of_one_name() -> None:
    found = ground("ussr-1928", "basic-variant")

    sheet, _ = sheet_of(found, Amendments("cloth", (raised("cloth", 1),)))

    done = [one for one in sheet.costings[0].answers if one.done]
    assert done
    for lines in (*(one.goods for one in done), *(one.outputs for one in done)):
        names = [line.name for line in lines]
        assert len(set(names)) == len(names)
    rows = beside([one.goods for one in done], 100)
    assert set(rows) == {line.name for one in done for line in one.goods}


def test_dust_beside_all_there_is_of_a_good_is_no_line() -> None:
    names, ones = ("dust", "grain", "new"), np.ones(3)
    before, after = np.array([0.0, 5.0, 0.0]), np.array([4.4e-15, 5.1, 0.5])

    lines = moved(Series(names, names, ("t",) * 3, before, after, ones), 1.0)

    assert {line.name for line in lines} == {"grain", "new"}


@pytest.mark.parametrize(("name", "aims"), [
    ("two-goods", None), ("federation-12", None), ("federation-12", "shorter-day"),
    ("brazil-2021", None),
])  # fmt: skip
def test_no_line_of_a_sheet_is_dust(name: str, aims: str | None) -> None:
    found = ground(name, aims)
    economy, plan = found.problem.economy, found.plan
    goods = economy.goods.names
    there = np.maximum((plan.output + plan.imports).sum(axis=1), economy.turnover())
    first = next(g for g in np.flatnonzero(plan.consumption.sum(axis=1) > 0))

    sheet, _ = sheet_of(found, Amendments("less", (lowered(goods[first], 2),)))

    hours = float(plan.labour_used.sum())
    for answer in sheet.costings[0].answers:
        for line in (*answer.goods, *answer.outputs, *answer.imports, *answer.public):
            assert abs(line.change) > 1e-9 * there[goods.index(line.name)]
        for line in (*answer.hours, *answer.regions, *answer.techniques):
            assert abs(line.change) > 1e-9 * hours


def test_hours_that_are_rounding_are_told_as_none() -> None:
    found = ground("federation-12")
    sheet, _ = sheet_of(found, Amendments("shoes", (raised("shoes", 5),)))
    price = sheet.costings[0].price
    assert price is not None
    hours = float(found.plan.labour_used.sum())

    told = hours_sentence(sheet, price, hours)
    dust = hours_sentence(sheet, replace(price, hours=1e-8 * hours), hours)

    assert "it takes" in told
    assert dust.endswith("held it takes no more work and no less.")


def test_answers_without_a_plan_have_no_lines() -> None:
    assert not AnswerSheet("payer", done=False).outputs
