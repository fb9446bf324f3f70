"""Tables of the village by stratum: moves, grain withheld, animals killed."""

from collections.abc import Sequence
from typing import Final

from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.history.series import series
from sovplan.report.country_figures import printed_by
from sovplan.report.country_parts import headed
from sovplan.report.parts import (
    Caption,
    Cell,
    Column,
    figure_of,
    joined,
    table,
)
from sovplan.report.run_series import Seen
from sovplan.report.svg import Html
from sovplan.report.wording import year_name

STRATA: Final = ("proletarian", "poor", "middle", "entrepreneur")
_MOVES_OF: Final = (1926, 1928)
"""First and last year of which moves since the cuts are told: later ones are those of the drive."""
_AUTUMN: Final = 1927
_MARKETED: Final = ("grain_marketed_kulaks", "grain_marketed_poor_and_middle")
_KILLING: Final = range(1929, 1933)
_NOTHING: Final = Html("")
_THOUSAND: Final = 1000.0


def _name(stratum: str) -> str:
    return say(f"country_village.stratum.{stratum}")


def _drawn(key: str, caption: Caption, listing: Html) -> Html:
    """Return a figure that is a table, under its title."""
    return joined([headed(f"country_village.{key}"), figure_of(caption, listing)])


def moves(seen: Seen) -> Html:
    """Return where households of 1925 stood some years later, under the first regime."""
    regime = seen.courses[0].name
    years = [year for year in seen.years if _MOVES_OF[0] <= year <= _MOVES_OF[1]]
    if not years or not seen.has("moved/poor/poor"):
        return _NOTHING
    year = years[-1]

    def share(one: str, other: str) -> float:
        return seen.at(regime, f"moved/{one}/{other}", year) or 0.0

    rows: list[list[Cell]] = [
        [_name(one), *(share(one, other) for other in STRATA)] for one in STRATA
    ]
    up = share("poor", "middle") + share("poor", "entrepreneur")
    finding = say(
        "country_village.moves.finding", up=figure(up), year=year_name(year),
        down=figure(share("poor", "proletarian")),
    )  # fmt: skip
    second = say("country_village.moves.second", year=year_name(year))
    columns = [Column(say("country_village.moves.from"), number=False), *map(Column, _names())]
    listing = table(say("country_village.moves.caption", year=year_name(year)), columns, rows)
    return _drawn("moves", Caption(finding, second, say("country_village.source")), listing)


def _names() -> list[str]:
    return [_name(stratum) for stratum in STRATA]


def held(seen: Seen) -> Html:
    """Return who withheld grain in the autumn of 1927, beside the table of 1926/27."""
    regime = seen.courses[0].name
    total = seen.at(regime, "held", _AUTUMN)
    if total is None:
        return _NOTHING
    heads = ("households", "crop", "taxed", "marketed", "held")
    names = ("strata", "crop", "taxed", "marketed", "held")
    rows: list[list[Cell]] = []
    for stratum in STRATA:
        found = [seen.at(regime, f"{name}/{stratum}", _AUTUMN) for name in names]
        rows.append([_name(stratum), *found, _marketed(stratum)])
    rich, middle = (seen.at(regime, f"held/{name}", _AUTUMN) or 0.0
                    for name in ("entrepreneur", "middle"))  # fmt: skip
    finding = say("country_village.held.finding", total=figure(total), rich=figure(rich),
                  middle=figure(middle))  # fmt: skip
    columns = [
        Column(say("country_village.of_stratum"), number=False),
        *(Column(say(f"country_village.held.{head}")) for head in heads),
        Column(say("country_village.held.printed")),
    ]
    listing = table(say("country_village.held.caption"), columns, rows)
    second, note = (say(f"country_village.held.{part}") for part in ("second", "note"))
    source = " ".join([say("country_village.source"), printed_by(_MARKETED)])
    caption = Caption(finding, second, source, (note,))
    return _drawn("held", caption, listing)


def _marketed(stratum: str) -> float | None:
    """Return what was printed of the grain marketed in 1926/27; None where strata are joined."""
    if stratum == "entrepreneur":
        return series(_MARKETED[0]).figures[0].value
    if stratum == "middle":
        return series(_MARKETED[1]).figures[0].value
    return None


def killed(seen: Seen) -> Html:
    """Return whose animals were killed in the drive, under the first regime."""
    years = [year for year in seen.years if year in _KILLING]
    regime = seen.courses[0].name
    if len(years) < len(_KILLING) or not seen.has("killed"):
        return _NOTHING
    sums = [_sum(seen, regime, stratum, years) for stratum in STRATA]
    total = sum(sums)
    if not total:  # rules that kill are off
        return _NOTHING
    parts = {name: 100.0 * one / total for name, one in zip(STRATA, sums, strict=True)}
    rows: list[list[Cell]] = [
        [_name(stratum), one, parts[stratum]] for stratum, one in zip(STRATA, sums, strict=True)
    ]
    finding = say("country_village.killed.finding", rich=figure(parts["entrepreneur"]),
                  middle=figure(parts["middle"]))  # fmt: skip
    second = say("country_village.killed.second", regime=seen.labels[regime])
    columns = [
        Column(say("country_village.of_stratum"), number=False),
        Column(say("country_village.killed.killed")),
        Column(say("country_village.killed.share")),
    ]
    listing = table(say("country_village.killed.caption"), columns, rows)
    return _drawn("killed", Caption(finding, second, say("country_village.source")), listing)


def _sum(seen: Seen, regime: str, stratum: str, years: Sequence[int]) -> float:
    """Return the animals of a stratum that were killed, million cattle units."""
    shares = [(seen.at(regime, f"killed/{stratum}", year) or 0.0) / 100.0 for year in years]
    totals = [seen.at(regime, "killed", year) or 0.0 for year in years]
    return sum(share * total for share, total in zip(shares, totals, strict=True))
