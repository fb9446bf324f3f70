"""Regimes of the model of the whole country: dated values of institutions, each with its source.

A regime names what it does otherwise than the one it rests on (`base`), so that the file of a
counterfactual holds the hypothesis and nothing else.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, final

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.history.nation import (
    AFTER_WAR,
    INSTITUTION,
    QUARTERS,
    NationInputs,
    PathNote,
    Steps,
    nation_inputs,
)
from sovplan.records.findings import nearest
from sovplan.records.ranged import PROVENANCES
from sovplan.records.tables import read_toml
from sovplan.regimes.catalogue import FOLDER

COUNTRY_REGIMES: Final = (
    "war_economy_1917",
    "war_communism_1918",
    "tax_in_kind_1920",
    "nep_1921",
    "as_it_was",
    "nep_kept",
    "no_collectivisation",
    "left_opposition_1923",
    "as_it_was_money",
    "as_it_was_whole",
    "plan_abolished_1935",
    "trade_open",
    "second_coding",
    "command_with_debate",
)
"""Names of the regimes of the country that come with the package; as_it_was is history."""

HISTORY: Final = "as_it_was"
"""The forced path of history: what it rests on until 1928, then its own."""

_SHIPPED: Final = FOLDER / "country"
_HEAD: Final = ("name", "title", "summary")
_FIELDS: Final = ("value", "provenance", "source", "note")
_YEARLY, _QUARTERLY = 2, 3
_YEAR_KEY: Final = "since"
_KNOWN: Final = range(1900, 2101)
"""Years that a regime may name; any other is a slip of the pen."""
_FROM_TO: Final = {"first": _KNOWN[0], "last": _KNOWN[-1]}
_AHEAD: Final = ("coll_pressure",)
"""Institutions of which the next quarter is read too: what is announced."""
_NAMED: Final = 3
"""Institutions named where many lack a value."""


@final
@dataclass(frozen=True, slots=True)
class CountryArticle:
    """Values of one institution under one regime.

    Parameters
    ----------
    steps
        Year, quarter (0 for all) and value, in order.
    provenance, source, note
        How sure the values are, where they are from, what is to be said of them.
    """

    steps: Steps
    provenance: str
    source: str
    note: str = ""


@final
@dataclass(frozen=True, slots=True)
class CountryRegime:
    """What the institutions of the country were, or would have been, from one year on.

    Parameters
    ----------
    name, title, summary
        Name by which a run knows it, one line, and what it is.
    since
        Its first year; until then its base holds.
    base
        The regime it rests on; None where it names every institution itself.
    articles
        Its own articles, by institution.
    shipped
        Whether it comes with the package, where its name finds it.
    """

    name: str
    title: str
    summary: str
    since: int
    base: "CountryRegime | None"
    articles: Mapping[str, CountryArticle]
    shipped: bool = True

    def own(self) -> "Iterator[CountryRegime]":
        """Yield the regime and those it rests on, up to the first that comes with the package."""
        if not self.shipped:
            yield self
            if self.base is not None:
                yield from self.base.own()

    def written(self) -> dict[str, Any]:
        """Return the regime as its file has it; a base of one's own lies beside it."""
        own = self.base is not None and not self.base.shipped
        base = "" if self.base is None else f"{self.base.name}.toml" if own else self.base.name
        return {
            "name": self.name,
            "title": self.title,
            "summary": self.summary,
            _YEAR_KEY: self.since,
            **({"base": base} if base else {}),
            **{
                name: {
                    "value": [_written(step) for step in each.steps],
                    "provenance": each.provenance,
                    "source": each.source,
                    **({"note": each.note} if each.note else {}),
                }
                for name, each in self.articles.items()
            },
        }

    def steps(self) -> dict[str, Steps]:
        """Return when which value of each institution begins to hold.

        An institution that the regime names follows its base up to the first year it speaks of;
        one that it does not name follows its base throughout.
        """
        found = self.base.steps() if self.base is not None else {}
        for name, article in self.articles.items():
            first = min(year for year, _, _ in article.steps)
            before = [step for step in found.get(name, ()) if step[0] < first]
            found[name] = (*before, *article.steps)
        return found

    def articles_of(self, name: str) -> Iterator[tuple[str, CountryArticle]]:
        """Yield the articles on an institution and whose they are, the oldest first."""
        if self.base is not None:
            yield from self.base.articles_of(name)
        if name in self.articles:
            yield self.name, self.articles[name]

    def in_force(self, name: str, first_year: int) -> Iterator[CountryArticle]:
        """Yield the articles on an institution that hold in any year from the first on."""
        found = [article for _, article in self.articles_of(name)]
        for article, after in zip(found, [*found[1:], None], strict=True):
            if after is None or min(year for year, _, _ in after.steps) > first_year:
                yield article


