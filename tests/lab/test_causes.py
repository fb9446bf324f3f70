"""Why a rule makes nothing of a parameter: each cause alone, or some together."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from sovplan.foundation.engine.rule import Rule
from sovplan.lab import idle
from sovplan.lab.causes import Idle, idle_rule
from sovplan.lab.idle import moving
from sovplan.records.scenario import Country
from sovplan.regimes.countries import read_country_regime
from sovplan.regimes.scenarios import read_country

NOBODY: Mapping[str, float] = {}


def two_ways(here: float, there: float, storm: float) -> float:
    return here * storm + there * storm


def scaled(here: float, there: float, storm: float, fatigue: float) -> float:
    return there + here * fatigue * storm


def apart(here: float, there: float, storm: float) -> float:  # noqa: ARG001 - it is declared
    return here + there


def piece(law: Callable[..., float], *more: str, off: Mapping[str, float] = NOBODY) -> Rule:
    return Rule(
        law, "R04", "make", "nation", ("here", "there"), ("made",), source="own",
        parameters=("storm", *more), switch="rules.x", off=off,
    )  # fmt: skip


def scenario(off: tuple[str, ...] = (), **values: float) -> Country:
    return replace(read_country("ussr-1921"), off=off, parameters=values)


def causes(found: Idle | None) -> tuple[str, Mapping[str, float], Mapping[str, float], bool]:
    assert found is not None
    return found.switch, found.given, found.numbers, found.alone


NOUGHT = {"here": 0.0, "there": 0.0}
OFF = ("rules.x",)


@pytest.mark.parametrize(
    ("rule", "known", "run", "expected"),
    [
        (piece(two_ways), NOUGHT, scenario(), ("", NOUGHT, {}, False)),
        (piece(two_ways, off={"there": 0.0}), {"here": 0.0, "there": 1.0}, scenario(OFF),
         ("rules.x", {"here": 0.0}, {}, False)),
        (piece(two_ways), NOUGHT, scenario(OFF), ("rules.x", {}, {}, True)),
        (piece(scaled, "fatigue"), NOUGHT, scenario(fatigue=0.0),
         ("", {"here": 0.0}, {"fatigue": 0.0}, True)),
        (piece(scaled, "fatigue"), NOUGHT, scenario(OFF, fatigue=0.0),
         ("rules.x", {"here": 0.0}, {"fatigue": 0.0}, True)),
        (piece(scaled, "fatigue"), {"there": 0.0}, scenario(OFF), ("rules.x", {}, {}, True)),
        (piece(scaled, "fatigue", off={"fatigue": 0.0}), {}, scenario(OFF),
         ("rules.x", {}, {}, True)),
        (piece(scaled, "fatigue", off={"storm": 0.0}), {}, scenario(OFF),
         ("rules.x", {}, {}, True)),
        (piece(apart), NOUGHT, scenario(), ("", {}, {}, False)),
    ],
)  # fmt: skip
def test_all_causes_are_found_and_whether_each_is_enough(
    rule: Rule, known: Mapping[str, float], run: Country, expected: object
) -> None:
    assert causes(idle_rule("storm", rule, known, run)) == expected


@pytest.mark.parametrize(
    ("rule", "known", "run"),
    [
        (piece(two_ways), {"here": 0.0}, scenario()),
        (piece(two_ways, off={"there": 0.0}), {"here": 1.0}, scenario(OFF)),
        (piece(scaled, "fatigue"), {"there": 0.0}, scenario()),
    ],
)
def test_a_rule_that_may_make_something_of_it_is_not_idle(
    rule: Rule, known: Mapping[str, float], run: Country
) -> None:
    assert idle_rule("storm", rule, known, run) is None


def test_two_numbers_that_hide_each_other_may_move_something(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(idle, "rules", lambda: (piece(scaled, "fatigue"),))
    monkeypatch.setattr(idle, "layer_rules", tuple)
    regime = read_country_regime("nep_kept")

    assert len(moving(scenario(storm=0.0, fatigue=0.0), regime)) == 1
    assert moving(scenario(storm=0.0), regime) == {"storm": 0.0}
