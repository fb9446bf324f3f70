"""Aims from what is written: a TOML file and the table of needs beside it."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from sovplan.foundation.errors import DataError
from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.records.aims import OBJECTIVES, Aims
from sovplan.records.assembly import needs_series
from sovplan.records.calendar import calendar_of
from sovplan.records.checks import needs_findings
from sovplan.records.economy import Economy, Series
from sovplan.records.findings import Finding, nearest, refuse
from sovplan.records.folder import Table
from sovplan.records.schema import in_size

KEYS: Final = (
    "name",
    "objective",
    "years",
    "terminal",
    "cap",
    "tie_break",
    "year_weights",
    "no_waste",
    "weights",
    "labour_weights",
    "floors",
    "needs",
)
"""Keys of an aims file."""


MOST_YEARS: Final = 100
"""Most years of one plan."""
MOST_ENTRIES: Final = 5_000_000
"""Most numbers of one planning problem. 660 thousand took 8 minutes and half a gigabyte."""


def aims_of(
    settings: Mapping[str, Any], needs: Table | None, economy: Economy, *, name: str
) -> Aims:
    """Return the aims that a file describes, for an economy.

    Parameters
    ----------
    settings
        What stands in the TOML file.
    needs
        The table named by its key `needs`, read.
    economy
        The economy whose goods and skills the aims name.
    name
        Name of the file, for messages and, where it has no key `name`, for the draft.

    Raises
    ------
    DataError
        A key, value or name is wrong; the message names file and key, or table, row and column.
    """
    refuse(aims_findings(settings, needs, economy, name=name))
    terminal = settings.get("terminal", 0.0)
    return Aims(
        name=settings.get("name", name.removesuffix(".toml")),
        objective=settings.get("objective", "ray"),
        years=settings.get("years"),
        terminal=None if terminal == "none" else _floats(terminal),
        cap=float(settings["cap"]) if "cap" in settings else None,
        tie_break=settings.get("tie_break", True),
        year_weights=tuple(map(float, settings["year_weights"]))
        if "year_weights" in settings
        else None,
        no_waste=tuple(settings.get("no_waste", ())),
        weights=_by_name(settings.get("weights", {})),
        labour_weights=_by_name(settings.get("labour_weights", {})),
        floor_multiples=tuple(map(float, settings.get("floors", {}).get("multiple", ()))),
        needs=needs,
    )


def aims_findings(
    settings: Mapping[str, Any], needs: Table | None, economy: Economy, *, name: str
) -> list[Finding]:
    """Return everything that is wrong in what `aims_of` is given."""
    found = [Finding("error", name, 0, key, text) for key, text in _check(settings, economy)]
    if needs is not None:
        found += needs_findings(needs, economy.goods.names)
    return found


def _floats(terminal: int | float | Mapping[str, Any]) -> float | dict[str, float]:
    return _by_name(terminal) if isinstance(terminal, Mapping) else float(terminal)


def _by_name(table: Mapping[str, Any]) -> dict[str, float]:
    return {name: float(value) for name, value in table.items()}


def check_aims(aims: Aims, economy: Economy) -> None:
    """Do nothing if the aims can be pursued in the economy.

    Raises
    ------
    DataError
        The years are none, or more than can be planned at once; `ray` or `common` has no positive
        target, `weighted` has a target of output or no weight; there are not as many year weights
        as years, or all of them are 0, as are those of all kinds of labour.
    """
    _check_size(aims.horizon, economy)
    calendar = calendar_of(economy, aims)
    if aims.objective in {"ray", "common"} and not calendar.wanted().any():
        raise DataError(_nothing_wanted(aims, economy, calendar.years[-1]))
    if aims.objective == "weighted" and (calendar.output_target > 0).any():
        raise DataError(say("records.aims.output_weighted", aims=aims.name))
    _check_weights(aims, economy)


def _check_weights(aims: Aims, economy: Economy) -> None:
    """Refuse weights by which every plan would be equally good."""
    if aims.objective == "weighted" and not any(aims.weights.values()):
        raise DataError(say("records.aims.no_weights", aims=aims.name))
    given = aims.year_weights
    weighed = aims.objective in {"common", "weighted"}
    if weighed and given is not None and len(given) != aims.horizon:
        raise DataError(
            say("records.aims.year_weights", aims=aims.name, given=len(given), years=aims.horizon)
        )
    if weighed and given is not None and not any(given):
        words = {"aims": aims.name, "objective": aims.objective}
        raise DataError(say("records.aims.no_year_weights", **words))
    labour = [aims.labour_weights.get(skill, 1.0) for skill in economy.labour.names]
    if aims.labour_weights and not any(labour):
        raise DataError(say("records.aims.no_labour_weights", aims=aims.name))


def _check_size(years: int, economy: Economy) -> None:
    if years < 1:
        raise DataError(say("records.aims.no_years", years=years))
    if years > MOST_YEARS:
        raise DataError(say("records.aims.many_years", years=years, most=MOST_YEARS))
    if _entries(years, economy) > MOST_ENTRIES:
        fits = (count for count in range(years, 0, -1) if _entries(count, economy) <= MOST_ENTRIES)
        words = {
            "years": years,
            "goods": len(economy.goods),
            "techniques": len(economy.techniques),
            "size": figure(_entries(years, economy)),
            "most": figure(MOST_ENTRIES),
            "fit": next(fits, 0),
        }
        raise DataError(say("records.aims.too_large", **words))


def _entries(years: int, economy: Economy) -> int:
    """Return about how many numbers the planning problem has.

    Flows stand there once a year, and trade, use and store of a good six times; capacity depends
    on the orders of all years before.
    """
    techniques, plants = economy.techniques, economy.plants
    flows = (techniques.inputs, techniques.outputs, techniques.labour, techniques.resource_use)
    once = sum(int(matrix.nnz) for matrix in (*flows, plants.load, plants.building))
    once += 6 * len(economy.goods)
    return years * once + len(plants) * years * (years + 1) // 2


def _nothing_wanted(aims: Aims, economy: Economy, last: int) -> str:
    """Say that no target lies in the planned years, and which is the first one after them."""
    years = []
    for kind, own in (("consumption", economy.needs), ("output", economy.outputs_wanted)):
        targets = _targets(own)
        if aims.needs is not None:
            targets |= _targets(needs_series(aims.needs, economy.goods.names, kind))
        years += [year for (year, _), target in targets.items() if target > 0 and year > last]
    words = {"aims": aims.name, "first": economy.first_year, "last": last}
    if not years:
        return say("records.aims.no_target", objective=aims.objective, **words)
    wanted = min(years)
    return say("records.aims.late_target", wanted=wanted, count=wanted - last, **words)


def _targets(series: Series) -> dict[tuple[int, int], float]:
    rows = zip(series.years.tolist(), series.rows.tolist(), series.amounts[:, 0], strict=True)
    return {(year, row): float(target) for year, row, target in rows}


def unused_keys(aims: Aims) -> list[str]:
    """Return the keys of the aims that their objective does not read."""
    given = {
        "cap": aims.cap is not None and aims.objective != "common",
        "year_weights": aims.year_weights is not None
        and aims.objective not in {"common", "weighted"},
        "weights": bool(aims.weights) and aims.objective != "weighted",
    }
    return [key for key, unread in given.items() if unread]


def _check(settings: Mapping[str, Any], economy: Economy) -> Iterator[tuple[str, str]]:
    for key in settings:
        if key not in KEYS:
            yield key, say("records.settings.unknown", nearest=nearest(key, KEYS))
    yield from _check_scalars(settings)
    yield from _check_lists(settings, economy)
    terminal = settings.get("terminal", 0.0)
    if isinstance(terminal, Mapping):
        yield from _numbers_by_name("terminal", terminal, economy.goods.names, least=-1.0)
    elif terminal != "none" and not _is_number(terminal, -1.0):
        yield "terminal", say("records.aims.terminal", found=terminal)
    for key, names in (("weights", economy.goods.names), ("labour_weights", economy.labour.names)):
        given = settings.get(key, {})
        if isinstance(given, Mapping):
            yield from _numbers_by_name(key, given, names, least=0.0)
        else:
            yield key, say("records.settings.not_table")


def _check_scalars(settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    objective = settings.get("objective", "ray")
    if objective not in OBJECTIVES:
        text = say("records.aims.objective", found=objective)
        yield "objective", f"{text} {nearest(str(objective), OBJECTIVES)}"
    years = settings.get("years", 1)
    if isinstance(years, bool) or not isinstance(years, int) or years < 1:
        yield "years", say("records.aims.years", found=years)
    if "cap" in settings and not _is_number(settings["cap"], 0.0):
        yield "cap", say("records.settings.not_number", found=settings["cap"])
    if not isinstance(settings.get("tie_break", True), bool):
        yield "tie_break", say("records.aims.tie_break", found=settings["tie_break"])
    name = settings.get("name", "-")
    if not isinstance(name, str) or not name.strip():
        yield "name", say("records.settings.not_text", found=name)
    if not isinstance(settings.get("needs", ""), str):
        yield "needs", say("records.aims.needs", found=settings["needs"])


def _check_lists(settings: Mapping[str, Any], economy: Economy) -> Iterator[tuple[str, str]]:
    floors = settings.get("floors", {})
    if isinstance(floors, Mapping):
        for key in floors:
            if key != "multiple":
                text = say("records.settings.unknown", nearest=nearest(key, ["multiple"]))
                yield f"floors.{key}", text
        if "multiple" in floors:
            yield from _check_list("floors.multiple", floors["multiple"])
    else:
        yield "floors", say("records.settings.not_table")
    if "year_weights" in settings:
        yield from _check_list("year_weights", settings["year_weights"])
    yield from _check_no_waste(settings.get("no_waste", []), economy)


def _check_list(key: str, given: object) -> Iterator[tuple[str, str]]:
    fits = isinstance(given, list) and all(_is_number(value, 0.0) for value in given)
    if not fits or not given:
        yield key, say("records.aims.list", found=given)


def _check_no_waste(goods: object, economy: Economy) -> Iterator[tuple[str, str]]:
    if not isinstance(goods, list):
        yield "no_waste", say("records.aims.no_waste", found=goods)
        return
    for good in goods:
        if good not in economy.goods.names:
            near = nearest(str(good), economy.goods.names)
            yield "no_waste", f"{say('records.cell.unknown_good', cell=good)} {near}"


def _numbers_by_name(
    key: str, table: Mapping[str, Any], names: tuple[str, ...], *, least: float
) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if name not in names:
            text = say("records.aims.unknown_name", found=name)
            yield f"{key}.{name}", f"{text} {nearest(str(name), names)}"
        if not _is_number(value, least):
            yield f"{key}.{name}", say("records.settings.not_number", found=value)


def _is_number(value: object, least: float) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return least <= value and in_size(value)
