"""What the commands of the year by files share: which files there are, and a plan read back."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.history.economies import read_aims
from sovplan.records.assembly import economy_of
from sovplan.records.canon import digest
from sovplan.records.documents import Ballots, Decision
from sovplan.records.draft import Draft
from sovplan.records.draftfile import DOCUMENT, read_draft_document
from sovplan.records.economy import Economy
from sovplan.records.folder import Folder
from sovplan.records.planfile import draft_of
from sovplan.records.returns import Returns
from sovplan.records.store import read_bytes
from sovplan.records.tables import ENDINGS, read_folder, write_csv, write_toml
from sovplan.records.wire import parsed
from sovplan.records.yearlog import Page, YearLog, names_of_draft, plan_name, read_log, write_log

SURVEY: Final = "survey"
"""How the names of files with surveys begin."""


def survey_files(folder: Path) -> list[Path]:
    """Return the files with surveys in a folder: survey.csv, or survey-NAME in any format.

    Raises
    ------
    DataError
        There are none.
    """
    found = [
        path
        for path in sorted(folder.iterdir() if folder.is_dir() else ())
        if path.suffix in ENDINGS
        and (path.stem == SURVEY or path.stem.startswith((f"{SURVEY}-", f"{SURVEY}_")))
    ]
    if not found:
        raise DataError(say("yearfiles.survey.no_files", folder=folder))
    return found


def economy_files(folder: Folder, beside: Path) -> dict[str, bytes]:
    """Return the files of an economy, and the aims that stood beside the one it is made from."""
    tables = {name: write_csv(table) for name, table in folder.tables.items() if table.columns}
    aims = {path.name: path.read_bytes() for path in sorted(beside.glob("aims*"))}
    return {"economy.toml": write_toml(folder.settings), **tables, **aims}


def read_plan(path: Path) -> Draft:
    """Return the draft in a folder that ``sovplan draft --out`` wrote.

    Raises
    ------
    DataError
        It is no such folder, or not whole.
    """
    read_draft_document(path)
    economy = economy_of(read_folder(path / "economy"))
    aims = read_aims(path / "aims.toml", economy, path)
    manifest: Mapping[str, object] = json.loads(read_bytes(path / "manifest.json"))
    inputs = manifest.get("inputs")
    if isinstance(inputs, Mapping):
        aims = replace(aims, name=str(inputs["aims"]["name"]))
    return draft_of(parsed(read_bytes(path / DOCUMENT)), economy, aims, path.name)


def same_things(one: Economy, other: Economy) -> bool:
    """Tell whether two economies are of one first year, goods, techniques and plants."""
    return (
        one.first_year == other.first_year
        and one.goods.names == other.goods.names
        and one.techniques.names == other.techniques.names
        and one.plants.names == other.plants.names
    )


def log_of(economy: Path) -> YearLog:
    """Return the log of the year in the folder of an economy.

    Raises
    ------
    DataError
        None was begun.
    """
    log = read_log(economy)
    if log is None:
        raise DataError(say("yearfiles.allot.no_log", folder=economy))
    return log


def file_papers(economy: Path, *papers: Page) -> YearLog:
    """File papers in the log in the folder of an economy, all or none, and return the log.

    Raises
    ------
    OutOfStage
        The stage of a paper has not begun or is closed.
    """
    log = log_of(economy).file(*papers)
    write_log(economy, log)
    return log


def check_returns(log: YearLog, draft: Draft, economy: Path) -> None:
    """Do nothing if a draft was drawn from the returns on file.

    Raises
    ------
    DataError
        It was drawn from others.
    """
    on_file = [paper for paper in log.book.in_force() if isinstance(paper, Returns)]
    if not on_file or digest(on_file[-1].declared) != digest(draft.economy):
        raise DataError(say("yearfiles.allot.other_returns", folder=economy))


def file_vote(economy: Path, plans: tuple[Path, ...], ballots: Ballots, decision: Decision) -> None:
    """File the plans that were voted on, the ballots and what they decide, all or none.

    Raises
    ------
    DataError
        A plan was drawn from other returns, or an option of the ballots is none of the plans, or
        more than one.
    OutOfStage
        A vote was filed before, or the year has gone on.
    """
    log, drafts = log_of(economy), [read_plan(path) for path in plans]
    for draft in drafts:
        check_returns(log, draft, economy)
    for option in ballots.options:
        count = sum(option in names_of_draft(draft) for draft in drafts)
        if count != 1:
            names = ", ".join(
                f"{path} ({plan_name(d)})" for path, d in zip(plans, drafts, strict=True)
            )
            raise DataError(say("yearfiles.vote.option", option=option, count=count, plans=names))
    file_papers(economy, *drafts, ballots, decision)
