"""Leaves out of a text what is only ever written: small arrays that nothing reads.

Rules write down all that they give. Where only a sum asks for it, in the same loop, it need not be
stored at all.
"""

import re
from collections.abc import Iterable
from typing import Final

_WRITES: Final = re.compile(r"\s*(\w+)\[.*?\] = ")


def without_unread(lines: Iterable[str], arrays: Iterable[str]) -> list[str]:
    """Return lines without those that write to arrays which nothing reads, and without empty loops.

    Parameters
    ----------
    lines
        Lines of text, one statement each; what is written stands before " = ".
    arrays
        Names of the arrays that may be left out.

    Examples
    --------
    >>> without_unread(["for j in x:", "    a[j] = b[j]", "for j in x:", "    c[j] = a[j]"], "abc")
    []
    """
    kept, names = list(lines), set(arrays)
    while True:
        read = {name for line in kept for name in _read(line)}
        found = [line for line in kept if not _only(line, names - read)]
        if len(found) == len(kept):
            return _without_empty_loops(found)
        kept = found


def _target(line: str) -> str:
    """Return the array that a line writes to; "" where it writes to none."""
    match = _WRITES.match(line)
    return match[1] if match else ""


def _read(line: str) -> list[str]:
    """Return all names of a line but the array that it writes to."""
    return re.findall(r"[A-Za-z_]\w*", line)[1 if _target(line) else 0 :]


def _only(line: str, unread: set[str]) -> bool:
    return _target(line) in unread


def _without_empty_loops(lines: list[str]) -> list[str]:
    depths = [len(line) - len(line.lstrip()) for line in lines]
    after = [*depths[1:], 0]
    return [
        line
        for line, depth, next_depth in zip(lines, depths, after, strict=True)
        if not (line.lstrip().startswith("for ") and next_depth <= depth)
    ]
