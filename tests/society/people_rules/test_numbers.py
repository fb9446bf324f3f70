from pathlib import Path

import pytest

from sovplan.foundation.errors import DataError
from sovplan.society.people_rules.numbers import PARAMETERS, START, TRIAL_YEAR, numbers, values

WRITTEN = PARAMETERS.read_text("utf-8")


@pytest.mark.parametrize("file", [PARAMETERS, TRIAL_YEAR, START])
def test_every_number_has_its_range_and_source(file: Path) -> None:
    found = numbers(file)

    assert found
    assert values(file) == {each.name: each.value for each in found}
    for each in found:
        assert each.low <= each.value <= each.high, each.name
        assert each.source, each.name


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "value = 41\n",
            "value = 410\n",
            "[base_wage], value: 410 is outside its own range 20 to 80",
        ),
        ("value = 41\n", "", "[base_wage], value: missing; write  value = ...  here"),
        ("value = 41\n", "value = true\n", "[base_wage], value: True is not a finite number"),
        ("value = 41\n", "walue = 41\n", "[base_wage], walue: no such field. Did you mean"),
        ('provenance = "assumed"', 'provenance = "thought"', "[base_wage], provenance: 'thought'"),
    ],
)
def test_a_mistake_is_named_with_file_number_and_field(
    old: str, new: str, told: str, tmp_path: Path
) -> None:
    assert old in WRITTEN
    file = tmp_path / "mine.toml"
    file.write_text(WRITTEN.replace(old, new, 1), "utf-8")

    with pytest.raises(DataError) as refused:
        numbers(file)
    assert told in str(refused.value)
    assert str(refused.value).startswith("mine.toml, [")
