"""Where a run was written, and what stood there before."""

from pathlib import Path

from sovplan.cli.screen import note
from sovplan.foundation.words import say
from sovplan.records.store import manifest_of


def command_of(out: Path | None) -> str:
    """Return what to type for the run that a folder holds; '' where it holds none."""
    found = {} if out is None else manifest_of(out)
    return str(found.get("command", ""))


def wrote(out: Path, before: str) -> None:
    """Say where a run was written, and which other one it took the place of.

    Parameters
    ----------
    out
        The folder.
    before
        The command of the run that it held.
    """
    note(say("cli.run.wrote", path=out))
    if before and before != command_of(out):
        note(say("cli.run.replaced", command=before))
    note(str(out / "report.html"))
