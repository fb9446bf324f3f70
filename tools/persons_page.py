"""Write docs/look-up/persons.md: the rules of persons who live under the country.

.venv/bin/python -m tools.persons_page
"""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Final

from sovplan.foundation.engine.describe import entities, schedule, submodels
from sovplan.foundation.numbers import figure
from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameter_table, model_parameters
from sovplan.society.layers import Setting
from sovplan.society.nation.year import Quarter, run_nation
from sovplan.society.persons.figures import UNITS
from sovplan.society.persons.handed import CUSTOMS, INSTITUTIONS
from sovplan.society.persons.year import PREFIX, SWITCHES, Persons, halves

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "look-up" / "persons.md"
YEAR: Final = 1934
ROWS: Final = 1000
SHOWN: Final = {
    "living/worker": "workers", "living/official": "officials", "wage_decile": "decile ratio",
    "queue_hours": "queues", "turnover": "turnover", "effort": "effort", "skill": "skill",
    "women": "women", "literacy": "literate", "students/workers": "students: workers",
    "posts_handed": "posts handed", "prisoners": "prisoners", "party": "party",
    "movers_young": "young movers", "belief": "belief",
}  # fmt: skip

_HEAD: Final = """# Persons of the country

<!-- Written by tools/persons_page.py from the rules; a test checks that it is fresh. -->

Persons live every run of [the country](country.md), as rows with weights: 200,000 rows for all
people, or as many as `--people` says. What they do and what stays weak is told in
[Persons under the country](../understand/persons.md); the engine in
[The engine](../understand/engine.md).
"""

_SWITCHES: Final = """## Each switch flipped alone

As it was, {year}, {rows} rows: small classes are seen by few rows, so read the direction and not
the last digit. Living: goods a head, towns of 1928 = 100; prisoners and party in thousands; posts
handed: new posts to children of those who had posts, per cent. Cards and queues act only where
towns are short of goods (rule R15; nothing is short in 1923 to 1925, 1929 and 1930), managers hide
offences only where there are vacancies (none after 1925), and norms change under `as_it_was_whole`
only: otherwise nothing changes.
"""


def page() -> str:
    """Return the page as it should stand."""
    told = {each.name: f"{each.value:g} {each.unit}" for each in model_parameter_table()}
    told = {name: text.removesuffix(" -") for name, text in told.items()}
    first, second = halves()
    parts = [
        _HEAD, "## What is there\n", entities(second), "\n## A year\n",
        "The first half: work, pay, goods, and the order in which persons are drawn.\n",
        schedule(first),
        "\nBetween the halves persons are drawn, as many as the nation or an institution says: who"
        " moves, dies, bears, is imprisoned, called up, taught, joins a collective farm, is hired,"
        " is given a post (`society/persons/choices.py`, `hiring.py`).\n",
        "The second half: what the year leaves behind.\n", schedule(second), "",
        _SWITCHES.format(year=YEAR, rows=ROWS), *_switches(),
        "\n## Figures\n", *_figures(), "\n## Institutions\n", *_institutions(),
        "\n## Rules of the first half\n", submodels(first, told),
        "\n## Rules of the second half\n", submodels(second, told),
    ]  # fmt: skip
    return "\n".join(parts).rstrip() + "\n"


def effects(off: tuple[str, ...] = ()) -> Mapping[str, float]:
    """Return the figures of the year shown, with some rules off."""
    setting = Setting(country_inputs(), model_parameters(), 1, frozenset(off), ROWS)
    persons = Persons(setting, "arrays")
    found: dict[str, float] = {}
    for year, quarters in groupby(_books(), key=lambda each: each.year):
        if year <= YEAR:
            lived = persons.live(year, tuple(quarters))
            found = {each.series.removeprefix(PREFIX): each.value for each in lived}
    return found


@cache
def _books() -> tuple[Quarter, ...]:
    return run_nation(country_inputs(), model_parameters())


def _switches() -> Iterator[str]:
    yield f"| off | {' | '.join(SHOWN.values())} |"
    yield f"| --- | {' | '.join('---:' for _ in SHOWN)} |"
    for name, off in (("nothing", ()), *((f"`{each}`", (each,)) for each in SWITCHES)):
        found = effects(off)
        cells = [figure(found[each]) if each in found else "–" for each in SHOWN]
        yield f"| {name} | {' | '.join(cells)} |"


def _figures() -> Iterator[str]:
    yield "| series | unit |"
    yield "| --- | --- |"
    for name, unit in UNITS.items():
        yield f"| `{PREFIX}{name}` | {unit} |"


def _institutions() -> Iterator[str]:
    about = country_inputs().about
    yield "| institution, or custom | meaning | unit | low | high | status | source |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for name in (*INSTITUTIONS, *CUSTOMS):
        note = about[name]
        span = f"{note.low:g} | {note.high:g}"
        end = f"{note.provenance} | {note.source}"
        yield f"| `{name}` | {note.meaning} | {note.unit} | {span} | {end} |"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(PAGE)
