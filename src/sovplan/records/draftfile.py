"""A draft as files: the document for machines, its tables, and what it was drawn from."""

import json
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import numpy as np

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.records.aims import Aims
from sovplan.records.blocks import (
    Block,
    bindings_table,
    blocks_of,
    long_table,
    series_table,
)
from sovplan.records.canon import digest
from sovplan.records.draft import Draft
from sovplan.records.folder import Folder
from sovplan.records.store import manifested, read_bytes
from sovplan.records.summary import Summary, summary_of
from sovplan.records.tables import write_csv, write_parquet, write_toml
from sovplan.records.wire import encoded, number, parsed, plain

DOCUMENT: Final = "draft.json"
"""Name of the document in the folder of a draft."""
KIND: Final = "draft"
"""What the manifest calls a draft: the command that writes it."""
RESULTS: Final = ("stress", "price")
"""Blocks of the document that stand there only if they were asked for."""

_NEEDS: Final = "aims-needs.csv"


def json_document(draft: Draft, results: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return what ``sovplan draft --json`` prints: numbers by year, null for what there is not.

    Parameters
    ----------
    draft
        The draft.
    results
        The blocks `stress` and `price`, where they were asked for.
    """
    blocks = blocks_of(draft)
    certificate = draft.certificate
    things = {name: _things(block) for name, block in blocks.items() if block.by}
    others = {name: _things(block)[""] for name, block in blocks.items() if not block.by}
    return {
        "economy": draft.economy.name,
        "method": draft.method,
        "objective_name": draft.aims.objective,
        "years": list(draft.years),
        "status": draft.status,
        "objective": number(draft.objective),
        "fulfilment": encoded(draft.fulfilment),
        "certificate": encoded(certificate),
        **things,
        **others,
        "terminal": _terminal(draft),
        "explain": list(draft.explain()),
        "bindings": encoded(draft.bindings),
        "conflict": encoded(draft.conflict),
        "unlimited": encoded(draft.unlimited),
        **{block: (results or {}).get(block) for block in RESULTS},
    }


def document_bytes(draft: Draft, results: Mapping[str, Any] | None = None) -> bytes:
    """Return the document as text, to the byte as ``sovplan draft --json`` prints it."""
    text = json.dumps(json_document(draft, results), ensure_ascii=False, allow_nan=False)
    return f"{text}\n".encode()


def contents_of(
    draft: Draft,
    *,
    folder: Folder,
    command: str,
    results: Mapping[str, Any] | None = None,
    files: Mapping[str, bytes] | None = None,
    manifest_extra: Mapping[str, object] | None = None,
) -> dict[str, bytes]:
    """Return the files of ``--out DIR`` of a draft, bytes by path.

    The same draft of the same folder gives the same bytes: nothing depends on the clock or on
    where the files lie.

    Parameters
    ----------
    draft
        The draft.
    folder
        The economy as it was written; it is written again, so that the plan can be drawn up again.
    command
        What to type in the folder of the draft to have the same draft again.
    results
        Blocks of the document, as for `json_document`.
    files
        Further files, bytes by path.
    manifest_extra
        What else the manifest should state.
    """
    economy = {f"economy/{name}": write_csv(table) for name, table in folder.tables.items()}
    written = {
        **(files or {}),
        DOCUMENT: document_bytes(draft, results),
        "aims.toml": write_toml(aims_settings(draft.aims)),
        "economy/economy.toml": write_toml(folder.settings),
        **economy,
    }
    if draft.aims.needs is not None:
        written[_NEEDS] = write_csv(draft.aims.needs)
    if draft.done:
        for name, block in blocks_of(draft).items():
            written[f"plan/{name}.parquet"] = write_parquet(long_table(f"{name}.csv", block, draft))
        written["plan/bindings.parquet"] = write_parquet(bindings_table(draft.bindings))
        written["series.parquet"] = write_parquet(series_table(draft))
    about = {
        "sovplan": version("sovplan"),
        "solver": {"name": "highspy", "version": version("highspy")},
        "command": command,
        "inputs": {
            "economy": {"name": draft.economy.name, "digest": digest(draft.economy)},
            "aims": {"name": draft.aims.name, "digest": digest(draft.aims)},
        },
        **(manifest_extra or {}),
    }
    return manifested(KIND, about, written)


def aims_settings(aims: Aims) -> dict[str, Any]:
    """Return aims as their file has them, complete but for what stands at its default."""
    settings: dict[str, Any] = {"name": aims.name, "objective": aims.objective}
    settings["years"] = aims.horizon
    terminal = aims.terminal
    settings["terminal"] = "none" if terminal is None else terminal
    settings["tie_break"] = aims.tie_break
    lists = {"year_weights": aims.year_weights, "no_waste": aims.no_waste}
    settings |= {key: list(given) for key, given in lists.items() if given}
    if aims.cap is not None:
        settings["cap"] = aims.cap
    if aims.needs is not None:
        settings["needs"] = _NEEDS
    tables = {"weights": aims.weights, "labour_weights": aims.labour_weights}
    settings |= {key: dict(given) for key, given in tables.items() if given}
    if aims.floor_multiples:
        settings["floors"] = {"multiple": list(aims.floor_multiples)}
    return settings


def read_draft_document(path: Path) -> Summary:
    """Return what the document in the folder of a draft says.

    Parameters
    ----------
    path
        A folder that ``sovplan draft --out`` wrote.

    Raises
    ------
    DataError
        It is no such folder, or its document is not whole.
    """
    file = path / DOCUMENT
    if not file.is_file():
        raise DataError(say("papers.draft.no_document", path=path, file=DOCUMENT))
    return summary_of(plain(dict, parsed(read_bytes(file), file), str(file)), path.name)


def _things(block: Block) -> dict[str, dict[str, list[float | None] | None]]:
    return {
        name: {
            series: None if numbers is None else encoded(numbers[place])
            for series, numbers in block.series.items()
        }
        for place, name in enumerate(block.names)
    }


def _terminal(draft: Draft) -> dict[str, float | str | None]:
    """Return the price of the terminal rule by good, for the goods that it asks for."""
    if draft.aims.terminal is None:
        return {}
    built = np.flatnonzero(np.diff(draft.economy.plants.building.tocsr().indptr))
    prices = np.full(len(draft.economy.goods), np.nan)
    if draft.shadow is not None:
        prices = draft.shadow.terminal + 0.0
    return {draft.economy.goods.names[good]: number(float(prices[good])) for good in built}
