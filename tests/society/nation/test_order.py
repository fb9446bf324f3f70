from dataclasses import replace

import pytest

from sovplan.foundation.engine.block import block
from sovplan.foundation.engine.rule import rule
from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.society.nation import animals, market
from sovplan.society.nation.order import ORDER, Phase, faults, rules, switches
from sovplan.society.nation.year import opening, run_nation


def known() -> list[str]:
    state = opening(country_inputs(), model_parameters())
    return [*state.nation, *(f"sectors.{name}" for name in state.sectors), "coefficients",
            *(f"ages.{name}" for name in state.ages)]  # fmt: skip


def given() -> list[str]:
    return [*country_inputs().at(1921, 1), "year", "quarter"]


def found(order: tuple[Phase, ...]) -> list[str]:
    return list(faults(known(), given(), order))


def test_the_order_of_the_country_is_sound() -> None:
    assert found(ORDER) == []


def test_a_column_that_is_read_too_early_is_found() -> None:
    late = (ORDER[0], *ORDER[2:], ORDER[1])

    assert "slaughter reads threat before it is written" in found(late)


def test_a_column_written_twice_in_a_phase_is_found() -> None:
    twice = (*ORDER[:1], Phase("animals", "make", (animals.slaughter, animals.herd, animals.herd)))

    assert "animals: herd is written twice" in found(twice)


def test_a_rule_in_a_foreign_step_is_found() -> None:
    foreign = (ORDER[0], replace(ORDER[1], step="renew"), *ORDER[2:])

    assert "collectivisation belongs to decide, not to renew" in found(foreign)


def test_a_rule_in_foreign_quarters_is_found() -> None:
    place = next(i for i, phase in enumerate(ORDER) if phase.name == "harvest")
    always = replace(ORDER[place], quarters=(1, 2, 3, 4))

    assert "harvest acts in other quarters than its phase" in found(
        (*ORDER[:place], always, *ORDER[place + 1 :])
    )


def test_a_rule_that_writes_a_path_is_found() -> None:
    @rule("R19", step="make", table="nation", reads=(), writes=("weather",), source="none")
    def rain() -> float:
        return 1.0

    assert "rain writes weather, which is given" in found((Phase("rain", "make", (rain,)),))


def test_a_block_says_what_it_reads() -> None:
    with pytest.raises(TypeError, match="grain"):

        @block("R14", step="share", reads=("price",), writes=("price",), source="none")
        def wrong(grain: float) -> float:
            return grain


def test_every_rule_has_an_equation_a_source_and_numbers_in_order() -> None:
    for piece in rules():
        assert piece.source, piece.name
        assert len(piece.equation) > 40, piece.name
        assert set(piece.parameters) <= set(model_parameters()), piece.name


def test_every_mechanism_named_in_the_task_has_a_switch() -> None:
    expected = {
        "bottlenecks", "coordination", "skill", "effort", "tautness", "gestation", "scissors",
        "draught", "grain_store", "grain_strike", "inflexible", "slaughter", "collectivisation",
        "kolkhoz", "famine", "migration", "repression", "revolts", "strata", "rationing",
        "second_economy",
    }  # fmt: skip

    assert {f"rules.{name}" for name in expected} <= set(switches())


def test_an_unknown_switch_is_refused() -> None:
    with pytest.raises(KeyError, match=r"rules\.nothing"):
        run_nation(country_inputs(), model_parameters(), ["rules.nothing"])


def test_a_phase_without_quarters_of_its_rules_never_runs_twice() -> None:
    names = [piece.name for piece in rules()]

    assert len(names) == len(set(names))
    assert market.clearing in rules()
