"""Runs side by side on the terminal."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from math import isnan, nan
from pathlib import Path
from typing import Final

from sovplan.cli.screen import answer, columns, document, signed
from sovplan.foundation.numbers import figure, percent
from sovplan.foundation.words import say
from sovplan.records.runfolder import KeptRun, read_run
from sovplan.records.wire import encoded
from sovplan.report.sides import Held, RunComparison, side_by_side
from sovplan.report.sides_came import OF_COUNTRY, Numbers, Row
from sovplan.report.wording import year_name, years_words

_MOST: Final = 20
"""Items given differently that are printed; --json has all."""
_EVENTS: Final = 3
_SHARES: Final = frozenset({
    "plan_kept", "overstated", "people/level", "people/consumption", "investment_share",
})  # fmt: skip
"""Series that are told in per cent."""


def compare_runs(folders: Sequence[Path], *, as_json: bool) -> None:
    """Compare the first run with each of the others.

    Parameters
    ----------
    folders
        Folders that ``sovplan run --out`` wrote, two or more.
    as_json
        Whether to print one JSON document.
    """
    runs = _named([read_run(folder) for folder in folders], folders)
    found = [side_by_side(runs[0], other) for other in runs[1:]]
    if as_json:
        document({"comparisons": encoded(found)})
        return
    for place, one in enumerate(found):
        if place:
            answer()
        _print(one)


def _named(runs: Sequence[KeptRun], folders: Sequence[Path]) -> list[KeptRun]:
    """Return the runs with names that are all different: the paths where the folders' are not."""
    if len({run.name for run in runs}) == len(runs):
        return list(runs)
    return [replace(run, name=str(folder)) for run, folder in zip(runs, folders, strict=True)]


def _print(found: RunComparison) -> None:
    for warning in found.warnings:
        answer(signed("look", warning))
    for sentence in found.sentences:
        answer(sentence)
    _given(found)
    parted = [held for held in found.regimes if held.parting.year is not None]
    for held in parted:
        _events(held, found)
        _series(held, found)
        _goods(held, found)
    if parted:
        answer()
        answer(say("cli.compare.points"))


def _given(found: RunComparison) -> None:
    """Print what was given differently; of one thing the first sentence has said it."""
    items: dict[str, list[str]] = {}
    for each in found.given:
        items.setdefault(each.title, []).append(each.change)
    if len(items) < 2:
        return
    answer()
    answer(say("cli.compare.given", count=len(items)))
    for what, changes in list(items.items())[:_MOST]:
        answer(say("cli.compare.item", what=what, change="; ".join(changes)))
    if len(items) > _MOST:
        answer(say("cli.compare.more", count=len(items) - _MOST))


def _events(held: Held, found: RunComparison) -> None:
    """Print what happened in one of the two only, in the year in which they part."""
    parting = held.parting
    when = "" if parting.year is None else year_name(parting.year)
    if parting.before or parting.after:
        answer()
    for run, events in ((found.before, parting.before), (found.after, parting.after)):
        for event in events[:_EVENTS]:
            answer(say("cli.compare.only_in", year=when, run=run, text=event))
        if len(events) > _EVENTS:
            answer(say("cli.compare.more", count=len(events) - _EVENTS))


def _series(held: Held, found: RunComparison) -> None:
    regime = _regime(held)
    heads = {
        "last": say("cli.compare.last", regime=regime, year=year_name(found.years[-1])),
        "mean": say("cli.compare.mean", regime=regime, years=years_words(found.years)),
    }
    rows = {
        "last": [(row, row.last) for row in held.series],
        "mean": [(row, row.mean) for row in held.series],
    }
    for key in ("last", "mean") if len(found.years) > 1 else ("last",):
        there = [(row, n) for row, n in rows[key] if not (isnan(n.before) and isnan(n.after))]
        _table(heads[key], found, [_cells(row, numbers) for row, numbers in there])


def _goods(held: Held, found: RunComparison) -> None:
    if held.goods:
        head = say("cli.compare.goods", year=year_name(found.years[-1]))
        rows = [
            (
                say("cli.compare.good", good=row.series, unit=row.unit),
                figure(row.last.before), figure(row.last.after),
                _change(row.last),
            )
            for row in held.goods
        ]  # fmt: skip
        _table(head, found, rows, say("cli.compare.relative"))


def _change(numbers: Numbers) -> str:
    """Return a difference over the first number, which may be missing or nothing."""
    relative = numbers.difference / numbers.before if numbers.before else nan
    return _signed(relative, percent)


def _cells(row: Row, numbers: Numbers) -> tuple[str, str, str, str]:
    write = percent if row.series in _SHARES else figure
    name = _name(row)
    return (
        name, write(numbers.before), write(numbers.after), _signed(numbers.difference, write),
    )  # fmt: skip


def _name(row: Row) -> str:
    if row.series in OF_COUNTRY:
        name = say(f"country.measure.{row.series}")
        return say("country.caption", name=name, unit=row.unit)
    key = row.series.replace("/", "_") + ("_reported" if row.kind == "reported" else "")
    return say(f"cli.compare.series.{key}", unit=row.unit)


def _signed(value: float, write: Callable[[float], str]) -> str:
    """Return a difference with its sign."""
    return f"+{write(value)}" if value > 0 else write(value)


def _table(head: str, found: RunComparison, rows: Iterable[Sequence[str]], last: str = "") -> None:
    answer()
    heads = [head, found.before, found.after, last or say("cli.compare.difference")]
    answer(columns(heads, rows))


def _regime(held: Held) -> str:
    return " / ".join(dict.fromkeys((held.before, held.after)))
