"""Which amendments fit together, and voted shares of labour."""

from itertools import combinations

import numpy as np
import pytest
from scipy.sparse import csr_array
from tests.planning.amended import fits, ground, lowered, raised

from sovplan.foundation.errors import DataError
from sovplan.foundation.programme import extended
from sovplan.foundation.shapes import Vector
from sovplan.foundation.solver import solve
from sovplan.planning.amending.demands import demands_of
from sovplan.planning.amending.joint import MOST_VARIANTS, joint
from sovplan.planning.amending.shares import shared_plan
from sovplan.planning.amending.sheet import sheet_of
from sovplan.records.amendments import Amendment, Amendments, Clause, VotedShare

TOWN = (
    raised("tools", 10, sponsors=1),
    raised("grain", 2, sponsors=5),
    lowered("grain", 5),
    raised("tools", 30, sponsors=2),
)
FEDERATION = (
    raised("care", 1.2, sponsors=4),
    Amendment("shorter day", (Clause("hours", ("care",), by=1.0),), sponsors=9),
    raised("shoes", 40, sponsors=2),
    Amendment("care for all", (Clause("per_head", ("care",), "consumption", least=51.0),)),
)
CASES = {"two-goods": TOWN, "federation-12": FEDERATION}


def tried(name: str) -> dict[frozenset[int], bool]:
    """Return for every set of amendments whether it can be met, each by a solve of its own."""
    found, amendments = ground(name), CASES[name]
    return {
        frozenset(members): fits(
            found, demands_of(found, [amendments[n] for n in members], amendments), 1.0
        )
        for count in range(1, len(amendments) + 1)
        for members in combinations(range(len(amendments)), count)
    }


@pytest.mark.parametrize("name", CASES)
def test_minimal_and_largest_sets_are_those_that_trying_all_finds(name: str) -> None:
    known = tried(name)

    found = joint(ground(name), CASES[name])

    minimal = {
        members
        for members, fit in known.items()
        if not fit and all(known[members - {one}] for one in members if len(members) > 1)
    }
    largest = {
        members
        for members, fit in known.items()
        if fit and not any(fit_more and members < more for more, fit_more in known.items())
    }
    assert {frozenset(clash.members) for clash in found.clashes} == minimal
    assert {frozenset(members) for members in found.variants} == largest
    assert len(minimal) > 0
    assert found.complete
    assert found.sets == len(largest) <= MOST_VARIANTS


@pytest.mark.parametrize("name", CASES)
def test_every_clash_is_refuted_without_a_solver(name: str) -> None:
    found = joint(ground(name), CASES[name])

    for clash in found.clashes:
        assert clash.refutation is not None
        assert clash.refutation.short > 1e-9
        assert clash.elastic.part < 1


def test_variants_with_most_sponsors_come_first() -> None:
    found = joint(ground("two-goods"), TOWN)

    sponsors = [sum(TOWN[n].sponsors for n in members) for members in found.variants]
    assert sponsors == sorted(sponsors, reverse=True)


def test_a_sheet_holds_costings_clashes_and_variants() -> None:
    found = ground("two-goods")

    sheet, backed = sheet_of(found, Amendments("town", TOWN[:3]))

    assert [costing.amendment for costing in sheet.costings] == [one.name for one in TOWN[:3]]
    assert {clash.amendments for clash in sheet.clashes} == {
        ("more tools", "more grain"),
        ("more grain", "less grain"),
    }
    for variant in sheet.variants:
        assert variant.answer.done
        assert variant.answer.proof is not None
        assert variant.answer.proof.primal <= 1e-7
    assert {"more tools.least_change", "more tools.best_overall"} <= {one.name for one in backed}
    assert any("cannot be met" in sentence for sentence in sheet.sentences)


def test_an_amendment_that_the_draft_meets_costs_nothing() -> None:
    met = Amendment("bread", (Clause("good", ("bread",), "consumption", least=1.0),))

    sheet, _ = sheet_of(ground("federation-12"), Amendments("met", (met,)))

    assert sheet.costings[0].met_by_draft
    assert sheet.costings[0].theta == 1
    assert sheet.costings[0].price is None


