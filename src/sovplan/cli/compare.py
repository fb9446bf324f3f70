"""``sovplan compare``: runs or drafts side by side."""

from pathlib import Path
from typing import Annotated

import typer

from sovplan.cli.compare_runs import compare_runs
from sovplan.cli.screen import AsJson, answer, answering, columns, document, signed
from sovplan.foundation.errors import DataError
from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.history.economies import read_aims
from sovplan.planning.compare import Changed, Comparison, Inputs
from sovplan.planning.compare import compare as compared
from sovplan.records.assembly import economy_of
from sovplan.records.draftfile import DOCUMENT, read_draft_document
from sovplan.records.runfolder import COUNTRY
from sovplan.records.runfolder import KIND as RUN
from sovplan.records.store import manifest_of
from sovplan.records.tables import read_folder
from sovplan.records.wire import encoded

_INPUTS = 20


@answering
def compare(
    runs: Annotated[list[Path], typer.Argument(help=say("cli.compare.folders"))],
    as_json: AsJson = False,
) -> None:
    """Compare the first run or draft with each of the others."""
    if len(runs) < 2:
        raise DataError(say("cli.compare.two"))
    if _are_runs(runs):
        compare_runs(runs, as_json=as_json)
        return
    first = runs[0]
    found = [_compared(first, other) for other in runs[1:]]
    if as_json:
        document({"comparisons": encoded(found)})
        return
    for one in found:
        _print(one)


def _are_runs(folders: list[Path]) -> bool:
    """Tell whether the folders are runs; folders of drafts are not.

    Raises
    ------
    DataError
        Some are runs and some are drafts, or one is neither.
    """
    runs = [folder for folder in folders if manifest_of(folder).get("kind") in {RUN, COUNTRY}]
    others = [folder for folder in folders if folder not in runs]
    for folder in others:
        if not (folder / DOCUMENT).is_file():
            raise DataError(say("cli.compare.neither", path=folder))
    if runs and others:
        raise DataError(say("cli.compare.mixed", run=runs[0], other=others[0]))
    return bool(runs)


def _compared(first: Path, other: Path) -> Comparison:
    drafts = read_draft_document(first), read_draft_document(other)
    return compared(*drafts, (_inputs(first), _inputs(other)))


def _inputs(path: Path) -> Inputs:
    folder = read_folder(path / "economy")
    return Inputs(folder, read_aims(path / "aims.toml", economy_of(folder), path))


def _print(found: Comparison) -> None:
    for warning in found.warnings:
        answer(signed("look", warning))
    for sentence in found.sentences:
        answer(sentence)
    if found.inputs:
        answer()
        answer(say("cli.compare.inputs", count=len(found.inputs)))
        for change in found.inputs[:_INPUTS]:
            place = ", ".join(part for part in (change.file, change.row, change.column) if part)
            blank = say("cli.compare.nothing")
            words = {"before": change.before or blank, "after": change.after or blank}
            answer(say("cli.compare.input", place=place, **words))
        if len(found.inputs) > _INPUTS:
            answer(say("cli.compare.more", count=len(found.inputs) - _INPUTS))
    for key in ("output", "consumption", "hours"):
        _table(key, getattr(found, key), found)


def _table(key: str, changes: tuple[Changed, ...], found: Comparison) -> None:
    if not changes:
        return
    head = [say(f"cli.compare.{key}"), found.before, found.after]
    answer()
    answer(columns(head, [[c.place, figure(c.before), figure(c.after)] for c in changes]))
