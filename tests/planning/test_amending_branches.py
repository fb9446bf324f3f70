"""Branches in amendments: every technique in one, all of them together the whole."""

from contextlib import suppress

import numpy as np
import pytest
from tests.planning.amended import ground

from sovplan.foundation.errors import DataError
from sovplan.planning.amending.answersheet import Series, _by_branch
from sovplan.planning.amending.demands import demands_of
from sovplan.planning.amending.measures import members, uncounted
from sovplan.planning.amending.shares import shared_plan
from sovplan.planning.amending.sheet import sheet_of
from sovplan.records.amendments import Amendment, Amendments, Clause, VotedShare

ECONOMIES = (
    ("two-goods", None),
    ("federation-12", None),
    ("brazil-2021", None),
    ("ussr-1928", "basic-variant"),
)


def branches(name: str, aims: str | None) -> dict[str, np.ndarray]:
    """Return which techniques each good's branch holds, of goods that are a branch."""
    economy = ground(name, aims).problem.economy
    found = {}
    for good in economy.goods.names:
        with suppress(DataError):
            found[good] = members(economy, [good])
    return found


@pytest.mark.parametrize(("name", "aims"), ECONOMIES)
def test_every_technique_is_in_one_branch(name: str, aims: str | None) -> None:
    found = np.array(list(branches(name, aims).values()))

    assert (found.sum(axis=0) == 1).all()


@pytest.mark.parametrize("of", ["labour", "output"])
@pytest.mark.parametrize(("name", "aims"), ECONOMIES)
def test_the_shares_of_all_branches_add_up_to_one(name: str, aims: str | None, of: str) -> None:
    """The row of a clause is (branch - share of all); with share 0 it is the branch alone."""
    found = ground(name, aims)
    total = np.zeros(len(found.problem.calendar.years))
    for good in branches(name, aims):
        clause = Clause("share", (good,), of, least=0.0)
        total = total + demands_of(found, [Amendment(good, (clause,))]).present
    # With share 1 the row is the branch less all.
    good = next(iter(branches(name, aims)))
    whole = [
        demands_of(found, [Amendment(good, (Clause("share", (good,), of, least=share),))]).present
        for share in (0.0, 1.0)
    ]

    assert total == pytest.approx(whole[0] - whole[1], rel=1e-9)


@pytest.mark.parametrize(("name", "aims"), ECONOMIES)
def test_a_clause_counts_the_hours_that_the_sheet_tells(name: str, aims: str | None) -> None:
    found = ground(name, aims)
    table: Series = _by_branch(found, found.plan)
    told = dict(zip(table.names, table.before.tolist(), strict=True))

    for good in branches(name, aims):
        clause = Clause("share", (good,), "labour", least=0.0)
        hours = demands_of(found, [Amendment(good, (clause,))]).present.sum()
        assert hours == pytest.approx(told[good], rel=1e-9, abs=1e-9), good


def test_a_trace_of_a_by_product_makes_no_branch() -> None:
    """Most techniques of the table of 2021 make a little information; one makes it mainly."""
    found = ground("brazil-2021")
    economy, content = found.problem.economy, found.content
    output = np.asarray(economy.techniques.outputs @ found.plan.activity)
    by_good = (content * output)[economy.goods.names.index("information")].sum()

    clause = Clause("share", ("information",), "output", least=0.0)
    counted = demands_of(found, [Amendment("one", (clause,))]).present.sum()

    assert members(economy, ["information"]).sum() == 1
    assert counted == pytest.approx(by_good, rel=0.2)


def test_two_goods_can_be_voted_on_at_once() -> None:
    voted = (VotedShare("information", 0.03), VotedShare("construction", 0.08))

    found = shared_plan(ground("brazil-2021"), voted)

    assert found.shares.sum(axis=0) == pytest.approx(1, abs=1e-9)


def test_a_good_that_nobody_mainly_makes_is_no_branch() -> None:
    clause = Clause("share", ("meat",), "labour", least=0.1)

    with pytest.raises(DataError, match="no technique makes meat as its main product"):
        demands_of(ground("federation-12"), [Amendment("one", (clause,))])


def test_goods_that_count_for_nothing_are_told() -> None:
    found = ground("ussr-1928", "basic-variant")
    clause = Clause("share", ("steel",), "output", least=0.0)

    sheet, _ = sheet_of(found, Amendments("one", (Amendment("steel", (clause,)),)))

    assert any("Tractors" in title for title in uncounted(found, clause))
    assert "counting nothing for" in sheet.costings[0].clauses[0]
    assert not uncounted(ground("federation-12"), Clause("share", ("care",), "output", least=0.0))
    assert not uncounted(found, Clause("share", ("steel",), "labour", least=0.0))