def test_a_struck_target_is_told_and_is_in_no_share() -> None:
    found = ground("two-goods")
    sheet, _ = sheet_of(found, Amendments("less", (lowered("grain", 5), raised("tools", 10))))
    less, more = sheet.costings

    for answer in less.answers:
        (struck,) = answer.struck
        assert (struck.name, struck.of, struck.target) == ("grain", "consumption", 500)
        assert struck.before == pytest.approx(400)
        assert struck.after == pytest.approx(380)
    assert not any(answer.struck for answer in more.answers)
    # The share told leaves grain out: with it, no plan here reaches more than 76 %.
    assert less.answers[1].objective == pytest.approx(0.986067, abs=1e-5)
    said = [words for words in sheet.sentences if "of every target that stays" in words]
    assert len(said) == 1
    told = " ".join(sheet.sentences).replace("\N{NO-BREAK SPACE}", " ")
    assert "the draft gives 80 % and every answer here 76 %" in told
    assert not less.met_by_draft


def test_what_least_change_makes_and_nobody_uses_is_told() -> None:
    found = ground("two-goods")
    sheet, _ = sheet_of(found, Amendments("less", (lowered("grain", 5),)))
    least, best = sheet.costings[0].answers
    (grain,) = least.beyond_use

    assert grain.name == "grain"
    assert grain.before == pytest.approx(0, abs=1e-6)
    # As much is made as before: what people no longer get is what nobody uses.
    lost = next(line for line in least.goods if line.name == "grain")
    assert least.activities_changed == 0
    assert grain.after == pytest.approx(-lost.change)
    assert not best.beyond_use
    assert any("Made beyond use in the answer “least change”" in said for said in sheet.sentences)


@pytest.mark.parametrize(("by", "enough"), [(1.0, True), (50.0, False)])
def test_prices_alone_are_called_right_exactly_where_they_are(by: float, enough: bool) -> None:
    sheet, _ = sheet_of(ground("federation-12"), Amendments("more", (raised("shoes", by),)))
    price = sheet.costings[0].price
    assert price is not None

    told = [words for words in sheet.sentences if words.startswith("Prices alone say")]

    assert ("here they are right" in told[0]) == enough
    assert (price.at_least == pytest.approx(price.aim, rel=1e-6)) == enough


# ---- voted shares --------------------------------------------------------------------------------


def hours(name: str, columns: Vector) -> Vector:
    found = ground(name)
    per_unit: np.ndarray = np.asarray(found.problem.economy.techniques.labour.sum(axis=0)).ravel()
    return np.asarray(per_unit[:, None] * columns[found.problem.columns["activity"].places])


def test_the_plan_nearest_to_shares_keeps_the_hours_and_comes_nearer() -> None:
    found = ground("federation-12")
    voted = (VotedShare("care", 0.43), VotedShare("shoes", 0.04))

    plan = shared_plan(found, voted)

    done = hours("federation-12", plan.columns)
    before = hours("federation-12", found.columns).sum(axis=0)
    assert done.sum(axis=0) == pytest.approx(before, rel=1e-8)
    wanted = np.array([0.43, 0.04, 0.53])[:, None]
    assert np.abs(plan.shares - wanted).sum() < np.abs(plan.before - wanted).sum()
    care = found.problem.economy.techniques.names.index("care_house")
    assert plan.shares[0] == pytest.approx(done[care] / before, rel=1e-9)


def test_shares_of_the_draft_itself_are_met() -> None:
    found = ground("federation-12")
    care = found.problem.economy.techniques.names.index("care_house")
    done = hours("federation-12", found.columns)
    # Shares are one number for all years: the economy of one year has one draft.
    share = float(done[care, 0] / done[:, 0].sum())
    plan = shared_plan(found, (VotedShare("care", share),))

    assert plan.shares[0, 0] == pytest.approx(share, abs=1e-6)


def test_no_plan_is_nearer() -> None:
    found = ground("federation-12")
    plan = shared_plan(found, (VotedShare("care", 0.40),))
    distance = plan.solution.objective

    row = csr_array(plan.programme.cost[None, :])
    nearer = extended(plan.programme, row, np.zeros(1), np.array([0.999 * distance]))

    assert distance > 1e-3
    assert solve(nearer).answer == "infeasible"


def test_branches_that_overlap_are_refused() -> None:
    voted = (VotedShare("care", 0.4), VotedShare("care_house", 0.1))

    with pytest.raises(DataError, match="care_house"):
        shared_plan(ground("federation-12"), voted)
