"""The form of economy.toml: which keys there are, of which kind, and what they name."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sovplan.foundation.words import say
from sovplan.records.findings import Finding, nearest
from sovplan.records.folder import Folder
from sovplan.records.schema import LAST_YEAR

FORMAT: Final = 1
"""Version of the folder format that this program reads and writes."""

_TEXT: Final = ("name", "title", "licence", "sources", "notes")
_WHOLE: Final = ("format", "year", "first_year")
_FREE: Final = ("units", "population", "honest_error", "assumptions")
EXTENSIONS: Final[dict[str, dict[str, str]]] = {
    "trade": {"other_imports": "number", "other_exports": "number"},
    "credit": {
        "series": "credit",
        "yearly_most": "any",
        "yearly_least": "any",
        "total": "any",
    },
    "migration": {
        "from": "skill",
        "to": "skill",
        "most_a_year": "number",
        "hours_lost": "number",
        "hours_won": "number",
        "needs": "goods",
    },
    "growth_limits": {"opening": "file", "most": "goods"},
    "stock_limits": {"most_times_opening": "number"},
    "least_investment": {"*": "goods"},
    "losses": {"*": "shares"},
}
"""The optional limits that stand in economy.toml: their keys and what kind of value each has."""

_OPTIONAL: Final = ("other_imports", "other_exports", "needs")
"""Keys of extension tables that may be left out; all others must be there."""


def check_settings(folder: Folder) -> Iterator[Finding]:
    """Yield what is wrong in economy.toml."""
    settings, lists = folder.settings, _lists(folder)
    yield from _check_keys(settings)
    yield from _check_kinds(settings)
    yield from _check_gives_back(settings.get("gives_back", []))
    for name, keys in EXTENSIONS.items():
        if name in settings:
            yield from _check_extension(name, settings[name], keys, lists)
    for name in gives_back(settings):
        if name not in lists["resource"]:
            text = say("records.settings.no_resource", found=name)
            yield _wrong("gives_back", f"{text} {nearest(name, lists['resource'])}")


def _check_kinds(settings: Mapping[str, Any]) -> Iterator[Finding]:
    for key in _WHOLE[1:]:
        if key in settings and not _is_whole(settings[key]):
            yield _wrong(key, say("records.settings.not_whole", found=settings[key]))
    for key in ("name", "title"):
        if key in settings and not isinstance(settings[key], str):
            yield _wrong(key, say("records.settings.not_text", found=settings[key]))
    for key in ("units", "honest_error"):
        if not isinstance(settings.get(key, {}), Mapping):
            yield _wrong(key, say("records.settings.not_table"))


def _check_keys(settings: Mapping[str, Any]) -> Iterator[Finding]:
    known = [*_WHOLE, *_TEXT, *_FREE, "gives_back", *EXTENSIONS]
    for key in settings:
        if key not in known:
            yield _wrong(key, say("records.settings.unknown", nearest=nearest(key, known)))
    if settings.get("format") != FORMAT:
        found = settings.get("format", "")
        yield _wrong("format", say("records.settings.format", found=found, needed=FORMAT))
    for key in ("name", "year"):
        if key not in settings:
            yield _wrong(key, say("records.settings.missing"))


def gives_back(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the resources that techniques may give back: a list, or `resources` of a table."""
    given = settings.get("gives_back", ())
    if isinstance(given, Mapping):
        given = given.get("resources", ())
    if not isinstance(given, Sequence) or isinstance(given, str):
        return ()
    return tuple(name for name in given if isinstance(name, str))


def _check_gives_back(given: object) -> Iterator[Finding]:
    if isinstance(given, Mapping):
        given = given.get("resources", [])
    if not isinstance(given, list) or not all(isinstance(name, str) for name in given):
        yield _wrong("gives_back", say("records.settings.not_list", found=given))


def _check_extension(
    name: str, table: object, keys: Mapping[str, str], lists: Mapping[str, Sequence[str]]
) -> Iterator[Finding]:
    if not isinstance(table, Mapping):
        yield _wrong(name, say("records.settings.not_table"))
        return
    if "*" in keys:
        yield from _check_value(name, table, keys["*"], lists)
        return
    for key in table:
        if key not in keys:
            text = say("records.settings.unknown", nearest=nearest(key, list(keys)))
            yield _wrong(f"{name}.{key}", text)
    for key, kind in keys.items():
        if key in table:
            yield from _check_value(f"{name}.{key}", table[key], kind, lists)
        elif key not in _OPTIONAL:
            yield _wrong(f"{name}.{key}", say("records.settings.missing"))


def _check_value(
    key: str, value: object, kind: str, lists: Mapping[str, Sequence[str]]
) -> Iterator[Finding]:
    if kind in {"goods", "shares"}:
        if not isinstance(value, Mapping):
            yield _wrong(key, say("records.settings.not_table"))
            return
        for good, amount in value.items():
            if good not in lists["good"]:
                near = nearest(str(good), lists["good"])
                yield _wrong(f"{key}.{good}", f"{say('records.settings.no_good')} {near}")
            yield from _check_number(f"{key}.{good}", amount, 1.0 if kind == "shares" else None)
    elif kind in {"number", "any"}:
        yield from _check_number(key, value, None, signed=kind == "any")
    elif value not in lists[kind]:
        text = say(f"records.settings.no_{kind}", found=value)
        yield _wrong(key, f"{text} {nearest(str(value), lists[kind])}")


def _check_number(
    key: str, value: object, most: float | None, *, signed: bool = False
) -> Iterator[Finding]:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e300:
        yield _wrong(key, say("records.settings.not_number", found=value))
    elif value < 0 and not signed:
        yield _wrong(key, say("records.cell.too_low", value=value, low="0", high=""))
    elif most is not None and value > most:
        yield _wrong(key, say("records.cell.too_high", value=value, low="0", high=f"{most:g}"))


def _lists(folder: Folder) -> dict[str, Sequence[str]]:
    supply = folder.table("supply.csv")
    pairs = list(zip(supply.text("kind"), supply.text("name"), strict=True))
    return {
        "good": folder.table("goods.csv").text("good"),
        "skill": list(dict.fromkeys(name for kind, name in pairs if kind == "labour")),
        "resource": list(dict.fromkeys(name for kind, name in pairs if kind == "resource")),
        "credit": list(dict.fromkeys(name for kind, name in pairs if kind == "credit")),
        "file": [name for name in folder.tables if name.endswith(".csv")],
    }


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LAST_YEAR


def _wrong(key: str, text: str) -> Finding:
    return Finding("error", "economy.toml", 0, key, text)
