"""Fixed capital: stocks from past investment, and the plants of an economy.

No published table says how much capital each branch uses of each kind; what stands here turns
an assumption about it into plants, so that the assumption can be seen and changed.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import final

import numpy as np

from sovplan.foundation.errors import DataError
from sovplan.foundation.shapes import Matrix, Vector, YearsVector
from sovplan.foundation.words import say
from sovplan.history.readers.base_year import BaseYear
from sovplan.history.readers.notes import Assumption
from sovplan.records.folder import Folder, Table

Row = dict[str, object]


@final
@dataclass(frozen=True, slots=True, eq=False)
class Park:
    """One kind of capital in all branches.

    Parameters
    ----------
    code, title
        Of the kind; the plant of a branch is called `branch.kind`.
    goods, branches
        Codes of the rows and columns of `built`.
    built
        Goods x branches: goods built into the plants of each branch, in the unit of the goods.
    wear
        Share lost a year in each branch.
    gestation
        Whole years from order to use.
    low, high
        Range of `built` as factors.
    note
        Where the numbers come from, for the tables.
    """

    code: str
    title: str
    goods: tuple[str, ...]
    branches: tuple[str, ...]
    built: Matrix
    wear: Vector
    gestation: int = 1
    low: float = 1.0
    high: float = 1.0
    note: str = ""


def cumulated(investment: YearsVector, wear: float, growth_before: float) -> float:
    """Return the stock at the end of the last year: the perpetual inventory.

    K_t = (1 - wear) K_{t-1} + I_t. The stock before the first year is the one that investment
    growing at `growth_before` would have left: K_0 = I_1 / (wear + growth_before).

    Parameters
    ----------
    investment
        Investment of each year at prices of one year.
    wear
        Share lost a year, 1.
    growth_before
        Growth of investment before the first year, a year.

    Raises
    ------
    DataError
        Wear and growth add up to nothing, so that no earlier stock can be had.
    """
    if wear + growth_before <= 0:
        raise DataError(say("readers.capital.no_start", wear=wear, growth=growth_before))
    stock = float(investment[0]) / (wear + growth_before)
    for amount in investment.tolist():
        stock = (1.0 - wear) * stock + amount
    return stock


def revalued(current: YearsVector, at_last_years_prices: YearsVector) -> YearsVector:
    """Return amounts of each year at prices of the last year.

    The price of a year over that of the year before is `current / at_last_years_prices`; the
    first year's second number is not used.
    """
    rise = np.ones_like(current)
    rise[1:] = current[1:] / at_last_years_prices[1:]
    level = np.cumprod(rise)
    values: YearsVector = current * level[-1] / level
    return values


def with_plants(
    folder: Folder, year: BaseYear, parks: Sequence[Park], utilisation: Assumption
) -> Folder:
    """Return the economy with a plant of each kind for each branch that has capital of it.

    Capacity is the activity of the year over `utilisation`; one unit of activity takes one unit of
    capacity. A branch without any capital keeps no limit of capacity.

    Parameters
    ----------
    folder
        An economy without plants.
    year
        Activities of the year.
    parks
        Kinds of capital.
    utilisation
        Use of capacity in the year.

    Raises
    ------
    DataError
        A branch or good of a park is not one of the economy.
    """
    goods = set(folder.table("goods.csv").text("good"))
    techniques = folder.table("techniques.csv")
    titles = dict(zip(techniques.text("technique"), techniques.text("title"), strict=True))
    activity = dict(zip(year.techniques, year.activity.tolist(), strict=True))
    plants: list[Row] = []
    building: list[Row] = []
    loads: list[Row] = []
    for park in parks:
        _check_names(park, goods, set(titles))
        for place, branch in enumerate(park.branches):
            built = park.built[:, place]
            if not built.any():
                continue
            plant, capacity = f"{branch}.{park.code}", activity[branch] / utilisation.value
            low, high = activity[branch] / utilisation.high, activity[branch] / utilisation.low
            title = say("readers.capital.plant", kind=park.title, branch=titles[branch])
            plants.append(
                {"plant": plant, "title": title, "capacity": capacity}
                | {"wear": float(park.wear[place]), "gestation": park.gestation}
                | {"low": low, "high": high}
            )
            loads.append({"technique": branch, "plant": plant, "load": 1.0})
            for row in np.flatnonzero(built):
                amount = float(built[row]) / capacity
                building.append(
                    {"plant": plant, "good": park.goods[row], "amount": amount}
                    | {"low": amount * park.low, "high": amount * park.high, "note": park.note}
                )
    tables = (Table.of("plants.csv", plants), Table.of("building.csv", building))
    for table in (*tables, Table.of("loads.csv", loads)):
        folder = folder.with_table(table)
    return folder


def _check_names(park: Park, goods: AbstractSet[str], branches: AbstractSet[str]) -> None:
    needed = np.array(park.goods, dtype=object)[park.built.any(axis=1)]
    holding = np.array(park.branches, dtype=object)[park.built.any(axis=0)]
    for kind, names, known in (("good", needed, goods), ("branch", holding, branches)):
        for name in names:
            if name not in known:
                raise DataError(say(f"readers.capital.unknown_{kind}", name=name, park=park.code))
