"""Small economies whose plans are carried out, and the balances of what comes of them."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from sovplan.planning.carrying import Carried, carry_out
from sovplan.planning.deviations import Deviations, as_declared
from sovplan.planning.optimum import optimum
from sovplan.records.aims import Aims
from sovplan.records.assembly import economy_of
from sovplan.records.draft import Draft
from sovplan.records.economy import Economy
from sovplan.records.folder import Folder, Table
from sovplan.records.returns import Returns

Rows = dict[str, list[dict[str, object]]]


def economy(rows: Rows, **settings: object) -> Economy:
    """Return an economy of the rows of its tables."""
    tables = {name: Table.of(name, listed) for name, listed in rows.items()}
    base = {"format": 1, "name": "test", "year": 1}
    return economy_of(Folder(base | settings, tables))


def village(
    settings: Mapping[str, object] | None = None, **changes: list[dict[str, object]]
) -> Economy:
    """Return one good, a field of 100 and people who need 60 and want 100."""
    rows: Rows = {
        "goods.csv": [{"good": "grain"}],
        "techniques.csv": [{"technique": "farm", "capacity": 100}],
        "flows.csv": [{"technique": "farm", "good": "grain", "role": "output", "amount": 1}],
        "needs.csv": [{"year": 1, "good": "grain", "target": 100, "floor": 60}],
    }
    changed = {name.replace("_csv", ".csv"): table for name, table in changes.items()}
    return economy(rows | changed, **(settings or {}))


def drafted(found: Economy, years: int = 1, terminal: float | None = None) -> Draft:
    """Return the best plan."""
    draft = optimum(Returns(found), Aims(years=years, terminal=terminal))
    assert draft.plan is not None
    return draft


def carried(draft: Draft, **changes: object) -> Carried:
    """Carry a plan out where some numbers are not as declared."""
    assert draft.plan is not None
    declared = as_declared(draft.economy, draft.calendar)
    really: Mapping[str, object] = {
        name: change(getattr(declared, name)) if callable(change) else change
        for name, change in changes.items()
    }
    return carry_out(draft.plan, draft.economy, draft.calendar, replace(declared, **really))  # type: ignore[arg-type]


def balance_gap(done: Carried, drawn: Deviations) -> float:
    """Return the greatest relative gap of the balances of goods, reckoned here once more."""
    before = np.concatenate([drawn.stock[:, None], done.stock[:, :-1]], axis=1)
    sources = done.output - done.lost + done.imports + (1 - drawn.spoilage)[:, None] * before
    uses = done.used + done.investment + done.consumption + done.public + done.moved
    uses = uses + done.exports + done.stock + done.waste
    size = np.maximum(np.abs(sources), np.abs(uses)).max(axis=(1, 2), keepdims=True)
    return float((np.abs(sources - uses) / np.where(size > 0, size, 1)).max())


def movers() -> Draft:
    """Return farms and mills; who leaves the one wins two hours for the other."""
    rows: Rows = {
        "goods.csv": [{"good": "grain"}, {"good": "cloth"}],
        "techniques.csv": [{"technique": "farm"}, {"technique": "mill"}],
        "flows.csv": [
            {"technique": "farm", "good": "grain", "role": "output", "amount": 1},
            {"technique": "mill", "good": "cloth", "role": "output", "amount": 1},
        ],
        "labour.csv": [
            {"technique": "farm", "skill": "rural", "hours": 1},
            {"technique": "mill", "skill": "urban", "hours": 1},
        ],
        "supply.csv": [
            {"year": 1, "kind": "labour", "name": "rural", "amount": 100},
            {"year": 1, "kind": "labour", "name": "urban", "amount": 10},
        ],
        "needs.csv": [
            {"year": 1, "good": "grain", "target": 50, "floor": 50},
            {"year": 1, "good": "cloth", "target": 30, "floor": 30},
        ],
    }
    moving = {"from": "rural", "to": "urban", "most_a_year": 50, "hours_lost": 1, "hours_won": 2}
    return drafted(economy(rows, migration=moving))
