"""Write docs/look-up/model-parameters.md: every parameter of the model with range and source.

.venv/bin/python -m tools.model_parameters_page
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tools.mechanisms_page import IN_PART
from tools.numbers_of_rules import definitions, fixed, left_out

from sovplan.foundation.numbers import figure
from sovplan.history.nation import AFTER_WAR, FIRST_YEARS, early_rows, nation_inputs
from sovplan.lab.layers import layer_rules
from sovplan.lab.readers import readers
from sovplan.records.ranged import Ranged
from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameter_table
from sovplan.society.nation.order import rules

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "look-up" / "model-parameters.md"

_HEAD: Final = """# Parameters of the model

<!-- Written by tools/model_parameters_page.py from the files; a test checks that it is fresh. -->

Numbers of behaviour and technique that hold under every regime, as `regimes/model.toml` states
them, and what is given to the model of the country from outside. **measured**: a source states it;
**calibrated**: found by the trial of the specification on 1921-1940 (or on the years named);
**assumed**: a choice, to be shown with its range. Those that no built rule reads are marked; the
simulated year reads its own list ([regimes](regimes.md)).
"""

_NAMED: Final = """## Constants of the trial, and choices of ours

The specification does not list them: they stood as bare numbers in its trial, or it says what they
do and not how much. Almost all are assumed; ranges are ours.
"""

_FIXED: Final = """## Fixed in the planning year

Numbers of behaviour that stand in rules of the simulated year (`ussr-1928` and other economies, not
the country) beside its [parameters](regimes.md). Its scenario files state all parameters, and their
form is kept: so these cannot be set.
"""

_DEFINED: Final = """## Numbers of definitions

Numbers that stand in the text of rules and are no parameters: units, codes, storage. Any other
number in a rule, but 0, 1, halves, squares and roots, fails a test (`tools/numbers_of_rules.py`).
"""

_LEFT_OUT: Final = """Not searched, for they hold no rules:
"""

HELD: Final = {"lambda": "ratchet"}
"""Parameters of the specification that a regime sets, and the institution by which it does."""

_UNREAD: Final = """## Not read yet

Parameters of the specification that no code of the country reads: changing one changes no number.
"""

_PATHS: Final = """## Paths

What history or policy sets, from the year named on; `institution`: somebody decided it; `event`:
war and disease, given; `forced`: a state that history forces on the run. The values stand in
`history/data/nation/paths.csv`, those before 1921 below.
"""

_START: Final = """## Start of 1921
"""

_EARLY: Final = """## Start of 1917
"""

_GIVEN: Final = """## Paths before 1921

