"""The form of economy.toml: which keys there are, of which kind, and what they name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from math import inf
from typing import Any, Final, TypeGuard

from sovplan.foundation.words import say
from sovplan.records.findings import Finding, nearest
from sovplan.records.folder import Folder
from sovplan.records.schema import LAST_YEAR, in_size

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
    "stock_limits": {"most_times_opening": "number", "at_most": "goods"},
    "least_investment": {"*": "goods"},
    "losses": {"*": "shares"},
}
"""The optional limits that stand in economy.toml: their keys and what kind of value each has."""

_NAME: Final = re.compile(r"\w[\w.-]*")
"""A short name: letters, digits, `_`, `-` and `.`, as names of folders have them."""

_OPTIONAL: Final = ("other_imports", "other_exports", "needs", "most_times_opening", "at_most")
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
    yield from _check_sense(settings)
    yield from _check_ranges("", settings.get("assumptions", {}), settings)
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
    name = settings.get("name")
    if isinstance(name, str) and not _NAME.fullmatch(name):
        yield _wrong("name", say("records.settings.not_short", found=name))
    for key in ("units", "honest_error"):
        if not isinstance(settings.get(key, {}), Mapping):
            yield _wrong(key, say("records.settings.not_table"))


def _check_keys(settings: Mapping[str, Any]) -> Iterator[Finding]:
    known = [*_WHOLE, *_TEXT, *_FREE, "gives_back", *EXTENSIONS]
    for key in settings:
        if key not in known:
            yield _wrong(key, say("records.settings.unknown", nearest=nearest(key, known)))
    if settings.get("format") != FORMAT or isinstance(settings["format"], bool):
        found = settings.get("format", "")
        yield _wrong("format", say("records.settings.format", found=found, needed=FORMAT))
    for key in ("name", "year"):
        if key not in settings:
            yield _wrong(key, say("records.settings.missing"))


def _check_sense(settings: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield limits that contradict themselves."""
    credit, moved = settings.get("credit"), settings.get("migration")
    if isinstance(credit, Mapping):
        least, most = credit.get("yearly_least"), credit.get("yearly_most")
        if _is_number(least) and _is_number(most) and least > most:
            words = {"least": least, "most": most}
            yield _wrong("credit.yearly_least", say("records.settings.least_above_most", **words))
    if isinstance(moved, Mapping) and "from" in moved and moved["from"] == moved.get("to"):
        yield _wrong("migration.to", say("records.settings.same_skill", found=moved["to"]))
    limits = settings.get("stock_limits")
    if isinstance(limits, Mapping) and not {*limits} & {*EXTENSIONS["stock_limits"]}:
        yield _wrong("stock_limits.most_times_opening", say("records.settings.missing"))


def _check_ranges(path: str, table: object, settings: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield ranges among the assumptions that are none, or do not hold the number they are of."""
    if not isinstance(table, Mapping):
        return
    ends = {end: table[end] for end in ("low", "high") if path and end in table}
    place = f"assumptions.{path}"
    for end, value in ends.items():
        if not _is_number(value) or not in_size(value):
            yield _wrong(f"{place}.{end}", say("records.settings.not_number", found=value))
            return
    low, high = ends.get("low", -inf), ends.get("high", inf)
    if low > high:
        yield _wrong(f"{place}.low", say("records.table.low_above_high", low=low, high=high))
    for name, value in ((path, _setting(settings, path)), ("value", table.get("value"))):
        if ends and low <= high and _is_number(value) and not low <= value <= high:
            end = "low" if value < low else "high"
            words = {"amount": name, "value": value, "end": ends[end]}
            yield _wrong(f"{place}.{end}", say(f"records.table.outside_{end}", **words))
    for key, part in table.items():
        yield from _check_ranges(f"{path}.{key}" if path else str(key), part, settings)


def _setting(table: Mapping[str, Any], path: str) -> object:
    """Return the number of economy.toml that a path names; names may have points in them."""
    if path in table:
        return table[path]
    head, _, rest = path.partition(".")
    inner = table.get(head)
    return _setting(inner, rest) if rest and isinstance(inner, Mapping) else None


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
            if "good" in lists and good not in lists["good"]:
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
    if not _is_number(value) or not in_size(value):
        yield _wrong(key, say("records.settings.not_number", found=value))
    elif value < 0 and not signed:
        yield _wrong(key, say("records.cell.too_low", value=value, low="0", high=""))
    elif most is not None and value > most:
        yield _wrong(key, say("records.cell.too_high", value=value, low="0", high=f"{most:g}"))


def _lists(folder: Folder) -> dict[str, Sequence[str]]:
    supply, goods = folder.table("supply.csv"), folder.table("goods.csv")
    pairs = list(zip(supply.text("kind"), supply.text("name"), strict=True))
    return {
        **({"good": goods.text("good")} if "good" in goods.columns else {}),
        "skill": list(dict.fromkeys(name for kind, name in pairs if kind == "labour")),
        "resource": list(dict.fromkeys(name for kind, name in pairs if kind == "resource")),
        "credit": list(dict.fromkeys(name for kind, name in pairs if kind == "credit")),
        "file": [name for name in folder.tables if name.endswith(".csv")],
    }


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LAST_YEAR


def _wrong(key: str, text: str) -> Finding:
    return Finding("error", "economy.toml", 0, key, text)
