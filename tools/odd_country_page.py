"""Write docs/look-up/odd-country.md: the model of the country by the ODD protocol.

.venv/bin/python -m tools.odd_country_page

Entities, schedule, numbers and rules are read off the program; what cannot be stands in
tools/odd_country/.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from math import isnan
from pathlib import Path
from typing import Final

from sovplan.foundation.engine.block import Piece
from sovplan.foundation.engine.describe import entities, schedule, submodels
from sovplan.foundation.numbers import figure
from sovplan.history.forced import forced_states
from sovplan.history.nation import SECTORS, nation_inputs
from sovplan.lab.layers import LAYERS
from sovplan.regimes.model import model_parameter_table
from sovplan.society.nation.order import EVERY, ORDER, rules

ROOT: Final = Path(__file__).resolve().parent.parent
PAGE: Final = ROOT / "docs" / "look-up" / "odd-country.md"
TEXTS: Final = Path(__file__).resolve().parent / "odd_country"

_HEAD: Final = """# The country by the ODD protocol

<!-- Written by tools/odd_country_page.py and tools/odd_country/; a test checks it is fresh. -->

The model behind `sovplan run ussr-1921` by the ODD protocol (Overview, Design concepts, Details;
Grimm and others 2020, recalled, not opened for this page). Another page describes
[the simulated planning year](odd.md).
"""


def page() -> str:
    """Return the page as it should stand."""
    parts = [_HEAD]
    for title, lines in (
        ("1. Purpose and patterns", [_hand("purpose")]),
        ("2. Entities, state variables and scales", _entities()),
        ("3. Process overview and scheduling", _schedule()),
        ("4. Design concepts", [_hand("concepts")]),
        ("5. Initialisation", _start()),
        ("6. Input data", _input()),
        ("7. Submodels", _submodels()),
    ):
        parts += [f"## {title}", "", *lines, ""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(parts)).rstrip() + "\n"


def _hand(name: str) -> str:
    return (TEXTS / f"{name}.md").read_text("utf-8").strip()


# ---- 2. entities ---------------------------------------------------------------------------------


def _entities() -> Iterator[str]:
    yield "### The nation"
    yield ""
    yield "One number a column, with who writes and reads it; units stand with its rule."
    yield ""
    yield from _columns(lambda name: not name.startswith(("sectors.", "ages.")))
    yield "### Sectors"
    yield ""
    yield f"Seven rows: {', '.join(SECTORS)}."
    yield ""
    yield from _columns(lambda name: name.startswith("sectors."))
    yield "### Ages"
    yield ""
    yield "A hundred rows: years of age from 0 to 99 and older, both sexes, village and towns."
    yield ""
    yield from _columns(lambda name: name.startswith("ages."))
    for kind in LAYERS:
        yield f"### Rows: {kind.name}"
        yield ""
        for each in kind.compositions():
            yield _deeper(entities(each), 3)
            yield ""
    yield "### Scales"
    yield ""
    yield _hand("scales")


def _columns(wanted: Callable[[str], bool]) -> Iterator[str]:
    made, read = defaultdict(list), defaultdict(list)
    for piece in rules():
        for name in piece.writes:
            made[_whole(name, piece)].append(piece)
        for name in piece.reads:
            read[_whole(name, piece)].append(piece)
    yield "| column | written by | read by |"
    yield "| --- | --- | --- |"
    for name in sorted({*made, *read}):
        if wanted(name) and name not in nation_inputs().about:
            shown = name.removeprefix("sectors.").removeprefix("ages.")
            yield f"| `{shown}` | {_who(made[name], 'the start')} | {_who(read[name], 'books')} |"
    yield ""


def _whole(name: str, piece: Piece) -> str:
    table, dot, column = name.partition(".")
    if table == "nation":
        return column
    if table == "ages":
        return name
    return f"sectors.{column if dot else name}" if dot or piece.table == "sectors" else name


def _who(pieces: Iterable[Piece], nobody: str) -> str:
    named = dict.fromkeys(f"{each.number} {each.name}" for each in pieces)
    return ", ".join(named) or nobody


# ---- 3. schedule ---------------------------------------------------------------------------------


def _schedule() -> Iterator[str]:
    yield _hand("scheduling")
    yield ""
    yield "| phase | step | quarters | rules in order |"
    yield "| --- | --- | --- | --- |"
    for phase in ORDER:
        when = "every" if phase.quarters == EVERY else ", ".join(map(str, phase.quarters))
        named = ", ".join(f"{each.number} {each.name}" for each in phase.pieces)
        yield f"| {phase.name} | {phase.step} | {when} | {named} |"
    yield ""
    for kind in LAYERS:
        yield f"### A year of rows: {kind.name}"
        yield ""
        for each in kind.compositions():
            yield _deeper(schedule(each), 3)
            yield ""


def _deeper(text: str, levels: int) -> str:
    """Return a text of Markdown with its headings some levels deeper, at most the sixth."""
    return re.sub(r"^(#+) ", lambda m: "#" * min(6, len(m[1]) + levels) + " ", text, flags=re.M)


# ---- 5. start, 6. input, 7. rules ----------------------------------------------------------------


def _start() -> Iterator[str]:
    yield _hand("initialisation")
    yield ""
    yield "| column | value | unit | how sure | source |"
    yield "| --- | --- | --- | --- | --- |"
    for name, each in nation_inputs().start.items():
        value = "a parameter" if each.value is None else figure(each.value)
        yield f"| `{name}` | {value} | {each.unit} | {each.provenance} | {each.source} |"


def _input() -> Iterator[str]:
    yield _hand("input")
    yield ""
    yield "| path | kind | unit | range | how sure | meaning |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for name, note in nation_inputs().about.items():
        span = "" if isnan(note.low) else f"{figure(note.low)} to {figure(note.high)}"
        said = f"{note.unit} | {span} | {note.provenance} | {note.meaning}"
        yield f"| `{name}` | {note.kind} | {said} |"
    yield ""
    yield "| forced state | 1917 | 1928 | 1940 |"
    yield "| --- | --- | --- | --- |"
    for state, years in forced_states().items():
        cells = (
            f"{figure(years[y].value)} ({figure(years[y].low)} to {figure(years[y].high)})"
            for y in (1917, 1928, 1940)
        )
        yield f"| {state} | {' | '.join(cells)} |"


def _submodels() -> Iterator[str]:
    counts: dict[str, int] = defaultdict(int)
    for each in model_parameter_table():
        counts[each.provenance] += 1
    said = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    yield (
        "Every rule with its equation, what it reads and writes, its switch and source stands in"
        " [The country in seven sectors](country.md); every parameter with value, range, status and"
        f" source in [Parameters](model-parameters.md): {said}."
    )
    yield ""
    yield "| rule | name | step | switch | parameters | source |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for piece in sorted(rules(), key=lambda each: each.number):
        named = ", ".join(f"`{each}`" for each in piece.parameters)
        switch = f"`{piece.switch}`" if piece.switch else "none"
        who = f"{piece.number} | {piece.name} | {piece.step}"
        yield f"| {who} | {switch} | {named} | {piece.source} |"
    for kind in LAYERS:
        yield ""
        yield f"### Rules of rows: {kind.name}"
        yield ""
        for composition in kind.compositions():
            yield _deeper(submodels(composition, {}), 3)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(PAGE)
