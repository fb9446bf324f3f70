"""Scenarios as they are written down: one file each, every number with range and source."""

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Any, Final

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.history.nation import FIRST_YEARS, LAST_YEAR
from sovplan.records.findings import ended, nearest
from sovplan.records.ranged import PROVENANCES
from sovplan.records.scenario import HOUSEHOLDS, PERSONS, Country, Group, Scenario, Village
from sovplan.records.tables import read_toml
from sovplan.regimes.catalogue import FOLDER

SCENARIOS: Final[Mapping[str, str]] = {
    "ussr-1928": "ussr-1928.toml",
    "ussr-1928-siege": "ussr-1928-siege.toml",
    "federation-12": "federation-12.toml",
    "ussr-1928-village": "ussr-1928-village.toml",
    "two-goods": "two-goods.toml",
    "ussr-1921": "ussr-1921.toml",
    "russia-1917": "russia-1917.toml",
}
"""File of each scenario, by name."""

_NUMBERS: Final = ("people", "growth", "weather_sd", "luck_sd", "day", "norms_voice", "workplaces")
_TEXTS: Final = ("name", "title", "economy", "people_unit")
_LISTS: Final = ("regimes", "common", "harvest")
_TABLES: Final = ("imports", "weather")
RUN_KEYS: Final = ("seed", "voters", "economy_digest", "parameters", "institutions")
"""What a run adds to its scenario when it writes down what was run: see `regimes.earlier`."""
_VILLAGE: Final = ("grain", "sown", "regimes", "made", "stocks")
_NO_VILLAGE: Final[Mapping[str, Any]] = {
    "grain": "", "sown": [], "regimes": {}, "made": {}, "stocks": {},
}  # fmt: skip
_KEYS: Final = (*_TEXTS, *_LISTS, "years", *_NUMBERS, *_TABLES, "groups", "village", *RUN_KEYS)
_ROWS: Final = {"people": PERSONS, "households": HOUSEHOLDS}
"""How many rows stand for all, if a scenario does not say it."""
_MODEL: Final = "country"
"""What `model` may be in a scenario's file."""
_COUNTRY: Final = ("regimes", "seed", "off", "parameters", *_ROWS)
_GROUP: Final = ("name", "title", "class", "skill", "grade", "part", "tastes")
_STATED: Final = ("value", "low", "high", "provenance", "source")


def scenario_titles() -> tuple[tuple[str, str], ...]:
    """Return name and title of every scenario that comes with the package."""
    folder = FOLDER / "scenarios"
    return tuple((name, str(read_toml(folder / file)["title"])) for name, file in SCENARIOS.items())


def is_country(name_or_path: str | Path) -> bool:
    """Return whether a scenario is one of the whole country in few sectors.

    Raises
    ------
    DataError
        There is no such scenario, or its file cannot be read.
    """
    path = scenario_path(name_or_path)
    written = read_toml(path)
    wrong = next(_wrong_model(written), None)
    if wrong is not None:
        raise DataError(say("scenarios.wrong", file=path.name, what=ended(wrong)))
    return written.get("model") == _MODEL


