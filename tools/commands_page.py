"""Write the page of the command line, docs/look-up/commands.md, from the commands themselves.

Run it from the root of the repository after a change of src/sovplan/cli/:

    .venv/bin/python -m tools.commands_page
"""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import NoneType
from typing import Any, Final, get_args, get_origin, get_type_hints

from typer.models import ArgumentInfo, OptionInfo

from sovplan.cli.app import app, commands

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "look-up" / "commands.md"

_HEAD: Final = """# Commands

<!-- Written by tools/commands_page.py from the commands; a test checks that it is fresh. -->

After `make run` the program stands in `.venv/bin/sovplan`; `python -m sovplan` is the same.
Answers are printed on the standard output, everything about the work (warnings, where files lie) on
the standard error. Exit code 0: done; 1: the answer is no, such as a plan that cannot be; 2: the
input is wrong and nothing was written ([messages and exit codes](messages.md)). ECONOMY is a name
from `sovplan list economies` or the path of a folder ([formats](formats.md)).
"""


@dataclass(frozen=True)
class Parameter:
    """One argument or option: how it is written, what it takes, and what it says of itself."""

    name: str
    kind: type
    info: ArgumentInfo | OptionInfo
    default: object
    many: bool

    @property
    def is_argument(self) -> bool:
        """Return whether it is an argument, known by its place."""
        return isinstance(self.info, ArgumentInfo)

    @property
    def written(self) -> str:
        """Return what the user types."""
        if self.is_argument:
            text = (self.info.metavar or self.name).upper()
            return f"`{text} ...`" if self.many else f"`{text}`"
        flags = ", ".join(f"`{name}`" for name in self._flags())
        return flags if self.kind is bool else f"{flags} `{self._value()}`"

    @property
    def text(self) -> str:
        """Return what it does, with its choices and its default."""
        parts = [(self.info.help or "").replace("|", "\\|")]
        if issubclass(self.kind, Enum):
            parts.append(f"One of {', '.join(f'`{each.value}`' for each in self.kind)}.")
        if not self.is_argument and self.default is not None and self.kind is not bool:
            parts.append(f"By default `{getattr(self.default, 'value', self.default)}`.")
        return " ".join(parts)

    def _flags(self) -> list[str]:
        # Inside Annotated the first name stands where a default would.
        names = [self.info.default, *(self.info.param_decls or ())]
        given = [name for name in names if isinstance(name, str) and name.startswith("-")]
        return given or [f"--{self.name.replace('_', '-')}"]

    def _value(self) -> str:
        if self.info.metavar:
            return str(self.info.metavar)
        names = {int: "NUMBER", float: "NUMBER", Path: "PATH"}
        return "NAME" if issubclass(self.kind, Enum) else names.get(self.kind, "TEXT")


def page() -> str:
    """Return the page as it should stand."""
    parts = [_HEAD]
    if app.registered_callback is not None and app.registered_callback.callback is not None:
        options = [*parameters(app.registered_callback.callback)]
        parts += _table(options, "option", "what it does")
    for command in sorted(commands(), key=lambda each: str(each.name)):
        if command.callback is not None:
            about = (str(command.name), str(command.help), str(command.epilog or ""))
            parts += _section(about, list(parameters(command.callback)))
    return "\n".join(parts).rstrip() + "\n"


def parameters(function: Callable[..., Any]) -> Iterator[Parameter]:
    """Yield the arguments and options that the signature of a command declares."""
    plain = inspect.unwrap(function)
    hints = get_type_hints(plain, include_extras=True)
    for name, given in inspect.signature(plain).parameters.items():
        kind, *marks = get_args(hints[name])
        info = next(mark for mark in marks if isinstance(mark, ArgumentInfo | OptionInfo))
        inner = [each for each in get_args(kind) if each is not NoneType]
        default = None if given.default is inspect.Parameter.empty else given.default
        yield Parameter(name, inner[0] if inner else kind, info, default, _is_list(kind))


def _is_list(kind: object) -> bool:
    return get_origin(kind) in {list, tuple}


def _section(about: tuple[str, str, str], found: list[Parameter]) -> list[str]:
    name, text, example = about
    arguments = [each for each in found if each.is_argument]
    options = [each for each in found if not each.is_argument]
    usage = " ".join(["sovplan", name, *(each.written.strip("`") for each in arguments)])
    parts = [f"## sovplan {name}", "", text, "", "```text", f"{usage} [OPTIONS]", "```", ""]
    parts += _table(arguments, "argument", "what it is")
    parts += _table(options, "option", "what it does")
    if example:
        command = example.partition(":")[2].strip() or example
        parts += ["Example:", "", "```text", command, "```", ""]
    return parts


def _table(found: list[Parameter], head: str, text: str) -> list[str]:
    rows = [f"| {each.written} | {each.text} |" for each in found if each.info.help]
    if head == "option":
        rows.append("| `-h`, `--help` | Show this text and an example, and stop. |")
    return [f"| {head} | {text} |", "| --- | --- |", *rows, ""] if rows else []


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(PAGE)
