"""The chance that a rule gives something, read off the rule itself.

Where all that a rule reads are a few codes, persons with the same codes have the same chances, and
a model may count them in cells and draw binomial numbers in place of persons: its law is the same
(the chain of persons can be lumped). So that both rest on one text, the chance is not written down
a second time: a rule compares one uniform number with a limit, and the limit is found by halving.
"""

from collections.abc import Mapping
from typing import Final

from sovplan.foundation.engine.rule import Rule

_HALVINGS: Final = 60


def chance(rule: Rule, draw: str, given: Mapping[str, float | int]) -> float:
    """Return the share of draws below the limit at which what a rule gives changes.

    Parameters
    ----------
    rule
        A rule that gives one thing for draws below a limit and another above it.
    draw
        Name of the draw.
    given
        All its other arguments, by name.

    Returns
    -------
    float
        The limit; 0 where no draw changes anything.

    Raises
    ------
    ValueError
        A third thing is given between: the rule compares the draw with more than one limit.

    Examples
    --------
    >>> from sovplan.foundation.engine.rule import rule
    >>> @rule("X", step="renew", table="people", reads=("age",), draws=("dying",),
    ...       writes=("dies",), source="none")
    ... def death(age: int, dying: float) -> int:
    ...     "Dies if u < age / 100."
    ...     return 1 if dying < age / 100 else 0
    >>> round(chance(death, "dying", {"age": 25}), 12)
    0.25
    """
    below, above = rule.law(**given, **{draw: 0.0}), rule.law(**given, **{draw: 1.0})
    if below == above:
        return 0.0
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        found = rule.law(**given, **{draw: middle})
        if found not in (below, above):
            raise ValueError(f"{rule.name}: {draw} is compared with more than one limit")
        low, high = (middle, high) if found == below else (low, middle)
    return high
