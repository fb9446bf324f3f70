"""The seventh element of the protocol: every submodel, and what none of them reads."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from tools.odd import source, values
from tools.odd.links import (
    HAND,
    by_hand,
    fields_of,
    link,
    of_the_year,
    parameter,
    readers,
    users,
    value,
)
from tools.odd.source import Function
from tools.odd.text import cell, described, joined
from tools.odd.values import Value

from sovplan.records.institutions import KINDS
from sovplan.records.parameters import NAMES
from sovplan.regimes.parameters import parameter_table

# ---- 7. submodels --------------------------------------------------------------------------------


def submodels() -> Iterator[str]:
    """Yield the submodels, then what nothing reads, then the rules of the specification."""
    yield by_hand("submodels")
    yield ""
    shown = {each.name for each in _in_entities()}
    for name in source.told():
        yield from _module(name, shown)
    yield "### Described elsewhere"
    yield ""
    yield "Used by a year, with their equations on pages of their own."
    yield ""
    for each in source.shown_elsewhere():
        yield from _function(each)
    yield from _further()
    yield from nobody()
    yield from _rules()


def _in_entities() -> list[Value]:
    starts = (values.STATE, values.GIVEN, values.YEAR)
    return [each for start in starts for each in values.closure(start)]


def _module(name: str, shown: set[str]) -> Iterator[str]:
    here = source.module(name)
    yield f"### {name.removeprefix('sovplan.')} {{ #module-{name.rpartition('.')[2]} }}"
    yield ""
    yield f"`{here.path}`"
    yield ""
    yield from described(here.said)
    constants = list(here.constants())
    if constants:
        yield "| constant | value | what it is |"
        yield "| --- | --- | --- |"
        for number in constants:
            names = ", ".join(f"`{one}`" for one in number.names)
            yield f"| {names} | `{number.value}` | {cell(number.said)} |"
        yield ""
    for one in values.values_of(here):
        if one.name not in shown:
            yield from value(one)
    for each in here.functions:
        if not each.node.name.startswith("_") and not each.owner.startswith("_"):
            yield from _function(each)


def _function(each: Function) -> Iterator[str]:
    yield f"#### {each.name} {{ #{each.anchor} }}"
    yield ""
    yield from described(each.said)
    elsewhere = source.page_of(each.module)
    if elsewhere:
        yield f"In full: [{Path(elsewhere).stem}]({elsewhere})."
        yield ""
    read = {name: source.reads(each, name) for name in ("institutions", "parameters")}
    if not elsewhere and read["institutions"]:
        names = ", ".join(f"[`{name}`](#value-institutions)" for name in read["institutions"])
        yield f"*Reads the institutions* {names}."
        yield ""
    if not elsewhere and read["parameters"]:
        yield "*Reads the parameters*"
        yield ""
        yield "| parameter | value | range | unit | how sure | meaning |"
        yield "| --- | --- | --- | --- | --- | --- |"
        yield from map(parameter, read["parameters"])
        yield ""
    by = joined(map(link, users().get(each.anchor, ())), "")
    idle = "*Not used in a year*; it is for the report or for tests."
    if each in of_the_year():
        idle = "*Used* on the first day of a run, or at its end."
    yield f"*Used by* {by}." if by else idle
    yield ""


def _further() -> Iterator[str]:
    """Yield functions of the year that are no submodels: they lay out or add up."""
    rest = [
        each
        for each in of_the_year()
        if not source.is_told(each.module)
        and each not in source.shown_elsewhere()
        and each.module != "sovplan.simulation"
    ]
    yield "Parts of these, and what only lays out or adds up:"
    yield ""
    yield "| function | file | what it does |"
    yield "| --- | --- | --- |"
    for each in rest:
        said = cell(values.brief(each.said))
        yield f"| {link(each)} | `{source.module(each.module).path}` | {said} |"
    yield ""


def nobody() -> Iterator[str]:
    """Yield the list of institutions and parameters that no submodel reads."""
    yield "### Numbers that nothing reads"
    yield ""
    yield by_hand("nobody")
    yield ""
    said = {each.name: each.meaning for each in fields_of("Institutions")}
    idle = [name for name in KINDS if name not in readers("institutions")]
    yield "| institution | meaning |"
    yield "| --- | --- |"
    yield from (f"| `{name}` | {cell(said[name])} |" for name in idle)
    yield ""
    yield "| parameter | value | range | unit | how sure | meaning |"
    yield "| --- | --- | --- | --- | --- | --- |"
    yield from (parameter(name) for name in NAMES if name not in readers("parameters"))
    yield ""


def rules() -> Mapping[str, Mapping[str, str]]:
    """Return title of each rule that the program names, and what of it is left out."""
    return tomllib.loads((HAND / "rules.toml").read_text("utf-8"))


def named_rules() -> Mapping[str, list[Function]]:
    """Return the functions whose docstrings name a rule, for every rule that has a row.

    Parameters and institutions add rules that no docstring names.
    """
    out: dict[str, list[Function]] = {each: [] for each in rules()}
    out |= {each.rule: [] for each in parameter_table()}
    out |= {rule: [] for kind in KINDS.values() for rule in kind.rules}
    for name in source.told():
        for each in source.module(name).functions:
            for rule in source.rules_in(each.said):
                out.setdefault(rule, []).append(each)
    for one in parameter_table():
        out[one.rule] += readers("parameters").get(one.name, [])
    for name, kind in KINDS.items():
        if len(kind.rules) == 1:
            out[kind.rules[0]] += readers("institutions").get(name, [])
    return dict(sorted(out.items()))


def _rules() -> Iterator[str]:
    yield "### Rules of the specification"
    yield ""
    yield "| rule | title | here in | not here |"
    yield "| --- | --- | --- | --- |"
    for rule, functions in named_rules().items():
        about = rules()[rule]
        by = joined(map(link, functions), "nothing")
        yield f"| {rule} | {about['title']} | {by} | {cell(about['missing'])} |"
    yield ""
