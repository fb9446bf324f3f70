"""Two drafts side by side: which inputs differ, what changed, and what each input does alone.

What differs between two drafts is found by their files; what a difference does is found by solving
again with one group of inputs changed and the others as they were. Effects of groups need not add
up: together they may do more, or less.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, final

import numpy as np

from sovplan.foundation.errors import DataError
from sovplan.foundation.numbers import figure, percent
from sovplan.foundation.words import say
from sovplan.planning.optimum import optimum
from sovplan.records.aims import Aims
from sovplan.records.assembly import economy_of
from sovplan.records.checks import findings
from sovplan.records.draft import Binding
from sovplan.records.folder import Folder, Table
from sovplan.records.returns import Returns
from sovplan.records.schema import SCHEMAS
from sovplan.records.summary import Summary

MOST: Final = 10
"""Rows of each list of changes; the rest stand in the tables of the drafts."""
GROUPS: Final = 8
"""Most groups of inputs that are tried alone."""
_SEEN: Final = 1e-6
"""Relative change from which a number is said to have changed."""


@final
@dataclass(frozen=True, slots=True)
class Changed:
    """One number that differs: its place, and what it was and is (nan where there is none)."""

    place: str
    before: float
    after: float


@final
@dataclass(frozen=True, slots=True)
class InputChange:
    """One input that differs: the file, the row by its key, the column, and both texts."""

    file: str
    row: str
    column: str
    before: str
    after: str


@final
@dataclass(frozen=True, slots=True)
class Effect:
    """What one group of inputs does alone: the objective of the first draft with it changed.

    `objective` is nan where there is then no plan, `difference` also where there was none before.
    """

    group: str
    status: str
    objective: float
    difference: float


@final
@dataclass(frozen=True, slots=True)
class Inputs:
    """What a draft was drawn from."""

    folder: Folder
    aims: Aims


@final
@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two drafts.

    Parameters
    ----------
    before, after
        Names of the drafts.
    inputs
        Inputs that differ.
    effects
        What each group of inputs does alone; empty where nothing differs or there is no objective
        in common.
    output, consumption, hours
        Greatest changes of goods over all years together, and of prices in hours in the last year.
    binds, free
        Limits that bind in the second draft only, and in the first only; none where one of the
        two has no plan with prices.
    warnings
        Why the drafts may not be comparable: other economies, years or units.
    sentences
        The comparison in words, with the reasons of a draft that has no plan.
    """

    before: str
    after: str
    inputs: tuple[InputChange, ...]
    effects: tuple[Effect, ...]
    output: tuple[Changed, ...]
    consumption: tuple[Changed, ...]
    hours: tuple[Changed, ...]
    binds: tuple[str, ...]
    free: tuple[str, ...]
    warnings: tuple[str, ...]
    sentences: tuple[str, ...]


def compare(
    before: Summary, after: Summary, inputs: tuple[Inputs, Inputs] | None = None
) -> Comparison:
    """Return what differs between two drafts, and what each differing input does alone.

    Parameters
    ----------
    before, after
        The documents of the drafts.
    inputs
        What they were drawn from; without it only results are compared.
    """
    differing = tuple(input_changes(*inputs)) if inputs else ()
    alike = inputs is not None and (before.economy == after.economy or _same_names(*inputs))
    effects = tuple(attribute(before, *inputs)) if inputs and differing and alike else ()
    first, second = _both_binding(before, after)
    found = Comparison(
        before.name,
        after.name,
        differing,
        effects,
        _greatest(before, after, "output"),
        _greatest(before, after, "consumption"),
        _prices(before, after),
        tuple(second[key] for key in second if key not in first),
        tuple(first[key] for key in first if key not in second),
        tuple(_warnings(before, after, inputs)),
        (),
    )
    return replace(found, sentences=tuple(_sentences(before, after, found)))


def input_changes(before: Inputs, after: Inputs) -> Iterator[InputChange]:
    """Yield every input that differs, row by row."""
    for name in sorted({*before.folder.tables, *after.folder.tables}):
        yield from _rows_changed(name, before.folder.table(name), after.folder.table(name))
    yield from _settings_changed("economy.toml", before.folder.settings, after.folder.settings)
    yield from _settings_changed("aims.toml", _plain(before.aims), _plain(after.aims))
    if before.aims.needs is not None or after.aims.needs is not None:
        old, new = _in_force(before), _in_force(after)
        yield from _rows_changed("aims-needs.csv", old, new)


