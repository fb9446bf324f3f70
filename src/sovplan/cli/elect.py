"""``sovplan elect``: who is elected to several seats."""

from typing import Annotated

import typer

from sovplan.cli.screen import AsJson, answering
from sovplan.cli.vote import BallotsFile, Lot, RuleName, count
from sovplan.foundation.words import say


@answering
def elect(
    ballots: BallotsFile,
    seats: Annotated[int, typer.Option(help=say("cli.elect.seats"))],
    rule: RuleName,
    lot: Lot = None,
    as_json: AsJson = False,
) -> None:
    """Count the ballots of an election."""
    count(ballots, rule, seats, lot, as_json=as_json)
