"""What is not the same when a run is run again from the scenario.toml it wrote."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sovplan.foundation.words import say
from sovplan.lab.runs import Task
from sovplan.records.institutions import KINDS
from sovplan.regimes.earlier import Earlier
from sovplan.regimes.parameters import read_parameters
from sovplan.report.wording import years_words


def unlike(earlier: Earlier, tasks: Sequence[Task]) -> Iterator[str]:
    """Yield in words where the run that is begun differs from what its scenario file says.

    Regimes are read from their own files, so institutions that stand in a scenario file are held
    against them and not read. Parameters that stand there are read, without ranges and sources:
    those that are not the values of the package are named.
    """
    file = earlier.file.name
    if earlier.economy_digest and earlier.economy_digest != tasks[0].economy_digest:
        yield say("cli.run.other_economy", file=file, economy=tasks[0].scenario.economy)
    usual = read_parameters()
    for name, size in earlier.parameters.items():
        if size != getattr(usual, name):
            values = {"found": size, "usual": getattr(usual, name)}
            yield say("cli.run.other_parameter", file=file, name=name, **values)
    for task in tasks:
        yield from _institutions(file, task, earlier.institutions.get(task.regime.name, {}))


def _institutions(file: str, task: Task, by_year: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield the institutions that the file states otherwise than the regime, with the years."""
    found: dict[tuple[str, str, str], list[int]] = {}
    for year, kept in by_year.items():
        now = task.regime.in_force(max(int(year), task.regime.first_year))
        for name in KINDS:
            value = getattr(now, name)
            if name in kept and kept[name] != (list(value) if isinstance(value, tuple) else value):
                found.setdefault((name, str(kept[name]), str(value)), []).append(int(year))
    for (name, stands, used), years in found.items():
        words = {"regime": task.regime.name, "name": name, "years": years_words(tuple(years))}
        yield say("cli.run.not_read", file=file, found=stands, used=used, **words)
