"""``sovplan inspect``: returns held against each other."""

import textwrap
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Final

import typer

from sovplan.cli.screen import AsJson, answer, answering, document, note, signed
from sovplan.cli.yearfiles import log_of
from sovplan.foundation.errors import DataError
from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.history.economies import folder_path
from sovplan.history.years import returns_path
from sovplan.inspection.blind import best_measurement, unseen
from sovplan.inspection.inspect import LEVEL
from sovplan.inspection.inspect import inspect as inspected
from sovplan.inspection.sheet import in_order
from sovplan.records.assembly import economy_of
from sovplan.records.documents import Findings, Flag, Report
from sovplan.records.economy import Economy
from sovplan.records.findings import nearest
from sovplan.records.lateness import pages_of, stated, with_findings
from sovplan.records.reportfile import read_reports
from sovplan.records.tables import read_folder
from sovplan.records.yearlog import YearLog, write_log

_WIDTH: Final = 80
_WORDS: Final = 32
_DOUBTFUL: Final = 0.05
"""Books whose p-value is below this are said not to agree as a whole."""


@answering
def inspect(  # noqa: PLR0917 - the options are the contract of the command
    returns: Annotated[Path, typer.Argument(help=say("cli.inspect.returns"))],
    economy: Annotated[str | None, typer.Option(help=say("cli.inspect.economy"))] = None,
    period: Annotated[str | None, typer.Option(help=say("cli.inspect.period"))] = None,
    level: Annotated[float, typer.Option(help=say("cli.inspect.level"))] = LEVEL,
    file: Annotated[bool, typer.Option("--file", help=say("cli.inspect.file"))] = False,
    by: Annotated[str, typer.Option(help=say("cli.inspect.by"))] = "inspectors",
    as_json: AsJson = False,
) -> None:
    """Hold returns against each other, and file what was found where that is asked for."""
    reports = read_reports(returns_path(returns))
    filed, before = _split(reports, period)
    log = _log(economy, filed) if file else None
    now = filed if log is None else _on_file(log, period)
    known = _economy(economy)
    found = inspected(now, economy=known, previous=before, level=level, filed_by=by)
    if log is not None:
        write_log(Path(economy or ""), with_findings(log, found))
    if as_json:
        document(_document(found))
    else:
        _print(found, now)
    if log is not None:
        note(say("cli.inspect.filed", folder=economy, count=len(now)))


def _log(economy: str | None, reports: Sequence[Report]) -> YearLog:
    """Return the log of the economy's folder with the reports, late ones as late."""
    if economy is None:
        raise DataError(say("cli.inspect.no_folder"))
    log = log_of(Path(economy))
    return log.file(*pages_of(log, reports))


def _on_file(log: YearLog, period: str | None) -> tuple[Report, ...]:
    """Return all that is on file, of a period or of all: findings are about the whole of it."""
    return tuple(report for report in stated(log) if period in {None, report.period})


def _economy(name: str | None) -> Economy | None:
    return None if name is None else economy_of(read_folder(folder_path(name)))


def _split(
    reports: Sequence[Report], period: str | None
) -> tuple[tuple[Report, ...], tuple[Report, ...]]:
    """Return the reports of the period asked for, and those of the periods before it."""
    if period is None:
        return tuple(reports), ()
    periods = in_order(report.period for report in reports)
    if period not in periods:
        words = {"period": period, "nearest": nearest(period, periods)}
        raise DataError(say("cli.inspect.no_period", **words))
    earlier = periods[: periods.index(period)]
    return (
        tuple(report for report in reports if report.period == period),
        tuple(report for report in reports if report.period in earlier),
    )


def _document(found: Findings) -> dict[str, object]:
    return {
        "global": asdict(found.of_all),
        "findings": [asdict(flag) for flag in found.flags],
        "blind_spots": [asdict(spot) for spot in found.blind_spots],
        "expected_false_flags": found.expected_false_flags,
    }


def _print(found: Findings, reports: Sequence[Report]) -> None:
    places = len({entry.workplace for report in reports for entry in report.entries})
    count, p = len(found.flags), found.of_all.p
    key = "none" if count == 0 else "one" if count == 1 else "many"
    agree = "agree" if p >= _DOUBTFUL else "differ"
    headline = say(f"cli.inspect.{key}", count=count, places=places)
    answer(f"{headline} {say(f'cli.inspect.{agree}', p=figure(p, 2))}")
    if found.flags:
        answer()
        answer(_table(found.flags))
        answer()
    hidden = unseen(found.blind_spots)
    if hidden:
        best = best_measurement(found.blind_spots)
        _look(say("cli.inspect.blind", count=hidden, best=best))
    _look(say("cli.inspect.expected", count=figure(found.expected_false_flags, 2)))


def _look(text: str) -> None:
    first, *rest = textwrap.wrap(text, _WIDTH - 2)
    answer(signed("look", first))
    for line in rest:
        answer(f"  {line}")


def _table(flags: Sequence[Flag]) -> str:
    """Return the findings as a table, names and words left, the words over several lines."""
    head = ["", *(say(f"cli.inspect.{name}") for name in ("workplace", "kind", "size", "words"))]
    rows = [[str(number), *_cells(flag)] for number, flag in enumerate(flags, start=1)]
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(4)]
    widths.append(max(_WORDS, _WIDTH - sum(widths) - 2 * len(widths)))
    lines = [_line(head, widths), _line(["─" * width for width in widths], widths)]
    for row in rows:
        words = [part for text in row[4].split("\n") for part in textwrap.wrap(text, widths[4])]
        lines.append(_line([*row[:4], words[0]], widths))
        lines += [_line([""] * 4 + [part], widths) for part in words[1:]]
    return "\n".join(lines)


def _cells(flag: Flag) -> list[str]:
    numbers = {name: figure(getattr(flag, name)) for name in ("amount", "low", "high")}
    shown = flag.rows[0]
    if not shown.startswith(flag.period):
        shown = f"{flag.period}; {shown}"
    return [
        flag.workplace,
        say(f"inspection.short.{flag.kind}"),
        say("cli.inspect.range", **numbers),
        f"{shown};\n{say('cli.inspect.honest', what=flag.alternatives[0])}",
    ]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip()
