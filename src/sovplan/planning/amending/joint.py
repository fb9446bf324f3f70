"""Which amendments fit together: minimal sets that do not, and largest sets that do.

A set is tried whole; one that cannot be met is thinned out by deletion until what is left cannot
spare a member (Chinneck 2008, ch. 6). Sets are taken from the largest down, leaving out what is
inside a set that fits or around one that does not, so that each set that fits is a largest one
(Liffiton and others 2016, Constraints 21, enumerate both kinds by turns).

That a larger set is never easier to meet than a smaller one is true because every set is tried with
open what any amendment of all opens: targets that one strikes out, needs that one lowers, waste
that one allows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, final

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.planning.amending.amended import Elastic, amended, elastic, possible
from sovplan.planning.amending.demands import Demands, demands_of
from sovplan.planning.amending.ground import Ground
from sovplan.planning.certificate import Contradiction, contradiction
from sovplan.records.amendments import MOST_AMENDMENTS, Amendment

MOST_VARIANTS: Final = 7
"""Most plans that are put to a vote."""
MOST_SETS: Final = 64
"""Most minimal sets that are looked for."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Clash:
    """A minimal set of amendments that cannot be met together.

    Parameters
    ----------
    members
        Places of the amendments.
    elastic
        How much of all of them can be met together, with the programme and its prices.
    refutation
        What these prices prove without a solver; None if they prove nothing.
    """

    members: tuple[int, ...]
    elastic: Elastic
    refutation: Contradiction | None


@final
@dataclass(frozen=True, slots=True, eq=False)
class Joint:
    """Which amendments fit together.

    Parameters
    ----------
    clashes
        Minimal sets that cannot be met together; one of a single amendment cannot be met at all.
    variants
        Largest sets that can, those with most sponsors first, at most seven.
    sets
        How many largest sets there are in all.
    complete
        Whether every minimal set was found.
    """

    clashes: tuple[Clash, ...]
    variants: tuple[tuple[int, ...], ...]
    sets: int
    complete: bool


def joint(ground: Ground, amendments: Sequence[Amendment]) -> Joint:
    """Return which amendments fit together, with a proof for each set that does not.

    Raises
    ------
    DataError
        There are more amendments than can be held against each other.
    """
    check_count(amendments)
    minimal, largest, complete = _explored(ground, amendments)
    clashes = tuple(_clash(ground, members, amendments) for members in minimal)
    ordered = sorted(largest, key=lambda members: _order(members, amendments))
    return Joint(clashes, tuple(ordered[:MOST_VARIANTS]), len(largest), complete)


def check_count(amendments: Sequence[Amendment]) -> None:
    """Refuse more amendments than can be held against each other."""
    if len(amendments) > MOST_AMENDMENTS:
        words = {"count": len(amendments), "most": MOST_AMENDMENTS}
        raise DataError(say("amendments.file.many", **words))


def _order(members: Sequence[int], amendments: Sequence[Amendment]) -> tuple[object, ...]:
    return -sum(amendments[n].sponsors for n in members), -len(members), tuple(members)


def _explored(
    ground: Ground, amendments: Sequence[Amendment]
) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]], bool]:
    """Return minimal sets that do not fit and largest ones that do."""
    count = len(amendments)
    minimal: list[int] = []
    largest: list[int] = []
    for mask in sorted(range(1, 1 << count), key=lambda mask: (-mask.bit_count(), mask)):
        inside = any(mask & ~known == 0 for known in largest)
        if inside or any(known & ~mask == 0 for known in minimal):
            continue
        if _fits(ground, amendments, mask):
            largest.append(mask)
            continue
        minimal.append(_thinned(ground, amendments, mask))
        if len(minimal) >= MOST_SETS:
            return _members(minimal, count), _members(largest, count), False
    return _members(minimal, count), _members(largest, count), True


def _thinned(ground: Ground, amendments: Sequence[Amendment], mask: int) -> int:
    """Drop members one by one; those without which the others fit stay."""
    for place in range(len(amendments)):
        without = mask & ~(1 << place)
        if mask >> place & 1 and without and not _fits(ground, amendments, without):
            mask = without
    return mask


def _fits(ground: Ground, amendments: Sequence[Amendment], mask: int) -> bool:
    members = _members([mask], len(amendments))[0]
    return possible(ground, _demands(ground, members, amendments))


def _demands(ground: Ground, members: Sequence[int], amendments: Sequence[Amendment]) -> Demands:
    """Return what some amendments ask for; what any of all of them opens is open."""
    return demands_of(ground, [amendments[n] for n in members], amendments)


def _clash(ground: Ground, members: tuple[int, ...], amendments: Sequence[Amendment]) -> Clash:
    demands = _demands(ground, members, amendments)
    found = elastic(ground, demands, asked=False)
    return Clash(members, found, refuted(ground, demands, found))


def refuted(ground: Ground, demands: Demands, found: Elastic) -> Contradiction | None:
    """Return what the prices of the greatest part prove: that not all can be met."""
    assert found.solution is not None
    return contradiction(amended(ground.problem.programme, demands, 1.0), found.solution.duals)


def _members(masks: Sequence[int], count: int) -> list[tuple[int, ...]]:
    return [tuple(n for n in range(count) if mask >> n & 1) for mask in masks]
