"""Multi-regional tables of the package pymrio: goods and branches written name@region.

A good made in one region and used in another is an input with its region in its name, so that who
supplies whom stays as it is in the table. Needs are those of all regions together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np

from sovplan.foundation.errors import DataError
from sovplan.foundation.shapes import Matrix, Vector
from sovplan.foundation.words import say
from sovplan.history.readers.account import SupplyUse
from sovplan.history.readers.labels import Label, code_of
from sovplan.history.readers.notes import Notes
from sovplan.history.readers.supply_use import from_supply_use
from sovplan.history.readers.terms import Role, Terms
from sovplan.records.folder import Folder

_WORDS: tuple[tuple[str, Role], ...] = (
    ("fixed capital", "investment"),
    ("inventor", "stocks"),
    ("valuables", "stocks"),
    ("export", "exports"),
    ("consumption", "target"),
    ("household", "target"),
    ("non-profit", "target"),
    ("government", "target"),
)


@runtime_checkable
class Labelled(Protocol):
    """A table with labelled rows and columns, such as a data frame of pandas."""

    @property
    def index(self) -> Iterable[tuple[object, object]]:
        """Labels of the rows: region and sector."""

    @property
    def columns(self) -> Iterable[tuple[object, ...]]:
        """Labels of the columns: region and sector or category."""

    def __array__(self) -> Matrix:
        """Return the numbers."""


@runtime_checkable
class System(Protocol):
    """The parts of a `pymrio.IOSystem` that are read here."""

    Z: Labelled | None
    Y: Labelled | None

    def get_extensions(self) -> Iterable[str]:
        """Return the names of the extensions."""


def read_pymrio(path: Path) -> System:
    """Read a system that pymrio has saved.

    Raises
    ------
    DataError
        The package pymrio is not installed, or the folder holds no system.
    """
    try:
        import pymrio
    except ImportError:
        raise DataError(say("readers.mrio.no_pymrio")) from None
    try:
        system: System = pymrio.load_all(path)
    except (OSError, ValueError, pymrio.ReadError) as wrong:
        raise DataError(say("readers.mrio.unreadable", path=path, why=wrong)) from None
    return system


def role_of_category(category: str) -> Role:
    """Return what a category of final demand becomes, from the words in its name.

    Raises
    ------
    DataError
        None of the known words is in it.
    """
    plain = category.lower()
    for word, role in _WORDS:
        if word in plain:
            return role
    words = ", ".join(word for word, _ in _WORDS)
    raise DataError(say("readers.mrio.no_role", category=category, words=words))


def from_pymrio(
    system: System,
    terms: Terms,
    *,
    labour: Mapping[str, tuple[str, object]] | None = None,
    resources: Mapping[str, tuple[str, object]] | None = None,
) -> tuple[Folder, Notes]:
    """Return the economy of a pymrio system, and what was assumed and changed.

    Parameters
    ----------
    system
        A `pymrio.IOSystem` with Z and Y, rows and columns of Z labelled (region, sector), columns
        of Y (region, category).
    terms
        Roles by category; categories not named there are read by `role_of_category`.
    labour, resources
        Rows of the system's extensions by the name they get, as (extension, label of the row).

    Raises
    ------
    DataError
        A part of the system is missing, an extension or row is not there, or a category of final
        demand cannot be read.
    """
    table, demand = _part(system.Z, "Z"), _part(system.Y, "Y")
    places = [(str(region), str(sector)) for region, sector in table.index]
    branches = tuple(
        Label(
            f"{code_of(sector)}@{code_of(region)}",
            say("readers.mrio.title", sector=sector, region=region),
            code_of(region),
        )
        for region, sector in places
    )
    flows = np.asarray(table, dtype=np.float64)
    final = _final(demand)
    output: Vector = flows.sum(axis=1) + sum(final.values(), np.zeros(len(places)))
    account = SupplyUse(
        branches,
        branches,
        flows,
        np.diag(output),
        final,
        np.zeros(len(places)),
        _rows(system, labour or {}),
        _rows(system, resources or {}),
        remarks=(say("readers.mrio.regions", count=len({region for region, _ in places})),),
    )
    found = {use: role_of_category(use) for use in final if use not in terms.roles}
    roles = {**found, **terms.roles}
    return from_supply_use(account, replace(terms, roles=roles))


def _part(part: Labelled | None, name: str) -> Labelled:
    if part is None:
        raise DataError(say("readers.mrio.no_part", part=name))
    return part


def _final(demand: Labelled) -> dict[str, Vector]:
    """Return the final uses of all regions together, by category."""
    categories = [str(column[-1]) for column in demand.columns]
    amounts = np.asarray(demand, dtype=np.float64)
    chosen = {name: np.array([each == name for each in categories]) for name in categories}
    return {name: amounts[:, columns].sum(axis=1) for name, columns in chosen.items()}


def _rows(system: System, wanted: Mapping[str, tuple[str, object]]) -> dict[str, Vector]:
    found: dict[str, Vector] = {}
    for name, (extension, row) in wanted.items():
        given = getattr(system, extension, None)
        table = getattr(given, "F", None)
        if table is None:
            known = ", ".join(str(each) for each in system.get_extensions())
            raise DataError(say("readers.mrio.no_extension", name=extension, known=known))
        if row not in table.index:
            known = ", ".join(str(label) for label in list(table.index)[:12])
            raise DataError(say("readers.mrio.no_row", name=row, extension=extension, known=known))
        found[name] = np.asarray(table.loc[row], dtype=np.float64).ravel()
    return found
