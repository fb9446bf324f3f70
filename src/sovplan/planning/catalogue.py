"""The planning methods by name; a new one is one file and one line here."""

from collections.abc import Callable
from typing import Final

from sovplan.planning.balances import balances
from sovplan.planning.optimum import optimum
from sovplan.records.draft import Draft

METHODS: Final[dict[str, Callable[..., Draft]]] = {"optimum": optimum, "balances": balances}
"""Each takes returns, aims and years, and gives a draft."""
