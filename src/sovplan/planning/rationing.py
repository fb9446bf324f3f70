"""Cuts of a year's activities until nothing is short: what serves floors is cut last.

Of every activity a part serves what people must have: floors, fixed uses, the needs of people who
have moved. In the plan, with x activities, u net uses, e exports, N what people must have, S supply,

    part of good g        s_g = (N_g + sum_j u_gj x_j t_j + e_g t_T) / max(S_g, all these uses)
    part of technique j   t_j = max of s_g over what it makes
    part of foreign trade t_T = mean of s_g over imports, by their price.

Capacity, hours, resources and foreign money that are short go first to these parts and then, in
one share, to the rest; if they do not reach for the first, all of it is cut in one share. A good
goes to inputs and exports in the same way, before people: what is lost there is lost again in all
that is made of it. An activity is cut to the least that any of its needs leaves it, again and
again; activities only fall, so this comes to rest.

Then those give back who make more than people must have. With D what people lack of good g, and

    w_j = least over what j makes of (what is left of it after inputs, exports and people) / made,

activities that use g are cut to 1 - w_j * min(1, D_g / sum_j u_gj x_j w_j), until nobody lacks or
nobody has more. This takes only what was left over, so nothing new is short.

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
"""A loss of less than this share of the plan is rest."""
_ROUNDING: Final = 1e-14
"""Shortage, relative to what the plan needs, that is not there."""
_SWEEPS: Final = 10_000
"""Most sweeps of cuts in a year before the reckoning is given up."""
_PASSES: Final = 20
"""Most times in which those who make more than people must have give back."""
_TURNS: Final = 200
"""Turns in which the parts are followed back from people."""


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
    """Activities, imports and exports of a year, names x draws: planned, sure or done."""

    activity: Drawn
    imports: Drawn
    exports: Drawn

    def supply(self, norms: Norms, means: Means) -> Drawn:
        """Return what there is of each good."""
        return means.store + self.imports + norms.makes.times(self.activity)

    def uses(self, norms: Norms) -> Drawn:
        """Return what inputs and exports take of each good."""
        return norms.takes.times(self.activity) + self.exports


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


def come_to_rest(norms: Norms, means: Means, plan: State, people: Drawn) -> State:
    """Return what of a year's plan can be done.

    Parameters
    ----------
    norms, means
        How things really are.
    plan
        What the plan asks for.
    people
        What people must have of each good, goods x 1.

    Raises
    ------
    SolverFailed
        The cuts do not come to rest.
    """
    sure, state = _sure(norms, means, plan, people), plan
    for goods_too in (False, True):
        for _ in range(_SWEEPS):
            after = _sweep(norms, means, (plan, sure), state, goods_too=goods_too)
            if _resting(plan, state, after):
                break
            state = after
        else:
            raise SolverFailed(say("stress.no_rest", sweeps=_SWEEPS))
    return _given_back(norms, means, plan, state, people)


def _sure(norms: Norms, means: Means, plan: State, people: Drawn) -> State:
    """Return the part of the plan that serves people, followed back from them turn by turn."""
    uses = people + plan.uses(norms)
    whole = np.maximum(plan.supply(norms, means), uses)
    cost = means.import_price * plan.imports
    bill = np.sum(cost, axis=0)
    sure = State(
        np.zeros_like(plan.activity), np.zeros_like(plan.imports), np.zeros_like(plan.exports)
    )
    for _ in range(_TURNS):
        serving = people + sure.uses(norms)
        good = np.divide(serving, whole, out=np.zeros_like(whole), where=whole > 0.0)
        good = np.minimum(good, 1.0)
        paid = np.sum(cost * good, axis=0)
        trade = np.divide(paid, bill, out=np.zeros_like(bill), where=bill > 0.0)
        sure = State(
            plan.activity * norms.makes.most(good), plan.imports * good, plan.exports * trade
        )
    return sure


def _sweep(
    norms: Norms, means: Means, asked: tuple[State, State], state: State, *, goods_too: bool
) -> State:
    """Return the state after one sweep of cuts by means, and by goods and foreign money too."""
    plan, sure = asked
    first = State(
        np.minimum(state.activity, sure.activity),
        np.minimum(state.imports, sure.imports),
        np.minimum(state.exports, sure.exports),
    )
    resources = means.resources + norms.back.times(state.activity)
    needs = [
        (norms.load, means.capacity),
        (norms.labour, means.hours),
        (norms.land, resources),
    ]
    part = _part(first.activity, state.activity)
    cut = np.ones_like(state.activity)
    for need, there in needs:
        shares = _shares(
            there,
            need.times(first.activity),
            need.times(state.activity),
            need.times(plan.activity),
        )
        cut = np.minimum(cut, need.least(*shares, part))
    if not goods_too:
        return replace(state, activity=state.activity * cut)
    supply = state.supply(norms, means)
    shares = _shares(supply, first.uses(norms), state.uses(norms), plan.uses(norms))
    cut = np.minimum(cut, norms.takes.least(*shares, part))
    sold = _of(shares, _part(first.exports, state.exports))
    price, earned = means.import_price, np.sum(means.export_price * state.exports, axis=0)
    bills = [np.sum(price * some.imports, axis=0) for some in (first, state, plan)]
    paid = _shares(means.funds + earned, bills[0], bills[1], bills[2])
    return State(
        state.activity * cut,
        state.imports * _of(paid, _part(first.imports, state.imports)),
        state.exports * sold,
    )


def _shares(there: Drawn, first: Drawn, total: Drawn, size: Drawn) -> tuple[Drawn, Drawn]:
    """Return the shares that are met of what serves people and of the rest."""
    there, others = np.maximum(there, 0.0), total - first
    short = total - there > _ROUNDING * size
    some = short & (first < there) & (others > 0.0)
    rest = np.where(short, 0.0, 1.0)
    rest = np.divide(there - first, others, out=rest, where=some)
    sure = np.divide(there, first, out=np.ones_like(total), where=short & (first > there))
    return sure, np.minimum(rest, 1.0)


def _part(first: Drawn, total: Drawn) -> Drawn:
    return np.divide(first, total, out=np.ones_like(total), where=first < total)


def _of(shares: tuple[Drawn, Drawn], part: Drawn) -> Drawn:
    sure, rest = shares
    return part * sure + (1.0 - part) * rest


def _resting(plan: State, before: State, after: State) -> bool:
    """Tell whether nothing lost more than rounding of its plan."""
    return all(
        bool((getattr(before, name) - getattr(after, name) <= _REST * getattr(plan, name)).all())
        for name in ("activity", "imports", "exports")
    )


def _given_back(norms: Norms, means: Means, plan: State, state: State, people: Drawn) -> State:
    """Return the state after those have given back who make more than people must have."""
    for _ in range(_PASSES):
        left = state.supply(norms, means) - state.uses(norms) - people
        made = norms.makes.times(state.activity)
        lacking = np.maximum(-left, 0.0)
        over = np.divide(np.maximum(left, 0.0), made, out=np.ones_like(made), where=(left < made) & (made > 0.0))
        over = norms.makes.least(over, over, np.zeros_like(state.activity))
        offered = norms.takes.times(state.activity * over)
        taken = np.divide(lacking, offered, out=np.ones_like(made), where=lacking < offered)
        taken = np.where(lacking > _ROUNDING * plan.uses(norms), taken, 0.0)
        after = replace(state, activity=state.activity * (1.0 - over * norms.takes.most(taken)))
        if _resting(plan, state, after):
            break
        state = after
    return state
