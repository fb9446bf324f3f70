"""Make the embedded economy `ussr-1928` from the folder of its construction.

    python tools/ussr_1928.py SOURCE TARGET

SOURCE holds the constructed economy with `parameters.csv`, one row a number. TARGET receives the
tables with the provenance of each number beside it, economy.toml and the aims; README.md there is
written by hand and left alone. No number of a table changes: the last step reads TARGET again and
compares it with SOURCE, cell by cell.
"""

import csv
import sys
import tomllib
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import tomli_w

Row = dict[str, str]
Parameters = Mapping[str, Row]

ORIGIN = ("low", "high", "provenance", "source", "note")
# Of two parts of one number the less certain gives the provenance.
LESS_CERTAIN = ("seen", "recalled", "engineering", "assumed", "balanced")
DIGITS = 9
# The columns that low and high may be about, the first that is not blank.
MAIN = ("hours", "stock", "load", "activity", "capacity", "amount", "target", "floor")


def rows_of(path: Path) -> list[Row]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shortest(cell: str) -> str:
    """Return a number in its shortest form, any other text as it is."""
    try:
        number = float(cell)
    except ValueError:
        return cell
    return repr(number).removesuffix(".0")


def rounded(number: float | str) -> str:
    """Return a bound in its shortest form, without the dust of a sum or a product."""
    return shortest(f"{float(number):.{DIGITS}g}")


def source_of(row: Row) -> str:
    """Return where a number comes from; paths are those of the project's tables of history."""
    return row["source"].removeprefix("shared data, ").replace("own assumption", "own")


def origin(row: Row | None) -> Row:
    """Return the five columns of a number that stands in `parameters.csv`."""
    if row is None:
        return dict.fromkeys(ORIGIN, "")
    low, high = rounded(row["low"]), rounded(row["high"])
    cells = (low, high, row["provenance"], source_of(row), row["note"])
    return dict(zip(ORIGIN, cells, strict=True))


def joined(texts: Iterable[str]) -> str:
    """Return the texts that say something, each once."""
    return "; ".join(dict.fromkeys(text for text in texts if text))


def aside(name: str, row: Row | None) -> str:
    """Return the range of a number of the row that is not its main amount.

    Its source stands once for the whole column, under `assumptions` of economy.toml.
    """
    if row is None:
        return ""
    return f"{name} {rounded(row['low'])} to {rounded(row['high'])}, {row['provenance']}"


def in_two_parts(known: Parameters, name: str) -> Row:
    """Return the origin of a flow, the feed of its horses added where it has any."""
    parts = [known[part] for part in (name, f"{name}.horses") if part in known]
    if len(parts) == 1:
        return origin(parts[0])
    low, high = (sum(float(part[end]) for part in parts) for end in ("low", "high"))
    said = [f"{shortest(part['value'])} {part['provenance']}: {part['note']}" for part in parts]
    weakest = max((part["provenance"] for part in parts), key=LESS_CERTAIN.index)
    sources = joined(source_of(part) for part in parts)
    cells = (rounded(low), rounded(high), weakest, sources, joined(said))
    return dict(zip(ORIGIN, cells, strict=True))


def scaled(known: Row, value: float, note: str) -> Row:
    """Return the origin of a number that follows another in proportion, range and all."""
    ratio = value / float(known["value"])
    low, high = (rounded(ratio * float(known[end])) for end in ("low", "high"))
    return dict(zip(ORIGIN, (low, high, "derived", source_of(known), note), strict=True))


def of_good(known: Parameters, row: Row) -> Row:
    """Return the origin of an opening stock; prices and caps are told in the note."""
    name = f"goods.{row['good']}"
    cells = origin(known.get(f"{name}.stock"))
    others = ("import_price", "export_price", "export_cap")
    told = [aside(other, known.get(f"{name}.{other}")) for other in others]
    return cells | {"note": joined([cells["note"], *told])}


def of_plant(known: Parameters, row: Row) -> Row:
    """Return the origin of a capacity; wear and gestation are told in the note."""
    owner, _, good = row["plant"].partition(".")
    cells = origin(known[f"plants.{owner}.*.capacity" if good else f"plants.{owner}.capacity"])
    built = f"capital_goods.{good or owner}"
    told = [aside(name, known.get(f"{built}.{name}")) for name in ("wear", "gestation")]
    return cells | {"note": joined([cells["note"], *told])}


def of_works(known: Parameters, row: Row, amount: float) -> Row:
    """Return the origin of works under construction, their goods turned into capacity."""
    goods = known[f"under_construction.{row['year']}.{row['plant']}.goods"]
    low, high = (rounded(float(goods[end]) / amount) for end in ("low", "high"))
    return origin(goods) | {"low": low, "high": high, "note": joined([row["note"], goods["note"]])}


