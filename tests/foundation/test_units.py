import csv
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovplan.foundation.errors import DataError
from sovplan.foundation.units import Unit, convert, factor, nearest_unit

MASSES = ["kg", "tonnes", "thousand tonnes", "million tonnes", "kt", "Mt", "centners", "poods"]
ENERGIES = ["kWh", "TWh", "PJ", "million tonnes of coal equivalent", "Gcal"]


@pytest.mark.parametrize(
    ("value", "source", "target", "answer"),
    [
        (2.5, "million tonnes", "thousand tonnes", 2500.0),
        (1.0, "Mt", "million tonnes", 1.0),
        (1.0, "million hours", "hours", 1e6),
        (1.0, "million person-hours", "thousand hours", 1000.0),
        (1.0, "TWh", "PJ", 3.6),
        (1.0, "tonne of coal equivalent", "Gcal", 7.0),
        (1.0, "thousand hectares", "square kilometres", 10.0),
        (1.0, "desyatina", "ha", 1.09253988864),  # Brockhaus and Efron: 1.0925 ha
        (1.0, "pood", "kg", 16.380496),
        (3.0, "milliard pieces", "million pieces", 3000.0),
        (1.3, "thousand", "pieces", 1300.0),
        (2.0, "million pairs", "thousand pairs", 2000.0),
        (4.0, "million roubles", "kopecks", 4e8),
        (1.0, "milliard tonne-km", "million tonne-kilometres", 1000.0),
        (5.0, "1000 persons", "people", 5000.0),
        (1.0, "Million  Tonnes", "million tonnes", 1.0),
        (1.0, "million us dollars", "thousand USD", 1000.0),
    ],
)
def test_known_units_convert(value: float, source: str, target: str, answer: float) -> None:
    assert convert(value, source, target) == pytest.approx(answer, rel=1e-15)


def test_an_array_converts_whole() -> None:
    tonnes = convert(np.array([1.0, 2.0]), "million tonnes", "tonnes")

    assert tonnes.tolist() == [1e6, 2e6]


@pytest.mark.parametrize("units", [MASSES, ENERGIES])
@given(value=st.floats(-1e12, 1e12), data=st.data())
def test_there_and_back_is_the_same_amount(
    units: list[str], value: float, data: st.DataObject
) -> None:
    here, there = data.draw(st.sampled_from(units)), data.draw(st.sampled_from(units))

    assert convert(convert(value, here, there), there, here) == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(("known", "unknown"), [("Mt", "mt"), ("t", "T"), ("MW", "mW"), ("h", "H")])
def test_capital_letters_tell_one_symbol_from_another(known: str, unknown: str) -> None:
    assert Unit.parse(known).known
    assert not Unit.parse(unknown).known


@pytest.mark.parametrize(
    "text",
    ["million roubles of 1926/27", "million tonnes of feed units (1 kg oats)", "shares", "10"],
)
def test_any_text_is_a_unit_and_an_unknown_one_equals_only_itself(text: str) -> None:
    unit = Unit.parse(f" {text} ")

    assert unit == Unit(text, "", Fraction(1))
    assert factor(text, text) == 1.0
    with pytest.raises(DataError, match="has no known size"):
        convert(1.0, text, "tonnes")
    with pytest.raises(DataError, match="has no known size"):
        convert(1.0, "tonnes", text)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("million tonns", "million tonnes"),
        ("thousand hectars", "thousand hectares"),
        ("kilowat-hours", "kilowatt-hours"),
        ("million roubles of 1926/27", None),
    ],
)
def test_the_message_names_the_nearest_known_unit(text: str, near: str | None) -> None:
    assert nearest_unit(text) == near
    with pytest.raises(DataError) as caught:
        convert(1.0, text, "pieces")
    assert ("did you mean" in str(caught.value)) == (near is not None)
    assert (near or text) in str(caught.value)


@pytest.mark.parametrize(
    ("source", "target"),
    [("tonnes", "TWh"), ("roubles", "dollars"), ("pairs", "pieces"), ("m", "m2")],
)
def test_units_of_different_things_do_not_convert(source: str, target: str) -> None:
    with pytest.raises(DataError, match=f'"{source}" measures .* and "{target}" measures'):
        convert(1.0, source, target)


@pytest.mark.parametrize("text", ["", "  "])
def test_a_blank_unit_is_refused(text: str) -> None:
    with pytest.raises(DataError, match="the unit is blank"):
        Unit.parse(text)


def test_the_units_of_ussr_1928_are_read(shared: Path) -> None:
    with (shared / "data/economies/ussr-1928/goods.csv").open(encoding="utf-8") as file:
        units = {row["good"]: Unit.parse(row["unit"]) for row in csv.DictReader(file)}

    opaque = {unit.text for unit in units.values() if not unit.known}

    assert opaque == {
        "million roubles of 1926/27",
        "million square metres of dwelling space, for a year",
        "million tonnes of feed units (1 kg oats)",
    }
    assert units["grain"].size == Fraction(10**9)
    assert units["tractors"].dimension == "number"
