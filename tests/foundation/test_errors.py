import ast
import inspect
import re

import pytest

from sovplan.foundation import errors
from sovplan.foundation.errors import (
    DataError,
    NotProductive,
    OutOfStage,
    PlanningError,
    SolverFailed,
    SovplanError,
)

CLASSES = [kind for _, kind in inspect.getmembers(errors, inspect.isclass)
           if kind.__module__ == errors.__name__]  # fmt: skip


def test_every_error_of_ours_can_be_caught_as_one() -> None:
    assert all(issubclass(kind, SovplanError) for kind in CLASSES)


def test_the_heading_of_the_module_draws_the_tree_as_it_is() -> None:
    heading = ast.get_docstring(ast.parse(inspect.getsource(errors))) or ""
    _, _, tree = heading.partition("\n")
    drawn = re.findall(r"^(?:[│ ]*[├└]── )?([A-Z]\w+)", tree, re.M)

    assert sorted(drawn) == sorted(kind.__name__ for kind in CLASSES)


@pytest.mark.parametrize("kind", [DataError, PlanningError, SolverFailed, OutOfStage])
def test_kinds_of_error_are_kept_apart(kind: type[SovplanError]) -> None:
    others = {DataError, PlanningError, SolverFailed, OutOfStage} - {kind}

    assert not any(issubclass(kind, other) for other in others)


def test_an_unproductive_economy_is_a_failure_of_planning_that_names_the_goods() -> None:
    error = NotProductive(name for name in ["coal", "steel"])

    assert isinstance(error, PlanningError)
    assert error.goods == ("coal", "steel")
    assert "coal, steel" in str(error)
