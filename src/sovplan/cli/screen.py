"""What stands on the terminal: answers on stdout, everything about the work on stderr."""

import functools
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Annotated, Any, Final, ParamSpec, TypeVar

import typer

from sovplan.foundation.errors import DataError, OutOfStage, SovplanError
from sovplan.foundation.words import say

DONE: Final = 0
NO: Final = 1
BAD_INPUT: Final = 2

_SIGNS: Final = {"done": ("✓", "ok"), "look": ("!", "!"), "no": ("✗", "no")}
_COLOURS: Final = {"done": typer.colors.GREEN, "look": typer.colors.YELLOW, "no": typer.colors.RED}
_WIDTH: Final = 80

AsJson = Annotated[bool, typer.Option("--json", help=say("cli.option.json"))]
"""The option of commands that can answer in one JSON document."""

P = ParamSpec("P")
R = TypeVar("R")


def answer(text: str = "") -> None:
    """Print part of the answer."""
    typer.echo(_printable(text, sys.stdout.encoding))


def note(text: str) -> None:
    """Print something about the work: warnings, where files lie."""
    typer.echo(_printable(text, sys.stderr.encoding), err=True)


def document(content: Mapping[str, Any]) -> None:
    """Print the one JSON document of a command with --json."""
    typer.echo(json.dumps(content, ensure_ascii=False, allow_nan=False))


def signed(kind: str, text: str, *, err: bool = False) -> str:
    """Return a text with the sign of its kind: done, look or no; colour repeats the sign."""
    stream = sys.stderr if err else sys.stdout
    sign = _SIGNS[kind][0 if _encodes(_SIGNS[kind][0], stream.encoding) else 1]
    if stream.isatty() and not os.environ.get("NO_COLOR"):
        sign = typer.style(sign, fg=_COLOURS[kind])
    return f"{sign} {text}"


def columns(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table: names left, numbers right, one rule under the head.

    On a terminal names are cut so that 80 columns are enough.
    """
    grid = [list(head), *(list(row) for row in rows)]
    widths = [max(len(row[place]) for row in grid) for place in range(len(head))]
    if sys.stdout.isatty():
        widths[0] = min(widths[0], max(20, _WIDTH - sum(widths[1:]) - 2 * (len(head) - 1)))
    lines = []
    for place, row in enumerate(grid):
        cells = [_cut(row[0], widths[0]).ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        lines.append("  ".join(cells).rstrip())
        if place == 0:
            lines.append("  ".join("─" * width for width in widths))
    return "\n".join(lines)


def answering(command: Callable[P, R]) -> Callable[P, R]:
    """Turn our own errors into one message on stderr and an exit code; a bug keeps its trace."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except SovplanError as error:
            bad_input = isinstance(error, DataError | OutOfStage)
            note(signed("no", str(error), err=True))
            if bad_input:
                note(say("cli.nothing_written"))
            raise typer.Exit(BAD_INPUT if bad_input else NO) from None
        except BrokenPipeError:
            # The reader has gone (`| head`); what it wanted it has.
            sys.stderr.close()
            raise typer.Exit(DONE) from None

    return wrapped


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _encodes(text: str, encoding: str | None) -> bool:
    try:
        text.encode(encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


_PLAIN: Final = {
    "\u2009": " ",
    "\u202f": " ",
    "\u00a0": " ",
    "\u2212": "-",
    "─": "-",
    "…": "...",
    "×": "x",
}


def _printable(text: str, encoding: str | None) -> str:
    if _encodes(text, encoding):
        return text
    for sign, plain in _PLAIN.items():
        text = text.replace(sign, plain)
    return text.encode(encoding or "ascii", "replace").decode(encoding or "ascii")