def of_supply(known: Parameters, row: Row) -> Row:
    """Return the origin of labour, resources and credit; later years follow the first."""
    if row["kind"] == "credit":
        cells = ("", "", "assumed", "own", row["note"] or "as in 1929")
        return dict(zip(ORIGIN, cells, strict=True))
    name, year, value = f"supply.{row['kind']}.{row['name']}", row["year"], float(row["amount"])
    if f"{name}.{year}" in known:
        return origin(known[f"{name}.{year}"])
    if row["name"] == "arable":
        step, years = known[f"{name}.growth_after_1929"], int(year) - 1929
        low, high = (rounded(118 + years * float(step[end])) for end in ("low", "high"))
        note = f"118 in 1929 and 3.5 more a year (1.5 to 5); {step['note']}"
        return dict(zip(ORIGIN, (low, high, "derived", source_of(step), note), strict=True))
    growth = known[f"{name}.growth"]
    rates = ", ".join(f"{100 * float(growth[end]):.3g}" for end in ("value", "low", "high"))
    told = f"from 1928; growth, low, high in % a year: {rates}, {growth['provenance']}"
    return scaled(known[f"{name}.1928"], value, joined([told, growth["note"]]))


def of_need(known: Parameters, row: Row) -> Row:
    """Return the origin of a need: use of 1928, and what follows from it in later years."""
    if row["public"]:
        use = known[f"final_1928.{row['good']}.government"]
        note = f"range {shortest(use['low'])} to {shortest(use['high'])}; {row['note']}"
        return origin(use) | {"low": "", "high": "", "note": note}
    use, target = known[f"final_1928.{row['good']}.households"], float(row["target"])
    if row["year"] == "1928":
        return origin(use)
    return scaled(use, target, "use of 1928 by population and growth of wants a head (README)")


def of_load(known: Parameters, row: Row) -> Row:
    """Return the origin of a load; that of a technique on its own plant is 1 by definition."""
    found = known.get(f"loads.{row['technique']}.{row['plant']}")
    return origin(found) | ({} if found else {"note": "by definition"})


def of_building(known: Parameters, row: Row) -> Row:
    """Return the origin of goods built in; a park is built of itself, 1 by definition."""
    found = known.get(f"building.{row['plant']}")
    cells = origin(found)
    return cells if found and "." in row["plant"] else cells | {"note": "by definition"}


def of_technique(known: Parameters, row: Row) -> Row:
    """Return a note on a capacity that the tables leave out."""
    found = known.get(f"techniques.{row['technique']}.capacity")
    note = f"{aside('capacity', found)}; left out: slaughter ties up no capital" if found else ""
    return dict.fromkeys(ORIGIN, "") | {"note": note}


def makers(known: Parameters, source: Path) -> dict[str, Callable[[Row], Row]]:
    """Return for each table the rule that finds the origin of a row's main amount."""
    built = {row["plant"]: float(row["amount"]) for row in rows_of(source / "building.csv")}
    return {
        "goods.csv": lambda row: of_good(known, row),
        "techniques.csv": lambda row: of_technique(known, row),
        "flows.csv": lambda row: in_two_parts(
            known, f"flows.{row['technique']}.{row['good']}.{row['role']}"
        ),
        "labour.csv": lambda row: origin(known[f"labour.{row['technique']}.{row['skill']}"]),
        "resources.csv": lambda row: origin(
            known[f"resources.{row['technique']}.{row['resource']}"]
        ),
        "supply.csv": lambda row: of_supply(known, row),
        "needs.csv": lambda row: of_need(known, row),
        "plants.csv": lambda row: of_plant(known, row),
        "building.csv": lambda row: of_building(known, row),
        "loads.csv": lambda row: of_load(known, row),
        "under_construction.csv": lambda row: of_works(known, row, built[row["plant"]]),
        "activity_1928.csv": lambda row: origin(known[f"activity_1928.{row['technique']}"]),
    }


def write_table(rows: list[Row], path: Path) -> None:
    """Write rows as CSV, numbers in shortest form, columns of origin last and only if used."""
    said = [name for name in ORIGIN if any(row.get(name) for row in rows)]
    columns = [name for name in rows[0] if name not in ORIGIN] + said
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        # Words and years of a note are no numbers of the plan: only bounds are shortened there.
        writer.writerows(
            {name: cell if name in ORIGIN[2:] else shortest(cell) for name, cell in row.items()}
            for row in rows
        )


