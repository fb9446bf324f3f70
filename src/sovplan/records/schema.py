"""What each table of an economy may hold: columns, kinds, ranges and what they name."""

from dataclasses import dataclass
from typing import Final, Literal, final

Kind = Literal["text", "name", "number", "whole", "year"]

MOST: Final = 1e15
"""Greatest size of a number: with more, sums lose units, and products of a few leave the floats."""
LEAST: Final = 1e-30
"""Least size of a number that is not 0: below is what rounding leaves, or a slip of the pen."""
LEAST_NORM: Final = 1e-12
"""The same of a norm or a price, which is typed and not reckoned."""


@final
@dataclass(frozen=True, slots=True)
class Column:
    """One column: its kind, its range and the list of names it refers to.

    Parameters
    ----------
    name
        Head of the column.
    kind
        `name` is a text that may not be blank; `whole` and `year` are whole numbers.
    refers
        The list in which a name must stand: good, technique, plant, or blank.
    low, high
        Least and greatest value of a number.
    least
        Least size of a number that is not 0.
    needed
        A blank cell is a finding.
    choices
        The only texts allowed, or empty.
    """

    name: str
    kind: Kind = "text"
    refers: str = ""
    low: float = float("-inf")
    high: float = float("inf")
    needed: bool = False
    choices: tuple[str, ...] = ()
    least: float = LEAST


@final
@dataclass(frozen=True, slots=True)
class Schema:
    """One table: its columns, those that must be there, its key and its main amount."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    amount: str = ""
    needed: bool = False

    def column(self, name: str) -> Column | None:
        """Return a column by its head, or None."""
        return next((column for column in self.columns if column.name == name), None)


def _amount(name: str, *, needed: bool = True) -> Column:
    return Column(name, "number", low=0.0, needed=needed)


def _norm(name: str, *, needed: bool = True, low: float = 0.0) -> Column:
    return Column(name, "number", low=low, needed=needed, least=LEAST_NORM)


REMARKS: Final = (
    Column("low", "number"),
    Column("high", "number"),
    Column("provenance"),
    Column("source"),
    Column("note"),
)
"""Columns allowed in every table; no plan reads them, and reading then writing keeps them."""

_NAME_OF_GOOD = Column("good", "name", "good", needed=True)
_NAME_OF_TECHNIQUE = Column("technique", "name", "technique", needed=True)
_NAME_OF_PLANT = Column("plant", "name", "plant", needed=True)
LAST_YEAR: Final = 99999.0
"""Calendar years lie between this and its negative."""


def in_size(value: int | float, least: float = LEAST) -> bool:
    """Tell whether a number is 0, or of a size that can be reckoned with."""
    return bool(value == 0 or least <= abs(value) <= MOST)


_LONGEST: Final = 1000.0
"""Most years from order to use; more is a slip of the pen."""

_YEAR = Column("year", "year", low=-LAST_YEAR, high=LAST_YEAR, needed=True)
_GESTATION = Column("gestation", "whole", low=1.0, high=_LONGEST)

NEEDS: Final = Schema(
    "needs.csv",
    (
        _YEAR,
        _NAME_OF_GOOD,
        _amount("target", needed=False),
        _amount("floor", needed=False),
        _amount("public", needed=False),
        Column("kind", choices=("consumption", "output", "")),
        _amount("base", needed=False),
    ),
    key=("year", "good", "kind"),
    amount="target",
)

SCHEMAS: Final[dict[str, Schema]] = {
    schema.name: schema
    for schema in (
        Schema(
            "goods.csv",
            (
                Column("good", "name", needed=True),
                Column("title"),
                Column("unit"),
                _amount("stock", needed=False),
                Column("spoilage", "number", low=0.0, high=1.0),
                _norm("import_price", needed=False),
                _norm("export_price", needed=False),
                _amount("import_cap", needed=False),
                _amount("export_cap", needed=False),
            ),
            key=("good",),
            amount="stock",
            needed=True,
        ),
        Schema(
            "techniques.csv",
            (
                Column("technique", "name", needed=True),
                Column("title"),
                _amount("capacity", needed=False),
                Column("wear", "number", low=0.0, high=1.0),
                _GESTATION,
                Column("region"),
            ),
            key=("technique",),
            amount="capacity",
            needed=True,
        ),
        Schema(
            "flows.csv",
            (
                _NAME_OF_TECHNIQUE,
                _NAME_OF_GOOD,
                Column("role", "name", needed=True, choices=("input", "output", "capital")),
                _norm("amount"),
            ),
            key=("technique", "good", "role"),
            amount="amount",
            needed=True,
        ),
        Schema(
            "labour.csv",
            (_NAME_OF_TECHNIQUE, Column("skill", "name", needed=True), _norm("hours")),
            key=("technique", "skill"),
            amount="hours",
        ),
        Schema(
            "resources.csv",
            (
                _NAME_OF_TECHNIQUE,
                Column("resource", "name", needed=True),
                _norm("amount", low=float("-inf")),
            ),
            key=("technique", "resource"),
            amount="amount",
        ),
        Schema(
            "supply.csv",
            (
                _YEAR,
                Column("kind", "name", needed=True, choices=("labour", "resource", "credit")),
                Column("name", "name", needed=True),
                Column("amount", "number", needed=True),
            ),
            key=("year", "kind", "name"),
            amount="amount",
        ),
        NEEDS,
        Schema(
            "plants.csv",
            (
                Column("plant", "name", needed=True),
                Column("title"),
                _amount("capacity"),
                Column("wear", "number", low=0.0, high=1.0),
                _GESTATION,
            ),
            key=("plant",),
            amount="capacity",
        ),
        Schema(
            "building.csv",
            (_NAME_OF_PLANT, _NAME_OF_GOOD, _norm("amount")),
            key=("plant", "good"),
            amount="amount",
        ),
        Schema(
            "loads.csv",
            (_NAME_OF_TECHNIQUE, _NAME_OF_PLANT, _norm("load")),
            key=("technique", "plant"),
            amount="load",
        ),
        Schema(
            "under_construction.csv",
            (
                _NAME_OF_PLANT,
                _YEAR,
                _amount("capacity"),
                Column("left", "whole", low=0.0),
            ),
            key=("plant", "year", "left"),
            amount="capacity",
        ),
        Schema(
            "workplaces.csv",
            (
                Column("workplace", "name", needed=True),
                Column("title"),
                _NAME_OF_TECHNIQUE,
                Column("share", "number", low=0.0, high=1.0),
            ),
            key=("workplace", "technique"),
        ),
        Schema(
            "links.csv",
            (
                _NAME_OF_GOOD,
                Column("supplier", "name", needed=True),
                Column("user", "name", needed=True),
                _amount("amount"),
            ),
            key=("good", "supplier", "user"),
        ),
    )
}
"""The tables of an economy's folder, in the order in which they are written."""

ACTIVITY: Final = Schema(
    "activity.csv",
    (
        _NAME_OF_TECHNIQUE,
        _amount("activity"),
        _amount("capacity", needed=False),
        Column("use_of_capacity", "number"),
    ),
    key=("technique",),
    amount="activity",
)
"""Activities of the year before the first: the table named by `growth_limits.opening`."""
