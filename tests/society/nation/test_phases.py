"""Accounts after every phase: a loss is found there, also if a later phase makes it good."""

from copy import copy

import pytest

from sovplan.foundation.engine.block import Piece
from sovplan.history.nation import QUARTERS
from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.society.nation import losses, order, people
from sovplan.society.nation.accounts import KINDS, Broken
from sovplan.society.nation.phases import looks
from sovplan.society.nation.year import opening, run_nation


def test_closing_every_phase_changes_nothing() -> None:
    inputs, values = country_inputs(), model_parameters()
    pairs = zip(run_nation(inputs, values), run_nation(inputs, values, phases=True), strict=True)
    assert all(one.nation == other.nation for one, other in pairs)


@pytest.mark.parametrize("regime", ["nep_kept", "second_coding"])
def test_accounts_close_after_every_phase_of_every_regime(regime: str) -> None:
    run_nation(country_inputs(regime), model_parameters(), phases=True)


@pytest.mark.parametrize("off", ["rules.famine", "rules.slaughter", "rules.migration"])
def test_accounts_close_after_every_phase_with_any_rule_off(off: str) -> None:
    run_nation(country_inputs("as_it_was", 1917), model_parameters(), [off], phases=True)


def test_every_phase_is_looked_at() -> None:
    inputs = country_inputs()
    start = opening(inputs, model_parameters())
    for quarter in QUARTERS:
        found = looks((start.nation, start.sectors), start.coefficients, 1921, quarter)
        assert len(found) == sum(quarter in phase.quarters for phase in order.ORDER)
    kinds = {"people", "ages", "animals", "grain", "goods", "hands", "money", "abroad",
             "members", "nothing below nought"}  # fmt: skip
    assert set(KINDS) == kinds


def test_a_loss_that_a_later_phase_makes_good_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A million leave the books while people move and come back with those who return."""
    sound = order.quarter_of
    off_by = {people.migration.name: -1.0, losses.return_migration.name: 1.0}

    def moved(piece: Piece) -> Piece:
        if piece.name not in off_by:
            return piece
        wrong = copy(piece)
        at = list(piece.writes).index("village")

        def law(**given: float) -> tuple[float, ...]:
            numbers = list(piece.law(**given))  # type: ignore[arg-type]
            numbers[at] += off_by[piece.name]
            return tuple(numbers)

        # A rule checks its arguments when it is made, so the law is put in afterwards.
        object.__setattr__(wrong, "law", law)
        return wrong

    pieces = {piece.name: moved(piece) for piece in order.rules()}

    def with_loss(quarter: int) -> list[Piece]:
        return [pieces[piece.name] for piece in sound(quarter)]

    monkeypatch.setattr("sovplan.society.nation.year.quarter_of", with_loss)
    with pytest.raises(Broken, match=r"1921, quarter 1.*village after moving and learning: -1"):
        run_nation(country_inputs(), model_parameters(), phases=True)
    run_nation(country_inputs(), model_parameters())
