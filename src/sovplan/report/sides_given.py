"""What was different in what two runs were given, item by item."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, final

from sovplan.foundation.numbers import plain
from sovplan.foundation.words import say
from sovplan.records.runfolder import KeptRun
from sovplan.report.wording import years_words

Pair: TypeAlias = tuple[str, str]
"""Names of two regimes, one of each run, that are held against each other."""

_PATH: Final = "path"
_PATHS: Final = "paths."
"""Before the names of paths among the numbers of a run of the country."""
_DIGITS: Final = 12
"""Digits of a digest that are shown."""
_APART: Final = frozenset({
    "name", "title", "economy", "economy_digest", "seed", "voters", "years", "regimes",
    "parameters", "institutions", "off",
})  # fmt: skip
"""Keys of scenario.toml that are told apart from the rest of the scenario."""


@final
@dataclass(frozen=True, slots=True)
class Given:
    """One item that two runs were given differently.

    Parameters
    ----------
    what
        `scenario`, `economy`, `years`, `seed`, `voters`, `off` (rules), `number` (of the scenario),
        `path` (of a run of the country), `parameter`, `institution` or `version`.
    name
        Which of them; '' where there is only one.
    regimes
        The two regimes of an institution; else blank.
    years
        Calendar years in which it differs so, where it has years.
    before, after
        Both values as texts; '' where there is none. Of a path digests of its values.
    """

    what: str
    name: str
    regimes: tuple[str, ...]
    years: tuple[int, ...]
    before: str
    after: str

    @property
    def item(self) -> tuple[str, str, tuple[str, ...]]:
        """What differs, whatever its values and years."""
        return self.what, "" if self.what == _PATH else self.name, self.regimes

    @property
    def title(self) -> str:
        """What differs, in words."""
        regime = " / ".join(dict.fromkeys(self.regimes))
        return say(f"sides.what.{self.what}", name=self.name, regime=regime)

    @property
    def change(self) -> str:
        """Both values, and the years where it has any; of a path its name."""
        if self.what == _PATH:
            return say("sides.path_change", name=self.name)
        blank = say("sides.blank")
        words = {"before": self.before or blank, "after": self.after or blank}
        if not self.years:
            return say("sides.change", **words)
        return say("sides.change_in", years=years_words(self.years), **words)


def differences(
    before: KeptRun, after: KeptRun, pairs: Sequence[Pair], years: Sequence[int]
) -> Iterator[Given]:
    """Yield what was different in what two runs were given.

    Parameters
    ----------
    before, after
        The runs.
    pairs
        Regimes whose institutions are held against each other.
    years
        Calendar years in common.
    """
    old, new = before.given, after.given
    yield from _one("scenario", "", old["name"], new["name"])
    yield from _economy(old, new)
    yield from _one("years", "", _span(before), _span(after))
    for what in ("seed", "voters", "off"):
        yield from _one(what, "", old.get(what), new.get(what))
    numbers = [dict(_leaves({k: v for k, v in s.items() if k not in _APART})) for s in (old, new)]
    for what, name in _named(numbers):
        yield from _one(what, name.removeprefix(_PATHS), *(each.get(name) for each in numbers))
    yield from _table("parameter", old.get("parameters", {}), new.get("parameters", {}))
    for pair in pairs:
        yield from _institutions(before, after, pair, years)
    yield from _table("version", before.versions, after.versions)


def _economy(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Given]:
    """Yield the economy: by name, and by its digest where it has changed under its name."""
    yield from _one("economy", "", old.get("economy"), new.get("economy"))
    if "economy_digest" in old and old.get("economy") == new.get("economy"):
        digests = [given["economy_digest"].rpartition(":")[2][:_DIGITS] for given in (old, new)]
        yield from _one("digest", old["economy"], *digests)


def _institutions(
    before: KeptRun, after: KeptRun, pair: Pair, years: Sequence[int]
) -> Iterator[Given]:
    old, new = before.institutions(pair[0]), after.institutions(pair[1])
    for name in dict.fromkeys(each for year in years for each in (*old[year], *new[year])):
        found: dict[tuple[str, str], list[int]] = {}
        for year in years:
            values = _text(old[year].get(name)), _text(new[year].get(name))
            if values[0] != values[1]:
                found.setdefault(values, []).append(year)
        for (was, now), when in found.items():
            yield Given("institution", name, pair, tuple(when), was, now)


def _named(numbers: Sequence[Mapping[str, object]]) -> Iterator[tuple[str, str]]:
    """Yield the names of numbers, and whether each is a path: known by a digest of its values."""
    for name in dict.fromkeys(name for each in numbers for name in each):
        yield (_PATH if name.startswith(_PATHS) else "number"), name


def _table(what: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Given]:
    for name in dict.fromkeys((*old, *new)):
        yield from _one(what, name, old.get(name), new.get(name))


def _one(what: str, name: str, old: object, new: object) -> Iterator[Given]:
    was, now = _text(old), _text(new)
    if was != now:
        yield Given(what, name, (), (), was, now)


def _leaves(found: object, place: str = "") -> Iterator[tuple[str, object]]:
    """Yield all values of tables within tables by their path.

    A number with range and source counts by its value, and a list of named tables by their names.
    """
    if isinstance(found, list) and found and all(isinstance(each, Mapping) for each in found):
        found = {str(each.get("name", n)): each for n, each in enumerate(found)}
    if not isinstance(found, Mapping):
        yield place, found
    elif "value" in found:
        yield place, found["value"]
    else:
        for key, part in found.items():
            yield from _leaves(part, f"{place}.{key}" if place else key)


def _span(run: KeptRun) -> str:
    return years_words(run.years)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_text(part)}" for key, part in value.items())
    if isinstance(value, list):
        return ", ".join(map(_text, value)) or say("sides.none")
    return plain(value) if isinstance(value, int | float) else str(value)
