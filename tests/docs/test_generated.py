"""Pages that are written from the code are as the code would write them now."""

import re
from pathlib import Path

import pytest
from tools import commands_page, python_page

import sovplan
from sovplan.cli.app import commands


@pytest.mark.parametrize("program", [commands_page, python_page])
def test_a_generated_page_is_fresh(program: object) -> None:
    page: Path = program.PAGE  # type: ignore[attr-defined]
    now: str = program.page()  # type: ignore[attr-defined]

    name = program.__name__  # type: ignore[attr-defined]
    assert page.read_text("utf-8") == now, f"run: .venv/bin/python -m {name}"


def test_every_command_is_in_the_manual_with_help_and_example() -> None:
    page = commands_page.PAGE.read_text("utf-8")

    for command in commands():
        section = re.search(rf"^## sovplan {command.name}$(.*?)(?=^## |\Z)", page, re.M | re.S)
        assert section is not None, command.name
        assert f"Example:\n\n```text\nsovplan {command.name} " in section[1]
        for parameter in commands_page.parameters(command.callback):  # type: ignore[arg-type]
            assert parameter.info.help, f"{command.name} {parameter.name} has no help"
            assert parameter.written in section[1]


def test_every_public_name_is_in_the_manual_with_a_description() -> None:
    page = python_page.PAGE.read_text("utf-8")

    for name in sovplan.__all__:
        section = re.search(rf"^### {name}$(.*?)(?=^###? |\Z)", page, re.M | re.S)
        assert section is not None, name
        assert re.search(r"```\n\n\w", section[1]), f"{name} has no description"


def test_public_names_are_sorted_and_there() -> None:
    assert sorted(sovplan.__all__) == list(sovplan.__all__)
    assert all(hasattr(sovplan, name) for name in sovplan.__all__)
