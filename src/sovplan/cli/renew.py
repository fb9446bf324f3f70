"""``sovplan renew``: what a year leaves behind becomes the books of the next year."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from sovplan.cli.screen import AsJson, answer, answering, document, note, signed
from sovplan.cli.yearfiles import economy_files, read_plan, same_things
from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.history.economies import folder_path
from sovplan.history.years import returns_path
from sovplan.planning.allotment import allotted
from sovplan.records.assembly import economy_of
from sovplan.records.checks import findings
from sovplan.records.disassembly import folder_of
from sovplan.records.documents import Findings, Report, Settlement
from sovplan.records.doubts import Doubt, doubts
from sovplan.records.draft import Draft
from sovplan.records.economy import Economy
from sovplan.records.findings import refuse
from sovplan.records.folder import Folder, Table
from sovplan.records.lateness import counted, pages_of, waiting
from sovplan.records.remarks import remarked
from sovplan.records.renewal import renewed
from sovplan.records.renewal_files import Imputed, Settled, settled
from sovplan.records.reportfile import read_reports
from sovplan.records.store import check_target, write_files
from sovplan.records.tables import read_folder, write_csv
from sovplan.records.workplaces import links_of, with_workplaces, workplaces_of
from sovplan.records.worksheet import WorkSheet
from sovplan.records.yearlog import YearLog, read_log, write_log

_IMPUTED = "imputed.csv"


@answering
def renew(
    economy: Annotated[str, typer.Argument(help=say("cli.option.economy"))],
    reports: Annotated[Path, typer.Option(help=say("cli.renew.reports"))],
    out: Annotated[Path, typer.Option(help=say("cli.renew.out"))],
    plan: Annotated[Path | None, typer.Option(help=say("cli.renew.plan"))] = None,
    as_json: AsJson = False,
) -> None:
    """Settle the year and write the folder of the next."""
    check_target(out)
    path = folder_path(economy)
    books, log = read_folder(path), read_log(path)
    base = economy_of(books)
    draft = _adopted(plan, log, base, economy)
    workplaces = workplaces_of(books)
    sheets = allotted(draft, base.first_year, workplaces, links_of(books))
    filed = read_reports(returns_path(reports))
    if log is not None:
        log = log.file(*pages_of(log, filed))
    used = filed if log is None else counted(log)
    found = settled(draft, workplaces, sheets, used)
    doubtful = _doubtful(log, base.first_year, sheets, used)
    following = renewed(base, found.closing)
    plain = remarked(folder_of(following), books, say("yearfiles.renew.provenance"))
    written = with_workplaces(plain, workplaces, base.techniques.names, found.links)
    refuse(findings(written))
    if log is not None:
        texts = tuple(doubt.text for doubt in doubtful)
        log = log.file(Settlement(say("yearfiles.renew.filed_by"), found.reports, texts))
    write_files(out, _contents(written, path, found))
    if log is not None:
        write_log(path, log)
    _print(out, following, used, found.imputed, doubtful, as_json=as_json)
    _warn(doubtful, path if log is not None else None)
    note(say("cli.renew.next", out=out))


def _adopted(plan: Path | None, log: YearLog | None, base: Economy, economy: str) -> Draft:
    draft = read_plan(plan) if plan is not None else None if log is None else log.adopted()
    if draft is None:
        raise DataError(say("yearfiles.renew.no_adopted", folder=economy))
    if not same_things(draft.economy, base):
        words = {"plan": plan or draft.aims.name, "folder": economy}
        raise DataError(say("yearfiles.renew.other_economy", **words))
    return draft


def _doubtful(
    log: YearLog | None, year: int, sheets: Sequence[WorkSheet], used: Sequence[Report]
) -> tuple[Doubt, ...]:
    if log is None:
        return doubts(year, sheets, used)
    found = [paper for paper in log.book.in_force() if isinstance(paper, Findings)]
    return doubts(year, sheets, used, waiting(log), found)


def _warn(doubtful: Sequence[Doubt], logged: Path | None) -> None:
    """Say what is doubtful, and how inspectors can look at what they have not seen."""
    for doubt in doubtful:
        note(signed("look", doubt.text, err=True))
    if logged is not None and any(doubt.kind in {"unseen", "late"} for doubt in doubtful):
        note(say("cli.renew.look", folder=logged))


def _contents(folder: Folder, beside: Path, found: Settled) -> dict[str, bytes]:
    contents = economy_files(folder, beside)
    if found.imputed:
        rows = [asdict(mark) for mark in found.imputed]
        contents[_IMPUTED] = write_csv(Table.of(_IMPUTED, rows))
    return contents


def _print(
    out: Path,
    following: Economy,
    used: Sequence[Report],
    imputed: tuple[Imputed, ...],
    doubtful: Sequence[Doubt],
    *,
    as_json: bool,
) -> None:
    rows = sum(len(report.entries) for report in used)
    if as_json:
        marks = [asdict(mark) for mark in imputed]
        named = {"economy": str(out), "year": following.year, "first_year": following.first_year}
        document({**named, "rows": rows, "imputed": marks, "doubts": list(map(asdict, doubtful))})
    else:
        words = {"out": out, "year": following.first_year, "rows": rows}
        answer(signed("look" if imputed else "done", say("cli.renew.done", **words)))
        for mark in imputed:
            kind = "stock" if mark.good else "late"
            answer(f"  {signed('look', say(f'cli.renew.{kind}', **asdict(mark)))}")
