"""Wishes for no more than an amount: they bound from above, and several of them combine."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.planning.amended import fits, ground, lowered, raised

from sovplan.foundation.errors import DataError
from sovplan.history.economies import read_economy
from sovplan.planning.amending.demands import demands_of
from sovplan.planning.amending.ground import Ground, ground_of
from sovplan.planning.amending.joint import joint
from sovplan.planning.amending.price import exact_price
from sovplan.planning.amending.sheet import sheet_of
from sovplan.records.aims import Aims
from sovplan.records.amendments import Amendment, Amendments, Clause
from sovplan.records.returns import Returns


def at_most(good: str, amount: float, of: str = "consumption") -> Amendment:
    return Amendment(f"{good} {amount:g}", (Clause("good", (good,), of, most=amount),))


@pytest.mark.parametrize(("name", "aims", "good"), [
    ("two-goods", None, "grain"), ("federation-12", "shorter-day", "bread"),
])  # fmt: skip
def test_two_wishes_for_less_are_compatible(name: str, aims: str | None, good: str) -> None:
    found = ground(name, aims)
    least = float(found.plan.consumption[found.problem.economy.goods.names.index(good)].min())
    wishes = (at_most(good, 0.95 * least), at_most(good, 0.9 * least))

    both = joint(found, wishes)

    assert not both.clashes
    assert both.variants == ((0, 1),)
    sheet, _ = sheet_of(found, Amendments("less", wishes))
    assert [costing.theta for costing in sheet.costings] == [1.0, 1.0]
    assert not sheet.clashes


def test_the_least_of_lowered_and_bounded_is_what_stays_due() -> None:
    found = ground("two-goods")
    wishes = (lowered("grain", 5), at_most("grain", 70.0))

    both = joint(found, wishes)

    assert not both.clashes
    demands = demands_of(found, wishes)
    exact = exact_price(found, demands, 1.0)
    places = found.problem.columns["consumption"].places
    grain = found.problem.economy.goods.names.index("grain")
    assert exact.solution.columns[places[grain]] == pytest.approx(70.0, rel=1e-6)


@pytest.mark.parametrize(("name", "aims", "good"), [
    ("two-goods", None, "grain"), ("two-goods", "least-labour", "grain"),
    ("federation-12", None, "bread"), ("federation-12", "shorter-day", "bread"),
])  # fmt: skip
def test_no_more_than_there_is_costs_nothing(name: str, aims: str | None, good: str) -> None:
    found = ground(name, aims)
    most = float(found.plan.consumption[found.problem.economy.goods.names.index(good)].max())
    wish = at_most(good, 1.02 * most)

    sheet, _ = sheet_of(found, Amendments("more", (wish, raised(good, 1))))

    assert sheet.costings[0].met_by_draft
    demands = demands_of(found, [wish])
    assert not demands.struck
    assert exact_price(found, demands, 1.0).cost == pytest.approx(0, abs=1e-9)


def test_at_most_is_not_exactly() -> None:
    """Where just so much cannot be made beside another wish, less will do."""
    found = ground("two-goods")
    grain = found.problem.economy.goods.names.index("grain")
    year = float(found.plan.consumption[grain].min())
    tools = raised("tools", 90)
    wishes = [tools, at_most("grain", 0.99 * year)]

    assert fits(found, demands_of(found, wishes), 1.0)
    exact = exact_price(found, demands_of(found, wishes), 1.0)
    made = exact.solution.columns[found.problem.columns["consumption"].places[grain]]
    assert (made < 0.9 * year).all()


def test_a_bounded_good_is_still_made_in_its_share() -> None:
    """No more than 70 sacks a year does not mean that people get none."""
    found = ground("two-goods")
    sheet, _ = sheet_of(found, Amendments("less", (at_most("grain", 70.0),)))
    (costing,) = sheet.costings
    best = next(one for one in costing.answers if one.kind == "best_overall")
    (cut,) = best.struck

    assert cut.left == pytest.approx(70.0 * len(found.problem.calendar.years))
    assert cut.after == pytest.approx(best.objective * cut.left, rel=1e-6)
    assert costing.price is not None
    assert costing.price.aim < 0
    # Held against the draft, whose target is whole: less grain takes less work.
    assert costing.price.hours < -100
    assert any("Cut to what is asked for at most" in said for said in sheet.sentences)
    assert not any("of every target that stays" in said for said in sheet.sentences)


# ---- a larger set is never easier ----------------------------------------------------------------

WASTED = {"two-goods": ("grain",), "federation-12": ("bread", "shoes")}
CASES = (("two-goods", "ray"), ("federation-12", "ray"), ("federation-12", "labour"))
GROUNDS: dict[tuple[str, str], Ground] = {}


def thrifty(name: str, objective: str) -> Ground:
    """Return a draft in which some goods may not be wasted, made ready once."""
    if (name, objective) not in GROUNDS:
        aims = Aims(objective=objective, no_waste=WASTED[name])  # type: ignore[arg-type]
        GROUNDS[name, objective] = ground_of(Returns(read_economy(name)), aims)
    return GROUNDS[name, objective]


def sets_of(found: Ground, wishes: tuple[Amendment, ...]) -> dict[frozenset[int], bool]:
    return {
        frozenset(members): fits(
            found, demands_of(found, [wishes[n] for n in members], wishes), 1.0
        )
        for count in range(1, len(wishes) + 1)
        for members in combinations(range(len(wishes)), count)
    }


def check_monotone(found: Ground, wishes: tuple[Amendment, ...]) -> None:
    known = sets_of(found, wishes)
    for less, fit in known.items():
        if not fit:
            assert not any(known[more] for more in known if less < more), sorted(less)
    minimal = {
        one for one, fit in known.items()
        if not fit and all(known[one - {n}] for n in one if len(one) > 1)
    }  # fmt: skip
    assert {frozenset(clash.members) for clash in joint(found, wishes).clashes} == minimal


def test_what_one_amendment_opens_is_open_in_every_set() -> None:
    """More bread may not be wasted: it can be had where another wish lets people eat it."""
    found = thrifty("federation-12", "labour")
    bread = float(found.plan.consumption[found.problem.economy.goods.names.index("bread")].max())
    wishes = (
        raised("bread", 5, "output"),
        raised("bread", 8),
        lowered("care", 20),
        at_most("bread", 1.001 * bread),
    )

    check_monotone(found, wishes)

    # By themselves more bread baked goes nowhere; beside the wish to eat more it does.
    alone, together = (demands_of(found, wishes[:count]) for count in (1, 3))
    assert not fits(found, alone, 1.0)
    assert fits(found, together, 1.0)
    clashes = {clash.members for clash in joint(found, wishes).clashes}
    assert clashes == {(0, 3), (1, 3)}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.differing_executors])
@given(case=st.sampled_from(CASES), data=st.data())
def test_a_larger_set_is_never_easier(case: tuple[str, str], data: st.DataObject) -> None:
    found = thrifty(*case)
    economy, plan = found.problem.economy, found.plan
    goods = ("bread", "shoes", "care") if case[0] == "federation-12" else economy.goods.names
    wishes = []
    for number in range(3):
        good = data.draw(st.sampled_from(goods))
        of = data.draw(st.sampled_from(("consumption", "output")))
        there = float(np.asarray(getattr(plan, of))[economy.goods.names.index(good)].mean())
        clause = data.draw(st.sampled_from((
            Clause("raise", (good,), of, by=5.0), Clause("lower", (good,), of, by=10.0),
            Clause("good", (good,), of, most=0.9 * there),
            Clause("good", (good,), of, most=0.8 * there),
            Clause("good", (good,), of, least=1.2 * there),
        )))  # fmt: skip
        wishes.append(Amendment(f"wish {number}", (clause,)))

    check_monotone(found, tuple(wishes))


def test_a_good_cannot_pay_and_be_protected() -> None:
    torn = raised("tools", 1, paid_by=("grain",), protect=("grain",))

    with pytest.raises(DataError, match="'more tools' names 'grain' in paid_by and in protect"):
        demands_of(ground("two-goods"), [torn])


def test_more_amendments_than_can_be_held_against_each_other_are_refused() -> None:
    many = tuple(Amendment(f"wish {n}", raised("grain", 1).clauses) for n in range(13))

    with pytest.raises(DataError, match="12 at most"):
        joint(ground("two-goods"), many)
    with pytest.raises(DataError, match="12 at most"):
        sheet_of(ground("two-goods"), Amendments("many", many))


def test_the_price_of_a_unit_is_of_the_units_asked_for() -> None:
    """Ten sacks fewer move the target too, yet the price is of the ten sacks."""
    found = ground("two-goods")
    now = float(found.plan.consumption[found.problem.economy.goods.names.index("grain")][0])
    asked = Amendment("less", (Clause("good", ("grain",), "consumption", most=now - 10.0),))
    demands = demands_of(found, [asked])

    margin = exact_price(found, demands, 1.0).marginal

    assert demands.easing is not None
    assert demands.easing.any()
    years = len(found.problem.calendar.years)
    assert margin.unit["less", 1] * 10.0 * years == pytest.approx(margin.rate, rel=1e-6)
