"""Where truth becomes paper: what workplaces declare and report. Nowhere else does it happen."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, final

import numpy as np

from sovplan.foundation.chance import normal, uniform
from sovplan.foundation.shapes import GoodsVector, Matrix, Vector
from sovplan.records.documents import ENTRIES, Entry, Report
from sovplan.records.economy import Economy
from sovplan.records.institutions import Institutions
from sovplan.records.parameters import Parameters
from sovplan.records.returns import Returns
from sovplan.society.books import (
    OUTSIDE,
    Books,
    buys_what_it_makes,
    imports_received,
    ledger_rows,
    shown_goods,
)
from sovplan.society.managers import hidden_share
from sovplan.society.people import Society
from sovplan.world.state import World

HONEST_ERROR: Final = {
    "opening": 0.0, "made": 0.02, "used": 0.02, "delivered": 0.01, "received": 0.015,
    "sold": 0.015, "closing": 0.03, "counted": 0.01, "metered": 0.02, "hours": 0.02,
}  # fmt: skip
"""Standard deviation of honest reports, relative, where an economy states none (assumed, after the
measurements on invented networks in the notes on inspection)."""


@final
@dataclass(frozen=True, slots=True)
class Luck:
    """Root of the chance of a run, and the year.

    Parameters
    ----------
    seed
        Root of all chance of a run, 0 to 2^64 - 1.
    year
        Calendar year.
    """

    seed: int
    year: int


def declared(
    world: World,
    society: Society,
    institutions: Institutions,
    parameters: Parameters,
    luck: Luck,
) -> Returns:
    """Return what workplaces declare: capacity less what they keep back, stock with what is not.

        K said = K exp( s z - s^2 / 2 ) (1 - rho),       s = err0 + err_d d,  z standard normal

    Every plant's capacity is stated with an error that has the mean 1, and less the hidden share
    rho of `hidden_share`. d is the `distortion` of what goes up. Stocks are stated with what
    exists on paper only; what branches grow from is what they said they did. All else is stated
    as it is.

    Source: rules R06 and R12 of the model; that errors are lognormal and independent is ours.
    """
    economy = world.economy
    spread = parameters.err0 + parameters.err_d * distortion(institutions, parameters)
    errors = np.exp(
        spread * normal(luck.seed, "survey.capacity", luck.year, len(economy.plants))
        - spread**2 / 2
    )
    hidden = hidden_share(institutions, parameters)
    stated = economy.plants.capacity * errors * (1.0 - hidden)
    growth = economy.extensions.growth
    if growth is not None and society.said is not None:
        growth = replace(growth, opening=society.said)
    paper = replace(
        economy,
        plants=replace(economy.plants, capacity=stated),
        goods=replace(economy.goods, stock=economy.goods.stock + society.fiction.sum(axis=0)),
        extensions=replace(economy.extensions, growth=growth),
    )
    return Returns(paper, done=society.said)


def distortion(institutions: Institutions, parameters: Parameters) -> float:
    """Return how much of what goes up is coloured, 0 to 1.

        d = 1 / (1 + exp(-v)),     v = -d_base + d_appointed a + r_info R - d_part (1 - a)

    a is `appointment`, the share of posts filled from above, R the `police_power`. Participation is
    1 - a until the rule that moves it (R31), and d is at once where rule R12 lets it go in time.

    Source: rule R12 of the model; the coefficients are assumed.
    """
    score = (
        -parameters.d_base
        + parameters.d_appointed * institutions.appointment
        + parameters.r_info * institutions.police_power
        - parameters.d_part * (1.0 - institutions.appointment)
    )
    return float(1.0 / (1.0 + np.exp(-score)))


@final
@dataclass(frozen=True, slots=True, eq=False)
class Audit:
    """Whom inspectors count, and whose receipts they see; one flag for each keeper of books.

    Parameters
    ----------
    luck
        The luck of the year.
    counted, open_books
        One flag for each keeper of books.
    """

    luck: Luck
    counted: np.ndarray
    open_books: np.ndarray


def audit_of(keepers: int, institutions: Institutions, parameters: Parameters, luck: Luck) -> Audit:
    """Draw by lot whom inspectors visit and who opens its books.

        chance of a count = p_state audit (1 - appointment)
        chance of open books = open_books

    `audit` is the independence of inspectors, 1 - `appointment` the share of posts not filled from
    above. A keeper with open books also shows what it received and used up.

    Source: rule R11 of the model; that books open by lot is ours.
    """
    chance = parameters.p_state * institutions.audit * (1.0 - institutions.appointment)
    counted = uniform(luck.seed, "inspect.count", luck.year, keepers) < chance
    opened = uniform(luck.seed, "inspect.books", luck.year, keepers) < institutions.open_books
    return Audit(luck, counted, opened)


@final
@dataclass(frozen=True, slots=True, eq=False)
class Filed:
    """What was reported, and what the books would say besides.

    Parameters
    ----------
    reports
        One for each keeper of books.
    said
        Output of each good as reported, after losses, units.
    padded
        What of it was never made, units.
    fiction
        Stock on paper only after the year, keepers x goods.
    liars
        Which workplaces reported output that was not there.
    """

    reports: tuple[Report, ...]
    said: GoodsVector
    padded: GoodsVector
    fiction: Matrix
    liars: np.ndarray


def reported(
    economy: Economy, books: Books, added: Vector, society: Society, audit: Audit
) -> Filed:
    """Return the reports of all keepers of books.

    Every row carries an honest error. A workplace that pads adds the same share to what it made of
    every good, and books it as stock where the good keeps, as sold or delivered where it does not:

        said    = true max( 0, 1 + sd z ) + lie
        lie     = added made                                    of output
                  fiction (1 - spoilage) + added made           of the closing stock
                  fiction                                       of the opening stock
        fiction of the next year = lie of the closing stock, 0 where it was counted

    sd is the honest error of the entry, z standard normal. Sales and deliveries of what does not
    keep are raised by the same share each, so that they add up to the lie.

    Parameters
    ----------
    added
        Share added by each workplace.
    audit
        Who is counted, and who shows its receipts.

    Source: rule R10 of the model; how a lie is booked is ours.
    """
    pad = np.zeros_like(books.made)
    pad[:-1] = books.made[:-1] * added[:, None]
    keeps = economy.goods.spoilage < 1.0
    fiction = society.fiction * (1.0 - economy.goods.spoilage) + pad * keeps
    lies = {
        "made": pad,
        "closing": fiction,
        "opening": society.fiction,
        "gone": _inflation(books, pad * ~keeps),
    }
    entries = _entries(economy, books, lies, audit)
    said = np.zeros(len(economy.goods))
    place = {name: good for good, name in enumerate(economy.goods.names)}
    for papers in entries.values():
        for entry in papers:
            if entry.entry == "made":
                said[place[entry.good]] += entry.amount
    reports = tuple(
        Report(str(audit.luck.year), name, tuple(rows)) for name, rows in entries.items()
    )
    left = np.where(audit.counted[:, None], 0.0, fiction)
    return Filed(reports, said, pad.sum(axis=0), left, np.append(added > 0, False))


def _entries(
    economy: Economy, books: Books, lies: Mapping[str, Matrix], audit: Audit
) -> dict[str, list[Entry]]:
    """Return what each keeper of books writes, and what inspectors counted there.

    A keeper with closed books shows what it made, sold, delivered and holds, not what it used up;
    one that makes and buys the same good has no closed books.
    """
    rows = [*ledger_rows(books), *imports_received(_imports(books))]
    keepers = {name: place for place, name in enumerate(books.names)}
    errors, goods, luck = honest_errors(economy), economy.goods.names, audit.luck
    keys = np.array([_key(keepers, row) for row in rows], dtype=np.int64)
    noise = normal(luck.seed, "filing.error", luck.year, keys)
    again = normal(luck.seed, "filing.count", luck.year, keys)
    shown, all_shown = shown_goods(books), audit.open_books | buys_what_it_makes(books)
    found: dict[str, list[Entry]] = {name: [] for name in books.names}
    for (keeper, entry, good, partner, true), error, recount in zip(
        rows, noise, again, strict=True
    ):
        place = keepers[keeper]
        if not all_shown[place] and not shown[place, good]:
            continue
        amount = true * max(0.0, 1.0 + errors[entry] * error)
        if entry in lies:
            amount += lies[entry][place, good]
        elif entry in {"sold", "delivered"}:
            amount *= 1.0 + lies["gone"][place, good]
        found[keeper].append(Entry(keeper, entry, amount, goods[good], partner))
        if entry == "closing" and audit.counted[place]:
            counted = true * max(0.0, 1.0 + errors["counted"] * recount)
            found[keeper].append(Entry(keeper, "counted", counted, goods[good]))
    return {name: papers for name, papers in found.items() if papers}


def _key(keepers: Mapping[str, int], row: tuple[str, str, int, str, float]) -> int:
    """Return a number that belongs to a row whatever other rows there are."""
    keeper, entry, good, partner, _ = row
    others = len(keepers) + len(OUTSIDE) + 1
    partners = {name: len(keepers) + place for place, name in enumerate(OUTSIDE)}
    other = keepers.get(partner, partners.get(partner, others - 1))
    return (
        (keepers[keeper] * _GOODS + good) * len(ENTRIES) + ENTRIES.index(entry)
    ) * others + other


_GOODS: Final = 100_000
"""More goods than an economy has (numerical): it keeps the keys of rows apart."""


def _imports(books: Books) -> GoodsVector:
    """Return what the office of trade brought in: what it gave and kept beyond what it held."""
    links, office = books.links, len(books.names) - 1
    gave = np.zeros(books.made.shape[1])
    mine = links.supplier == office
    np.add.at(gave, links.good[mine], links.amount[mine])
    brought = gave + books.closing[-1] + books.used[-1] - books.opening[-1]
    return np.asarray(np.maximum(brought, 0.0))


def _inflation(books: Books, pad: Matrix) -> Matrix:
    """Return by what share each keeper raises sales and deliveries to hide what it padded."""
    links = books.links
    gone = np.zeros_like(books.made)
    other = links.user != links.supplier
    np.add.at(gone, (links.supplier[other], links.good[other]), links.amount[other])
    return np.divide(pad, gone, out=np.zeros_like(pad), where=gone > 0)


def honest_errors(economy: Economy) -> dict[str, float]:
    """Return the relative standard deviations of honest papers, by entry."""
    stated = economy.notes.get("honest_error")
    own = stated if isinstance(stated, dict) else {}
    return HONEST_ERROR | {name: float(value) for name, value in own.items()}
