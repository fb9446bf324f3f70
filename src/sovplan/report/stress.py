"""What the plan book reads of a plan tried under chance; the planning floor fills it."""

from typing import Protocol, runtime_checkable


@runtime_checkable
class Stressed(Protocol):
    """What remains of a plan when the numbers it was made from err.

    Attributes
    ----------
    draws
        How many times the numbers were drawn inside their ranges.
    low, high
        Edges of the band that holds 90 per cent of what was fulfilled, 1.
    """

    @property
    def draws(self) -> int:
        """How many times."""

    @property
    def low(self) -> float:
        """Lower edge, 1."""

    @property
    def high(self) -> float:
        """Upper edge, 1."""
