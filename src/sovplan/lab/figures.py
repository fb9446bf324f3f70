"""The model's figure for each point of each pattern that may be looked at, off one run.

There is no figure here for a pattern or point that is held out: what has no function cannot be
looked at by mistake.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

from sovplan.history.nation import NationInputs
from sovplan.regimes.model import model_parameters
from sovplan.society.farms.village import Village
from sovplan.society.layers import Setting
from sovplan.society.nation.measures import Yearly, by_quarter, index, measures
from sovplan.society.nation.year import Quarter

Figures: TypeAlias = Mapping[str, float]
"""The model's figures of a pattern by the label of the point."""


_SEED: Final = 1
"""Root of the luck of rows: that of the scenario."""


class Seen:
    """A run, with its yearly figures read off once."""

    def __init__(
        self,
        books: Sequence[Quarter],
        inputs: NationInputs,
        parameters: Mapping[str, float] | None = None,
    ) -> None:
        self.books = books
        self.setting = Setting(inputs, parameters or model_parameters(), _SEED)
        self.yearly = measures(books, inputs)

    def quarters(self, column: str) -> Mapping[tuple[int, int], float]:
        """Return a column by year and quarter."""
        return by_quarter(self.books, column)


def _years(levels: Yearly, years: Sequence[int]) -> Figures:
    return {str(year): levels[year] for year in years}


def product_a_head(seen: Seen) -> Figures:
    """V01: product a head, 1928 = 100; people at the end of the year."""
    product, people = seen.yearly["product"], seen.yearly["people"]
    heads = {year: product[year] / people[year] for year in product}
    return _years(index(heads), range(1921, 1928))


def product(seen: Seen) -> Figures:
    """V02: product, 1928 = 100."""
    return _years(index(seen.yearly["product"]), range(1929, 1934))


def industry(seen: Seen) -> Figures:
    """V04: heavy goods, machines and light goods, 1928 = 100."""
    return _years(index(seen.yearly["industry"]), (1921, 1924, 1925, 1926, 1927))


def scissors(seen: Seen) -> Figures:
    """V06: industrial over farm price, 1913 = 1, and the quarter of its peak."""
    price = seen.quarters("charged_price")
    year, quarter = max(price, key=price.__getitem__)
    ends = {"1923 Q1": (1923, 1), "1923 Q4": (1923, 4), "1924 Q2": (1924, 2)}
    peak = year + (quarter - 1) / 4.0
    return {**{label: price[time] for label, time in ends.items()}, "peak": peak}


def taken_before(seen: Seen) -> Figures:
    """V07: grain taken from July to June, million tonnes."""
    return _taken(seen, (1926, 1927, 1928))


def taken_by_quota(seen: Seen) -> Figures:
    """V09: the same under quotas."""
    return _taken(seen, (1929, 1930, 1931, 1932))


def _taken(seen: Seen, years: Sequence[int]) -> Figures:
    return {f"{year}/{(year + 1) % 100}": seen.yearly["taken"][year] for year in years}


def cattle(seen: Seen) -> Figures:
    """V11: lowest herd to 1933, set on the 60.1 million cattle of 1 January 1928."""
    herd = seen.yearly["herd"]
    lowest = min(herd[year] for year in range(1928, 1934))
    return {"bottom": 60.1 * lowest / herd[1927]}


def horses(seen: Seen) -> Figures:
    """V14: horses on 1 January, millions."""
    return {"1928": seen.yearly["horses"][1927]}


def collectivised(seen: Seen) -> Figures:
    """V15: collectivised share of households, per cent, at the end of a quarter."""
    share = seen.quarters("collectivised")
    ends = {
        "1929-10": (1929, 3), "1930-03": (1930, 1), "1930-07": (1930, 2),
        "1931-01": (1930, 4), "1931-07": (1931, 2), "1932-07": (1932, 2),
    }  # fmt: skip
    return {label: 100.0 * share[time] for label, time in ends.items()}


def disturbances(seen: Seen) -> Figures:
    """V17: disturbances in villages in 1930, and the quarter with most of them."""
    riots = seen.quarters("riots")
    of_1930 = {quarter: riots[1930, quarter] for quarter in (1, 2, 3, 4)}
    return {
        "1930": sum(of_1930.values()),
        "peak": float(max(of_1930, key=of_1930.__getitem__)),
    }


def famine(seen: Seen) -> Figures:
    """V18: excess deaths that follow the harvest of 1932, millions."""
    return {"1932/33": seen.yearly["excess_deaths"][1932]}


def towns(seen: Seen) -> Figures:
    """V21: people of towns at the end of the year, millions; the census was in December."""
    return _years(seen.yearly["towns"], (1926,))


def consumption(seen: Seen) -> Figures:
    """V23: consumption a head, 1928 = 100."""
    return _years(index(seen.yearly["consumption"]), (1932, 1933))


def investment(seen: Seen) -> Figures:
    """V25: investment over product, per cent."""
    return {"1928": 100.0 * seen.yearly["investment"][1928]}


def village_strata(seen: Seen) -> Figures:
    """V29: per cent of households that are rich or poor on 1 January 1927, by the cuts of 1925.

    Off the rows of households; cuts put 3.3 per cent above, 25.9 among the poor and 9.7, the
    proletarians, below them on 1 January 1925.
    """
    village = Village(seen.setting)
    found: dict[str, float] = {}
    for year in range(seen.books[0].year, 1928):
        quarters = [each for each in seen.books if each.year == year]
        found = {figure.series: figure.value for figure in village.live(year, quarters)}
    return {"kulak 1927": found["strata/entrepreneur"], "poor 1927": found["strata/poor"]}


def private_trade(seen: Seen) -> Figures:
    """V30: private share of retail trade at the end of the year, per cent."""
    shares = {year: 100.0 * share for year, share in seen.yearly["private_trade"].items()}
    return _years(shares, range(1923, 1932))


FIGURES: Final[Mapping[str, Callable[[Seen], Figures]]] = {
    "V01": product_a_head,
    "V02": product,
    "V04": industry,
    "V06": scissors,
    "V07": taken_before,
    "V09": taken_by_quota,
    "V11": cattle,
    "V14": horses,
    "V15": collectivised,
    "V17": disturbances,
    "V18": famine,
    "V21": towns,
    "V23": consumption,
    "V25": investment,
    "V29": village_strata,
    "V30": private_trade,
}
"""Functions by pattern; each gives exactly the points of its pattern that may be looked at."""
