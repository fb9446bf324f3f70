"""Small societies for the tests of sharing, made by hand and drawn at random."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, final

import numpy as np
from hypothesis import strategies as st

from sovplan.records.institutions import CLASSES, USES, Institutions
from sovplan.records.parameters import NAMES, Parameters
from sovplan.society.shared import Shared
from sovplan.society.sharing import Earned, Offer, share_out
from sovplan.society.strata import Strata

EQUAL_NORMS: Final[Mapping[str, float]] = dict.fromkeys(CLASSES, 1.0)

PLAIN: Final = Institutions(
    drafters=("even",),
    decision_rule="majority",
    rural_vote=1.0,
    plan_years=3,
    ratchet=0.0,
    feasibility_check=1.0,
    ambition_heavy=0.0,
    ambition_light=0.0,
    bonus=0.0,
    penalty_shortfall=0.0,
    penalty_lie=0.0,
    open_books=1.0,
    audit=0.5,
    consumer_control=0.5,
    committee_power=0.5,
    appointment=0.0,
    priority=0.0,
    supply_order=USES,
    wage_spread=0.0,
    pay_cap=0.0,
    closed_supply=0.0,
    officials_share=0.1,
    ration=0.0,
    ration_norms=EQUAL_NORMS,
    price_rule=0.0,
    hours=1.0,
    labour_law=0.0,
    police_power=0.0,
    union_power=0.0,
    trust=1.0,
)
"""Fixed prices, open shops only; each test says what it changes."""

PARAMETERS: Final = Parameters(
    **{**dict.fromkeys(NAMES, 0.5), "ineq0": 3.0, "ineq_max": 7.24, "eps_d": 0.7, "queue": 7.0}
)


def under(**values: float | Mapping[str, float]) -> Institutions:
    """Return the plain institutions with some values changed."""
    return replace(PLAIN, **values)  # type: ignore[arg-type]


def strata(
    classes: Sequence[str],
    people: Sequence[float],
    budget: Sequence[Sequence[float]],
    grades: Sequence[float] | None = None,
    need: Sequence[Sequence[float]] | None = None,
) -> Strata:
    """Return strata named by their place."""
    shares = np.array(budget, dtype=float).reshape(len(classes), -1)
    return Strata(
        names=tuple(f"s{place}" for place in range(len(classes))),
        titles=tuple(each.capitalize() for each in classes),
        classes=tuple(classes),
        skills=np.full(len(classes), -1),
        grades=np.array(grades if grades is not None else [0.0] * len(classes), dtype=float),
        people=np.array(people, dtype=float),
        budget=shares,
        need=np.zeros(shares.shape) if need is None else np.array(need, dtype=float),
    )


def offer(
    there: Sequence[float], prices: Sequence[float], common: Sequence[bool] | None = None
) -> Offer:
    """Return goods on offer."""
    flags = common if common is not None else [False] * len(there)
    return Offer(
        np.array(there, dtype=float), np.array(flags, dtype=bool), np.array(prices, dtype=float)
    )


def earned(
    hours: Sequence[float],
    bonus: Sequence[float] | None = None,
    savings: Sequence[float] | None = None,
    hour: float = 1.0,
) -> Earned:
    """Return hours and money."""
    nothing = [0.0] * len(hours)
    parts = [np.array(each or nothing, dtype=float) for each in (hours, bonus, savings)]
    return Earned(parts[0], parts[1], parts[2], hour)


@final
@dataclass(frozen=True)
class Case:
    """All that sharing is given."""

    strata: Strata
    offer: Offer
    earned: Earned
    institutions: Institutions

    def shared(self, **values: float) -> Shared:
        """Share out, with some institutions changed."""
        order = replace(self.institutions, **values)  # type: ignore[arg-type]
        return share_out(self.strata, self.offer, self.earned, order, PARAMETERS)


amounts = st.integers(0, 2000).map(lambda sixteenths: sixteenths / 16)
positive = st.integers(1, 800).map(lambda sixteenths: sixteenths / 16)
shares = st.one_of(st.sampled_from([0.0, 1.0]), st.integers(0, 64).map(lambda part: part / 64))
norms = st.sampled_from([0.0, 0.5, 1.0, 3.0])


@st.composite
def budgets(draw: st.DrawFn, rows: int, goods: int, *, alike: bool) -> list[list[float]]:
    """Return budget shares that add up to 1, or a row of 0."""
    drawn = []
    for _ in range(1 if alike else rows):
        weights = draw(st.lists(st.integers(0, 6), min_size=goods, max_size=goods))
        drawn.append([weight / max(sum(weights), 1) for weight in weights])
    return drawn * rows if alike else drawn


@final
@dataclass(frozen=True)
class Sketch:
    """What hypothesis draws: plain numbers.

    The case is made of them in the test itself, since checks of types may not run in a strategy.
    """

    classes: list[str]
    people: list[float]
    budget: list[list[float]]
    grades: list[float]
    offered: tuple[list[float], list[float], list[bool]]
    earned: tuple[list[float], list[float], list[float], float]
    order: Mapping[str, float | Mapping[str, float]]

    def case(self) -> Case:
        """Return the society."""
        return Case(
            strata(self.classes, self.people, self.budget, self.grades),
            offer(*self.offered),
            earned(*self.earned),
            under(**self.order),
        )


@st.composite
def cases(draw: st.DrawFn, *, alike: bool = False, equal_norms: bool = False) -> Sketch:
    """Draw a society of one to five strata and none to three goods, under any institutions."""
    rows, goods = draw(st.integers(1, 5)), draw(st.integers(0, 3))

    def row(numbers: st.SearchStrategy[Any], count: int = rows) -> list[Any]:
        return draw(st.lists(numbers, min_size=count, max_size=count))

    names = ("wage_spread", "pay_cap", "closed_supply", "ration", "price_rule")
    return Sketch(
        classes=row(st.sampled_from(CLASSES)),
        people=row(amounts),
        budget=draw(budgets(rows, goods, alike=alike)),
        grades=row(st.integers(0, 4).map(float)),
        offered=(row(amounts, goods), row(positive, goods), row(st.booleans(), goods)),
        earned=(row(amounts), row(amounts), row(amounts), draw(positive)),
        order={
            **{name: draw(shares) for name in names},
            "ration_norms": {each: 1.0 if equal_norms else draw(norms) for each in CLASSES},
        },
    )
