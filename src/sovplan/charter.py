"""The offices of the year and who holds them: who drafts, who decides, who inspects.

The same charter serves simulated and real participants: it is given papers and returns papers.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final, TypeAlias, final

from sovplan.councils.catalogue import RULES
from sovplan.foundation.shapes import GoodsVector, TechniquesVector
from sovplan.planning.command import Drive, command
from sovplan.planning.profiles import PROFILES, Ways, drafted, ways_of
from sovplan.records.documents import Ballots, Decision
from sovplan.records.draft import Draft
from sovplan.records.institutions import IMPOSED, Institutions
from sovplan.records.returns import Returns

Planner: TypeAlias = Callable[[Returns], Draft]

_LEADERSHIP: Final = "leadership"
_VOTERS: Final = "those entitled to vote"
"""Who files a vote: no body is named, since none stands between voters and the count here."""


@final
@dataclass(frozen=True, slots=True)
class Charter:
    """Who takes the steps of a year that papers alone decide.

    Parameters
    ----------
    planners
        Each makes one draft from the returns.
    rule
        Name of the rule of decision.
    """

    planners: Sequence[Planner]
    rule: str

    @property
    def asks(self) -> bool:
        """Whether anybody votes."""
        return self.rule != IMPOSED

    def decide(self, drafts: Sequence[Draft], ballots: Ballots | None, lot: str) -> Decision:
        """Return which draft is adopted.

        Parameters
        ----------
        drafts
            What was put forward.
        ballots
            What was cast; None where nobody is asked: then the first draft holds.
        lot
            Public seed of the lot that decides between drafts that the rule leaves level.
        """
        question = f"plan {drafts[0].years[0]}"
        if ballots is None:
            return Decision(question, IMPOSED, (drafts[0].method,), _LEADERSHIP)
        return RULES[self.rule](ballots, seats=1, filed_by=_VOTERS, lot=lot)


def charter_of(
    institutions: Institutions, prices: GoodsVector, before: TechniquesVector | None
) -> Charter:
    """Return the charter that institutions amount to.

    Parameters
    ----------
    institutions
        Values in force.
    prices
        Published prices, at which planners weigh consumption.
    before
        Targets of the year before, by technique, for planners who ratchet; None in the first year.
    """
    years = institutions.plan_years
    drive = Drive(
        institutions.ambition_heavy,
        institutions.ambition_light,
        institutions.ratchet,
        institutions.feasibility_check,
        before,
    )
    # What can be had of the same returns is found once for all who draft.
    ways = lru_cache(maxsize=1)(partial(ways_of, prices=prices, years=years))
    makers: Mapping[str, Planner] = {
        name: partial(_profile, name, prices, years, ways) for name in PROFILES
    } | {"command": lambda returns: command(returns, drive, prices, years)}
    return Charter([makers[name] for name in institutions.drafters], institutions.decision_rule)


def _profile(
    name: str,
    prices: GoodsVector,
    years: int,
    ways: Callable[[Returns], Ways],
    returns: Returns,
) -> Draft:
    return drafted(returns, name, prices, years, ways(returns))
