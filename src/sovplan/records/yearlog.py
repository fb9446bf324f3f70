"""The log of a planning year kept in files: append-only pages that anybody can replay.

A page is ``{"page": number, "paper": ..., "previous": digest, "year": year}`` in canonical JSON, in
a file ``0001.json``, ``0002.json``, ...; `previous` is the digest of the page before, so that no
page can be changed or taken out of the middle unseen. Surveys stand before the drafts; all other
papers follow the rules of the yearbook.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias, final

from sovplan.foundation.errors import DataError, OutOfStage
from sovplan.foundation.words import say
from sovplan.records.aims import Aims
from sovplan.records.canon import VERSION, canonical_bytes, read_canonical
from sovplan.records.documents import Decision, Document
from sovplan.records.draft import Draft
from sovplan.records.economy import Economy
from sovplan.records.folder import Folder
from sovplan.records.returns import Returns
from sovplan.records.store import digest, read_bytes, write_files
from sovplan.records.survey import Survey
from sovplan.records.wire import built, canonical, encoded, fields_of, parsed, plain
from sovplan.records.yearbook import Yearbook

FOLDER: Final = "year"
"""Name of the log in the folder of an economy."""

Page: TypeAlias = Survey | Document
"""A paper that a log can hold."""

_MOST: Final = 9999
"""Pages of a year, so that names of files sort as their numbers do."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class YearLog:
    """All that was filed in a year, surveys included, in the order of filing.

    Parameters
    ----------
    year
        The planning year.
    pages
        The papers; a survey filed again by its author for its workplace is a correction.

    Raises
    ------
    OutOfStage
        The pages are not in the order of the year.
    """

    year: int
    pages: tuple[Page, ...] = ()

    def __post_init__(self) -> None:
        """Check the order."""
        Yearbook(self.year, self.documents)
        merged = True
        begun = False
        for page in self.pages:
            if isinstance(page, Survey):
                if begun:
                    raise OutOfStage(self._told("late", page.workplace))
                merged = False
            elif isinstance(page, Returns):
                merged = True
            else:
                begun = True
                if not merged:
                    raise OutOfStage(self._told("not_merged", say("yearfiles.log.latest")))

    def _told(self, key: str, workplace: str) -> str:
        return say(f"yearfiles.log.{key}", year=self.year, workplace=workplace)

    @property
    def documents(self) -> tuple[Document, ...]:
        """The pages but for the surveys."""
        return tuple(page for page in self.pages if not isinstance(page, Survey))

    @property
    def book(self) -> Yearbook:
        """The yearbook of the papers after the surveys."""
        return Yearbook(self.year, self.documents)

    @property
    def surveys(self) -> tuple[Survey, ...]:
        """The surveys that no correction has superseded, in the order of filing."""
        newest: dict[Hashable, Survey] = {}
        for page in self.pages:
            if isinstance(page, Survey):
                newest[page.period, page.workplace, page.filed_by] = page
        return tuple(newest.values())

    @property
    def stage(self) -> str:
        """Stage that the year has reached, as a word for people."""
        stage = self.book.stage or "survey"
        return say(f"papers.stage.{stage.replace(' ', '_')}")

    def file(self, *papers: Page) -> "YearLog":
        """Return the log with more pages; a paper that is in force already is not filed again.

        Raises
        ------
        OutOfStage
            The stage of a paper has not begun or is closed; nothing is filed.
        """
        log = self
        for paper in papers:
            standing = (*log.surveys, *log.book.in_force())
            alike = (page for page in standing if type(page) is type(paper))
            if paper_bytes(paper) not in map(paper_bytes, alike):
                log = YearLog(log.year, (*log.pages, paper))
        return log

    def adopted(self) -> Draft | None:
        """Return the draft that was adopted: named by the last decision, or the only one."""
        drafts: list[Draft] = []
        winners: tuple[str, ...] = ()
        for paper in self.book.in_force():
            if isinstance(paper, Draft):
                drafts.append(paper)
            elif isinstance(paper, Decision):
                winners = paper.winners[:1]
        named = [draft for draft in drafts if {*winners} & names_of_draft(draft)]
        found = named if winners else drafts
        return found[0] if len(found) == 1 else None


