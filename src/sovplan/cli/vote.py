"""``sovplan vote``: what a rule makes of ballots."""

from pathlib import Path
from typing import Annotated, Any, Final

import typer

from sovplan.cli.new import AsJson
from sovplan.cli.screen import NO, answer, answering, document, note, signed
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
def vote(
    ballots: BallotsFile,
    rule: RuleName,
    seats: Annotated[int, typer.Option(help=say("cli.vote.seats"))] = 1,
    lot: Lot = None,
    as_json: AsJson = False,
) -> None:
    """Count ballots by a rule."""
    count(ballots, rule, seats, lot, as_json=as_json)


def count(path: Path, rule: str, seats: int, lot: str | None, *, as_json: bool) -> None:
    """Read ballots, apply the rule, print the decision; exit 1 if the rule does not decide.

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
    as_json
        Whether to print one JSON document.
    """
    name = rule_name(rule)
    ballots = read_ballots(path)
    if lot is not None:
        drawn(lot, ballots.options)  # refuses a blank seed also where nothing is level
    decision = _decided(name, ballots, seats, lot, path.name)
    if as_json:
        document(_document(decision, ballots, seats, lot))
    else:
        _print(decision, ballots, lot)
    if decision.tied:
        note(signed("no", say("cli.vote.tied", names=", ".join(decision.tied)), err=True))
        raise typer.Exit(NO)


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
