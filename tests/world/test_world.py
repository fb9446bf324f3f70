"""What is so: plans carried out, shortage, works, and the year after."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sovplan.history.economies import folder_path
from sovplan.planning.optimum import optimum
from sovplan.records.aims import Aims
from sovplan.records.assembly import economy_of
from sovplan.records.draft import Draft
from sovplan.records.economy import Economy
from sovplan.records.extensions import UnderConstruction
from sovplan.records.renewal import Closing, lengthened, renewed
from sovplan.records.returns import Returns
from sovplan.records.tables import read_folder
from sovplan.records.tasks import Tasks, tasks_of
from sovplan.world.capability import capability, hours_there
from sovplan.world.production import Conduct, Outcome, produce
from sovplan.world.state import Workshops, World, works_of
from sovplan.world.supply import CLASSES

NAMES = ("two-goods", "federation-12", "brazil-2021", "ussr-1928")
ORDER = ("floors", "public", "light", "heavy", "building", "people", "exports")


@cache
def economy(name: str) -> Economy:
    return lengthened(economy_of(read_folder(folder_path(name))), 1960, 0.01)


def world_of(found: Economy) -> World:
    count = len(found.techniques)
    alone = Workshops(found.techniques.names, np.arange(count), np.ones(count), np.ones(count))
    return World(found, alone, works_of(found))


@cache
def drawn_up(found: Economy) -> Draft:
    return optimum(Returns(found), Aims(years=4, floor_multiples=(0.9,)))


def as_planned(world: World, tasks: Tasks, scale: np.ndarray | float = 1.0) -> Conduct:
    economy = world.economy
    count, skills = len(economy.techniques), len(economy.techniques.skills)
    prices = np.ones(len(economy.goods))
    yields = np.ones(count) * scale
    return Conduct(tasks.activity, yields, 1.0, np.ones(skills), ORDER, 0.5, prices)


def after(world: World, tasks: Tasks, outcome: Outcome) -> World:
    works, moved = outcome.works, world.economy.extensions.migration
    shift = lasting = None
    if moved is not None:
        shift = np.zeros(len(world.economy.techniques.skills))
        shift[moved.from_skill] -= moved.hours_lost * tasks.migrants
        shift[moved.to_skill] += moved.hours_won * tasks.migrants
        lasting = moved.needs * tasks.migrants
    begun = UnderConstruction(works.plants, works.ready, works.capacity, works.left)
    closing = Closing(
        outcome.stock, outcome.capacity, outcome.activity, begun if len(works) else None,
        shift, lasting, tasks.credit,
    )  # fmt: skip
    return World(renewed(world.economy, closing), world.workshops, works)


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_that_nothing_disturbs_is_carried_out_as_it_stands(name: str) -> None:
    world = world_of(economy(name))
    draft = drawn_up(world.economy)
    assert draft.plan is not None
    tasks = tasks_of(draft)

    outcome = produce(world, tasks, as_planned(world, tasks))

    size = draft.plan.capacity[:, 1].max()
    np.testing.assert_allclose(outcome.activity, tasks.activity, rtol=1e-9)
    np.testing.assert_allclose(outcome.capacity, draft.plan.capacity[:, 1], atol=1e-9 * size)
    np.testing.assert_array_equal(outcome.begun, 1.0)
    assert (outcome.people >= tasks.consumption * (1 - 1e-9)).all()
    assert outcome.balance_error() <= 1e-9
    assert outcome.debt == 0


@pytest.mark.parametrize("name", ["two-goods", "ussr-1928"])
def test_a_year_carried_out_as_planned_leaves_the_rest_of_the_plan_within_reach(name: str) -> None:
    world = world_of(economy(name))
    aims = Aims(years=4, terminal=None, floor_multiples=(0.9,))
    first = optimum(Returns(world.economy), aims)
    tasks = tasks_of(first)

    following = after(world, tasks, produce(world, tasks, as_planned(world, tasks)))
    rest = optimum(Returns(following.economy), aims.over(3))

    # What was planned for years 2 to 4 can still be done, so the best is no worse.
    assert rest.status == "optimal"
    assert rest.objective >= first.objective * (1 - 1e-6)
    assert following.year == world.year + 1


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.floats(0.0, 1.0))
def test_balances_close_and_nobody_gets_more_than_was_wanted(seed: int, priority: float) -> None:
    world = world_of(economy("federation-12"))
    tasks = tasks_of(drawn_up(world.economy))
    rng = np.random.default_rng(seed)
    yields = rng.uniform(0.5, 1.1, len(world.economy.techniques))
    order = tuple(rng.permutation(CLASSES).tolist())

    conduct = replace(as_planned(world, tasks, yields), order=order, priority=priority)
    outcome = produce(world, tasks, conduct)

    keeps = world.economy.goods.spoilage < 1
    assert outcome.balance_error() <= 1e-9
    assert (outcome.activity <= tasks.activity * (1 + 1e-9)).all()
    assert (outcome.people[keeps] <= tasks.consumption[keeps] * (1 + 1e-9) + 1e-12).all()
    assert (outcome.exports <= tasks.exports * (1 + 1e-9) + 1e-12).all()
    for amounts in (outcome.stock, outcome.unused, outcome.made, outcome.built, outcome.public):
        assert (amounts >= 0).all()
    load = np.asarray(world.economy.plants.load @ outcome.activity)
    assert (load <= world.economy.plants.capacity * (1 + 1e-9)).all()


def test_who_is_served_first_gets_more_when_there_is_less() -> None:
    world = world_of(economy("federation-12"))
    tasks = tasks_of(drawn_up(world.economy))
    short = as_planned(world, tasks, 0.8)

    def had(order: tuple[str, ...]) -> tuple[float, float]:
        outcome = produce(world, tasks, replace(short, order=order, priority=1.0))
        wanted = tasks.consumption > 0
        people = float(np.mean((outcome.people / np.maximum(tasks.consumption, 1e-9))[wanted]))
        return people, float(outcome.exports.sum() / tasks.exports.sum())

    last = ("exports", "heavy", "light", "building", "public", "people", "floors")
    first = ("floors", "people", "light", "heavy", "building", "public", "exports")
    assert had(first)[0] > had(last)[0]
    assert had(first)[1] < had(last)[1]


def test_works_that_lack_goods_stand_still_for_a_year() -> None:
    world = world_of(economy("ussr-1928"))
    draft = drawn_up(world.economy)
    tasks = tasks_of(draft)
    nothing = replace(as_planned(world, tasks, 0.6), order=(*ORDER[:4], *ORDER[5:], "building"))

    outcome = produce(world, tasks, replace(nothing, priority=1.0))

    assert outcome.begun.min() < 1
    late = outcome.works.ready > world.year + world.economy.plants.gestation[outcome.works.plants]
    assert late.any()
    assert outcome.balance_error() <= 1e-9


def test_capability_is_what_plants_and_hours_allow_and_a_hidden_reserve_shows() -> None:
    world = world_of(economy("two-goods"))
    tasks = tasks_of(drawn_up(world.economy))
    hours = hours_there(world.economy, 1.0, 0.0)

    half = replace(tasks, activity=tasks.activity / 2)
    whole = capability(world, tasks, hours, np.ones(1))
    double = capability(world, half, hours, np.ones(1))

    assert (whole >= tasks.activity * (1 - 1e-9)).all()
    np.testing.assert_allclose(double, np.minimum(whole, 3 * half.activity), rtol=1e-9)


def test_series_grow_only_beyond_the_year_in_which_they_end() -> None:
    before, longer = economy_of(read_folder(folder_path("ussr-1928"))), economy("ussr-1928")

    for year in (1928, 1931, 1933):
        np.testing.assert_array_equal(before.labour.over([year]), longer.labour.over([year]))
    ratio = longer.labour.over([1935]) / longer.labour.over([1934])
    np.testing.assert_allclose(ratio, 1.01)
