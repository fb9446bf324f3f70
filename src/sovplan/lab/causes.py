"""Why a rule makes nothing of a parameter: its switch, what is given, other numbers, or together.

Each of these alone may be enough, or only some of them together. Which, is tried on the text of the
rule; nothing is run.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias, final

from sovplan.foundation.engine.block import Piece
from sovplan.lab.folding import reaching
from sovplan.records.scenario import Country
from sovplan.regimes.model import changed_parameters

Known: TypeAlias = Mapping[str, float]
"""Values of institutions and of what is given, where they are the same in all quarters."""

_OF_NATION: Final = ("nation", "sectors")
"""Tables whose rules read what is given under its own name."""


@final
@dataclass(frozen=True, slots=True)
class Idle:
    """A rule that reads a parameter and makes nothing of it, and why.

    Parameters
    ----------
    rule
        The rule.
    switch
        Its switch if that is turned off and has a part in it, else "".
    given
        What is given, the same in all quarters, and has a part in it.
    numbers
        Other parameters that have a part in it.
    alone
        Whether each of these is enough; if not, all of them together are, and no fewer.
    """

    rule: Piece
    switch: str
    given: Known
    numbers: Known
    alone: bool


def idle_rule(name: str, piece: Piece, known: Known, scenario: Country) -> Idle | None:
    """Return why a rule makes nothing of a parameter; None where it makes something of it.

    Parameters
    ----------
    name
        The parameter.
    piece
        A rule that reads it.
    known
        What is given and the same in all quarters.
    scenario
        What is run, with its switches and parameters.
    """
    switch = piece.switch if piece.switch in scenario.off else ""
    parameters = changed_parameters(scenario.parameters, beyond=True)
    # Numbers of the trial of persons are no parameters of the model; they stay unknown.
    named = [each for each in piece.parameters if each in parameters and each != name]
    names = [*piece.institutions, *(piece.reads if piece.table in _OF_NATION else ())]
    given = {each: known[each] for each in names if each in known}
    numbers = {each: parameters[each] for each in named}
    why = _Why(name, piece, switch, given | numbers)
    switches = [switch] if switch else []
    if not why.enough([*numbers, *given, *switches]):
        return None
    # A number that is enough is a cause; all others are what the text of the rule stands on.
    causes = [each for each in numbers if why.enough([each])]
    ground = [each for each in numbers if each not in causes]
    causes += [each for each in (*given, *switches) if why.enough([*ground, each])]
    alone = bool(causes) and not why.enough(ground)
    if not alone:
        causes = why.fewest([*numbers, *given, *switches])
    return Idle(
        piece,
        switch if switch in causes else "",
        {each: given[each] for each in given if each in causes},
        {each: numbers[each] for each in numbers if each in causes},
        alone,
    )


@final
@dataclass(frozen=True, slots=True)
class _Why:
    """What may be the cause that a rule makes nothing of a parameter."""

    name: str
    rule: Piece
    switch: str
    values: Known

    def enough(self, causes: Collection[str]) -> bool:
        """Return whether the rule makes nothing of it where no more than some causes are known."""
        known = {each: self.values[each] for each in causes if each in self.values}
        if self.switch in causes:
            if not self.rule.off or self.name in self.rule.off:
                return True
            known |= self.rule.off
        named = {each.replace(".", "_"): value for each, value in known.items()}
        found = reaching(self.rule.law, named)
        return found is not None and self.name not in found

    def fewest(self, causes: Collection[str]) -> list[str]:
        """Return some of the causes that are enough together, and none of which can be spared."""
        left = list(causes)
        for each in causes:
            fewer = [other for other in left if other != each]
            if self.enough(fewer):
                left = fewer
        return left
