"""``sovplan draft --amend``: what amendments to a draft cost, and which of them fit together."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import typer

from sovplan.cli.progress import counting, tell
from sovplan.cli.repeat import AMENDMENTS, METHOD, Asked, command_line
from sovplan.cli.screen import NO, answer, columns, document, note, signed
from sovplan.foundation.errors import DataError, PlanningError
from sovplan.foundation.numbers import MINUS, NOTHING_KNOWN, figure, percent, residual
from sovplan.foundation.words import say
from sovplan.history.economies import folder_path, read_aims
from sovplan.planning.amending.backing import proof_index, proof_tables
from sovplan.planning.amending.ground import ground_of
from sovplan.planning.amending.sentences import (
    costing_sentences,
    joint_sentences,
    outputs_words,
    quoted,
    reached_words,
    sentences_of,
    share_sentences,
    years_words,
)
from sovplan.planning.amending.sheet import Backed, sheet_of
from sovplan.planning.amending.sure import certainties
from sovplan.planning.optimum import optimum
from sovplan.records.aims import Aims
from sovplan.records.amendments import Amendment
from sovplan.records.amendmentsfile import amendments_of
from sovplan.records.assembly import economy_of
from sovplan.records.costing import AnswerSheet, Costing, Moved, ShareSheet, Sheet, beside
from sovplan.records.draft import Draft
from sovplan.records.draftfile import KIND, contents_of, json_document
from sovplan.records.folder import Folder
from sovplan.records.returns import Returns
from sovplan.records.store import write_run
from sovplan.records.tables import read_folder, read_toml, write_parquet, write_toml
from sovplan.records.wire import canonical, encoded
from sovplan.report.amendments import amendments_page

_SHOWN: Final = 10
"""Lines of each answer that are printed at most."""


def amend_draft(asked: Asked, out: Path | None, *, as_json: bool) -> None:
    """Draw up the best plan, hold its amendments against it, and print and write the sheet.

    Raises
    ------
    DataError
        Another option does not go with amendments, or the file of clauses has an error.
    """
    _check_alone(asked)
    path = folder_path(asked.economy)
    folder = read_folder(path)
    economy = economy_of(folder)
    aims = Aims() if asked.aims is None else read_aims(asked.aims, economy, path)
    aims = aims.over(aims.horizon if asked.years is None else asked.years)
    file = Path(asked.amend or "")
    written = read_toml(file)
    amendments = amendments_of(written, economy, economy.years(aims.horizon), name=file.name)
    tell("cli.draft.solving")
    try:
        ground = ground_of(Returns(economy), aims)
    except PlanningError:
        _refuse(optimum(Returns(economy), aims), as_json=as_json)
        raise typer.Exit(NO) from None
    sheet, backed = sheet_of(ground, amendments, tell=_amending)
    if asked.draws:
        sheet = _made_sure(sheet, ground.draft, folder, aims, asked, amendments.amendments)
    tell("")
    if out is not None:
        _write(out, asked, (ground.draft, folder, written), (sheet, backed))
    if as_json:
        document(encoded(sheet))
    else:
        _print(ground.draft, sheet)
    if out is not None:
        note(say("cli.draft.wrote", path=out))
        note(str(out / "report.html"))
    if not all(costing.theta >= 1 for costing in sheet.costings):
        raise typer.Exit(NO)


def _made_sure(  # noqa: PLR0917 - what a sheet was made from
    sheet: Sheet,
    draft: Draft,
    folder: Folder,
    aims: Aims,
    asked: Asked,
    amendments: Sequence[Amendment],
) -> Sheet:
    """Return a sheet that says how certain each cost is."""
    count = counting("cli.draft.costing", asked.draws)
    found = certainties(folder, aims, amendments, asked.draws, asked.seed, each=count)
    costings = tuple(
        replace(costing, certainty=certainty)
        for costing, certainty in zip(sheet.costings, found, strict=True)
    )
    sure = replace(sheet, costings=costings)
    return replace(sure, sentences=tuple(sentences_of(draft, sure)))


def _check_alone(asked: Asked) -> None:
    given = {
        "--method": asked.method != METHOD,
        "--price": asked.price is not None,
    }
    if any(given.values()):
        names = say("cli.draft.and").join(name for name, is_given in given.items() if is_given)
        raise DataError(say("cli.draft.amend_alone", options=names))


def _write(
    out: Path,
    asked: Asked,
    drawn: tuple[Draft, Folder, dict[str, Any]],
    found: tuple[Sheet, tuple[Backed, ...]],
) -> None:
    draft, folder, written = drawn
    sheet, backed = found
    command = command_line(asked)
    paper = encoded(sheet) | {"proofs": encoded(proof_index(backed))}
    files = {
        "report.html": amendments_page(draft, sheet, command=command).encode(),
        "sheet.json": canonical(paper),
        AMENDMENTS: write_toml(written),
        **{f"{file}.parquet": write_parquet(table) for file, table in proof_tables(backed)},
    }
    write_run(out, contents_of(draft, folder=folder, command=command, files=files), KIND)


def _refuse(draft: Draft, *, as_json: bool) -> None:
    """Say why there is no plan that could be amended; the document is then that of the draft."""
    tell("")
    if as_json:
        document(json_document(draft))
        return
    opening, *rest = draft.explain()
    answer(signed("no", opening))
    for sentence in rest:
        answer(f"  {sentence}")


def _amending(name: str) -> None:
    if name:
        tell("cli.draft.amending", name=name)
    else:
        tell("cli.draft.joining")


def _print(draft: Draft, sheet: Sheet) -> None:
    for place, costing in enumerate(sheet.costings):
        if place:
            answer()
        _print_costing(draft, sheet, costing)
    told = list(joint_sentences(sheet))
    if told:
        answer()
        for sentence in told:
            answer(sentence)
        for number, variant in enumerate(sheet.variants, 1):
            names = quoted(variant.amendments)
            made = say("amendments.table.worked_out", number=number, names=names)
            aim = say("amendments.table.aim", aim=reached_words(sheet, variant.answer))
            answer(f"  {made}: {aim}")
    if sheet.shares is not None:
        if sheet.costings:
            answer()
        _print_shares(sheet.shares)


def _print_costing(draft: Draft, sheet: Sheet, costing: Costing) -> None:
    first, *rest = costing_sentences(draft, sheet, costing)
    answer(signed("done" if costing.theta >= 1 else "no", first))
    for clause in costing.clauses:
        answer(f"  - {clause}")
    for sentence in rest:
        answer(sentence)
    done = [one for one in costing.answers if one.done]
    if not done:
        return
    answer()
    heads = [say(f"amendments.answer.{one.kind}") for one in done]
    for key, lines in (
        ("goods", [one.goods for one in done]),
        ("outputs", [one.outputs for one in done]),
    ):
        rows = _rows(lines)
        if rows:
            head = [say(f"amendments.table.{key}"), say("amendments.table.draft"), *heads]
            answer(columns(head, rows))
            answer()
    for one in done:
        answer(_changed(sheet, one))
    answer(_proved(done))


def _rows(answers: Sequence[Sequence[Moved]]) -> list[list[str]]:
    """Return a row for each line that is among those that change most in an answer."""
    found = []
    for lines in beside(answers, _SHOWN).values():
        first = next(line for line in lines if line is not None)
        cells = ["0" if line is None else _relative(line) for line in lines]
        name = f"{first.title} ({first.unit}){years_words(first)}"
        found.append([name, figure(first.before), *cells])
    return found


def _relative(line: Moved) -> str:
    if line.before == 0:
        return f"+{figure(line.after)}"
    sign = MINUS if line.change < 0 else "+"
    return f"{sign}{percent(abs(line.relative))}"


def _changed(sheet: Sheet, one: AnswerSheet) -> str:
    return say(
        "amendments.table.changed",
        answer=say(f"amendments.answer.{one.kind}"),
        goods=len(one.goods),
        outputs=outputs_words(one),
        activities=one.activities_changed,
        work=NOTHING_KNOWN if one.work is None else figure(one.work.after, 5),
        unit=sheet.hours_unit,
    )


def _proved(done: list[AnswerSheet]) -> str:
    proofs = [one.proof for one in done if one.proof is not None]
    return say(
        "amendments.table.proof",
        limits=residual(max(proof.primal for proof in proofs)),
        prices=residual(max(proof.dual for proof in proofs)),
        gap=residual(max(proof.gap for proof in proofs)),
        balances=residual(max(proof.balance for proof in proofs)),
    )


def _print_shares(found: ShareSheet) -> None:
    first, *rest = share_sentences(found)
    answer(signed("done", first))
    for sentence in rest:
        answer(sentence)
    answer()
    heads = ("share_branch", "voted", "draft", "found")
    rows = [
        [
            branch.branch or say("amendments.table.others"),
            percent(branch.voted),
            _span(branch.draft),
            _span(branch.found),
        ]
        for branch in found.branches
    ]
    answer(columns([say(f"amendments.table.{head}") for head in heads], rows))


def _span(shares: tuple[float, ...]) -> str:
    """Return the least and the greatest share of the years."""
    low, high = percent(min(shares)), percent(max(shares))
    return low if low == high else say("amendments.table.span", low=low, high=high)
