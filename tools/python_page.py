"""Write the page of the Python interface, docs/look-up/python.md, from docstrings.

Shown is every name of `sovplan.__all__`, the values that these are made of, and the functions of
some modules that recipes use. Run it from the root of the repository after a change of either:

    .venv/bin/python -m tools.python_page
"""

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import sovplan

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "look-up" / "python.md"

FURTHER: Final = {
    "sovplan.history.economies": ("Embedded", "embedded", "folder_path", "read_economy_folder"),
    "sovplan.history.readers.labels": ("Label", "labels", "code_of"),
    "sovplan.history.readers.terms": ("Terms",),
    "sovplan.history.readers.symmetric": ("Symmetric", "from_symmetric"),
    "sovplan.history.readers.account": ("SupplyUse",),
    "sovplan.history.readers.margins": ("Margins", "basic_prices"),
    "sovplan.history.readers.capital": ("Park", "cumulated", "revalued"),
    "sovplan.history.readers.supply_use": ("from_supply_use",),
    "sovplan.history.readers.mrio": ("read_pymrio", "from_pymrio"),
    "sovplan.history.readers.notes": ("Notes", "Assumption", "Moved"),
    "sovplan.planning.balances": ("balances",),
    "sovplan.planning.prices": ("Price", "one_sided"),
    "sovplan.planning.stress": ("Stress", "stress"),
    "sovplan.planning.compare": ("Comparison", "compare"),
    "sovplan.records.checks": ("findings",),
    "sovplan.records.findings": ("Finding",),
    "sovplan.lab.runs": ("prepared", "run_all", "run_of", "Task", "Done"),
    "sovplan.records.run": ("Run", "Course", "Point", "Event"),
}
"""Names beyond the front door, by module, in the order in which they are needed."""

_HEAD: Final = """# Python

<!-- Written by tools/python_page.py from docstrings; a test checks that it is fresh. -->

```python
>>> from sovplan import *

```

Everything in the first part can be imported from `sovplan` itself and stays where it is; the rest
belongs to the module that is named with it. Values are frozen. Arrays are NumPy arrays or SciPy
sparse arrays in the units of the economy; the axes of a shape are given by name, such as goods x
years. Symbols are those of [the planning problem](../understand/plan-problem.md). A draft also has
`draft.to_frame(table)` and `draft.to_xarray()`, the functions below, and shows itself in notebooks.
"""

Source = ast.ClassDef | ast.FunctionDef


@dataclass(frozen=True)
class Entry:
    """A function or class: where it can be imported from, and its source."""

    module: str
    name: str
    source: Source

    @property
    def refers(self) -> set[str]:
        """Return the names of types that its fields mention."""
        if not isinstance(self.source, ast.ClassDef):
            return set()
        noted = [each.annotation for each in self.source.body if isinstance(each, ast.AnnAssign)]
        return {node.id for each in noted for node in ast.walk(each) if isinstance(node, ast.Name)}


def page() -> str:
    """Return the page as it should stand."""
    front = [entry(sovplan, name) for name in sovplan.__all__]
    names = [each.name for each in front]
    functions = [each for each in front if isinstance(each.source, ast.FunctionDef)]
    errors = [each for each in front if _is_error(each)]
    values = [each for each in front if each not in functions and each not in errors]
    inside = list(_inside(values, names))
    modules = [
        entry(importlib.import_module(module), name)
        for module, further in FURTHER.items()
        for name in further
    ]
    parts = [_HEAD]
    for title, found in (
        ("Functions", functions),
        ("Values", values),
        ("Errors", errors),
        ("Values inside these", inside),
        ("Further modules", modules),
    ):
        parts.append(f"## {title}\n")
        parts += ["\n".join(_shown(each, apart=found in (inside, modules))) for each in found]
    return "\n".join(parts).rstrip() + "\n"


