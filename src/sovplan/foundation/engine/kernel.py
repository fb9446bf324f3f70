"""The third engine: writes the text of a compiled loop for a pass.

The loop takes 1024 rows through rule after rule: each rule is a short loop of its own that the
compiler can turn into instructions on several numbers at once, and what rules hand on lies in small
arrays that stay in the near caches. Values of tables above are first gathered into such arrays.
Rules with `when` go through a list of the rows marked. Then counts are added, whole numbers only,
and states change. Blocks of 65,536 rows are independent of each other: a call takes every
`stride`-th block from `first` on, so threads share the work and nothing depends on their number.

The text is a module of its own that needs numba and NumPy only: what it does can be read, and its
digest is the key under which compiled code is kept (`compiled`).
"""

from collections.abc import Iterator
from typing import Final, final

from sovplan.foundation.chance import rule_number
from sovplan.foundation.engine.composer import Composition, Pass, Stage
from sovplan.foundation.engine.dialects import Compiled, decoded, literal
from sovplan.foundation.engine.language import Code, Translation
from sovplan.foundation.engine.preamble import PHILOX, PREAMBLE
from sovplan.foundation.engine.rows import BLOCK
from sovplan.foundation.engine.rule import Rule
from sovplan.foundation.engine.scripts import check_results, given_codes
from sovplan.foundation.engine.tables import EMPTY, Births, Column, Count

TILE: Final = 1024
"""Rows that go through all rules together."""

LATE: Final = BLOCK // 4
"""How many newborn of a block may find no place in it."""

_BLOCK_INDENT, _TILE_INDENT, _ROW_INDENT = 8, 12, 16
_TYPES: Final = {
    "u1": "np.uint8", "u2": "np.uint16", "u4": "np.uint32", "i4": "np.int32", "i8": "np.int64",
    "f4": "np.float32", "f8": "np.float64", "u8": "np.uint64", "b1": "np.bool_",
}  # fmt: skip


