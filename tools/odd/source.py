"""What the description of the model reads off the source: functions, calls, reads, numbers.

Nothing is run: modules are parsed. So what the page says is what stands in the files.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
SOURCE: Final = ROOT / "src"

ELSEWHERE: Final = {
    "sovplan.planning.optimum": "../understand/plan-problem.md",
    "sovplan.planning.limits": "../understand/plan-problem.md",
    "sovplan.planning.problem": "../understand/plan-problem.md",
    "sovplan.planning.quantities": "../understand/plan-problem.md",
    "sovplan.planning.capital": "../understand/plan-problem.md",
    "sovplan.inspection": "../understand/inspection.md",
    "sovplan.councils": "../understand/voting.md",
}
"""Modules and rooms whose equations stand on another page of the manual."""

ROOMS: Final = ("sovplan.world", "sovplan.society")
"""Rooms of which every module and public function has its section."""

PAPERS: Final = ("sovplan.records.tasks", "sovplan.records.renewal", "sovplan.records.yearbook")
"""Modules of records that take part in the year, and not only keep what was said."""


@dataclass(frozen=True)
class Constant:
    """A value that stands in a module by name: a number or several, or names that are explained."""

    names: tuple[str, ...]
    value: str
    said: str
    is_number: bool

    @property
    def status(self) -> str:
        """Return how sure it is, as its docstring says; '' where it does not say."""
        found = re.search(
            r"\b(assumed|measured|calibrated|numerical|by definition)\b", self.said, re.I
        )
        return found[1].lower() if found else ""


@dataclass(frozen=True)
class Draw:
    """One draw of chance: its stream, distribution, year and keys, as written."""

    stream: str
    kind: str
    year: str
    keys: str


@dataclass(frozen=True, eq=False)
class Function:
    """A function or method: the module and class it stands in, and its source."""

    module: str
    owner: str
    node: ast.FunctionDef

    @property
    def name(self) -> str:
        """Return its name, with the class of a method."""
        return f"{self.owner}.{self.node.name}" if self.owner else self.node.name

    @property
    def anchor(self) -> str:
        """Return the name of its section."""
        return f"{self.module.rpartition('.')[2]}-{self.name.replace('.', '-')}".lower()

    @property
    def said(self) -> str:
        """Return its docstring."""
        return ast.get_docstring(self.node) or ""


@dataclass(frozen=True, eq=False)
class Module:
    """A parsed module."""

    name: str
    text: str
    tree: ast.Module

    @property
    def said(self) -> str:
        """Return its docstring."""
        return ast.get_docstring(self.tree) or ""

    @property
    def path(self) -> str:
        """Return its file, from the root of the repository."""
        return _file(self.name).relative_to(ROOT).as_posix()

    @cached_property
    def functions(self) -> tuple[Function, ...]:
        """Return its functions, then the methods of its classes, private ones too."""
        holders = [("", self.tree.body), *((each.name, each.body) for each in self.classes())]
        return tuple(
            Function(self.name, owner, node)
            for owner, body in holders
            for node in body
            if isinstance(node, ast.FunctionDef)
        )

    def classes(self) -> Iterator[ast.ClassDef]:
        """Yield its classes."""
        yield from (node for node in self.tree.body if isinstance(node, ast.ClassDef))

    @cached_property
    def imports(self) -> dict[str, tuple[str, str]]:
        """Return module and name of what it takes from others, by the name it has here."""
        found = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sovplan"):
                for alias in node.names:
                    found[alias.asname or alias.name] = (str(node.module), alias.name)
        return found

    def constants(self) -> Iterator[Constant]:
        """Yield its numbers, and what else it explains, each with the text that follows it."""
        body = self.tree.body
        for node, after in zip(body, [*body[1:], None], strict=True):
            names = _assigned(node)
            value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
            said = ""
            if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
                said = " ".join(str(after.value.value).split())
            number = value is not None and any(map(_is_number, ast.walk(value)))
            if names and value is not None and (number or said):
                yield Constant(names, ast.unparse(value), said, number)


def _file(name: str) -> Path:
    path = SOURCE.joinpath(*name.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def _assigned(node: ast.stmt) -> tuple[str, ...]:
    targets = node.targets if isinstance(node, ast.Assign) else []
    if isinstance(node, ast.AnnAssign):
        targets = [node.target]
    found = [name for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)]
    return tuple(name.id for name in found)


def _is_number(node: ast.AST) -> bool:
    value = node.value if isinstance(node, ast.Constant) else None
    return isinstance(value, int | float) and not isinstance(value, bool)


@cache
def module(name: str) -> Module:
    """Return a module of the package, parsed."""
    text = _file(name).read_text("utf-8")
    return Module(name, text, ast.parse(text))


def modules_of(room: str) -> list[str]:
    """Return the modules of a room that hold anything, by name."""
    folder = SOURCE.joinpath(*room.split("."))
    return [f"{room}.{each.stem}" for each in sorted(folder.glob("*.py")) if each.stem[0] != "_"]


def page_of(name: str) -> str:
    """Return the page on which the equations of a module stand, if it is not this one."""
    return next((page for room, page in ELSEWHERE.items() if _inside(name, room)), "")


def is_told(name: str) -> bool:
    """Return whether the functions of a module are shown on this page."""
    rooms = (*ROOMS, *PAPERS, "sovplan.charter", "sovplan.planning")
    return any(_inside(name, room) for room in rooms) and not page_of(name)


def _inside(name: str, room: str) -> bool:
    return name == room or name.startswith(f"{room}.")


@cache
def found(home: str, name: str) -> Function | ast.ClassDef | ast.expr | None:
    """Return what a name stands for in a module: a function, class or value of the package."""
    here = module(home)
    for each in here.functions:
        if not each.owner and each.node.name == name:
            return each
    for holder in here.classes():
        if holder.name == name:
            return holder
    for node in here.tree.body:
        if name in _assigned(node) and isinstance(node, ast.Assign | ast.AnnAssign):
            return node.value
    if name in here.imports:
        return found(*here.imports[name])
    return None


def home_of(home: str, name: str) -> str:
    """Return the module in which a name that a module uses is defined."""
    here = module(home)
    own = {each.name for each in here.functions} | {each.name for each in here.classes()}
    if name in own or name not in here.imports:
        return home
    return home_of(*here.imports[name])


@cache
def _methods() -> dict[str, Function]:
    """Return the public methods of classes that take part in the year, by their bare names."""
    named = [*modules_of(ROOMS[0]), *modules_of(ROOMS[1]), *PAPERS, "sovplan.charter"]
    given = [each for name in named for each in module(name).functions if each.owner]
    return {each.node.name: each for each in given if each.node.name[0] != "_"}


@cache
def used(function: Function, nodes: tuple[ast.stmt, ...] = ()) -> list[Function]:
    """Return the functions of the package that a function uses, in the order of evaluation.

    Private helpers of the same module are read as if their text stood in the function.
    """
    out: dict[str, Function] = {}
    _collect(function.module, [*(nodes or function.node.body)], out, {function.name})
    return [each for each in out.values() if each is not function]


def _collect(
    home: str, nodes: list[ast.stmt] | list[ast.expr], out: dict[str, Function], seen: set[str]
) -> None:
    for met in (each for node in nodes for each in _in_order(node)):
        named = isinstance(met, ast.Name)
        value = found(home, met.id) if isinstance(met, ast.Name) else _methods().get(met.attr)
        if isinstance(value, ast.Dict) and isinstance(met, ast.Name):
            if not any(map(_is_number, ast.walk(value))):
                _collect(home_of_value(home, met.id), value.values, out, seen)
        elif isinstance(value, Function) and named and _private(value, home):
            inner = [] if value.name in seen else value.node.body
            seen.add(value.name)
            _collect(home, inner, out, seen)
        elif isinstance(value, Function):
            out.setdefault(value.anchor, value)


def home_of_value(home: str, name: str) -> str:
    """Return the module in which a value is set."""
    here = module(home).imports
    return here[name][0] if name in here else home


def _private(value: Function, home: str) -> bool:
    return value.module == home and value.node.name.startswith("_")


def _in_order(node: ast.AST) -> Iterator[ast.Name | ast.Attribute]:
    """Yield names that are read and methods that are called, arguments before their function."""
    for each in _children(node):
        yield from _in_order(each)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        yield node.func
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        yield node


def _children(node: ast.AST) -> list[ast.AST]:
    """Return the parts of a text in the order in which they are evaluated."""
    if isinstance(node, ast.Call):
        words = [word.value for word in node.keywords]
        method = isinstance(node.func, ast.Attribute)
        first = [node.func.value] if method else [node.func]  # type: ignore[attr-defined]
        return [*first, *node.args, *words] if method else [*node.args, *words, *first]
    if isinstance(node, ast.IfExp):
        return [node.test, node.body, node.orelse]
    if isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp):
        return [*node.generators, node.elt]
    return list(ast.iter_child_nodes(node))


def bodies(function: Function) -> Iterator[ast.FunctionDef]:
    """Yield a function and the private helpers of its module that it uses."""
    waiting, seen = [function], {function.name}
    while waiting:
        now = waiting.pop(0)
        yield now.node
        for met in ast.walk(now.node):
            value = found(now.module, met.id) if isinstance(met, ast.Name) else None
            if isinstance(value, Function) and _private(value, now.module):
                if value.name not in seen:
                    waiting.append(value)
                seen.add(value.name)


@cache
def reads(function: Function, value: str) -> tuple[str, ...]:
    """Return the fields of `institutions` or `parameters` that a function reads, in order."""
    out: dict[str, tuple[int, int]] = {}
    for body in bodies(function):
        for node in ast.walk(body):
            holder = node.value if isinstance(node, ast.Attribute) else None
            name = holder.id if isinstance(holder, ast.Name) else ""
            name = holder.attr if isinstance(holder, ast.Attribute) else name
            if isinstance(node, ast.Attribute) and name == value:
                out.setdefault(node.attr, (node.lineno, node.col_offset))
    return tuple(sorted(out, key=lambda each: out[each]))


def draws(function: Function) -> Iterator[Draw]:
    """Yield the draws of chance that a function makes."""
    for body in bodies(function):
        for node in ast.walk(body):
            name = node.func.id if _calls(node) else ""  # type: ignore[attr-defined]
            if name in {"normal", "uniform", "integers"}:
                given = node.args  # type: ignore[attr-defined]
                stream = str(given[1].value) if isinstance(given[1], ast.Constant) else "?"
                yield Draw(stream, name, ast.unparse(given[2]), ast.unparse(given[3]))


def _calls(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name)


@cache
def reached(start: Function) -> list[Function]:
    """Return every function of the year: those that a function uses, and those that these use."""
    out: dict[str, Function] = {}
    waiting = [start]
    while waiting:
        now = waiting.pop(0)
        for each in used(now):
            if each.anchor not in out and not each.module.startswith("sovplan.foundation"):
                out[each.anchor] = each
                if is_told(each.module):
                    waiting.append(each)
    return list(out.values())


@cache
def year() -> Function:
    """Return the function that is one planning year."""
    here = module("sovplan.simulation")
    return next(each for each in here.functions if each.node.name == "simulate_year")


def told() -> list[str]:
    """Return the modules that have a section, in the order in which the page shows them."""
    planning = {each.module for each in reached(year()) if "planning" in each.module}
    own = sorted(name for name in planning if is_told(name))
    rooms = [name for room in ROOMS for name in modules_of(room)]
    return ["sovplan.charter", *own, *rooms, *PAPERS]


@cache
def shown_elsewhere() -> list[Function]:
    """Return functions of inspection and councils that a year calls; their equations are apart."""
    rooms = ("sovplan.inspection", "sovplan.councils")
    return [each for each in reached(year()) if any(_inside(each.module, room) for room in rooms)]


def rules_in(text: str) -> list[str]:
    """Return the rules that a text names; R03 to R06 names all from one to the other."""
    out: dict[str, None] = {}
    for first, last in re.findall(r"R(\d\d)(?: to R(\d\d))?", text):
        for number in range(int(first), int(last or first) + 1):
            out[f"R{number:02d}"] = None
    return list(out)
