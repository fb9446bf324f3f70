"""Describes a composition from the rules themselves, so that text and code cannot differ.

`schedule` is the process overview of the ODD protocol, `submodels` its submodels (V. Grimm and
others, JASSS 23(2) 7, 2020), both as Markdown.
"""

from collections.abc import Iterator, Mapping

from sovplan.foundation.engine.composer import Composition, Stage
from sovplan.foundation.engine.rule import Rule


def schedule(composition: Composition) -> str:
    """Return what is done in a year, pass by pass, as a numbered list."""
    lines = []
    for number, each in enumerate(composition.passes, 1):
        lines.append(f"{number}. All rows of `{each.table}`:")
        for stage in each.stages:
            lines += [f"    - {text}" for text in _stage(stage)]
        if each.births:
            lines.append("    - the newborn take places")
    return "\n".join(lines)


def submodels(composition: Composition, texts: Mapping[str, str] | None = None) -> str:
    """Return every rule: number, equation, what it reads and writes, its switch and its source.

    Parameters
    ----------
    composition
        The rules.
    texts
        What to print for an institution or a parameter, such as its value with unit and range.
    """
    told = texts or {}
    return "\n\n".join("\n".join(_submodel(rule, told)) for rule in composition.rules)


def entities(composition: Composition) -> str:
    """Return all tables with their columns, units and meanings, as Markdown tables."""
    parts = []
    for name, table in composition.tables.items():
        parts += [f"### {name}, {table.row_bytes} bytes a row", ""]
        parts += ["| column | stored | role | unit | meaning |", "| --- | --- | --- | --- | --- |"]
        parts += [
            f"| `{c.name}` | {c.form} {c.dtype} | {c.role} | {c.unit} | {c.text} |"
            for c in table.columns
        ]
        parts.append("")
    return "\n".join(parts).strip()


def _stage(stage: Stage) -> Iterator[str]:
    for rule in stage.rules:
        rows = f", where `{rule.when}`" if rule.when else ""
        yield f"{stage.step}: {rule.number} `{rule.name}` writes {_listed(rule.writes)}{rows}"
    if stage.counts:
        into = _listed(tuple(count.into for count in stage.counts))
        yield f"{stage.step}: summed into {into}"


def _submodel(rule: Rule, texts: Mapping[str, str]) -> Iterator[str]:
    yield f"### {rule.number} {rule.name.replace('_', ' ')}"
    yield ""
    yield rule.equation
    yield ""
    yield f"- {rule.step}, on `{rule.table}`" + (f", where `{rule.when}`" if rule.when else "")
    for title, names in (
        ("reads", rule.reads),
        ("institutions", rule.institutions),
        ("parameters", rule.parameters),
        ("draws", rule.draws),
        ("writes", rule.writes),
    ):
        if names:
            yield f"- {title}: {_listed(names, texts)}"
    if rule.switch:
        held = ", ".join(f"{name} = {value:g}" for name, value in rule.off.items())
        yield f"- switch: `{rule.switch}`" + (f" (off: {held})" if held else "")
    yield f"- source: {rule.source}"


def _listed(names: tuple[str, ...], texts: Mapping[str, str] | None = None) -> str:
    told = texts or {}
    return ", ".join(f"`{name}`" + (f" ({told[name]})" if name in told else "") for name in names)
