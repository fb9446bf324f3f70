"""Cuts of a year's activities until nothing is short: what serves floors is cut last.

Of every activity a part serves what people must have: floors, fixed uses, the needs of people who
have moved. With x activities, u net uses, e exports, N what people must have, S supply,

    part of good g        s_g = (N_g + sum_j u_gj x_j t_j + e_g t_T) / max(S_g, all these uses)
    part of technique j   t_j = max of s_g over what it makes
    part of foreign trade t_T = mean of s_g over imports, by their price.

Whatever is short (capacity, hours, a resource, a good) goes first to these parts and then, in one
share, to the rest; if it does not reach for the first, they are cut in one share. Of a good, inputs
and exports of the first kind come before people, for what is lost there is lost again in all that
is made of it. An activity is cut to the least that any of its needs leaves it, again and again;
activities only fall, so this comes to rest.

Source: `docs/understand/stress.md`; rationing in one share, Benassy (1982), The economics of
market disequilibrium, ch. 2.
"""

from dataclasses import dataclass, replace
from typing import Final, final

import numpy as np

from sovplan.foundation.errors import SolverFailed
from sovplan.foundation.words import say
from sovplan.planning.deviations import Deviations, Drawn
from sovplan.planning.spread import Spread
from sovplan.records.economy import Economy

