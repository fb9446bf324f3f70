"""The page of two codings: agreement by institution, and what the second changes."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Final

import numpy as np

from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.lab.codings import Agreement, Coded, all_at_once, median_alpha, moved
from sovplan.lab.switches import Effects, effects
from sovplan.records.folder import Table
from sovplan.records.tables import write_csv
from sovplan.report.frame import Page, whole
from sovplan.report.parts import (
    NOTHING,
    Cell,
    Chapter,
    Column,
    element,
    joined,
    paragraph,
    table,
    told,
)
from sovplan.report.svg import Html

SHOWN: Final = ("product_1932", "product_1940", "industry_1940", "harvest_1932", "herd_1932",
                "consumption_1932", "scissors", "autumn", "famine")  # fmt: skip
"""Figures of the tables, among those of `Effects`."""


def files(found: Sequence[Coded]) -> dict[str, bytes]:
    """Return the files of `--out` by name: report.html and codings.csv."""
    return {
        "report.html": page(found).encode(),
        "codings.csv": write_csv(Table.of("codings.csv", [_row(each) for each in found])),
    }


def document(found: Sequence[Coded]) -> dict[str, object]:
    """Return what `sovplan lab codings --json` prints."""
    return {
        "institutions": [dict(_row(each)) for each in found],
        "first": asdict(effects()),
        "second": asdict(all_at_once()),
        "median_alpha": median_alpha([each.agreement for each in found]),
        "mean_difference": float(np.mean([each.agreement.difference for each in found])),
    }


def score(found: Sequence[Agreement]) -> str:
    """Return the sentence on agreement."""
    return say(
        "lab_codings.score",
        count=len(found),
        alpha=figure(median_alpha(found)),
        same=f"{100.0 * float(np.mean([each.same for each in found])):.0f} %",
        difference=f"{100.0 * float(np.mean([each.difference for each in found])):.0f} %",
    )


def page(found: Sequence[Coded]) -> str:
    """Return the page as the text of one HTML file that needs no network."""
    opening = joined([
        element("h1", told("lab_codings.title")),
        paragraph(score([each.agreement for each in found]), "lede"),
        paragraph(say("lab_codings.meaning")),
    ])  # fmt: skip
    chapters = (
        Chapter("all", say("lab_codings.all.title"), _all()),
        Chapter("each", say("lab_codings.each.title"), _each(found)),
        Chapter("agreement", say("lab_codings.agreement.title"), _agreement(found)),
    )
    title = say("lab_codings.title")
    return whole(Page(title, told("lab.page.where"), NOTHING, opening, chapters, NOTHING))


def name_of(effect: str) -> str:
    """Return the readable name of a figure."""
    return say(f"lab_codings.effect.{effect}")


def _all() -> Html:
    first, second = effects(), all_at_once()
    rows: list[list[Cell]] = [
        [name_of(name), getattr(first, name), getattr(second, name)] for name in SHOWN
    ]
    columns = [Column(say("lab_codings.col.figure"), number=False)]
    columns += [Column(say(f"lab_codings.col.{name}")) for name in ("first", "second")]
    listing = table(say("lab_codings.all.caption"), columns, rows)
    return joined([paragraph(say("lab_codings.all.meaning")), listing])


def _each(found: Sequence[Coded]) -> Html:
    base = effects()
    rows: list[list[Cell]] = [[say("lab_codings.each.none"), *_figures(base)]]
    rows += [
        [each.about.name, *_figures(each.effects)]
        for each in sorted(found, key=lambda each: -moved(each, base))
    ]
    columns = [Column(say("lab_codings.col.institution"), number=False)]
    columns += [Column(name_of(name)) for name in SHOWN]
    listing = table(say("lab_codings.each.caption"), columns, rows, kind="compact long")
    return joined([paragraph(say("lab_codings.each.meaning")), listing])


def _agreement(found: Sequence[Coded]) -> Html:
    columns = [Column(say("lab_codings.col.institution"), number=False)]
    columns += [Column(say(f"lab_codings.col.{name}")) for name in ("alpha", "difference", "same")]
    columns += [Column(say(f"lab_codings.col.{name}"), number=False) for name in ("why", "seen")]
    rows: list[list[Cell]] = []
    for each in found:
        name = say("lab_codings.named", name=each.about.name, meaning=each.about.meaning)
        agreed = each.agreement
        numbers: list[Cell] = [agreed.known, agreed.difference, agreed.same]
        rows.append([name, *numbers, agreed.reason, agreed.remark])
    listing = table(say("lab_codings.agreement.caption"), columns, rows, kind="compact long")
    return joined([paragraph(say("lab_codings.agreement.meaning")), listing])


def _figures(found: Effects) -> list[Cell]:
    return [getattr(found, name) for name in SHOWN]


def _row(each: Coded) -> Mapping[str, object]:
    figures = {field.name: getattr(each.effects, field.name) for field in fields(each.effects)}
    return each.agreement.row(each.about) | figures
