"""What ``sovplan draft`` writes: where it may, what for, and how to do it again."""

import json
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from sovplan.cli.app import app
from sovplan.cli.repeat import Asked, command_line
from sovplan.cli.screen import columns
from sovplan.records.store import digest
from sovplan.records.tables import read_table


def sovplan(*words: str | Path) -> Result:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result


def done(*words: str | Path) -> Result:
    result = sovplan(*words)
    assert result.exit_code == 0, result.output
    return result


def everything(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def manifest(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
    return read


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder beside the economy of a town."""
    monkeypatch.chdir(tmp_path)
    done("new", "town")
    return Path("town")


# ---- the command that repeats it ----------------------------------------------------------------

REPEATED: dict[str, Sequence[str]] = {
    "an economy of the package": ["two-goods"],
    "with aims by name": ["two-goods", "--aims", "even", "--years", "2"],
    "with aims of one's own": ["two-goods", "--aims", "town/my aims.toml"],
    "an economy of one's own": ["town"],
    "with all options": [
        *("town", "--aims", "town/aims.toml", "--years", "2", "--stress", "3", "--seed", "7"),
        *("--price", "bread"),
    ],
    "with aims and their needs": ["town", "--aims", "town/with-needs.toml"],
    "by balances": ["town", "--years", "3", "--method", "balances"],
    "a folder where one stands": ["."],
}


@pytest.mark.parametrize("case", REPEATED)
def test_the_command_in_the_manifest_gives_the_same_folder_again(
    case: str, town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (town / "my aims.toml").write_text('objective = "labour"\nyears = 2\n')
    (town / "with-needs.toml").write_text('needs = "more.csv"\nyears = 2\n')
    (town / "more.csv").write_text("year,good,target,floor\n2027,flour,5,1\n")
    out = Path.cwd() / "out"
    if REPEATED[case] == ["."]:
        monkeypatch.chdir(town)
    assert sovplan("draft", *REPEATED[case], "--out", out).exit_code in {0, 1}
    monkeypatch.chdir(out)

    program, *words = shlex.split(manifest(out)["command"])
    assert program == "sovplan"
    sovplan(*words, "--out", "../again")

    assert everything(Path("../again")) == everything(out)


@pytest.mark.parametrize("method", ["optimum", "balances"])
def test_the_copies_in_the_folder_give_the_same_draft_again(method: str, town: Path) -> None:
    (town / "variant.toml").write_text('terminal = "none"\n')
    sovplan("draft", town, "--aims", town / "variant.toml", "--method", method, "--out", "out")

    sovplan("draft", "out/economy", "--aims", "out/aims.toml", "--method", method, "--out", "again")

    assert everything(Path("again")) == everything(Path("out"))
    assert manifest(Path("out"))["inputs"]["aims"]["name"] == "variant"


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        (Asked("two-goods", None, None, "optimum", 0, 1, None), "sovplan draft two-goods"),
        (
            Asked("two-goods", "even", 3, "balances", 20, 2, None),
            "sovplan draft two-goods --aims even --years 3 --method balances --stress 20 --seed 2",
        ),
        (
            Asked("town", "even", None, "optimum", 0, 2, "dark bread"),
            "sovplan draft economy --aims aims.toml --price 'dark bread'",
        ),
        (
            Asked("two-goods", "town/aims.toml", None, "optimum", 0, 2, None),
            "sovplan draft two-goods --aims aims.toml",
        ),
    ],
)
@pytest.mark.usefixtures("town")
def test_the_command_names_what_stands_in_the_folder(asked: Asked, line: str) -> None:
    assert command_line(asked) == line


@pytest.mark.usefixtures("town")
def test_the_plan_book_shows_the_command_of_the_manifest() -> None:
    done("draft", "town", "--years", "2", "--out", "out")

    assert "sovplan draft economy --years 2" in Path("out/report.html").read_text("utf-8")


# ---- where it may be written --------------------------------------------------------------------


def test_a_draft_takes_the_place_of_another_and_leaves_nothing_of_it(town: Path) -> None:
    done("draft", town, "--out", "out")
    Path("out/mine.txt").write_text("mine")

    done("draft", "two-goods", "--out", "out")

    done("draft", "two-goods", "--out", "fresh")
    assert everything(Path("out")) == everything(Path("fresh")) | {"mine.txt": b"mine"}
    done("compare", "out", "fresh")


def test_a_draft_without_a_plan_leaves_nothing_of_the_plan_before(town: Path) -> None:
    (town / "too-much.toml").write_text('objective = "labour"\nfloors = { multiple = [99] }\n')
    done("draft", town, "--stress", "2", "--out", "out")
    assert {"series.parquet", "stress.parquet"} <= everything(Path("out")).keys()

    refused = sovplan("draft", town, "--aims", town / "too-much.toml", "--out", "out")

    assert refused.exit_code == 1
    written = everything(Path("out"))
    assert {*manifest(Path("out"))["files"], "manifest.json"} == set(written)
    assert not [name for name in written if name.endswith(".parquet")]
    assert not Path("out/plan").exists()


@pytest.mark.parametrize("out", ["town", "."])
def test_a_folder_that_holds_other_files_is_refused(town: Path, out: str) -> None:
    before = everything(Path())

    result = sovplan("draft", town, "--out", out)

    assert result.exit_code == 2
    first, *rest = result.stderr.splitlines()
    assert f"{out} holds files that `sovplan draft` did not write" in first
    assert [line.strip() for line in rest] == ["Nothing was written."]
    assert everything(Path()) == before


def test_a_number_that_was_changed_in_the_folder_of_a_draft_is_not_lost(town: Path) -> None:
    done("draft", town, "--out", "out")
    with Path("out/economy/labour.csv").open("a") as file:
        file.write("mill,mechanics,1,,,,,\n")
    before = everything(Path())

    result = sovplan("draft", "out/economy", "--out", "out")

    assert result.exit_code == 2
    assert "labour.csv was changed since sovplan wrote it" in result.stderr
    assert everything(Path()) == before


def test_a_draft_can_be_written_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("two-goods", "federation-12"):
        done("draft", name, "--years", "1", "--out", ".")
        assert manifest(Path())["command"] == f"sovplan draft {name} --years 1"
        assert {*manifest(Path())["files"], "manifest.json"} == set(everything(Path()))


@pytest.mark.usefixtures("town")
def test_every_file_is_in_the_manifest_with_its_digest() -> None:
    done("draft", "town", "--stress", "2", "--out", "out")

    written = everything(Path("out"))
    files = manifest(Path("out"))["files"]
    assert {"report.html", "stress.parquet"} <= files.keys()
    del written["manifest.json"]
    assert files == {name: digest(content) for name, content in written.items()}


# ---- stress and prices --------------------------------------------------------------------------

FLOORED = ["holds", "holds_low", "holds_high", "over_floor_5", "over_floor_50", "over_floor_95",
           "reserve", "reserve_share"]  # fmt: skip


@pytest.mark.usefixtures("town")
def test_json_holds_what_stress_and_prices_found() -> None:
    words = ["draft", "town", "--years", "3", "--stress", "4", "--seed", "2", "--price", "flour"]
    told = done(*words).stdout

    found = json.loads(done(*words, "--json", "--out", "out").stdout)

    stress, price = found["stress"], found["price"]
    assert (stress["draws"], stress["seed"]) == (4, 2)
    assert list(stress["goods"]) == ["flour", "bread"]
    for numbers in stress["goods"].values():
        assert list(numbers) == FLOORED
        assert all(len(values) == 3 for values in numbers.values())
        assert {0 <= share <= 1 for share in numbers["holds"]} == {True}
    assert {len(values) for values in stress["fulfilment"].values()} == {3}
    assert stress["all_hold"]["low"] <= stress["all_hold"]["share"] <= stress["all_hold"]["high"]
    assert all(sentence in told for sentence in stress["sentences"])
    assert price["good"] == "flour"
    assert len(price["more"]) == len(price["less"]) == 3
    assert min(more - less for more, less in zip(price["more"], price["less"], strict=True)) > -1e-6
    assert json.loads(Path("out/draft.json").read_text("utf-8")) == found
    assert manifest(Path("out"))["stress"] == {"draws": 4, "seed": 2}


@pytest.mark.usefixtures("town")
def test_the_table_of_stress_holds_the_numbers_of_the_document() -> None:
    done("draft", "town", "--years", "2", "--stress", "4", "--out", "out")

    stress = json.loads(Path("out/draft.json").read_text("utf-8"))["stress"]
    table = read_table(Path("out/stress.parquet"))
    keys = zip(table.text("good"), table.text("series"), table.text("year"), strict=True)
    numbers = dict(zip(keys, table.numbers("value").tolist(), strict=True))
    assert numbers == {
        (good, series, str(2027 + place)): value
        for good, by_series in {
            **stress["goods"],
            "": {f"fulfilment_{name}": by for name, by in stress["fulfilment"].items()},
        }.items()
        for series, values in by_series.items()
        for place, value in enumerate(values)
    }
    units = dict(zip(table.text("series"), table.text("unit"), strict=True))
    assert units["holds"] == "share of draws"
    assert units["over_floor_5"] == "share of the floor"
    assert units["reserve"] == "t"
    assert units["reserve_share"] == "share of output"
    assert units["fulfilment_50"] == "share of the target"


@pytest.mark.usefixtures("town")
def test_every_key_of_stress_and_price_is_on_the_page_of_formats(root: Path) -> None:
    page = (root / "docs" / "look-up" / "formats.md").read_text("utf-8")
    words = ["--years", "1", "--stress", "2", "--price", "flour", "--json"]
    found = json.loads(done("draft", "town", *words).stdout)

    keys = {*found["stress"], *found["stress"]["goods"]["bread"], *found["price"]}
    keys |= {*found["stress"]["all_hold"], *found["stress"]["fulfilment"]}
    assert {key for key in keys if f"`{key}`" not in page} == set()


def test_blocks_that_were_not_asked_for_are_null() -> None:
    found = json.loads(done("draft", "two-goods", "--json").stdout)

    assert (found["stress"], found["price"]) == (None, None)


def test_a_price_of_a_plan_by_balances_is_refused(tmp_path: Path) -> None:
    words = ["two-goods", "--method", "balances", "--price", "grain"]

    result = sovplan("draft", *words, "--out", tmp_path / "out")

    assert result.exit_code == 2
    assert result.stdout == ""
    assert "says nothing of a plan by balances" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_without_a_plan_stress_and_price_say_that_there_was_nothing_to_do(town: Path) -> None:
    (town / "too-much.toml").write_text('objective = "labour"\nfloors = { multiple = [99] }\n')

    words = ["--stress", "2", "--price", "bread", "--json"]
    result = sovplan("draft", town, "--aims", town / "too-much.toml", *words)

    assert result.exit_code == 1
    assert "--stress and --price had nothing to work on" in result.stderr
    found = json.loads(result.stdout)
    assert (found["stress"], found["price"]) == (None, None)


@pytest.mark.parametrize("option", ["--stress", "--price"])
def test_only_what_was_asked_for_is_said_to_have_had_nothing(option: str, town: Path) -> None:
    (town / "too-much.toml").write_text('objective = "labour"\nfloors = { multiple = [99] }\n')

    words = [option, "2" if option == "--stress" else "bread"]
    result = sovplan("draft", town, "--aims", town / "too-much.toml", *words)

    assert f"so {option} had nothing to work on" in result.stderr


def test_more_draws_than_anybody_needs_are_refused(town: Path) -> None:
    result = sovplan("draft", town, "--stress", "10001")

    assert result.exit_code == 2
    assert "10000" in result.stderr


def test_draws_are_counted_on_a_terminal_alone(
    town: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["draft", str(town), "--years", "1", "--stress", "3"]
    assert "of 3" not in done(*words).stderr

    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with pytest.raises(SystemExit) as ended:
        app(words)
    assert ended.value.code == 0
    shown = capsys.readouterr().err
    assert [f"carrying the plan out, {count} of 3" in shown for count in (1, 2, 3)] == [True] * 3


def test_prices_of_one_unit_name_the_unit(town: Path) -> None:
    told = done("draft", town, "--price", "bread").stdout

    assert "bread, hours for one unit (t)" in told
    assert "for one unit" in told.partition("what costs work")[0]


def test_names_are_cut_only_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    name = 90 * "n"
    assert name in columns(["what", "how"], [[name, "1"]])

    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    cut = columns(["what", "how"], [[name, "1"]])
    assert name not in cut
    assert max(map(len, cut.splitlines())) == 80


def test_a_blank_name_of_an_economy_is_shown_as_one() -> None:
    result = sovplan("draft", "")

    assert result.exit_code == 2
    assert 'there is no economy "": neither' in result.stderr


def test_years_that_all_come_to_the_same_are_told_as_one_share(town: Path) -> None:
    (town / "capped.toml").write_text('objective = "common"\ncap = 0.5\nyears = 2\n')

    told = done("draft", town, "--aims", town / "capped.toml").stdout

    assert "50 % of every target can be reached" in told.replace("\N{NO-BREAK SPACE}", " ")
    assert "Between" not in told
