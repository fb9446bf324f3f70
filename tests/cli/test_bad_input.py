"""Bad input by hand: one clear message that says where and what, exit 2, nothing written."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sovplan.cli.app import app
from sovplan.history.economies import template
from sovplan.records.tables import read_folder

Spoil = Callable[[Path], object]


def replaced(name: str, old: str, new: str) -> Spoil:
    def spoil(folder: Path) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is no longer in {name}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return spoil


def added(name: str, text: str) -> Spoil:
    def spoil(folder: Path) -> None:
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")

    return spoil


def written(name: str, content: bytes) -> Spoil:
    return lambda folder: (folder / name).write_bytes(content)


def removed(name: str) -> Spoil:
    return lambda folder: (folder / name).unlink()


BAD: dict[str, tuple[Spoil, tuple[str, ...]]] = {
    "a good misspelt": (
        replaced("flows.csv", "mill,flour,output", "mill,fluor,output"),
        ("flows.csv", "row 2", "good", 'Did you mean "flour"?'),
    ),
    "a technique misspelt": (
        replaced("labour.csv", "bakery,", "bakry,"),
        ("labour.csv", "row 3", "technique", 'Did you mean "bakery"?'),
    ),
    "a plant misspelt": (
        replaced("loads.csv", "bakery,ovens", "bakery,oven"),
        ("loads.csv", "row 2", 'Did you mean "ovens"?'),
    ),
    "a role misspelt": (
        replaced("flows.csv", "mill,flour,output", "mill,flour,outputs"),
        ("flows.csv", "role", 'Did you mean "output"?'),
    ),
    "a word for a number": (
        replaced("labour.csv", "mill,bakers,8", "mill,bakers,eight"),
        ("labour.csv", "row 2", "hours", '"eight" is not a number'),
    ),
    "a decimal comma": (
        replaced("labour.csv", "mill,bakers,8", 'mill,bakers,"8,5"'),
        ("labour.csv", "decimal point"),
    ),
    "digits with a line between": (
        replaced("flows.csv", "bakery,flour,input,0.72", "bakery,flour,input,1_000"),
        ("flows.csv", "row 5", '"1_000" is not a number', "nothing between the digits"),
    ),
    "digits of another script": (
        replaced("flows.csv", "bakery,flour,input,0.72", "bakery,flour,input,٣"),
        ("flows.csv", "row 5", '"٣" is not a number', "digits 0 to 9"),
    ),
    "a range that does not hold its number": (
        replaced("labour.csv", "mill,bakers,8,6,10", "mill,bakers,8,9,10"),
        ("labour.csv", "row 2", "hours 8 is below its own low, 9"),
    ),
    "not a finite number": (
        replaced("labour.csv", "mill,bakers,8", "mill,bakers,inf"),
        ("labour.csv", '"inf" is not a number'),
    ),
    "a negative amount": (
        replaced("labour.csv", "mill,bakers,8", "mill,bakers,-8"),
        ("labour.csv", "-8 is below 0"),
    ),
    "a share above one": (
        replaced("goods.csv", "Flour,t,5,0.02", "Flour,t,5,2"),
        ("goods.csv", "spoilage", "2 is above 1"),
    ),
    "half a year of gestation": (
        replaced("techniques.csv", "70,0.05,1", "70,0.05,1.5"),
        ("techniques.csv", "gestation", "1.5 is not a whole number"),
    ),
    "a blank amount": (
        replaced("flows.csv", "mill,flour,output,1", "mill,flour,output,"),
        ("flows.csv", "amount", "blank"),
    ),
    "an unknown column": (
        replaced("labour.csv", "skill", "skil"),
        ("labour.csv", "unknown column", 'Did you mean "skill"?'),
    ),
    "a row twice": (
        added("labour.csv", "mill,bakers,9,,,,,\n"),
        ("labour.csv", "mill, bakers stands twice"),
    ),
    "a head twice": (
        replaced("labour.csv", "technique,skill", "technique,technique"),
        ("labour.csv", "stands twice"),
    ),
    "a row too long": (
        added("labour.csv", "mill,mechanics,9,1,2,3,4,5,6,7,8\n"),
        ("labour.csv", "cells under"),
    ),
    "a row cut short": (
        added("needs.csv", "2030,bread\n"),
        ("needs.csv", "row 5", "2 cells under 10 heads", "complete the row"),
    ),
    "export dearer than import": (
        replaced("goods.csv", "0.7,,20,", "0.7,0.9,20,"),
        ("goods.csv", "export price 0.9"),
    ),
    "nothing is made": (
        added("techniques.csv", "idle,Idle,,,,,\n"),
        ("techniques.csv", "idle makes nothing"),
    ),
    "labour nobody supplies": (
        added("labour.csv", "mill,astronauts,1,,,,,\n"),
        ("labour.csv", '"astronauts" has no row of kind labour'),
    ),
    "labour that begins too late": (
        added("supply.csv", "2029,labour,late,10,,,,,\n"),
        ("supply.csv", "begins after the first year"),
    ),
    "a technique with two kinds of plants": (
        replaced("techniques.csv", "bakery,Bakery by hand (1 t of bread),,", "bakery,Bakery,5,"),
        ("techniques.csv", "named in loads.csv"),
    ),
    "no economy.toml": (removed("economy.toml"), ("economy.toml", "no file")),
    "economy.toml is not TOML": (
        written("economy.toml", b"format = = 1"),
        ("economy.toml", "not TOML"),
    ),
    "a key misspelt": (
        replaced("economy.toml", "first_year", "first_yaer"),
        ("economy.toml", "first_yaer", 'Did you mean "first_year"?'),
    ),
    "a name with a space": (
        replaced("economy.toml", '"my-economy"', '"my economy"'),
        ("economy.toml", "name", '"my economy" is no short name', "without spaces"),
    ),
    "a name that leads elsewhere": (
        replaced("economy.toml", '"my-economy"', '"../x"'),
        ("economy.toml", "name", '"../x" is no short name'),
    ),
    "credit with its least above its most": (
        added(
            "economy.toml",
            '\n[credit]\nseries = "loan"\nyearly_most = 1\nyearly_least = 2\ntotal = 10\n',
        ),
        ("economy.toml", "credit.yearly_least", "2 is above yearly_most 1"),
    ),
    "people who move to where they are": (
        added(
            "economy.toml",
            '\n[migration]\nfrom = "bakers"\nto = "bakers"\nmost_a_year = 1\n'
            "hours_lost = 1\nhours_won = 1\n",
        ),
        ("economy.toml", "migration.to", "two kinds of labour"),
    ),
    "economy.toml in another coding": (
        written("economy.toml", 'name = "B\xfccher"'.encode("latin-1")),
        ("economy.toml, row 1", "not in UTF-8"),
    ),
    "economy.toml in UTF-16": (
        written("economy.toml", 'name = "a"'.encode("utf-16")),
        ("economy.toml is in UTF-16", "save it as text in UTF-8"),
    ),
    "another format": (
        replaced("economy.toml", "format = 1", "format = 2"),
        ("economy.toml", "format is 2"),
    ),
    "no goods": (removed("goods.csv"), ("goods.csv: the table is missing",)),
    "no needs": (
        removed("needs.csv"),
        ("aims: no year from 2027 to 2031 has a target above 0", "give targets"),
    ),
    "needs with only a head": (
        written("needs.csv", b"year,good,target\n"),
        ("aims: no year from 2027 to 2031 has a target above 0",),
    ),
    "needs that begin after the plan": (
        written("needs.csv", b"year,good,target\n2040,bread,5\n"),
        ("planned are 2027 to 2031", "first target above 0 is that of 2040", "plan 9 more years"),
    ),
    "an empty table": (written("flows.csv", b""), ("flows.csv", "empty")),
    "not UTF-8": (written("goods.csv", b"good,title\nfl\xffur,x\n"), ("goods.csv", "UTF-8")),
    "not Parquet": (
        lambda folder: (folder / "goods.csv").rename(folder / "goods.parquet"),
        ("goods.parquet", "Parquet"),
    ),
    "not a spreadsheet": (
        lambda folder: (folder / "goods.csv").rename(folder / "goods.xlsx"),
        ("goods.xlsx", "spreadsheet"),
    ),
    "one table in two files": (
        lambda folder: shutil.copy(folder / "goods.csv", folder / "goods.ods"),
        ("goods.csv, goods.ods",),
    ),
    "aims: an objective misspelt": (
        replaced("aims.toml", 'objective = "ray"', 'objective = "rays"'),
        ("aims.toml", "objective", 'Did you mean "ray"?'),
    ),
    "aims: weights are wanted and none are given": (
        replaced("aims.toml", 'objective = "ray"', 'objective = "weighted"'),
        ("aims: the objective weighted has no weight above 0", "[weights]"),
    ),
    "aims: more years than a plan has": (
        replaced("aims.toml", "years = 5", "years = 1000"),
        ("1000 years are asked for", "100 at most", "ask for fewer"),
    ),
    "aims: no years": (
        replaced("aims.toml", "years = 5", "years = 0"),
        ("aims.toml", "years", "1 or more"),
    ),
    "aims: a good misspelt": (
        replaced("aims.toml", "terminal = 0", "terminal = { machnes = 0.02 }"),
        ("aims.toml", "machnes", "machines"),
    ),
    "aims: needs that are not there": (
        replaced("aims.toml", "years = 5", 'years = 5\nneeds = "nowhere.csv"'),
        ("aims.toml", "nowhere.csv"),
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_with_one_message(name: str, tmp_path: Path) -> None:
    spoil, words = BAD[name]
    folder, out = tmp_path / "economy", tmp_path / "out"
    shutil.copytree(template(), folder)
    spoil(folder)

    arguments = ["draft", str(folder), "--aims", str(folder / "aims.toml"), "--out", str(out)]
    result = CliRunner().invoke(app, arguments)

    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    message, *rest = result.stderr.strip().splitlines()
    assert [line.strip() for line in rest] == ["Nothing was written."]
    for word in words:
        assert word in message
    assert not re.search("Errno|codec|[Nn]othing was written", message)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["economy"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["draft", "ussr-1929"], ("ussr-1929", 'Did you mean "ussr-1928"?')),
        (["draft", "two-goods", "--aims", "evn"], ("evn", 'Did you mean "even"?')),
        (["draft", "two-goods", "--years", "100000"], ("100000 years", "100 at most")),
        (["draft", ""], ("there is no economy",)),
        (["check", ""], ("there is no economy",)),
        (["draft", "two-goods", "--price", "grain", "--method", "balances"], ("leave out",)),
        (["draft", "two-goods", "--out", "FOLDER"], ("did not write",)),
        (["draft", "two-goods", "--out", "FILE/run"], ("a file stands where a folder was",)),
        (["draft", "two-goods", "--years", "0"], ("--years is 0", "1 or more")),
        (["draft", "two-goods", "--price", "grian"], ("grian", 'Did you mean "grain"?')),
        (["draft", "two-goods", "--method", "magic"], ("magic",)),
        (["draft", "two-goods", "--out", "FILE"], ("is a file",)),
        (["new", "FOLDER"], ("already holds files",)),
        (["check", "nowhere"], ("nowhere",)),
        (["list", "goods"], ("goods",)),
        (["run", "ussr-1920"], ("ussr-1920", 'Did you mean "ussr-1921"?')),
        (["run", "ussr-1921", "--off", "rules.nonsense"], ("rules.nonsense", "to choose from")),
        (["run", "ussr-1921", "--off", "rules.slaugter"], ('"rules.slaughter"',)),
        (["run", "ussr-1921", "--out", "FOLDER"], ("no run of the whole country wrote",)),
    ],
)
def test_bad_arguments_are_refused(
    arguments: list[str], words: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("kept")
    places = {"FILE": str(tmp_path / "file"), "FOLDER": str(tmp_path)}

    for name, place in places.items():
        arguments = [word.replace(name, place) for word in arguments]
    result = CliRunner().invoke(app, arguments)

    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    for word in words:
        assert word in result.stderr
    assert not re.search("Errno|codec", result.stderr)
    assert result.stderr.lower().count("nothing was written") <= 1
    assert (tmp_path / "file").read_text() == "kept"
    assert len(list(tmp_path.iterdir())) == 1


def test_every_finding_is_about_what_is_wrong_and_not_what_follows_from_it(tmp_path: Path) -> None:
    folder = tmp_path / "economy"
    shutil.copytree(template(), folder)
    (folder / "goods.csv").unlink()

    result = CliRunner().invoke(app, ["check", str(folder)])

    assert result.exit_code == 2
    assert len(result.stdout.splitlines()) == 2, result.stdout


def test_no_amount_of_the_template_runs_into_a_unit_that_begins_with_a_digit() -> None:
    folder = read_folder(template())

    units = [*folder.settings["units"].values(), *folder.table("goods.csv").text("unit")]
    assert not [unit for unit in units if unit[:1].isdigit()]


def test_the_template_itself_is_good(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    assert CliRunner().invoke(app, ["new", str(folder)]).exit_code == 0
    assert CliRunner().invoke(app, ["check", str(folder)]).exit_code == 0

    aims = ["--aims", str(folder / "aims.toml")]
    assert CliRunner().invoke(app, ["draft", str(folder), *aims]).exit_code == 0
