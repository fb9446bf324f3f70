"""What workplaces and consumers declare: all that a planner may know."""

from dataclasses import dataclass
from typing import final

from sovplan.foundation.shapes import TechniquesVector
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
    done
        What techniques say they did in the year before; None where nobody was asked. A plan made
        from the level reached starts from it.
    """

    declared: Economy
    filed_by: str = "workplaces and consumers"
    done: TechniquesVector | None = None
