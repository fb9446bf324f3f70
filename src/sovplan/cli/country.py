"""``sovplan run`` of a scenario of the whole country."""

from collections.abc import Callable, Iterator, Sequence
from math import isfinite, nan
from pathlib import Path
from typing import Final, TypedDict

from sovplan.cli.screen import answer, columns, document, note, signed
from sovplan.cli.written import command_of, wrote
from sovplan.foundation.errors import DataError
from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.history.figures import Source
from sovplan.history.nation import AFTER_WAR
from sovplan.history.past import printed_by, spans
from sovplan.lab.country import INDICES, MANY, UNITS, CountryTask, country_run, prepared_country
from sovplan.lab.loops import lacking
from sovplan.records.run import AnyRun, CountryRun
from sovplan.records.runfolder import COUNTRY
from sovplan.records.store import check_run
from sovplan.regimes.countries import unreached
from sovplan.report.country_same import same_until

_SEEN: Final = 0.005
"""Milliard roubles a year that are seen in two places after the point."""
_ROWS = ("product", "consumption", "industry", "harvest", "towns")


class Sizes(TypedDict):
    """How much of a scenario is run, and by which luck."""

    years: int | None
    seed: int | None
    persons: int | None
    households: int | None


def run_country(
    name: str,
    regimes: Sequence[str],
    out: Path | None,
    sizes: Sizes,
    changes: tuple[Sequence[str], Sequence[str]],
    *,
    threads: int,
    as_json: bool,
) -> None:
    """Run a scenario of the country and say what came of it.

    Parameters
    ----------
    sizes
        Years, seed, and rows for persons and households; None where the scenario says them.
    threads
        Processes that may run at once.
    changes
        Switches that are turned off, and parameters as "NAME=NUMBER".
    """
    if out is not None:
        check_run(out, COUNTRY)
    before = command_of(out)
    off, numbers = changes[0], numbers_of(changes[1])
    tasks = prepared_country(name, regimes, **sizes, off=off, parameters=numbers)
    for said in (*_remarks(tasks), *idle_remarks(tasks)):
        note(signed("look", said, err=True))
    found = country_run(tasks, threads, _writer if out is not None else tuple)
    if out is not None:
        _writer()(out, found, tasks)
    if as_json:
        document(run_json(found))
    else:
        _print(found, tasks)
    if found.scenario.people >= MANY and lacking():
        note(signed("look", say("cli.country.loops"), err=True))
    if out is not None:
        wrote(out, before)


def _remarks(tasks: Sequence[CountryTask]) -> dict[str, None]:
    """Return values of regimes that the run never comes to, each once."""
    scenario = tasks[0].scenario
    years = range(scenario.first_year, scenario.first_year + scenario.years)
    return dict.fromkeys(said for task in tasks for said in unreached(task.regime, years))


def idle_remarks(tasks: Sequence[CountryTask]) -> list[str]:
    """Return a sentence for each parameter that is set and reaches nothing in a run."""
    if not tasks[0].scenario.parameters:
        return []
    from sovplan.lab.idle import remarks  # noqa: PLC0415 - needed where a number is set

    return list(remarks(tasks[0].scenario, [task.regime for task in tasks]))


def _writer() -> Callable[[Path, CountryRun, Sequence[CountryTask]], None]:
    """Load what makes the book: slow, and needed by nobody until all regimes have lived."""
    from sovplan.cli.country_out import write  # noqa: PLC0415

    return write


def numbers_of(changes: Sequence[str]) -> dict[str, float]:
    """Return the numbers of texts such as "s_fear=0.1".

    Raises
    ------
    DataError
        A text has no name, or no finite number after it; a name stands there twice.
    """
    found = {}
    for change in changes:
        name, _, number = change.partition("=")
        name = name.strip()
        try:
            value = float(number)
        except ValueError:
            value = nan
        if not name or not isfinite(value):
            raise DataError(say("cli.country.change", found=change))
        if name in found:
            raise DataError(say("cli.country.change_twice", name=name))
        found[name] = value
    return found


