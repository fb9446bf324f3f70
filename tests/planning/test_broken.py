"""Broken limits: by what share of the limit that is printed beside them."""

from dataclasses import replace

import numpy as np
import pytest
from tests.planning.amended import ground

from sovplan.foundation.numbers import figure, percent
from sovplan.planning.amending.ground import Ground
from sovplan.planning.broken import broken_limits, broken_words
from sovplan.records.draft import Change

ECONOMIES = (("two-goods", None), ("federation-12", None), ("ussr-1928", "basic-variant"))


def broken_by(found: Ground, times: float) -> tuple[Change, ...]:
    """Return the limits that the plan breaks with all its columns so many times what they are."""
    return broken_limits(found.problem, times * found.columns)


def test_a_shortfall_is_told_as_one_relative_to_the_limit_beside_it() -> None:
    found = ground("two-goods")
    change = broken_by(found, 0.5)[0]
    limit = replace(change.limit, amount=24.0)

    (told,) = broken_words(found.draft, (Change(limit, 22.0, 2.0 / 24.0),))
    (more,) = broken_words(found.draft, (Change(limit, 30.0, 6.0 / 24.0),))

    assert told.replace("\N{NO-BREAK SPACE}", " ").endswith("(short by 8.33 %)")
    assert more.replace("\N{NO-BREAK SPACE}", " ").endswith("(beyond by 25 %)")


@pytest.mark.parametrize("times", [0.3, 0.98, 1.2, 3.0])
@pytest.mark.parametrize(("name", "aims"), ECONOMIES)
def test_every_share_is_of_the_two_numbers_printed(
    name: str, aims: str | None, times: float
) -> None:
    found = ground(name, aims)
    changes = broken_by(found, times)

    assert changes
    for change in changes:
        if change.limit.amount:
            apart = abs(change.to - change.limit.amount) / abs(change.limit.amount)
            assert change.relative == pytest.approx(apart, rel=1e-9)
        assert np.isfinite(change.relative)
    told = list(broken_words(found.draft, changes))[:8]
    for change, words in zip(changes, told, strict=False):
        side = "beyond by" if change.to > change.limit.amount else "short by"
        assert f"({side} {percent(change.relative)}" in words
        assert figure(change.to) in words
        assert words.endswith("of what a year takes)") == (change.limit.amount == 0)
