"""Drafts of every kind that a book can be made of, each drawn once."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from sovplan.history.economies import folder_path, read_aims, read_economy, read_economy_folder
from sovplan.planning.balances import balances
from sovplan.planning.optimum import optimum
from sovplan.planning.stress import Stress, stress
from sovplan.records.aims import Aims
from sovplan.records.assembly import economy_of
from sovplan.records.draft import Draft
from sovplan.records.economy import Economy
from sovplan.records.folder import Folder, Table
from sovplan.records.returns import Returns

DONE = {
    "basic variant": ("ussr-1928", "basic-variant"),
    "needs of 1928": ("ussr-1928", None),
    "federation": ("federation-12", None),
    "shorter day": ("federation-12", "shorter-day"),
    "village": ("two-goods", None),
    "least labour": ("two-goods", "least-labour"),
    "brazil": ("brazil-2021", None),
}


@cache
def embedded(name: str) -> Draft:
    """Return the optimum of an economy of the package."""
    economy, aims = DONE[name]
    return drafted(economy, aims)


@cache
def drafted(name: str, aims: str | None) -> Draft:
    economy = read_economy(name)
    wanted = None if aims is None else read_aims(aims, economy, folder_path(name))
    return optimum(Returns(economy), wanted)


@cache
def tried() -> Stress:
    """Return what remains of the plan of the federation when its numbers err."""
    draft = embedded("federation")
    folder = read_economy_folder("federation-12")
    return stress(Returns(draft.economy), folder, draft, draws=20)


@cache
def impossible() -> Draft:
    """Return the draft of targets that contradict each other."""
    return drafted("ussr-1928", "consumption-first-yearly")


@cache
def by_balances() -> Draft:
    """Return a plan that is not proven best and has no prices."""
    return balances(Returns(built(village())), Aims(years=2))


@cache
def exceeded() -> Draft:
    """Return balances that would take more than there is."""
    return balances(Returns(read_economy("federation-12")))


@cache
def endless() -> Draft:
    """Return a draft without a best plan: nothing holds the bread back."""
    tables = village() | {
        "techniques.csv": [{"technique": "farm"}, {"technique": "mill", "title": "Mill"}],
        "labour.csv": [],
        "supply.csv": [],
    }
    return optimum(Returns(built(tables)), Aims(years=2))


@cache
def traders() -> Draft:
    """Return a plan that sells bread for the oil that it wants, and pays a debt."""
    tables = village()
    tables["goods.csv"] += [
        {"good": "oil", "title": "Oil", "unit": "barrels", "import_price": 2},
    ]
    tables["goods.csv"][0] |= {"export_price": 4}
    tables["needs.csv"] += [{"year": 1, "good": "oil", "target": 5}]
    tables["supply.csv"] += [{"year": 1, "kind": "credit", "name": "debt", "amount": -8}]
    return optimum(Returns(built(tables)), Aims(years=1, terminal=None))


Rows = dict[str, list[dict[str, object]]]


def village() -> Rows:
    """Return a mill and a farm as rows, to be changed."""
    return {
        "goods.csv": [
            {"good": "bread", "title": "Bread", "unit": "loaves"},
            {"good": "grain", "title": "Grain", "unit": "sacks"},
        ],
        "techniques.csv": [
            {"technique": "farm", "title": "Farm", "capacity": 100, "wear": 0.1, "gestation": 1},
            {"technique": "mill", "title": "Mill"},
        ],
        "flows.csv": [
            {"technique": "farm", "good": "grain", "role": "output", "amount": 1},
            {"technique": "mill", "good": "bread", "role": "output", "amount": 10},
            {"technique": "mill", "good": "grain", "role": "input", "amount": 1},
        ],
        "labour.csv": [
            {"technique": "farm", "skill": "hands", "hours": 6},
            {"technique": "mill", "skill": "hands", "hours": 2},
        ],
        "supply.csv": [{"year": 1, "kind": "labour", "name": "hands", "amount": 400}],
        "needs.csv": [{"year": 1, "good": "bread", "target": 300, "floor": 100}],
    }


def built(tables: Rows, **settings: Any) -> Economy:  # noqa: ANN401 - what TOML can hold
    """Return the economy of some rows."""
    written = {"format": 1, "name": "village", "title": "A village", "year": 1} | settings
    return economy_of(
        Folder(written, {name: Table.of(name, rows) for name, rows in tables.items() if rows})
    )


ALL: dict[str, Callable[[], Draft]] = {
    **{name: partial(embedded, name) for name in DONE},
    "impossible": impossible,
    "by balances": by_balances,
    "exceeded": exceeded,
    "endless": endless,
    "traders": traders,
}
"""Makers of a draft of each kind, by what it is."""