@final
class KernelText:
    """The text of one pass.

    Attributes
    ----------
    columns
        Stored columns that the function takes, in order.
    above
        Reference and column of the tables above that it takes, in order.
    sums
        Counts by reference, in order: columns of the arrays that it adds to.
    flags
        Rule and column of each mark "out of range", in order.
    values
        Names of the institutions and parameters that it takes, in order.
    text
        The module.
    """

    def __init__(self, composition: Composition, each: Pass) -> None:
        self.composition, self.each = composition, each
        self.table: Final = composition.tables[each.table]
        self.columns: list[str] = []
        self.above: list[tuple[str, str]] = []
        self.sums: dict[str, list[Count]] = {}
        self.flags: list[tuple[Rule, str]] = []
        self.values: Final = composition.values()
        self.buffers: dict[str, str] = {}
        self.flows: set[str] = set()
        self.ready: set[str] = set()
        self.draws: dict[str, tuple[str, int]] = {
            draw: (pack.stream, place)
            for pack in composition.packs
            for place, draw in enumerate(pack.draws)
        }
        body = [line for stage in each.stages for line in self.stage(stage)]
        births = list(self.births()) if each.births else []
        self.text: Final = self.module(body, births)

    # ---- the frame ------------------------------------------------------------------------------

    def module(self, body: list[str], births: list[str]) -> str:
        """Return the whole module."""
        columns = [f"c_{name}" for name in self.columns]
        above = [f"a_{head}_{name}" for head, name in self.above]
        sums = [f"n_{head}" for head in self.sums]
        fixed = ["first", "stride", "size", "low_seed", "high_seed", "stamp", "values", "flags"]
        header = f"def kernel({', '.join([*fixed, *columns, *above, *sums, 'late', 'many'])}):"
        lines = [
            *(f"    v_{name} = values[{i}]" for i, name in enumerate(self.values)),
            *(f"    {name} = np.zeros({TILE}, {kind})" for name, kind in self.buffers.items()),
            *(f"    f_{i} = 0" for i in range(len(self.flags))),
            f"    mothers, places = np.empty({BLOCK}, np.int64), np.empty({BLOCK}, np.int64)",
            f"    for block in range(first, (size + {BLOCK - 1}) // {BLOCK}, stride):",
            f"        low, high = block * {BLOCK}, min(size, (block + 1) * {BLOCK})",
            "        born, free = 0, 0",
            f"        for start in range(low, high, {TILE}):",
            f"            rows = min({TILE}, high - start)",
            *(f"            s_{name} = c_{name}[start:start + rows]" for name in self.columns),
            *body,
            *births,
            *(f"    if f_{i} < 0: flags[{i}] = 1" for i in range(len(self.flags))),
        ]
        return "\n".join([PREAMBLE, header, *lines, ""])

    def loop(self, lines: list[str], over: str = "j in range(rows)") -> Iterator[str]:
        """Yield a loop over the rows of a tile."""
        yield f"{' ' * _TILE_INDENT}for {over}:"
        yield from (f"{' ' * _ROW_INDENT}{line}" for line in lines)

    def buffer(self, name: str, dtype: str) -> str:
        """Return the name of a small array, made on first use."""
        self.buffers[name] = _TYPES[dtype]
        return name

    # ---- where columns lie ----------------------------------------------------------------------

    def slot(self, name: str) -> str:
        """Return the array that holds a column as it is stored, for the rules of this stage."""
        if name in self.flows:
            return f"b_{name}"
        if name != self.table.key and self.table.column(name).role == "passing":
            return self.buffer(f"b_{name}", self.table.column(name).dtype)
        if name not in self.columns:
            self.columns.append(name)
        return f"s_{name}"

    def read(self, name: str, row: str) -> str:
        """Return a column as rules read it."""
        return decoded(self.table.column(name), f"{self.slot(name)}[{row}]")

    def index(self, head: str, row: str) -> str:
        """Return the row of a table above."""
        text = "0"
        for name, size in self.table.reference(head).digits:
            digit = f"_whole({self.slot(name)}[{row}])"
            text = digit if text == "0" else f"({text} * {size} + {digit})"
        return f"_place({text})"

    def outside(self, head: str, name: str) -> str:
        """Return the array of a column of a table above."""
        if (head, name) not in self.above:
            self.above.append((head, name))
        return f"a_{head}_{name}"

    # ---- a stage --------------------------------------------------------------------------------

    def stage(self, stage: Stage) -> Iterator[str]:
        """Yield the lines of a stage."""
        self.ready = {name for name in self.ready if name.startswith("draw ")}
        here = self.buffer("here", "b1")
        test = f"{self.slot(self.table.empty)}[j] != {EMPTY}" if self.table.empty else "True"
        yield from self.loop([f"{here}[j] = {test}"])
        moved: list[str] = []
        for rule in stage.rules:
            yield from self.rule(rule, moved)
        yield from self.counts(stage)
        kept = {column.name for column in self.table.kept}
        written = [n for rule in stage.rules for n in rule.writes if n in kept]
        for name in written:
            if name not in self.columns:
                self.columns.append(name)
            new = f"m_{name}" if name in moved else f"b_{name}"
            yield from self.loop([f"s_{name}[j] = _pick(here[j], {new}[j], s_{name}[j])"])

    def gathered(self, head: str, name: str) -> Iterator[str]:
        """Yield what brings a column of a table above into a small array."""
        if f"index {head}" not in self.ready:
            self.ready.add(f"index {head}")
            into = self.buffer(f"x_{head}", "u8")
            yield from self.loop([f"{into}[j] = {self.index(head, 'j')}"])
        if name and f"gather {head}.{name}" not in self.ready:
            self.ready.add(f"gather {head}.{name}")
            above = self.composition.tables[self.table.reference(head).table]
            into = self.buffer(f"g_{head}_{name}", above.column(name).dtype)
            yield from self.loop([f"{into}[j] = {self.outside(head, name)}[x_{head}[j]]"])

    def drawn(self, name: str) -> Iterator[str]:
        """Yield what draws for all rows of a tile; four short draws come at once."""
        stream, _ = self.draws.get(name, (name, 0))
        if f"draw {stream}" in self.ready:
            return
        self.ready.add(f"draw {stream}")
        lines = [*self.philox(stream, "j"), *self.luck(stream, name, "j")]
        yield from self.loop(lines)

    def philox(self, stream: str, row: str) -> list[str]:
        """Return lines that make the four words w0 to w3 of a stream for a row."""
        key = f"{self.slot(self.table.key)}[{row}]" if self.table.key else f"start + {row}"
        return [line.format(key=key, number=rule_number(stream)) for line in PHILOX]

    def luck(self, stream: str, name: str, row: str) -> list[str]:
        """Return lines that turn words into the draws of a stream."""
        if name not in self.draws:
            return [f"{self.buffer(f'd_{name}', 'f8')}[{row}] = _long(w0, w1)"]
        pack = next(pack for pack in self.composition.packs if pack.stream == stream)
        return [
            f"{self.buffer(f'd_{draw}', 'f8')}[{row}] = _short(w{place})"
            for place, draw in enumerate(pack.draws)
        ]

    # ---- a rule ---------------------------------------------------------------------------------

    def rule(self, rule: Rule, moved: list[str]) -> Iterator[str]:
        """Yield the loop of one rule."""
        yield from self.marked(rule) if rule.when else self.fetched(rule)
        tag = f"r{self.composition.rules.index(rule)}_"
        lines = list(self.arguments(rule, "j"))
        out = Translation(Compiled(), tag)
        results = out.function(rule.law, self.codes(rule, tag))
        check_results(rule, results, self.table)
        lines += out.lines
        first = len(self.flags)
        for name, code in zip(rule.writes, results, strict=True):
            column = self.table.column(name)
            target = self.buffer(f"{'m' if column.role == 'state' else 'b'}_{name}", column.dtype)
            if rule.when:
                yield from self.loop([f"{target}[j] = {self.before(column)}"])
            lines += self.encoded(rule, column, code, target, f"{tag}to_{name}")
        states = [name for name in rule.writes if self.table.column(name).role == "state"]
        moved += states
        self.flows.update(set(rule.writes) - set(states))
        flags, at = range(first, len(self.flags)), " " * _TILE_INDENT
        yield from (f"{at}bad_{i} = 0" for i in flags)
        if rule.when:
            lines.insert(0, f"j = w_{rule.when}[i]")
        yield from self.loop(
            lines, f"i in range(many_{rule.when})" if rule.when else "j in range(rows)"
        )
        yield from (f"{at}f_{i} |= bad_{i}" for i in flags)

    def fetched(self, rule: Rule) -> Iterator[str]:
        """Yield what gathers and draws all that a rule asks for, for a whole tile."""
        for name in rule.reads:
            head, dot, column = name.partition(".")
            if dot:
                yield from self.gathered(head, column)
        for name in rule.draws:
            yield from self.drawn(name)

    def before(self, column: Column) -> str:
        """Return what a row keeps that a rule with `when` leaves alone."""
        return "0" if column.role == "passing" else f"{self.slot(column.name)}[j]"

    def marked(self, rule: Rule) -> Iterator[str]:
        """Yield what lists the rows that a rule with `when` is for."""
        name = rule.when
        if f"list {name}" in self.ready:
            return
        self.ready.add(f"list {name}")
        listed = self.buffer(f"w_{name}", "i8")
        yield f"{' ' * _TILE_INDENT}many_{name} = 0"
        step = f"many_{name} += _whole(here[j] & ({self.slot(name)}[j] != 0))"
        yield from self.loop([f"{listed}[many_{name}] = j", step])

    def codes(self, rule: Rule, tag: str) -> dict[str, Code]:
        """Return the arguments of a rule as local names."""
        given = given_codes(rule, self.composition)
        shared = {name.replace(".", "_") for name in (*rule.institutions, *rule.parameters)}
        return {
            name: code
            if code.constant is not None
            else Code(f"v_{name}" if name in shared else f"{tag}{name}", code.kind)
            for name, code in given.items()
        }

    def arguments(self, rule: Rule, row: str) -> Iterator[str]:
        """Yield lines that fetch what a rule reads and draws."""
        tag = f"r{self.composition.rules.index(rule)}_"
        fixed = self.composition.fixed(rule)
        for name in (*rule.reads, *rule.draws):
            if name in fixed:
                continue
            head, dot, column = name.partition(".")
            target = f"{tag}{name.replace('.', '_')}"
            if name in rule.draws:
                yield from self.luck_of_row(name, row) if rule.when else ()
                yield f"{target} = " + (self.one(name) if rule.when else f"d_{name}[{row}]")
            elif dot:
                above = self.composition.tables[self.table.reference(head).table]
                place = f"{self.outside(head, column)}[{self.index(head, row)}]"
                value = place if rule.when else f"g_{head}_{column}[{row}]"
                yield f"{target} = {decoded(above.column(column), value)}"
            else:
                yield f"{target} = {self.read(name, row)}"

    def luck_of_row(self, name: str, row: str) -> list[str]:
        """Return lines that make the words of one row of a list."""
        return self.philox(self.draws.get(name, (name, 0))[0], row)

    def one(self, name: str) -> str:
        """Return the draw of one row from its words."""
        return f"_short(w{self.draws[name][1]})" if name in self.draws else "_long(w0, w1)"

    def encoded(
        self, rule: Rule, column: Column, code: Code, target: str, name: str
    ) -> Iterator[str]:
        """Yield lines that store what a rule gives and mark what is out of range."""
        number = code.text if code.kind == "real" else f"_real({code.text})"
        kind = _TYPES[column.dtype]
        if column.form == "real":
            yield f"{target}[j] = {kind}({number})"
            return
        if column.form == "share":
            low, high = 0, column.scale
            yield f"{name} = _whole({number} * {float(column.scale)!r} + 0.5)"
        else:
            low, high = column.bounds
            yield f"{name} = " + (code.text if code.kind == "whole" else f"_whole({code.text})")
        # Below zero if the number is out of its range and somebody is here; no branch, no boolean.
        beyond = f"({name} - {literal(low)}) | ({literal(high)} - {name})"
        yield f"bad_{len(self.flags)} |= ({beyond}) & -_whole(here[j])"
        self.flags.append((rule, column.name))
        yield f"{target}[j] = {kind}({name})"

    # ---- counts and births ----------------------------------------------------------------------

    def counts(self, stage: Stage) -> Iterator[str]:
        """Yield what adds the counts of a stage: first those of all rows, then the rare ones."""
        for head in dict.fromkeys(count.into.partition(".")[0] for count in stage.counts):
            yield from self.gathered(head, "")
            asked = [count for count in stage.counts if count.into.partition(".")[0] == head]
            usual = [count for count in asked if not (count.rare and count.of)]
            rare = [count for count in asked if count.rare and count.of]
            if usual:
                yield from self.loop(["if here[j]:", *self.added(head, usual)])
            if rare:
                marked = self.buffer("marked", "i8")
                test = " | ".join(f"({self.slot(count.of)}[j] != 0)" for count in rare)
                yield f"{' ' * _TILE_INDENT}some = 0"
                yield from self.loop([f"{marked}[some] = j", f"some += _whole(here[j] & ({test}))"])
                yield from self.loop(
                    [f"j = {marked}[i]", "if True:", *self.added(head, rare)], "i in range(some)"
                )

    def added(self, head: str, counts: list[Count]) -> list[str]:
        """Return lines that add counts of one row, indented by one step."""
        listed = self.sums.setdefault(head, [])
        lines = [f"    place = x_{head}[j]"]
        weight = f"_whole({self.slot(self.table.weight)}[j])" if self.table.weight else ""
        for count in counts:
            one = f"_whole({self.slot(count.of)}[j])" if count.of else ""
            many = " * ".join(part for part in (one, weight) if part) or "1"
            lines.append(f"    n_{head}[place, {len(listed)}] += {many}")
            listed.append(count)
        return lines

    def births(self) -> Iterator[str]:
        """Yield what notes mothers and free places of a tile and settles the newborn of a block."""
        births, empty, key = self.table.births, self.table.empty, self.table.key
        if births is None:
            return
        age = self.slot(empty)
        bears, marked = self.slot(births.bears), self.buffer("marked", "i8")
        yield f"{' ' * _TILE_INDENT}some = 0"
        test = f"({age}[j] == {EMPTY}) | ({bears}[j] != 0)"
        yield from self.loop([f"{marked}[some] = j", f"some += _whole({test})"])
        yield from self.loop(
            [
                f"j = {marked}[i]",
                f"gone = {age}[j] == {EMPTY}",
                "places[free] = start + j",
                "free += _whole(gone)",
                "mothers[born] = start + j",
                f"born += _whole(here[j] & (not gone) & ({bears}[j] != 0))",
            ],
            "i in range(some)",
        )
        yield from self.settled(births, key)

    def settled(self, births: Births, key: str) -> Iterator[str]:
        """Yield what puts the newborn of a block into its free places and lists the others."""
        for name in (key, *births.inherited, *births.lots, *births.constants):
            self.slot(name)
        at = " " * _BLOCK_INDENT
        yield f"{at}room = min(born, free)"
        yield f"{at}for i in range(room):"
        lines = [
            "mother, j = mothers[i], places[i]",
            *(
                line.format(key=f"c_{key}[mother]", number=rule_number(births.stream))
                .replace("low_seed", "np.uint64(0)")
                .replace("high_seed", "np.uint64(0)")
                for line in PHILOX
            ),
            "child = (w0 << np.uint64(32)) | w1",
            f"c_{key}[j] = child",
            *(f"c_{name}[j] = c_{name}[mother]" for name in births.inherited),
            *(
                f"c_{name}[j] = _pick(_real(np.int64(child >> np.uint64(11))) * {2.0**-53!r}"
                f" < {likely!r}, 1, 0)"
                for name, likely in births.lots.items()
            ),
            *(f"c_{name}[j] = {number}" for name, number in births.constants.items()),
        ]
        yield from (f"{at}    {line}" for line in lines)
        yield f"{at}many[block] = born - room"
        yield f"{at}for i in range(room, min(born, room + {LATE})):"
        yield f"{at}    late[block, i - room] = mothers[i]"
