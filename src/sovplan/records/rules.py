"""Rules of an economy that hold across columns and tables."""

from collections.abc import Iterator

import numpy as np

from sovplan.foundation.shapes import Flags
from sovplan.foundation.words import say
from sovplan.records.findings import Finding, nearest
from sovplan.records.folder import Folder, Table
from sovplan.records.schema import ACTIVITY, SCHEMAS
from sovplan.records.settings import gives_back
from sovplan.records.workplaces import workplace_rules


def across(folder: Folder) -> Iterator[Finding]:
    """Yield what breaks a rule across columns or tables; each table alone must be right."""
    yield from _prices(folder.table("goods.csv"))
    yield from _makers(folder)
    yield from _short_form(folder)
    yield from _own_plants(folder)
    yield from _supplied(folder, "labour.csv", "skill", "labour")
    yield from _supplied(folder, "resources.csv", "resource", "resource")
    yield from _negative_resources(folder)
    yield from _construction(folder)
    yield from _loads(folder.table("loads.csv"))
    yield from needs_rules(folder.table("needs.csv"))
    yield from workplace_rules(folder)
    for name, table in folder.tables.items():
        yield from range_rules(table, SCHEMAS.get(name, ACTIVITY).amount)


def needs_rules(table: Table) -> Iterator[Finding]:
    """Yield rows of needs whose fields do not go together."""
    kinds = table.text("kind")
    for field in ("floor", "public"):
        for row in _where(table.numbers(field) > 0):
            if kinds[row] == "output":
                yield _at(table, row, field, say("records.needs.not_of_output", field=field))
    base, target = table.numbers("base"), np.nan_to_num(table.numbers("target"))
    for row in _where(base > 0):
        if kinds[row] != "output":
            yield _at(table, row, "base", say("records.needs.base_of_consumption"))
        elif base[row] > target[row]:
            yield _at(
                table,
                row,
                "base",
                say("records.needs.base_above", base=f"{base[row]:g}", target=f"{target[row]:g}"),
            )


def _where(holds: Flags) -> list[int]:
    found: list[int] = np.flatnonzero(holds).tolist()
    return found


def _at(table: Table, row: int, column: str, text: str) -> Finding:
    return Finding("error", table.file, table.line(row), column, text)


def _prices(goods: Table) -> Iterator[Finding]:
    bought, sold = goods.numbers("import_price"), goods.numbers("export_price")
    for row in _where(sold >= bought):
        text = say("records.goods.price", sold=f"{sold[row]:g}", bought=f"{bought[row]:g}")
        yield _at(goods, row, "export_price", text)


def _makers(folder: Folder) -> Iterator[Finding]:
    flows = folder.table("flows.csv")
    amounts = flows.numbers("amount")
    makers = {
        name
        for name, role, amount in zip(
            flows.text("technique"), flows.text("role"), amounts, strict=True
        )
        if role == "output" and amount > 0
    }
    table = folder.table("techniques.csv")
    for row, name in enumerate(table.text("technique")):
        if name not in makers:
            yield _at(table, row, "technique", say("records.techniques.no_output", name=name))


def _short_form(folder: Folder) -> Iterator[Finding]:
    loaded = set(folder.table("loads.csv").text("technique"))
    table = folder.table("techniques.csv")
    for column in ("capacity", "wear", "gestation"):
        for row in _where(~np.isnan(table.numbers(column))):
            name = table.text("technique")[row]
            if name in loaded:
                yield _at(table, row, column, say("records.techniques.loaded", name=name))
    flows = folder.table("flows.csv")
    pairs = zip(flows.text("technique"), flows.text("role"), strict=True)
    for row, (name, role) in enumerate(pairs):
        if role == "capital" and name in loaded:
            yield _at(flows, row, "role", say("records.flows.capital_loaded", name=name))


def _own_plants(folder: Folder) -> Iterator[Finding]:
    table = folder.table("techniques.csv")
    names, limited = table.text("technique"), ~np.isnan(table.numbers("capacity"))
    own = {name for name, has in zip(names, limited, strict=True) if has}
    plants = folder.table("plants.csv")
    for row, name in enumerate(plants.text("plant")):
        if name in own:
            yield _at(plants, row, "plant", say("records.plants.twice", name=name))


def _supplied(folder: Folder, file: str, column: str, kind: str) -> Iterator[Finding]:
    supply, uses = folder.table("supply.csv"), folder.table(file)
    first_year = folder.settings.get("first_year", folder.settings.get("year"))
    begins: dict[str, float] = {}
    rows = zip(supply.text("kind"), supply.text("name"), supply.numbers("year"), strict=True)
    for of_kind, name, year in rows:
        if of_kind == kind:
            begins[name] = min(year, begins.get(name, np.inf))
    for row, name in enumerate(uses.text(column)):
        if name not in begins:
            text = say(f"records.supply.no_{kind}", name=name, nearest=nearest(name, list(begins)))
            yield _at(uses, row, column, text)
    for row, (of_kind, name) in enumerate(
        zip(supply.text("kind"), supply.text("name"), strict=True)
    ):
        late = of_kind == kind and begins[name] > float(str(first_year))
        if late and supply.numbers("year")[row] == begins[name]:
            text = say("records.supply.late", name=name, first=first_year)
            yield _at(supply, row, "year", text)
        if of_kind == "labour" == kind and supply.numbers("amount")[row] < 0:
            yield _at(supply, row, "amount", say("records.supply.negative", name=name))


def _negative_resources(folder: Folder) -> Iterator[Finding]:
    table, names = folder.table("resources.csv"), gives_back(folder.settings)
    for row in _where(table.numbers("amount") < 0):
        name = table.text("resource")[row]
        if name not in names:
            yield _at(table, row, "amount", say("records.resources.negative", name=name))


def _construction(folder: Folder) -> Iterator[Finding]:
    table = folder.table("under_construction.csv")
    first_year = float(folder.settings.get("first_year", folder.settings.get("year", 0)))
    for row in _where(table.numbers("year") <= first_year):
        text = say("records.construction.early", first=f"{first_year:g}")
        yield _at(table, row, "year", text)


def _loads(table: Table) -> Iterator[Finding]:
    for row in _where(table.numbers("load") <= 0):
        yield _at(table, row, "load", say("records.loads.not_positive"))


def range_rules(table: Table, amount: str) -> Iterator[Finding]:
    """Yield rows whose range is none, or does not hold the main amount of the row."""
    low, high = table.numbers("low"), table.numbers("high")
    for row in _where(low > high):
        text = say("records.table.low_above_high", low=f"{low[row]:g}", high=f"{high[row]:g}")
        yield _at(table, row, "low", text)
    if not amount:
        return
    # A blank amount is 0; a blank capacity is none.
    value = table.numbers(amount) if amount == "capacity" else np.nan_to_num(table.numbers(amount))
    for end, ends, outside in (("low", low, value < low), ("high", high, value > high)):
        for row in _where(outside & ~(low > high)):
            words = {"value": f"{value[row]:.12g}", "end": f"{ends[row]:.12g}"}
            text = say(f"records.table.outside_{end}", amount=amount, **words)
            yield _at(table, row, end, text)
