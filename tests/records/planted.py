"""Errors planted in the small economy, each to be found where it stands and nothing else."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import final

import numpy as np
import pytest
from tests.foundation.keys import spoken
from tests.records.small import Spoiled, spoiled

from sovplan.foundation.errors import DataError
from sovplan.records.aims import Aims
from sovplan.records.assembly import economy_of
from sovplan.records.calendar import calendar_of
from sovplan.records.checks import findings
from sovplan.records.folder import Folder


@final
@dataclass(frozen=True)
class Plant:
    """One planted error: the key of its message, where it must be found, and a part of the text."""

    key: str
    change: Callable[[Spoiled], object]
    file: str
    line: int
    column: str
    hint: str


def in_table(key: str, place: tuple[str, int, str], value: object, hint: str) -> Plant:
    """Plant a value in a cell and expect it to be found there."""
    table, line, column = place
    return Plant(
        f"records.{key}",
        lambda case: case.put(table, line, **{column: value}),
        table,
        line,
        column,
        hint,
    )


def in_settings(key: str, place: str, value: object, hint: str) -> Plant:
    """Plant a value under a key of economy.toml, or drop the key, and expect it to be found."""
    name, _, part = place.partition(".")

    def change(case: Spoiled) -> None:
        table = case.settings[name] if part else case.settings
        if value is ...:
            del table[part or name]
        else:
            table[part or name] = value

    return Plant(f"records.settings.{key}", change, "economy.toml", 0, place, hint)


def named(plant: Plant) -> str:
    """Return the name of a test case."""
    return f"{plant.key}-{plant.file}-{plant.column}"


def assert_found(plant: Plant) -> None:
    """Check that a planted error is found where it stands, and nothing else."""
    folder = spoiled(plant.change)

    found = findings(folder)

    places = [(finding.level, finding.file, finding.line, finding.column) for finding in found]
    assert places == [("error", plant.file, plant.line, plant.column)]
    assert spoken(plant.key, found[0].text)
    assert plant.hint in found[0].text
    with pytest.raises(DataError) as refused:
        economy_of(folder)
    assert str(refused.value) == str(found[0])
    row = f", row {plant.line}" if plant.line else ""
    column = f', "{plant.column}"' if plant.column else ""
    assert str(refused.value).startswith(f"{plant.file}{row}{column}: ")


def outcome(folder: Folder) -> str:
    """Return whether a folder is refused or built; whatever it is, it is not both."""
    if findings(folder):
        with pytest.raises(DataError):
            economy_of(folder)
        return "refused"
    economy = economy_of(folder)
    calendar = calendar_of(economy, Aims())
    assert np.isfinite(calendar.target).all()
    assert np.isfinite(economy.techniques.outputs.data).all()
    return "built"
