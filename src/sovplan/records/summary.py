"""The document of a draft, read back: what two drafts can be compared by."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final, TypeAlias, final

import numpy as np

from sovplan.foundation.errors import DataError
from sovplan.foundation.shapes import Vector
from sovplan.foundation.words import say
from sovplan.records.draft import Binding, Certificate, Status
from sovplan.records.wire import built, decoded

BLOCKS: Final = ("goods", "techniques", "plants", "labour", "resources")
"""Parts of the document that hold series by name and year."""

Numbers: TypeAlias = tuple[float, ...]
_BLOCK: Final = Mapping[str, Mapping[str, Numbers | None]]


@final
@dataclass(frozen=True, slots=True, eq=False)
class Summary:
    """What the document of a draft says.

    Parameters
    ----------
    name
        What the draft is called among others: the name of its folder.
    economy, method, objective_name, status
        What was planned, how, what for, and whether it could be.
    years
        Calendar years.
    objective
        Value of the objective; nan without a plan.
    fulfilment
        By year; None in a year without target.
    certificate
        None without a plan.
    blocks
        Numbers by year, by block, name and series; None where there is no plan or no such price.
    trade
        Numbers by year, by series.
    terminal
        Shadow price of the terminal rule by good; nan without a plan.
    bindings
        What binds, the most worth first.
    explain
        Sentences.
    """

    name: str
    economy: str
    method: str
    objective_name: str
    status: Status
    years: tuple[int, ...]
    objective: float
    fulfilment: tuple[float | None, ...]
    certificate: Certificate | None
    blocks: Mapping[str, Mapping[str, Mapping[str, Numbers | None]]]
    trade: Mapping[str, Numbers | None]
    terminal: Mapping[str, float]
    bindings: tuple[Binding, ...]
    explain: tuple[str, ...]

    def numbers(self, block: str, name: str, series: str) -> Vector:
        """Return one series by year; nan where there is none, or no thing of that name."""
        found = self.blocks[block].get(name, {}).get(series)
        return np.full(len(self.years), np.nan) if found is None else np.array(found)


def summary_of(document: Mapping[str, Any], name: str) -> Summary:
    """Return what a document of a draft says.

    Parameters
    ----------
    document
        What ``sovplan draft --json`` prints, or `sovplan.records.draftfile.json_document` returns.
    name
        What to call the draft.

    Raises
    ------
    DataError
        Something is missing or of the wrong kind.
    """
    simple = [field.name for field in fields(Summary) if field.name not in {"name", "blocks"}]
    for key in (*simple, *BLOCKS):
        if key not in document:
            raise DataError(say("papers.wire.missing", where=name, name=key))
    found = built(
        Summary,
        {key: document[key] for key in simple},
        name,
        name=name,
        blocks={key: decoded(_BLOCK, document[key], f"{name}.{key}") for key in BLOCKS},
    )
    for where, numbers in _by_year(found):
        if len(numbers) != len(found.years):
            words = {"found": len(numbers), "needed": len(found.years)}
            raise DataError(say("papers.wire.years", where=f"{name}.{where}", **words))
    return found


def _by_year(found: Summary) -> Iterator[tuple[str, Sequence[object]]]:
    yield "fulfilment", found.fulfilment
    things = {f"{block}.{name}": of for block in BLOCKS for name, of in found.blocks[block].items()}
    for thing, of in {**things, "trade": found.trade}.items():
        for series, numbers in of.items():
            if numbers is not None:
                yield f"{thing}.{series}", numbers
