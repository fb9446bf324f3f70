"""The United States in 2017, 402 branches and 402 commodities, with fixed capital.

Flows are the benchmark supply-use table of the Bureau of Economic Analysis. Everything else is
put together here and assumed: hours are pay at one mean wage, and the stocks of 96 assets in 63
industries become capital of 387 branches, built of the commodities named in us_2017_assets.csv.
"""

from collections.abc import Mapping
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Final

import numpy as np

from sovplan.foundation.errors import DataError
from sovplan.foundation.shapes import GoodsVector, Matrix, Vector
from sovplan.foundation.words import say
from sovplan.history.readers.account import SupplyUse
from sovplan.history.readers.capital import Park
from sovplan.history.readers.labels import code_of
from sovplan.history.readers.layouts import read_bea, read_packed
from sovplan.history.readers.notes import Assumption, Notes
from sovplan.history.readers.supply_use import from_supply_use
from sovplan.history.readers.terms import Role, Terms, assumed
from sovplan.records.folder import Folder, Table
from sovplan.records.tables import read_table

_TARGETS: Final = ("f01000", "f10c00")
_BY_PLAN: Final = ("f02e00", "f02n00", "f02s00")
_FIXED: Final = (
    *("f02r00", "f06c00", "f06e00", "f06n00", "f06s00", "f07c00"),
    *("f07e00", "f07n00", "f07s00", "f10e00", "f10n00", "f10s00"),
)
_MARGINS: Final = ("42", "44", "45", "4b", "48", "49")
"""First digits of trade and transport, which come with every asset that is bought."""


def from_us_2017(flows: Path, capital: Path) -> tuple[Folder, Notes]:
    """Return the economy of the United States in 2017, planned from 2018 on.

    Private nonresidential investment is left to the plan; dwellings, government and domestic
    service have no capital in the source, so their branches have no limit of capacity and their
    investment is a fixed use.

    Parameters
    ----------
    flows
        Folder of the benchmark table: sectors.csv, use.csv.gz, make.csv.gz, value_added.csv.
    capital
        Folder of the fixed assets: assets.csv, by_industry_2017.csv, net_stock.csv.gz.

    Raises
    ------
    DataError
        A file is missing or not as described.
    """
    wage = assumed(40.0, 35.0, 45.0, "dollars of pay an hour", "wage")
    account = read_bea(flows)
    paid = account.hours["compensation"]
    account = replace(
        account,
        hours={"labour": paid / wage.value},
        remarks=(
            say("readers.us_2017.labour", wage=f"{wage.value:g}"),
            say("readers.us_2017.capital"),
        ),
    )
    folder, notes = from_supply_use(account, _terms(), [_park(account, capital)])
    known: dict[str, Assumption] = {**notes.assumptions, "wage": wage}
    settings = {
        **folder.settings,
        "assumptions": {name: each.as_table() for name, each in known.items()},
    }
    return replace(folder, settings=settings), replace(notes, assumptions=known)


def _terms() -> Terms:
    roles: dict[str, Role] = {"f03000": "stocks", "f04000": "exports"}
    roles |= dict.fromkeys(_TARGETS, "target")
    roles |= dict.fromkeys(_BY_PLAN, "investment")
    roles |= dict.fromkeys(_FIXED, "public")
    return Terms(
        name="us-2017",
        title=say("readers.us_2017.title"),
        year=2017,
        unit=say("readers.us_2017.unit"),
        first_year=2018,
        years=5,
        roles=roles,
        hours_unit=say("readers.us_2017.hours"),
        growth=assumed(0.02, 0.01, 0.03, "a year", "growth"),
        labour_growth=assumed(0.01, 0.0, 0.015, "a year", "labour_growth"),
        sources=say("readers.us_2017.sources"),
        licence=say("readers.us_2017.licence"),
        notes=say("readers.us_2017.notes"),
    )


