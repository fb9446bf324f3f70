"""A draft as tables: series by name and year, in blocks of goods, techniques, plants and so on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, final

import numpy as np

from sovplan.foundation.shapes import Matrix
from sovplan.foundation.words import say
from sovplan.records.draft import Binding, Draft, Plan, Valuation
from sovplan.records.folder import Table

# Adding 0.0 turns the -0.0 of a solver into 0.0.

_MEASURED: Final = {"shadow_price": "objective", "hours": "hours", "labour_content": "hours"}
"""Series that are not in the unit of their thing but in another unit for one of it."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Series of one kind of thing.

    Parameters
    ----------
    by
        Head of the column of names; '' where the series are of no thing in particular.
    names, units
        Name and unit of each thing.
    series
        Numbers by name of the series, things x years; None where the draft has none.
    """

    by: str
    names: tuple[str, ...]
    units: tuple[str, ...]
    series: Mapping[str, Matrix | None]

    def unit(self, series: str, place: int, hours: str) -> str:
        """Return the unit of a series of one thing; `hours` is the unit of hours."""
        unit = self.units[place] or say("papers.unit.one")
        if series in _MEASURED:
            return say(f"papers.unit.{_MEASURED[series]}", hours=hours, unit=unit)
        return self.units[place]


def blocks_of(draft: Draft) -> dict[str, Block]:
    """Return all series of a draft by block.

    The names of blocks and series are those of the document that ``sovplan draft --json`` prints.
    """
    economy = draft.economy
    techniques, plants = economy.techniques, economy.plants
    money = economy.units.get("foreign_prices", "")
    blocks = {
        "goods": Block("good", economy.goods.names, economy.goods.units, _goods(draft)),
        "techniques": Block(
            "technique",
            techniques.names,
            (say("papers.unit.activity"),) * len(techniques),
            _series(draft.plan, ("activity",)),
        ),
        "plants": Block(
            "plant", plants.names, (say("papers.unit.capacity"),) * len(plants), _plants(draft)
        ),
        "labour": Block(
            "skill",
            techniques.skills,
            (economy.hours_unit,) * len(techniques.skills),
            _used(draft, "labour"),
        ),
        "resources": Block(
            "resource",
            techniques.resources,
            ("",) * len(techniques.resources),
            _used(draft, "resources"),
        ),
        "trade": Block("", ("",), (money,), _trade(draft)),
    }
    if economy.extensions.migration is not None:
        people = _row(None if draft.plan is None else draft.plan.migrants)
        blocks["people"] = Block("", ("",), ("",), {"migrants": people})
    return blocks


def long_table(name: str, block: Block, draft: Draft) -> Table:
    """Return a block as one table with a row for each number: name, year, series, value, unit."""
    rows = list(_long(block, draft))
    heads = [block.by, "year", "series", "value", "unit"]
    cells = dict(zip(heads, zip(*rows, strict=True), strict=True)) if rows else {}
    return _table(name, {head: cells.get(head, ()) for head in heads if head})


def series_table(draft: Draft) -> Table:
    """Return all series of a draft in one table, as every run writes them.

    A series is called by its place in the document of the draft: ``goods.steel.output``. The
    regime and the seed of a draft are blank.
    """
    rows = [
        (year, ".".join(part for part in (title, name, series) if part), value, unit)
        for title, block in blocks_of(draft).items()
        for name, year, series, value, unit in _long(block, draft)
    ]
    share = say("papers.unit.share")
    for year, value in zip(draft.years, draft.fulfilment, strict=True):
        rows.append((year, "fulfilment", np.nan if value is None else value, share))
    years, series, values, units = zip(*rows, strict=True)
    blank = ("",) * len(rows)
    return _table(
        "series.csv",
        {
            "regime": blank,
            "seed": (np.nan,) * len(rows),
            "year": years,
            "series": series,
            "value": values,
            "unit": units,
            "kind": ("planned",) * len(rows),
        },
    )


def bindings_table(bindings: Sequence[Binding]) -> Table:
    """Return what binds as a table, the most worth first; year is blank where it is all years."""
    columns: dict[str, Sequence[object]] = {
        "limit": [binding.limit.kind for binding in bindings],
        "name": [binding.limit.name for binding in bindings],
        "year": [binding.limit.year or np.nan for binding in bindings],
        "amount": [binding.limit.amount for binding in bindings],
        "unit": [binding.limit.unit for binding in bindings],
        "price": [binding.price for binding in bindings],
        "hours": [binding.hours for binding in bindings],
        "saved": [binding.saved for binding in bindings],
    }
    return _table("bindings.csv", columns)


_NUMBERS: Final = frozenset({"seed", "year", "value", "amount", "price", "hours", "saved"})


def _table(name: str, columns: Mapping[str, Sequence[object]]) -> Table:
    cells = {
        head: np.array(content, dtype=np.float64)
        if head in _NUMBERS
        else tuple(str(cell) for cell in content)
        for head, content in columns.items()
    }
    rows = len(next(iter(cells.values())))
    return Table(name, cells, range(2, rows + 2), name)


def _long(block: Block, draft: Draft) -> Iterator[tuple[str, int, str, float, str]]:
    hours = draft.work_unit
    for series, numbers in block.series.items():
        if numbers is None:
            continue
        for place, (name, row) in enumerate(zip(block.names, numbers.tolist(), strict=True)):
            unit = block.unit(series, place, hours)
            for year, value in zip(draft.years, row, strict=True):
                yield name, year, series, value, unit


def _goods(draft: Draft) -> dict[str, Matrix | None]:
    names = ("output", "consumption", "investment", "imports", "exports", "stock", "waste")
    return {
        **_series(draft.plan, names),
        "shadow_price": _worth(draft.shadow, "goods"),
        "hours": _worth(draft.hours, "goods"),
        **_series(draft.plan, ("used", "lost", "public", "moved")),
        "labour_content": draft.labour_content,
    }


def _plants(draft: Draft) -> dict[str, Matrix | None]:
    plan = draft.plan
    return {
        "capacity": None if plan is None else plan.capacity[:, :-1],
        "ordered": None if plan is None else plan.ordered,
        "shadow_price": _worth(draft.shadow, "capacity"),
        "hours": _worth(draft.hours, "capacity"),
        "capacity_next": None if plan is None else plan.capacity[:, 1:],
    }


def _used(draft: Draft, what: str) -> dict[str, Matrix | None]:
    found = _series(draft.plan, (f"{what}_used", f"{what}_available"))
    return {
        "used": found[f"{what}_used"],
        "available": found[f"{what}_available"],
        "shadow_price": _worth(draft.shadow, what),
        "hours": _worth(draft.hours, what),
    }


def _trade(draft: Draft) -> dict[str, Matrix | None]:
    plan, shadow, hours = draft.plan, draft.shadow, draft.hours
    return {
        "balance": _row(None if plan is None else plan.trade_balance),
        "shadow_price": _row(None if shadow is None else shadow.foreign),
        "hours": _row(None if hours is None else hours.foreign),
        "credit": _row(None if plan is None else plan.credit),
    }


def _series(plan: Plan | None, names: Sequence[str]) -> dict[str, Matrix | None]:
    return {name: None if plan is None else getattr(plan, name) + 0.0 for name in names}


def _worth(value: Valuation | None, name: str) -> Matrix | None:
    if value is None:
        return None
    found: Matrix = getattr(value, name) + 0.0
    return found


def _row(vector: np.ndarray | None) -> Matrix | None:
    return None if vector is None else vector[None, :] + 0.0