def _wrong_model(written: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the model that a file names: one of the planning year names none."""
    found = written.get("model", _MODEL)
    if found != _MODEL:
        yield say("scenarios.model", found=found, known=_MODEL)


def read_country(name_or_path: str | Path) -> Country:
    """Return a scenario of the whole country by name or from its file.

    Raises
    ------
    DataError
        There is no such scenario, or its file is not as it must be; names file and field.
    """
    path = scenario_path(name_or_path)
    written = read_toml(path)
    wrong = next(_wrong_country(written), None)
    if wrong is not None:
        raise DataError(say("scenarios.wrong", file=path.name, what=ended(wrong)))
    return Country(
        name=written["name"],
        title=written["title"],
        summary=" ".join(written["summary"].split()),
        first_year=written["first_year"],
        years=written["years"],
        regimes=tuple(_beside(each, path) for each in written["regimes"]),
        seed=written.get("seed", 1),
        off=tuple(written.get("off", ())),
        parameters={each: float(v) for each, v in written.get("parameters", {}).items()},
        **{key: written.get(key, many) for key, many in _ROWS.items()},
    )


def _beside(regime: str, scenario: Path) -> str:
    """Return the path of a regime that lies where the file of its scenario says, or its name."""
    path = scenario.parent / regime
    return str(path) if path.is_file() else regime


def _wrong_country(written: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong in the file of a scenario of the country."""
    texts, wholes = ("name", "title", "summary"), ("first_year", "years")
    yield from _unknown(written, ("model", *texts, *wholes, *_COUNTRY), "")
    for key in texts:
        if not isinstance(written.get(key), str) or not written[key].strip():
            yield say("scenarios.text", field=key)
    regimes = written.get("regimes")
    if not isinstance(regimes, list) or not regimes or not all(isinstance(r, str) for r in regimes):
        yield say("scenarios.list", field="regimes")
    numbers = [written.get(key) for key in wholes]
    first = numbers[0]
    if first not in FIRST_YEARS or numbers[1] not in range(1, LAST_YEAR - first + 2):
        known = " or ".join(map(str, FIRST_YEARS))
        yield say("scenarios.span", known=known, last=LAST_YEAR)
    yield from _wrong_choices(written)


def _wrong_choices(written: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong in the keys that may be left out."""
    seed = written.get("seed", 1)
    if type(seed) is not int or seed < 0:
        yield say("scenarios.seed")
    if not _names(written.get("off", [])):
        yield say("scenarios.list", field="off")
    changed = written.get("parameters", {})
    if not isinstance(changed, Mapping) or not all(map(_is_number, changed.values())):
        yield say("scenarios.parameters")
    for key, many in _ROWS.items():
        rows = written.get(key, many)
        if type(rows) is not int:
            yield say("scenarios.whole", field=key, found=rows)


def read_scenario(name_or_path: str | Path) -> Scenario:
    """Return a scenario by name or from its file.

    The file may be the scenario.toml that a run wrote; what a run adds to it is not read here.

    Raises
    ------
    DataError
        There is no such scenario, or its file is not as it must be; names file and field.
    """
    path = scenario_path(name_or_path)
    written = _written(path)
    if written.get("model") == _MODEL:
        raise DataError(say("scenarios.country", file=path.name))
    wrong = next(_wrong(written), None)
    if wrong is not None:
        raise DataError(say("scenarios.wrong", file=path.name, what=ended(wrong)))
    stated = {name: dict(written[name]) for name in _NUMBERS}
    tables = {table: dict(written.get(table, {})) for table in _TABLES}
    for table, rows in tables.items():
        stated |= {f"{table}.{key}": dict(row) for key, row in rows.items()}
    value = {name: float(stated[name]["value"]) for name in _NUMBERS}
    texts = {name: str(written[name]) for name in _TEXTS}
    return Scenario(
        name=texts["name"],
        title=texts["title"],
        economy=texts["economy"],
        people_unit=texts["people_unit"],
        regimes=tuple(written["regimes"]),
        common=tuple(written["common"]),
        harvest=tuple(written["harvest"]),
        years=int(written["years"]),
        groups=tuple(_group(group) for group in written["groups"]),
        imports={name: float(row["value"]) for name, row in tables["imports"].items()},
        weather={int(year): float(row["value"]) for year, row in tables["weather"].items()},
        workplaces=int(value["workplaces"]),
        people=value["people"],
        growth=value["growth"],
        weather_sd=value["weather_sd"],
        luck_sd=value["luck_sd"],
        day=value["day"],
        norms_voice=value["norms_voice"],
        stated=stated,
        village=_village(written["village"]) if "village" in written else None,
    )


def _written(path: Path) -> Mapping[str, Any]:
    """Return a file with what it takes over from the scenario it rests on (`base`)."""
    own = read_toml(path)
    if "base" not in own:
        return own
    if own["base"] not in SCENARIOS:
        near = nearest(str(own["base"]), list(SCENARIOS))
        raise DataError(say("scenarios.unknown", found=own["base"], nearest=near))
    below = _written(scenario_path(own["base"]))
    return {**below, **{key: value for key, value in own.items() if key != "base"}}


def _village(written: Mapping[str, Any]) -> Village:
    made = {sector: tuple(goods) for sector, goods in written["made"].items()}
    return Village(
        dict(written["regimes"]), made, written["grain"], tuple(written["sown"]),
        dict(written["stocks"]),
    )  # fmt: skip


def _wrong_village(written: object) -> Iterator[str]:
    """Yield what is wrong with the form of a village; names are checked with the economy."""
    if not isinstance(written, Mapping):
        yield say("scenarios.village")
        return
    yield from _unknown(written, _VILLAGE, "village.")
    yield from (
        say("scenarios.missing", field=f"village.{key}") for key in _VILLAGE if key not in written
    )
    for key in ("regimes", "stocks"):
        table = written.get(key, {})
        if not isinstance(table, Mapping) or not all(isinstance(n, str) for n in table.values()):
            yield say("scenarios.texts", field=f"village.{key}")
    made = written.get("made", {})
    if not isinstance(made, Mapping) or not all(map(_names, made.values())):
        yield say("scenarios.lists", field="village.made")
    if not _names(written.get("sown", [])):
        yield say("scenarios.list", field="village.sown")
    if not isinstance(written.get("grain", ""), str):
        yield say("scenarios.text", field="village.grain")


def scenario_path(name_or_path: str | Path) -> Path:
    """Return the file of a scenario given by its name or path.

    Raises
    ------
    DataError
        It is no known name, and no path.
    """
    text = str(name_or_path)
    if text in SCENARIOS:
        return FOLDER / "scenarios" / SCENARIOS[text]
    path = Path(text)
    if path.suffix != ".toml" and not path.exists():
        near = nearest(text, list(SCENARIOS))
        raise DataError(say("scenarios.unknown", found=text, nearest=near))
    return path


def _group(row: Mapping[str, Any]) -> Group:
    return Group(
        str(row["name"]),
        str(row["title"]),
        str(row["class"]),
        str(row.get("skill", "")),
        float(row["grade"]),
        float(row["part"]),
        {name: float(amount) for name, amount in row.get("tastes", {}).items()},
    )


def _wrong(written: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong, the first thing first."""
    yield from _wrong_model(written)
    yield from _unknown(written, _KEYS, "")
    for key in (*_TEXTS, *_LISTS, "years", *_NUMBERS, "groups"):
        if key not in written:
            yield say("scenarios.missing", field=key)
            return
    for key in (*_TEXTS, *_LISTS, "years"):
        yield from _words(key, written[key])
    for key in _NUMBERS:
        yield from _number(key, written[key])
    for table in _TABLES:
        for key, row in dict(written.get(table, {})).items():
            yield from _number(f"{table}.{key}", row)
    yield from _wrong_village(written.get("village", _NO_VILLAGE))
    for place, group in enumerate(written["groups"], start=1):
        yield from _unknown(group, _GROUP, f"groups[{place}].")
        lacking = [key for key in _GROUP[:3] + _GROUP[4:6] if key not in group]
        yield from (say("scenarios.missing", field=f"groups[{place}].{key}") for key in lacking)


def _is_number(found: object) -> bool:
    return isinstance(found, int | float) and not isinstance(found, bool) and isfinite(found)


def _names(found: object) -> bool:
    return isinstance(found, list) and all(isinstance(each, str) for each in found)


def _words(key: str, found: object) -> Iterator[str]:
    """Yield what is wrong with a text, with a list of names, or with the number of years."""
    if key == "years" and (isinstance(found, bool) or not isinstance(found, int)):
        yield say("scenarios.whole", field=key, found=found)
    if key in _TEXTS and not (isinstance(found, str) and found):
        yield say("scenarios.text", field=key)
    if key in _LISTS and not _names(found):
        yield say("scenarios.list", field=key)


def _unknown(table: Mapping[str, Any], known: Sequence[str], where: str) -> Iterator[str]:
    for key in table:
        if key not in known:
            yield say("scenarios.key", field=f"{where}{key}", nearest=nearest(key, known))


def _number(field: str, row: object) -> Iterator[str]:
    """Yield what is wrong with a number that is stated with its range and source."""
    if not isinstance(row, Mapping) or any(key not in row for key in _STATED):
        yield say("scenarios.stated", field=field)
        return
    numbers = [row[key] for key in ("value", "low", "high")]
    if not all(isinstance(n, int | float) and not isinstance(n, bool) for n in numbers):
        yield say("scenarios.number", field=field)
        return
    value, low, high = numbers
    if not low <= value <= high:
        yield say("scenarios.range", field=field, value=value, low=low, high=high)
    if row["provenance"] not in PROVENANCES or not str(row["source"]).strip():
        yield say("scenarios.source", field=field)
