"""``sovplan draft FILE --method rounds``: councils propose in rounds until they fit."""

import shlex
from pathlib import Path
from typing import Final

import typer

from sovplan.cli.repeat import Asked
from sovplan.cli.screen import NO, answer, columns, document, note, signed
from sovplan.foundation.errors import DataError
from sovplan.foundation.numbers import percent
from sovplan.foundation.words import say
from sovplan.history.readers.councils import read_councils
from sovplan.planning.rounds.outcome import UNTIL, Outcome, document_of, outcome_of, round_rows
from sovplan.records.store import check_target, write_files
from sovplan.report.rounds import rounds_files

ROUNDS: Final = "rounds"
"""The method that takes a file of councils."""
_SHOWN: Final = 12
"""Rounds that are printed at most."""


def is_councils(asked: Asked) -> bool:
    """Tell whether a file of councils was given to the method of rounds."""
    return asked.method == ROUNDS and Path(asked.economy).is_file()


def draft_in_rounds(asked: Asked, until: float | None, out: Path | None, *, as_json: bool) -> None:
    """Hold rounds, make a plan of what they end with, and print and write both.

    Raises
    ------
    DataError
        Another option does not go with councils, or the file has an error.
    """
    _check_alone(asked)
    if out is not None:
        check_target(out)
    file = Path(asked.economy)
    share = UNTIL if until is None else until
    found = outcome_of(read_councils(file), file.name, share)
    if out is not None:
        words = ["sovplan", "draft", file.name, "--method", ROUNDS]
        words += [] if until is None else ["--until", f"{until:g}"]
        write_files(out, rounds_files(found, shlex.join(words)))
    if as_json:
        document(document_of(found))
    else:
        _print(found)
    if out is not None:
        note(say("cli.draft.wrote", path=out))
        note(str(out / "report.html"))
    if not found.done:
        raise typer.Exit(NO)


def _check_alone(asked: Asked) -> None:
    given = {
        "--aims": asked.aims is not None,
        "--years": asked.years is not None,
        "--stress": bool(asked.draws),
        "--amend": asked.amend is not None,
    }
    if any(given.values()):
        names = say("cli.draft.and").join(name for name, is_given in given.items() if is_given)
        raise DataError(say("cli.draft.rounds_alone", options=names))


def _print(found: Outcome) -> None:
    first, *rest = found.sentences
    answer(signed("done" if found.done else "no", first))
    answer()
    rows = round_rows(found)
    heads = [say(f"rounds.page.{head}") for head in ("round", "worst", "good")]
    shown = [
        [str(row["round"]), percent(row["worst_imbalance"]), row["good"]]
        for row in map(rows.__getitem__, _some(len(rows)))
    ]
    answer(columns(heads, shown))
    answer()
    for sentence in rest:
        answer(sentence)


def _some(count: int) -> list[int]:
    """Return places of at most so many rounds as are printed, the first and the last among them."""
    if count <= _SHOWN:
        return list(range(count))
    return sorted({round(at * (count - 1) / (_SHOWN - 1)) for at in range(_SHOWN)})