def plan_name(draft: Draft) -> str:
    """Return what a draft is called among others: its aims without prefix and ending."""
    return draft.aims.name.removesuffix(".toml").removeprefix("aims-")


def names_of_draft(draft: Draft) -> frozenset[str]:
    """Return what a draft may be called on a ballot: by its aims, with or without its method."""
    short = plan_name(draft)
    return frozenset({draft.aims.name, short, f"{draft.method} {short}"})


def paper_bytes(paper: Page) -> bytes:
    """Return the canonical form of a paper of the log."""
    if isinstance(paper, Survey):
        return canonical({"paper": "survey", "version": VERSION, "content": encoded(paper)})
    return canonical_bytes(paper)


def log_files(log: YearLog) -> dict[str, bytes]:
    """Return the files of a log, bytes by name; the same pages give the same bytes."""
    files: dict[str, bytes] = {}
    previous = ""
    for number, paper in enumerate(log.pages, start=1):
        content = _page(log.year, number, previous, paper)
        files[_name(number)] = content
        previous = digest(content)
    return files


def replayed(files: Mapping[str, bytes]) -> YearLog:
    """Return the log that files hold, filed again page by page from the first.

    Raises
    ------
    DataError
        A page is missing or not as it was filed.
    OutOfStage
        The pages are not in the order of the year.
    """
    log: YearLog | None = None
    previous = ""
    for number in range(1, len(files) + 1):
        name = _name(number)
        if name not in files:
            raise DataError(say("yearfiles.log.missing", page=name))
        page = fields_of(parsed(files[name]), name, {"page", "paper", "previous", "year"})
        log = log or YearLog(plain(int, page["year"], name))
        paper = _read_paper(page["paper"], name)
        if _page(log.year, number, previous, paper) != files[name]:
            raise DataError(say("yearfiles.log.changed", page=name))
        log = YearLog(log.year, (*log.pages, paper))
        previous = digest(files[name])
    if log is None:
        raise DataError(say("yearfiles.log.none", folder=FOLDER))
    return log


def read_log(economy: Path) -> YearLog | None:
    """Return the log in the folder of an economy, or None where none was begun.

    Raises
    ------
    DataError
        A page is not as it was filed.
    """
    files = _standing(economy)
    return replayed(files) if files else None


def _standing(economy: Path) -> dict[str, bytes]:
    """Return the pages in the folder of an economy, from the first to the first that lacks."""
    files: dict[str, bytes] = {}
    for name in map(_name, range(1, _MOST + 1)):
        path = economy / FOLDER / name
        if not path.is_file():
            break
        files[name] = read_bytes(path)
    return files


def new_pages(economy: Path, log: YearLog) -> dict[str, bytes]:
    """Return the pages of a log that are not yet in the folder of an economy, bytes by path.

    Raises
    ------
    DataError
        What is there is not the beginning of this log.
    """
    old, files = _standing(economy), log_files(log)
    if any(files.get(name) != content for name, content in old.items()):
        raise DataError(say("yearfiles.log.other", folder=FOLDER))
    return {f"{FOLDER}/{name}": files[name] for name in files if name not in old}


def write_log(economy: Path, log: YearLog) -> None:
    """Add the pages of a log that are not yet in the folder; those that are there stay.

    All pages are written beside the folder and then renamed.

    Raises
    ------
    DataError
        What is there is not the beginning of this log.
    """
    new = new_pages(economy, log)
    if new:
        write_files(economy, new, replace=True)


def _page(year: int, number: int, previous: str, paper: Page) -> bytes:
    content = parsed(paper_bytes(paper))
    return canonical({"page": number, "paper": content, "previous": previous, "year": year})


def _name(number: int) -> str:
    if number > _MOST:
        raise DataError(say("yearfiles.log.full", most=_MOST))
    return f"{number:04}.json"


def _read_paper(value: object, name: str) -> Page:
    document = plain(dict, value, name)
    if document.get("paper") == "survey":
        mapping = fields_of(document, name, {"paper", "version", "content"})
        if mapping["version"] != VERSION:
            raise DataError(say("papers.wire.version", found=mapping["version"], needed=VERSION))
        return built(Survey, mapping["content"], name)
    paper = read_canonical(canonical(document))
    if isinstance(paper, Economy | Folder | Aims):
        raise DataError(say("yearfiles.log.no_page", page=name, paper=document["paper"]))
    return paper
