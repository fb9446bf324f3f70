"""Two codings of what history's institutions were: how far they agree, and what it changes.

The second coder wrote values from meanings and dated events before the first coding was opened
(docs/understand/codings.md). Both are of one house: agreement overstates.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

from sovplan.history.nation import QUARTERS, NationInputs, PathNote, nation_inputs
from sovplan.lab.switches import Effects, effects_of
from sovplan.regimes.countries import HISTORY, country_inputs, read_country_regime
from sovplan.regimes.model import model_parameters
from sovplan.society.nation.order import rules
from sovplan.society.nation.year import run_nation

SECOND: Final = "second_coding"
"""The regime that holds the second coding."""
IDLE: Final = (
    "strikes",
    "joining",
    "quota_harvest",
    "input_quality",
    "prisoners",
    "privilege",
    "hours_part",
    "pay_and_law",
    "say_and_hours",
    "bonus_drive",
    "piece_drive",
    "recovery",
    "base_change",
    "turnover",
    "unsettled",
)
"""Rules of the quarters that history keeps idle, or that nothing reads: an institution that they
share with rows is looked at among rows, where it moves something."""
CLOSE: Final = 0.1
"""Difference over the range of the institution up to which a quarter counts as the same."""


@final
@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two codings of one institution agree.

    Parameters
    ----------
    first, second
        Value of each quarter from 1921 to 1940, in order.
    alpha
        Krippendorff's alpha over quarters; nan where neither coding ever changes.
    difference
        Mean absolute difference over the width of the range.
    same
        Share of quarters that differ by a tenth of the range or less.
    reason, remark
        What the second coder gave as sources, and what is to be said of it: above all what the
        coder had seen.
    """

    first: tuple[float, ...]
    second: tuple[float, ...]
    alpha: float
    difference: float
    same: float
    reason: str
    remark: str

    def row(self, about: PathNote) -> dict[str, object]:
        """Return a row of a table: institution, unit and how far its two codings agree."""
        return {
            "institution": about.name,
            "unit": about.unit,
            "alpha": self.known,
            "difference": self.difference,
            "same": self.same,
            "reason": self.reason,
            "remark": self.remark,
        }

    @property
    def known(self) -> float | None:
        """Alpha, None where it is not defined."""
        return self.alpha if np.isfinite(self.alpha) else None


@final
@dataclass(frozen=True, slots=True)
class Coded:
    """One institution of the quarters in both codings.

    Parameters
    ----------
    about
        Its meaning, unit and range.
    agreement
        How far the codings agree.
    effects
        The main figures with the second coding of this institution alone.
    """

    about: PathNote
    agreement: Agreement
    effects: Effects


def alpha(first: Sequence[float], second: Sequence[float]) -> float:
    """Return Krippendorff's alpha of two coders without gaps; nan where nothing varies.

        alpha = 1 - D_o / D_e,   D_o = mean (a_u - b_u)^2
        D_e = mean of (x_i - x_j)^2 over all pairs of the 2 n values

    Interval metric (Krippendorff 2011); for values of 0 and 1 it is the nominal one. Quarters are
    not independent, so no interval is given.
    """
    one, two = np.asarray(first), np.asarray(second)
    pooled = np.concatenate([one, two])
    expected = 2.0 * pooled.size / (pooled.size - 1) * float(pooled.var())
    if expected == 0.0:
        return float("nan")
    return 1.0 - float(np.mean((one - two) ** 2)) / expected


@cache
def codings() -> tuple[Coded, ...]:
    """Return every institution of the quarters that was coded twice, in the order of the list."""
    second = read_country_regime(SECOND)
    about = nation_inputs().about
    names = [name for name in about if name in second.articles and name in quarters_read()]
    return tuple(
        Coded(about[name], agreement(about[name]), _effects(with_second(name))) for name in names
    )


def quarters_read() -> frozenset[str]:
    """Return the institutions that rules of the quarters act on; rows read the others alone."""
    acting = (piece for piece in rules() if piece.name not in IDLE)
    return frozenset(name for piece in acting for name in piece.institutions)


@cache
def all_at_once() -> Effects:
    """Return the main figures with the whole second coding."""
    return effects_in(SECOND)


@cache
def effects_in(regime: str) -> Effects:
    """Return the main figures under a regime of the country, by name."""
    return _effects(country_inputs(regime))


def median_alpha(found: Sequence[Agreement]) -> float:
    """Return the median of the alphas that are defined."""
    return float(np.nanmedian([each.alpha for each in found]))


def moved(each: Coded, base: Effects) -> float:
    """Return the greatest relative change of a figure of product, industry or consumption."""
    changes: list[float] = [
        abs(getattr(each.effects, field.name) / getattr(base, field.name) - 1.0)
        for field in fields(base)
        if field.name.startswith(("product", "industry", "consumption"))
    ]
    return max(changes)


def agreement(about: PathNote) -> Agreement:
    """Return how far both codings of an institution agree, quarter by quarter."""
    one, two = (_values(country_inputs(regime), about.name) for regime in (HISTORY, SECOND))
    gaps = np.abs(one - two) / (about.high - about.low)
    article = read_country_regime(SECOND).articles[about.name]
    return Agreement(
        tuple(map(float, one)),
        tuple(map(float, two)),
        alpha(one.tolist(), two.tolist()),
        float(gaps.mean()),
        float((gaps <= CLOSE).mean()),
        article.source,
        article.note,
    )


def with_second(name: str) -> NationInputs:
    """Return the inputs of history with one institution as the second coder has it."""
    first, second = read_country_regime(HISTORY).steps(), read_country_regime(SECOND).steps()
    return nation_inputs().under({**first, name: second[name]})


def _values(inputs: NationInputs, name: str) -> NDArray[np.float64]:
    return np.array([inputs.at(year, q)[name] for year in inputs.years for q in QUARTERS])


def _effects(inputs: NationInputs) -> Effects:
    return effects_of(run_nation(inputs, model_parameters()), inputs)
