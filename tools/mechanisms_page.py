"""Write docs/look-up/mechanisms.md: which mechanism of the seeds is which rule of the country.

.venv/bin/python -m tools.mechanisms_page
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from sovplan.history.nation import FOLDER
from sovplan.lab.layers import layer_rules
from sovplan.records.tables import read_table
from sovplan.regimes.countries import country_inputs
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
    "R02": "what war and the end of the old order destroy to 1920 is given; links of a plan that"
    " is abolished, and chains that break, matter in no regime of history to 1940",
    "R03": "who finds no place under hard budgets is told, and acts only where it is reckoned"
    " (`budget_counts`, under as_it_was_whole); turnover and newcomers cost skill, on persons",
    "R06": "bonuses and piecework move effort under as_it_was_whole only (`rules.bonus_effort`,"
    " `rules.keen`); a menu of bonuses only as far as plants then hide nothing",
    "R10": "workplaces, harvests hidden from requisition and the printed harvest; no census and no"
    " national income that is told higher than it is",
    "R11": "balances as one more check by chance, without their own rows of deliveries",
    "R12": "blame as the share of errors that is not corrected, without trials",
    "R15": "industrial goods of towns only; cards and queues on persons",
    "R16": "what it takes is missed in shops of the whole country and by users of workplaces under"
    " as_it_was_whole only, not by persons; officials share their cut alike",
    "R17": "volatile norms (L15) in no rule; the norm of a plant rises by R06; vacancies of the"
    " country are told and hardly bind",
    "R18": "prisoners come by forced repression, not by R37; villages lose no hands by them",
    "R25": "households that would join and their farms; the country's own share takes in who joins"
    " and who leaves at the mean household (`rules.joining`, `rules.leaving`, under"
    " as_it_was_whole)",
    "R27": "without links; plots and voted rules speed the recovery of effort, and a change of the"
    " base of quotas costs trust, under as_it_was_whole only",
    "R28": "ages of the country move its births and deaths under as_it_was_whole only; by region"
    " food only",
    "R29": "return where towns starve under as_it_was_whole only (`rules.later_flight`), to 1920"
    " elsewhere; ages, sex and schooling on persons",
    "R32": "who is appointed to posts only; the share of appointments is forced",
    "R34": "size and class of the party, who rises among officials; not its memory",
    "R37": "managers removed only",
    "R38": "content and belief only",
    "R39": "disturbances, strikes and what answers them; no general revolt (it needs the dissent of"
    " R35), no size of a disturbance",
    "R40": "debts, repudiation and blockade as accounts, acting under as_it_was_whole only; credit"
    " is given as a path, and no lender answers",
}
"""What of a rule is built for the country, where it is not all."""
NOT_THERE: Final = {"L15": "norms that change from year to year are in no rule"}
"""Mechanisms that nothing represents although their rule is there."""
COMPARED: Final = ("Left Opposition run",)
"""Comparisons of the list that can be run; `left_opposition_1923` is one."""

_HEAD: Final = """# Mechanisms and their rules

<!-- Written by tools/mechanisms_page.py from the rules; a test checks that it is fresh. -->

The seed texts describe 220 mechanisms; the specification of the model gives each a rule (R), an
institution (i), an event (e) or a comparison (c). This page says which of them can be switched in
the model of the country and its rows. Which rules are built and what switches them is read off the
rules themselves; which of them are built only in part is judged by hand against the specification,
and listed at the end. A mechanism counts as **built** if all its rules are, **in part** if some
are, or some are only in part, or an institution (i) or comparison (c) of it is not there; rules
that act on bodies are counted elsewhere.
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
    parts += [f"- {mechanism}: {what}." for mechanism, what in NOT_THERE.items()]
    return "\n".join(parts).rstrip() + "\n"


def switches_by_number() -> Mapping[str, list[str]]:
    """Return the switches of each rule that is built; a rule without one has an empty list."""
    found: dict[str, dict[str, None]] = {}
    for piece in (*rules(), *layer_rules()):
        switches = found.setdefault(piece.number, {})
        if piece.switch:
            switches[piece.switch] = None
    return {number: list(switches) for number, switches in found.items()}


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
        said = ", ".join(f"`{name}`" for name in switches)
        found = "not here" if mechanism in NOT_THERE else state(represented, built)
        yield f"| {mechanism} | {actor} | {represented} | {said} | {found} |"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(PAGE)
