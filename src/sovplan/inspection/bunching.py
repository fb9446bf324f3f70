"""Reports that crowd just above their target: a practice of a branch, never of one workplace."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, final

from scipy.special import bdtrc, betaincinv, ndtri

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.records.documents import Flag, Report

Targets: TypeAlias = Mapping[tuple[str, str, str], float]
"""Output asked of (period, workplace, good), units."""

WINDOW: Final = 0.02
"""Reports count from a target less this share of it to the target plus this share."""


@final
@dataclass(frozen=True, slots=True)
class Bunching:
    """How many reports of a branch lie just above their target, and just below.

    Parameters
    ----------
    good
        The branch: all who make the good.
    above, below
        Reports in [1, 1.02) and in [0.98, 1) of their target.
    p
        Chance of so many above or more if both sides are alike.
    """

    good: str
    above: int
    below: int
    p: float

    @property
    def total(self) -> int:
        """Reports on both sides."""
        return self.above + self.below


def bunching(reports: Sequence[Report], targets: Targets) -> tuple[Bunching, ...]:
    """Return the exact binomial test of each branch.

    Output that nobody steers has a smooth density, so that of the reports near a target about
    half lie on either side of it. A report that meets its target exactly lies above.

    Raises
    ------
    DataError
        A target is not above 0.
    """
    sides: dict[str, list[int]] = {}
    made: dict[tuple[str, str, str], float] = {}
    for report in reports if targets else ():
        for entry in report.entries:
            key = report.period, entry.workplace, entry.good
            if entry.entry == "made" and key in targets:
                made[key] = made.get(key, 0.0) + entry.amount
    for key, target in targets.items():
        if not target > 0:
            raise DataError(say("inspection.target", of=", ".join(key), found=target))
        # Multiplied, so that a report equal to its target is not moved by rounding.
        if key in made and target * (1 - WINDOW) <= made[key] < target * (1 + WINDOW):
            sides.setdefault(key[2], [0, 0])[0 if made[key] >= target else 1] += 1
    return tuple(
        Bunching(good, above, below, _more(above, above + below))
        for good, (above, below) in sorted(sides.items())
    )


def chance(found: Bunching, level: float) -> float:
    """Return the chance that a branch without the practice would be a finding, at most `level`."""
    return _more(_needed(found, level), found.total)


def flag_of(found: Bunching, period: str) -> Flag:
    """Return the finding: how many reports above the target are more than half."""
    above, total = found.above, found.total
    low = float(betaincinv(above, total - above + 1, 0.025)) if above else 0.0
    high = float(betaincinv(above + 1, total - above, 0.975)) if above < total else 1.0
    words = {"good": found.good, "above": above, "below": found.below}
    return Flag(
        workplace=say("inspection.branch", good=found.good),
        period=period,
        kind="bunching",
        amount=max(0.0, above - total / 2),
        low=max(0.0, total * (low - 0.5)),
        high=max(0.0, total * (high - 0.5)),
        score=max(0.0, -float(ndtri(found.p))),
        rows=(say("inspection.row.bunching", **words),),
        alternatives=(say("inspection.honest.stops"), say("inspection.honest.target_known")),
    )


def is_finding(found: Bunching, level: float) -> bool:
    """Tell whether so many reports above their target are a finding."""
    return found.p <= level


def _needed(found: Bunching, level: float) -> int:
    """Return the least number above the target that is a finding."""
    return next(n for n in range(found.total + 2) if _more(n, found.total) <= level)


def _more(above: int, total: int) -> float:
    """Return the chance of at least so many of all above the target if nobody steers."""
    if above <= 0:
        return 1.0
    return float(bdtrc(above - 1, total, 0.5)) if above <= total else 0.0
