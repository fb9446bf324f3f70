"""``sovplan check``: all findings in an economy at once."""

from pathlib import Path
from typing import Annotated

import typer

from sovplan.cli.screen import BAD_INPUT, AsJson, answer, answering, document, signed
from sovplan.foundation.words import say
from sovplan.history.economies import (
    aims_file_findings,
    aims_files,
    folder_path,
    read_aims,
)
from sovplan.planning.soundness import soundness
from sovplan.records.assembly import economy_of
from sovplan.records.checks import findings
from sovplan.records.findings import Finding
from sovplan.records.folder import Folder
from sovplan.records.tables import read_folder


@answering
def check(
    economy: Annotated[str, typer.Argument(help=say("cli.option.economy"))],
    as_json: AsJson = False,
) -> None:
    """List what is wrong and what is doubtful."""
    path = folder_path(economy)
    folder = read_folder(path)
    found = _all_findings(folder, path)
    errors = [finding for finding in found if finding.level == "error"]
    if as_json:
        document({"economy": economy, "errors": len(errors), "findings": [_row(f) for f in found]})
    else:
        _print(found, len(errors), economy)
    if errors:
        raise typer.Exit(BAD_INPUT)


def _all_findings(folder: Folder, path: Path) -> list[Finding]:
    """Return findings of form; if there is no error, of the aims beside it and of soundness."""
    found = findings(folder)
    if any(finding.level == "error" for finding in found):
        return found
    economy = economy_of(folder)
    beside = {}
    for file in aims_files(path):
        wrong = aims_file_findings(file, economy)
        found += wrong
        if not wrong:
            beside[file.name] = read_aims(file, economy, path)
    return [*found, *soundness(economy, beside=beside)]


def _row(finding: Finding) -> dict[str, object]:
    return {
        "level": finding.level,
        "file": finding.file,
        "row": finding.line or None,
        "column": finding.column or None,
        "text": finding.text,
    }


def _print(found: list[Finding], errors: int, name: str) -> None:
    kind = "no" if errors else "look" if found else "done"
    counts = {"errors": errors, "warnings": len(found) - errors}
    answer(signed(kind, say(f"cli.check.{kind}", name=name, **counts)))
    for finding in found:
        answer(f"  {signed('no' if finding.level == 'error' else 'look', str(finding))}")
