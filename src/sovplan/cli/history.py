"""``sovplan history``: the historical series, one by one or side by side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from fnmatch import fnmatchcase
from typing import Annotated, Final

import typer

from sovplan.cli.screen import NO, AsJson, answer, answering, columns, document, note, signed
from sovplan.foundation.errors import DataError
from sovplan.foundation.numbers import figure as written
from sovplan.foundation.words import say
from sovplan.history.series import STATUSES, Figure, Series, Source, all_series, series, sources
from sovplan.records.folder import Table
from sovplan.records.tables import write_csv

_DIGITS: Final = 12
_WIDTH: Final = 80
_MARKED: Final = tuple(status for status in STATUSES if status != "printed")


@answering
def history(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="SERIES",
            default_factory=list,
            show_default=False,
            help=say("series.command.names"),
        ),
    ],
    first: Annotated[int | None, typer.Option("--from", help=say("series.command.from"))] = None,
    last: Annotated[int | None, typer.Option("--to", help=say("series.command.to"))] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help=say("series.command.csv"))] = False,
    as_json: AsJson = False,
) -> None:
    """List the series, or show some of them year by year."""
    if as_csv and as_json:
        raise DataError(say("series.command.two_forms"))
    if first is not None and last is not None and first > last:
        raise DataError(say("series.command.no_years", first=first, last=last))
    wanted = _named(names) if names else list(all_series())
    found = [cut for each in wanted if (cut := _between(each, first, last)).figures]
    _tell(found, as_csv=as_csv, as_json=as_json, listing=not names)
    _tell_missing(wanted if names or not found else (), found)
    if not found:
        raise typer.Exit(NO)


def _tell_missing(wanted: Iterable[Series], found: Iterable[Series]) -> None:
    """Name the series that have no figure in the years asked for, and the years that they have."""
    shown = {each.name for each in found}
    missing = [each for each in wanted if each.name not in shown]
    if missing:
        names = ", ".join(f"{each.name} ({_years(each)})" for each in missing)
        note(signed("no", say("series.command.nothing", names=names), err=True))


def _tell(found: Sequence[Series], *, as_csv: bool, as_json: bool, listing: bool) -> None:
    if as_json:
        document(_document(found, listing=listing))
    elif as_csv:
        rows = map(_listed, found) if listing else (asdict(f) for s in found for f in s.figures)
        answer(write_csv(Table.of("history.csv", rows)).decode().removesuffix("\n"))
    elif listing:
        _print_list(found)
    elif found:
        _print_table(found)


def _named(names: Iterable[str]) -> list[Series]:
    """Return the series of some names and patterns, each once."""
    found: dict[str, Series] = {}
    for name in names:
        if "*" not in name:
            found[name] = series(name)
            continue
        fitting = {each.name: each for each in all_series() if fnmatchcase(each.name, name)}
        if not fitting:
            raise DataError(say("series.no_match", name=name))
        found.update(fitting)
    return list(found.values())


def _between(each: Series, first: int | None, last: int | None) -> Series:
    figures = tuple(
        figure
        for figure in each.figures
        if (first is None or figure.year >= first) and (last is None or figure.year <= last)
    )
    return replace(each, figures=figures)


# ---- for machines --------------------------------------------------------------------------------


def _document(found: Sequence[Series], *, listing: bool) -> dict[str, object]:
    if listing:
        return {"series": [{**_listed(each), "sources": list(each.sources)} for each in found]}
    return {
        "series": [{**asdict(each), "sources": list(each.sources)} for each in found],
        "sources": [asdict(source) for source in _cited(found)],
    }


def _listed(each: Series) -> Mapping[str, object]:
    first, last = each.years
    return {
        "name": each.name,
        "group": each.group,
        "title": each.title,
        "unit": each.unit,
        "first": first,
        "last": last,
        "figures": len(each.figures),
        "sources": " ".join(each.sources),
        "note": each.note,
    }


# ---- for people ----------------------------------------------------------------------------------


def _print_list(found: Sequence[Series]) -> None:
    group = ""
    for each in found:
        if each.group != group:
            group = each.group
            answer(f"\n{group}\n{'─' * len(group)}")
        words = {"name": each.name, "years": _years(each), "count": len(each.figures)}
        answer(say("series.command.line", **words))
        about = {"title": each.title, "unit": each.unit, "sources": ", ".join(each.sources)}
        answer(say("series.command.about", **about))
    answer()
    answer(say("series.command.hint"))


def _years(each: Series) -> str:
    first, last = each.years
    return str(first) if first == last else say("series.command.span", first=first, last=last)


def _print_table(found: Sequence[Series]) -> None:
    cells = [{_label(figure, each): _cell(figure) for figure in each.figures} for each in found]
    times = sorted({time for column in cells for time in column})
    rows = [[time, *(column.get(time, "") for column in cells)] for time in times]
    heads = _heads(found, rows)
    answer(columns([say("series.command.year"), *heads], rows))
    answer()
    for head, each in zip(heads, found, strict=True):
        _print_legend(head, each)
    for source in _cited(found):
        words = {"key": source.key, "reference": _reference(source), "opened": source.opened}
        answer(say("series.command.source", **words))
    answer()
    answer(_marks(figure.status for each in found for figure in each.figures))


def _label(figure: Figure, each: Series) -> str:
    """Return the year, or the day where a series has several figures in the year."""
    several = [other for other in each.figures if other.year == figure.year]
    return figure.period if len(several) > 1 else str(figure.year)


def _cell(figure: Figure) -> str:
    mark = say(f"series.command.mark.{figure.status}") if figure.status in _MARKED else " "
    return f"{written(figure.value, _DIGITS)} {mark}".rstrip() + ("" if mark.strip() else "  ")


def _heads(found: Sequence[Series], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the names of the series, or numbers where the names make the table too wide."""
    names = [each.name for each in found]
    width = sum(
        2 + max(len(name), *(len(row[place]) for row in rows))
        for place, name in enumerate(names, start=1)
    )
    fits = width + max(20, *(len(row[0]) for row in rows)) <= _WIDTH
    return names if fits else [f"[{place}]" for place in range(1, len(names) + 1)]


