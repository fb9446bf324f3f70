"""``sovplan draft``: one plan, its proof and its plan book."""

import time
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, final

import typer

from sovplan.cli.amend import amend_draft
from sovplan.cli.progress import counting, tell
from sovplan.cli.repeat import METHOD, Asked, command_line
from sovplan.cli.rounds import draft_in_rounds, is_councils
from sovplan.cli.screen import NO, AsJson, answer, answering, columns, document, note, signed
from sovplan.foundation.errors import DataError
from sovplan.foundation.numbers import figure, residual
from sovplan.foundation.words import say
from sovplan.history.economies import folder_path, read_aims
from sovplan.planning.catalogue import METHODS
from sovplan.planning.explain import binding_sentences, told_rows
from sovplan.planning.foremost import gain_figure, gain_head, holding, saving, unit_price_words
from sovplan.planning.prices import Price, one_sided
from sovplan.planning.results import price_block, stress_block, stress_table
from sovplan.planning.stress import MOST_DRAWS, Stress, stress
from sovplan.records.aims import Aims
from sovplan.records.aimsfile import unused_keys
from sovplan.records.assembly import economy_of
from sovplan.records.draft import Draft
from sovplan.records.draftfile import KIND, contents_of, json_document
from sovplan.records.folder import Folder
from sovplan.records.returns import Returns
from sovplan.records.store import check_run, write_run
from sovplan.records.tables import read_folder, write_parquet
from sovplan.report.planbook import plan_book

Method = StrEnum("Method", {name.upper(): name for name in METHODS})  # type: ignore[misc]
"""The planning methods, so that an unknown one is refused with the known ones named."""


@final
@dataclass(frozen=True, slots=True)
class _Done:
    """What was done: the draft, what it was drawn from, and how long it took."""

    draft: Draft
    folder: Folder
    stress: Stress | None
    price: Price | None
    seconds: float

    def results(self) -> dict[str, Any]:
        """Return what was found beside the plan, as its document holds it."""
        return {
            "stress": self.stress and stress_block(self.stress, self.draft),
            "price": self.price and price_block(self.price),
        }


@answering
def draft(  # noqa: PLR0913, PLR0917 - the options are the contract of the command
    economy: Annotated[str, typer.Argument(help=say("cli.option.economy"))],
    aims: Annotated[str | None, typer.Option(help=say("cli.draft.aims"))] = None,
    years: Annotated[int | None, typer.Option(help=say("cli.draft.years"))] = None,
    method: Annotated[Method, typer.Option(help=say("cli.draft.method"))] = Method(METHOD),  # noqa: B008
    draws: Annotated[
        int, typer.Option("--stress", min=0, max=MOST_DRAWS, help=say("cli.draft.stress"))
    ] = 0,
    seed: Annotated[int, typer.Option(min=0, help=say("cli.draft.seed"))] = 1,
    price: Annotated[str | None, typer.Option(help=say("cli.draft.price"))] = None,
    amend: Annotated[str | None, typer.Option(help=say("cli.draft.amend"))] = None,
    until: Annotated[
        float | None, typer.Option(min=1e-4, max=1.0, help=say("cli.draft.until"))
    ] = None,
    out: Annotated[Path | None, typer.Option(help=say("cli.draft.out"))] = None,
    as_json: AsJson = False,
) -> None:
    """Draw up one plan."""
    asked = Asked(economy, aims, years, str(method), draws, seed, price, amend)
    _check(asked, until)
    if is_councils(asked):
        draft_in_rounds(asked, until, out, as_json=as_json)
        return
    if out is not None:
        check_run(out, KIND)
    if amend is not None:
        amend_draft(asked, out, as_json=as_json)
        return
    done = _drawn_up(asked)
    if out is not None:
        _write(done, out, asked)
    if as_json:
        document(json_document(done.draft, done.results()))
    else:
        _print(done)
    if out is not None:
        note(say("cli.draft.wrote", path=out))
        note(str(out / "report.html"))
    if not done.draft.done:
        raise typer.Exit(NO)


def _check(asked: Asked, until: float | None) -> None:
    """Refuse options that say nothing beside the method."""
    if asked.price is not None and asked.method != METHOD:
        raise DataError(say("cli.draft.price_method", method=asked.method, needed=METHOD))
    if until is not None and not is_councils(asked):
        raise DataError(say("cli.draft.until_alone"))


