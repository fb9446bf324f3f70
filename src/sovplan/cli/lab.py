"""``sovplan lab``: the model held against history."""

from collections.abc import Mapping, Sequence
from enum import Enum
from math import isnan
from pathlib import Path
from typing import Annotated

import typer

from sovplan.cli.screen import AsJson, answer, answering, columns, document, note, signed
from sovplan.foundation.errors import DataError
from sovplan.foundation.numbers import NOTHING_KNOWN, figure
from sovplan.foundation.words import say
from sovplan.lab import codings_page, codings_rows_table
from sovplan.lab.came import came_words, given_words, headline, rule_words, trial_words
from sovplan.lab.codings import Agreement, Coded, all_at_once, codings, moved
from sovplan.lab.codings_rows import codings_of_rows
from sovplan.lab.document import document as as_document
from sovplan.lab.given import Given, given_of_met
from sovplan.lab.loops import compile_loops, loops
from sovplan.lab.page import files
from sovplan.lab.periods import told
from sovplan.lab.switches import Effects, effects
from sovplan.lab.validate import Result, Scored, as_shipped
from sovplan.records.store import check_target, write_files


class Task(Enum):
    """What the laboratory can do."""

    VALIDATE = "validate"
    CODINGS = "codings"
    CODINGS_OF_ROWS = "codings-of-rows"
    LOOPS = "loops"


@answering
def lab(
    task: Annotated[Task, typer.Argument(metavar="TASK", help=say("lab.command.what"))],
    out: Annotated[Path | None, typer.Option(help=say("lab.command.out"))] = None,
    as_json: AsJson = False,
) -> None:
    """Hold the model against patterns of history, or two codings against each other.

    `codings` are those that the quarters read, `codings-of-rows` those that rows read alone.
    """
    if out is not None:
        if task is Task.LOOPS:
            raise DataError(say("lab.command.loops_out"))
        check_target(out)
    if task is Task.LOOPS:
        _loops(as_json=as_json)
    elif task is Task.CODINGS:
        _codings(out, as_json=as_json)
    elif task is Task.CODINGS_OF_ROWS:
        _of_rows(out, as_json=as_json)
    else:
        _validate(out, as_json=as_json)


def _loops(*, as_json: bool) -> None:
    """Compile the loops of rows that are not on the disk."""
    made = compile_loops(
        lambda done, wanted: note(say("lab.command.loop", number=done + 1, wanted=wanted))
    )
    if as_json:
        document({"compiled": made, "loops": len(loops())})
    else:
        answer(signed("done", say("lab.command.loops", made=made, loops=len(loops()))))


def _codings(out: Path | None, *, as_json: bool) -> None:
    found = codings()
    if out is not None:
        write_files(out, codings_page.files(found))
        note(say("lab_codings.wrote", path=out / "report.html"))
    if as_json:
        document(codings_page.document(found))
        return
    base = effects()
    ranked = sorted(found, key=lambda each: -moved(each, base))
    heads = [say(f"lab_codings.col.{name}") for name in ("institution", *_AGREEMENT, "moved")]
    answer(columns(heads, [_agreement(each, moved(each, base)) for each in ranked]))
    answer()
    numbers = [[codings_page.name_of(name), *(figure(getattr(each, name)) for each in _both())]
               for name in codings_page.SHOWN]  # fmt: skip
    heads = [say(f"lab_codings.col.{name}") for name in ("figure", "first", "second")]
    answer(columns(heads, numbers))
    answer()
    answer(codings_page.score([each.agreement for each in found]))


def _of_rows(out: Path | None, *, as_json: bool) -> None:
    found = codings_of_rows()
    if out is not None:
        write_files(out, codings_rows_table.files(found))
        note(say("lab_codings.wrote", path=out / codings_rows_table.FILE))
    if as_json:
        document(codings_rows_table.document(found))
        return
    heads = [say(f"lab_codings.col.{name}") for name in ("institution", *_AGREEMENT, "moved")]
    rows = [[each.about.name, *_numbers(each.agreement), codings_rows_table.told(each, 1)]
            for each in found]  # fmt: skip
    answer(columns(heads, rows))
    answer()
    answer(codings_page.score([each.agreement for each in found]))
    answer(say("lab_codings.rows"))


_AGREEMENT = ("alpha", "difference", "same")


def _both() -> tuple[Effects, Effects]:
    return effects(), all_at_once()


def _agreement(each: Coded, change: float) -> list[str]:
    return [each.about.name, *_numbers(each.agreement), f"{100.0 * change:.1f} %"]


def _numbers(each: Agreement) -> list[str]:
    numbers = [getattr(each, name) for name in _AGREEMENT]
    return [NOTHING_KNOWN if isnan(number) else figure(number) for number in numbers]


def _validate(out: Path | None, *, as_json: bool) -> None:
    results, given = as_shipped(), given_of_met()
    if out is not None:
        write_files(out, files(results, given))
        note(say("lab.command.wrote", path=out / "report.html"))
    if as_json:
        document(as_document(results, given))
    else:
        _print(results, given)


def _print(results: Sequence[Result], given: Mapping[str, Given]) -> None:
    for result in results:
        pattern = result.pattern
        sign = {"met": "done", "missed": "no"}.get(result.status, "look")
        answer(signed(sign, f"{pattern.id}  {pattern.title}: {came_words(result)}"))
        if pattern.id in given:
            answer(given_words(given[pattern.id]))
        if result.points:
            answer(_table(result.points))
            answer()
    answer(rule_words())
    answer(trial_words())
    answer()
    for line in headline(results, given):
        answer(line)


def _table(points: Sequence[Scored]) -> str:
    heads = ("point", "model", "low", "high", "target", "within")
    rows = [
        [
            each.point.label,
            *(
                told(each.point, number)
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
