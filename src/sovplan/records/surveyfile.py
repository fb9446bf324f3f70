"""Surveys from tables and to tables: survey.csv, one file for all or one for each workplace."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from sovplan.foundation.words import say
from sovplan.records.checks import check_table
from sovplan.records.economy import Economy
from sovplan.records.findings import Finding, nearest, refuse
from sovplan.records.folder import Table
from sovplan.records.schema import Column, Schema
from sovplan.records.survey import KINDS, Survey, SurveyRow, missing_cell
from sovplan.records.workplaces import Workplaces

SURVEY: Final = Schema(
    "survey.csv",
    (
        Column("period", "name", needed=True),
        Column("workplace", "name", needed=True),
        Column("kind", "name", needed=True, choices=KINDS),
        Column("technique", refers="technique"),
        Column("name"),
        Column("amount", "number", low=0.0, needed=True),
        Column("filed_by", "name", needed=True),
    ),
    key=(),
    amount="amount",
)
"""The columns of a survey; that no row stands twice is held across files."""

_CELLS: Final = ("period", "workplace", "kind", "technique", "name")


def survey_findings(
    tables: Sequence[Table], economy: Economy, workplaces: Workplaces
) -> list[Finding]:
    """Return everything that is wrong in the tables of surveys, for this economy.

    Parameters
    ----------
    tables
        Tables in the columns of `SURVEY`.
    economy, workplaces
        The books: their first year is the period that is surveyed, and their names are known.
    """
    lists = {"technique": economy.techniques.names}
    found = [finding for table in tables for finding in check_table(table, SURVEY, lists)]
    if found:
        return found
    names = _names(economy)
    shares = _shares(economy, workplaces)
    for table in tables:
        for row, cells in enumerate(_rows(table)):
            found += _row_findings(table, row, cells, names, shares)
            if cells["period"] != str(economy.first_year):
                words = {"found": cells["period"], "needed": economy.first_year}
                found.append(_at(table, row, "period", say("yearfiles.survey.period", **words)))
    return [*found, *_twice(tables)]


def surveys_of(
    tables: Sequence[Table], economy: Economy, workplaces: Workplaces
) -> tuple[Survey, ...]:
    """Return the surveys that tables hold, one for each workplace, in the order of the rows.

    Raises
    ------
    DataError
        Something is wrong in a table; see `survey_findings`.
    """
    refuse(survey_findings(tables, economy, workplaces))
    rows: dict[tuple[str, str, str], list[SurveyRow]] = {}
    for table in tables:
        amounts, authors = table.numbers("amount").tolist(), table.text("filed_by")
        for row, cells in enumerate(_rows(table)):
            paper = rows.setdefault((cells["period"], cells["workplace"], authors[row]), [])
            paper.append(SurveyRow(cells["kind"], amounts[row], cells["technique"], cells["name"]))
    return tuple(
        Survey(period, workplace, tuple(stated), author)
        for (period, workplace, author), stated in rows.items()
    )


def survey_table(surveys: Sequence[Survey]) -> Table:
    """Return surveys as one table in the columns of survey.csv."""
    return Table.of(
        SURVEY.name,
        [
            {
                "period": survey.period,
                "workplace": survey.workplace,
                "kind": row.kind,
                "technique": row.technique,
                "name": row.name,
                "amount": row.amount,
                "filed_by": survey.filed_by,
            }
            for survey in surveys
            for row in survey.rows
        ],
    )


def _rows(table: Table) -> Iterator[dict[str, str]]:
    columns = [table.text(head) for head in _CELLS]
    for cells in zip(*columns, strict=True):
        yield dict(zip(_CELLS, cells, strict=True))


def _names(economy: Economy) -> Mapping[str, tuple[str, ...]]:
    """Return for each kind of row the names that its column `name` may hold."""
    goods, plants = economy.goods.names, economy.plants.names
    by_good = dict.fromkeys(("stock", "norm_input", "norm_output", "want", "floor"), goods)
    skills = economy.techniques.skills
    return {**by_good, "norm_hours": skills, "capacity": plants, "under_construction": plants}


def _shares(economy: Economy, workplaces: Workplaces) -> Mapping[str, frozenset[str]]:
    """Return the techniques of each workplace."""
    share = workplaces.share.toarray() > 0
    names = np.array(economy.techniques.names, dtype=object)
    return {
        workplace: frozenset(names[row])
        for workplace, row in zip(workplaces.names, share, strict=True)
    }


def _row_findings(
    table: Table,
    row: int,
    cells: Mapping[str, str],
    names: Mapping[str, tuple[str, ...]],
    shares: Mapping[str, frozenset[str]],
) -> Iterator[Finding]:
    kind, technique, name = cells["kind"], cells["technique"], cells["name"]
    lacking = missing_cell(kind, technique, name)
    if lacking:
        yield _at(table, row, *lacking)
        return
    known, asked = names[kind], name or technique
    if asked not in known:
        column = "name" if name else "technique"
        text = say("yearfiles.survey.unknown", name=asked, nearest=nearest(asked, known))
        if not name:
            text = say("yearfiles.survey.no_plant", technique=technique)
        yield _at(table, row, column, text)
    workplace = cells["workplace"]
    if kind in {"want", "floor", "stock"}:
        return  # whoever wants or holds something may say so
    if workplace not in shares:
        text = say("yearfiles.place.unknown", name=workplace, nearest=nearest(workplace, [*shares]))
        yield _at(table, row, "workplace", text)
    elif technique and technique not in shares[workplace]:
        words = {"workplace": workplace, "technique": technique}
        yield _at(table, row, "technique", say("yearfiles.survey.not_theirs", **words))


def _twice(tables: Sequence[Table]) -> Iterator[Finding]:
    seen: dict[tuple[str, ...], str] = {}
    for table in tables:
        for row, cells in enumerate(_rows(table)):
            key = tuple(cells.values())
            if key in seen:
                named = ", ".join(filter(None, key))
                text = say("yearfiles.survey.twice", key=named, first=seen[key])
                yield _at(table, row, "name", text)
            place = say("records.finding.row", file=table.file, line=table.line(row))
            seen.setdefault(key, place)


def _at(table: Table, row: int, column: str, text: str) -> Finding:
    return Finding("error", table.file, table.line(row), column, text)