def attribute(before: Summary, first: Inputs, second: Inputs) -> Iterator[Effect]:
    """Yield what each group of inputs does alone to the objective of the first draft.

    A group is one table, economy.toml, or the aims. A group that cannot stand alone (a new
    technique needs rows in several tables, other aims may need other needs) is left out. Nothing
    is tried for a draft of another method than `optimum`.
    """
    if before.method != "optimum":
        return
    groups = list(dict.fromkeys(_group(change.file) for change in input_changes(first, second)))
    for group in groups[:GROUPS]:
        mixed = _mixed(first, second, group)
        if any(finding.level == "error" for finding in findings(mixed.folder)):
            continue
        try:
            draft = optimum(Returns(economy_of(mixed.folder)), mixed.aims, thorough=False)
        except DataError:
            continue
        yield Effect(group, draft.status, draft.objective, draft.objective - before.objective)


def _same_names(first: Inputs, second: Inputs) -> bool:
    """Tell whether two economies have the same goods and techniques, whatever they are called."""
    lists = (("goods.csv", "good"), ("techniques.csv", "technique"))
    return all(
        set(first.folder.table(name).text(head)) == set(second.folder.table(name).text(head))
        for name, head in lists
    )


def _warnings(
    before: Summary, after: Summary, inputs: tuple[Inputs, Inputs] | None
) -> Iterator[str]:
    if before.economy != after.economy:
        key = "renamed" if inputs and _same_names(*inputs) else "economies"
        yield say(f"compare.{key}", was=before.economy, now=after.economy)
    if before.years != after.years:
        spans = [f"{draft.years[0]}\u2013{draft.years[-1]}" for draft in (before, after)]
        yield say("compare.years", was=spans[0], now=spans[1])
    if inputs:
        old, new = (_units(part.folder.table("goods.csv")) for part in inputs)
        other = [good for good in old if good in new and old[good] != new[good]]
        if other:
            listed = ", ".join(other[:MOST]) + (" ..." if len(other) > MOST else "")
            yield say("compare.units", goods=listed)


def _units(goods: Table) -> dict[str, str]:
    return dict(zip(goods.text("good"), goods.text("unit"), strict=True))


def _group(file: str) -> str:
    return "aims" if file.startswith("aims") else file


def _mixed(first: Inputs, second: Inputs, group: str) -> Inputs:
    if group == "aims":
        return replace(first, aims=second.aims)
    if group == "economy.toml":
        return replace(first, folder=replace(first.folder, settings=second.folder.settings))
    return replace(first, folder=first.folder.with_table(second.folder.table(group)))


def _rows_changed(name: str, before: Table, after: Table) -> Iterator[InputChange]:
    schema = SCHEMAS.get("needs.csv" if name == "aims-needs.csv" else name)
    key = schema.key if schema else tuple(list(before.columns or after.columns)[:1])
    heads = [column.name for column in schema.columns] if schema else list(before.columns)
    old, new = _by_key(before, key), _by_key(after, key)
    for row in [*old, *(row for row in new if row not in old)]:
        for head in heads:
            if head in key:
                continue
            was, now = (rows.get(row, {}).get(head, "") for rows in (old, new))
            if was != now:
                yield InputChange(name, ", ".join(row), head, was, now)


def _by_key(table: Table, key: tuple[str, ...]) -> dict[tuple[str, ...], dict[str, str]]:
    columns = {head: table.text(head) for head in table.columns}
    keys = zip(*(table.text(part) for part in key), strict=True)
    return {
        place: {head: cells[row] for head, cells in columns.items()}
        for row, place in enumerate(keys)
    }


def _settings_changed(
    file: str, before: Mapping[str, Any], after: Mapping[str, Any], prefix: str = ""
) -> Iterator[InputChange]:
    for key in dict.fromkeys((*before, *after)):
        was, now = before.get(key, ""), after.get(key, "")
        if isinstance(was, Mapping) and isinstance(now, Mapping):
            yield from _settings_changed(file, was, now, f"{prefix}{key}.")
        elif was != now:
            yield InputChange(file, "", f"{prefix}{key}", str(was), str(now))


def _plain(aims: Aims) -> dict[str, Any]:
    names = [*("objective", "horizon", "terminal", "cap", "tie_break", "year_weights", "no_waste")]
    names += ("weights", "labour_weights", "floor_multiples")
    return {name: getattr(aims, name) for name in names}


