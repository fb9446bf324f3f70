"""Rules of the country are in the language of the engine: over columns they give the same numbers.

The country is one row and runs in plain Python. Each of its rules that takes numbers only and has
no branches is written down for columns as rules of rows are, takes the quarters of a run as its
rows, and is held against itself, row by row.
"""

from functools import cache

import numpy as np
import pytest

from sovplan.foundation.engine.language import Untranslatable
from sovplan.foundation.engine.rule import Rule
from sovplan.foundation.engine.scripts import all_by_columns
from sovplan.history.nation import SECTORS
from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.society.nation.order import rules
from sovplan.society.nation.year import Quarter, run_nation

P = model_parameters()
OF_NUMBERS = [each for each in rules() if isinstance(each, Rule)]
BY_BRANCH = {
    "farm_effort", "scarcity", "taking", "displacing", "goods_shared", "rations", "debts",
    "village_purse", "dissolution", "coordination", "absorption", "use_of_grain",
}  # fmt: skip
"""Rules that go one way or another by `if`, or through several numbers in turn: not for columns."""
HEAVY = 1
"""The sector whose row a rule of sectors takes here."""


@cache
def quarters() -> tuple[Quarter, ...]:
    return run_nation(country_inputs("as_it_was_whole"), P)


def column(name: str, rule: Rule) -> np.ndarray:
    """Return what stands in the books at the end of each quarter under a name that a rule reads."""
    head, dot, key = name.rpartition(".")
    first = quarters()[0]
    if head in SECTORS or (rule.table == "sectors" and not dot and key in first.sectors):
        at = SECTORS.index(head) if dot else HEAVY
        return np.array([float(each.sectors[key][at]) for each in quarters()])
    last = quarters()[-1].nation
    return np.array([each.nation.get(key, last[key]) for each in quarters()])


@pytest.mark.parametrize("rule", OF_NUMBERS, ids=lambda rule: rule.name)
def test_only_rules_that_branch_are_not_for_columns(rule: Rule) -> None:
    if rule.name in BY_BRANCH:
        with pytest.raises(Untranslatable):
            all_by_columns(rule.law)
    else:
        all_by_columns(rule.law)


@pytest.mark.parametrize(
    "rule", [each for each in OF_NUMBERS if each.name not in BY_BRANCH], ids=lambda rule: rule.name
)
def test_a_rule_of_the_country_says_the_same_over_columns(rule: Rule) -> None:
    taken = {
        name.replace(".", "_"): column(name, rule) for name in (*rule.reads, *rule.institutions)
    } | {name: np.full(len(quarters()), P[name]) for name in rule.parameters}
    found = all_by_columns(rule.law)(**taken)
    rows = [
        rule.law(**{name: float(values[at]) for name, values in taken.items()})
        for at in range(len(quarters()))
    ]
    stated = np.array([row if isinstance(row, tuple) else (row,) for row in rows])

    assert len(found) == len(rule.writes)
    for one, other in zip(found, stated.T, strict=True):
        np.testing.assert_allclose(np.broadcast_to(one, other.shape), other, rtol=1e-12, atol=1e-12)
