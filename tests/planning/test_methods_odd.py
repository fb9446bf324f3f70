"""Every method answers on odd economies too, or refuses them in one sentence; none breaks down."""

import warnings
from typing import Any

import pytest
from tests.planning.small import folder

from sovplan.foundation.errors import SovplanError
from sovplan.history.economies import read_economy
from sovplan.planning.catalogue import METHODS
from sovplan.records.aims import Aims
from sovplan.records.assembly import economy_of
from sovplan.records.economy import Economy
from sovplan.records.identities import balance_error
from sovplan.records.returns import Returns


def village(**other: list[dict[str, Any]]) -> Economy:
    """Return a farm and a forge that build each other's plant, with other tables put in place."""
    one = {"wear": 0.1, "gestation": 1}
    tables: dict[str, list[dict[str, Any]]] = {
        "goods": [{"good": "grain", "unit": "t", "spoilage": 1}, {"good": "tools", "unit": "p"}],
        "techniques": [
            {"technique": "farm", "capacity": 100, **one},
            {"technique": "forge", "capacity": 30, **one},
        ],
        "flows": [
            {"technique": "farm", "good": "grain", "role": "output", "amount": 1},
            {"technique": "farm", "good": "tools", "role": "capital", "amount": 1},
            {"technique": "forge", "good": "tools", "role": "output", "amount": 1},
            {"technique": "forge", "good": "tools", "role": "capital", "amount": 1},
            {"technique": "forge", "good": "grain", "role": "input", "amount": 0.2},
        ],
        "labour": [
            {"technique": "farm", "skill": "work", "hours": 1},
            {"technique": "forge", "skill": "work", "hours": 1},
        ],
        "supply": [{"year": 1, "kind": "labour", "name": "work", "amount": 200}],
        "needs": [
            {"year": 1, "good": "grain", "target": 50},
            {"year": 1, "good": "tools", "target": 5},
        ],
    }
    return economy_of(folder(tables | other))


ODD: dict[str, tuple[Economy, Aims]] = {
    "one year": (read_economy("two-goods"), Aims(years=1)),
    "no labour": (village(labour=[], supply=[]), Aims(years=3)),
    "no hours": (
        village(supply=[{"year": 1, "kind": "labour", "name": "work", "amount": 0}]), Aims(years=3)
    ),
    "no targets": (village(needs=[{"year": 1, "good": "grain", "floor": 5}]), Aims(years=3)),
    "a target in the last year": (
        village(needs=[{"year": 3, "good": "grain", "target": 50}]), Aims(years=3)
    ),
    "no capacity": (
        village(techniques=[
            {"technique": name, "capacity": 0, "wear": 0.1, "gestation": 1}
            for name in ("farm", "forge")
        ]),
        Aims(years=3),
    ),
    "all wears out": (
        village(techniques=[
            {"technique": name, "capacity": 50, "wear": 1, "gestation": 1}
            for name in ("farm", "forge")
        ]),
        Aims(years=3),
    ),
    "floors out of reach": (
        village(needs=[{"year": 1, "good": "grain", "target": 500, "floor": 400}]), Aims(years=3)
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("method", sorted(METHODS))
def test_every_method_answers_or_refuses(method: str, name: str) -> None:
    economy, aims = ODD[name]
    with warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)
        try:
            found = METHODS[method](Returns(economy), aims)
        except SovplanError as refused:
            said, found = str(refused), None
    if found is None:
        assert len(said) > 20
        assert "\n" not in said
    elif found.plan is not None:
        assert balance_error(economy, found.plan) <= 1e-9
