"""Files of four statistical offices, each as an account: thin functions that only read.

The files hold one row a cell (row, column, value; zeros left out), as in the project's collection
of tables; each function names the publisher whose table it reads.
"""

import gzip
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import final

import numpy as np

from sovplan.foundation.errors import DataError
from sovplan.foundation.shapes import Indices, Matrix, Vector
from sovplan.foundation.words import say
from sovplan.history.readers.account import SupplyUse
from sovplan.history.readers.labels import labels
from sovplan.history.readers.margins import Margins
from sovplan.history.readers.symmetric import Symmetric
from sovplan.records.folder import Table
from sovplan.records.tables import read_table


@final
@dataclass(frozen=True, slots=True, eq=False)
class Purchasers:
    """An account whose uses are at purchasers' prices, and what lies between."""

    account: SupplyUse
    margins: Margins


def read_ibge(folder: Path, year: int) -> Purchasers:
    """Read a supply-use table of Brazil (IBGE, Sistema de Contas Nacionais), million reais.

    Labour is in persons, under the name `persons`.

    Raises
    ------
    DataError
        A file is missing, or has no rows of the year, or names what sectors.csv does not list.
    """
    products, industries = _listed(folder, "product"), _listed(folder, "industry")
    final = ("households", "nonprofit", "government", "gfcf", "inventories", "exports")
    users = (*industries, *final)
    use = _cells(folder / "use.csv.gz", ("product", "user"), (products, users), year)
    supply = _rows(folder / "supply.csv.gz", "product", products, year)
    branches = _rows(folder / "industries.csv.gz", "industry", industries, year)
    account = SupplyUse(
        labels(products, products.values()),
        labels(industries, industries.values()),
        use[:, : len(industries)],
        _cells(folder / "make.csv.gz", ("industry", "product"), (industries, products), year),
        dict(zip(final, use[:, len(industries) :].T, strict=True)),
        supply["imports"],
        hours={"persons": branches["occupations"]},
    )
    kinds = {"trade": supply["trade_margin"], "transport": supply["transport_margin"]}
    return Purchasers(account, Margins(kinds, supply["net_product_taxes"]))


def read_ine(folder: Path, year: int) -> Purchasers:
    """Read a supply-use table of Spain (INE, annual national accounts), million euros.

    Labour is in thousand full-time equivalents, under the name `full_time_equivalents`.

    Raises
    ------
    DataError
        As `read_ibge`.
    """
    products, industries = _listed(folder, "product"), _listed(folder, "industry")
    final = ("households", "npish", "government", "gfcf", "inventories", "exports")
    users = (*industries, *final)
    use = _cells(folder / "use.csv.gz", ("product", "user"), (products, users), year)
    supply = _rows(folder / "supply.csv.gz", "product", products, year)
    branches = _rows(folder / "industries.csv.gz", "industry", industries, year)
    account = SupplyUse(
        labels(products, products.values()),
        labels(industries, industries.values()),
        use[:, : len(industries)],
        _cells(folder / "make.csv.gz", ("industry", "product"), (industries, products), year),
        dict(zip(final, use[:, len(industries) :].T, strict=True)),
        supply["imports"],
        hours={"full_time_equivalents": branches["fte_total_thousand"]},
    )
    kinds = {"trade": supply["trade_margins"], "transport": supply["transport_margins"]}
    return Purchasers(account, Margins(kinds, supply["net_product_taxes"]))


def read_scb(folder: Path, year: int) -> SupplyUse:
    """Read a supply-use table of Sweden (Statistics Sweden), basic prices, million kronor.

    Domestic and imported uses are added up. Hours are in ten thousand, under the name `hours`;
    carbon dioxide, in thousand tonnes, is the resource `co2`.

    Raises
    ------
    DataError
        As `read_ibge`.
    """
    sectors = _listed(folder)
    final = (
        "households",
        "nonprofit",
        "government",
        "business_fixed_investment",
        "government_fixed_investment",
        "inventories",
        "valuables",
        "exports",
    )
    heads, size = ("product", "user"), (sectors, (*sectors, *final))
    home = _cells(folder / "use_domestic.csv.gz", heads, size, year)
    abroad = _cells(folder / "use_imported.csv.gz", heads, size, year)
    use = home + abroad
    branches = _rows(folder / "industries.csv.gz", "industry", sectors, year)
    return SupplyUse(
        labels(sectors, sectors.values()),
        labels(sectors, sectors.values()),
        use[:, : len(sectors)],
        _cells(folder / "make.csv.gz", ("industry", "product"), (sectors, sectors), year),
        dict(zip(final, use[:, len(sectors) :].T, strict=True)),
        abroad.sum(axis=1),
        hours={"hours": branches["hours_worked_10k"]},
        resources={"co2": branches["co2_kt"]},
    )


