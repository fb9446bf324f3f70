from collections.abc import Mapping

import numpy as np
import pytest
from tests.report import drafts

from sovplan.planning.leftovers import waste_shares
from sovplan.report.measures import (
    at_floor,
    largest,
    plant_sizes,
    priced_year,
    scarce_things,
    target_years,
    targets,
    unfinished,
    weights,
)


def test_the_largest_come_first_and_equal_ones_keep_their_order() -> None:
    assert largest(np.array([1.0, 3.0, 3.0, 2.0]), 3) == [1, 2, 3]


@pytest.mark.parametrize("name", ["basic variant", "federation", "village", "brazil"])
def test_the_plan_keeps_its_terminal_rule_with_what_is_unfinished(name: str) -> None:
    """Goods in plants at the end and in works are what the rule asks for, or more."""
    draft = drafts.embedded(name)
    plan, plants = draft.plan, draft.economy.plants
    assert plan is not None

    there = np.asarray(plants.building @ (plan.capacity[:, -1] + unfinished(draft.economy, plan)))
    rho = draft.aims.terminal
    asked = np.zeros(len(draft.economy.goods))
    opening = plants.capacity.copy()
    works = draft.economy.extensions.under_construction
    if works is not None:
        np.add.at(opening, works.plants, works.capacity)
    for g, good in enumerate(draft.economy.goods.names):
        growth = float(rho.get(good, 0.0) if isinstance(rho, Mapping) else rho or 0.0)
        asked[g] = (1 + growth) ** len(draft.years) * np.asarray(plants.building @ opening)[g]
    assert (there >= asked * (1 - 1e-7)).all()
    assert np.isclose(there, asked, rtol=1e-6).any()


def test_shares_of_targets_are_what_the_objective_says() -> None:
    draft = drafts.embedded("federation")

    for year in target_years(draft):
        shares = [target.share for target in targets(draft, year)]
        assert min(shares) == pytest.approx(draft.objective, rel=1e-6)


def test_the_base_of_a_target_counts_as_met_by_nothing() -> None:
    draft = drafts.embedded("basic variant")

    found = targets(draft, target_years(draft)[-1])
    reached = [(t.reached - t.least) / (t.asked - t.least) for t in found]
    assert {target.kind for target in found} == {"output"}
    assert min(reached) == pytest.approx(draft.objective, rel=1e-6)
    assert not any(target.met for target in found)


def test_goods_at_their_floor_are_counted() -> None:
    assert at_floor(drafts.embedded("basic variant"), 4) == (21, 21)
    assert at_floor(drafts.embedded("federation"), 4)[0] == 0


def test_bindings_of_all_years_are_put_together() -> None:
    draft = drafts.embedded("village")

    (farm,) = [s for s in scarce_things(draft) if (s.kind, s.name) == ("capacity", "farm")]
    each = [b for b in draft.bindings if (b.limit.kind, b.limit.name) == ("capacity", "farm")]
    assert farm.years == tuple(sorted(b.limit.year for b in each))
    assert farm.rate == pytest.approx(sum(b.saved for b in each))
    assert farm.dearest.saved == max(b.saved for b in each)


def test_what_was_tried_stands_before_what_has_a_rate_alone() -> None:
    found = scarce_things(drafts.embedded("federation"))

    tried = [s.saved for s in found if s.tried is not None]
    assert 0 < len(tried) < len(found)
    assert [s.saved for s in found] == [
        *sorted(tried, reverse=True),
        *sorted((s.saved for s in found if s.tried is None), reverse=True),
    ]
    assert tried == [s.tried for s in found[: len(tried)]]


def test_the_year_of_prices_has_most_of_them() -> None:
    draft = drafts.embedded("basic variant")
    assert draft.hours is not None

    priced = (draft.hours.goods > 0).sum(axis=0)
    assert priced[priced_year(draft)] == priced.max()


def test_without_prices_nothing_has_a_size() -> None:
    draft = drafts.by_balances()

    assert not weights(draft).any()
    assert plant_sizes(draft).shape == (len(draft.economy.plants),)
    assert priced_year(draft) == len(draft.years) - 1


def test_waste_is_a_share_of_what_is_made_and_bought() -> None:
    draft = drafts.embedded("basic variant")
    plan = draft.plan
    assert plan is not None

    cement = draft.economy.goods.names.index("cement")
    made = plan.output[cement].sum() + plan.imports[cement].sum()
    assert waste_shares(plan)[cement] == pytest.approx(plan.waste[cement].sum() / made)
