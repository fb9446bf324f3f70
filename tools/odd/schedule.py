"""The third element of the protocol: the steps of a year, read off its source."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tools.odd import source, values
from tools.odd.links import by_hand, link
from tools.odd.source import Function, module
from tools.odd.text import prose


@dataclass(frozen=True)
class Step:
    """Some lines of the year, under the name of a step."""

    title: str
    body: tuple[ast.stmt, ...]
    text: str


def steps(function: Function) -> list[Step]:
    """Return the steps of the year: what a comment at the end of a line names, to the next.

    An empty line ends a step too: what stands after it belongs to the next name.
    """
    lines = module(function.module).text.splitlines()
    names: list[str] = []
    parts: list[list[ast.stmt]] = []
    end, fresh = 0, True
    for node in function.node.body[1:]:
        last = node.end_lineno or node.lineno
        said = re.search(r"  # (?!fmt)(.+)$", "\n".join(lines[node.lineno - 1 : last]), re.M)
        apart = node.lineno > end + 1
        if apart or (said and not fresh):
            names.append("")
            parts.append([])
        fresh = not names[-1] and said is None
        if said:
            names[-1] = said[1]
        parts[-1].append(node)
        end = last
    return [
        Step(_title(name), tuple(part), _shown(lines, part))
        for name, part in zip(names, parts, strict=True)
    ]


def _title(name: str) -> str:
    return f"{name[0].upper()}{name[1:]}" if name else "Before the first step"


def _shown(lines: list[str], part: list[ast.stmt]) -> str:
    last = part[-1].end_lineno or part[-1].lineno
    return "\n".join(
        line[4:].replace("  # fmt: skip", "") for line in lines[part[0].lineno - 1 : last]
    )


# ---- 3. schedule ---------------------------------------------------------------------------------


def schedule() -> Iterator[str]:
    """Yield the order of a year."""
    yield by_hand("scheduling")
    yield ""
    year = source.year()
    shown: set[str] = set()
    planners: list[Function] = []
    for place, step in enumerate(steps(year)):
        yield f"### {place}. {step.title}" if place else f"### {step.title}"
        yield ""
        yield f"```python\n{step.text}\n```"
        yield ""
        for each in source.used(year, step.body):
            # The planners that a charter makes are at work where it is asked for them.
            shown |= {each.anchor} if each.node.name == "charter_of" else set()
            yield from _tree(each, 0, shown)
            if each.node.name == "charter_of":
                planners = source.used(each)
        if "charter.planners" in step.text:
            for each in planners:
                yield from _tree(each, 0, shown)
        yield ""


def _tree(each: Function, depth: int, shown: set[str]) -> Iterator[str]:
    yield f"{'    ' * depth}- {link(each)}: {prose(values.brief(each.said))}"
    if each.anchor in shown:
        return
    shown.add(each.anchor)
    if source.is_told(each.module):
        for inner in source.used(each):
            if not inner.module.startswith("sovplan.foundation") and not _is_check(inner):
                yield from _tree(inner, depth + 1, shown)


def _is_check(each: Function) -> bool:
    return each.node.name.startswith("must_")
