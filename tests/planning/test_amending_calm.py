"""The calmest of equal plans is a choice among them: where it is not found, the nearest stands."""

import pytest
from tests.planning.amended import ground, raised

from sovplan.foundation.errors import SolverFailed
from sovplan.planning.amending import calm
from sovplan.planning.amending.answers import least_change
from sovplan.planning.amending.demands import demands_of


def test_where_the_solver_gives_up_on_the_calmest_the_nearest_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = ground("federation-12")
    demands = demands_of(found, [raised("shoes", 5)])
    before = least_change(found, demands, 1.0)

    def gives_up(*_: object, **__: object) -> None:
        raise SolverFailed("too hard")  # noqa: TRY003 - what a solver says

    monkeypatch.setattr(calm, "solve", gives_up)
    after = least_change(found, demands, 1.0)

    assert before is not None
    assert after is not None
    assert after.proof.value == pytest.approx(before.proof.value, rel=1e-7)
    assert after.primal <= 1e-7
