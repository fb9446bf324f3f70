"""What workplaces and consumers declare: all that a planner may know."""

from dataclasses import dataclass
from typing import final

from sovplan.records.economy import Economy


@final
@dataclass(frozen=True, slots=True, eq=False)
class Returns:
    """An economy as declared.

    Parameters
    ----------
    declared
        What workplaces say they can make and need, and what people say they want.
    filed_by
        Who said so.
    """

    declared: Economy
    filed_by: str = "workplaces and consumers"
