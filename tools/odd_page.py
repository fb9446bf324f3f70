"""Write the description of the model by the ODD protocol, docs/look-up/odd.md, from its source.

Run it from the root of the repository after a change of the year, of a rule, a parameter, an
institution or a scenario:

    .venv/bin/python -m tools.odd_page

What cannot be read off the source stands in tools/odd/.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from tools.odd import source, values
from tools.odd.links import by_hand, fields_of, link, of_the_year, parameter, readers, value
from tools.odd.models import submodels
from tools.odd.schedule import schedule
from tools.odd.text import cell, joined
from tools.odd.values import Value

from sovplan.foundation.numbers import figure
from sovplan.history.economies import folder_path
from sovplan.records.assembly import economy_of
from sovplan.records.institutions import KINDS, Kind
from sovplan.records.parameters import NAMES
from sovplan.records.scenario import Scenario
from sovplan.records.tables import read_folder
from sovplan.regimes.scenarios import SCENARIOS, is_country, read_scenario

PAGE: Final = source.ROOT / "docs" / "look-up" / "odd.md"

CONCEPTS: Final = (
    "Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction",
    "Sensing", "Interaction", "Stochasticity", "Collectives", "Observation",
)  # fmt: skip
"""The eleven design concepts of the protocol, in its order."""

_HEAD: Final = """# The model by the ODD protocol

