"""What looks doubtful in an economy whose form is right, or leaves nothing to plan.

`sovplan check` lists it. A doubt is a bound that is cheap to reckon and says where to look; it
forbids no plan and is a warning. An error is what `sovplan draft` would refuse.
"""

from collections.abc import Iterator, Mapping
from typing import Final, Literal

import numpy as np
from scipy.sparse import csc_array, csr_array, diags_array
from scipy.sparse.linalg import ArpackNoConvergence, eigs

from sovplan.foundation.errors import DataError
from sovplan.foundation.numbers import figure, percent
from sovplan.foundation.shapes import AnySparse, Flags, GoodsVector, Vector
from sovplan.foundation.words import say
from sovplan.planning.capital import opening_capacity
from sovplan.records.aims import Aims
from sovplan.records.aimsfile import check_aims
from sovplan.records.calendar import Calendar, calendar_of
from sovplan.records.economy import Economy
from sovplan.records.findings import Finding

_SPAN: Final = 1e9
"""Greatest over least amount of a good in flows.csv from which units look mixed up."""
_SMALL: Final = 200
"""Number of goods up to which eigenvalues are found densely."""


def soundness(
    economy: Economy, aims: Aims | None = None, *, beside: Mapping[str, Aims] | None = None
) -> list[Finding]:
    """Return what looks doubtful in an economy, as warnings, and aims that cannot be pursued.

    Parameters
    ----------
    economy
        An economy without errors in its form.
    aims
        Whose needs are meant; those of the economy if None.
    beside
        Further aims by the name of their file. Each that cannot be pursued is an error. Needs of
        the economy that leave nothing to pursue are one, too, unless aims beside them do.
    """
    calendar = calendar_of(economy, aims or Aims())
    return [
        *_refused(economy, aims or Aims(), beside or {}),
        *_without_supply(economy, calendar),
        *_unobtainable(economy, calendar),
        *_never_run(economy, calendar),
        *_spectrum(economy),
        *_plants(economy),
        *_idle_hands(economy),
        *_units(economy),
        *_blocked_floors(economy, calendar),
        *_short_of_hours(economy, calendar),
        *_repayment(economy, calendar),
    ]


def _refused(economy: Economy, aims: Aims, beside: Mapping[str, Aims]) -> Iterator[Finding]:
    """Yield why aims cannot be pursued, as `sovplan draft` would say it."""
    why = {file: _why_refused(economy, further) for file, further in beside.items()}
    own = _why_refused(economy, aims)
    if own:
        level: Literal["error", "warning"] = "warning" if "" in why.values() else "error"
        yield Finding(level, "needs.csv", 0, "target", own)
    for file, text in why.items():
        if text and text != own:
            yield Finding("error", file, 0, "", text)


def _why_refused(economy: Economy, aims: Aims) -> str:
    try:
        check_aims(aims, economy)
    except DataError as refused:
        return str(refused)
    return ""


def spectral_radius(economy: Economy, *, wear: bool = False) -> float:
    """Return the spectral radius of inputs, goods by goods, by the shares of opening capacity.

    Techniques that make a good share in it by what they can make at opening capacity (equally
    where that has no limit); inputs of a technique with several products are shared out equally
    by product. Below 1 the economy can make more than it uses up (Hawkins and Simon 1949).

    Parameters
    ----------
    wear
        Whether the wear of plants counts as an input.
    """
    techniques, plants = economy.techniques, economy.plants
    uses = csc_array(techniques.inputs)
    if wear:
        uses = csc_array(uses + plants.building @ diags_array(plants.wear) @ plants.load)
    outputs = csc_array(techniques.outputs)
    made = csc_array(outputs @ diags_array(_most_activity(economy)))
    total: Vector = np.asarray(made.sum(axis=1)).ravel()
    share = diags_array(np.divide(1.0, total, out=np.zeros_like(total), where=total > 0)) @ made
    products = np.maximum(np.diff(outputs.indptr), 1)
    per_unit = outputs.copy()
    per_unit.data = 1.0 / (outputs.data * np.repeat(products, np.diff(outputs.indptr)))
    mix = csc_array(share.multiply(per_unit))
    return _radius(csc_array(uses @ mix.T))


def _radius(matrix: AnySparse) -> float:
    if matrix.shape[0] <= _SMALL:
        return float(np.abs(np.linalg.eigvals(matrix.toarray())).max(initial=0.0))
    try:
        return float(np.abs(eigs(matrix, k=1, return_eigenvectors=False)).max())
    except ArpackNoConvergence:
        return float("nan")


