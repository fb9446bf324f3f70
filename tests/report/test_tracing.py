"""Hours followed to their end: by hand, and for any economy none is lost on the way."""

from pathlib import Path

import numpy as np
import pytest
from tests.independent import random_case, random_extended_case, write_case
from tests.report import drafts
from tests.report.page import read

from sovplan.history.economies import read_aims
from sovplan.planning.optimum import optimum
from sovplan.records.assembly import economy_of
from sovplan.records.draft import Draft
from sovplan.records.returns import Returns
from sovplan.records.tables import read_folder
from sovplan.report.planbook import plan_book
from sovplan.report.tracing import USES, _uses, hours_worked, traced

SEEDS = range(60)
PEOPLE, PLANTS, ABROAD, LOST = (USES.index(u) for u in ("people", "plants", "abroad", "lost"))


def each_alone(draft: Draft) -> list[list[int]]:
    return [[j] for j in range(len(draft.economy.techniques))]


@pytest.mark.parametrize("year", range(5))
def test_in_the_village_of_two_goods_a_third_of_the_work_is_in_tools_that_replace_tools(
    year: int,
) -> None:
    # Each year 80 sacks and 8 tools are consumed, and 24 tools replace worn ones.
    # Without wear a tool holds twice the hours of a sack (106.7 to 53.3): people get 96 of 144.
    found = traced(drafts.embedded("village"), year, [range(2)])

    assert found is not None
    ends = found.arrived.sum(axis=(0, 1)) / found.worked.sum()
    np.testing.assert_allclose(ends[[PEOPLE, PLANTS]], [96 / 144, 48 / 144], rtol=1e-6)


def test_bread_that_buys_oil_carries_its_hours_to_those_who_use_the_oil() -> None:
    # A loaf takes 0.8 hours. What is not eaten is sold at 4, to pay 2 for each barrel of oil and a
    # debt of 8: of the hours sold, the oil takes on what the debt does not.
    draft = drafts.traders()
    plan = draft.plan
    assert plan is not None

    found = traced(draft, 0, each_alone(draft))

    assert found is not None
    by_use = found.arrived.sum(axis=0)
    sold = 0.8 * plan.exports[0, 0]
    oil = 2 * plan.imports[2, 0] / (2 * plan.imports[2, 0] + 8)
    assert sold > 0
    np.testing.assert_allclose(by_use[0, PEOPLE], 0.8 * plan.consumption[0, 0], rtol=1e-9)
    np.testing.assert_allclose(by_use[2, PEOPLE], sold * oil, rtol=1e-9)
    np.testing.assert_allclose(by_use[0, ABROAD], sold * (1 - oil), rtol=1e-9)


def drawn(seed: int, folder: Path) -> Draft:
    case = random_extended_case(seed) if seed % 3 == 0 else random_case(seed)
    aims = write_case(case, folder)
    economy = economy_of(read_folder(folder))
    return optimum(Returns(economy), read_aims(aims, economy, folder))


@pytest.fixture(scope="module")
def random_drafts(tmp_path_factory: pytest.TempPathFactory) -> list[Draft]:
    """Return drafts of random economies, of every status and objective."""
    return [drawn(seed, tmp_path_factory.mktemp(f"seed{seed}")) for seed in SEEDS]


def test_the_random_drafts_are_of_every_kind(random_drafts: list[Draft]) -> None:
    assert {draft.status for draft in random_drafts} == {"optimal", "infeasible", "unbounded"}
    assert len({draft.aims.objective for draft in random_drafts}) == 4


def test_all_hours_worked_arrive(random_drafts: list[Draft]) -> None:
    followed = 0
    for draft in random_drafts:
        for year in range(len(draft.years)):
            found = traced(draft, year, each_alone(draft))
            if found is None:
                continue
            followed += 1
            worked = hours_worked(draft, year)
            scale = 1e-9 * worked.sum()
            np.testing.assert_allclose(found.arrived.sum(axis=(1, 2)), worked, atol=scale)
            assert found.arrived.min() >= -scale
    assert followed > 50


def test_every_use_of_a_good_passes_hours_on(random_drafts: list[Draft]) -> None:
    """What a pool is shared out to is all that came into it, people who move included."""
    moving = 0
    for draft in random_drafts:
        plan, goods = draft.plan, draft.economy.goods
        if plan is None:
            continue
        moving += int(plan.moved.any())
        before = np.column_stack([goods.stock, plan.stock[:, :-1]]) * (1 - goods.spoilage)[:, None]
        for year in range(len(draft.years)):
            into = plan.output[:, year] + plan.imports[:, year] + before[:, year]
            pool = _uses(plan, year)[1]
            np.testing.assert_allclose(pool, into, rtol=1e-6, atol=1e-6 * into.max())
    assert moving


def test_groups_are_the_sums_of_their_techniques() -> None:
    draft = drafts.embedded("federation")

    alone = traced(draft, 2, each_alone(draft))
    together = traced(draft, 2, [range(5), range(5, len(draft.economy.techniques))])

    assert alone is not None
    assert together is not None
    halves = [alone.arrived[:5].sum(axis=0), alone.arrived[5:].sum(axis=0)]
    np.testing.assert_allclose(together.arrived, halves, rtol=1e-9, atol=1e-6)


def test_a_year_without_work_is_not_followed() -> None:
    assert traced(drafts.impossible(), 0, [[0]]) is None


def test_any_draft_gives_a_book_that_closes_what_it_opens(random_drafts: list[Draft]) -> None:
    for draft in random_drafts:
        book = plan_book(draft)

        main = read(book[book.index("<main") : book.index("<footer")])
        assert main.all("section"), draft.status
        for drawing in main.all("svg"):
            shapes = " ".join(str(node.attributes) for node in drawing.walk())
            assert "nan" not in shapes.replace("nance", "")
            assert "inf" not in shapes
