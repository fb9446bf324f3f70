"""What the method of rounds says of an economy in kind: it needs councils that answer to prices."""

from sovplan.foundation.errors import PlanningError
from sovplan.foundation.words import say
from sovplan.records.aims import Aims
from sovplan.records.draft import Draft
from sovplan.records.returns import Returns


def rounds_plan(returns: Returns, aims: Aims | None = None, *, years: int | None = None) -> Draft:
    """Refuse: techniques with fixed proportions have no best answer to a price.

    With constant returns a council's best proposal is nothing, anything or without limit; rounds
    (`procedure.rounds`) need decreasing returns, and consumers who say what they spend on what.

    Raises
    ------
    PlanningError
        Always, naming what the economy lacks.
    """
    del aims, years
    raise PlanningError(say("rounds.no_councils", economy=returns.declared.name))
