"""The federation of the year by files: its books, its workplaces and what it declares."""

from functools import cache
from pathlib import Path

from sovplan.history.economies import read_economy_folder
from sovplan.history.years import year_path
from sovplan.planning.allotment import allotted
from sovplan.planning.optimum import optimum
from sovplan.records.aims import Aims
from sovplan.records.assembly import economy_of
from sovplan.records.draft import Draft, Plan
from sovplan.records.folder import Folder, Table
from sovplan.records.returns import Returns
from sovplan.records.survey import Survey, SurveyRow
from sovplan.records.surveyfile import surveys_of
from sovplan.records.tables import read_table
from sovplan.records.workplaces import Workplaces, workplaces_of
from sovplan.records.worksheet import WorkSheet

NAME = "federation-12"
FOLDER: Folder = read_economy_folder(NAME)
BOOKS = economy_of(FOLDER)
PLACES: Workplaces = workplaces_of(FOLDER)


def tables(name: str = NAME) -> list[Table]:
    """Return the tables of the surveys of an example."""
    files: list[Path] = sorted(year_path(name).glob("survey-*.csv"))
    return [read_table(file, "survey.csv") for file in files]


@cache
def surveys(name: str = NAME) -> tuple[Survey, ...]:
    """Return the surveys of an example."""
    return surveys_of(tables(name), BOOKS, PLACES)


def said(workplace: str, *rows: SurveyRow) -> Survey:
    """Return a survey of one workplace."""
    return Survey("2027", workplace, rows, f"council of {workplace}")


@cache
def draft() -> Draft:
    """Return the plan of the books as they are."""
    return optimum(Returns(BOOKS), Aims())


def plan() -> Plan:
    """Return its quantities."""
    found = draft().plan
    assert found is not None
    return found


@cache
def sheets() -> tuple[WorkSheet, ...]:
    """Return the work sheets of its first year."""
    return allotted(draft(), 2027, PLACES)
