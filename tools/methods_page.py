"""Write the table of methods and economies into docs/understand/ways-to-plan.md.

    python -m tools.methods_page

Every method on every embedded economy, on the template and, where ../shared is there, on Sweden.
Between its marks the page holds what came of it, or why there is no plan.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from tools.sweden import sweden

from sovplan.foundation.errors import PlanningError
from sovplan.foundation.numbers import percent
from sovplan.history.economies import folder_path, read_aims, read_economy, template
from sovplan.planning.catalogue import METHODS
from sovplan.records.aims import Aims
from sovplan.records.assembly import economy_of
from sovplan.records.draft import Draft
from sovplan.records.economy import Economy
from sovplan.records.returns import Returns
from sovplan.records.tables import read_folder

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/understand/ways-to-plan.md"
SHARED = ROOT.parent / "shared"
MARKS = "<!-- methods: begin (tools/methods_page.py) -->", "<!-- methods: end -->"
_SEEN = 5e-5
"""Distance from which a cell shows it."""
_HARD = "\N{NO-BREAK SPACE}"
CASES = (
    ("two-goods", "even"),
    ("template", "aims"),
    ("federation-12", "homes-first"),
    ("brazil-2021", "steady-growth"),
    ("ussr-1928", "basic-variant"),
    ("sweden", "even"),
)
"""Economy and aims, in the order of the columns."""


def economy_and_aims(name: str, aims: str) -> tuple[Economy, Aims]:
    """Return an economy of the table and its aims."""
    if name == "sweden":
        return sweden(SHARED), Aims()
    if name == "template":
        folder = template()
        economy = economy_of(read_folder(folder))
        return economy, read_aims(str(folder / "aims.toml"), economy, folder)
    economy = read_economy(name)
    return economy, read_aims(aims, economy, folder_path(name))


def outcome(method: str, name: str, aims: str) -> Draft | str:
    """Return the draft of a method, or the one sentence with which it refuses."""
    economy, wanted = economy_and_aims(name, aims)
    try:
        return METHODS[method](Returns(economy), wanted)
    except PlanningError as refused:
        return reason_of(refused, economy)


def reason_of(refused: PlanningError, economy: Economy) -> str:
    """Return a refusal in the words of the page, the same for every economy."""
    return str(refused).replace(economy.name, "the economy")


def cell(found: Draft | str, reasons: list[str]) -> str:
    """Return what a cell of the table says; reasons of refusals are collected below it."""
    if isinstance(found, str):
        if found not in reasons:
            reasons.append(found)
        return f"no ({reasons.index(found) + 1})"
    if found.plan is None:
        count = len(found.conflict.limits) if found.conflict else 0
        return f"breaks {count} limit{'' if count == 1 else 's'}"
    reached = percent(found.objective)
    if found.method == "optimum":
        return reached.replace(" ", _HARD)
    facts = found.facts or {}
    away = max(0.0, facts["proven"])
    return f"{reached} ({percent(away) if away >= _SEEN else '0 %'})".replace(" %", f"{_HARD}%")


def lines(cases: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """Yield the table and the reasons below it."""
    reasons: list[str] = []
    # Names without marks of code: those are broken anywhere where a column is narrow.
    yield "| method | " + " | ".join(f"{name}, {aims}" for name, aims in cases) + " |"
    yield "| --- " * (len(cases) + 1) + "|"
    for method in METHODS:
        cells = [cell(outcome(method, *case), reasons) for case in cases]
        yield f"| {method} | " + " | ".join(cells) + " |"
    yield ""
    for number, reason in enumerate(reasons, start=1):
        yield f"({number}) {reason[0].upper()}{reason[1:].rstrip('.')}."
        yield ""


def main() -> None:
    """Write the table; without the tables of Sweden it stays, for it would lose a column."""
    if not SHARED.is_dir():
        print(f"{PAGE.name} left as it is: it needs the tables of Sweden in ../{SHARED.name}")
        return
    table = "\n".join(lines(CASES)).rstrip()
    page = PAGE.read_text("utf-8")
    inside = re.compile(f"{re.escape(MARKS[0])}.*{re.escape(MARKS[1])}", re.DOTALL)
    PAGE.write_text(inside.sub(lambda _: f"{MARKS[0]}\n\n{table}\n\n{MARKS[1]}", page), "utf-8")


if __name__ == "__main__":
    main()
