"""What workplaces hide, set out to make, and add on paper: directions that must hold."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sovplan.regimes.parameters import read_parameters
from sovplan.regimes.regime import read_regime
from sovplan.society.managers import chance_of_being_found, goal, haste, hidden_share, padding

PARAMETERS = read_parameters()
COMMAND = read_regime("command_1929").in_force(1930)
SHARES = st.floats(0.0, 1.0)
MADE, TARGET = np.array([80.0, 95.0, 100.0, 60.0]), np.full(4, 100.0)
SCRUPLE = np.array([0.1, 0.4, 0.5, 0.9])


def added(**values: float) -> float:
    institutions = replace(COMMAND, **values)  # type: ignore[arg-type]
    return float(padding(MADE, TARGET, SCRUPLE, institutions, PARAMETERS).sum())


@given(st.floats(0.0, 5.0), st.floats(0.0, 5.0))
def test_padding_grows_with_the_reward_for_fulfilment(one: float, two: float) -> None:
    less, more = sorted((one, two))

    assert added(bonus=less) <= added(bonus=more) + 1e-12


@given(SHARES, SHARES)
def test_padding_falls_with_the_chance_of_being_found(one: float, two: float) -> None:
    less, more = sorted((one, two))

    assert added(open_books=more) <= added(open_books=less) + 1e-12
    assert added(consumer_control=more) <= added(consumer_control=less) + 1e-12


def test_nobody_adds_who_met_the_target_or_has_nothing_to_gain() -> None:
    assert padding(TARGET, TARGET, SCRUPLE, COMMAND, PARAMETERS).tolist() == [0, 0, 0, 0]
    assert added(bonus=0.0, penalty_shortfall=0.0) == 0
    assert added() > 0


@given(SHARES, SHARES, SHARES)
def test_more_is_hidden_the_more_is_asked_of_those_who_did_well(
    one: float, two: float, trust: float
) -> None:
    less, more = sorted((one, two))
    hidden = [
        hidden_share(replace(COMMAND, ratchet=each, trust=trust), PARAMETERS)
        for each in (less, more)
    ]

    assert 0 <= hidden[0] <= hidden[1] + 1e-12 <= PARAMETERS.slack_max + 1e-9


def test_without_a_ratchet_nothing_is_hidden() -> None:
    assert hidden_share(replace(COMMAND, ratchet=0.0), PARAMETERS) == 0


@given(SHARES, st.floats(0.0, 3.0))
def test_a_target_within_reach_is_met_and_less_is_done_beyond_it_with_a_ratchet(
    ratchet: float, bonus: float
) -> None:
    able, target = np.array([50.0, 100.0, 150.0]), np.array([100.0, 100.0, 100.0])
    free = replace(COMMAND, ratchet=0.0, bonus=bonus)
    held = replace(free, ratchet=ratchet)

    done, freely = goal(able, target, held, PARAMETERS), goal(able, target, free, PARAMETERS)

    assert done[0] == 50
    assert done[1] == 100
    assert 100 <= done[2] <= freely[2] + 1e-12 <= 150 + 1e-9


def test_haste_helps_a_little_and_then_harms() -> None:
    able = np.full(4, 100.0)

    effect = haste(able, np.array([90.0, 100.0, 130.0, 190.0]), PARAMETERS)

    assert effect[0] == effect[1] == 1
    assert effect[2] > 1
    assert effect[3] < effect[2]


@given(st.floats(0.0, 0.3), st.floats(0.0, 0.3))
def test_a_greater_lie_is_sooner_found(one: float, two: float) -> None:
    less, more = sorted((one, two))
    open_land = replace(COMMAND, open_books=0.8, audit=0.5, appointment=0.2)

    chances = [chance_of_being_found(open_land, PARAMETERS, size) for size in (less, more)]

    assert 0 <= chances[0] <= chances[1] <= 1