Of 1917 to 1920, each value with its own range and source; coordination is that of the forced states
(`history/data/nation/forced_states.csv`), whose values stand at the middle of their years.
"""


def page() -> str:
    """Return the page as it should stand."""
    listed = [each for each in model_parameter_table() if each.listed]
    named = [each for each in model_parameter_table() if not each.listed]
    counts = Counter(each.provenance for each in listed)
    read = sum(each.name in readers() for each in listed)
    said = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
    parts = [
        _HEAD,
        f"Of {len(listed)} parameters of the specification {said}; {read} are read.",
        "",
    ]
    parts += [_UNREAD, *_unread(listed), "", "## All of the specification", ""]
    parts += [*_table(listed), "", _NAMED, *_table(named), ""]
    parts += [_FIXED, *_fixed(), ""]
    parts += [_DEFINED, *_defined(), "", _LEFT_OUT, *_silent(), ""]
    parts += [_PATHS, *_paths(), "", _START, *_start(AFTER_WAR), ""]
    parts += [_EARLY, *_start(FIRST_YEARS[0]), "", _GIVEN, *_given()]
    return "\n".join(parts).rstrip() + "\n"


def _unread(parameters: list[Ranged]) -> Iterator[str]:
    """Yield a list of what no rule reads, for rules with and without some of them built."""
    silent: dict[str, list[str]] = {}
    for each in parameters:
        if each.name not in readers() and each.name not in HELD:
            silent.setdefault(each.rule, []).append(f"`{each.name}`")
    built = {*IN_PART, *(piece.number for piece in (*rules(), *layer_rules()))}
    for here, said in ((True, "of a rule that is built in part"), (False, "of one not built")):
        for rule, names in silent.items():
            if (rule in built) == here:
                yield f"- {rule}, {said}: {', '.join(names)}"
    for name, institution in HELD.items():
        yield f"- `{name}` is set by each regime as the institution `{institution}`, which is read"


def _table(parameters: list[Ranged]) -> Iterator[str]:
    yield "| rule | name | meaning | value | range | unit | provenance | source | read by |"
    yield "| --- | --- | --- | ---: | --- | --- | --- | --- | --- |"
    for each in parameters:
        span = f"{figure(each.low, 6)} to {figure(each.high, 6)}"
        held = HELD.get(each.name)
        read = f"institution `{held}`" if held else readers().get(each.name, "not read yet")
        value = figure(each.value, 6)
        if each.specified is not None:
            value += f" (specification: {figure(each.specified, 6)})"
        source = ". ".join(part for part in (each.source, each.note) if part)
        yield (
            f"| {each.rule} | `{each.name}` | {each.meaning} | {value} | {span} | {each.unit} |"
            f" {each.provenance} | {source} | {read} |"
        )


def _fixed() -> Iterator[str]:
    yield "| rule | file | name | meaning | value | range | unit | provenance | source |"
    yield "| --- | --- | --- | --- | ---: | --- | --- | --- | --- |"
    for each in fixed():
        span = f"{figure(each.low, 6)} to {figure(each.high, 6)}"
        yield (
            f"| {each.rule} | `{each.file}` | `{each.where}` | {each.meaning} |"
            f" {figure(each.value, 6)} | {span} | {each.unit} | {each.provenance} | {each.source} |"
        )


def _defined() -> Iterator[str]:
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    for each in definitions():
        named = found.setdefault((each.file, each.reason), {})
        named.setdefault(each.where, []).append(_short(each.number))
    yield "| file | where: numbers | what they are |"
    yield "| --- | --- | --- |"
    for (file, reason), named in found.items():
        alike: dict[str, list[str]] = {}
        for where, sizes in named.items():
            alike.setdefault(", ".join(sizes), []).append("all" if where == "*" else f"`{where}`")
        said = "; ".join(f"{', '.join(names)}: {sizes_}" for sizes_, names in alike.items())
        yield f"| {'all' if file == '*' else f'`{file}`'} | {said} | {reason} |"


def _short(number: float) -> str:
    """Return a number; whole ones below ten thousand, such as years, without a gap."""
    is_short = number.is_integer() and number < 1e4
    return str(int(number)) if is_short else figure(number, 6)


def _silent() -> Iterator[str]:
    for file, reason in left_out().items():
        yield f"- `{file}`: {reason}"


def _paths() -> Iterator[str]:
    yield "| path | kind | meaning | unit | range | provenance | source |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for name, each in country_inputs().about.items():
        span = f"{figure(each.low, 6)} to {figure(each.high, 6)}"
        calendar = " (July to June)" if each.calendar == "harvest" else ""
        yield (
            f"| `{name}` | {each.kind} | {each.meaning}{calendar} | {each.unit} | {span} |"
            f" {each.provenance} | {each.source} |"
        )


def _start(first_year: int) -> Iterator[str]:
    yield "| column | value | range | unit | provenance | source |"
    yield "| --- | ---: | --- | --- | --- | --- |"
    for name, each in nation_inputs(first_year).start.items():
        value = "–" if each.value is None else figure(each.value, 6)
        span = "–"
        if each.low is not None and each.high is not None:
            span = f"{figure(each.low, 6)} to {figure(each.high, 6)}"
        yield f"| `{name}` | {value} | {span} | {each.unit} | {each.provenance} | {each.source} |"


def _given() -> Iterator[str]:
    yield "| path | from | value | range | provenance | source |"
    yield "| --- | ---: | ---: | --- | --- | --- |"
    for row in early_rows():
        span = f"{figure(row.low, 6)} to {figure(row.high, 6)}"
        yield (
            f"| `{row.path}` | {row.year} | {figure(row.value, 6)} | {span} | {row.provenance} |"
            f" {row.source} |"
        )


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(PAGE)
