"""The values of the model, for its description: fields, what they mean, and what they hold."""

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from tools.odd.source import Module, found, home_of, module

FURTHER: Final = Path(__file__).resolve().parent / "fields.toml"
"""What is said of fields whose docstring says nothing."""

STATE: Final = ("sovplan.simulation", "Start")
GIVEN: Final = ("sovplan.simulation", "Given")
YEAR: Final = ("sovplan.simulation", "Year")

_KINDS: Final = {"Float": "numbers", "Int": "whole numbers", "Bool": "yes or no"}
_PLAIN: Final = {"float": "number", "int": "whole number", "str": "text", "bool": "yes or no"}


@dataclass(frozen=True)
class Field:
    """One field of a value: its name, what it holds, and what it means."""

    name: str
    holds: str
    meaning: str


@dataclass(frozen=True, eq=False)
class Value:
    """A value: the module it stands in, and its source."""

    module: str
    node: ast.ClassDef

    @property
    def name(self) -> str:
        """Return its name."""
        return self.node.name

    @property
    def anchor(self) -> str:
        """Return the name of its section."""
        return f"value-{self.name}".lower()

    @property
    def lead(self) -> str:
        """Return what its docstring says before the fields."""
        text = ast.get_docstring(self.node) or ""
        return re.split(r"^(?:Parameters|Raises|Examples)\n-+\n", text, flags=re.M)[0].strip()

    def annotations(self) -> dict[str, ast.expr]:
        """Return the types of its fields."""
        noted = [each for each in self.node.body if isinstance(each, ast.AnnAssign)]
        return {
            each.target.id: each.annotation for each in noted if isinstance(each.target, ast.Name)
        }

    def meanings(self) -> dict[str, str]:
        """Return what its own docstring says of its fields."""
        text = ast.get_docstring(self.node) or ""
        return {
            name: said
            for title, body in sections(text)
            if title == "Parameters"
            for names, said in entries(body)
            for name in names.split(", ")
        }

    def fields(self) -> list[Field]:
        """Return its fields; the meaning of one that nothing is said of is ''."""
        said, further = self.meanings(), _further().get(self.name, {})
        out = []
        for name, note in self.annotations().items():
            inner = next(iter(held(self.module, note)), None)
            meaning = (
                said.get(name) or further.get(name) or (first_sentence(inner.lead) if inner else "")
            )
            out.append(Field(name, _holds(self.module, note), meaning))
        return out


@cache
def _further() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(FURTHER.read_text("utf-8"))


def superfluous() -> list[str]:
    """Return what is further said of fields that say it themselves, or are not there."""
    known = {each.name: each for each in (*closure(STATE), *closure(GIVEN), *closure(YEAR))}
    return [
        f"{name}.{field}"
        for name, fields in _further().items()
        for field in fields
        if name not in known
        or field in known[name].meanings()
        or field not in known[name].annotations()
    ]


def sections(text: str) -> list[tuple[str, str]]:
    """Return title and body of the parts of a docstring; the first part has no title."""
    lead, *rest = re.split(r"^([A-Z][\w ]*)\n-{3,}\n", text, flags=re.M)
    return [("", lead), *zip(rest[::2], rest[1::2], strict=True)]


def brief(text: str) -> str:
    """Return the first sentence of a docstring without its verb."""
    said = re.sub(r"^(?:Return|Yield) ", "", first_sentence(text))
    return f"{said[0].upper()}{said[1:]}" if said else ""


def entries(body: str) -> list[tuple[str, str]]:
    """Return names and texts of a part that lists them."""
    found_ = re.findall(r"^(\S.*)\n((?:[ \t]+\S.*\n?|\n(?=[ \t]))*)", body + "\n", re.M)
    return [(name.strip(), " ".join(text.split())) for name, text in found_ if text.strip()]


def first_sentence(text: str) -> str:
    """Return the first sentence of a text."""
    line = " ".join(text.split("\n\n", maxsplit=1)[0].split())
    return re.split(r"(?<=[.:])\s(?=[A-Z])", line)[0].rstrip(":")


def values_of(here: Module) -> Iterator[Value]:
    """Yield the public values that a module defines."""
    for node in here.classes():
        marks = {ast.unparse(mark).partition("(")[0] for mark in node.decorator_list}
        if "dataclass" in marks and not node.name.startswith("_"):
            yield Value(here.name, node)


@cache
def closure(start: tuple[str, str]) -> list[Value]:
    """Return a value and all values that its fields hold, each once."""
    node = found(*start)
    assert isinstance(node, ast.ClassDef)
    waiting = [Value(start[0], node)]
    out: dict[str, Value] = {}
    while waiting:
        now = waiting.pop(0)
        if now.name in out:
            continue
        out[now.name] = now
        for note in now.annotations().values():
            waiting += held(now.module, note)
    return list(out.values())


def held(home: str, note: ast.expr) -> list[Value]:
    """Return the values of the package that a type mentions."""
    out = []
    for name in (node.id for node in ast.walk(note) if isinstance(node, ast.Name)):
        node = found(home, name)
        if isinstance(node, ast.ClassDef):
            out += [each for each in values_of(module(home_of(home, name))) if each.name == name]
    return out


def _holds(home: str, note: ast.expr) -> str:
    """Return in words what a type holds."""
    if isinstance(note, ast.BinOp):
        parts = [_holds(home, part) for part in (note.left, note.right)]
        return " or ".join("nothing" if part == "None" else part for part in parts)
    if isinstance(note, ast.Subscript):
        outer, inner = ast.unparse(note.value), note.slice
        first = inner.elts[0] if isinstance(inner, ast.Tuple) else inner
        if outer in {"tuple", "Sequence"}:
            return f"list of {_holds(home, first)}"
        if outer in {"Mapping", "dict"} and isinstance(inner, ast.Tuple):
            return f"{_holds(home, inner.elts[1])} by {_holds(home, inner.elts[0])}"
        return "one of several names" if outer == "Literal" else ast.unparse(note)
    name = ast.unparse(note)
    return _PLAIN.get(name) or axes(home, name) or f"`{name}`"


def axes(home: str, name: str) -> str:
    """Return what an array type counts, such as numbers, goods x years; '' for no array."""
    if name in {"Sparse", "AnySparse", "ByColumn"}:
        return "numbers, mostly 0"
    if name == "np.ndarray":
        return "array"
    for node in ast.walk(module(home_of_alias(home, name)).tree):
        if not isinstance(node, ast.Assign) or ast.unparse(node.targets[0]) != name:
            continue
        shape = re.fullmatch(r"(Float|Int|Bool)\[np\.ndarray, '(.*)'\]", ast.unparse(node.value))
        if shape:
            counted = " x ".join(each for each in shape[2].split() if each not in {"_", "..."})
            return _KINDS[shape[1]] + (f", {counted}" if counted else "")
    return ""


def home_of_alias(home: str, name: str) -> str:
    """Return the module that names a type of arrays."""
    taken = module(home).imports
    return home_of_alias(*taken[name]) if name in taken else home
