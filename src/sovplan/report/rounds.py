"""The page and the tables of rounds of councils."""

from typing import Any

from sovplan.foundation.numbers import figure, percent
from sovplan.foundation.words import say
from sovplan.planning.rounds.outcome import (
    PERCENT,
    Outcome,
    document_of,
    good_rows,
    round_rows,
    work_rows,
)
from sovplan.records.folder import Table
from sovplan.records.tables import write_csv
from sovplan.records.wire import canonical
from sovplan.report.figures import Line, Panel, lines
from sovplan.report.frame import Page, whole
from sovplan.report.parts import (
    NOTHING,
    Caption,
    Cell,
    Chapter,
    Column,
    code,
    element,
    facts,
    figure_of,
    joined,
    panels,
    paragraph,
    table,
    told,
)
from sovplan.report.svg import Html


def rounds_files(found: Outcome, command: str) -> dict[str, bytes]:
    """Return the files of `--out` by name: the page, the document and three tables."""
    tables = {"rounds": round_rows(found), "goods": good_rows(found), "works": work_rows(found)}
    return {
        "report.html": rounds_page(found, command).encode(),
        "rounds.json": canonical(document_of(found)),
        **{
            f"{name}.csv": write_csv(Table.of(f"{name}.csv", rows))
            for name, rows in tables.items()
            if rows
        },
    }


def rounds_page(found: Outcome, command: str) -> str:
    """Return the page as the text of one HTML file that needs no network."""
    first, *rest = found.sentences
    title = say("rounds.page.title", name=found.name)
    opening = joined([
        element("h1", told("rounds.page.title", name=found.name), "vh"),
        paragraph(first, "lead"),
        *(paragraph(sentence) for sentence in rest),
    ])  # fmt: skip
    chapters = (
        Chapter("rounds", say("rounds.page.rounds"), _course(found)),
        Chapter("goods", say("rounds.page.goods"), _goods(found)),
        Chapter("check", say("rounds.page.again"), facts([
            (say("rounds.page.command"), code(command)),
        ])),
    )  # fmt: skip
    foot = told("rounds.page.foot")
    return whole(Page(title, told("rounds.page.where"), NOTHING, opening, chapters, foot))


def _course(found: Outcome) -> Html:
    """Return the worst imbalance by round, drawn and as a table."""
    rows = round_rows(found)
    heads = [Column(say("rounds.page.round")), Column(say("rounds.page.worst")),
             Column(say("rounds.page.good"), number=False)]  # fmt: skip
    cells: list[list[Cell]] = [
        [str(row["round"]), percent(row["worst_imbalance"]), row["good"]] for row in rows
    ]
    caption = say("rounds.page.caption")
    listing = table(caption, heads, cells, hidden=True, kind="compact long")
    shares = [PERCENT * row["worst_imbalance"] for row in rows]
    label = say("rounds.page.label", first=figure(shares[0]), last=figure(shares[-1]))
    if len(rows) == 1:
        return listing
    stroke = Line("real", list(shares), say("rounds.page.stroke"))
    drawing = panels([("", lines(label, [row["round"] for row in rows], [stroke], Panel()))])
    return figure_of(Caption(caption, say("rounds.page.unit"), ""), drawing, listing)


def _goods(found: Outcome) -> Html:
    keys = ("price", "part", "supply", "uses", "waste")
    heads = [
        Column(say("rounds.page.good"), number=False),
        *(Column(say(f"rounds.page.{key}")) for key in keys),
    ]
    rows: list[list[Cell]] = [[row["good"], *_numbers(row, keys)] for row in good_rows(found)]
    return table(say("rounds.page.goods"), heads, rows, hidden=True, kind="compact long")


def _numbers(row: dict[str, Any], keys: tuple[str, ...]) -> list[Cell]:
    cells: list[Cell] = []
    for key in keys:
        value = row.get(key)
        cells.append(value if value is None or key != "part" else percent(value, 4))
    return cells
