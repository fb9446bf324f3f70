"""Write docs/look-up/mechanisms.md: which mechanism of the seeds is which rule of the country.

.venv/bin/python -m tools.mechanisms_page
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from sovplan.history.nation import FOLDER
from sovplan.lab.layers import layer_rules
from sovplan.records.tables import read_table
from sovplan.regimes.countries import (
    COUNTRY_REGIMES,
    HISTORY,
    country_inputs,
    read_country_regime,
)
from sovplan.society.nation.order import rules

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "look-up" / "mechanisms.md"
THEMES: Final = {
    "P": "the plan and the apparatus",
    "W": "war communism",
    "N": "the NEP",
    "C": "collectivisation",
    "D": "distribution and privilege",
    "L": "labour and coercion",
    "G": "programme and method",
}

IN_PART: Final = {
    "R02": "war is read by no rule: what it and the end of the old order destroy to 1920 is given",
    "R04": "no cynicism weakens what belief does",
    "R10": "no census and no national income that is told higher than it is",
    "R11": "balances as one more check by chance, without their own rows of deliveries",
    "R15": "industrial goods only: food of towns has no cards",
    "R16": "what is taken is missed by shops and workplaces, not by persons; what terror does to"
    " theft later, through distrust (R38), is in no rule; officials share their cut alike",
    "R18": "prisoners come by forced repression, not by R37; villages lose no hands by them",
    "R28": "food by region, but no deaths by region; rationing by region in no rule",
    "R32": "who is appointed to posts only; the share of appointments is forced",
    "R34": "size and class of the party, who rises among officials; not its memory",
    "R37": "managers removed only",
    "R38": "content and belief only",
    "R39": "no general revolt (it needs the dissent of R35), no size of a disturbance;"
    " the answer never falls due at the numbers of the package",
    "R40": "foreign policy is read by no rule; credit is given as a path, and no lender answers",
}
"""What of a rule of the specification is in no code, where its rule is there."""
_SWITCH: Final = "0 or 1"
"""Unit of institutions that are there or not."""
_SIZES: Final = ("norm_changes", "link_tenure")
"""Institutions that have a size and open a rule: with 0 of them it does nothing."""
COMPARED: Final = ("Left Opposition run",)
"""Comparisons of the list that can be run; `left_opposition_1923` is one."""

_HEAD: Final = """# Mechanisms and their rules

<!-- Written by tools/mechanisms_page.py from the rules; a test checks that it is fresh. -->

The seed texts describe 220 mechanisms; the specification of the model gives each a rule (R), an
institution (i), an event (e) or a comparison (c). This page says which of them can be switched in
the model of the country and its rows. Which rules are built and what switches them is read off the
rules themselves. One measure holds for all: a rule is **built** if every equation of its
specification is in code, for the country or for its rows; it is built **in part** if something of
the specification is in no code, which is judged by hand and listed at the end. A mechanism is built
if all its rules are, in part if some are, or some are only in part, or an institution (i) or
comparison (c) of it is not there. Rules that act on bodies are counted elsewhere.

Built is not at work. A switch with a \\* turns off rules that stand still in `as_it_was`, all
of them or some: an institution that opens them is 0 there in every quarter. They act under other
regimes only, which are listed [below](#rules-that-stand-still-in-history), read off rules and
regimes.
"""

_STILL: Final = """## Rules that stand still in history

| switch | rules | institution that is 0 | act under |
| --- | --- | --- | --- |
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
    parts += [_STILL.rstrip(), *_standing(), ""]
    parts += [_PARTS, *(f"- {number}: {what}." for number, what in IN_PART.items())]
    return "\n".join(parts).rstrip() + "\n"


def switches_by_number() -> Mapping[str, list[str]]:
    """Return the switches of each rule that is built; a rule without one has an empty list."""
    found: dict[str, dict[str, None]] = {}
    for piece in (*rules(), *layer_rules()):
        switches = found.setdefault(piece.number, {})
        if piece.switch:
            switches[piece.switch] = None
    return {number: list(switches) for number, switches in found.items()}


@cache
def still() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return the rules that stand still throughout `as_it_was`, by switch and name.

    Each with the institutions that open it and are 0 in every quarter.
    """
    about = country_inputs().about
    shut = {name for name in country_inputs().institutions
            if (about[name].unit == _SWITCH or name in _SIZES)
            and not _acts(HISTORY, name)}  # fmt: skip
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for piece in (*rules(), *layer_rules()):
        closed = tuple(sorted(shut & set(piece.institutions)))
        if piece.switch and closed:
            found.setdefault(piece.switch, {})[piece.name] = closed
    return found


def under(institutions: Sequence[str]) -> list[str]:
    """Return the shipped regimes in which any of some institutions is in force."""
    return [regime for regime in COUNTRY_REGIMES if any(_acts(regime, n) for n in institutions)]


@cache
def _acts(regime: str, institution: str) -> bool:
    """Return whether an institution is in force in any quarter of a run, from 1921 or 1917."""
    steps = read_country_regime(regime).steps().get(institution, ())
    return any(value for _, _, value in steps)


def _standing() -> Iterator[str]:
    of = Counter(piece.switch for piece in (*rules(), *layer_rules()))
    for switch, pieces in sorted(still().items()):
        opening = sorted({name for each in pieces.values() for name in each})
        named = ", ".join(f"`{name}`" for name in pieces)
        which = "all" if len(pieces) == of[switch] else f"{named} of {of[switch]}"
        opened = ", ".join(f"`{name}`" for name in opening)
        acting = ", ".join(f"`{name}`" for name in under(opening))
        yield f"| `{switch}` | {which} | {opened} | {acting or 'none'} |"


def state(represented: str, built: Mapping[str, list[str]]) -> str:
    """Return whether the rules of a mechanism are built: built, in part, or not here."""
    numbers = re.findall(r"R\d\d", represented)
    there = [number in built for number in numbers]
    whole = there and all(there) and not set(numbers) & set(IN_PART) and not _lacks(represented)
    return "built" if whole else "in part" if any(there) else "not here"


def _lacks(represented: str) -> list[str]:
    """Return institutions and comparisons of a mechanism that are not there."""
    known = country_inputs().institutions
    asked = [name for name in re.findall(r"i:(\w+)", represented) if name not in known]
    return asked + [c for c in re.findall(r"c:([^;]+)", represented) if c not in COMPARED]


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
        said = ", ".join(f"`{name}`" + r"\*" * (name in still()) for name in switches)
        yield f"| {mechanism} | {actor} | {represented} | {said} | {state(represented, built)} |"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(PAGE)
