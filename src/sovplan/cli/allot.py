"""``sovplan allot``: a work sheet for each workplace out of a plan."""

from pathlib import Path
from typing import Annotated, Final

import typer

from sovplan.cli.screen import AsJson, answer, answering, document, note, signed
from sovplan.cli.yearfiles import check_returns, file_papers, log_of, read_plan
from sovplan.foundation.errors import DataError, OutOfStage
from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.planning.allotment import allotted
from sovplan.records.canon import digest
from sovplan.records.documents import Decision
from sovplan.records.draft import Draft
from sovplan.records.economy import Economy
from sovplan.records.store import check_run, manifested, write_run
from sovplan.records.tables import read_folder, write_csv
from sovplan.records.workplaces import links_of, workplaces_of
from sovplan.records.worksheet import WorkSheet, sheet_table
from sovplan.records.yearlog import names_of_draft, plan_name
from sovplan.report.sheets import partner_name, sheet_page

_KIND: Final = "allot"


@answering
def allot(  # noqa: PLR0917 - the options are the contract of the command
    plan: Annotated[Path, typer.Argument(help=say("cli.allot.plan"))],
    year: Annotated[int | None, typer.Option(help=say("cli.allot.year"))] = None,
    out: Annotated[Path | None, typer.Option(help=say("cli.allot.out"))] = None,
    economy: Annotated[Path | None, typer.Option(help=say("cli.allot.economy"))] = None,
    by: Annotated[str, typer.Option(help=say("cli.allot.by"))] = "",
    as_json: AsJson = False,
) -> None:
    """Write the sheets, and file the plan as adopted where a log is named."""
    if out is not None:
        check_run(out, _KIND)
    draft = read_plan(plan)
    folder = read_folder(plan / "economy")
    asked = draft.years[0] if year is None else year
    workplaces = workplaces_of(folder)
    sheets = allotted(draft, asked, workplaces, links_of(folder))
    if economy is not None:
        _adopt(economy, draft, plan.name, by)
    titles = {sheet.workplace: sheet.title for sheet in sheets}
    if out is not None:
        write_run(out, _contents(sheets, draft.economy, titles), _KIND)
    if as_json:
        table = sheet_table(sheets)
        heads = list(table.columns)
        rows = zip(*(table.columns[head] for head in heads), strict=True)
        document({"year": asked, "sheets": [dict(zip(heads, row, strict=True)) for row in rows]})
    else:
        _print(sheets, titles, whole=out is None)
    if out is not None:
        note(say("cli.draft.wrote", path=out))


def _adopt(economy: Path, draft: Draft, plan: str, by: str) -> None:
    """File the draft and the decision for it, unless the log has them."""
    log = log_of(economy)
    check_returns(log, draft, economy)
    question = say("yearfiles.allot.question", year=log.year)
    decided = [paper for paper in log.book.in_force() if isinstance(paper, Decision)]
    names = names_of_draft(draft)
    if any(not names & {*paper.winners} for paper in decided):
        raise OutOfStage(say("yearfiles.allot.decided", year=log.year, plan=plan))
    if decided:
        return
    if not by:
        raise DataError(say("cli.allot.no_body"))
    rule = say("yearfiles.allot.rule")
    file_papers(economy, draft, Decision(question, rule, (plan_name(draft),), by))


def _contents(
    sheets: tuple[WorkSheet, ...], economy: Economy, titles: dict[str, str]
) -> dict[str, bytes]:
    files = {"sheets.csv": write_csv(sheet_table(sheets))}
    for sheet in sheets:
        files[f"{sheet.workplace}.csv"] = write_csv(sheet_table([sheet]))
        files[f"{sheet.workplace}.html"] = sheet_page(sheet, economy, titles).encode()
    about = {"year": sheets[0].year, "economy": {"name": economy.name, "digest": digest(economy)}}
    return manifested(_KIND, about, files)


def _print(sheets: tuple[WorkSheet, ...], titles: dict[str, str], *, whole: bool) -> None:
    answer(signed("done", say("cli.allot.done", year=sheets[0].year, count=len(sheets))))
    for sheet in sheets:
        counts = {entry: len(sheet.of(entry)) for entry in ("make", "receive", "deliver")}
        hours = figure(sum(line.amount for line in sheet.of("hours")))
        answer(say("cli.allot.sheet", title=sheet.title, hours=hours, **counts))
        for line in sheet.lines if whole else ():
            partner = partner_name(line.partner, titles) if line.partner else line.plant
            words = {
                "entry": say(f"yearfiles.sheet.{line.entry}"),
                "name": line.name or line.technique,
                "partner": f" ({partner})" if partner else "",
                "amount": figure(line.amount),
                "unit": line.unit,
            }
            answer(say("cli.allot.line", **words))
