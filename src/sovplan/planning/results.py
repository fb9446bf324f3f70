"""What stress and one-sided prices found, as the document and the tables of a draft hold it."""

from collections.abc import Iterator
from typing import Any, Final, TypeAlias

import numpy as np

from sovplan.foundation.shapes import Matrix, Vector
from sovplan.foundation.words import say
from sovplan.planning.prices import Price
from sovplan.planning.stress import QUANTILES, Stress
from sovplan.records.draft import Draft
from sovplan.records.folder import Cells, Table
from sovplan.records.wire import encoded

_PERCENT: Final = tuple(round(100 * quantile) for quantile in QUANTILES)

Row: TypeAlias = tuple[str, int, str, float, str]


def price_block(found: Price) -> dict[str, Any]:
    """Return the block `price` of the document of a draft; null where no more can be had."""
    return {
        "good": found.good,
        "step": found.step,
        "more": _by_year(found.more),
        "less": _by_year(found.less),
    }


def stress_block(found: Stress, draft: Draft) -> dict[str, Any]:
    """Return the block `stress` of the document of a draft; goods without a floor are left out."""
    every, low, high = found.all_hold
    names = draft.economy.goods.names
    return {
        "draws": found.draws,
        "seed": found.seed,
        "ranged": found.ranged,
        "spread": found.spread,
        "all_hold": {"share": every, "low": low, "high": high},
        "goods": {
            names[good]: {name: encoded(values[good]) for name, values in _by_good(found).items()}
            for good in _with_floor(found)
        },
        "fulfilment": {name: encoded(values) for name, values in _by_share(found).items()},
        "least_fulfilment": {"low": encoded(found.low), "high": encoded(found.high)},
        "sentences": list(found.sentences),
    }


def stress_table(found: Stress, draft: Draft) -> Table:
    """Return the same as a table with a row for each number: good, year, series, value, unit.

    The good is blank where a number is of all goods.
    """
    rows = [*_goods_rows(found, draft), *_share_rows(found, draft)]
    columns: dict[str, Cells] = {
        "good": tuple(good for good, *_ in rows),
        "year": np.array([year for _, year, *_ in rows], dtype=np.float64),
        "series": tuple(series for *_, series, _, _ in rows),
        "value": np.array([value for *_, value, _ in rows], dtype=np.float64),
        "unit": tuple(unit for *_, unit in rows),
    }
    return Table("stress.csv", columns, range(2, len(rows) + 2), "stress.csv")


def _goods_rows(found: Stress, draft: Draft) -> Iterator[Row]:
    goods = draft.economy.goods
    for series, values in _by_good(found).items():
        for good in _with_floor(found):
            unit = _unit(series, goods.units[good])
            for year, value in zip(draft.years, values[good].tolist(), strict=True):
                yield goods.names[good], year, series, value, unit


def _share_rows(found: Stress, draft: Draft) -> Iterator[Row]:
    unit = say("results.unit.target")
    for series, values in _by_share(found).items():
        for year, value in zip(draft.years, values.tolist(), strict=True):
            yield "", year, f"fulfilment_{series}", value, unit


def _by_good(found: Stress) -> dict[str, Matrix]:
    """Return series of goods x years by name."""
    over = zip(_PERCENT, found.consumption, strict=True)
    return {
        "holds": found.holds,
        "holds_low": found.holds_low,
        "holds_high": found.holds_high,
        **{f"over_floor_{percent}": values for percent, values in over},
        "reserve": found.reserve,
        "reserve_share": found.reserve_share,
    }


def _by_share(found: Stress) -> dict[str, Vector]:
    """Return fulfilment by year at each share of the draws."""
    pairs = zip(_PERCENT, found.fulfilment, strict=True)
    return {str(percent): values for percent, values in pairs}


def _unit(series: str, unit: str) -> str:
    if series == "reserve":
        return unit
    if series == "reserve_share":
        return say("results.unit.output")
    return say("results.unit.draws" if series.startswith("holds") else "results.unit.floor")


def _with_floor(found: Stress) -> list[int]:
    places: list[int] = np.flatnonzero(np.isfinite(found.holds).any(axis=1)).tolist()
    return places


def _by_year(prices: Vector) -> list[float | None]:
    return [price if np.isfinite(price) else None for price in prices.tolist()]
