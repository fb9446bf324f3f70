"""Reads what the manual shows of a terminal, and what a reader does between two commands.

A fence marked `console` holds commands after `$ ` and below each what it prints; `...` stands for
anything. A comment `<!-- edit FILE: OLD => NEW -->` is an edit that the text tells the reader to
make, `<!-- run COMMAND -->` a command that an earlier page told. A fence marked `title="FILE"` is a
file that the reader writes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

_FENCE: Final = re.compile(
    r"^(?P<indent> *)```console\n(?P<body>.*?)^ *```$"
    r"|<!-- (?P<what>edit|run) (?P<how>.*?) -->"
    r"|^```\w+ title=\"(?P<file>[^\"]+)\"\n(?P<content>.*?)^```$",
    re.M | re.S,
)


@dataclass(frozen=True)
class Step:
    """One thing that a reader does: a command with what it prints, or an edit."""

    what: Literal["command", "edit", "run", "file"]
    text: str
    printed: str = ""


def steps(page: str) -> Iterator[Step]:
    """Yield what a reader of a page does, from top to bottom."""
    for found in _FENCE.finditer(page):
        if found["what"] == "edit":
            yield Step("edit", found["how"])
        elif found["what"] == "run":
            yield Step("run", found["how"])
        elif found["file"]:
            yield Step("file", found["file"], found["content"])
        else:
            lines = [line.removeprefix(found["indent"]) for line in found["body"].splitlines()]
            yield from _commands(lines)


def _commands(lines: list[str]) -> Iterator[Step]:
    starts = [place for place, line in enumerate(lines) if line.startswith("$ ")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        printed = "\n".join(lines[start + 1 : end])
        yield Step("command", lines[start].removeprefix("$ "), printed)
