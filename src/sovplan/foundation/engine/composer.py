"""Puts rules together: checks what they declare, orders them, and cuts the year into passes.

Within a step a state column is read as it was when the step began, whoever writes it; a flow or a
passing column is read after it was written. So the order of a step follows from what the rules
declare, and no order of a list has a meaning. A pass carries each row of one table through as many
rules as it can; a new one begins where a rule needs a sum over rows, or a table above, that is not
ready before all rows have been there.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TypeAlias, final

from sovplan.foundation.engine.piece import STEPS
from sovplan.foundation.engine.rule import Rule
from sovplan.foundation.engine.tables import Count, Pack, Table
from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say

Node: TypeAlias = Rule | Count


class Unfit(TypeError):
    """Rules do not fit together: a mistake of their author."""


@final
@dataclass(frozen=True, slots=True)
class Stage:
    """Rules of one step on one table, in order; states change at its end, after the counts."""

    step: str
    rules: tuple[Rule, ...]
    counts: tuple[Count, ...]


@final
@dataclass(frozen=True, slots=True)
class Pass:
    """One way through all rows of a table."""

    table: str
    stages: tuple[Stage, ...]
    births: bool = False


@final
@dataclass(frozen=True, slots=True)
class Composition:
    """Rules that fit together.

    Parameters
    ----------
    tables
        Tables by name.
    rules
        Rules that act, in order; those with `off` values bound are among them.
    off
        Switches that are off.
    packs
        Draws that share a block of luck.
    passes
        What is done, in order.
    """

    tables: Mapping[str, Table]
    rules: tuple[Rule, ...]
    off: frozenset[str]
    packs: tuple[Pack, ...]
    passes: tuple[Pass, ...]

    @property
    def counts(self) -> tuple[Count, ...]:
        """All counts, in order."""
        return tuple(c for each in self.passes for stage in each.stages for c in stage.counts)

    def values(self) -> tuple[str, ...]:
        """Return the names of institutions and parameters that a run must be given, sorted."""
        asked = {
            name
            for rule in self.rules
            for name in (*rule.institutions, *rule.parameters)
            if name not in self.fixed(rule)
        }
        return tuple(sorted(asked))

    def fixed(self, rule: Rule) -> Mapping[str, float]:
        """Return the arguments of a rule that its switch holds fast."""
        return rule.off if rule.switch and rule.switch in self.off else {}


def compose(
    rules: Iterable[Rule],
    tables: Iterable[Table],
    counts: Iterable[Count] = (),
    packs: Iterable[Pack] = (),
    off: Iterable[str] = (),
) -> Composition:
    """Check rules, order them and cut the year into passes.

    Parameters
    ----------
    rules
        The rules of a year, in any order.
    tables
        The tables on which they act.
    counts
        Sums that are taken.
    packs
        Draws that share a block of luck.
    off
        Names of switches to turn off.

    Raises
    ------
    Unfit
        Rules, tables and counts do not fit together.
    DataError
        A switch is not known.
    """
    by_name = {table.name: table for table in tables}
    listed, dark = tuple(rules), frozenset(off)
    switches = sorted({rule.switch for rule in listed if rule.switch})
    for name in sorted(dark - set(switches)):
        raise DataError(say("engine.switch", name=name, nearest=_near(name, switches)))
    silent = [rule for rule in listed if rule.switch in dark and not rule.off]
    acting = [rule for rule in listed if rule not in silent]
    nodes: list[Node] = [*acting, *counts]
    for node in nodes:
        _check_names(node, by_name)
    _check_packs(listed, packs)
    given = {f"{rule.table}.{name}" for rule in silent for name in rule.writes}
    ordered = [node for step in STEPS for node in _ordered(step, nodes, by_name)]
    _check_order(ordered, by_name, given)
    return Composition(
        tables=by_name,
        rules=tuple(node for node in ordered if isinstance(node, Rule)),
        off=dark,
        packs=tuple(packs),
        passes=tuple(_passes(ordered, by_name)),
    )


def place(table: Table, name: str) -> str:
    """Return table and column of a name as a rule of a table reads it."""
    head, dot, column = name.partition(".")
    return f"{table.reference(head).table}.{column}" if dot else f"{table.name}.{name}"


def reads(node: Node, table: Table) -> tuple[str, ...]:
    """Return table and column of all that a rule or count reads, digits of references included."""
    if isinstance(node, Count):
        names = [node.of] if node.of else []
        heads = {node.into.partition(".")[0]}
    else:
        names = [*node.reads, *([node.when] if node.when else [])]
        heads = {name.partition(".")[0] for name in node.reads if "." in name}
    digits = [digit for head in sorted(heads) for digit, _ in table.reference(head).digits]
    return tuple(dict.fromkeys(place(table, name) for name in (*names, *digits)))


def writes(node: Node, table: Table) -> tuple[str, ...]:
    """Return table and column of all that a rule or count writes."""
    names = (node.into,) if isinstance(node, Count) else node.writes
    return tuple(place(table, name) for name in names)


def _near(name: str, known: Iterable[str]) -> str:
    close = get_close_matches(name, list(known), 1, 0.0)
    return close[0] if close else "none"


def _title(node: Node) -> str:
    return f"count {node.into}" if isinstance(node, Count) else f"{node.number} {node.name}"


def _check_names(node: Node, tables: Mapping[str, Table]) -> None:
    """Check that every name is one of a table."""
    _check_place(node, tables)
    table = tables[node.table]
    if isinstance(node, Count):
        asked = [node.into, *([node.of] if node.of else [])]
    else:
        asked = [*node.reads, *node.writes, *([node.when] if node.when else [])]
        if any("." in name for name in node.writes):
            raise Unfit(f"{_title(node)}: writes a column of a table above; that is for counts")
    heads = {each.name: tables[each.table] for each in table.references if each.table in tables}
    known = [*table.names, *(f"{h}.{c}" for h, above in heads.items() for c in above.names)]
    for name in asked:
        if name not in known:
            raise Unfit(f"{_title(node)}: no column {name}; nearest: {_near(name, known)}")
    if isinstance(node, Count):
        _check_count(node, table, heads)


def _check_place(node: Node, tables: Mapping[str, Table]) -> None:
    """Check table and step."""
    if node.table not in tables:
        raise Unfit(f"{_title(node)}: no table {node.table}; nearest: {_near(node.table, tables)}")
    if node.step not in STEPS:
        raise Unfit(f"{_title(node)}: no step {node.step}; nearest: {_near(node.step, STEPS)}")


def _check_count(count: Count, table: Table, heads: Mapping[str, Table]) -> None:
    """Check that a count sums whole numbers, for they alone sum alike in any order."""
    forms = [table.column(count.of).form] if count.of else []
    head, _, column = count.into.partition(".")
    if "real" in forms or heads[head].column(column).dtype != "i8":
        raise Unfit(f"{_title(count)}: sums whole numbers into columns of eight bytes")


def _check_packs(rules: Iterable[Rule], packs: Iterable[Pack]) -> None:
    """Check that no stream is used twice."""
    packed = [(draw, pack.stream) for pack in packs for draw in pack.draws]
    seen: dict[str, str] = {}
    own = {draw for rule in rules for draw in rule.draws} - {draw for draw, _ in packed}
    for draw, stream in packed:
        if draw in seen or stream in own:
            raise Unfit(f"pack {stream}: {draw} is drawn twice")
        seen[draw] = stream
    for name in sorted({pack.stream for pack in packs if not 0 < len(pack.draws) <= 4}):
        raise Unfit(f"pack {name}: a block holds one to four draws")
    asking: dict[str, str] = {}
    for rule in rules:
        for draw in rule.draws:
            if asking.setdefault(draw, rule.name) != rule.name:
                raise Unfit(f"{rule.name} and {asking[draw]} share the draw {draw}")


def _flows(name: str, tables: Mapping[str, Table]) -> bool:
    table, _, column = name.partition(".")
    return tables[table].column(column).role != "state"


def _ordered(step: str, nodes: Iterable[Node], tables: Mapping[str, Table]) -> Iterator[Node]:
    """Yield the rules and counts of a step, each after those that write the flows it reads."""
    waiting = [node for node in nodes if node.step == step]
    writers: dict[str, Node] = {}
    for node in waiting:
        for name in writes(node, tables[node.table]):
            if name in writers:
                raise Unfit(f"{_title(node)} and {_title(writers[name])} both write {name}")
            writers[name] = node
    missing = {
        id(node): {
            id(writers[name])
            for name in reads(node, tables[node.table])
            if name in writers and writers[name] is not node and _flows(name, tables)
        }
        for node in waiting
    }
    for node in waiting:
        _check_above(node, writers, tables)
    last, done = "", set[int]()
    while waiting:
        ready = [node for node in waiting if not missing[id(node)] - done]
        if not ready:
            raise Unfit(f"{step}: these read each other's flows: {', '.join(map(_title, waiting))}")
        # Small tables first: what people need of them is then there in one pass.
        small = [node for node in ready if not tables[node.table].references]
        node = next((n for n in ready if n.table == last), (small or ready)[0])
        if small and node.table != small[0].table and last != node.table:
            node = small[0]
        waiting.remove(node)
        done.add(id(node))
        last = node.table
        yield node


def _check_above(node: Node, writers: Mapping[str, Node], tables: Mapping[str, Table]) -> None:
    """Check that no row reads a state of another table in the step in which that moves."""
    for name in reads(node, tables[node.table]):
        other = name.partition(".")[0]
        if other != node.table and name in writers and not _flows(name, tables):
            raise Unfit(f"{_title(node)} reads the state {name} in the step that changes it")


def _check_order(
    ordered: Iterable[Node], tables: Mapping[str, Table], given: Iterable[str]
) -> None:
    """Check that every flow is written before it is read."""
    there = set(given)
    for node in ordered:
        table = tables[node.table]
        for name in reads(node, table):
            own = not isinstance(node, Count) and name in writes(node, table)
            if _flows(name, tables) and name not in there and not own:
                raise Unfit(f"{_title(node)} reads {name} before anything writes it")
            if own and _flows(name, tables):
                raise Unfit(f"{_title(node)} reads the flow {name} that it writes")
        there.update(writes(node, table))


def _passes(ordered: Iterable[Node], tables: Mapping[str, Table]) -> Iterator[Pass]:
    """Yield the passes; the last one over a table with births ends with them."""
    passes: list[tuple[str, list[Stage], set[str]]] = []
    for node in ordered:
        table = tables[node.table]
        needs = set(reads(node, table))
        current = passes[-1] if passes else None
        if current is None or current[0] != node.table or current[2] & needs:
            current = (node.table, [], set())
            passes.append(current)
        stages = current[1]
        if not stages or stages[-1].step != node.step:
            _check_split(node, passes)
            stages.append(Stage(node.step, (), ()))
        if isinstance(node, Count):
            stages[-1] = replace(stages[-1], counts=(*stages[-1].counts, node))
            current[2].update(writes(node, table))
        else:
            stages[-1] = replace(stages[-1], rules=(*stages[-1].rules, node))
    _check_passing(passes, tables)
    bearing = {
        name: max(i for i, (of, _, _) in enumerate(passes) if of == name)
        for name in {of for of, _, _ in passes}
        if tables[name].births is not None
    }
    for i, (name, stages, _) in enumerate(passes):
        yield Pass(name, tuple(stages), births=bearing.get(name) == i)


def _check_passing(
    passes: list[tuple[str, list[Stage], set[str]]], tables: Mapping[str, Table]
) -> None:
    """Check that what is passed on is not read in a later pass, where it is gone."""
    written: dict[str, int] = {}
    for i, (of, stages, _) in enumerate(passes):
        nodes: list[Node] = [rule for stage in stages for rule in stage.rules]
        nodes += [count for stage in stages for count in stage.counts]
        for node in nodes:
            table = tables[of]
            for name in reads(node, table):
                owner, _, column = name.partition(".")
                passing = tables[owner].column(column).role == "passing"
                if passing and written.get(name, i) != i:
                    raise Unfit(f"{_title(node)} reads {name} in a later pass: make it a flow")
            written.update(dict.fromkeys(writes(node, table), i))


def _check_split(node: Node, passes: list[tuple[str, list[Stage], set[str]]]) -> None:
    """Check that no step of a table is cut in two by a sum: states would change in between."""
    for of, stages, _ in passes[:-1]:
        if of == node.table and any(stage.step == node.step for stage in stages):
            raise Unfit(
                f"{_title(node)}: step {node.step} of {of} would be cut in two by a sum; "
                "put it into a later step"
            )
