"""What is told to bind: first what holds the objective, tried by solving again, then work."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.planning.rescale import in_other_units
from tests.planning.small import Rows, drafted, folder, station, traders, workshop

from sovplan.foundation import solver
from sovplan.foundation.programme import Programme, Solution
from sovplan.history.economies import folder_path, read_aims, read_economy, read_economy_folder
from sovplan.planning.explain import binding_sentences, held_words
from sovplan.planning.foremost import holding, saving, things_of, unit_price_words
from sovplan.planning.optimum import optimum
from sovplan.records.aims import Aims
from sovplan.records.assembly import economy_of
from sovplan.records.draft import Draft
from sovplan.records.folder import Folder
from sovplan.records.returns import Returns


def variant(found: Folder, *, thorough: bool = True) -> Draft:
    """Return the draft of the basic variant from a folder of ussr-1928."""
    economy = economy_of(found)
    aims = read_aims("basic-variant", economy, folder_path("ussr-1928"))
    return optimum(Returns(economy), aims, thorough=thorough)


@pytest.fixture(scope="module")
def basic() -> Draft:
    return variant(read_economy_folder("ussr-1928"))


def more(found: Folder, name: str, years: set[int], share: float = 0.01) -> Folder:
    """Return an economy with a share more of a series of supply.csv in some years."""
    table = found.table("supply.csv")
    amounts, low = table.numbers("amount").copy(), table.numbers("low").copy()
    for row, (of, year) in enumerate(zip(table.text("name"), table.numbers("year"), strict=True)):
        if of == name and int(year) in years:
            amounts[row] *= 1 + share
    table = table.with_column("amount", amounts).with_column("low", np.full_like(low, np.nan))
    return found.with_table(table.with_column("high", np.full_like(low, np.nan)))


def test_the_growth_of_cement_alone_holds_the_basic_variant(basic: Draft) -> None:
    (first,) = holding(basic)

    assert (first.thing.kind, first.thing.name) == ("growth", "cement")
    assert first.thing.years == (1929, 1930, 1931, 1932, 1933)
    assert "Only one thing holds it there: the growth limit of Cement" in basic.explain()[0]


def test_more_cement_raises_the_basic_variant_and_more_land_does_not(basic: Draft) -> None:
    found = read_economy_folder("ussr-1928")
    limits = found.settings["growth_limits"]
    faster = {**limits, "most": {**limits["most"], "cement": 0.30}}
    cement = variant(replace(found, settings={**found.settings, "growth_limits": faster}),
                     thorough=False)  # fmt: skip
    land = variant(more(found, "arable", set(basic.years), share=1.0), thorough=False)

    assert cement.objective > basic.objective + 0.01
    assert land.objective == pytest.approx(basic.objective, rel=1e-9)


def test_the_hours_that_land_saves_are_those_of_the_printed_plan(basic: Draft) -> None:
    first = saving(basic)[0]
    assert (first.thing.kind, first.thing.name, first.tried) == ("resource", "arable", True)

    land = variant(more(read_economy_folder("ussr-1928"), "arable", set(first.thing.years)),
                   thorough=False)  # fmt: skip

    assert basic.facts is not None
    assert land.facts is not None
    assert land.objective == pytest.approx(basic.objective, rel=1e-8)
    saved = basic.facts["hours"] - land.facts["hours"]
    assert first.amount == pytest.approx(saved, rel=1e-4)
    # The dual near the optimum promises much more: it is no saving of one per cent.
    assert first.thing.rate > 1.2 * saved


def test_the_gain_of_one_per_cent_is_that_of_solving_again() -> None:
    found = folder(workshop())
    draft = drafted(found)

    (work,) = holding(draft)
    again = drafted(folder(workshop(supply=[
        {"year": 1, "kind": "labour", "name": "work", "amount": 101}
    ])))  # fmt: skip
    assert (work.thing.kind, work.thing.name, work.thing.years) == ("labour", "work", (1,))
    assert work.amount == pytest.approx(again.objective - draft.objective, rel=1e-9)
    assert work.amount == pytest.approx(0.5 / 80, rel=1e-9)
    assert saving(draft) == ()
    assert "“work”, 1: one per cent more would bring 0.625 percentage points" in " ".join(
        draft.explain()
    )


def test_years_that_hold_the_objective_together_are_relaxed_together() -> None:
    # Each year alone allows 50 of 80; one per cent more in one of them changes nothing.
    target: Rows = [{"year": 1, "good": "corn", "target": 80, "kind": "output"}]
    draft = drafted(folder(workshop(needs=target)), years=3)

    (work,) = holding(draft)
    assert work.thing.years == (1, 2, 3)
    assert work.amount == pytest.approx(0.5 / 80, rel=1e-9)


def test_things_that_hold_the_objective_together_are_not_said_to_hold_it_alone() -> None:
    oven: Rows = [{"technique": "farm", "capacity": 50, "wear": 0}]
    draft = drafted(folder(workshop(techniques=oven)))

    # 100 hours and a capacity of 50 both allow 50: more of one alone brings nothing.
    assert [told.amount for told in holding(draft)] == [0.0]
    assert held_words(draft).startswith("Several things hold it there together")
    assert not any("would bring" in sentence for sentence in draft.explain())


def test_a_plant_that_opens_empty_binds_in_every_year() -> None:
    draft = drafted(folder(station()), years=3, terminal=0.0)
    assert draft.shadow is not None
    assert draft.plan is not None

    told = {b.limit.year: b for b in draft.bindings if b.limit.name == "station"}
    priced = np.flatnonzero(draft.shadow.capacity[1] > 0)
    assert len(priced) >= 2
    for year in priced:
        binding = told[draft.years[year]]
        assert binding.price == pytest.approx(draft.shadow.capacity[1, year], rel=1e-9)
        assert binding.limit.amount == pytest.approx(draft.plan.capacity[1, year], abs=1e-9)
    (first,) = [one for one in holding(draft) if one.thing.name == "station"]
    assert first.amount > 0


def test_trade_without_credit_binds() -> None:
    draft = drafted(folder(traders()))
    assert draft.shadow is not None

    (trade,) = [b for b in draft.bindings if b.limit.kind == "trade"]
    assert trade.price == pytest.approx(draft.shadow.foreign[0], rel=1e-9)
    assert trade.limit.amount == pytest.approx(50)


@pytest.mark.parametrize("seed", [1, 2])
def test_what_binds_does_not_depend_on_units(seed: int) -> None:
    found = read_economy_folder("federation-12")
    goods = found.table("goods.csv").text("good")
    powers = np.random.default_rng(seed).uniform(-6, 6, len(goods))
    other = in_other_units(found, dict(zip(goods, 10.0**powers, strict=True)))

    drafts = [
        optimum(Returns(economy_of(one)), Aims(years=2), thorough=False) for one in (found, other)
    ]

    for worth in ("price", "hours"):
        plain, scaled = (
            {thing.key: thing.rate for thing in things_of(draft.bindings, worth)}
            for draft in drafts
        )
        assert plain.keys() == scaled.keys()
        assert scaled == pytest.approx(plain, rel=1e-6, abs=1e-9)


def test_where_nothing_can_be_had_the_draft_says_why() -> None:
    eats = [
        {"technique": "farm", "good": "corn", "role": "output", "amount": 1},
        {"technique": "farm", "good": "corn", "role": "input", "amount": 1.5},
    ]
    draft = drafted(folder(workshop(flows=eats)))

    assert draft.objective == 0
    said = " ".join(draft.explain())
    assert "No limit has a price" in said
    assert "use up more than they make (spectral radius 1.5)" in said


def test_sated_needs_hold_a_weighted_objective() -> None:
    needs: Rows = [{"year": 1, "good": "corn", "target": 20}]
    draft = drafted(folder(workshop(needs=needs)), objective="weighted", weights={"corn": 2.0})

    (first,) = holding(draft)
    assert first.thing.kind == "satiation"
    assert first.amount == pytest.approx(0.01 * 20 * 2)


def test_what_is_sated_saves_no_work_by_its_weight() -> None:
    needs: Rows = [{"year": 1, "good": "corn", "target": 20, "floor": 15}]
    draft = drafted(folder(workshop(needs=needs)), objective="weighted", weights={"corn": 2.0})

    # At 0.99 of the value 19.8 are made: neither floor nor satiation binds, and none has hours.
    assert [b.hours for b in draft.bindings] == [0.0]


def test_nothing_wasted_binds_where_what_is_left_over_would_help() -> None:
    flows: Rows = [
        {"technique": "farm", "good": "corn", "role": "output", "amount": 1},
        {"technique": "farm", "good": "straw", "role": "output", "amount": 1},
        {"technique": "press", "good": "bales", "role": "output", "amount": 1},
        {"technique": "press", "good": "straw", "role": "input", "amount": 1},
    ]
    tables = workshop(
        goods=[{"good": good, "spoilage": 1} for good in ("corn", "straw", "bales")],
        techniques=[{"technique": "farm"}, {"technique": "press", "capacity": 10, "wear": 0}],
        flows=flows,
        needs=[{"year": 1, "good": "corn", "target": 80}, {"year": 1, "good": "bales", "floor": 1}],
    )
    draft = drafted(folder(tables), no_waste=("straw",))

    # Straw of 10 can be pressed, so 10 corn are grown of the 50 for which there is work.
    assert draft.objective == pytest.approx(10 / 80)
    found = {(thing.kind, thing.name) for thing in things_of(draft.bindings, "price")}
    assert ("waste", "straw") in found
    (straw,) = [b for b in draft.bindings if b.limit.kind == "waste"]
    assert straw.limit.amount == pytest.approx(10)


def test_of_least_work_only_what_costs_work_is_told() -> None:
    draft = drafted(folder(workshop(needs=[
        {"year": 1, "good": "corn", "target": 40, "floor": 10}
    ])), objective="labour")  # fmt: skip

    assert holding(draft) == ()
    (target,) = saving(draft)
    assert (target.thing.kind, target.thing.name) == ("wanted", "corn")
    # One per cent of 40 t, at 2 hours.
    assert target.amount == pytest.approx(0.8)


def test_targets_of_output_cost_work_where_all_of_them_must_be_met() -> None:
    target: Rows = [{"year": 1, "good": "corn", "target": 40, "kind": "output"}]
    draft = drafted(folder(workshop(needs=target)), objective="labour")

    (told,) = saving(draft)
    assert told.thing.kind == "output_target"
    assert told.amount == pytest.approx(0.8)


def test_hours_are_told_as_hours_and_what_is_weighted_by_its_name() -> None:
    asked: Rows = [{"year": 1, "good": "corn", "target": 40}]
    draft = drafted(folder(workshop(needs=asked)), objective="labour", labour_weights={"work": 3.0})

    # 40 t at 2 hours are 80 hours, which the aims count three times.
    assert draft.objective == pytest.approx(240)
    assert draft.work == pytest.approx(240)
    first = draft.explain()[0]
    assert "take 80 hours; added up by the labour_weights of the aims that is 240." in first
    said = " ".join(draft.explain())
    assert "would save 2.4 hours (weighted) of work" in said
    assert "6 hours (weighted) (counted in t)" in said
    assert "240 hours" not in said
    assert draft.work_unit == "hours (weighted)"
    assert drafted(folder(workshop())).work_unit == "hours"


def test_hours_that_were_not_tried_are_called_a_rate_and_no_bound() -> None:
    asked: Rows = [{"year": 1, "good": "corn", "target": 80, "floor": 10}]
    both = workshop(needs=asked, techniques=[{"technique": "farm", "capacity": 20, "wear": 0}])
    tables = both | {
        "techniques": [*both["techniques"], {"technique": "garden"}],
        "flows": [*both["flows"], {**both["flows"][0], "technique": "garden"}],
        "labour": [*both["labour"], {"technique": "garden", "skill": "work", "hours": 5}],
    }
    draft = drafted(folder(tables), thorough=False)

    (told,) = saving(draft)
    assert (told.thing.kind, told.tried) == ("capacity", False)
    (sentence,) = [one for one in binding_sentences(draft) if "would save" in one]
    assert "by its rate near the optimum" in sentence
    assert "at most" not in sentence


def test_the_price_of_a_unit_names_the_unit() -> None:
    draft = drafted(folder(workshop(techniques=[{"technique": "farm", "capacity": 20, "wear": 0}])))

    (told,) = holding(draft)
    assert unit_price_words(draft, told) == "1.25"
    (work,) = holding(drafted(folder(workshop())))
    assert unit_price_words(drafted(folder(workshop())), work) == "0.625 (hours)"


def test_without_trials_rates_are_told_as_the_most_there_can_be() -> None:
    draft = drafted(folder(workshop()), thorough=False)

    (work,) = holding(draft)
    assert not work.tried
    assert work.amount == pytest.approx(0.5 / 80)
    assert any("percentage points at most" in sentence for sentence in binding_sentences(draft))


def test_a_draft_says_which_further_solution_was_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def solve(programme: Programme, **how: Any) -> Solution:  # noqa: ANN401 - as the solver has it
        found = solver.solve(programme, **how)
        return found if programme.maximise else replace(found, answer="infeasible")

    whole = drafted(folder(workshop()))
    monkeypatch.setattr("sovplan.planning.optimum.solve", solve)
    draft = drafted(folder(workshop()), thorough=False)

    assert draft.facts is not None
    assert draft.facts["unsolved"] == ("tie_break", "hours")
    said = " ".join(draft.explain())
    assert "the one with the least work was not found" in said
    assert "Prices in hours were not found" in said
    assert draft.hours is None
    assert whole.facts is not None
    assert "unsolved" not in whole.facts
    assert "was not found" not in " ".join(whole.explain())


def test_aims_without_a_tie_break_miss_none() -> None:
    draft = drafted(folder(workshop()), tie_break=False)

    assert draft.facts is not None
    assert "unsolved" not in draft.facts
    assert "freed" not in draft.facts


def test_a_thing_is_named_without_what_stands_in_brackets() -> None:
    draft = optimum(Returns(read_economy("two-goods")), Aims(years=2), thorough=False)

    # The title of the plant is: Farm (activity: sacks of grain a year).
    assert any("The capacity of “Farm”, 1 to 2" in words for words in draft.explain())
