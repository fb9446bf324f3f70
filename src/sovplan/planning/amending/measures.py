"""What clauses count, as rows over the columns of a plan: goods, hours, shares of a branch."""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array

from sovplan.foundation.errors import DataError
from sovplan.foundation.shapes import Flags, Indices, Matrix, Sparse
from sovplan.foundation.words import say
from sovplan.planning.amending.ground import Ground
from sovplan.planning.coefficients import main_products
from sovplan.records.amendments import ALL_HOURS, Clause
from sovplan.records.economy import Economy


def measure_of(ground: Ground, clause: Clause) -> Sparse:
    """Return the row of a clause in each year of the plan, years x columns.

    The row of a share is the branch less its share of all: it is 0 where the share is reached.
    """
    economy = ground.problem.economy
    if clause.kind == "hours":
        return _of_activity(ground, np.repeat(_hours(economy, clause.names[0]), _years(ground), 1))
    if clause.kind == "share":
        per_unit = _hours(economy, ALL_HOURS)
        if clause.of == "output":
            per_unit = np.asarray(economy.techniques.outputs.T @ ground.content)
        share = clause.amount
        inside = members(economy, clause.names).astype(np.float64)
        return _of_activity(ground, (inside[:, None] - share) * per_unit)
    good = economy.goods.names.index(clause.names[0])
    if clause.of == "output":
        made = economy.techniques.outputs.tocsr()[[good]].toarray().T
        return _of_activity(ground, np.repeat(made, _years(ground), 1))
    return chosen_columns(ground, ground.problem.columns[clause.of].places[good])


def chosen_columns(ground: Ground, places: Indices) -> Sparse:
    """Return one row for each of some columns: the column itself."""
    width = len(ground.columns)
    entries = (np.ones(len(places)), (np.arange(len(places)), places))
    return csr_array(entries, shape=(len(places), width))


def hours_rows(ground: Ground, inside: Flags) -> Sparse:
    """Return the hours of some techniques in each year, years x columns."""
    per_unit = _hours(ground.problem.economy, ALL_HOURS) * inside[:, None]
    return _of_activity(ground, np.repeat(per_unit, _years(ground), 1))


def members(economy: Economy, names: Sequence[str]) -> Flags:
    """Return which techniques a branch holds: those of a main product, by name, or of a region.

    A technique belongs to the branch of its main product alone, with all that it makes and all its
    hours, as in every table of hours by branch. So the branches of all goods make up the whole.

    Raises
    ------
    DataError
        A good is the main product of no technique: nothing belongs to its branch.
    """
    techniques, goods = economy.techniques, economy.goods.names
    product = main_products(economy)
    for name in names:
        if name in goods and goods.index(name) not in product:
            others = {*techniques.names, *techniques.regions}
            if name not in others:
                raise DataError(say("amendments.no_branch", name=name))
    wanted = np.isin(goods, names)
    inside = np.isin(techniques.names, names) | np.isin(techniques.regions, names)
    return np.asarray(inside | wanted[product])


def uncounted(ground: Ground, clause: Clause) -> tuple[str, ...]:
    """Return the goods that count for nothing in a share of output.

    They can be made, but the draft has no labour content of them in some year: mostly it makes
    none then.
    """
    if clause.kind != "share" or clause.of != "output":
        return ()
    economy, content = ground.problem.economy, ground.draft.labour_content
    assert content is not None
    made = np.asarray(economy.techniques.outputs.sum(axis=1)).ravel() > 0
    unknown = made & np.isnan(content).any(axis=1)
    return tuple(economy.goods.titles[good] for good in np.flatnonzero(unknown))


def _hours(economy: Economy, skill: str) -> Matrix:
    """Return the hours of a kind of labour per unit of activity, techniques x 1."""
    labour, skills = economy.techniques.labour, economy.techniques.skills
    chosen = np.array([float(skill in {ALL_HOURS, name}) for name in skills])
    return np.asarray(labour.T @ chosen)[:, None]


def _of_activity(ground: Ground, per_unit: Matrix) -> Sparse:
    """Return rows of amounts per unit of activity, techniques x years, as years x columns."""
    places = ground.problem.columns["activity"].places
    per_unit = np.broadcast_to(per_unit, places.shape)
    year = np.broadcast_to(np.arange(places.shape[1]), places.shape)
    kept = per_unit != 0
    entries = (per_unit[kept], (year[kept], places[kept]))
    return csr_array(entries, shape=(places.shape[1], len(ground.columns)))


def _years(ground: Ground) -> int:
    return len(ground.problem.calendar.years)