def country_titles() -> tuple[tuple[str, str], ...]:
    """Return name and title of every regime of the country, those of the planning year left out."""
    return tuple(
        (name, say("countries.title", title=read_country_regime(name).title))
        for name in COUNTRY_REGIMES
    )


def country_inputs(
    regime: CountryRegime | str = HISTORY, first_year: int = AFTER_WAR
) -> NationInputs:
    """Return the inputs of the country with the institutions of a regime in force.

    Parameters
    ----------
    regime
        A regime, or its name or path.
    first_year
        Year at whose start the country is taken up.
    """
    if isinstance(regime, str):
        return _inputs(regime, first_year)
    return nation_inputs(first_year).under(regime.steps())


@cache
def _inputs(name: str, first_year: int) -> NationInputs:
    return nation_inputs(first_year).under(read_country_regime(name).steps())


def first_difference(regimes: Sequence[CountryRegime], first_year: int) -> int | None:
    """Return the first year in which not all regimes have the same institutions; None if never.

    Parameters
    ----------
    regimes
        At least one.
    first_year
        Year at whose start the country is taken up.
    """
    given = [country_inputs(each, first_year).values for each in regimes]
    names = nation_inputs(first_year).institutions
    differ = {
        year
        for values in given[1:]
        for name in names
        for (year, _), value in values[name].items()
        if value != given[0][name].get((year, _), value)
    }
    return min((year for year in differ if year >= first_year), default=None)


def unreached(regime: CountryRegime, years: range) -> Iterator[str]:
    """Yield the values of regimes of one's own that a run of some years never comes to.

    Parameters
    ----------
    years
        Those of the run.
    """
    for own in regime.own():
        for name, article in own.articles.items():
            last = years[-1] + (name in _AHEAD)
            for year, _, value in article.steps:
                if year > last:
                    spoken = {"regime": own.name, "name": name, "value": f"{value:g}"}
                    yield say("countries.unreached", year=year, last=years[-1], **spoken)


def read_country_regime(regime: str | Path) -> CountryRegime:
    """Read a regime of the country by its name, or by the path of its file.

    Raises
    ------
    DataError
        It is not there, or something in it is wrong: the message names file, institution and field.

    Examples
    --------
    >>> read_country_regime("as_it_was").base.name
    'nep_1921'
    """
    return _read(_path(str(regime)), ())


@cache
def _read(path: Path, above: tuple[Path, ...]) -> CountryRegime:
    written = read_toml(path)
    wrong = next(_wrong(written, nation_inputs().about), None)
    if wrong is None and path.resolve() in above:
        wrong = say("countries.circle", name=written["name"])
    shipped = path.parent == _SHIPPED
    if wrong is None and not shipped and written["name"].strip() in COUNTRY_REGIMES:
        wrong = say("countries.taken", name=written["name"].strip())
    if wrong is not None:
        raise DataError(say("countries.wrong", file=path.name, what=wrong))
    base = written.get("base")
    return CountryRegime(
        name=written["name"].strip(),
        title=written["title"].strip(),
        summary=written["summary"].strip(),
        since=written[_YEAR_KEY],
        base=None if base is None else _read(_path(base, path), (*above, path.resolve())),
        articles={
            name: CountryArticle(
                tuple(map(_step, table["value"])),
                table["provenance"],
                table["source"],
                table.get("note", ""),
            )
            for name, table in written.items()
            if isinstance(table, Mapping)
        },
        shipped=shipped,
    )


