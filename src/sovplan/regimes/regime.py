"""A regime: its articles, the institutions they put in force, and the file it is written in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, final

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.records.findings import nearest
from sovplan.records.institutions import KINDS, Institutions
from sovplan.records.tables import read_toml
from sovplan.regimes.article import FIELDS, NEEDED, Article, faults
from sovplan.regimes.catalogue import FOLDER, REGIMES

_HEAD: Final = ("name", "title", "summary")
_SOURCES: Final = "sources"


@final
@dataclass(frozen=True, slots=True)
class Regime:
    """Who decides, who checks and who is served first, year by year.

    Parameters
    ----------
    name
        Name by which a run knows the regime; no rule reads it.
    title
        One line for lists and figures.
    summary
        What it is, and what is known of it.
    articles
        Values of all institutions, each institution at least once.
    sources
        What short names in the sources of the articles stand for.

    Raises
    ------
    DataError
        A text is blank, the name cannot be that of a folder, an institution has no article, or
        two articles of one year.
    """

    name: str
    title: str
    summary: str
    articles: tuple[Article, ...]
    sources: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check that the articles are whole and do not contradict each other."""
        for name in _HEAD:
            if not str(getattr(self, name)).strip():
                raise DataError(say("regimes.regime.blank", field=name))
        # A run keeps what a regime writes in folders of its name.
        if self.name.startswith(".") or set(self.name) & set("/\\"):
            raise DataError(say("regimes.regime.folder", name=self.name))
        seen: set[tuple[str, int]] = set()
        for article in self.articles:
            if (article.institution, article.since) in seen:
                raise DataError(say("regimes.regime.twice", article=article.title))
            seen.add((article.institution, article.since))
        missing = [name for name in KINDS if name not in {each for each, _ in seen}]
        if missing:
            raise DataError(
                say("regimes.regime.missing", missing=", ".join(missing), first=missing[0])
            )

    def in_force(self, year: int) -> Institutions:
        """Return the institutions of a year: of each the newest article up to it.

        Raises
        ------
        DataError
            An institution has no article by that year.
        """
        chosen: dict[str, Article] = {}
        for article in sorted(self.articles, key=lambda each: each.since):
            if article.since <= year:
                chosen[article.institution] = article
        late = [name for name in KINDS if name not in chosen]
        if late:
            spoken = {"regime": self.name, "year": year, "first": self.first_year}
            raise DataError(say("regimes.regime.early", institutions=", ".join(late), **spoken))
        values: dict[str, Any] = {name: article.value for name, article in chosen.items()}
        return Institutions(**values)

    @property
    def first_year(self) -> int:
        """First year in which every institution has a value."""
        return max(
            min(article.since for article in self.articles if article.institution == name)
            for name in KINDS
        )

    def drawn(self, seed: int) -> "Regime":
        """Return a regime of the same order with each number drawn evenly from its range.

        Names and lists stay. An institution keeps its place in its ranges over the years, and
        draws the same whatever other institutions there are.

        Parameters
        ----------
        seed
            Root of the luck, 0 to 2^64 - 1.
        """
        return replace(self, articles=tuple(article.drawn(seed) for article in self.articles))


def read_regime(regime: str | Path) -> Regime:
    """Read a regime by its name, or by the path of its file.

    Raises
    ------
    DataError
        It is not there, or something in it is wrong: the message names file, article and field.

    Examples
    --------
    >>> read_regime("command_1929").in_force(1931).decision_rule
    'imposed'
    """
    path = _path(regime)
    written = read_toml(path)
    try:
        return _regime_of(written)
    except DataError as wrong:
        raise DataError(say("regimes.file.wrong", file=path.name, text=wrong)) from None


def _path(regime: str | Path) -> Path:
    if str(regime) in REGIMES:
        return FOLDER / REGIMES[str(regime)]
    if Path(regime).is_file():
        return Path(regime)
    near = nearest(str(regime), tuple(REGIMES))
    raise DataError(say("regimes.file.unknown", name=regime, nearest=near))


def _regime_of(written: Mapping[str, Any]) -> Regime:
    known = (*_HEAD, _SOURCES, *KINDS)
    for key in written:
        if key not in known:
            raise DataError(say("regimes.file.unknown_key", key=key, nearest=nearest(key, known)))
    for key in _HEAD:
        if key not in written:
            raise DataError(say("regimes.file.no_head", key=key))
        if not isinstance(written[key], str):
            raise DataError(say("regimes.file.not_text", key=key, found=written[key]))
    articles = tuple(
        article for name in written if name in KINDS for article in _articles(name, written[name])
    )
    head = {name: written[name].strip() for name in _HEAD}
    return Regime(**head, articles=articles, sources=_sources(written.get(_SOURCES, {})))


def _sources(found: object) -> dict[str, str]:
    if not isinstance(found, dict) or not all(isinstance(text, str) for text in found.values()):
        raise DataError(say("regimes.file.sources"))
    return found


def _articles(institution: str, tables: object) -> Iterator[Article]:
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise DataError(say("regimes.file.not_articles", institution=institution))
    for place, table in enumerate(tables, start=1):
        given = {key: _formed(institution, key, table.get(key)) for key in FIELDS}
        given["note"] = table.get("note", "")
        for key, text in (*_strangers(table), *faults(institution, given)):
            title = _title(institution, table.get("since"), place)
            raise DataError(say("regimes.article.wrong", article=title, field=key, text=text))
        yield Article(institution, **given)


def _strangers(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield fields that no article has, and those that every article needs and this one lacks."""
    for key in table:
        if key not in FIELDS:
            yield key, say("regimes.file.unknown_field", nearest=nearest(key, FIELDS))
    for key in NEEDED:
        if key not in table:
            yield key, say("regimes.file.no_field", field=key)


def _title(institution: str, since: object, place: int) -> str:
    if isinstance(since, int):
        return say("regimes.article.title", institution=institution, since=since)
    return say("regimes.file.place", institution=institution, place=place)


def _formed(institution: str, field: str, found: object) -> Any:  # noqa: ANN401 - any TOML value
    """Return a value in the form of its institution; what does not fit is left as it is."""
    if field not in {"value", "low", "high"}:
        return found
    if isinstance(found, list):
        return tuple(found)
    form = KINDS[institution].form
    if form == "norms" and isinstance(found, Mapping):
        return {name: _float(part) for name, part in found.items()}
    return _float(found) if form == "number" else found


def _float(found: object) -> object:
    whole = isinstance(found, int) and not isinstance(found, bool)
    return float(str(found)) if whole else found
