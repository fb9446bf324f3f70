"""Codes of goods and branches."""

import pytest

from sovplan.foundation.errors import DataError
from sovplan.history.readers.labels import Label, check_codes, code_of, labels


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Crop farming", "crop_farming"),
        ("01.1 + 01.2", "01.1_01.2"),
        ("Pecuária, pesca", "pecuaria_pesca"),
        ("35 + 39.9*", "35_39.9"),
        ("C20-21", "c20-21"),
    ],
)
def test_codes_are_short_and_plain(text: str, code: str) -> None:
    assert code_of(text) == code


def test_a_label_without_plain_letters_is_refused() -> None:
    with pytest.raises(DataError, match="no plain letter or digit"):
        code_of("Уголь")


def test_a_code_without_a_title_is_its_own_title() -> None:
    assert labels(("A", "B"), ("Apples", "")) == (Label("a", "Apples"), Label("b", "B"))


def test_two_rows_of_one_code_are_refused() -> None:
    with pytest.raises(DataError, match='two rows have the code "a"'):
        check_codes((Label("a", "One"), Label("a", "Two")))