def _print(found: CountryRun, tasks: Sequence[CountryTask]) -> None:
    year = found.years[-1]
    head = [str(year), *(course.name for course in found.courses), say("cli.country.printed")]
    rows, sources = [], list[str]()
    for name in _ROWS:
        title = say("country.caption", name=say(f"country.measure.{name}"), unit=_unit(found, name))
        values = [_made(found, course.name, name) for course in found.courses]
        rows.append((title, *values, _printed(found, name)))
        sources += _whose(found, name)
    answer(columns(head, rows))
    if sources:
        answer(say("cli.country.sources", sources="; ".join(sources)))
    same = same_until([task.regime for task in tasks], found.years)
    if same:
        answer(same)
    answer(signed("done", say("cli.country.done")))
    for said in missing(found):
        answer(signed("look", said))


def missing(found: CountryRun) -> Iterator[str]:
    """Yield a sentence for each good that a run uses beyond what is there, in any regime."""
    for good in ("machines", "heavy"):
        said = []
        for course in found.courses:
            values = found.values(course.name, f"whole/{good}_overdrawn", "real")
            there = [(value, year) for year, value in values.items() if value > _SEEN]
            if there:
                most, at = max(there)
                last = max(year for _, year in there)
                said.append(say("cli.country.missing_of", regime=course.name, most=figure(most),
                                year=at, last=last))  # fmt: skip
        if said:
            yield say(f"cli.country.missing_{good}", regimes="; ".join(said))


def _unit(found: CountryRun, measure: str) -> str:
    """Return a unit; that of an index says whose 1928 is its base where the run has another."""
    early = measure in INDICES and found.years[0] < AFTER_WAR
    return say("cli.country.early", year=AFTER_WAR) if early else UNITS[measure]


def _last(found: CountryRun, measure: str) -> tuple[int, float] | None:
    """Return the last year of a run of which history has a figure, and the figure."""
    there = found.values("", measure, "historical")
    return max((item for item in there.items() if item[0] in found.years), default=None)


def _made(found: CountryRun, regime: str, measure: str) -> str:
    """Return the last figure of a regime; with that of the last year of history beside it."""
    values, past, end = (
        found.values(regime, measure, "real"),
        _last(found, measure),
        found.years[-1],
    )
    if past is None or past[0] == end:
        return figure(values[end])
    return say("cli.country.then", value=figure(values[end]), year=past[0],
               then=figure(values[past[0]]))  # fmt: skip


def _printed(found: CountryRun, measure: str) -> str:
    """Return the last figure of history, with its year where it is not the last of the run."""
    past = _last(found, measure)
    if past is None:
        return "–"
    year, value = past
    if year == found.years[-1]:
        return figure(value)
    return say("cli.country.of_year", value=figure(value), year=year)


def _whose(found: CountryRun, measure: str) -> Iterator[str]:
    """Yield whose the last figure of history is, and from where to where estimates of it reach."""
    past = _last(found, measure)
    if past is None:
        return
    name, ends = say(f"country.measure.{measure}"), spans(measure).get(past[0])
    whose = " / ".join(map(_author, printed_by(measure, past[0])))
    low, high = map(figure, ends or (past[1], past[1]))
    key = "cli.country.whose" if low == high else "cli.country.whose_of"
    yield say(key, name=name.lower(), sources=whose, low=low, high=high)


def _author(source: Source) -> str:
    """Return who printed a figure, or that it is no more than an encyclopedia or a page."""
    name = source.author or source.title
    return say("country.tertiary", name=name) if source.kind == "tertiary" else name


def run_json(found: AnyRun) -> dict[str, object]:
    """Return a run as a document for machines."""
    return {
        "scenario": found.scenario.name,
        "seed": found.seed,
        "years": list(found.years),
        "regimes": [course.name for course in found.courses],
        "series": [
            {
                "regime": p.regime, "year": p.year, "series": p.series,
                "value": p.value, "unit": p.unit, "kind": p.kind,
            }
            for p in found.points
        ],
        "events": [
            {"regime": e.regime, "year": e.year, "rule": e.rule, "text": e.text}
            for e in found.events
        ],
    }  # fmt: skip