def _path(text: str, beside: Path | None = None) -> Path:
    if text in COUNTRY_REGIMES:
        return _SHIPPED / f"{text}.toml"
    path = Path(text) if beside is None else beside.parent / text
    if path.is_file():
        return path
    if path.suffix == ".toml":
        wrong = say("countries.no_file", file=text)
    else:
        near = nearest(text, COUNTRY_REGIMES)
        wrong = say("countries.unknown", name=text, nearest=near)
    if beside is not None:
        wrong = say("countries.wrong", file=beside.name, what=say("countries.base", what=wrong))
    raise DataError(wrong)


def _written(step: tuple[int, int, float]) -> list[int | float]:
    year, quarter, value = step
    return [year, quarter, value] if quarter else [year, value]


def _step(written: list[Any]) -> tuple[int, int, float]:
    year, quarter = written[0], written[1] if len(written) == _QUARTERLY else 0
    return int(year), int(quarter), float(written[-1])


def _wrong(written: Mapping[str, Any], about: Mapping[str, PathNote]) -> Iterator[str]:
    """Yield what is wrong in the file of a regime."""
    yield from _head_faults(written)
    if not _whole(written.get(_YEAR_KEY)):
        return
    for name, table in written.items():
        if name in {*_HEAD, _YEAR_KEY, "base"}:
            continue
        note = about.get(name)
        if note is None or note.kind != INSTITUTION or not isinstance(table, Mapping):
            known = [each for each, its in about.items() if its.kind == INSTITUTION]
            yield say("countries.path", name=name, nearest=nearest(name, known))
            continue
        # What holds from July of a harvest year is first read in the spring of the next.
        early = written[_YEAR_KEY] - (note.calendar == "harvest" and "base" not in written)
        for what in _article_faults(table, note, early):
            yield say("countries.article", name=name, what=what)
    if "base" not in written:
        yield from _lacking(written, about)


def _head_faults(written: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong above the institutions."""
    for key in _HEAD:
        if not isinstance(written.get(key), str) or not written[key].strip():
            yield say("countries.head", key=key)
    since = written.get(_YEAR_KEY)
    if not _whole(since):
        yield say("countries.since")
    elif since not in _KNOWN:
        yield say("countries.since_known", year=since, **_FROM_TO)
    if not isinstance(written.get("base", HISTORY), str):
        yield say("countries.base_text")


def _lacking(written: Mapping[str, Any], about: Mapping[str, PathNote]) -> Iterator[str]:
    """Yield that a regime rests on no other and does not name every institution."""
    missing = [name for name, note in about.items() if note.kind == INSTITUTION
               and name not in written]  # fmt: skip
    if missing:
        names = ", ".join(missing[:_NAMED]) + (" ..." if len(missing) > _NAMED else "")
        yield say("countries.no_base", count=len(missing), names=names)


def _article_faults(table: Mapping[str, Any], note: PathNote, since: int) -> Iterator[str]:
    for field in table:
        if field not in _FIELDS:
            yield say("countries.field", field=field, nearest=nearest(field, _FIELDS))
    if table.get("provenance") not in PROVENANCES:
        known = ", ".join(PROVENANCES)
        yield say("countries.provenance", found=table.get("provenance"), known=known)
    if not isinstance(table.get("source"), str) or not table["source"].strip():
        yield say("countries.source")
    yield from _value_faults(table.get("value"), note, since)


def _value_faults(value: object, note: PathNote, since: int) -> Iterator[str]:
    if not isinstance(value, list) or not value or not all(map(_is_step, value)):
        yield say("countries.form")
        return
    steps = [_step(each) for each in value]
    if any(one >= two for one, two in pairwise(steps)):
        yield say("countries.order")
    for row, (year, _, number) in enumerate(steps, 1):
        if year not in _KNOWN:
            yield say("countries.known", row=row, year=year, **_FROM_TO)
        if year < since:
            yield say("countries.early", year=year, since=since)
        if not note.low <= number <= note.high:
            yield say(
                "countries.range", found=f"{number:g}", low=f"{note.low:g}", high=f"{note.high:g}"
            )


def _is_step(found: object) -> bool:
    if not isinstance(found, list) or len(found) not in {_YEARLY, _QUARTERLY}:
        return False
    quarter = len(found) == _YEARLY or found[1] in QUARTERS
    number = isinstance(found[-1], int | float) and not isinstance(found[-1], bool)
    return _whole(found[0]) and quarter and number


def _whole(found: object) -> bool:
    return isinstance(found, int) and not isinstance(found, bool)
