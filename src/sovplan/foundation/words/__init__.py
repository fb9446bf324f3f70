"""The one catalogue of messages: every text that a person reads stands in `en/*.toml`.

A file holds the texts of one room; a key is the file's name and the path inside it,
``records.table.unknown_column``. Code names keys only, so that another language is one more folder.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files


def say(key: str, /, **values: object) -> str:
    """Return the text of a key with its values put in.

    Parameters
    ----------
    key
        Name of the text, ``room.section.name``.
    **values
        What stands in braces in the text.

    Raises
    ------
    KeyError
        The key or one of its values is missing: a mistake of ours, not of the user.
    """
    return catalogue()[key].format(**values)


@cache
def catalogue(language: str = "en") -> Mapping[str, str]:
    """Return all texts of a language by key."""
    texts: dict[str, str] = {}
    for file in sorted(files(__name__).joinpath(language).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            room = tomllib.loads(file.read_text(encoding="utf-8"))
            texts.update(_flat(file.name.removesuffix(".toml"), room))
    return texts


def _flat(prefix: str, table: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(f"{prefix}.{name}", value)
        else:
            yield f"{prefix}.{name}", str(value)
