"""Reports that crowd at their target."""

import numpy as np
import pytest
from scipy.stats import binomtest
from tests.inspection.test_rows import paper

from sovplan.foundation.errors import DataError
from sovplan.inspection.bunching import bunching, chance, flag_of, is_finding
from sovplan.inspection.inspect import inspect
from sovplan.records.documents import Report

PERIOD = "2027-10"


def branch(
    ratios: list[float], good: str = "steel"
) -> tuple[list[Report], dict[tuple[str, str, str], float]]:
    """Return reports of works with a target of 50 each, and the targets."""
    names = [f"{good}_works_{at}" for at in range(len(ratios))]
    papers = [
        paper(("made", good, 50 * ratio), by=name)
        for name, ratio in zip(names, ratios, strict=True)
    ]
    return papers, {(PERIOD, name, good): 50.0 for name in names}


CROWD = [1.0, 1.001, 1.003, 1.004, 1.006, 1.0, 1.01, 1.012, 1.0, 1.015, 1.002, 1.001, 0.99]


def test_the_test_is_the_exact_binomial_one() -> None:
    papers, targets = branch([*CROWD, 0.5, 1.02, 1.5, 0.9799])
    (found,) = bunching(papers, targets)

    assert (found.good, found.above, found.below) == ("steel", 12, 1)
    assert found.p == pytest.approx(binomtest(12, 13, 0.5, alternative="greater").pvalue)


def test_a_crowd_is_a_finding_on_the_branch_and_names_no_workplace() -> None:
    papers, targets = branch(CROWD)
    found = inspect(papers, targets=targets, level=0.01)

    (flag,) = found.flags
    assert (flag.workplace, flag.kind) == ("all who make steel", "bunching")
    assert flag.amount == 12 - 13 / 2
    assert 0 < flag.low < flag.amount < flag.high
    assert not any("works" in text for text in (*flag.rows, *flag.alternatives))


def test_a_few_above_their_target_are_none() -> None:
    papers, targets = branch([1.0, 1.001, 0.99, 0.985, 1.01])

    assert inspect(papers, targets=targets, level=0.01).flags == ()


def test_each_branch_stands_for_itself() -> None:
    steel, of_steel = branch(CROWD)
    coal, of_coal = branch([0.99, 1.01] * 6, "coal")
    found = inspect([*steel, *coal], targets=of_steel | of_coal, level=0.01)

    assert [flag.workplace for flag in found.flags] == ["all who make steel"]


def test_honest_branches_are_findings_as_often_as_is_said() -> None:
    rng = np.random.default_rng(5)
    seen = expected = 0.0
    for _ in range(300):
        papers, targets = branch(rng.uniform(0.97, 1.03, 60).tolist())
        (found,) = bunching(papers, targets)
        seen += is_finding(found, 0.1)
        expected += chance(found, 0.1)

    assert expected <= 30
    assert 0.5 <= seen / expected <= 1.5


def test_the_chance_of_a_branch_is_among_the_false_findings_to_expect() -> None:
    papers, targets = branch(CROWD)
    with_targets, without = (
        inspect(papers, targets=given, level=0.01) for given in (targets, None)
    )
    (found,) = bunching(papers, targets)

    more = with_targets.expected_false_flags - without.expected_false_flags
    assert more == pytest.approx(chance(found, 0.01))
    assert 0 < more <= 0.01


def test_a_target_that_is_met_exactly_lies_above_whatever_the_rounding() -> None:
    papers, targets = branch([1.0])
    (found,) = bunching(papers, dict.fromkeys(targets, 50.0))

    assert (found.above, found.below) == (1, 0)
    assert flag_of(found, PERIOD).low == 0


def test_a_target_of_nothing_is_refused() -> None:
    papers, targets = branch([1.0])

    with pytest.raises(DataError, match="the target of 2027-10, steel_works_0, steel is 0"):
        bunching(papers, dict.fromkeys(targets, 0.0))
