"""``sovplan lab``: the model held against history."""

from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from sovplan.cli.new import AsJson
from sovplan.cli.screen import answer, answering, columns, document, note, signed
from sovplan.foundation.numbers import NOTHING_KNOWN, figure
from sovplan.foundation.words import say
from sovplan.lab.page import files
from sovplan.lab.validate import Result, Scored, scores, validate
from sovplan.lab.validate import document as as_document
from sovplan.records.store import check_target, write_files


class Task(Enum):
    """What the laboratory can do."""

    VALIDATE = "validate"


@answering
def lab(
    task: Annotated[Task, typer.Argument(metavar="TASK", help=say("lab.command.what"))],
    out: Annotated[Path | None, typer.Option(help=say("lab.command.out"))] = None,
    as_json: AsJson = False,
) -> None:
    """Hold the model against patterns of history."""
    _ = task  # one task so far; typer has refused all others
    if out is not None:
        check_target(out)
    results = validate()
    if out is not None:
        write_files(out, files(results))
        note(say("lab.command.wrote", path=out / "report.html"))
    if as_json:
        document(as_document(results))
    else:
        _print(results)


def _print(results: Sequence[Result]) -> None:
    for result in results:
        pattern = result.pattern
        sign = {"met": "done", "missed": "no"}.get(result.status, "look")
        words = say(f"lab.status.{result.status}")
        answer(signed(sign, f"{pattern.id}  {pattern.title}: {words}"))
        if result.points:
            answer(_table(result.points))
            answer()
    counts = scores(results)
    rest = int(counts["patterns"]) - int(counts["looked_at"])
    answer(say("lab.command.score", rest=rest, **counts))


def _table(points: Sequence[Scored]) -> str:
    heads = ("point", "model", "low", "high", "target", "within")
    rows = [
        [
            each.point.label,
            *(
                NOTHING_KNOWN if number is None else figure(number)
                for number in (each.model, each.point.low, each.point.high, each.point.target)
            ),
            _within(each),
        ]
        for each in points
    ]
    return columns([say(f"lab.command.{head}") for head in heads], rows)


def _within(each: Scored) -> str:
    if each.within is None:
        return say("lab.command.blind")
    return say("lab.command.yes" if each.within else "lab.command.no")