def read_bea(folder: Path) -> SupplyUse:
    """Read the benchmark supply-use table of the United States 2017 (BEA), million dollars.

    Producers' prices, 402 industries and 402 commodities. Labour is compensation of employees, in
    million dollars, under the name `compensation`. Imports stand in the table as the negative
    final use F05000.

    Raises
    ------
    DataError
        As `read_ibge`.
    """
    goods, branches = _listed(folder, "commodity"), _listed(folder, "industry")
    final = tuple(_listed(folder, "final_use"))
    size = (goods, (*branches, *final))
    use = _cells(folder / "use.csv.gz", ("commodity", "user"), size)
    columns = dict(zip((name.lower() for name in final), use[:, len(branches) :].T, strict=True))
    imports = -columns.pop("f05000")
    paid = _rows(folder / "value_added.csv", "industry", branches)
    return SupplyUse(
        labels(goods, goods.values()),
        labels(branches, branches.values()),
        use[:, : len(branches)],
        _cells(folder / "make.csv.gz", ("industry", "commodity"), (branches, goods)),
        columns,
        imports,
        hours={"compensation": paid["compensation"]},
    )


def read_rosstat(folder: Path) -> Symmetric:
    """Read the symmetric table of Russia 2016 (Rosstat), basic prices, million roubles.

    98 products, imported uses apart, no labour.

    Raises
    ------
    DataError
        As `read_ibge`.
    """
    sectors = _listed(folder)
    final = (
        "households",
        "nonprofit",
        "government_individual",
        "government_collective",
        "gfcf",
        "inventories",
        "valuables",
        "exports",
    )
    heads, size, count = ("product", "user"), (sectors, (*sectors, *final)), len(sectors)
    home = _cells(folder / "use_domestic.csv.gz", heads, size)
    abroad = _cells(folder / "use_imported.csv.gz", heads, size)
    below = _rows(folder / "primary.csv", "product", sectors)
    rows = ("nonresident_purchases", "cif_fob", "product_taxes", "value_added")
    return Symmetric(
        labels(sectors, sectors.values()),
        home[:, :count],
        dict(zip(final, home[:, count:].T, strict=True)),
        imported=abroad[:, :count],
        imported_final=dict(zip(final, abroad[:, count:].T, strict=True)),
        primary={name: below[name] for name in rows},
        output=below["output"],
    )


def read_packed(path: Path) -> Table:
    """Read a table of a CSV file, packed by gzip or not.

    Raises
    ------
    DataError
        The file is missing or cannot be read.
    """
    if path.suffix != ".gz":
        return read_table(path)
    try:
        content = gzip.decompress(path.read_bytes())
    except OSError as wrong:
        raise DataError(say("readers.layouts.unreadable", file=path, why=wrong)) from None
    with TemporaryDirectory() as folder:
        whole = Path(folder) / path.stem
        whole.write_bytes(content)
        return read_table(whole)


def _listed(folder: Path, kind: str = "") -> dict[str, str]:
    """Return titles by code from sectors.csv, of one kind where kinds are told apart."""
    table = read_packed(folder / "sectors.csv")
    title = next(head for head in ("name", "name_pt", "name_ru") if head in table.columns)
    rows = zip(table.text("code"), table.text(title), table.text("kind"), strict=True)
    return {code: name for code, name, of_kind in rows if of_kind == kind}


def _cells(
    path: Path, heads: tuple[str, str], names: tuple[Iterable[str], Iterable[str]], year: int = 0
) -> Matrix:
    """Return a table of one row a cell as a matrix, of one year where years are told apart."""
    table = read_packed(path)
    chosen = _of_year(table, path, year)
    known = [list(each) for each in names]
    places = [_places(table, head, each, chosen) for head, each in zip(heads, known, strict=True)]
    matrix = np.zeros((len(known[0]), len(known[1])))
    np.add.at(matrix, tuple(places), table.numbers("value")[chosen])
    return matrix


def _rows(path: Path, head: str, names: Iterable[str], year: int = 0) -> dict[str, Vector]:
    """Return the columns of a table of one row a name as numbers, in the order of the names."""
    table, known = read_packed(path), list(names)
    chosen = _of_year(table, path, year)
    places = _places(table, head, known, chosen)
    found: dict[str, Vector] = {}
    for column in table.columns:
        if column != head:
            found[column] = np.zeros(len(known))
            found[column][places] = table.numbers(column)[chosen]
    return found


def _of_year(table: Table, path: Path, year: int) -> Indices:
    if "year" not in table.columns:
        return np.arange(len(table))
    years = table.numbers("year")
    chosen = np.flatnonzero(years == year)
    if not len(chosen):
        known = ", ".join(f"{each:g}" for each in np.unique(years))
        raise DataError(say("readers.layouts.no_year", file=path, year=year, known=known))
    return chosen


def _places(table: Table, head: str, known: Sequence[str], chosen: Indices) -> Indices:
    place, codes = {name: row for row, name in enumerate(known)}, table.text(head)
    for row in chosen:
        if codes[row] not in place:
            where = {"file": table.file, "line": table.line(int(row)), "column": head}
            raise DataError(say("readers.layouts.unknown", **where, code=codes[row]))
    return np.array([place[codes[row]] for row in chosen], dtype=np.int64)
