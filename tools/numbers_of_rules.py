"""Numbers that stand in the text of rules: each is a parameter, trivial, or a declared definition.

.venv/bin/python -m tools.numbers_of_rules

prints those that are none of these. Numbers of behaviour, ages too, belong to `regimes/model.toml`,
with range and source; units, codes, storage are declared in `numbers_of_rules.toml`, with a reason.
Half and two as divisor and power, nought and one are trivial; nothing else is. Numbers of behaviour
of the planning year stand in its own rules, for its scenario files state all parameters and their
form is kept: they are declared there with range and source (`Fixed`).
"""

import ast
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any, Final, final

ROOT: Final = Path(__file__).resolve().parent.parent
SOCIETY: Final = ROOT / "src" / "sovplan" / "society"
DECLARED: Final = Path(__file__).with_suffix(".toml")
ROOMS: Final = (
    ".",
    "persons",
    "people_rules",
    "farms",
    "collectives",
    "workplaces",
    "bodies",
    "nation",
)
"""Folders of rules that are read; first the rules of the planning year that stand in none."""
_TRIVIAL: Final = (0.0, 1.0)


@final
@dataclass(frozen=True, slots=True)
class Found:
    """A number in the text of rules.

    Parameters
    ----------
    file
        File, below `society`.
    where
        Function or name at the top of the file in which it stands.
    number
        Its size.
    line
        Its line.
    """

    file: str
    where: str
    number: float
    line: int


@final
@dataclass(frozen=True, slots=True)
class Definition:
    """A number that defines something and is no behaviour.

    Parameters
    ----------
    file
        File, below `society`; `nation/*` for all of a folder.
    where
        Function or name in which it stands; * for all.
    number
        The number.
    reason
        What it is.
    """

    file: str
    where: str
    number: float
    reason: str

    def holds(self, found: Found) -> bool:
        """Return whether it declares a number."""
        here = fnmatch(found.file, self.file) and self.where in {"*", found.where}
        return here and found.number == self.number


@final
@dataclass(frozen=True, slots=True)
class Fixed:
    """A number of behaviour that stands in the text of a rule and cannot be set.

    Parameters
    ----------
    file, where, value
        As of a definition.
    rule
        Number of the rule.
    meaning
        What it is.
    low, high
        Its range.
    unit
        Its unit.
    provenance, source
        Whence it is.
    """

    file: str
    where: str
    value: float
    rule: str
    meaning: str
    low: float
    high: float
    unit: str
    provenance: str
    source: str


@cache
def fixed() -> tuple[Fixed, ...]:
    """Return the numbers of behaviour of the planning year that cannot be set."""
    return tuple(Fixed(**each) for each in _declared()["fixed"])


@cache
def _declared() -> Mapping[str, list[dict[str, Any]]]:
    return tomllib.loads(DECLARED.read_text("utf-8"))


@cache
def definitions() -> tuple[Definition, ...]:
    """Return what is declared, one number after the other."""
    return tuple(
        Definition(each["file"], where, float(number), each["reason"])
        for each in _declared()["definition"]
        for where, numbers in each.get("in", {"*": each.get("numbers", ())}).items()
        for number in numbers
    )


def left_out() -> dict[str, str]:
    """Return files that hold no rules, with the reason."""
    return {each["file"]: each["reason"] for each in _declared()["without_rules"]}


def numbers_of(text: str, file: str) -> Iterator[Found]:
    """Yield the numbers of a text that are not trivial."""
    for top in ast.parse(text).body:
        plain = set(_plain(top))
        for node in ast.walk(top):
            size = _size(node)
            if size is not None and node not in plain:
                yield Found(file, _name(top), size, getattr(node, "lineno", 0))


def numbers_of_rules() -> Iterator[Found]:
    """Yield the numbers of all files of rules that are not trivial."""
    silent = left_out()
    for room in ROOMS:
        for path in sorted((SOCIETY / room).glob("*.py")):
            file = path.relative_to(SOCIETY).as_posix()
            if not any(fnmatch(file, each) for each in silent):
                yield from numbers_of(path.read_text("utf-8"), file)


def faults(numbers: Iterator[Found]) -> Iterator[str]:
    """Yield a sentence for each number that is not declared, and for each declaration of nothing.

    Parameters
    ----------
    numbers
        The numbers that were found.
    """
    known = (
        *definitions(),
        *(Definition(one.file, one.where, one.value, one.meaning) for one in fixed()),
    )
    unused = dict.fromkeys(known)
    for each in numbers:
        by = [one for one in known if one.holds(each)]
        for one in by:
            unused.pop(one, None)
        if not by:
            yield (
                f"society/{each.file}:{each.line}: {each.number:g} in `{each.where}` has no range"
                " and no source. If it says how somebody behaves or what a technique yields, make"
                " it a parameter: an entry in regimes/model.toml, named in `parameters=` of it."
                " If it defines something, declare it in tools/numbers_of_rules.toml with a reason."
            )
    for one in unused:
        yield (
            f"tools/numbers_of_rules.toml: {one.number:g} does not stand in `{one.where}` of"
            f" {one.file} any more. Take it out."
        )


def _plain(top: ast.AST) -> Iterator[ast.AST]:
    """Yield numbers that say nothing: halves, squares, roots, places in a sequence."""
    for node in ast.walk(top):
        if isinstance(node, ast.BinOp):
            halved = isinstance(node.op, ast.Div) and _size(node.right) == 2.0
            powered = isinstance(node.op, ast.Pow) and _size(node.right) in {2.0, 0.5}
            if halved or powered:
                yield node.right
        elif isinstance(node, ast.Subscript):
            yield from ast.walk(node.slice)
        elif isinstance(node, ast.keyword) and node.arg == "quarters":
            yield from ast.walk(node.value)
        elif _size(node) in _TRIVIAL:
            yield node


def _size(node: ast.AST) -> float | None:
    """Return the size of a number; None for what is none."""
    value = node.value if isinstance(node, ast.Constant) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)


def _name(top: ast.stmt) -> str:
    """Return the name that a statement at the top of a file gives to something."""
    if isinstance(top, ast.FunctionDef | ast.ClassDef):
        return top.name
    if isinstance(top, ast.Assign):
        return ast.unparse(top.targets[0])
    return ast.unparse(top.target) if isinstance(top, ast.AnnAssign) else "text"


if __name__ == "__main__":
    print("\n".join(faults(numbers_of_rules())))
