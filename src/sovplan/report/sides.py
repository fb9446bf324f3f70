"""Two runs side by side: what was different in what was given, and what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import final

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.records.runfolder import KeptRun
from sovplan.report.sides_came import Parting, Row, Sides
from sovplan.report.sides_given import Given, Pair, differences
from sovplan.report.wording import year_name, years_words


@final
@dataclass(frozen=True, slots=True)
class Held:
    """Two regimes held against each other.

    Parameters
    ----------
    before, after
        Their names.
    series
        The main series.
    goods
        Goods whose output differs most in the last year in common.
    parting
        When the two part.
    """

    before: str
    after: str
    series: tuple[Row, ...]
    goods: tuple[Row, ...]
    parting: Parting


@final
@dataclass(frozen=True, slots=True)
class RunComparison:
    """What differs between two runs.

    Parameters
    ----------
    before, after
        Names of the runs.
    years
        Calendar years in common.
    given
        What they were given differently.
    regimes
        Regimes held against each other.
    warnings
        Why the runs may not be comparable, and what is not compared.
    sentences
        The comparison in words.
    """

    before: str
    after: str
    years: tuple[int, ...]
    given: tuple[Given, ...]
    regimes: tuple[Held, ...]
    warnings: tuple[str, ...]
    sentences: tuple[str, ...]


def side_by_side(before: KeptRun, after: KeptRun) -> RunComparison:
    """Return what was different in what two runs were given, and what came of it.

    A regime that stands in both is held against itself; of two runs with one regime each, these
    two. Numbers of years that only one run has are left out.

    Raises
    ------
    DataError
        The runs have no year, or no regime, in common, or one alone is of the whole country.
    """
    names = {"before": before.name, "after": after.name}
    if before.kind != after.kind:
        raise DataError(say("sides.other_kind", **names))
    years = tuple(year for year in before.years if year in after.years)
    if not years:
        spans = {"was": years_words(before.years), "now": years_words(after.years)}
        raise DataError(say("sides.no_years", **names, **spans))
    pairs = _pairs(before, after)
    if not pairs:
        listed = {"was": ", ".join(before.regimes), "now": ", ".join(after.regimes)}
        raise DataError(say("sides.no_regimes", **names, **listed))
    given = tuple(differences(before, after, pairs, years))
    held = []
    unlike: dict[str, None] = {}
    for pair in pairs:
        sides = Sides((before, after), pair, years)
        unlike |= dict.fromkeys(sides.other_units())
        held.append(Held(*pair, tuple(sides.main()), sides.goods(), sides.parting()))
    warnings = (*_warnings(given), *_left_out(before, after, pairs), *_units(tuple(unlike)))
    sentences = (*_in_words(given), *(_parting(each, names) for each in held))
    return RunComparison(before.name, after.name, years, given, tuple(held), warnings, sentences)


def _pairs(before: KeptRun, after: KeptRun) -> tuple[Pair, ...]:
    if len(before.regimes) == len(after.regimes) == 1:
        return ((before.regimes[0], after.regimes[0]),)
    return tuple((name, name) for name in before.regimes if name in after.regimes)


def _warnings(given: tuple[Given, ...]) -> Iterator[str]:
    for each in given:
        if each.what in {"scenario", "economy"}:
            yield say(f"sides.other_{each.what}", before=each.before, after=each.after)
        elif each.what == "seed":
            yield say("sides.other_seed", before=each.before, after=each.after)
        elif each.what == "digest":
            yield say("sides.other_content", name=each.name)


def _left_out(before: KeptRun, after: KeptRun, pairs: tuple[Pair, ...]) -> Iterator[str]:
    """Yield the regimes that stand in one run only."""
    for place, run in enumerate((before, after)):
        alone = [name for name in run.regimes if name not in {pair[place] for pair in pairs}]
        if alone:
            yield say("sides.alone", run=run.name, regimes=", ".join(alone))


def _units(series: tuple[str, ...]) -> Iterator[str]:
    if series:
        yield say("sides.units", series=", ".join(series))


def _in_words(given: tuple[Given, ...]) -> Iterator[str]:
    items = {each.item for each in given}
    if not items:
        yield say("sides.same_given")
    elif len(items) == 1:
        changes = "; ".join(each.change for each in given)
        yield say("sides.only", what=given[0].title, changes=changes)
    else:
        yield say("sides.several", count=len(items))


def _parting(held: Held, names: dict[str, str]) -> str:
    parting = held.parting
    regime = " / ".join(dict.fromkeys((held.before, held.after)))
    if parting.year is None:
        return say("sides.never_part", regime=regime)
    counts = {"differ": parting.differ, "series": parting.series}
    return say("sides.part", regime=regime, year=year_name(parting.year), **counts, **names)