def _drawn_up(asked: Asked) -> _Done:
    began = time.perf_counter()
    tell("cli.draft.reading")
    path = folder_path(asked.economy)
    folder = read_folder(path)
    declared = economy_of(folder)
    wanted = Aims() if asked.aims is None else read_aims(asked.aims, declared, path)
    # Said in full, so that the aims that are written with the draft are those it was made for.
    wanted = wanted.over(wanted.horizon if asked.years is None else asked.years)
    returns = Returns(declared)
    tell("cli.draft.solving")
    found = METHODS[asked.method](returns, wanted)
    _warn(wanted)
    shaken, price = None, None
    if found.done and asked.draws:
        shaken = stress(
            returns,
            folder,
            found,
            asked.draws,
            asked.seed,
            each=counting("cli.draft.stressing", asked.draws),
        )
    if found.done and asked.price is not None:
        price = one_sided(returns, wanted, asked.price)
    tell("")
    if not found.done and (asked.draws or asked.price is not None):
        given = {"--stress": bool(asked.draws), "--price": asked.price is not None}
        names = say("cli.draft.and").join(name for name, is_given in given.items() if is_given)
        note(signed("look", say("cli.draft.nothing_to_try", options=names), err=True))
    return _Done(found, folder, shaken, price, time.perf_counter() - began)


def _write(done: _Done, out: Path, asked: Asked) -> None:
    command = command_line(asked)
    files = {"report.html": plan_book(done.draft, stress=done.stress, command=command).encode()}
    more: dict[str, object] = {}
    if done.stress is not None:
        files["stress.parquet"] = write_parquet(stress_table(done.stress, done.draft))
        more["stress"] = {"draws": done.stress.draws, "seed": done.stress.seed}
    contents = contents_of(
        done.draft,
        folder=done.folder,
        command=command,
        results=done.results(),
        files=files,
        manifest_extra=more,
    )
    write_run(out, contents, KIND)


def _warn(aims: Aims) -> None:
    for key in unused_keys(aims):
        text = say("cli.draft.unused", key=key, objective=aims.objective)
        note(signed("look", text, err=True))


def _print(done: _Done) -> None:
    found = done.draft
    opening, *rest = found.explain()
    answer(signed("done" if found.done else "no", opening))
    if not found.done:
        for sentence in rest:
            answer(f"  {sentence}")
        return
    _print_bindings(found)
    told = set(binding_sentences(found))
    for sentence in rest:
        if sentence not in told:
            answer(sentence)
    if done.stress is not None:
        for sentence in done.stress.sentences:
            answer(sentence)
    if done.price is not None:
        _print_price(done.price, found)
    _print_proof(found, done.seconds)


def _print_bindings(found: Draft) -> None:
    gains = [
        [thing, gain, unit_price_words(found, told)]
        for told, thing, gain in told_rows(
            found, holding(found), lambda g: gain_figure(found, g), "at_most"
        )
    ]
    dear = told_rows(found, saving(found), figure, "rate")
    saved, unit = [[thing, hours] for _, thing, hours in dear], found.work_unit
    for head, rows in (
        ([say("cli.draft.binds"), gain_head(found), say("cli.draft.per_unit")], gains),
        ([say("planning.told.costs"), say("cli.draft.saved", unit=unit)], saved),
    ):
        if rows:
            answer()
            answer(columns(head, rows))
    if gains or saved:
        answer()


def _print_price(price: Price, found: Draft) -> None:
    goods = found.economy.goods
    counted = goods.units[goods.names.index(price.good)] or say("planning.cost.unit")
    words = {"good": price.good, "hours": found.work_unit, "unit": counted}
    head = [
        say("cli.draft.price_of", **words),
        say("cli.draft.more"),
        say("cli.draft.less"),
    ]
    rows = [
        [str(year), figure(more), figure(less)]
        for year, more, less in zip(found.years, price.more, price.less, strict=True)
    ]
    answer()
    answer(columns(head, rows))


def _print_proof(found: Draft, seconds: float) -> None:
    certificate = found.certificate
    if certificate is not None:
        proof = say(
            "cli.draft.proof",
            gap=residual(certificate.gap),
            balance=residual(certificate.balance),
            limits=residual(certificate.primal),
        )
        answer(f"{proof:<60}{seconds:>16.1f} s")