def _most_activity(economy: Economy) -> Vector:
    """Return the activity that opening capacity allows; 1 where there is no limit or none."""
    most = np.full(len(economy.techniques), np.inf)
    load = economy.plants.load.tocoo()
    plant, technique = load.coords
    np.minimum.at(most, technique, economy.plants.capacity[plant] / load.data)
    return np.where(np.isfinite(most) & (most > 0), most, 1.0)


def _obtainable(economy: Economy, calendar: Calendar) -> tuple[Flags, Flags]:
    """Return which goods can be had at all, and which techniques can ever run.

    The greatest sets in which a technique runs if its inputs, hours and resources can be had and
    its plants stand or can be built, and a good can be had from stock, by import or from a
    technique that runs. Goods may need each other in a circle: the year is one whole.
    """
    techniques, plants, goods = economy.techniques, economy.plants, economy.goods
    works = economy.extensions.under_construction
    stands = plants.capacity > 0
    if works is not None:
        stands[works.plants] = True
    given = (goods.stock > 0) | (economy.importable & (goods.import_cap > 0))
    needs, makes = _pattern(techniques.inputs), _pattern(techniques.outputs)
    builds, loads = _pattern(plants.building), _pattern(plants.load)
    no_hours, no_resource = _none_supplied(economy, calendar)
    idle = _any(_pattern(techniques.labour).T, no_hours)
    idle |= _any(_pattern(techniques.resource_use).T, no_resource)
    had, runs = np.ones(len(goods), dtype=bool), np.ones(len(techniques), dtype=bool)
    while True:
        unbuilt = _any(builds.T, ~had) & ~stands
        now = ~_any(needs.T, ~had) & ~_any(loads.T, unbuilt) & ~idle
        left = given | _any(makes, now)
        if (left == had).all() and (now == runs).all():
            return had, runs
        had, runs = left, now


def _none_supplied(economy: Economy, calendar: Calendar) -> tuple[Flags, Flags]:
    """Return of which skills and resources that are used there is nothing in any planned year."""
    techniques, moved = economy.techniques, economy.extensions.migration
    no_hours = calendar.labour.max(axis=1, initial=0.0) <= 0
    if moved is not None and moved.hours_won > 0:
        no_hours[moved.to_skill] = False
    use = techniques.resource_use.tocoo()
    given_back = np.zeros(len(techniques.resources), dtype=bool)
    given_back[use.coords[0][use.data < 0]] = True
    none_left = (calendar.resources.max(axis=1, initial=0.0) <= 0) & ~given_back
    labour = np.diff(techniques.labour.tocsr().indptr) > 0
    taken = np.diff(techniques.resource_use.tocsr().indptr) > 0
    return no_hours & labour, none_left & taken


def _without_supply(economy: Economy, calendar: Calendar) -> Iterator[Finding]:
    techniques = economy.techniques
    no_hours, no_resource = _none_supplied(economy, calendar)
    span = {"first": calendar.years[0], "last": calendar.years[-1]}
    for kind, names, none in (
        ("hours_none", techniques.skills, no_hours),
        ("resource_none", techniques.resources, no_resource),
    ):
        for place in np.flatnonzero(none):
            yield _warn("supply.csv", "amount", kind, name=names[place], **span)


def _pattern(matrix: AnySparse) -> AnySparse:
    return csr_array((np.sign(np.abs(matrix.data)), matrix.indices, matrix.indptr), matrix.shape)


def _any(pattern: AnySparse, chosen: Flags) -> Flags:
    """Return for each row whether it has an entry in a chosen column."""
    return np.asarray(pattern @ chosen.astype(np.float64)) > 0


def _unobtainable(economy: Economy, calendar: Calendar) -> Iterator[Finding]:
    had, _ = _obtainable(economy, calendar)
    used = np.diff(economy.techniques.inputs.tocsr().indptr) > 0
    built = np.diff(economy.plants.building.tocsr().indptr) > 0
    wanted = (np.maximum(calendar.target, calendar.floor) + calendar.public).sum(axis=1) > 0
    for good in np.flatnonzero(~had & (used | built | wanted)):
        yield _warn("goods.csv", "good", "unobtainable", name=economy.goods.names[good])


def _never_run(economy: Economy, calendar: Calendar) -> Iterator[Finding]:
    _, runs = _obtainable(economy, calendar)
    for place in np.flatnonzero(~runs):
        yield _warn("techniques.csv", "technique", "never", name=economy.techniques.names[place])