def settings_of(source: Path, known: Parameters) -> dict[str, Any]:
    """Return economy.toml with the origin of its own numbers under `assumptions`.

    A key of `assumptions` is the dotted path of the setting, or the column, it is about.
    """
    settings = tomllib.loads((source / "economy.toml").read_text(encoding="utf-8"))
    most, least = settings["growth_limits"]["most"], settings["least_investment"]
    paths = {f"trade.{name}": f"trade.{name}" for name in settings["trade"]}
    paths |= {f"population.{name}": f"population.{name}.1928" for name in ("total", "urban")}
    paths |= {f"least_investment.{good}": f"final_1928.{good}.investment" for good in least}
    ranges = {f"growth_limits.most.{good}": f"growth_limit.{good}" for good in most}
    columns = {
        "growth_limits": "growth_limit.timber",
        "goods.import_price": "goods.grain.import_price",
        "goods.export_price": "goods.grain.export_price",
        "goods.export_cap": "goods.grain.export_cap",
        "plants.wear": "capital_goods.equipment.wear",
        "plants.gestation": "capital_goods.equipment.gestation",
    }
    settings["assumptions"] = {
        **{path: range_of(known[name]) | text_of(known[name]) for path, name in paths.items()},
        **{path: text_of(known[name]) for path, name in columns.items()},
        **{path: range_of(known[name]) for path, name in ranges.items()},
        **unranged(),
    }
    settings["sources"] = (
        "columns provenance and source of each table; assumptions below for the settings. Names "
        "like history/economy are tables of the project's data on history, not of this folder."
    )
    settings["notes"] = (
        "Our own construction, not a published table. See README.md before using any number; it "
        "writes each extension table below as a formula."
    )
    return settings


def range_of(row: Row) -> dict[str, float]:
    """Return the range of a setting."""
    return {end: float(rounded(row[end])) for end in ("low", "high")}


def text_of(row: Row) -> dict[str, str]:
    """Return where a setting, or the numbers of a column, come from."""
    told = {"provenance": row["provenance"], "source": source_of(row), "note": row["note"]}
    return {name: text for name, text in told.items() if text}


def unranged() -> dict[str, dict[str, str]]:
    """Return the settings that are ours and have no range."""
    said = {
        "credit": "ours: the credit of 300 may be drawn in other years, 100 a year at most",
        "migration": "ours: at most 1 million workers a year, beyond the 5 % of supply.csv",
        "stock_limits": "ours: without it a surplus can be put in store for ever",
        "losses": "losses of final_1928 (balanced) by output of 1928",
        "foreign_prices": "prices of 1927/28 in every year: the slump of 1929-33 is not in them",
    }
    return {path: {"provenance": "assumed", "note": note} for path, note in said.items()}


def cells_of(path: Path) -> list[Row]:
    """Return what a plan can read of a table, row by row, numbers in one form."""
    return [
        {name: shortest(cell) for name, cell in row.items() if name not in ORIGIN}
        for row in rows_of(path)
    ]


def out_of_range(path: Path) -> bool:
    """Return whether a row has a main amount outside its low and high."""
    for row in rows_of(path):
        if row.get("low"):
            amount = next(float(row[name]) for name in MAIN if row.get(name))
            if not float(row["low"]) <= amount <= float(row["high"]):
                return True
    return False


def differences(source: Path, target: Path) -> list[str]:
    """Return the names of files whose numbers or settings are not those of the source.

    A table with a number outside its own range counts too.
    """
    tables = sorted(path.name for path in target.glob("*.csv"))
    wrong = [name for name in tables if cells_of(source / name) != cells_of(target / name)]
    wrong += [name for name in tables if out_of_range(target / name)]
    for path in sorted(target.glob("*.toml")):
        old, new = (
            tomllib.loads((folder / path.name).read_text(encoding="utf-8"))
            for folder in (source, target)
        )
        told = {"assumptions", "sources", "notes"}
        if {key: old[key] for key in old if key not in told} != {
            key: new[key] for key in new if key not in told
        }:
            wrong.append(path.name)
    return wrong


def main(source: Path, target: Path) -> int:
    """Write the shipped folder and compare it with its source; 1 if anything differs."""
    known = {row["parameter"]: row for row in rows_of(source / "parameters.csv")}
    target.mkdir(parents=True, exist_ok=True)
    counts: Counter[str] = Counter()
    for name, find in makers(known, source).items():
        rows = [row | find(row) for row in rows_of(source / name)]
        counts.update(row["provenance"] or "none" for row in rows if name != "techniques.csv")
        write_table(rows, target / name)
    for path in sorted(source.glob("aims-*.csv")):
        write_table(rows_of(path), target / path.name)
    for path in sorted(source.glob("aims-*.toml")):
        (target / path.name).write_bytes(path.read_bytes())
    text = tomli_w.dumps(settings_of(source, known))
    (target / "economy.toml").write_text(text, encoding="utf-8", newline="\n")
    wrong = differences(source, target)
    sys.stdout.write(f"rows by provenance: {dict(counts.most_common())}\n")
    sys.stdout.write(f"numbers that differ from the source: {', '.join(wrong) or 'none'}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("source", type=Path, help="folder of the tables")
    parser.add_argument("target", type=Path, help="folder to write")
    asked = parser.parse_args()
    sys.exit(main(asked.source, asked.target))
