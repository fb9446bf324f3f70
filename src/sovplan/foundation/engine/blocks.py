"""Two of the three engines at work: a block of rows at a time, by rows or by columns.

Both take a block through the stages of a pass as the compiled engine does (`kernel`), so that all
three give the same bits.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias, final

import numpy as np
from numpy.typing import NDArray

from sovplan.foundation import chance
from sovplan.foundation.engine.composer import Composition, Pass, Stage
from sovplan.foundation.engine.rows import BLOCK, Places, Rows, Stored, append, decoded, settle
from sovplan.foundation.engine.rule import Rule
from sovplan.foundation.engine.scripts import Written, written
from sovplan.foundation.engine.tables import EMPTY, Column, Count
from sovplan.foundation.errors import IdentityBroken

Sums = dict[str, NDArray[np.int64]]

Where: TypeAlias = Places | slice
"""Rows of a block that a rule is for: some, or all of them without a copy."""

_ALL: Final = slice(None)


@final
@dataclass(frozen=True, slots=True)
class Given:
    """What a run gives to the rules of a year.

    Parameters
    ----------
    seed
        Root of all luck.
    year
        The year.
    values
        Institutions and parameters by name.
    """

    seed: int
    year: int
    values: Mapping[str, float]


@final
class Script:
    """Rules written down for plain Python or for NumPy, and how a pass is done with them."""

    def __init__(self, composition: Composition, engine: Literal["plain", "arrays"]) -> None:
        self.composition: Final = composition
        self.engine: Final = engine
        self.written: Final[Mapping[str, Written]] = {
            rule.name: written(rule, composition, engine) for rule in composition.rules
        }
        self.packed: Final = {
            draw: (pack.stream, place)
            for pack in composition.packs
            for place, draw in enumerate(pack.draws)
        }

    def run(self, each: Pass, tables: Mapping[str, Rows], given: Given) -> None:
        """Carry all rows of a table through a pass; write its sums to the tables above."""
        rows = tables[each.table]
        sums = {
            count.into: np.zeros(rows.table.reference(_head(count)).rows, dtype=np.int64)
            for stage in each.stages
            for count in stage.counts
        }
        late: list[Places] = []
        with np.errstate(all="ignore"):
            for low in range(0, rows.size, BLOCK):
                block = Block(self, rows, tables, given, low, min(low + BLOCK, rows.size))
                for stage in each.stages:
                    block.pass_through(stage, sums)
                if each.births and rows.table.births is not None:
                    bears = block.here & (block.stored(rows.table.births.bears) != 0)
                    late.append(settle(rows, bears, block.low, block.high, given.year))
        if late:
            append(rows, np.concatenate(late), given.year)
        put_sums(rows, tables, sums)


def put_sums(rows: Rows, tables: Mapping[str, Rows], sums: Sums) -> None:
    """Write sums into the tables that receive them."""
    for name, found in sums.items():
        head, _, column = name.partition(".")
        tables[rows.table.reference(head).table][column][:] = found


def _head(count: Count) -> str:
    return count.into.partition(".")[0]


@final
@dataclass(slots=True)
class Block:
    """A block of rows on its way through a pass."""

    script: Script
    rows: Rows
    tables: Mapping[str, Rows]
    given: Given
    low: int
    high: int
    here: NDArray[np.bool_] = field(init=False)
    flows: dict[str, Stored] = field(default_factory=dict)
    moved: dict[str, Stored] = field(default_factory=dict)
    shared: dict[str, tuple[Stored, ...]] = field(default_factory=dict)
    places: dict[str, Places] = field(default_factory=dict)

    def pass_through(self, stage: Stage, sums: Sums) -> None:
        """Do the rules of a stage, then its counts; states change last."""
        empty = self.rows.table.empty
        size = self.high - self.low
        self.here = self.stored(empty) != EMPTY if empty else np.ones(size, dtype=np.bool_)
        for rule in stage.rules:
            self.apply(rule)
        for count in stage.counts:
            self.add(count, sums[count.into])
        kept = {column.name for column in self.rows.table.kept}
        for name, values in (*self.moved.items(), *self.flows.items()):
            if name in kept:
                np.copyto(self.rows.columns[name][self.low : self.high], values, where=self.here)
        for name in self.moved:
            self.forget(name)
        self.moved.clear()

    def stored(self, name: str) -> Stored:
        """Return a column as it is stored: flows as written, states as the step found them."""
        if name in self.flows:
            return self.flows[name]
        if name in self.rows.columns:
            return self.rows.columns[name][self.low : self.high]
        return np.zeros(self.high - self.low, dtype=self.rows.table.column(name).dtype)

    def apply(self, rule: Rule) -> None:
        """Do one rule for the rows that it is for."""
        where, many = self.meant(rule)
        if not many:
            return
        arguments = self.arguments(rule, where)
        results = (
            self.script.written[rule.name].law(**arguments)
            if self.script.engine == "arrays"
            else self.row_by_row(rule, arguments, many)
        )
        for name, result in zip(rule.writes, results, strict=True):
            self.put(rule, name, where, np.broadcast_to(np.asarray(result), (many,)))

    def meant(self, rule: Rule) -> tuple[Where, int]:
        """Return the rows that a rule is for, and how many they are."""
        if self.script.engine == "arrays" and not rule.when:
            return _ALL, len(self.here)
        chosen = self.here & (self.stored(rule.when) != 0) if rule.when else self.here
        where = np.flatnonzero(chosen)
        return where, len(where)

    def row_by_row(self, rule: Rule, arguments: Mapping[str, Any], many: int) -> tuple[Stored, ...]:
        """Do one rule for one row after another."""
        law = self.script.written[rule.name].law
        rows = [
            law(**{n: v[i] if isinstance(v, np.ndarray) else v for n, v in arguments.items()})
            for i in range(many)
        ]
        return tuple(np.array(column) for column in zip(*rows, strict=True))

    def arguments(self, rule: Rule, where: Where) -> dict[str, Any]:
        """Return the arguments of a rule for some rows, but for those that a switch holds fast."""
        table, fixed = self.rows.table, self.script.composition.fixed(rule)
        found: dict[str, Any] = {}
        for name in rule.reads:
            head, dot, column = name.partition(".")
            if dot:
                found[name] = self.above(head, column, where)
            else:
                found[name] = decoded(table, name, self.stored(name)[where])
        for name in (*rule.institutions, *rule.parameters):
            found[name] = np.float64(fixed.get(name, self.given.values.get(name, np.nan)))
        for name in rule.draws:
            found[name] = self.draw(name, where)
        return {name.replace(".", "_"): value for name, value in found.items()}

    def above(self, head: str, column: str, where: Where) -> Any:  # noqa: ANN401 - or one number
        """Return a column of a table above for some rows; one number where it has one row."""
        reference = self.rows.table.reference(head)
        rows = self.tables[reference.table]
        if not reference.digits:
            return decoded(rows.table, column, rows.columns[column][:1])[0]
        return decoded(rows.table, column, rows.columns[column][self.index(head)[where]])

    def draw(self, name: str, where: Where) -> Stored:
        """Draw for some rows."""
        keys = self.rows.keys(self.low, self.high).view(np.int64)
        seed, year = self.given.seed, self.given.year
        if name not in self.script.packed:
            return chance.uniform(seed, name, year, keys[where])
        stream, place = self.script.packed[name]
        some = not isinstance(where, slice) and len(where) < len(keys)
        if some and stream not in self.shared:
            return chance.shorts(seed, stream, year, keys[where])[place]
        if stream not in self.shared:  # four draws of everybody come from one block of luck
            self.shared[stream] = chance.shorts(seed, stream, year, keys)
        return self.shared[stream][place][where]

    def index(self, head: str) -> Places:
        """Return the row of a table above, for each row."""
        if head not in self.places:
            number = np.zeros(self.high - self.low, dtype=np.int64)
            for name, size in self.rows.table.reference(head).digits:
                number = number * size + self.stored(name)
            self.places[head] = number
        return self.places[head]

    def put(self, rule: Rule, name: str, where: Where, values: Stored) -> None:
        """Store what a rule gives, after a look at its range."""
        column = self.rows.table.column(name)
        store = self.moved if column.role == "state" else self.flows
        found = self.encoded(rule, column, values, self.here[where])
        if isinstance(where, slice):
            store[name] = found
        else:
            store[name] = self.stored(name).copy()
            store[name][where] = found
        if store is self.flows:
            self.forget(name)

    def forget(self, name: str) -> None:
        """Let go of the rows of tables above that a column leads to: it has changed."""
        for reference in self.rows.table.references:
            if any(name == digit for digit, _ in reference.digits):
                self.places.pop(reference.name, None)

    def encoded(
        self, rule: Rule, column: Column, values: Stored, here: NDArray[np.bool_]
    ) -> Stored:
        """Return numbers as they are stored, in memory of their own."""
        if column.form == "real":
            return values.astype(column.dtype)
        if column.form == "share":
            real = values.astype(np.float64, copy=False)
            values = (real * float(column.scale) + 0.5).astype(np.int64)
            low, high = 0, column.scale
        else:
            low, high = column.bounds
            values = values.astype(np.int64, copy=False)
        # Most often all numbers are within, also those of places that nobody has.
        within = values.size and low <= int(values.min()) and int(values.max()) <= high
        if not within and ((values < low) | (values > high))[here].any():
            raise out_of_range(rule, column.name, self.given.year)
        return values.astype(column.dtype)

    def add(self, count: Count, total: NDArray[np.int64]) -> None:
        """Add a count of this block."""
        table, head = self.rows.table, _head(count)
        many = self.stored(count.of).astype(np.int64) if count.of else self.here.astype(np.int64)
        if table.weight:
            many *= self.stored(table.weight)
        many *= self.here
        if table.reference(head).digits:
            np.add.at(total, self.index(head), many)
        else:
            total[0] += many.sum()


def out_of_range(rule: Rule, column: str, year: int) -> IdentityBroken:
    """Return the error for a number that its column cannot hold."""
    return IdentityBroken(f"{year}: rule {rule.number} {rule.name}: {column} is out of its range")