def _spectrum(economy: Economy) -> Iterator[Finding]:
    for wear, key in ((False, "spectrum"), (True, "spectrum_wear")):
        radius = spectral_radius(economy, wear=wear)
        if radius >= 1:
            yield _warn("flows.csv", "amount", key, radius=figure(radius))
            return


def _plants(economy: Economy) -> Iterator[Finding]:
    plants = economy.plants
    loaded = np.diff(plants.load.tocsr().indptr) > 0
    built = np.diff(csc_array(plants.building).indptr) > 0
    for place in np.flatnonzero(~loaded):
        yield _warn("plants.csv", "plant", "unused", name=plants.names[place])
    for place in np.flatnonzero(loaded & ~built):
        yield _warn("building.csv", "plant", "from_nothing", name=plants.names[place])


def _idle_hands(economy: Economy) -> Iterator[Finding]:
    paid = np.diff(csc_array(economy.techniques.labour).indptr) > 0
    for place in np.flatnonzero(~paid):
        yield _warn("labour.csv", "technique", "no_labour", name=economy.techniques.names[place])
    used = np.diff(economy.techniques.labour.tocsr().indptr) > 0
    for place in np.flatnonzero(~used):
        yield _warn("supply.csv", "name", "idle", name=economy.techniques.skills[place])


def _units(economy: Economy) -> Iterator[Finding]:
    inputs = economy.techniques.inputs.tocsr()
    for good, name in enumerate(economy.goods.names):
        amounts = inputs.data[inputs.indptr[good] : inputs.indptr[good + 1]]
        if len(amounts) and amounts.max() > _SPAN * amounts.min():
            words = {"low": figure(float(amounts.min())), "high": figure(float(amounts.max()))}
            yield _warn("flows.csv", "amount", "span", name=name, **words)


def _most_made(economy: Economy) -> GoodsVector:
    """Return a bound on what can be had of each good in year 1: makers at capacity, and trade."""
    techniques, plants, goods = economy.techniques, economy.plants, economy.goods
    most = np.full(len(techniques), np.inf)
    there = opening_capacity(plants, economy.extensions.under_construction, economy, 1)[:, 0]
    load = plants.load.tocoo()
    plant, technique = load.coords
    np.minimum.at(most, technique, there[plant] / load.data)
    outputs = techniques.outputs.tocoo()
    good, maker = outputs.coords
    made = np.zeros(len(goods))
    np.add.at(made, good, outputs.data * most[maker])
    bought = np.where(economy.importable, goods.import_cap, 0.0)
    kept = economy.extensions.kept(len(goods))
    return np.asarray(kept * made + bought + (1.0 - goods.spoilage) * goods.stock)


def _blocked_floors(economy: Economy, calendar: Calendar) -> Iterator[Finding]:
    most = _most_made(economy)
    needed = calendar.floor[:, 0] + calendar.public[:, 0]
    for good in np.flatnonzero(needed > most * (1 + 1e-9)):
        words = {"needed": figure(float(needed[good])), "most": figure(float(most[good]))}
        name = economy.goods.names[good]
        yield _warn("needs.csv", "floor", "floor", name=name, year=calendar.years[0], **words)


def _short_of_hours(economy: Economy, calendar: Calendar) -> Iterator[Finding]:
    """Compare hours at opening capacity with hours supplied: a sign of mixed-up units."""
    techniques = economy.techniques
    limited = np.diff(csc_array(economy.plants.load).indptr) > 0
    activity = np.where(limited, _most_activity(economy), 0.0)
    needed = np.asarray(techniques.labour @ activity)
    # Where a technique without limit takes a skill, full use of plants says nothing of its most.
    open_ended = _any(_pattern(techniques.labour), ~limited)
    for place, name in enumerate(techniques.skills):
        there = float(calendar.labour[place, 0])
        most = np.inf if open_ended[place] else 100.0
        if needed[place] > 0 and there > 0 and not 0.01 < there / needed[place] < most:
            share = percent(there / float(needed[place]))
            yield _warn("supply.csv", "amount", "hours", name=name, share=share)


def _repayment(economy: Economy, calendar: Calendar) -> Iterator[Finding]:
    if (calendar.credit < 0).any() and not economy.exportable.any():
        yield _warn("supply.csv", "amount", "repayment")


def _warn(file: str, column: str, key: str, **words: object) -> Finding:
    return Finding("warning", file, 0, column, say(f"soundness.{key}", **words))
