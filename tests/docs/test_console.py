"""Every command line that the manual shows works as printed."""

import doctest
import os
import re
import shlex
from pathlib import Path

import pytest
from tests.docs.console import Step, steps
from typer.testing import CliRunner

from sovplan.cli.app import app, commands

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
WITH_COMMANDS = [page for page in PAGES if any(steps(page.read_text("utf-8")))]
WHOLE = "sovplan run ussr-1921 --regime as_it_was --regime nep_kept --out country"
"""The one run of the country that is followed with all its rows of persons."""
OF_THE_COUNTRY = {"russia-1917", "ussr-1921"}
FEW = 1000
SET_UP = {"source .venv/bin/activate"}
ASK = "echo $?"


def targets() -> set[str]:
    """Return the targets of the Makefile."""
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text("utf-8"), re.M))


def agrees(shown: str, printed: str) -> bool:
    """Tell whether a page shows what was printed; three dots stand for anything."""
    want, got = (" ".join(text.split()) for text in (shown, printed))
    return not want or doctest.OutputChecker().check_output(want, got, doctest.ELLIPSIS)


def edit(how: str) -> None:
    """Replace one text in one file; it must stand there exactly once."""
    name, _, change = how.partition(": ")
    old, arrow, new = change.partition(" => ")
    text = Path(name).read_text("utf-8")
    assert arrow, f"no => in: {how}"
    assert text.count(old) == 1, f"{old} stands {text.count(old)} times in {name}"
    Path(name).write_text(text.replace(old, new), "utf-8")


def follow(step: Step, last_code: int) -> int:
    """Do what a page says, compare what it prints, and return the exit code."""
    if step.what == "edit":
        edit(step.text)
        return last_code
    if step.what == "file":
        Path(step.text).write_text(step.printed, "utf-8")
        return last_code
    if step.text == ASK:
        assert step.printed.strip() == str(last_code), f"the exit code is {last_code}"
        return 0
    words = shlex.split(step.text)
    if words[0] == "make":
        assert set(words[1:]) <= targets(), step.text
        return 0
    if step.text in SET_UP:
        return 0
    assert words[0] == "sovplan", f"no test follows: {step.text}"
    done = CliRunner().invoke(app, with_few_rows(words)[1:], prog_name="sovplan")
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert agrees(step.printed, done.output), f"$ {step.text}\n{done.output}"
    return done.exit_code


def with_few_rows(words: list[str]) -> list[str]:
    """Return a command as it is followed: what pages show of other runs hangs on the quarters."""
    of_country = words[1] == "run" and words[2] in OF_THE_COUNTRY
    if not of_country or "--people" in words or shlex.join(words) == WHOLE:
        return words
    return [*words, "--people", str(FEW)]


@pytest.mark.parametrize("page", WITH_COMMANDS, ids=lambda page: page.name)
def test_the_commands_of_a_page_print_what_it_shows(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code = 0
    todo = list(steps(page.read_text("utf-8")))

    for step, later in zip(todo, [*todo[1:], Step("command", "")], strict=True):
        code = follow(step, code)

        if later.text != ASK:
            assert code == 0, f"{step.text} ends with {code}; show it with: $ {ASK}"
    assert Path.cwd() == tmp_path


def test_the_manual_shows_commands() -> None:
    shown = {
        step.text.split()[1]
        for page in WITH_COMMANDS
        for step in steps(page.read_text("utf-8"))
        if step.text.startswith("sovplan ")
    }

    assert {str(command.name) for command in commands()} - shown == set()


def test_a_run_of_the_country_is_followed_with_all_its_rows() -> None:
    of_country = [
        step.text
        for page in WITH_COMMANDS
        for step in steps(page.read_text("utf-8"))
        if step.text.startswith("sovplan run ussr-1921")
    ]

    others = [shlex.split(each) for each in of_country if each != WHOLE]
    assert of_country.count(WHOLE) == 1
    assert with_few_rows(shlex.split(WHOLE)) == shlex.split(WHOLE)
    assert all(with_few_rows(words)[-2:] == ["--people", str(FEW)]
               for words in others if "--people" not in words)  # fmt: skip


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("✓ 80 % ...", "✓ 80\N{NO-BREAK SPACE}% of all\n", True),
        ("a\n...\nd", "a\nb\nc\nd\n", True),
        ("✓ 81 % ...", "✓ 80 % of all\n", False),
        ("a\nb", "a\nb\nc\n", False),
    ],
)
def test_the_look_tells_what_is_printed_from_what_is_not(
    shown: str, printed: str, *, same: bool
) -> None:
    assert agrees(shown, printed) is same


def test_the_look_finds_commands_edits_and_what_they_print() -> None:
    page = "```console\n$ a b\nc\n$ d\n```\n<!-- edit f: x => y -->\n"
    page += "    ```console\n    $ e\n    g\n    ```\n"

    assert list(steps(page)) == [
        Step("command", "a b", "c"),
        Step("command", "d", ""),
        Step("edit", "f: x => y"),
        Step("command", "e", "g"),
    ]


def test_an_edit_of_what_is_not_there_fails(tmp_path: Path) -> None:
    file = tmp_path / "goods.csv"
    file.write_text("a,b\n", "utf-8")

    with pytest.raises(AssertionError, match="stands 0 times"):
        edit(f"{file}: c => d")


def test_set_up_is_that_of_the_makefile() -> None:
    assert "VENV   := .venv" in (ROOT / "Makefile").read_text("utf-8")
    assert os.path.normpath(".venv/bin/activate") in next(iter(SET_UP))
