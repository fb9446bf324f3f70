"""Every switch of the country moves a figure, and the table names where it does most."""

import pytest

from sovplan.lab.own_figures import all_moved, moved, written
from sovplan.society.nation.order import switches


def test_every_switch_moves_something() -> None:
    found = list(all_moved())

    assert [each.switch for each in found] == list(switches())
    for each in found:
        assert each.column, each.switch
        assert each.on != each.off, each.switch


def test_the_figure_is_one_that_the_rule_writes() -> None:
    hiding, migration = moved("rules.hiding"), moved("rules.migration")

    assert hiding.column in written("rules.hiding")
    assert hiding.year < 1921  # requisition ends with the tax in kind
    assert migration.column in written("rules.migration")
    assert migration.off == 0.0


def test_money_is_looked_at_where_money_counts() -> None:
    assert moved("rules.town_money").regime == "as_it_was_money"
    assert moved("rules.scissors").regime == "as_it_was"
    assert moved("rules.scissors").off == pytest.approx(1.0)