def entry(module: object, name: str) -> Entry:
    """Return a function or class with the source of it."""
    found = inspect.unwrap(getattr(module, name))
    home = importlib.import_module(found.__module__)
    tree = ast.parse(inspect.getsource(home))
    source = next(
        node for node in tree.body if isinstance(node, Source) and node.name == found.__name__
    )
    return Entry(found.__module__, name, source)


def _inside(values: list[Entry], known: list[str]) -> Iterator[Entry]:
    """Yield the values that fields of values mention, each once, nearest first."""
    waiting, seen = list(values), set(known)
    while waiting:
        holder = waiting.pop(0)
        home = importlib.import_module(holder.module)
        for name in sorted(holder.refers - seen):
            found = getattr(home, name, None)
            if inspect.isclass(found) and found.__module__.startswith("sovplan."):
                seen.add(name)
                inner = entry(home, name)
                waiting.append(inner)
                yield inner


def _is_error(each: Entry) -> bool:
    found = getattr(sovplan, each.name)
    return inspect.isclass(found) and issubclass(found, Exception)


def _shown(each: Entry, *, apart: bool) -> Iterator[str]:
    yield f"### {each.name}\n"
    if apart:
        yield f"From `{each.module}`.\n"
    yield f"```text\n{_written(each.source)}\n```\n"
    yield from _described(ast.get_docstring(each.source) or "")
    if isinstance(each.source, ast.ClassDef):
        for node in each.source.body:
            text = ast.get_docstring(node) if isinstance(node, ast.FunctionDef) else None
            if isinstance(node, ast.FunctionDef) and text and not node.name.startswith("_"):
                yield f"**`{_call(node)}`**{_kind(node)}\n"
                yield from _described(text)


def _written(source: Source) -> str:
    """Return the head of a function, or a class with its fields, as it stands in the source."""
    if isinstance(source, ast.FunctionDef):
        return _call(source)
    bases = ", ".join(ast.unparse(base) for base in source.bases)
    head = f"{source.name}({bases})" if bases else source.name
    fields = [f"    {ast.unparse(each)}" for each in source.body if isinstance(each, ast.AnnAssign)]
    return "\n".join([head, *fields])


def _call(node: ast.FunctionDef) -> str:
    result = "" if node.returns is None else f" -> {ast.unparse(node.returns)}"
    arguments = re.sub(r"^(self|cls)(, )?", "", ast.unparse(node.args))
    arguments = re.sub(r"(?<=[^\s=])=(?=[^\s=])", " = ", arguments)
    if any(ast.unparse(each) == "property" for each in node.decorator_list):
        return f"{node.name}{result}".replace(" -> ", ": ")
    return f"{node.name}({arguments}){result}"


def _kind(node: ast.FunctionDef) -> str:
    marks = {ast.unparse(each) for each in node.decorator_list}
    return " (of the class)" if "classmethod" in marks else ""


def _described(docstring: str) -> Iterator[str]:
    """Yield a NumPy docstring as Markdown."""
    lead, *sections = re.split(r"^(\w[\w ]*)\n-{3,}\n", docstring, flags=re.M)
    yield _prose(lead)
    for title, body in zip(sections[::2], sections[1::2], strict=True):
        if title == "Examples":
            yield f"```python\n{body.strip()}\n\n```\n"
        elif title == "Notes":
            yield _prose(body)
        else:
            yield f"*{title}*\n"
            yield "\n".join(_entries(body)) + "\n"


def _entries(body: str) -> Iterator[str]:
    for name, text in re.findall(r"^(\S.*)\n((?:[ \t]+\S.*\n?|\n(?=[ \t]))*)", body + "\n", re.M):
        inner = _prose(text).strip().replace("\n", "\n  ")
        yield f"- `{name.strip()}`: {inner}"


def _prose(text: str) -> str:
    """Return text of a docstring as Markdown; lines that stand in, stand in still."""
    plain = inspect.cleandoc(text).replace("``", "`")
    return re.sub(r"([*<|])", r"\\\1", plain) + "\n" if "`" not in plain else plain + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(PAGE)
