"""Strata: groups of people that earn, buy and are supplied alike."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, final

import numpy as np
from numpy.typing import NDArray

from sovplan.foundation.errors import DataError
from sovplan.foundation.shapes import Flags, Grid
from sovplan.foundation.words import say
from sovplan.records.findings import nearest
from sovplan.records.institutions import CLASSES

if TYPE_CHECKING:
    StrataVector: TypeAlias = NDArray[np.float64]
    StrataSkills: TypeAlias = NDArray[np.int64]
    StrataGoods: TypeAlias = NDArray[np.float64]
else:
    from jaxtyping import Float, Int

    StrataVector = Float[np.ndarray, "strata"]
    StrataSkills = Int[np.ndarray, "strata"]
    StrataGoods = Float[np.ndarray, "strata goods"]

_WHOLE = 1e-9
"""How far budget shares may add up to something else than 1 (numerical)."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Strata:
    """S strata of people, and what each wants of G goods.

    Parameters
    ----------
    names, titles
        Short names, all different, and names for people to read.
    classes
        Class of each, of `records.institutions.CLASSES`; rations, the ceiling on pay and closed
        shops go by it.
    skills
        Index of the skill in which each works; -1 where it works in none.
    grades
        Grade of pay, 0 the lowest by custom; pay rises by one factor from grade to grade.
    people
        People in each, with all who live on its earnings.
    budget
        Share of its money that a stratum wants to spend on each good, strata x goods. A row adds up
        to 1 (or is all 0: a stratum that buys nothing).
    need
        The least that a person needs, units a year, strata x goods; 0 where nothing is needed.

    Raises
    ------
    DataError
        The parts do not fit together, or a number is out of its range.
    """

    names: tuple[str, ...]
    titles: tuple[str, ...]
    classes: tuple[str, ...]
    skills: StrataSkills
    grades: StrataVector
    people: StrataVector
    budget: StrataGoods
    need: StrataGoods

    def __post_init__(self) -> None:
        """Check what later rules rely on."""
        self._check_names()
        rows = (len(self), self.budget.shape[-1])
        for name, shape in _SHAPES.items():
            must_have_shape(name, getattr(self, name), rows[:shape])
        for name in ("people", "budget", "need"):
            must_be_amounts(name, getattr(self, name))
        if not np.isfinite(self.grades).all() or (self.skills < -1).any():
            raise DataError(say("sharing.strata.codes"))
        total = self.budget.sum(axis=1)
        wrong = (np.abs(total - 1.0) > _WHOLE) & (total > 0.0)
        if wrong.any():
            place = int(np.argmax(wrong))
            raise DataError(
                say("sharing.strata.budget", name=self.names[place], total=total[place])
            )

    def __len__(self) -> int:
        return len(self.names)

    def of_class(self, name: str) -> Flags:
        """Return which strata belong to a class."""
        return np.array([each == name for each in self.classes], dtype=np.bool_)

    def _check_names(self) -> None:
        if not len(self.names) == len(self.titles) == len(self.classes):
            raise DataError(
                say(
                    "sharing.strata.lengths",
                    names=len(self.names),
                    titles=len(self.titles),
                    classes=len(self.classes),
                )
            )
        if len(set(self.names)) < len(self.names):
            raise DataError(say("sharing.strata.twice", names=", ".join(self.names)))
        for name, each in zip(self.names, self.classes, strict=True):
            if each not in CLASSES:
                near = nearest(each, CLASSES)
                raise DataError(say("sharing.strata.unknown", name=name, found=each, nearest=near))


_SHAPES = {"skills": 1, "grades": 1, "people": 1, "budget": 2, "need": 2}
"""Number of axes of each field (by definition)."""


def must_have_shape(name: str, amounts: NDArray[np.generic], shape: tuple[int, ...]) -> None:
    """Raise DataError unless an array has a shape."""
    if amounts.shape != shape:
        raise DataError(say("sharing.shape", name=name, found=amounts.shape, needed=shape))


def must_be_amounts(name: str, amounts: Grid) -> None:
    """Raise DataError unless all numbers of an array are finite and 0 or more."""
    wrong = ~(np.isfinite(amounts) & (amounts >= 0.0))
    if wrong.any():
        raise DataError(say("sharing.amounts", name=name, found=amounts[wrong].flat[0]))
