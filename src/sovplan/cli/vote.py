"""``sovplan vote``: what a rule makes of ballots."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from sovplan.cli.screen import NO, AsJson, answer, answering, document, note, signed
from sovplan.cli.yearfiles import file_vote
from sovplan.councils.catalogue import RULES, details, rule_name
from sovplan.councils.ties import drawn
from sovplan.foundation.errors import DataError
from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.records.ballotfile import read_ballots
from sovplan.records.documents import Ballots, Decision

BallotsFile = Annotated[Path, typer.Argument(help=say("cli.vote.ballots"))]
RuleName = Annotated[str, typer.Option("--rule", help=say("cli.vote.rule"))]
Lot = Annotated[str | None, typer.Option("--lot", help=say("cli.vote.lot"))]

_DIGITS: Final = 15


@answering
def vote(  # noqa: PLR0917 - the options are the contract of the command
    ballots: BallotsFile,
    rule: RuleName,
    seats: Annotated[int, typer.Option(help=say("cli.vote.seats"))] = 1,
    lot: Lot = None,
    economy: Annotated[Path | None, typer.Option(help=say("cli.vote.economy"))] = None,
    plan: Annotated[list[Path] | None, typer.Option(help=say("cli.vote.plan"))] = None,
    by: Annotated[str, typer.Option(help=say("cli.vote.by"))] = "",
    as_json: AsJson = False,
) -> None:
    """Count ballots by a rule, and file them with the plans where a log is named."""
    if (economy is None) != (not plan):
        raise DataError(say("cli.vote.both"))
    if economy is not None and not by.strip():
        raise DataError(say("cli.vote.no_body"))
    filed = None if economy is None else (economy, tuple(plan or ()), by.strip())
    count(ballots, rule, seats, lot, filed=filed, as_json=as_json)


def count(
    path: Path,
    rule: str,
    seats: int,
    lot: str | None,
    *,
    filed: tuple[Path, tuple[Path, ...], str] | None = None,
    as_json: bool,
) -> None:
    """Read ballots, apply the rule, print the decision; exit 1 if the rule does not decide.

    A decision is filed; what is level is not decided, and nothing is filed.

    Parameters
    ----------
    path
        File of ballots.
    rule
        Name of the rule.
    seats
        How many are chosen.
    lot
        Seed of a lot for what is level; None to draw none.
    filed
        Folder of an economy with a log of the year, the folders of the plans that are voted on,
        and the body that decides, if the vote is to be filed.
    as_json
        Whether to print one JSON document.
    """
    name = rule_name(rule)
    ballots = read_ballots(path)
    if filed is not None and ballots.filed_by == path.name:
        # A table names nobody who collected it; the body that asked for the ballots did.
        ballots = replace(ballots, filed_by=filed[2])
    if lot is not None:
        drawn(lot, ballots.options)  # refuses a blank seed also where nothing is level
    decision = _decided(name, ballots, seats, lot, path.name)
    if filed is not None and not decision.tied:
        economy, plans, body = filed
        file_vote(economy, plans, ballots, replace(decision, filed_by=body))
    if as_json:
        document(_document(decision, ballots, seats, lot))
    else:
        _print(decision, ballots, lot)
    if decision.tied:
        note(signed("no", say("cli.vote.tied", names=", ".join(decision.tied)), err=True))
        raise typer.Exit(NO)
    if filed is not None:
        note(say("cli.vote.filed", folder=filed[0], count=len(filed[1])))


def _decided(rule: str, ballots: Ballots, seats: int, lot: str | None, file: str) -> Decision:
    try:
        return RULES[rule](ballots, seats=seats, filed_by=ballots.filed_by, lot=lot)
    except DataError as wrong:
        raise DataError(say("cli.vote.refused", file=file, why=wrong)) from None


def _document(decision: Decision, ballots: Ballots, seats: int, lot: str | None) -> dict[str, Any]:
    return {
        "question": decision.question,
        "rule": decision.rule,
        "seats": seats,
        "voters": _voters(ballots),
        "winners": list(decision.winners),
        "tied": list(decision.tied),
        "rounds": [dict(votes) for votes in decision.rounds],
        "lot": lot,
        **details(decision.rule, ballots, seats),
    }


def _print(decision: Decision, ballots: Ballots, lot: str | None) -> None:
    chosen = ", ".join(decision.winners) or say("cli.vote.nobody")
    answer(signed("no" if decision.tied else "done", f"{decision.question}: {chosen}"))
    counts = {"voters": figure(_voters(ballots), _DIGITS), "options": len(ballots.options)}
    answer(say("cli.vote.counted", rule=say(f"councils.rule.{decision.rule}"), **counts))
    if lot is not None:
        answer(say("cli.vote.drawn", seed=lot))
    answer()
    for place, votes in enumerate(decision.rounds, start=1):
        listed = sorted(votes.items(), key=lambda item: -item[1])
        names = ", ".join(f"{name} {figure(value, _DIGITS)}" for name, value in listed)
        answer(say("cli.vote.round", place=place, names=names))


def _voters(ballots: Ballots) -> int:
    return sum(ballot.voters for ballot in ballots.cast)
