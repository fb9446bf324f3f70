"""Honest papers are accused at the stated rate, and stated lies are found. Seeds are fixed."""

import numpy as np
import pytest
from tests.inspection.network import network, reports

from sovplan.inspection.inspect import inspect
from sovplan.records.documents import Findings

PLANTS = 30


def honest(seed: int, months: int, level: float) -> Findings:
    rng = np.random.default_rng(seed)
    truth = network(rng, PLANTS, months)
    return inspect(reports(truth, rng), economy=truth.economy, level=level)


def caught(lie: str, size: float, *, networks: int = 8, months: int = 1) -> tuple[float, float]:
    """Return recall and precision at the default level, 5 % of 100 plants telling one lie."""
    found = right = told = 0
    for seed in range(networks):
        rng = np.random.default_rng(1000 + seed)
        truth = network(rng, 100, months)
        liars = rng.choice(100, 5, replace=False).tolist()
        papers = reports(truth, rng, lie=lie, size=size, liars=liars)
        named = {flag.workplace for flag in inspect(papers, economy=truth.economy).flags}
        right += len(named & {truth.names[liar] for liar in liars})
        found += len(named)
        told += len(liars)
    return right / told, right / max(found, 1)


@pytest.fixture(scope="module")
def periods() -> list[Findings]:
    """Return the findings of 210 honest periods: 90 of one month, 20 runs of 6."""
    single = [honest(seed, 1, 0.02) for seed in range(90)]
    return [*single, *(honest(5000 + seed, 6, 0.02) for seed in range(20))]


def test_honest_papers_are_accused_as_often_as_is_said(periods: list[Findings]) -> None:
    flags = sum(len(found.flags) for found in periods)
    expected = sum(found.expected_false_flags for found in periods)

    assert expected == pytest.approx(0.02 * PLANTS * (90 + 20 * 7))
    assert 0.5 <= flags / expected <= 1.5


def test_the_books_as_a_whole_are_doubted_as_often_as_is_said(periods: list[Findings]) -> None:
    doubted = sum(found.of_all.p < 0.1 for found in periods)

    assert 0.5 <= doubted / (0.1 * len(periods)) <= 1.5


def test_no_kind_of_finding_takes_the_whole_of_the_false_ones(periods: list[Findings]) -> None:
    kinds = [flag.kind for found in periods for flag in found.flags]

    assert len(set(kinds)) >= 8
    assert max(kinds.count(kind) for kind in set(kinds)) < 0.5 * len(kinds)


def test_an_interval_holds_the_size_of_the_lie_in_most_cases() -> None:
    held = total = 0
    for seed in range(8):
        rng = np.random.default_rng(seed)
        truth = network(rng, 40)
        papers = reports(truth, rng, lie="deliv", size=0.15, liars=(0, 1))
        for flag in inspect(papers, economy=truth.economy).flags:
            if flag.workplace in {"plant_0", "plant_1"} and flag.kind == "deliveries_padded":
                size = 0.15 * truth.made[0, int(flag.workplace.removeprefix("plant_"))]
                held += flag.low <= size <= flag.high
                total += 1
    assert total >= 14
    assert held / total >= 0.8


def test_deliveries_that_were_never_sent_are_found() -> None:
    recall, precision = caught("deliv", 0.05)

    assert recall >= 0.95
    assert precision >= 0.9


def test_output_booked_as_own_stock_is_found_by_norms() -> None:
    recall, precision = caught("stock", 0.1, networks=20)

    assert recall >= 0.6
    assert precision >= 0.9


def test_output_booked_nowhere_is_found() -> None:
    recall, _ = caught("bare", 0.1)

    assert recall >= 0.55


def test_many_months_find_a_lie_that_one_does_not() -> None:
    assert caught("bare", 0.05, networks=3)[0] < 0.3
    assert caught("bare", 0.05, networks=3, months=6)[0] > 0.8


def test_without_norms_own_stock_is_never_found_and_said_to_be_blind() -> None:
    rng = np.random.default_rng(1)
    truth = network(rng, 40)
    found = inspect(reports(truth, rng, lie="stock", size=0.2, liars=range(40)))

    assert len(found.flags) <= 1
    assert sum("stock_padded" in spot.kinds for spot in found.blind_spots) == 40


def test_a_count_finds_the_stock_of_many_months() -> None:
    rng = np.random.default_rng(2)
    truth = network(rng, 30, 6)
    papers = reports(truth, rng, lie="stock", size=0.02, liars=(4, 9), counted=(4,))
    found = inspect(papers, economy=truth.economy).flags

    assert {flag.workplace for flag in found} >= {"plant_4"}
    assert "plant_9" not in {flag.workplace for flag in found}