def _in_force(inputs: Inputs) -> Table:
    """Return the needs of the economy with the rows of the aims in their place."""
    schema = SCHEMAS["needs.csv"]
    heads = [column.name for column in schema.columns]
    rows: dict[tuple[str, ...], dict[str, str]] = {}
    for table in (inputs.folder.table("needs.csv"), inputs.aims.needs):
        for written in _by_key(table, schema.key).values() if table is not None else ():
            row = {head: written.get(head, "") for head in heads}
            row["kind"] = row["kind"] or "consumption"
            rows[tuple(row[part] for part in schema.key)] = row
    return Table.of("needs.csv", [rows[key] for key in sorted(rows)])


def _greatest(before: Summary, after: Summary, series: str) -> tuple[Changed, ...]:
    """Return the goods whose sum over the years changed most, relative to the greater sum."""
    goods = [good for good in before.blocks["goods"] if good in after.blocks["goods"]]
    found = []
    for good in goods:
        old, new = (float(draft.numbers("goods", good, series).sum()) for draft in (before, after))
        found.append(Changed(good, old, new))
    return _sorted(found)


def _prices(before: Summary, after: Summary) -> tuple[Changed, ...]:
    goods = [good for good in before.blocks["goods"] if good in after.blocks["goods"]]
    found = []
    for good in goods:
        old, new = (draft.numbers("goods", good, "hours")[-1] for draft in (before, after))
        found.append(Changed(good, float(old), float(new)))
    return _sorted(found)


def _sorted(changes: list[Changed]) -> tuple[Changed, ...]:
    seen = [change for change in changes if _relative(change) > _SEEN]
    return tuple(sorted(seen, key=_relative, reverse=True)[:MOST])


def _relative(change: Changed) -> float:
    size = max(abs(change.before), abs(change.after))
    if not np.isfinite(size) or size == 0:
        return 0.0
    return abs(change.after - change.before) / size


def _both_binding(
    before: Summary, after: Summary
) -> tuple[dict[tuple[str, str, int], str], dict[tuple[str, str, int], str]]:
    """Return what binds in both drafts; nothing where one of them has no prices."""
    if not before.status == after.status == "optimal":
        return {}, {}
    return _binding(before.bindings), _binding(after.bindings)


def _binding(bindings: tuple[Binding, ...]) -> dict[tuple[str, str, int], str]:
    return {
        (one.limit.kind, one.limit.name, one.limit.year): say(
            "compare.limit", kind=one.limit.kind, name=one.limit.name, year=one.limit.year or ""
        ).strip()
        for one in bindings
    }


def _sentences(before: Summary, after: Summary, found: Comparison) -> Iterator[str]:
    yield from _results(before, after)
    if not found.inputs:
        yield say("compare.same_inputs")
    for effect in found.effects:
        key = "alone" if np.isfinite(effect.difference) else "alone_now"
        key = key if effect.status == "optimal" else "alone_not"
        words = {"to": figure(effect.objective, 4), "by": figure(effect.difference)}
        yield say(f"compare.{key}", group=effect.group, status=effect.status, **words)
    if len(found.effects) > 1 and before.status == "optimal":
        yield say("compare.not_sum")
    if found.binds or found.free:
        yield say("compare.binds", more=len(found.binds), fewer=len(found.free))


def _results(before: Summary, after: Summary) -> Iterator[str]:
    """Yield what both drafts reach, and why one that reaches nothing does not."""
    names = {"before": before.name, "after": after.name}
    if before.status != after.status:
        yield say("compare.status", **names, was=before.status, now=after.status)
    elif before.objective_name != after.objective_name:
        yield say("compare.objectives", was=before.objective_name, now=after.objective_name)
    elif before.status == "optimal":
        yield _objective(before, after, names)
    for draft in (before, after):
        if draft.status in {"infeasible", "unbounded"}:
            yield from _why_none(draft)


def _why_none(draft: Summary) -> Iterator[str]:
    """Yield why a draft has no plan, in its own words."""
    first, *rest = draft.explain or (draft.status,)
    yield say("compare.why", name=draft.name, text=first)
    yield from rest


def _objective(before: Summary, after: Summary, names: Mapping[str, str]) -> str:
    size = max(abs(before.objective), abs(after.objective), 1e-300)
    if abs(after.objective - before.objective) <= _SEEN * size:
        return say("compare.same", value=figure(before.objective, 4), **names)
    change = (after.objective - before.objective) / max(abs(before.objective), 1e-300)
    key = "higher" if change > 0 else "lower"
    words = {"was": figure(before.objective, 4), "now": figure(after.objective, 4)}
    return say(f"compare.{key}", share=percent(abs(change)), **words, **names)
