"""Regimes of the country: history as specified, counterfactuals, and what is refused."""

import csv
from pathlib import Path

import pytest

from sovplan.foundation.errors import DataError
from sovplan.history.nation import QUARTERS
from sovplan.records.ranged import PROVENANCES
from sovplan.regimes.countries import (
    COUNTRY_REGIMES,
    HISTORY,
    country_inputs,
    read_country_regime,
    unreached,
)

FILE = """
name = "mine"
title = "Mine: a trial"
summary = "A trial."
since = 1929
base = "as_it_was"

[quota_share]
value = [[1930, 0.2], [1931, 2, 0.1]]
provenance = "assumed"
source = "a trial"
"""


def written(folder: Path, text: str = FILE) -> str:
    path = folder / "mine.toml"
    path.write_text(text, "utf-8")
    return str(path)


@pytest.mark.parametrize("name", COUNTRY_REGIMES)
def test_every_regime_puts_every_institution_in_force_within_its_range(name: str) -> None:
    inputs = country_inputs(name)

    for each in inputs.institutions:
        about = inputs.about[each]
        for year in inputs.years:
            for quarter in QUARTERS:
                value = inputs.at(year, quarter)[each]
                assert about.low <= value <= about.high, (each, year, quarter)


@pytest.mark.parametrize("name", COUNTRY_REGIMES)
def test_every_value_has_provenance_and_source(name: str) -> None:
    regime = read_country_regime(name)
    for each in country_inputs().institutions:
        articles = list(regime.articles_of(each))
        assert articles, each
        for _, article in articles:
            assert article.provenance in PROVENANCES
            assert article.source


def test_until_a_regime_begins_its_base_holds() -> None:
    history, kept = country_inputs(HISTORY), country_inputs("nep_kept")
    nep = country_inputs("nep_1921")

    assert history.at(1928, 4) == {**nep.at(1928, 4), "coll_pressure_announced": 0.0}
    assert kept.at(1927, 2) == history.at(1927, 2)
    differ = {
        name for name in history.institutions if kept.at(1935, 4)[name] != history.at(1935, 4)[name]
    }
    assert {"quota_share", "priority", "collective_farming", "heavy_share"} <= differ
    assert "trust_credit" not in differ


def test_a_regime_holds_what_it_names_and_its_base_the_rest(tmp_path: Path) -> None:
    inputs = country_inputs(written(tmp_path))
    history = country_inputs(HISTORY)

    # Of a harvest year the value holds from July to June.
    assert inputs.at(1930, 2)["quota_share"] == history.at(1930, 2)["quota_share"]
    assert inputs.at(1930, 3)["quota_share"] == 0.2
    assert inputs.at(1932, 2)["quota_share"] == 0.1
    assert inputs.at(1932, 3)["quota_share"] == 0.2
    assert inputs.at(1932, 1)["tautness"] == history.at(1932, 1)["tautness"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('title = "Mine: a trial"', 'title = " "', "title is missing or blank"),
        ("since = 1929", 'since = "soon"', "since must be a year"),
        ("[quota_share]", "[quota_shares]", "no institution quota_shares.*quota_share"),
        ("[[1930, 0.2]", "[[1930, 0.9]", "0.9 lies outside the range 0 to 0.45"),
        ("[[1930, 0.2]", "[[1928, 0.2]", "1928 stands before 1929"),
        ("[1931, 2, 0.1]", "[1930, 0.1]", "years must rise"),
        ("[1931, 2, 0.1]", "[1931, 5, 0.1]", "value must be a list"),
        ('provenance = "assumed"', 'provenance = "known"', "'known'; it must be one of"),
        ('source = "a trial"', 'source = ""', "source is missing"),
        ('source = "a trial"', 'source = "a trial"\nsauce = 1', "no field sauce.*source"),
        ('base = "as_it_was"', 'base = "mine.toml"', "rests on itself"),
        ('base = "as_it_was"', 'base = "as_it_is"', "no regime as_it_is .*as_it_was"),
        (
            'base = "as_it_was"',
            'base = "as_it_is"',
            "^mine.toml: base: there is no regime as_it_is",
        ),
        ('base = "as_it_was"', 'base = "no.toml"', "^mine.toml: base: there is no file no.toml"),
        ('base = "as_it_was"', "base = 3", "^mine.toml: base must be the name or the file"),
        (
            'base = "as_it_was"',
            "",
            r"^mine.toml: \d+ institutions .*trust_credit.* \.\.\.\).*base = \"as_it_was\"",
        ),
        ("since = 1929", "since = 1800", "^mine.toml: since is 1800; .* from 1900 to 2100"),
        ("[1931, 2, 0.1]", "[2970, 0.1]", "^mine.toml: quota_share: value, row 2: 2970 is no year"),
    ],
)
def test_a_wrong_file_is_refused_by_name(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in FILE
    with pytest.raises(DataError, match=told):
        country_inputs(written(tmp_path, FILE.replace(old, new, 1)))


def test_values_that_no_run_comes_to_are_told(tmp_path: Path) -> None:
    late = (
        FILE.replace("[1931, 2, 0.1]", "[1970, 0.1]")
        + """
[coll_pressure]
value = [[1941, 1, 0.1], [1942, 0.1]]
provenance = "assumed"
source = "a trial"
"""
    )
    regime = read_country_regime(written(tmp_path, late))
    told = list(unreached(regime, range(1921, 1941)))

    # What is announced for the first quarter of 1941 is read in the last of 1940.
    assert told == [
        "mine, quota_share: the value 0.1 of 1970 never holds in this run, which ends with 1940",
        "mine, coll_pressure: the value 0.1 of 1942 never holds in this run, which ends with 1940",
    ]
    assert not list(unreached(read_country_regime(HISTORY), range(1921, 1923)))


# ---- history as specified ------------------------------------------------------------------------


def test_the_last_year_of_each_path_is_that_of_the_specification(shared: Path) -> None:
    names = {"quota": "quota_share", "taut": "tautness", "prio": "priority",
             "inv": "investment_share",
             "defence": "defence", "exp": "grain_exports", "mimp": "machine_imports"}  # fmt: skip
    values = country_inputs(HISTORY).values
    with (shared / "design" / "model_miniature_inputs.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["block"] == "institution_path"]
    seen = 0
    for row in rows:
        if row["subkey"] in names:
            assert values[names[row["subkey"]]][int(row["key"]), 3] == float(row["value"]), row
            seen += 1
    assert seen == 7 * 20