<!-- Written by tools/odd_page.py from the source and tools/odd/; a test checks it is fresh. -->
"""


def page() -> str:
    """Return the page as it should stand."""
    parts: list[str] = [_HEAD, by_hand("intro"), ""]
    for title, lines in (
        ("1. Purpose and patterns", [by_hand("purpose")]),
        ("2. Entities, state variables and scales", _entities()),
        ("3. Process overview and scheduling", schedule()),
        ("4. Design concepts", _concepts()),
        ("5. Initialisation", [by_hand("initialisation")]),
        ("6. Input data", _input()),
        ("7. Submodels", submodels()),
    ):
        parts += [f"## {title}", "", *lines, ""]
    text = "\n".join(parts)
    return re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n"


# ---- 2. entities ---------------------------------------------------------------------------------


def _entities() -> Iterator[str]:
    state, given, year = map(values.closure, (values.STATE, values.GIVEN, values.YEAR))
    yield "### What is carried from year to year"
    yield ""
    yield "This is the whole state: a year begins with a `Start` and ends with the next."
    yield ""
    for each in state:
        yield from value(each)
    yield "### What is given"
    yield ""
    yield "A year is given these; no rule changes them."
    yield ""
    own = {"Institutions": _institutions, "Parameters": _parameters}
    for each in given:
        yield from value(each, table=own.get(each.name))
    yield "### What happens in a year"
    yield ""
    told = [each for each in year if source.is_told(each.module)]
    papers = [each for each in year if each.module.startswith("sovplan.records")]
    known = {each.name for each in (*state, *given)}
    for each in (*year[:1], *told):
        if each.name not in known:
            yield from value(each)
    yield from _papers(each for each in papers if each.name not in {*known, "Tasks"})
    yield "### Scales"
    yield ""
    yield by_hand("scales")


def _papers(papers: Iterable[Value]) -> Iterator[str]:
    yield "#### Papers"
    yield ""
    yield "What is filed, and parts of it. [Python](python.md) shows their fields."
    yield ""
    yield "| paper | what it is |"
    yield "| --- | --- |"
    for each in papers:
        yield f"| `{each.name}` | {cell(values.first_sentence(each.lead))} |"
    yield ""


def _institutions() -> Iterator[str]:
    said = {each.name: each.meaning for each in fields_of("Institutions")}
    who = readers("institutions")
    yield "The values of each regime stand under [Regimes](regimes.md)."
    yield ""
    yield "| institution | can be | meaning | read here by |"
    yield "| --- | --- | --- | --- |"
    for name, kind in KINDS.items():
        meaning = re.split(r"\s(?:Number|Whole number|Names?|Order|Norms)(?:,|\.)", said[name])[0]
        by = joined(map(link, who.get(name, ())), "[nobody](#numbers-that-nothing-reads)")
        yield f"| `{name}` | {_kind(kind)} | {cell(meaning)} | {by} |"


def _kind(kind: Kind) -> str:
    if kind.form in {"number", "whole", "norms"}:
        words = {"number": "", "whole": "whole, ", "norms": "by class, "}
        return f"{words[kind.form]}{figure(kind.least)} to {figure(kind.most)}"
    return {"name": "a name", "names": "names", "order": "an order of names"}[kind.form]


def _parameters() -> Iterator[str]:
    who = readers("parameters")
    yield "Sources of the numbers stand under [Regimes](regimes.md#parameters)."
    yield ""
    yield "| parameter | value | range | unit | how sure | meaning | read here by |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for name in NAMES:
        by = joined(map(link, who.get(name, ())), "[nobody](#numbers-that-nothing-reads)")
        yield f"{parameter(name)} {by} |"


# ---- 4. design concepts, 6. input ----------------------------------------------------------------


def _concepts() -> Iterator[str]:
    yield by_hand("concepts").replace("<!-- draws -->", "\n".join(_draws()))


def _draws() -> Iterator[str]:
    yield "| stream | distribution | year | keys | drawn in |"
    yield "| --- | --- | --- | --- | --- |"
    rows = {
        f"| `{draw.stream}` | {draw.kind} | `{draw.year}` | `{draw.keys}` | {link(each)} |": 0
        for each in of_the_year()
        for draw in source.draws(each)
    }
    yield from rows


def _input() -> Iterator[str]:
    yield by_hand("input")
    yield ""
    for name in (each for each in SCENARIOS if not is_country(each)):
        yield from _scenario(read_scenario(name))


def _scenario(given: Scenario) -> Iterator[str]:
    economy = economy_of(read_folder(folder_path(given.economy)))
    sizes = {
        "goods": len(economy.goods), "techniques": len(economy.techniques),
        "plants": len(economy.plants), "skills": len(economy.techniques.skills),
        "resources": len(economy.techniques.resources),
        "workplaces": given.workplaces * len(economy.techniques),
    }  # fmt: skip
    yield f"### Scenario {given.name}"
    yield ""
    counted = ", ".join(f"{count} {name}" for name, count in sizes.items())
    yield (
        f"{given.title}. Economy `{given.economy}`: {counted}. {given.years} years from "
        f"{economy.first_year}; people in {given.people_unit}; free goods: "
        f"{joined(given.common, 'none')}; harvest: {joined(given.harvest, 'none')}. "
        f"Limits of the economy beside the common ones: "
        f"{joined(economy.extensions.present(), 'none')}."
    )
    yield ""
    yield "| number | value | range | how sure | source |"
    yield "| --- | --- | --- | --- | --- |"
    for name, row in given.stated.items():
        size = {key: figure(float(str(row[key]))) for key in ("value", "low", "high")}
        yield (
            f"| `{name}` | {size['value']} | {size['low']} to {size['high']} | "
            f"{row['provenance']} | {cell(str(row['source']))} |"
        )
    yield ""
    for title, rows in (("Most imports", given.imports), ("Known yields", given.weather)):
        if rows:
            listed = ", ".join(f"{name} {figure(size)}" for name, size in rows.items())
            yield f"{title}: {listed}."
            yield ""
    yield "| stratum | class | skill | grade | part of the people | tastes that are not 1 |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for one in given.groups:
        tastes = ", ".join(f"{good} {figure(size)}" for good, size in one.tastes.items())
        yield (
            f"| {cell(one.title)} | {one.kind} | {one.skill or 'none'} | {figure(one.grade)} | "
            f"{figure(one.part)} | {tastes or 'none'} |"
        )
    yield ""


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(PAGE)