def _print_legend(head: str, each: Series) -> None:
    named = head if head == each.name else say("series.command.named", number=head, name=each.name)
    words = {"title": each.title, "unit": each.unit, "sources": ", ".join(each.sources)}
    answer(say("series.command.legend", head=named, **words))
    if each.note:
        answer(f"    {each.note}")
    periods = [figure.period for figure in each.figures if figure.period]
    if periods:
        answer(say("series.command.periods", periods=", ".join(periods)))
    ranges = [_range(figure) for figure in each.figures if figure.low is not None]
    if ranges:
        answer(say("series.command.ranges", ranges="; ".join(ranges)))


def _range(figure: Figure) -> str:
    low = written(figure.low or 0.0, _DIGITS)
    time = figure.period or str(figure.year)
    if figure.high is None:
        return say("series.command.at_least", time=time, low=low)
    return say("series.command.range", time=time, low=low, high=written(figure.high, _DIGITS))


def _cited(found: Sequence[Series]) -> list[Source]:
    known = sources()
    return [known[key] for key in sorted({key for each in found for key in each.sources})]


def _reference(source: Source) -> str:
    words = {"author": source.author, "year": source.year, "title": source.title}
    if not source.author:
        return source.title
    return say("series.command.authored" if source.year else "series.command.undated", **words)


def _marks(statuses: Iterable[str]) -> str:
    used = set(statuses)
    told = [say(f"series.command.meaning.{status}") for status in _MARKED if status in used]
    if not told:
        return say("series.command.no_marks")
    return say("series.command.marks", marks="; ".join(told))
