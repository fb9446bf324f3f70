"""Write docs/look-up/mechanisms.md: which mechanism of the seeds is which rule of the country.

.venv/bin/python -m tools.mechanisms_page
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from sovplan.history.nation import FOLDER
from sovplan.records.tables import read_table
from sovplan.regimes.countries import country_inputs
from sovplan.society.nation.order import rules
from sovplan.society.persons.year import RULES

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "look-up" / "mechanisms.md"
THEMES: Final = {
    "P": "the plan and the apparatus",
    "W": "war communism",
    "N": "the NEP",
    "C": "collectivisation",
    "D": "distribution and privilege",
    "L": "labour and coercion",
}

IN_PART: Final = {
    "R03": "all who come are hired; turnover and newcomers cost skill, on persons",
    "R08": "a trend only",
    "R09": "without the waste of an apparatus",
    "R15": "shortage, cards and queues; no free market price beside the fixed one",
    "R16": "private retail trade only",
    "R22": "without a tax that rises with wealth",
    "R24": "mean and spread of wealth only",
    "R26": "without labels and deportations",
    "R27": "effort and trust only",
    "R18": "prisoners, their deaths and goods; not what they make, nor who guards them",
    "R28": "ages on persons; without regions",
    "R29": "ages, sex and schooling on persons; without return from towns",
    "R32": "who is appointed to posts only",
    "R34": "size and class of the party only; not its memory",
    "R38": "content and belief only",
    "R37": "managers removed only",
    "R39": "disturbances in villages only",
}
"""What of a rule is built for the country, where it is not all."""

_HEAD: Final = """# Mechanisms and their rules

<!-- Written by tools/mechanisms_page.py from the rules; a test checks that it is fresh. -->

The seed texts describe 220 mechanisms; the specification of the model gives each a rule (R), an
institution (i), an event (e) or a comparison (c). This page says which of them can be switched in
the model of the country, read off the rules themselves: those of its quarters and those of persons
who live under it. A mechanism counts as **built** if all its rules are, **in part** if some are, or
some are only in part; rules that act on bodies are counted elsewhere.
"""

_PARTS: Final = """## Rules that are built in part
"""


def page() -> str:
    """Return the page as it should stand."""
    built = switches_by_number()
    parts = [_HEAD]
    for theme, title in THEMES.items():
        parts += [f"## {theme}: {title}", "", "| no. | actor | represented by | switch | |"]
        parts += ["| --- | --- | --- | --- | --- |", *_rows(theme, built), ""]
    parts += [_PARTS, *(f"- {number}: {what}." for number, what in IN_PART.items())]
    return "\n".join(parts).rstrip() + "\n"


def switches_by_number() -> Mapping[str, list[str]]:
    """Return the switches of each rule that is built; a rule without one has an empty list."""
    found: dict[str, dict[str, None]] = {}
    for piece in (*rules(), *RULES):
        switches = found.setdefault(piece.number, {})
        if piece.switch:
            switches[piece.switch] = None
    return {number: list(switches) for number, switches in found.items()}


def state(represented: str, built: Mapping[str, list[str]]) -> str:
    """Return whether the rules of a mechanism are built: built, in part, or not here."""
    numbers = re.findall(r"R\d\d", represented)
    there = [number in built for number in numbers]
    whole = there and all(there) and not set(numbers) & set(IN_PART)
    return "built" if whole else "in part" if any(there) else "not here"


def _rows(theme: str, built: Mapping[str, list[str]]) -> Iterator[str]:
    table = read_table(FOLDER / "mechanisms.csv")
    paths = country_inputs().about
    columns = zip(
        *(table.text(name) for name in ("mechanism", "actor", "represented_by")), strict=True
    )
    for mechanism, actor, represented in columns:
        if not re.fullmatch(rf"{theme}\d\d", mechanism):
            continue
        numbers = re.findall(r"R\d\d", represented)
        asked = re.findall(r"i:(\w+)", represented)
        switches = [switch for number in numbers for switch in built.get(number, [])]
        switches += [f"path {name}" for name in asked if name in paths]
        said = ", ".join(f"`{name}`" for name in switches)
        yield f"| {mechanism} | {actor} | {represented} | {said} | {state(represented, built)} |"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(PAGE)
