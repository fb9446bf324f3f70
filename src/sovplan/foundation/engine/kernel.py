"""The third engine: writes the text of a compiled loop for a pass.

The loop takes 1024 rows through all rules: rules that follow one another stand in one short loop
that the compiler can turn into instructions on several numbers at once, and what they hand on lies
in small arrays that stay in the near caches (`tile`); what nothing reads is not written (`unread`).
For rules with `when` the rows marked are copied together, treated as a small tile of their own and
put back. Then counts are added, whole numbers only (`sums`), and states change.
Blocks of 65,536 rows are independent of each other: a call takes those from `first` to before
`last`, so threads share the work and nothing depends on their number.

The text is a module of its own that needs numba and NumPy only: what it does can be read, and its
digest is the key under which compiled code is kept (`compiled`).
"""

from collections.abc import Iterator
from typing import Final, final

from sovplan.foundation.engine.bounds import Bounds, bounded
from sovplan.foundation.engine.composer import Composition, Pass, Stage
from sovplan.foundation.engine.dialects import Compiled, decoded
from sovplan.foundation.engine.language import Code, Translation
from sovplan.foundation.engine.preamble import PREAMBLE, philox
from sovplan.foundation.engine.ranges import Ranges
from sovplan.foundation.engine.rows import BLOCK
from sovplan.foundation.engine.rule import Rule
from sovplan.foundation.engine.scripts import check_results, given_codes
from sovplan.foundation.engine.settling import settle_text, settled
from sovplan.foundation.engine.sums import Sums
from sovplan.foundation.engine.tables import Column, Table
from sovplan.foundation.engine.tile import TILE, Tile
from sovplan.foundation.engine.unread import without_unread

_MOTHERS: Final = (
    f"    mothers, places = np.empty({BLOCK}, np.int64), np.empty({BLOCK}, np.int64)",
    f"    children = np.empty({BLOCK}, np.uint64)",
)
_HERE: Final = "# here a tile ends"


