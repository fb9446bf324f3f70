"""Which keys of the message catalogue the code uses, read from its source."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeGuard, final

from sovplan.foundation.words import catalogue

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "sovplan"

BUILT: dict[str, tuple[str, ...]] = {
    "papers.name.{}": (
        "returns", "draft", "ballots", "decision", "report", "complaint", "findings",
        "entry", "flag", "latereport", "settlement",
    ),
    "papers.number.{}": ("number", "amount", "share"),
    "papers.report.{}": ("partner", "no_partner"),
    "papers.stage.{}": ("survey", "draft", "decide", "carry_out", "inspect", "renew"),
    "papers.unit.{}": ("objective", "hours"),
    "papers.yearbook.{}": ("early", "late"),
    "records.cell.unknown_{}": ("good", "technique", "plant"),
    "records.settings.no_{}": ("skill", "credit", "file"),
    "records.supply.no_{}": ("labour", "resource"),
}  # fmt: skip
"""Keys that the code puts together, and what stands in the gap.

A pattern that is not listed here stands for every key of the catalogue that fits it.
"""


@final
@dataclass(frozen=True)
class Use:
    """One key in the source, and the names of the values that are put into its text."""

    key: str
    file: str
    line: int
    values: frozenset[str] | None


def uses(file: str) -> Iterator[Use]:
    """Yield every key of a file of the package; `values` is None where they are not written out."""
    yield from uses_in(ast.parse((PACKAGE / file).read_text("utf-8")), file)


def uses_in(tree: ast.AST, file: str) -> Iterator[Use]:
    """Yield every key of a parsed file."""
    said = {call.args[0]: call for call in ast.walk(tree) if _says(call)}
    parts = {
        part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values
    }
    for node in ast.walk(tree):
        text = _text(node)
        if node in parts or not isinstance(node, ast.expr) or text is None:
            continue
        if node in said or _like_a_key(text):
            plain = "{}" not in text or text in BUILT
            values = _values(said[node]) if node in said and plain else None
            for key in _filled(text):
                yield Use(key, file, node.lineno, values)


def keys_in(file: str) -> set[str]:
    """Return every key that a file of the package uses."""
    return {use.key for use in uses(file)}


def spoken(key: str, text: str) -> bool:
    """Tell whether a text is that of a key, with anything in its gaps and after it."""
    parts = re.split(r"\{[^}]*\}", catalogue()[key])
    return re.match(".*".join(re.escape(part) for part in parts), text, re.DOTALL) is not None


def _says(node: ast.AST) -> TypeGuard[ast.Call]:
    if not isinstance(node, ast.Call) or not node.args:
        return False
    return isinstance(node.func, ast.Name) and node.func.id == "say"


def _text(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return None
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
    )


def _like_a_key(text: str) -> bool:
    return bool(
        _form().fullmatch(text)
        and not text.endswith((".toml", ".csv", ".html", ".json", ".parquet"))
    )


@cache
def _form() -> re.Pattern[str]:
    rooms = "|".join(sorted({key.partition(".")[0] for key in catalogue()}))
    return re.compile(rf"({rooms})(\.[a-z0-9_{{}}]+)+")


def _filled(text: str) -> list[str]:
    """Return the keys that a text in the code stands for; one with ? where there is none."""
    if text in BUILT:
        return [text.format(gap) for gap in BUILT[text]]
    if text.startswith("{}"):
        return []  # a stem from elsewhere with an ending: the stem is found where it is written
    if "{}" in text:
        pattern = "[a-z0-9_.]+".join(re.escape(part) for part in text.split("{}"))
        fitting = [key for key in catalogue() if re.fullmatch(pattern, key)]
        return fitting or [text.replace("{}", "?")]
    if text not in catalogue() and f"{text}.title" in catalogue():
        return [f"{text}.title"]  # the name of a part: its heading and its address are made of it
    counted = [f"{text}.one", f"{text}.many"]
    return counted if text not in catalogue() and set(counted) <= set(catalogue()) else [text]


def _values(call: ast.Call) -> frozenset[str] | None:
    if any(keyword.arg is None for keyword in call.keywords):
        return None
    return frozenset(str(keyword.arg) for keyword in call.keywords)
