"""A made-up network of workplaces whose truth, errors and lies are known.

As in the notes on inspection: each plant makes one of five goods, delivers it to four customers
and sells the rest; it uses one other good and electricity, which is metered. Stocks are a tenth
of a month's output.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from sovplan.inspection.expected import DEFAULTS
from sovplan.records.assembly import economy_of
from sovplan.records.documents import Entry, Report
from sovplan.records.economy import Economy
from sovplan.records.folder import Folder, Table

GOODS = 5
CUSTOMERS = 4


@final
@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """What is so: flows of each period (periods x plants or links), and who deals with whom.

    `norm` and `power` are units of the input and of electricity for one unit made, as they are;
    `economy` has them with their lasting error. `stock` and `inputs` are stocks of the product and
    of the input at the ends of the periods, the first before the first.
    """

    economy: Economy
    supplier: NDArray[np.int64]
    user: NDArray[np.int64]
    flow: NDArray[np.float64]
    sold: NDArray[np.float64]
    stock: NDArray[np.float64]
    made: NDArray[np.float64]
    norm: NDArray[np.float64]
    power: NDArray[np.float64]
    used: NDArray[np.float64]
    inputs: NDArray[np.float64]

    @property
    def plants(self) -> int:
        return len(self.norm)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(f"plant_{place}" for place in range(self.plants))


def network(rng: np.random.Generator, plants: int = 60, periods: int = 1) -> Network:
    """Draw what is so."""
    supplier = np.repeat(np.arange(plants), CUSTOMERS)
    user = np.concatenate([_customers(rng, plant, plants) for plant in range(plants)])
    usual = 10 * rng.lognormal(0, 0.5, len(supplier))
    flow = usual * rng.lognormal(0, 0.1, (periods, len(supplier)))
    sold = 20 * rng.lognormal(0, 0.5, plants) * rng.lognormal(0, 0.1, (periods, plants))
    out = sold + _sums(supplier, flow, plants)
    stock = 0.1 * out.mean(axis=0) * rng.lognormal(0, 0.2, (periods + 1, plants))
    made = out + np.diff(stock, axis=0)
    received = _sums(user, flow, plants)
    norm = received.sum(axis=0) / made.sum(axis=0)
    used = norm * made
    left = np.concatenate([np.zeros((1, plants)), (received - used).cumsum(axis=0)])
    inputs = left - left.min(axis=0) + 0.3 * received.mean(axis=0)
    power = rng.lognormal(0, 0.1, plants)
    sizes = np.array([[DEFAULTS["norm"]], [DEFAULTS["norm_metered"]]])
    errors = 1 + sizes * rng.normal(size=(2, plants))
    economy = _economy(norm * errors[0], power * errors[1])
    return Network(economy, supplier, user, flow, sold, stock, made, norm, power, used, inputs)


def _customers(rng: np.random.Generator, plant: int, plants: int) -> NDArray[np.int64]:
    """Return plants that use what a plant makes: good k is used in making good k + 1."""
    able = np.arange((plant + 1) % GOODS, plants, GOODS)
    return rng.choice(able, CUSTOMERS, replace=False)


def _sums(of: NDArray[np.int64], flow: NDArray[np.float64], plants: int) -> NDArray[np.float64]:
    return np.stack([np.bincount(of, weights=row, minlength=plants) for row in flow])


def _economy(norm: NDArray[np.float64], power: NDArray[np.float64]) -> Economy:
    goods = [f"good_{k}" for k in range(GOODS)]
    names = [f"plant_{place}" for place in range(len(norm))]
    flows = []
    for place, name in enumerate(names):
        made = {"technique": name, "good": goods[place % GOODS], "role": "output", "amount": 1.0}
        flows.append(made)
        parts = ((goods[(place - 1) % GOODS], norm[place]), ("electricity", power[place]))
        flows += [
            {"technique": name, "good": good, "role": "input", "amount": float(amount)}
            for good, amount in parts
        ]
    tables = {
        "goods.csv": Table.of("goods.csv", [{"good": good} for good in (*goods, "electricity")]),
        "techniques.csv": Table.of("techniques.csv", [{"technique": name} for name in names]),
        "flows.csv": Table.of("flows.csv", flows),
    }
    return economy_of(Folder({"format": 1, "name": "network", "year": 2027}, tables))


def reports(
    truth: Network,
    rng: np.random.Generator,
    *,
    lie: str = "",
    size: float = 0.0,
    liars: Sequence[int] = (),
    counted: Sequence[int] = (),
) -> tuple[Report, ...]:
    """Return papers of all plants: what is so with honest errors, and the lies of some.

    Lies: "bare" (output only), "stock" (output and own stock, carried on), "deliv" (output and
    deliveries), "hoard" (more used than was, out of stock).
    """
    filed = []
    stocks = truth.stock * (1 + DEFAULTS["closing"] * rng.normal(size=truth.stock.shape))
    inputs = truth.inputs * (1 + DEFAULTS["closing"] * rng.normal(size=truth.stock.shape))
    padding = np.zeros_like(truth.made)
    padding[:, list(liars)] = size * truth.made[:, list(liars)]
    if lie == "stock":
        stocks[1:] += padding.cumsum(axis=0)
    if lie == "hoard":
        padding[:, list(liars)] = size * truth.used[:, list(liars)]
        inputs[1:] -= padding.cumsum(axis=0)
    for period in range(len(truth.made)):
        filed += _period(truth, rng, period, ((stocks, inputs), padding[period], lie), counted)
    return tuple(filed)


def _period(
    truth: Network,
    rng: np.random.Generator,
    period: int,
    told: tuple[tuple[NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64], str],
    counted: Sequence[int],
) -> list[Report]:
    (stocks, inputs), padding, lie = told

    def said(entry: str, amount: NDArray[np.float64]) -> NDArray[np.float64]:
        return amount * (1 + DEFAULTS[entry] * rng.normal(size=amount.shape))

    flow, made = truth.flow[period], truth.made[period]
    used = truth.used[period]
    made_said = said("made", made) + padding * (lie in {"bare", "stock", "deliv"})
    share = flow / _sums(truth.supplier, flow[None], truth.plants)[0][truth.supplier]
    sent = said("delivered", flow) + padding[truth.supplier] * share * (lie == "deliv")
    got, sold = said("received", flow), said("sold", truth.sold[period])
    used_said = said("used", used) + padding * (lie == "hoard")
    meter = said("metered", truth.power * made)
    names = truth.names
    books: list[list[Entry]] = []
    for place, name in enumerate(names):
        ends = (float(stocks[period, place]), float(stocks[period + 1, place]))
        good, needed = f"good_{place % GOODS}", f"good_{(place - 1) % GOODS}"
        book = _own(name, good, ends, float(made_said[place]), float(sold[place]))
        book.append(Entry(name, "metered", float(meter[place]), "electricity"))
        if used[place] > 0:
            left = (float(inputs[period, place]), float(inputs[period + 1, place]))
            book += _taken(name, needed, left, float(used_said[place]))
        if place in counted:
            real = truth.stock[period + 1, place] * (1 + DEFAULTS["counted"] * rng.normal())
            book.append(Entry(name, "counted", float(real), good))
        books.append(book)
    for link, (s, u) in enumerate(zip(truth.supplier, truth.user, strict=True)):
        good = f"good_{s % GOODS}"
        books[s].append(Entry(names[s], "delivered", float(sent[link]), good, names[u]))
        books[u].append(Entry(names[u], "received", float(got[link]), good, names[s]))
    return [
        Report(f"2027-{period + 1:02}", name, tuple(entries))
        for name, entries in zip(names, books, strict=True)
    ]


def _own(name: str, good: str, ends: tuple[float, float], made: float, sold: float) -> list[Entry]:
    return [
        Entry(name, "opening", ends[0], good),
        Entry(name, "made", made, good),
        Entry(name, "sold", sold, good),
        Entry(name, "closing", ends[1], good),
    ]


def _taken(name: str, good: str, ends: tuple[float, float], used: float) -> list[Entry]:
    return [
        Entry(name, "opening", ends[0], good),
        Entry(name, "used", used, good),
        Entry(name, "closing", ends[1], good),
    ]
