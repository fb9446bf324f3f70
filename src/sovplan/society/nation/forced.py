"""What history or the trial puts in the place of a state that a rule has found.

Rules never see that a state is forced: they read and write the column as they always do. Where the
path of the quarter holds a value above nought, it is written over the column as soon as the rule is
done; 0 says that the column is what the rule found.
"""

from collections.abc import Mapping, MutableMapping
from types import MappingProxyType
from typing import Final

from sovplan.history.nation import FORCED

FORCED_AFTER: Final[Mapping[str, tuple[str, str]]] = MappingProxyType({
    "coordination": ("coordination", FORCED),
    "food_had": ("town_food", "town_food_given"),
})  # fmt: skip
"""Column and path that is put in its place, by the rule that writes the column."""


def force(nation: MutableMapping[str, float], rule: str) -> None:
    """Put what is given in the place of what a rule has found.

    Parameters
    ----------
    nation
        Columns of the nation; paths of the quarter stand among them.
    rule
        Name of the rule, one of `FORCED_AFTER`.
    """
    column, path = FORCED_AFTER[rule]
    if nation[path] > 0.0:
        nation[column] = nation[path]
