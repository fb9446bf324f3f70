"""Two of the three engines at work: a block of rows at a time, by rows or by columns.

Both take a block through the stages of a pass as the compiled engine does (`kernel`), so that all
three give the same bits.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, final

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
        chosen = self.here & (self.stored(rule.when) != 0) if rule.when else self.here
        whole = self.script.engine == "arrays" and not rule.when
        where = np.arange(len(chosen)) if whole else np.flatnonzero(chosen)
        if not len(where):
            return
        arguments = self.arguments(rule, where)
        results = (
            self.script.written[rule.name].law(**arguments)
            if self.script.engine == "arrays"
            else self.row_by_row(rule, arguments, len(where))
        )
        for name, result in zip(rule.writes, results, strict=True):
            self.put(rule, name, where, np.broadcast_to(np.asarray(result), where.shape))

    def row_by_row(self, rule: Rule, arguments: Mapping[str, Any], many: int) -> tuple[Stored, ...]:
        """Do one rule for one row after another."""
        law = self.script.written[rule.name].law
        rows = [
            law(**{n: v[i] if isinstance(v, np.ndarray) else v for n, v in arguments.items()})
            for i in range(many)
        ]
        return tuple(np.array(column) for column in zip(*rows, strict=True))

    def arguments(self, rule: Rule, where: Places) -> dict[str, Any]:
        """Return the arguments of a rule for some rows, but for those that a switch holds fast."""
        table, fixed = self.rows.table, self.script.composition.fixed(rule)
        found: dict[str, Any] = {}
        for name in rule.reads:
            head, dot, column = name.partition(".")
            if dot:
                above = self.tables[table.reference(head).table]
                number = self.index(head)[where]
                found[name] = decoded(above.table, column, above.columns[column][number])
            else:
                found[name] = decoded(table, name, self.stored(name)[where])
        for name in (*rule.institutions, *rule.parameters):
            found[name] = np.float64(fixed.get(name, self.given.values.get(name, np.nan)))
        for name in rule.draws:
            found[name] = self.draw(name, where)
        return {name.replace(".", "_"): value for name, value in found.items()}

    def draw(self, name: str, where: Places) -> Stored:
        """Draw for some rows."""
        keys = self.rows.keys(self.low, self.high).view(np.int64)
        seed, year = self.given.seed, self.given.year
        if name not in self.script.packed:
            return chance.uniform(seed, name, year, keys[where])
        stream, place = self.script.packed[name]
        if len(where) < len(keys) and stream not in self.shared:
            return chance.shorts(seed, stream, year, keys[where])[place]
        if stream not in self.shared:  # four draws of everybody come from one block of luck
            self.shared[stream] = chance.shorts(seed, stream, year, keys)
        return self.shared[stream][place][where]

    def index(self, head: str) -> Places:
        """Return the row of a table above, for each row."""
        number = np.zeros(self.high - self.low, dtype=np.int64)
        for name, size in self.rows.table.reference(head).digits:
            number = number * size + self.stored(name)
        return number

    def put(self, rule: Rule, name: str, where: Places, values: Stored) -> None:
        """Store what a rule gives, after a look at its range."""
        column = self.rows.table.column(name)
        store = self.moved if column.role == "state" else self.flows
        stored = self.stored(name).copy()
        stored[where] = self.encoded(rule, column, values, self.here[where])
        store[name] = stored

    def encoded(
        self, rule: Rule, column: Column, values: Stored, here: NDArray[np.bool_]
    ) -> Stored:
        """Return numbers as they are stored."""
        if column.form == "real":
            return values.astype(column.dtype)
        if column.form == "share":
            values = (values.astype(np.float64) * float(column.scale) + 0.5).astype(np.int64)
            low, high = 0, column.scale
        else:
            low, high = column.bounds
        values = values.astype(np.int64)
        if ((values < low) | (values > high))[here].any():
            raise out_of_range(rule, column.name, self.given.year)
        return values.astype(column.dtype)

    def add(self, count: Count, total: NDArray[np.int64]) -> None:
        """Add a count of this block."""
        table = self.rows.table
        here = np.flatnonzero(self.here)
        many = self.stored(count.of)[here].astype(np.int64) if count.of else np.int64(1)
        if table.weight:
            many = many * self.stored(table.weight)[here].astype(np.int64)
        np.add.at(total, self.index(_head(count))[here], many)


def out_of_range(rule: Rule, column: str, year: int) -> IdentityBroken:
    """Return the error for a number that its column cannot hold."""
    return IdentityBroken(f"{year}: rule {rule.number} {rule.name}: {column} is out of its range")
