"""The run of the package, once for all tests."""

from collections.abc import Mapping
from functools import cache

from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.society.nation.measures import Yearly, measures
from sovplan.society.nation.year import Quarter, run_nation


@cache
def books() -> tuple[Quarter, ...]:
    return run_nation(country_inputs(), model_parameters())


@cache
def figures() -> Mapping[str, Yearly]:
    return measures(books(), country_inputs())