def _park(account: SupplyUse, capital: Path) -> Park:
    """Return the capital of every branch as one kind, at current cost of 2017."""
    industries = read_packed(capital / "by_industry_2017.csv")
    assets = read_packed(capital / "assets.csv")
    stock = _stock(read_packed(capital / "net_stock.csv.gz"), assets, industries)
    held = stock @ _spread(account, industries)
    wear = held.T @ assets.numbers("depreciation_rate")
    total = held.sum(axis=0)
    return Park(
        code="capital",
        title=say("readers.us_2017.park"),
        goods=tuple(label.code for label in account.products),
        branches=tuple(label.code for label in account.industries),
        built=_materials(account, assets) @ held,
        wear=np.divide(wear, total, out=np.zeros_like(wear), where=total > 0),
    )


def _stock(table: Table, assets: Table, industries: Table) -> Matrix:
    """Return net stocks of 2017, assets x industries of the source."""
    row = {name: place for place, name in enumerate(assets.text("asset"))}
    column = {name: place for place, name in enumerate(industries.text("industry"))}
    stock = np.zeros((len(row), len(column)))
    chosen = np.flatnonzero(table.numbers("year") == 2017)
    amounts, held, by = table.numbers("net_stock_musd"), table.text("asset"), table.text("industry")
    for place in chosen:
        industry = _source_industry(by[place], column, table, int(place))
        stock[row[held[place]], industry] += amounts[place]
    return stock


def _source_industry(name: str, column: Mapping[str, int], table: Table, row: int) -> int:
    """Return the place of an industry; two of the source are one in the table of industries."""
    joined = {part: place for whole, place in column.items() for part in whole.split("+")}
    if name not in joined:
        where = {"file": table.file, "line": table.line(row), "column": "industry"}
        raise DataError(say("readers.layouts.unknown", **where, code=name))
    return joined[name]


def _spread(account: SupplyUse, industries: Table) -> Matrix:
    """Return which share of each industry of the source is which branch, by output."""
    digits = _own_table("us_2017_branches.csv")
    starts = {
        first.lower(): code
        for code, given in zip(
            digits.text("bea_summary_code"), digits.text("first_digits"), strict=True
        )
        for first in given.split()
    }
    place = {code: row for row, code in enumerate(industries.text("bea_summary_code"))}
    share = np.zeros((len(place), len(account.industries)))
    for column, (label, output) in enumerate(
        zip(account.industries, account.output(), strict=True)
    ):
        for first, code in starts.items():
            if label.code.startswith(first):
                share[place[code], column] = output
    shares: Matrix = share / np.maximum(share.sum(axis=1, keepdims=True), 1e-300)
    return shares


def _materials(account: SupplyUse, assets: Table) -> Matrix:
    """Return what one dollar of each asset is made of, commodities x assets.

    Trade and transport take the share that they have in the investment of 2017 of that class; the
    rest is spread over the commodities of the asset in proportion to that investment.
    """
    goods = {label.code: row for row, label in enumerate(account.products)}
    margin = np.array([code.startswith(_MARGINS) for code in goods], dtype=bool)
    known = _own_table("us_2017_assets.csv")
    rows = {name: row for row, name in enumerate(known.text("asset"))}
    materials = np.zeros((len(goods), len(assets)))
    for column, asset in enumerate(assets.text("asset")):
        use = known.text("final_use")[rows[asset]].lower()
        named = known.text("commodities")[rows[asset]].split()
        invested = np.maximum(account.final[use], 0.0)
        on_top = float(invested[margin].sum() / invested.sum())
        own = np.zeros(len(goods))
        own[[goods[code_of(code)] for code in named]] = 1.0
        materials[:, column] = (1 - on_top) * _shares(own * invested, own)
        materials[:, column] += on_top * _shares(margin * invested, 1.0 * margin)
    return materials


def _shares(amounts: GoodsVector, otherwise: Vector) -> GoodsVector:
    """Return shares of the amounts; those of `otherwise` where all amounts are 0."""
    chosen = amounts if amounts.sum() > 0 else otherwise
    found: GoodsVector = chosen / chosen.sum()
    return found


def _own_table(name: str) -> Table:
    return read_table(Path(str(files("sovplan.history.readers"))) / name)
