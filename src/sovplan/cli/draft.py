"""``sovplan draft``: one plan, its proof and its plan book."""

import json
import sys
import time
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, final

import typer

from sovplan.cli.new import AsJson
from sovplan.cli.screen import NO, answer, answering, columns, document, note, signed
from sovplan.foundation.numbers import figure, residual
from sovplan.foundation.words import say
from sovplan.history.economies import folder_path, read_aims
from sovplan.planning.catalogue import METHODS
from sovplan.planning.explain import binding_sentences, limit_words
from sovplan.planning.prices import Price, one_sided
from sovplan.planning.stress import Stress, stress
from sovplan.records.aims import Aims
from sovplan.records.aimsfile import unused_keys
from sovplan.records.assembly import economy_of
from sovplan.records.draft import Draft
from sovplan.records.draftfile import contents_of, json_document
from sovplan.records.folder import Folder
from sovplan.records.returns import Returns
from sovplan.records.store import check_target, write_files
from sovplan.records.tables import read_folder
from sovplan.report.planbook import plan_book

Method = StrEnum("Method", {name.upper(): name for name in METHODS})  # type: ignore[misc]
"""The planning methods, so that an unknown one is refused with the known ones named."""

_ROWS = 10


@final
@dataclass(frozen=True, slots=True)
class _Done:
    """What was done: the draft, what it was drawn from, and how long it took."""

    draft: Draft
    folder: Folder
    stress: Stress | None
    price: Price | None
    seconds: float


@answering
def draft(  # noqa: PLR0913, PLR0917 - the options are the contract of the command
    economy: Annotated[str, typer.Argument(help=say("cli.option.economy"))],
    aims: Annotated[str | None, typer.Option(help=say("cli.draft.aims"))] = None,
    years: Annotated[int | None, typer.Option(help=say("cli.draft.years"))] = None,
    method: Annotated[Method, typer.Option(help=say("cli.draft.method"))] = Method("optimum"),  # noqa: B008
    draws: Annotated[int, typer.Option("--stress", min=0, help=say("cli.draft.stress"))] = 0,
    seed: Annotated[int, typer.Option(min=0, help=say("cli.draft.seed"))] = 1,
    price: Annotated[str | None, typer.Option(help=say("cli.draft.price"))] = None,
    out: Annotated[Path | None, typer.Option(help=say("cli.draft.out"))] = None,
    as_json: AsJson = False,
) -> None:
    """Draw up one plan."""
    if out is not None:
        check_target(out, replace=True)
    done = _drawn_up(economy, aims, years, str(method), (draws, seed), price)
    if out is not None:
        _write(done, out, economy, aims)
    if as_json:
        document(json_document(done.draft))
    else:
        _print(done)
    if out is not None:
        note(say("cli.draft.wrote", path=out))
        note(str(out / "report.html"))
    if not done.draft.done:
        raise typer.Exit(NO)


def _drawn_up(  # noqa: PLR0917 - one argument for each option
    economy: str,
    aims: str | None,
    years: int | None,
    method: str,
    stressed: tuple[int, int],
    price: str | None,
) -> _Done:
    began = time.perf_counter()
    _tell("cli.draft.reading")
    path = folder_path(economy)
    folder = read_folder(path)
    declared = economy_of(folder)
    wanted = Aims() if aims is None else read_aims(aims, declared, path)
    wanted = wanted.over(years)
    returns = Returns(declared)
    _tell("cli.draft.solving")
    found = METHODS[method](returns, wanted)
    _warn(wanted)
    draws, seed = stressed
    shaken = None
    if draws and found.done:
        _tell("cli.draft.stressing")
        shaken = stress(returns, folder, found, draws, seed)
    asked = one_sided(returns, wanted, price) if price is not None and found.done else None
    _tell("")
    return _Done(found, folder, shaken, asked, time.perf_counter() - began)


def _write(done: _Done, out: Path, economy: str, aims: str | None) -> None:
    # Only names: a path of this machine has no meaning in a paper.
    command = say("cli.draft.command", economy=Path(economy).name)
    if aims is not None:
        command = say("cli.draft.command_aims", draft=command, aims=Path(aims).name)
    contents = contents_of(done.draft, folder=done.folder, command=command)
    inputs = json.loads(contents["manifest.json"])["inputs"]
    digests = {paper: found["digest"] for paper, found in inputs.items()}
    page = plan_book(done.draft, stress=done.stress, command=command, digests=digests)
    write_files(out, contents | {"report.html": page.encode()}, replace=True)


def _warn(aims: Aims) -> None:
    for key in unused_keys(aims):
        text = say("cli.draft.unused", key=key, objective=aims.objective)
        note(signed("look", text, err=True))


def _tell(key: str) -> None:
    """Show on a terminal what is being done, in one line that rewrites itself."""
    if sys.stderr.isatty():
        text = say(key) if key else ""
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()


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
    if not found.bindings:
        return
    unit = found.economy.hours_unit
    head = [say("cli.draft.binds"), say("cli.draft.saved", unit=unit), say("cli.draft.per_unit")]
    rows = [
        [limit_words(found, binding.limit), figure(binding.saved), figure(binding.hours)]
        for binding in found.bindings[:_ROWS]
    ]
    answer()
    answer(columns(head, rows))
    answer()


def _print_price(price: Price, found: Draft) -> None:
    head = [
        say("cli.draft.price_of", good=price.good),
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