@final
class KernelText:
    """The text of one pass.

    Attributes
    ----------
    tile
        A tile of rows; its columns are those that the function takes.
    above
        Reference and column of the tables above that it takes, in order.
    sums
        Counts by reference, in order: columns of the arrays that it adds to.
    ranges
        Marks "out of range", and the rule and column of each.
    births
        How rows are born at the end of the pass; None where none are.
    values
        Names of the institutions and parameters that it takes, in order.
    text
        The module.
    """

    def __init__(self, composition: Composition, each: Pass) -> None:
        self.composition, self.each = composition, each
        self.table: Final = composition.tables[each.table]
        self.tile: Final = Tile(self.table)
        self.sums: Final = Sums(self.tile)
        self.above: list[tuple[str, str]] = []
        self.ranges: Final = Ranges()
        self.dialect: Final = Compiled()
        self.values: Final = composition.values()
        self.ready: set[str] = set()
        self.asked: list[str] = []
        self.draws: dict[str, tuple[str, int]] = {
            draw: (pack.stream, place)
            for pack in composition.packs
            for place, draw in enumerate(pack.draws)
        }
        body = [line for stage in each.stages for line in self.stage(stage)]
        self.births: Final = self.table.births if each.births else None
        ends = list(settled(self.tile, self.births)) if self.births else []
        kept = without_unread([*body, _HERE, *ends], self.tile.arrays)
        cut = kept.index(_HERE)
        self.tile.keep(kept)
        self.text: Final = self.module(kept[:cut], kept[cut + 1 :])

    def module(self, body: list[str], births: list[str]) -> str:
        """Return the whole module."""
        columns = [f"c_{name}" for name in self.tile.columns]
        above = [f"a_{head}_{name}" for head, name in self.above]
        sums = [f"n_{head}" for head in self.sums.counts]
        fixed = ["first", "last", "size", "low_seed", "high_seed", "stamp", "values", "flags"]
        header = f"def kernel({', '.join([*fixed, *columns, *above, *sums, 'late', 'many'])}):"
        lines = [
            f"    # stored: {', '.join(self.stored())}",
            *(f"    v_{name} = values[{i}]" for i, name in enumerate(self.values)),
            *self.tile.rooms(self.sums.tables()),
            *self.sums.widths(),
            *self.ranges.begun(),
            *(_MOTHERS if births else ()),
            "    for block in range(first, last):",
            f"        low, high = block * {BLOCK}, min(size, (block + 1) * {BLOCK})",
            "        born, free = 0, 0",
            f"        for start in range(low, high, {TILE}):",
            f"            rows = min({TILE}, high - start)",
            *(f"            s_{name} = c_{name}[start:start + rows]" for name in self.tile.columns),
            *body,
            *self.sums.apart(),
            *births,
            *self.ranges.told(),
            *self.tile.leave(self.sums.tables()),
        ]
        settle = settle_text(self.tile, self.births) if self.births else ""
        return "\n".join([PREAMBLE, settle, header, *lines, ""])

    def stored(self) -> Iterator[str]:
        """Yield how columns are stored: code is for these types alone, and its text says so."""
        own = (name for name in self.tile.columns if name != self.table.key)
        yield from (f"{name} {self.table.column(name).dtype}" for name in own)
        for head, name in self.above:
            yield f"{head}.{name} {self.reached(head).column(name).dtype}"

    # ---- a stage --------------------------------------------------------------------------------

    def stage(self, stage: Stage) -> Iterator[str]:
        """Yield the lines of a stage."""
        if "here" not in self.ready:
            self.ready.add("here")
            yield from self.tile.here()
        group: list[str] = []
        asked = (name for rule in stage.rules if not rule.when for name in rule.draws)
        self.asked = list(dict.fromkeys(self.stream(name) for name in asked))
        for rule in stage.rules:
            if rule.when or self.awaits(rule):
                yield from self.grouped(group)
            if rule.when:
                yield from self.marked(rule)
            else:
                yield from self.fetched(rule)
                group += self.lines(rule)
        yield from self.counted(stage, group)
        written = [self.table.column(name) for rule in stage.rules for name in rule.writes]
        for column in (column for column in written if column.role != "passing"):
            name, new = column.name, self.result(column)
            self.tile.touch(name)
            yield from self.tile.loop([f"s_{name}[j] = _pick(here[j], {new}[j], s_{name}[j])"])
        self.forget({column.name for column in written})

    def counted(self, stage: Stage, group: list[str]) -> Iterator[str]:
        """Yield the last loop of a stage, which makes the words of its sums, and what adds them."""
        added: list[str] = []
        for head in dict.fromkeys(count.into.partition(".")[0] for count in stage.counts):
            if self.tile.local.keys() & {digit for digit, _ in self.table.reference(head).digits}:
                yield from self.grouped(group)
            yield from self.indexed(head)
            asked = [count for count in stage.counts if count.into.partition(".")[0] == head]
            made, usual, rare = self.sums.taken(head, asked)
            group += made
            added += [*usual, *rare]
        yield from self.grouped(group)
        yield from added

    def grouped(self, group: list[str]) -> Iterator[str]:
        """Yield one loop over all that is to be reckoned for each row, and begin anew."""
        if group:
            yield from self.tile.loop(group)
        group.clear()
        self.tile.local.clear()

    def awaits(self, rule: Rule) -> bool:
        """Return whether where a rule looks above depends on what is still to be reckoned."""
        heads = {name.partition(".")[0] for name in rule.reads if "." in name}
        digits = {digit for head in heads for digit, _ in self.table.reference(head).digits}
        return bool(digits & self.tile.local.keys())

    def forget(self, written: set[str]) -> None:
        """Let go of lists, and of places found by columns that have changed since."""
        changed = [e.name for e in self.table.references if written & {n for n, _ in e.digits}]
        stale = {"list", *changed, *(["here"] if self.table.empty in written else [])}
        self.ready = {each for each in self.ready if not stale & set(each.split())}

    # ---- what rules read ------------------------------------------------------------------------

    def reached(self, head: str) -> Table:
        """Return the table to which a reference leads."""
        return self.composition.tables[self.table.reference(head).table]

    def outside(self, head: str, name: str) -> str:
        """Return the array of a column of a table above."""
        if (head, name) not in self.above:
            self.above.append((head, name))
        return f"a_{head}_{name}"

    def fetched(self, rule: Rule) -> Iterator[str]:
        """Yield what a rule needs before its loop: rows of tables above, and luck."""
        for name in rule.reads:
            head, dot, _ = name.partition(".")
            if dot:
                yield from self.indexed(head)
        for name in rule.draws:
            yield from self.drawn(name)

    def indexed(self, head: str) -> Iterator[str]:
        """Yield what finds the row of a table above for each row of a tile."""
        tile = self.tile
        if f"index {head}" not in self.ready:
            self.ready.add(f"index {head}")
            index = tile.index(self.table.reference(head), "j")
            yield from tile.loop([f"{tile.array(f'x_{head}', 'u8')}[j] = {index}"])

    def drawn(self, name: str) -> Iterator[str]:
        """Yield what draws for all rows of a tile: four short draws at once, of two streams."""
        if f"draw {self.stream(name)}" in self.ready:
            return
        waiting = [s for s in self.asked if f"draw {s}" not in self.ready]
        others = [stream for stream in waiting if stream != self.stream(name)]
        streams = {"": self.stream(name)} | dict(zip(("b",), others, strict=False))
        self.ready |= {f"draw {stream}" for stream in streams.values()}
        lines = philox(self.tile.key("j"), streams)
        for tag, stream in streams.items():
            packs = [pack.draws for pack in self.composition.packs if pack.stream == stream]
            for each in packs[0] if packs else (stream,):
                into = self.tile.array(f"d_{each}", "f8")
                lines.append(f"{into}[j] = {self.one(each, tag)}")
        yield from self.tile.loop(lines)

    def stream(self, name: str) -> str:
        """Return the stream of a draw."""
        return self.draws.get(name, (name, 0))[0]

    def one(self, name: str, tag: str = "") -> str:
        """Return a draw from its words."""
        if name in self.draws:
            return f"_short(w{self.draws[name][1]}{tag})"
        return f"_long(w0{tag}, w1{tag})"

    # ---- rules with `when` ----------------------------------------------------------------------

    def marked(self, rule: Rule) -> Iterator[str]:
        """Yield the loops of a rule with `when`."""
        yield from self.collected(rule)
        over, back = f"i in range(many_{rule.when})", []
        for column in (self.table.column(name) for name in rule.writes):
            before = "0" if column.role == "passing" else f"{self.tile.slot(column.name)}[j]"
            into = self.tile.array(self.result(column), column.dtype)
            yield from self.tile.loop([f"{into}[j] = {before}"])
            back.append(f"{into}[w_{rule.when}[i]] = o_{column.name}[i]")
        yield from self.tile.loop(list(self.lines(rule)), over)
        yield from self.tile.loop(back, over)

    def collected(self, rule: Rule) -> Iterator[str]:
        """Yield what copies the rows of a rule with `when` together, and draws for them."""
        tile, when, fixed = self.tile, rule.when, self.composition.fixed(rule)
        if f"list {when}" not in self.ready:
            self.ready.add(f"list {when}")
            test = f"here[j] & ({tile.slot(when)}[j] != 0)"
            yield from tile.listed(test, f"w_{when}", f"many_{when}")
        over, lines = f"i in range(many_{when})", [f"j = w_{when}[i]"]
        for name in (name for name in rule.reads if name not in fixed):
            head, dot, column = name.partition(".")
            owner = self.reached(head) if dot else self.table
            into = tile.array(f"l_{name.replace('.', '_')}", owner.column(column or head).dtype)
            index = tile.index(self.table.reference(head), "j") if dot else ""
            source = f"{self.outside(head, column)}[{index}]" if dot else f"{tile.slot(name)}[j]"
            lines.append(f"{into}[i] = {source}")
        draws = [name for name in rule.draws if name not in fixed]
        if draws:
            lines.append(f"{tile.array('l_own_key', 'u8')}[i] = {tile.key('j')}")
        yield from tile.loop(lines, over)
        for name in draws:
            words = philox("l_own_key[i]", {"": self.stream(name)})
            into = tile.array(f"e_{name}", "f8")
            yield from tile.loop([*words, f"{into}[i] = {self.one(name)}"], over)

    # ---- a rule ---------------------------------------------------------------------------------

    def lines(self, rule: Rule) -> Iterator[str]:
        """Yield the lines of one rule within a loop over rows."""
        row, tag = "i" if rule.when else "j", f"r{self.composition.rules.index(rule)}_"
        yield from self.arguments(rule, row, tag)
        out = Translation(self.dialect, tag)
        results = out.function(rule.law, self.codes(rule, tag))
        check_results(rule, results, self.table)
        yield from out.lines
        for name, code in zip(rule.writes, results, strict=True):
            column, found = self.table.column(name), f"{tag}to_{name}"
            into = f"o_{name}" if rule.when else self.result(column)
            live = "" if rule.when else self.tile.live
            yield from self.ranges.stored(rule, column, code, (found, live))
            yield f"{self.tile.array(into, column.dtype)}[{row}] = {found}"
            if column.role != "state":
                self.tile.flows.add(name)
                self.tile.local |= {} if rule.when else {name: found}

    def result(self, column: Column) -> str:
        """Return the array for what rules give: states are read as they were in this stage."""
        return f"{'m' if column.role == 'state' else 'b'}_{column.name}"

    def codes(self, rule: Rule, tag: str) -> dict[str, Code]:
        """Return the arguments of a rule as local names."""
        given = given_codes(rule, self.composition)
        shared = {name.replace(".", "_") for name in (*rule.institutions, *rule.parameters)}
        bounds = {name.replace(".", "_"): self.bounds(name) for name in rule.reads}
        return {
            name: code
            if code.constant is not None
            else Code(
                f"v_{name}" if name in shared else f"{tag}{name}",
                code.kind,
                bounds=bounds.get(name) if code.kind == "whole" else None,
                steady=name in shared,
            )
            for name, code in given.items()
        }

    def bounds(self, name: str) -> Bounds:
        """Return between which numbers a column lies: what a rule has just been held to is sure."""
        head, dot, column = name.partition(".")
        found = (self.reached(head) if dot else self.table).column(column or head)
        if found.form != "whole":
            return None
        return bounded(found.bounds if not dot and name in self.tile.flows else found.storage)

    def arguments(self, rule: Rule, row: str, tag: str) -> Iterator[str]:
        """Yield lines that fetch what a rule reads and draws."""
        fixed = self.composition.fixed(rule)
        for name in (name for name in (*rule.reads, *rule.draws) if name not in fixed):
            head, dot, column = name.partition(".")
            flat = name.replace(".", "_")
            if name in rule.draws:
                value = f"{'e' if rule.when else 'd'}_{name}[{row}]"
            else:
                owner = self.reached(head) if dot else self.table
                stored = (
                    f"l_{flat}[{row}]"
                    if rule.when
                    else f"{self.outside(head, column)}[x_{head}[{row}]]"
                    if dot
                    else self.tile.stored(name)
                )
                value = decoded(owner.column(column or head), stored)
            yield f"{tag}{flat} = {value}"
