"""A run as files: series, events, plans, papers, what was run, and a manifest."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from typing import Any, Final

from sovplan.records.blocks import blocks_of, long_table
from sovplan.records.canon import canonical_bytes
from sovplan.records.documents import Document
from sovplan.records.draft import Draft
from sovplan.records.folder import Table
from sovplan.records.returns import Returns
from sovplan.records.run import AnyRun, Event, PlanningRun, Point
from sovplan.records.runfolder import EVENTS, KIND, SCENARIO, SERIES
from sovplan.records.store import manifested
from sovplan.records.tables import write_parquet
from sovplan.records.wire import canonical
from sovplan.records.yearbook import Yearbook
from sovplan.report.run_given import Origin, regime_file, scenario_file


def series_file(run: AnyRun) -> bytes:
    """Return series.parquet: regime, seed, year, series, value, unit, kind."""
    rows = [_series_row(run.seed, point) for point in run.points]
    return write_parquet(Table.of("series.csv", rows))


def _series_row(seed: int, point: Point) -> dict[str, object]:
    return {
        "regime": point.regime,
        "seed": seed,
        "year": point.year,
        "series": point.series,
        "value": point.value,
        "unit": point.unit,
        "kind": point.kind,
    }


def events_file(events: Sequence[Event]) -> bytes:
    """Return events.parquet: regime, year, rule, text."""
    rows = [asdict(event) for event in events]
    return write_parquet(Table.of("events.csv", rows or [dict.fromkeys(_EVENT, "")][:0]))


_EVENT: Final = ("regime", "year", "rule", "text")


def plan_files(regime: str, adopted: Mapping[int, Draft]) -> dict[str, bytes]:
    """Return plan/REGIME/*.parquet: the adopted plan of each year, by kind of thing."""
    found = {}
    for year, draft in adopted.items():
        for name, block in blocks_of(draft).items():
            table = long_table(f"{name}.csv", block, draft)
            found[f"plan/{regime}/{year}-{name}.parquet"] = write_parquet(table)
    return found


def papers_file(book: Yearbook) -> bytes:
    """Return the pages of a yearbook, one a line, in canonical form.

    Returns and drafts hold a whole economy each. Returns stand there by the digest of the
    capacities, stocks and activities that they declare, drafts by that of the activities,
    consumption and orders that they plan.
    """
    return b"".join(_page(paper) + b"\n" for paper in book.pages)


def _declared(returns: Returns) -> str:
    """Return the digest of what returns declare of a year."""
    economy = returns.declared
    told = {"capacity": economy.plants.capacity, "stock": economy.goods.stock}
    if returns.done is not None:
        told["done"] = returns.done
    return _digest({name: amounts.tolist() for name, amounts in told.items()})


def _planned(draft: Draft) -> str:
    """Return the digest of what a draft plans; '' where it plans nothing."""
    if draft.plan is None:
        return ""
    return _digest({name: getattr(draft.plan, name).tolist() for name in _PLANNED})


def _digest(amounts: Mapping[str, Any]) -> str:
    return f"sha256:{hashlib.sha256(canonical(amounts)).hexdigest()}"


_PLANNED: Final = ("activity", "consumption", "ordered")


def _page(paper: Document) -> bytes:
    if isinstance(paper, Returns):
        return canonical({
            "paper": "returns", "filed_by": paper.filed_by, "digest": _declared(paper),
        })  # fmt: skip
    if isinstance(paper, Draft):
        content: dict[str, Any] = {
            "paper": "draft",
            "digest": _planned(paper),
            "method": paper.method,
            "status": paper.status,
            "explain": list(paper.explain()),
        }
        return canonical(content)
    return canonical_bytes(paper)


def run_files(
    run: PlanningRun,
    origin: Origin,
    books: Mapping[str, Iterable[Yearbook]],
    files: Mapping[str, bytes],
) -> dict[str, bytes]:
    """Return the files of ``--out DIR`` of a run but for its report, bytes by path.

    The same run gives the same bytes: nothing depends on the clock or on where the files lie.

    Parameters
    ----------
    origin
        What it came from.
    books
        Yearbooks by regime.
    files
        Further files, bytes by path.
    """
    written = {
        **files,
        SERIES: series_file(run),
        EVENTS: events_file(run.events),
        SCENARIO: scenario_file(run, origin),
        **{f"regimes/{each.name}.toml": regime_file(each) for each in origin.regimes},
    }
    for course in run.courses:
        written |= plan_files(course.name, course.adopted)
        for book in books[course.name]:
            written[f"papers/{course.name}/{book.year}.jsonl"] = papers_file(book)
    about = {
        "sovplan": version("sovplan"),
        "solver": {"name": "highspy", "version": version("highspy")},
        "command": origin.command,
        "seed": run.seed,
        "inputs": {"economy": {"name": run.scenario.economy, "digest": origin.economy_digest}},
    }
    return manifested(KIND, about, written)
