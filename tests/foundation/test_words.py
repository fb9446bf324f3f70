import ast
import re
from functools import cache
from string import Formatter

import pytest
from tests.foundation.keys import BUILT, PACKAGE, Use, spoken, uses, uses_in

from sovplan.foundation.words import catalogue, say

FILES = sorted(file.relative_to(PACKAGE).as_posix() for file in PACKAGE.rglob("*.py"))


@cache
def used() -> tuple[Use, ...]:
    """Return every key in the source of the package."""
    return tuple(use for file in FILES for use in uses(file))


def gaps(text: str) -> set[str]:
    """Return the names of the values that a text wants."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def lacking(use: Use) -> set[str]:
    """Return the values that a text wants and does not get where it is said."""
    return set() if use.values is None else gaps(catalogue()[use.key]) - use.values


def test_every_key_in_the_code_is_in_the_catalogue() -> None:
    unknown = {f"{use.file}:{use.line} {use.key}" for use in used() if use.key not in catalogue()}

    assert unknown == set()


def test_every_text_of_the_catalogue_is_said_somewhere() -> None:
    assert set(catalogue()) - {use.key for use in used()} == set()


def test_every_text_gets_the_values_it_wants() -> None:
    wanting = {f"{use.file}:{use.line} {use.key}": lacking(use) for use in used()
               if use.key in catalogue() and lacking(use)}  # fmt: skip

    assert wanting == {}


def test_every_key_that_is_put_together_is_put_together_somewhere() -> None:
    assert {use.key for use in used()} >= {
        key.format(gap) for key, listed in BUILT.items() for gap in listed
    }


def test_gaps_are_named() -> None:
    unnamed = [key for key, text in catalogue().items()
               if any(name == "" for _, name, _, _ in Formatter().parse(text))]  # fmt: skip

    assert unnamed == []


def test_no_text_names_a_place_on_a_machine() -> None:
    assert not re.search(r"/(home|tmp|usr|var|work)/", " ".join(catalogue().values()))


@pytest.mark.parametrize(
    ("source", "keys"),
    [
        ('say("records.store.no_file", path=1)', {"records.store.no_file"}),
        ('say(f"records.{x}.late")', {"records.supply.late"}),
        ('say(f"papers.unit.{x}")', {"papers.unit.objective", "papers.unit.hours"}),
        ('key = "records.finding.alone"', {"records.finding.alone"}),
        ('say("records.store.no_such_key")', {"records.store.no_such_key"}),
        ('say(f"records.nothing.{kind}")', {"records.nothing.?"}),
        ('name = "records.toml"', set()),
        ('"""Say what stands in records.store.no_file."""', set()),
    ],
)  # fmt: skip
def test_the_look_finds_keys_in_code(source: str, keys: set[str]) -> None:
    assert {use.key for use in uses_in(ast.parse(source), "planted.py")} == keys


def test_the_look_finds_a_value_that_is_not_given() -> None:
    (use,) = uses_in(ast.parse('say("records.store.cannot_read", path=1)'), "planted.py")

    assert lacking(use) == {"why"}


def test_the_look_tells_texts_apart() -> None:
    text = say("records.finding.nearest", name="coal")

    assert spoken("records.finding.nearest", text)
    assert not spoken("records.finding.known", text)


def test_a_missing_key_or_value_is_our_mistake() -> None:
    with pytest.raises(KeyError):
        say("records.no.such_text")
    with pytest.raises(KeyError):
        say("records.store.no_file")
