"""``sovplan survey``: what workplaces and people declare becomes the economy that is planned."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, final

import typer

from sovplan.cli.screen import BAD_INPUT, NO, AsJson, answer, answering, document, note, signed
from sovplan.cli.yearfiles import economy_files, survey_files
from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.history.economies import folder_path
from sovplan.history.years import year_path
from sovplan.records.assembly import economy_of
from sovplan.records.contradictions import Contradiction
from sovplan.records.disassembly import folder_of
from sovplan.records.findings import Finding
from sovplan.records.folder import Folder, Table
from sovplan.records.remarks import remarked
from sovplan.records.returns import Returns
from sovplan.records.store import check_target, write_files
from sovplan.records.survey import merged
from sovplan.records.surveyfile import survey_findings, surveys_of
from sovplan.records.tables import read_folder, read_table
from sovplan.records.workplaces import Workplaces, links_of, with_workplaces, workplaces_of
from sovplan.records.yearlog import YearLog, new_pages, read_log


@final
@dataclass(frozen=True, slots=True)
class _Books:
    """The economy that the surveys are merged into, and where it lies."""

    path: Path
    folder: Folder

    @property
    def workplaces(self) -> Workplaces:
        return workplaces_of(self.folder)


@answering
def survey(
    folder: Annotated[Path, typer.Argument(help=say("cli.survey.folder"))],
    out: Annotated[Path, typer.Option(help=say("cli.survey.out"))],
    economy: Annotated[str | None, typer.Option(help=say("cli.survey.economy"))] = None,
    as_json: AsJson = False,
) -> None:
    """Merge surveys into an economy and name what contradicts itself."""
    folder = year_path(folder)
    books = _books(folder, economy, out)
    tables = [read_table(path, "survey.csv") for path in survey_files(folder)]
    base, workplaces = economy_of(books.folder), books.workplaces
    wrong = survey_findings(tables, base, workplaces)
    if wrong:
        _refuse(wrong, as_json=as_json)
    log = _standing(out, base.first_year).file(*surveys_of(tables, base, workplaces))
    declared, found = merged(base, workplaces, log.surveys)
    plain = remarked(folder_of(declared), books.folder, say("yearfiles.survey.provenance"))
    links = links_of(books.folder)
    written = with_workplaces(plain, workplaces, declared.techniques.names, links)
    signed_by = say("yearfiles.survey.filed_by", count=len(log.surveys))
    log = log.file(Returns(economy_of(written), signed_by))
    contents = economy_files(written, books.path) | new_pages(out, log)
    write_files(out, contents, replace=True)
    _print(out, log, tables, found, as_json=as_json)
    if found:
        raise typer.Exit(NO)


def _books(folder: Path, economy: str | None, out: Path) -> _Books:
    if economy is None and not (folder / "economy.toml").is_file():
        raise DataError(say("yearfiles.survey.no_books", folder=folder))
    path = folder if economy is None else folder_path(economy)
    if out.resolve() == path.resolve():
        raise DataError(say("yearfiles.survey.same_folder", folder=path))
    return _Books(path, read_folder(path))


def _standing(out: Path, year: int) -> YearLog:
    """Return the log that goes on, or a new one; a folder with anything else is not touched."""
    log = read_log(out)
    if log is None:
        check_target(out)
        return YearLog(year)
    if log.year != year:
        raise DataError(say("yearfiles.survey.period", found=year, needed=log.year))
    return log


def _refuse(wrong: list[Finding], *, as_json: bool) -> None:
    if as_json:
        document({"errors": [str(finding) for finding in wrong]})
    for finding in wrong:
        note(signed("no", str(finding), err=True))
    note(say("cli.nothing_written"))
    raise typer.Exit(BAD_INPUT)


def _print(
    out: Path,
    log: YearLog,
    tables: list[Table],
    found: tuple[Contradiction, ...],
    *,
    as_json: bool,
) -> None:
    counts = {"surveys": len(log.surveys), "rows": sum(map(len, tables)), "count": len(found)}
    if as_json:
        rows = [{**asdict(one), "text": str(one)} for one in found]
        named = {"economy": str(out), "year": log.year, "surveys": len(log.surveys)}
        document({**named, "pages": len(log.pages), "contradictions": rows})
    else:
        kind = "look" if found else "done"
        answer(signed(kind, say(f"cli.survey.{kind}", out=out, **counts)))
        for one in found:
            answer(f"  {signed('look', str(one))}")
    if found:
        note(say("cli.survey.correct", out=out))
