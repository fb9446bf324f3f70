"""What people think of drafts, and how they vote."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from sovplan.foundation.chance import normal, uniform
from sovplan.foundation.shapes import Grid
from sovplan.records.documents import Ballot, Ballots
from sovplan.records.draft import Draft
from sovplan.society.answers import Luck
from sovplan.society.strata import Strata

PATIENCE: Final = (0.6, 0.98)
"""Weight of a year over that of the year before: people differ evenly between these (assumed)."""
NOISE: Final = 0.03
"""Standard deviation of what else moves a person, in logarithms of consumption (assumed)."""
BEYOND: Final = 5
"""Years after the plan that a voter thinks of (assumed, 0 to 15). With 0 a plan that eats up what
there is looks as good as one that keeps it."""
_LEAST: Final = 1e-3
"""Least share of a need that counts, so that its logarithm is a number (assumed)."""


def worth(drafts: Sequence[Draft], strata: Strata) -> np.ndarray:
    """Return what each draft gives each stratum, drafts x strata x years.

    The budget-weighted logarithm of consumption per head over what is needed or wanted, and after
    the plan that of its last year, growing as the draft says that plants do at the end:

        u_s,t = sum_g b_sg ln( c_g,t / N_g,t ),     u_s,T+k = u_s,T + k ln(1 + g)

    Source: Cobb-Douglas tastes, as in the shops (society/sharing.py); that the last year goes on
    is what a reader of a plan can reckon from it, a choice of ours.
    """
    found = []
    for draft in drafts:
        plan, calendar = draft.plan, draft.calendar
        assert plan is not None
        wanted = np.maximum(calendar.target, calendar.floor)
        has = wanted > 0
        ratio = np.divide(plan.consumption, wanted, out=np.ones_like(wanted), where=has)
        planned = strata.budget @ np.log(np.maximum(ratio, _LEAST))
        after = np.arange(1, BEYOND + 1) * np.log1p(_growth(draft))
        found.append(np.hstack([planned, planned[:, -1:] + after]))
    return np.stack(found)


def _growth(draft: Draft) -> float:
    """Return the yearly growth of plants that a draft asks for at the end, by what they are worth.

    Goods weigh by the hours in all that plants hold of them.
    """
    rho = draft.aims.terminal
    if not isinstance(rho, Mapping):
        return 0.0 if rho is None else rho
    economy, weights = draft.economy, draft.aims.weights
    held = np.asarray(economy.plants.building @ economy.plants.capacity).tolist()
    parts = dict(zip(economy.goods.names, held, strict=True))
    worth = {name: part * weights.get(name, 0.0) for name, part in parts.items()}
    total = sum(worth.values())
    return sum(worth[name] * rho.get(name, 0.0) for name in worth) / total if total > 0 else 0.0


def vote(
    drafts: Sequence[Draft],
    strata: Strata,
    rural_vote: float,
    voters: int,
    luck: Luck,
) -> Ballots:
    """Return the ballots that people cast on drafts.

    A sample of people, as many of each stratum as its part of the people (peasants times
    `rural_vote`), rank the drafts by what these give their stratum, each with a patience of their
    own:  sum over t of patience^t u_s,t  +  noise.

    Parameters
    ----------
    drafts
        With a plan, all of the same years.
    rural_vote
        Weight of a peasant's ballot against another's.
    voters
        Size of the sample.
    luck
        A person keeps patience and noise whatever is put to the vote.
    """
    value = worth(drafts, strata)
    counts = _sample(strata, rural_vote, voters)
    options = tuple(draft.method for draft in drafts)
    cast: Counter[tuple[str, ...]] = Counter()
    first = 0
    for stratum, count in enumerate(counts):
        persons = np.arange(first, first + count)
        first += int(count)
        scores = _scores(value[:, stratum], persons, luck)
        for ranking in np.argsort(-scores, axis=0, kind="stable").T:
            cast[tuple(options[place] for place in ranking)] += 1
    ballots = tuple(
        Ballot(tuple((name,) for name in ranking), count) for ranking, count in sorted(cast.items())
    )
    return Ballots(f"plan {luck.year}", options, ballots, "councils")


def _scores(value: Grid, persons: np.ndarray, luck: Luck) -> Grid:
    """Return what each draft is worth to each person, drafts x persons."""
    low, high = PATIENCE
    # A person's patience is for life: it is drawn in the year 0.
    patience = low + (high - low) * uniform(luck.seed, "opinion.patience", 0, persons)
    years = np.arange(value.shape[1])
    weights = patience[:, None] ** years
    scores = value @ (weights / weights.sum(axis=1, keepdims=True)).T
    for place in range(len(value)):
        scores[place] += NOISE * normal(luck.seed, "opinion.noise", luck.year, persons, place)
    return np.asarray(scores)


def _sample(strata: Strata, rural_vote: float, voters: int) -> np.ndarray:
    rural = strata.of_class("peasant")
    weight = strata.people * np.where(rural, rural_vote, 1.0)
    exact = voters * weight / weight.sum()
    counts = np.floor(exact).astype(np.int64)
    # What rounding has left over goes to the largest remainders (Hamilton 1792).
    rest = voters - int(counts.sum())
    counts[np.argsort(-(exact - counts), kind="stable")[:rest]] += 1
    return np.asarray(counts)