_REST: Final = 1e-12
"""A cut by less than this share is rest."""
_ROUNDING: Final = 1e-15
"""Shortage, relative to what the plan needs, that is not there."""
_SWEEPS: Final = 20_000
"""Most sweeps of cuts in a year before the reckoning is given up."""
_TURNS: Final = 500
"""Most turns in which the parts are reckoned before each sweep."""
_SETTLED: Final = 1e-9
"""Change of a part in one turn below which they are known."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Norms:
    """True norms in a number of draws.

    Parameters
    ----------
    makes, takes
        Net output and net use of goods by technique: a technique has its own product first.
    inputs, outputs, kept
        A, B, and the share of each good's output left after losses, goods x 1.
    labour, land, back, load, building
        L; R where it is above 0, and below 0 with its sign turned; load; C.
    """

    makes: Spread
    takes: Spread
    inputs: Spread
    outputs: Spread
    kept: Drawn
    labour: Spread
    land: Spread
    back: Spread
    load: Spread
    building: Spread


@final
@dataclass(frozen=True, slots=True, eq=False)
class Means:
    """What a year has to hand, names x draws: capacity, hours, resources, goods in store, funds."""

    capacity: Drawn
    hours: Drawn
    resources: Drawn
    store: Drawn
    funds: Drawn
    import_price: Drawn
    export_price: Drawn


@final
@dataclass(frozen=True, slots=True, eq=False)
class State:
    """What is still done of a year's plan, names x draws.

    Parameters
    ----------
    activity, imports, exports
        x, m, e.
    people
        What people must have of each good, goods x 1.
    part, good_part, trade_part
        Parts of each technique, of each good and of foreign trade that serve it.
    """

    activity: Drawn
    imports: Drawn
    exports: Drawn
    people: Drawn
    part: Drawn
    good_part: Drawn
    trade_part: Drawn


def norms_of(economy: Economy, drawn: Deviations) -> Norms:
    """Return the true norms of an economy in a number of draws."""
    techniques, plants = economy.techniques, economy.plants
    kept = economy.extensions.kept(len(economy.goods))[:, None]
    inputs = Spread.of(techniques.inputs, drawn.inputs)
    outputs = Spread.of(techniques.outputs, drawn.outputs)
    net = Spread.at(
        inputs.shape,
        np.concatenate([outputs.row, inputs.row]),
        np.concatenate([outputs.column, inputs.column]),
        np.concatenate([kept[outputs.row] * outputs.values, -inputs.values]),
    )
    land = Spread.of(techniques.resource_use, drawn.resource_use)
    return Norms(
        net.positive(),
        net.negative(),
        inputs,
        outputs,
        kept,
        Spread.of(techniques.labour, drawn.labour),
        land.positive(),
        land.negative(),
        Spread.of(plants.load, drawn.load),
        Spread.of(plants.building, drawn.building),
    )


def come_to_rest(norms: Norms, means: Means, state: State) -> State:
    """Return the state after all cuts: first by plants, hours and resources, then by goods too.

    Raises
    ------
    SolverFailed
        The cuts do not come to rest.
    """
    whole = _sizes(norms, means, state)
    state = _with_parts(norms, means, state)
    for goods_too in (False, True):
        for _ in range(_SWEEPS):
            after, resting = _sweep(norms, means, whole, state, goods_too=goods_too)
            if resting:
                break
            state = _with_parts(norms, means, after)
        else:
            raise SolverFailed(say("stress.no_rest", sweeps=_SWEEPS))
    return state


def _sizes(norms: Norms, means: Means, state: State) -> dict[str, Drawn]:
    """Return what the whole plan needs under the true norms: the measure of rounding."""
    return {
        "load": norms.load.times(state.activity),
        "labour": norms.labour.times(state.activity),
        "land": norms.land.times(state.activity),
        "goods": norms.takes.times(state.activity) + state.exports + state.people,
        "bill": np.sum(means.import_price * state.imports, axis=0),
        "activity": state.activity,
        "exports": state.exports,
        "imports": state.imports,
    }


def _with_parts(norms: Norms, means: Means, state: State) -> State:
    """Return the state with the parts that serve people."""
    for _ in range(_TURNS):
        after = _turn(norms, means, state)
        moved = np.abs(after.part - state.part).max(initial=0.0)
        state = after
        if moved < _SETTLED:
            break
    return state


def _turn(norms: Norms, means: Means, state: State) -> State:
    """Return the state with the parts followed one step further back."""
    supply = means.store + state.imports + norms.makes.times(state.activity)
    serving = norms.takes.times(state.activity * state.part)
    serving += state.people + state.exports * state.trade_part
    uses = norms.takes.times(state.activity) + state.people + state.exports
    of_all = np.maximum(supply, uses)
    good = np.divide(serving, of_all, out=np.zeros_like(of_all), where=of_all > 0.0)
    good = np.minimum(good, 1.0)
    cost = means.import_price * state.imports
    bill = np.sum(cost, axis=0)
    trade = np.sum(cost * good, axis=0)
    part = np.divide(trade, bill, out=np.zeros_like(bill), where=bill > 0.0)
    return replace(
        state, part=norms.makes.most(good), good_part=good, trade_part=np.minimum(part, 1.0)
    )


def _sweep(
    norms: Norms, means: Means, whole: dict[str, Drawn], state: State, *, goods_too: bool
) -> tuple[State, bool]:
    """Return the state after one sweep of cuts, and whether they were all rounding."""
    resources = means.resources + norms.back.times(state.activity)
    cut = np.minimum.reduce(
        [
            _cut(norms.load, means.capacity, whole["load"], state),
            _cut(norms.labour, means.hours, whole["labour"], state),
            _cut(norms.land, resources, whole["land"], state),
        ]
    )
    if not goods_too:
        return _after(state, whole, cut, np.ones(1), np.ones(1))
    supply = means.store + state.imports + norms.makes.times(state.activity)
    first = norms.takes.times(state.activity * state.part) + state.exports * state.trade_part
    uses = norms.takes.times(state.activity) + state.exports
    sure, rest = _shares(supply, first, uses - first, whole["goods"], people=state.people)
    cut = np.minimum(cut, norms.takes.least(sure, rest, state.part))
    sold = state.trade_part * sure + (1.0 - state.trade_part) * rest
    return _after(state, whole, cut, sold, _paid(means, whole["bill"], state))


def _paid(means: Means, size: Drawn, state: State) -> Drawn:
    """Return the share of each import that exports and funds pay for."""
    cost = means.import_price * state.imports
    earned = means.funds + np.sum(means.export_price * state.exports, axis=0)
    first = np.sum(cost * state.good_part, axis=0)
    sure, rest = _shares(earned, first, np.sum(cost, axis=0) - first, size)
    return state.good_part * sure + (1.0 - state.good_part) * rest


def _after(
    state: State, whole: dict[str, Drawn], cut: Drawn, sold: Drawn, paid: Drawn
) -> tuple[State, bool]:
    """Return the state after cuts, and whether nothing lost more than rounding of its plan."""
    shares = {"activity": cut, "exports": sold, "imports": paid}
    after = {name: getattr(state, name) * share for name, share in shares.items()}
    resting = all(
        bool((getattr(state, name) - amounts <= _REST * whole[name]).all())
        for name, amounts in after.items()
    )
    return replace(state, **after), resting


def _cut(needs: Spread, there: Drawn, size: Drawn, state: State) -> Drawn:
    """Return the share of each activity that some means leave it."""
    first, total = needs.times(state.activity * state.part), needs.times(state.activity)
    sure, rest = _shares(there, first, total - first, size)
    return needs.least(sure, rest, state.part)


def _shares(
    there: Drawn, first: Drawn, others: Drawn, size: Drawn, *, people: Drawn | float = 0.0
) -> tuple[Drawn, Drawn]:
    """Return the shares of what serves people and of other needs that can be met.

    People stand between the two: they lose when `others` are at nothing, before `first` does.
    """
    there = np.maximum(there, 0.0)
    short = first + people + others - there > _ROUNDING * size
    left = np.maximum(there - first - people, 0.0)
    rest = np.divide(left, others, out=np.zeros_like(others), where=others > 0.0)
    rest = np.where(short, np.minimum(rest, 1.0), 1.0)
    sure = np.divide(there, first, out=np.ones_like(first), where=short & (first > there))
    return sure, rest
