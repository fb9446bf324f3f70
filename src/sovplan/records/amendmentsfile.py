"""Amendments from what is written: a TOML file of clauses."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sovplan.foundation.words import say
from sovplan.records.amendments import (
    ALL_HOURS,
    CLAUSE_KINDS,
    MOST_AMENDMENTS,
    OF_GOODS,
    OF_SHARES,
    Amendment,
    Amendments,
    Clause,
    VotedShare,
)
from sovplan.records.economy import Economy
from sovplan.records.findings import Finding, nearest, refuse
from sovplan.records.schema import in_size

FILE_KEYS: Final = ("amendment", "shares")
AMENDMENT_KEYS: Final = (
    "name",
    "reason",
    "sponsors",
    "paid_by",
    "public_pays",
    "protect",
    "clause",
)
CLAUSE_KEYS: Final = (*CLAUSE_KINDS, "of", "by", "least", "most", "year", "among")
_TOTAL: Final = 1e-9
"""How far voted shares may exceed 1 by rounding."""

Wrong = Iterator[tuple[str, str]]
"""Places and texts of what is wrong."""


def amendments_of(
    settings: Mapping[str, Any], economy: Economy, years: Sequence[int], *, name: str
) -> Amendments:
    """Return the amendments that a file describes, for a plan of an economy.

    Parameters
    ----------
    settings
        What stands in the TOML file.
    economy, years
        The economy whose goods, kinds of labour, techniques and regions clauses name, and the
        calendar years of the plan.
    name
        Name of the file, for messages.

    Raises
    ------
    DataError
        A key, value or name is wrong; the message names file, amendment, clause and field.
    """
    wrong = _check_file(settings, economy, years)
    refuse(Finding("error", name, 0, place, text) for place, text in wrong)
    amendments = tuple(_amendment(given) for given in settings.get("amendment", ()))
    shares = settings.get("shares", {})
    voted = tuple(VotedShare(branch, float(share)) for branch, share in shares.items())
    return Amendments(name.removesuffix(".toml"), amendments, voted)


def branch_names(economy: Economy) -> tuple[str, ...]:
    """Return what a branch may be called: goods, techniques and regions."""
    techniques = economy.techniques
    regions = tuple(dict.fromkeys(region for region in techniques.regions if region))
    return tuple(dict.fromkeys((*economy.goods.names, *techniques.names, *regions)))


def head_counts(economy: Economy) -> dict[str, dict[int, float]]:
    """Return the lines of [population] by name: heads by calendar year."""
    table = economy.notes.get("population")
    if not isinstance(table, Mapping) or not isinstance(table.get("years"), list):
        return {}
    years = table["years"]
    return {
        str(name): dict(zip(map(int, years), map(float, line), strict=True))
        for name, line in table.items()
        if name != "years" and _is_line(line, len(years))
    }


def _is_line(line: object, length: int) -> bool:
    return isinstance(line, list) and len(line) == length and all(_is_number(v) for v in line)


def _amendment(given: Mapping[str, Any]) -> Amendment:
    return Amendment(
        given["name"],
        tuple(_clause(clause) for clause in given["clause"]),
        given.get("reason", ""),
        given.get("sponsors", 0),
        tuple(given.get("paid_by", ())),
        given.get("public_pays", False),
        tuple(given.get("protect", ())),
    )


def _clause(given: Mapping[str, Any]) -> Clause:
    kind = next(kind for kind in CLAUSE_KINDS if kind in given)
    names = given[kind]
    usual = {"hours": "", "share": OF_SHARES[0]}.get(kind, OF_GOODS[0])
    numbers = {key: float(given[key]) for key in ("by", "least", "most") if key in given}
    return Clause(
        kind,
        (names,) if isinstance(names, str) else tuple(names),
        given.get("of", usual),
        year=given.get("year"),
        among=given.get("among", "total"),
        **numbers,
    )


def _check_file(settings: Mapping[str, Any], economy: Economy, years: Sequence[int]) -> Wrong:
    yield from _unknown_keys("", settings, FILE_KEYS)
    amendments = settings.get("amendment", [])
    if not _is_tables(amendments):
        yield "amendment", say("amendments.file.not_tables", key="amendment")
        return
    if not amendments and not settings.get("shares"):
        yield "", say("amendments.file.empty")
    if len(amendments) > MOST_AMENDMENTS:
        words = {"count": len(amendments), "most": MOST_AMENDMENTS}
        yield "amendment", say("amendments.file.many", **words)
    names = [given.get("name") for given in amendments]
    for number, given in enumerate(amendments, 1):
        place = say("amendments.file.amendment", number=number)
        if given.get("name") in names[: number - 1]:
            yield f"{place}, name", say("amendments.file.twice", name=given["name"])
        yield from _check_amendment(place, given, economy, years)
    yield from _check_shares(settings.get("shares", {}), economy)


def _check_amendment(
    place: str, given: Mapping[str, Any], economy: Economy, years: Sequence[int]
) -> Wrong:
    yield from _unknown_keys(place, given, AMENDMENT_KEYS)
    name = given.get("name", "")
    if not isinstance(name, str) or not name.strip():
        yield f"{place}, name", say("records.settings.not_text", found=name)
    if not isinstance(given.get("reason", ""), str):
        yield f"{place}, reason", say("records.settings.not_text", found=given["reason"])
    sponsors = given.get("sponsors", 0)
    if isinstance(sponsors, bool) or not isinstance(sponsors, int) or sponsors < 0:
        yield f"{place}, sponsors", say("amendments.file.sponsors", found=sponsors)
    if not isinstance(given.get("public_pays", False), bool):
        yield f"{place}, public_pays", say("amendments.file.truth", found=given["public_pays"])
    for key in ("paid_by", "protect"):
        yield from _check_names(f"{place}, {key}", given.get(key, []), economy.goods.names, "good")
    yield from _check_apart(place, given)
    clauses = given.get("clause", [])
    if not _is_tables(clauses) or not clauses:
        yield f"{place}, clause", say("amendments.file.not_tables", key="amendment.clause")
        return
    for number, clause in enumerate(clauses, 1):
        at = say("amendments.file.clause", place=place, number=number)
        yield from _check_clause(at, clause, economy, years)


def _check_apart(place: str, given: Mapping[str, Any]) -> Wrong:
    pays, kept = (given.get(key, []) for key in ("paid_by", "protect"))
    if not isinstance(pays, list) or not isinstance(kept, list):
        return
    for name in kept:
        if name in pays:
            words = {"amendment": given.get("name", ""), "good": name}
            yield f"{place}, protect", say("amendments.both", **words)


def _check_clause(
    place: str, given: Mapping[str, Any], economy: Economy, years: Sequence[int]
) -> Wrong:
    yield from _unknown_keys(place, given, CLAUSE_KEYS)
    kinds = [kind for kind in CLAUSE_KINDS if kind in given]
    if len(kinds) != 1:
        yield place, say("amendments.file.kinds", known=", ".join(CLAUSE_KINDS))
        return
    kind = kinds[0]
    yield from _check_what(f"{place}, {kind}", kind, given[kind], economy)
    yield from _check_amounts(place, kind, given)
    known = OF_SHARES if kind == "share" else OF_GOODS
    if "of" in given and (kind == "hours" or given["of"] not in known):
        text = say("amendments.file.of", found=given["of"])
        yield (
            f"{place}, of",
            f"{text} {nearest(str(given['of']), () if kind == 'hours' else known)}",
        )
    if "year" in given and given["year"] not in years:
        words = {"found": given["year"], "first": years[0], "last": years[-1]}
        yield f"{place}, year", say("amendments.file.year", **words)
    if kind == "per_head":
        yield from _check_heads(place, given.get("among", "total"), economy, years)
    elif "among" in given:
        yield f"{place}, among", say("amendments.file.among")


def _check_what(place: str, kind: str, found: object, economy: Economy) -> Wrong:
    if kind == "share":
        names = [found] if isinstance(found, str) else found
        yield from _check_names(place, names, branch_names(economy), "branch")
    elif not isinstance(found, str):
        yield place, say("records.settings.not_text", found=found)
    elif kind == "hours":
        yield from _check_names(place, [found], (ALL_HOURS, *economy.techniques.skills), "skill")
    else:
        yield from _check_names(place, [found], economy.goods.names, "good")


_AMOUNTS: Final[dict[str, tuple[str, ...]]] = {
    "raise": ("by",),
    "lower": ("by",),
    "good": ("least", "most"),
    "per_head": ("least", "most"),
    "hours": ("by", "most"),
    "share": ("least", "most"),
}
"""Which amounts each kind of clause takes; exactly one of them must be given."""


_MOST: Final = {
    ("lower", "by"): 100.0,
    ("hours", "by"): 100.0,
    ("share", "least"): 1.0,
    ("share", "most"): 1.0,
}
"""Greatest amount of a kind of clause, where it has one."""


def _check_amounts(place: str, kind: str, given: Mapping[str, Any]) -> Wrong:
    taken, amounts = _AMOUNTS[kind], [key for key in ("by", "least", "most") if key in given]
    if len(amounts) != 1 or amounts[0] not in taken:
        words = {"kind": kind, "known": say("amendments.file.or").join(taken)}
        yield place, say("amendments.file.amount", **words)
        return
    (key,) = amounts
    value = given[key]
    if not _is_number(value) or not in_size(value) or value < 0:
        yield f"{place}, {key}", say("amendments.file.number", found=value)
        return
    most = _MOST.get((kind, key), float("inf"))
    if value > most:
        words = {"value": value, "low": "0", "high": f"{most:g}"}
        yield f"{place}, {key}", say("records.cell.too_high", **words)


def _check_heads(place: str, among: object, economy: Economy, years: Sequence[int]) -> Wrong:
    lines = head_counts(economy)
    if among not in lines:
        text = say("amendments.file.no_heads", found=among)
        yield f"{place}, among", f"{text} {nearest(str(among), tuple(lines))}"
        return
    heads = lines[str(among)]
    missing = [year for year in years if not any(first <= year for first in heads)]
    if missing or min(heads.values()) <= 0:
        yield f"{place}, among", say("amendments.file.heads", found=among, year=years[0])


def _check_shares(shares: object, economy: Economy) -> Wrong:
    if not isinstance(shares, Mapping):
        yield "shares", say("records.settings.not_table")
        return
    yield from _check_names("shares", list(shares), branch_names(economy), "branch")
    bad = [branch for branch, share in shares.items() if not _is_number(share) or share < 0]
    for branch in bad:
        yield f"shares.{branch}", say("amendments.file.number", found=shares[branch])
    if not bad and sum(shares.values()) > 1 + _TOTAL:
        yield "shares", say("amendments.file.over_one", found=f"{sum(shares.values()):.4g}")


def _check_names(place: str, found: object, known: Sequence[str], what: str) -> Wrong:
    if not isinstance(found, list) or not all(isinstance(name, str) for name in found):
        yield place, say("amendments.file.not_names", found=found)
        return
    for number, name in enumerate(found):
        if name not in known:
            yield place, f"{say(f'amendments.unknown.{what}', found=name)} {nearest(name, known)}"
        elif name in found[:number]:
            yield place, say("amendments.file.twice", name=name)


def _unknown_keys(place: str, given: Mapping[str, Any], known: Sequence[str]) -> Wrong:
    for key in given:
        if key not in known:
            text = say("records.settings.unknown", nearest=nearest(key, known))
            yield ", ".join(part for part in (place, key) if part), text


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(part, Mapping) for part in value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
