"""Make the embedded economy `brazil-2021` from the supply-use tables of IBGE.

    python tools/brazil_2021.py SOURCE TARGET

SOURCE holds the folders level12 and level20 of the tables of Brazil (see the README of TARGET for
where they come from). TARGET receives economy.toml, the tables, the aims, and the year 2021 as
activities and balances; README.md there is written by hand and left alone. The prices of past
investment stand in brazil_2021_prices.csv beside this program.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from sovplan.foundation.shapes import Vector
from sovplan.history.readers.base_year import BaseYear, violations
from sovplan.history.readers.capital import Park, cumulated, revalued
from sovplan.history.readers.labels import Label
from sovplan.history.readers.layouts import Purchasers, read_ibge, read_packed
from sovplan.history.readers.margins import basic_prices, basic_share
from sovplan.history.readers.notes import Assumption, Notes
from sovplan.history.readers.supply_use import from_supply_use
from sovplan.history.readers.terms import ROLES, Terms
from sovplan.records.folder import Folder, Table
from sovplan.records.tables import write_csv, write_folder

YEAR = 2021
YEARS = 5
DIGITS = 10

# In the order of the table: code, title of the product, title of the industry where it differs.
SECTORS = (
    ("agriculture", "Agriculture, forestry, fishing"),
    ("mining", "Mining and quarrying"),
    ("manufactures", "Manufactures"),
    ("energy", "Electricity and gas"),
    ("water", "Water, sewerage, waste management"),
    ("construction", "Construction"),
    ("trade", "Trade; repair of motor vehicles"),
    ("transport", "Transport, storage, post"),
    ("lodging", "Lodging and meals"),
    ("information", "Information and communication"),
    ("finance", "Finance and insurance"),
    ("real_estate", "Real estate, with dwellings used by their owners"),
    ("professional", "Professional, scientific and technical services"),
    ("support", "Administrative and support services"),
    ("administration", "Public administration, defence, social security"),
    ("education", "Education"),
    ("health", "Health and social work"),
    ("culture", "Arts, culture, sport, recreation"),
    ("other_services", "Other services"),
    ("domestic_service", "Domestic service"),
)
CODES = tuple(code for code, _ in SECTORS)

# Kind of capital, title, product that is built in, product of the table of 12 sectors, gestation.
KINDS = (
    ("cultivated", "herds and plantations", "agriculture", "P01", 2),
    ("exploration", "mineral exploration", "mining", "P02", 2),
    ("machines", "machines and vehicles", "manufactures", "P03", 1),
    ("buildings", "buildings and works", "construction", "P05", 2),
    ("software", "software and recordings", "information", "P08", 1),
    ("design", "research, design, engineering", "professional", "P11", 1),
)
EARNED = ("gross_operating_surplus", "mixed_income")
ONLY = {"cultivated": ("agriculture",), "exploration": ("mining",)}
NO_MACHINES = ("real_estate", "domestic_service")

WEAR = {
    "cultivated": (0.10, 0.05, 0.20),
    "exploration": (0.08, 0.05, 0.15),
    "machines": (0.08, 0.06, 0.12),
    "buildings": (0.025, 0.015, 0.04),
    "software": (0.25, 0.15, 0.40),
    "design": (0.15, 0.10, 0.25),
}
STORED = {"agriculture": 0.05, "mining": 0.0, "manufactures": 0.02, "information": 0.0}
ESSENTIAL = (
    "agriculture",
    "manufactures",
    "energy",
    "water",
    "transport",
    "real_estate",
    "education",
    "health",
)


# Name: value, low, high, unit, why.
ASSUMED = {
    "hours_per_person": (
        (1900.0, 1750.0, 2050.0, "hours a year"),
        "the table counts persons employed; about 40 hours a week and 47 to 48 weeks",
    ),
    "growth": (
        (0.02, 0.01, 0.03, "a year"),
        "needs are the uses of 2021 growing by this share; population grows by less than 1 %, so "
        "consumption a head rises by more than 1 % a year",
    ),
    "labour_growth": (
        (0.015, 0.0, 0.03, "a year"),
        "population of working age grows by less than 1 % a year, and in 2021 more than a tenth "
        "of the labour force was without work",
    ),
    "utilisation": (
        (0.85, 0.80, 0.90, "capacity"),
        "no table gives unused capacity; capacity is output of 2021 over this share",
    ),
    "floor": (
        (0.90, 0.80, 1.00, "consumption of 2021"),
        "no year may give people less of food, goods, power, water, transport, dwellings, "
        "education and health than this share of 2021",
    ),
    "months_in_store": (
        (1.0, 0.5, 2.0, "months of all uses"),
        "no table gives stocks, only their changes; stock of agriculture, mining and manufactures "
        "on the first day of 2022",
    ),
    "growth_before_2000": (
        (0.02, 0.0, 0.04, "a year"),
        "growth of investment before 2000, from which the capital of that year is told",
    ),
    "capital_by_surplus": (
        (1.0, 0.0, 1.0, "weight"),
        "capital of a kind is shared out among branches by their shares of gross operating "
        "surplus and mixed income of 2010 to 2021; weight 0 would share it out by output",
    ),
}


def assumptions() -> dict[str, Assumption]:
    """Return every number that no table gives, with its range."""
    found = {name: Assumption(*numbers, why) for name, (numbers, why) in ASSUMED.items()}
    for kind, (value, low, high) in WEAR.items():
        why = f"wear of capital of the kind '{kind}', also in cumulating past investment"
        found[f"wear_{kind}"] = Assumption(value, low, high, "a year", why)
    for kind, title, _, _, years in KINDS:
        why = f"whole years from order to use: {title}"
        found[f"gestation_{kind}"] = Assumption(float(years), 1.0, years + 1.0, "years", why)
    for good, share in STORED.items():
        why, high = f"share of the stock of {good} lost in a year", max(round(3 * share, 2), 0.02)
        found[f"spoilage_{good}"] = Assumption(share, 0.0, high, "a year", why)
    return found


def purchasers(source: Path, hours: float) -> Purchasers:
    """Return the table of 2021 with our codes, hours for persons, administration apart."""
    read = read_ibge(source / "level20", YEAR)
    named = tuple(Label(code, title) for code, title in SECTORS)
    government = read.account.final["government"]
    offices = np.where(np.array(CODES) == "administration", government, 0.0)
    final = {**read.account.final, "government": government - offices, "administration": offices}
    worked = read.account.hours["persons"] * hours / 1e6
    account = replace(
        read.account, products=named, industries=named, final=final, hours={"labour": worked}
    )
    return Purchasers(account, read.margins)


def past_investment(source: Path) -> dict[str, Vector]:
    """Return investment of 2000 to 2021 by product of the table of 12, at prices of 2021."""
    table = read_packed(source / "level12" / "use.csv.gz")
    prices = read_packed(Path(__file__).with_name("brazil_2021_prices.csv"))
    years = range(2000, YEAR + 1)
    cells = zip(table.numbers("year"), table.text("product"), table.text("user"), strict=True)
    spent = {
        (int(year), product): float(value)
        for (year, product, user), value in zip(cells, table.numbers("value"), strict=True)
        if user == "gfcf"
    }
    pairs = zip(prices.numbers("year"), prices.text("product"), strict=True)
    before = dict(zip(pairs, prices.numbers("at_last_years_prices").tolist(), strict=True))
    return {
        product: revalued(
            np.array([spent[year, product] for year in years]),
            np.array([before.get((year, product), np.nan) for year in years]),
        )
        for *_, product, _ in KINDS
    }


def shares(source: Path, by_surplus: float) -> Vector:
    """Return the share of each branch in the capital of the country."""
    table = read_packed(source / "level20" / "industries.csv.gz")
    surplus, output = np.zeros(len(CODES)), np.zeros(len(CODES))
    years = np.unique(table.numbers("year"))
    for year in years:
        rows = np.flatnonzero(table.numbers("year") == year)
        earned = (
            table.numbers("gross_operating_surplus")[rows] + table.numbers("mixed_income")[rows]
        )
        made = table.numbers("output")[rows]
        surplus += earned / earned.sum() / len(years)
        output += made / made.sum() / len(years)
    return by_surplus * surplus + (1 - by_surplus) * output


def parks(source: Path, read: Purchasers, known: Mapping[str, Assumption]) -> list[Park]:
    """Return the capital of each kind, in goods at basic prices of 2021."""
    mix = basic_share(read.account, read.margins)
    spent, share = past_investment(source), shares(source, known["capital_by_surplus"].value)
    before = known["growth_before_2000"].value
    found = []
    for kind, title, good, product, years in KINDS:
        wear = known[f"wear_{kind}"]
        stock = cumulated(spent[product], wear.value, before)
        holds = np.array([holding(kind, branch) for branch in CODES]) * share
        found.append(
            Park(
                code=kind,
                title=title,
                goods=CODES,
                branches=CODES,
                built=np.outer(mix[:, CODES.index(good)] * stock, holds / holds.sum()),
                wear=np.full(len(CODES), wear.value),
                gestation=years,
                low=cumulated(spent[product], wear.high, before) / stock,
                high=cumulated(spent[product], wear.low, before) / stock,
            )
        )
    return found


def holding(kind: str, branch: str) -> bool:
    """Return whether a branch has capital of a kind."""
    if kind in ONLY:
        return branch in ONLY[kind]
    return branch != "domestic_service" and (kind == "buildings" or branch not in NO_MACHINES)


def terms(known: Mapping[str, Assumption]) -> Terms:
    """Return how the table becomes an economy."""
    return Terms(
        name="brazil-2021",
        title="Brazil 2021, 20 branches",
        year=YEAR,
        unit="million reais of 2021",
        first_year=YEAR + 1,
        years=YEARS,
        roles={**ROLES, "administration": "public"},
        hours_unit="million hours",
        utilisation=known["utilisation"],
        growth=known["growth"],
        labour_growth=known["labour_growth"],
        sources="Instituto Brasileiro de Geografia e Estatistica (IBGE), Sistema de Contas "
        "Nacionais, Tabelas de Recursos e Usos 2000-2021, as in the Python package iotbr 0.2.3",
        licence="figures: IBGE allows reuse with the source named (recalled, to be confirmed); "
        "package iotbr: MIT; what is assumed: free for any use",
        notes="A table in money of one year, not in kind; capital, stocks and hours are assumed. "
        "See README.md before using any number.",
    )


def with_stocks(folder: Folder, year: BaseYear, known: Mapping[str, Assumption]) -> Folder:
    """Return the economy with opening stocks of so many months of all uses."""
    goods, months = folder.table("goods.csv"), known["months_in_store"]
    uses = year.used_in_production + year.consumed + year.fixed_uses + year.exported
    month = np.array([amount / 12 for amount in uses])
    drawn = np.nan_to_num(goods.numbers("stock"))
    stored = np.array([code in STORED and code != "information" for code in CODES])
    columns = {
        "stock": np.where(stored, months.value * month, drawn),
        "low": np.where(stored, np.maximum(months.low * month, drawn), np.nan),
        "high": np.where(stored, months.high * month, np.nan),
    }
    columns["stock"][columns["stock"] == 0] = np.nan
    columns["spoilage"] = np.array([STORED.get(code, 1.0) for code in CODES])
    for head, column in columns.items():
        goods = goods.with_column(head, column)
    return folder.with_table(goods)


def with_floors(folder: Folder, known: Mapping[str, Assumption]) -> Folder:
    """Return the economy with a floor on what is essential, a share of consumption of 2021."""
    needs = folder.table("needs.csv")
    of_2021 = needs.numbers("year") == YEAR
    targets = dict(
        zip(np.array(needs.text("good"))[of_2021], needs.numbers("target")[of_2021], strict=True)
    )
    floors = np.array(
        [
            known["floor"].value * targets[good] if good in ESSENTIAL else np.nan
            for good in needs.text("good")
        ]
    )
    heads = ("year", "good", "target", "floor", "public", "low", "high")
    columns = needs.with_column("floor", floors).columns
    return folder.with_table(replace(needs, columns={head: columns[head] for head in heads}))


def with_range_of_hours(folder: Folder, known: Mapping[str, Assumption]) -> Folder:
    """Return the economy with the range of hours per person beside the hours of each branch."""
    labour, hours = folder.table("labour.csv"), known["hours_per_person"]
    each = labour.numbers("hours")
    for head, bound in (("low", hours.low), ("high", hours.high)):
        labour = labour.with_column(head, each * bound / hours.value)
    return folder.with_table(labour)


def rounded(table: Table) -> Table:
    """Return a table with its numbers at ten significant digits."""
    columns = {
        head: np.array([float(f"{cell:.{DIGITS}g}") for cell in column])
        if isinstance(column, np.ndarray)
        else column
        for head, column in table.columns.items()
    }
    return replace(table, columns=columns)


def economy(source: Path) -> tuple[Folder, Notes]:
    """Return the economy, and what was assumed and changed."""
    known = assumptions()
    read = purchasers(source, known["hours_per_person"].value)
    account = basic_prices(read.account, read.margins)
    folder, notes = from_supply_use(account, terms(known), parks(source, read, known))
    folder = with_stocks(folder, notes.year, known)
    folder = with_range_of_hours(with_floors(folder, known), known)
    stated = {**notes.assumptions, **known}
    settings = {
        **folder.settings,
        "assumptions": {name: each.as_table() for name, each in stated.items()},
    }
    changed = ". ".join(map(capitalised, notes.sentences()))
    settings["notes"] = f"{settings['notes']} {changed}."
    tables = {name: rounded(table) for name, table in folder.tables.items()}
    return Folder(settings, tables, folder.origin), notes


def capitalised(sentence: str) -> str:
    """Return a sentence with a capital letter first."""
    return sentence[:1].upper() + sentence[1:]


def main(source: Path, target: Path) -> None:
    """Write the economy and hold its year 2021 against every limit."""
    folder, notes = economy(source)
    broken = {kind: share for kind, share in violations(folder, notes.year).items() if share > 1e-8}
    if broken:
        sys.exit(f"the year {YEAR} breaks limits: {broken}")
    write_folder(folder, target, replace=True)
    for table in notes.year.tables():
        (target / table.name).write_bytes(write_csv(rounded(table)))


if __name__ == "__main__":
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("source", type=Path, help="folder of the tables")
    parser.add_argument("target", type=Path, help="folder to write")
    asked = parser.parse_args()
    main(asked.source, asked.target)
