"""Write docs/look-up/workplace-rules.md from the rules of workplaces and what they read.

.venv/bin/python -m tools.workplace_rules_page
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sovplan.foundation.engine.describe import entities, schedule, submodels
from sovplan.foundation.numbers import figure
from sovplan.history.nation import nation_inputs
from sovplan.regimes.countries import COUNTRY_REGIMES, country_inputs
from sovplan.regimes.model import model_parameter_table
from sovplan.society.workplaces.layer import RULES, composed
from sovplan.society.workplaces.start import ROWS
from sovplan.society.workplaces.tables import PAPERS

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "look-up" / "workplace-rules.md"

_HEAD: Final = """# Rules of workplaces

<!-- Written by tools/workplace_rules_page.py from the rules; a test checks that it is fresh. -->

Workplaces of heavy goods, machines, building, light goods and services, as rows that live a year
after the four quarters of [the country](country.md). What the rules mean and where they are weak
stands in [Targets, reports, truth](../understand/targets.md), how they run in
[The engine](../understand/engine.md), what each switch does in [Switches](switches.md). Most
numbers are assumed: see their ranges.
"""
_YEARS: Final = (1922, 1927, 1931, 1937)


def page() -> str:
    """Return the page as it should stand."""
    composition = composed()
    told = {
        each.name: f"{figure(each.value, 6)} {each.unit}".removesuffix(" -")
        for each in model_parameter_table()
    }
    papers = ", ".join(f"`{name.partition('.')[2]}`" for name in sorted(PAPERS))
    parts = [
        _HEAD,
        "## What is there\n",
        f"At most {ROWS} rows a branch: the largest workplaces stand for themselves, smaller ones"
        f" share rows of about equal weight. Columns of workplaces that are papers: {papers}.\n",
        entities(composition),
        "\n## A year\n",
        schedule(composition),
        "\n## Rules\n",
        submodels(composition, told),
        "\n## Institutions\n",
        *_institutions(),
        "\n## Parameters\n",
        *_parameters(),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _institutions() -> Iterator[str]:
    """Yield what each institution is, and its values in four years under each regime."""
    about = nation_inputs().about
    names = sorted({name for rule in RULES for name in rule.institutions})
    heads = " | ".join(f"`{regime}`" for regime in COUNTRY_REGIMES)
    years = ", ".join(map(str, _YEARS))
    yield f"Values of {years}; ranges are those within which a regime may set them.\n"
    yield f"| institution | meaning | range | {heads} | source |"
    yield "| --- | --- | --- |" + " --- |" * (len(COUNTRY_REGIMES) + 1)
    for name in names:
        note = about[name]
        cells = [
            ", ".join(figure(country_inputs(regime).at(year, 1)[name]) for year in _YEARS)
            for regime in COUNTRY_REGIMES
        ]
        span = f"{figure(note.low)} to {figure(note.high)}"
        yield f"| `{name}` | {note.meaning} | {span} | {' | '.join(cells)} | {note.source} |"


def _parameters() -> Iterator[str]:
    read = {name for rule in RULES for name in rule.parameters} | {"works_number", "works_spread"}
    yield "| name | rule | value | low | high | unit | status | source |"
    yield "| --- " * 8 + "|"
    for each in model_parameter_table():
        if each.name in read:
            sizes = " | ".join(figure(size, 6) for size in (each.value, each.low, each.high))
            end = f"{each.unit} | {each.provenance} | {each.source}"
            yield f"| `{each.name}` | {each.rule} | {sizes} | {end} |"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(PAGE)
