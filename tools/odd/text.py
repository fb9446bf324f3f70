"""Docstrings as Markdown, for the description of the model."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from tools.odd.values import entries, sections

_SOURCE: Final = re.compile(r"^Source: (.+?)(?=\n\n|\Z)", re.M | re.S)


def described(docstring: str) -> Iterator[str]:
    """Yield a docstring: text, equations, parameters, and its source last."""
    source = _SOURCE.search(docstring)
    for title, body in sections(_SOURCE.sub("", docstring)):
        if title in {"", "Notes"}:
            yield prose(body)
            yield ""
        elif title in {"Parameters", "Returns"}:
            # A name alone after "Returns" is a type, and says nothing by itself.
            rows = [f"- `{name}`: {_escaped(text)}" for name, text in entries(body)]
            if rows:
                yield {"Parameters": "*Given*", "Returns": "*Returns*"}[title]
                yield ""
                yield from rows
                yield ""
    if source:
        yield f"*Source*: {_escaped(' '.join(source[1].split()))}"
        yield ""


def prose(text: str) -> str:
    """Return text as Markdown; paragraphs that stand in are shown as they are."""
    out: list[str] = []
    for part in re.split(r"\n\s*\n", text.strip("\n")):
        lines = part.splitlines()
        if lines and all(line.startswith("    ") for line in lines):
            block = "\n".join(line[4:] for line in lines)
            if out and out[-1].endswith("```"):
                out[-1] = f"{out[-1][:-4]}\n\n{block}\n```"
            else:
                out.append(f"```text\n{block}\n```")
        elif lines:
            out.append(_escaped(part.strip()))
    return "\n\n".join(out)


def cell(text: str) -> str:
    """Return text for a cell of a table."""
    return _escaped(" ".join(text.split())).replace("|", "\\|")


def joined(texts: Iterable[str], without: str) -> str:
    """Return texts in a row, or another where there are none."""
    return ", ".join(dict.fromkeys(texts)) or without


def _escaped(text: str) -> str:
    """Return text with marks of Markdown made harmless, but for what stands in backquotes."""
    parts = re.split(r"(`[^`]*`)", text.replace("``", "`"))
    return "".join(
        part if part.startswith("`") else re.sub(r"([*<])", r"\\\1", part) for part in parts
    )
