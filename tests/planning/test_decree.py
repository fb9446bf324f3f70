"""The plan by command, its ranks and its targets."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from sovplan.foundation.programme import extended
from sovplan.foundation.solver import solve
from sovplan.history.economies import read_economy
from sovplan.planning.command import Drive
from sovplan.planning.decree import command_plan
from sovplan.planning.limits import problem_of
from sovplan.records.aims import Aims
from sovplan.records.calendar import calendar_of
from sovplan.records.draft import Draft
from sovplan.records.purposes import means_of_production
from sovplan.records.returns import Returns


def commanded(name: str, heavy: float, light: float = 0.05) -> Draft:
    drive = Drive(heavy=heavy, light=light, ratchet=0.5, check=1.0)
    return command_plan(Returns(read_economy(name)), drive=drive)


def targets(draft: Draft, heavy: float, light: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the targets of all techniques and which of them make means of production."""
    economy, limits = draft.economy, draft.economy.extensions.growth
    assert limits is not None
    rank = means_of_production(economy, limits.opening)
    growth = 1.0 + np.where(rank, heavy, light)
    years = np.arange(1, len(draft.calendar.years) + 1)
    return limits.opening[:, None] * growth[:, None] ** years, rank


def test_each_rank_gets_its_share_of_targets_that_grow() -> None:
    draft = commanded("ussr-1928", 0.15)
    asked, rank = targets(draft, 0.15, 0.05)
    assert draft.plan is not None
    assert draft.facts is not None

    done = draft.plan.activity

    first, second = draft.facts["shares"]
    assert 0 < first < 1
    assert (done[rank] >= first * asked[rank] * (1 - 1e-6) - 1e-9).all()
    assert (done[~rank] >= second * asked[~rank] * (1 - 1e-6) - 1e-9).all()


def test_no_plan_gives_means_of_production_a_greater_share() -> None:
    draft = commanded("ussr-1928", 0.15)
    asked, rank = targets(draft, 0.15, 0.05)
    assert draft.facts is not None
    aims = Aims()
    problem = problem_of(draft.economy, aims, calendar_of(draft.economy, aims))
    places, wanted = problem.columns["activity"].places[rank].ravel(), asked[rank].ravel()
    own = (np.ones(len(places)), (np.arange(len(places)), places))
    rows = csr_array(own, shape=(len(places), len(problem.programme.cost)))

    for share, answer in ((0.999, "optimal"), (1.001, "infeasible")):
        least = share * draft.facts["shares"][0] * wanted
        more = extended(problem.programme, rows, least, np.full(len(places), np.inf))
        assert solve(more).answer == answer


@pytest.mark.parametrize("name", ["federation-12", "ussr-1928"])
def test_who_asks_for_more_of_one_rank_gets_a_smaller_share_of_it(name: str) -> None:
    shares = [commanded(name, heavy).facts["shares"] for heavy in (0.0, 0.15, 0.3)]  # type: ignore[index]

    first = [share[0] for share in shares]
    assert first == sorted(first, reverse=True)
    assert first[-1] < first[0]
