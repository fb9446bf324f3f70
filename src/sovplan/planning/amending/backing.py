"""The proofs behind a sheet as tables: programmes, their columns and their prices, whole."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from sovplan.planning.amending.proof import proof_of
from sovplan.planning.amending.sheet import Backed
from sovplan.records.folder import Table


def proof_index(backed: Sequence[Backed]) -> list[dict[str, Any]]:
    """Return what each proof is of and where it lies, with what is left of it when checked."""
    found = []
    for number, one in enumerate(backed, 1):
        proof = proof_of(one.programme, one.columns, one.duals, unit=one.unit)
        found.append({
            "name": one.name,
            "file": file_of(number),
            "maximise": one.programme.maximise,
            "primal": proof.primal,
            "dual": proof.dual,
            "gap": proof.gap,
            "unit": one.unit,
            "value": proof.value,
        })  # fmt: skip
    return found


def file_of(number: int) -> str:
    """Return the first part of the names of the files of a proof."""
    return f"proof/{number:03d}"


def proof_tables(backed: Sequence[Backed]) -> Iterator[tuple[str, Table]]:
    """Yield the tables of each proof by the path of their file without its ending.

    `columns` has cost, low, high and x of each column, `rows` low, high and y of each row, `matrix`
    the entries that are not zero. Row and column count from 0.
    """
    for number, one in enumerate(backed, 1):
        programme = one.programme
        entries = programme.matrix.tocoo()
        row, column = entries.coords
        parts = {
            "columns": {
                "cost": programme.cost,
                "low": programme.low,
                "high": programme.high,
                "x": one.columns,
            },
            "rows": {"low": programme.row_low, "high": programme.row_high, "y": one.duals},
            "matrix": {
                "row": row.astype(np.float64),
                "column": column.astype(np.float64),
                "value": entries.data,
            },
        }
        for name, columns in parts.items():
            file = f"{file_of(number)}-{name}"
            yield file, Table(f"{file}.csv", columns, (), f"{file}.csv")
