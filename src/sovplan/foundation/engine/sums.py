"""Sums over rows in compiled loops: several small numbers in one word of 64 bits.

Adding to a cell is the dearest step of a loop: it goes to another place for every row and can not
be done for several rows at once. So whole numbers of a few bits stand side by side in one word, and
one addition serves them all. A sum over `SPAN` rows needs the bits of its numbers and those of the
number of rows; before a field can run over, the words are taken apart and added to the full sums.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias, final

from sovplan.foundation.engine.tables import Count, Table
from sovplan.foundation.engine.tile import TILE, TILE_INDENT, Tile

SPAN: Final = 32768
"""Rows after which words are taken apart."""

WORD: Final = 64
MOST_CELLS: Final = 4096
"""Rows of a table above beyond which taking words apart would cost more than it spares."""


@final
@dataclass(frozen=True, slots=True)
class Field:
    """One sum within a word.

    Parameters
    ----------
    count
        What is summed.
    shift
        How far it lies from the lowest bit of the word.
    width
        How many bits it has.
    signed
        Whether it may be negative: then it is the uppermost of its word.
    """

    count: Count
    shift: int
    width: int
    signed: bool

    def taken(self, word: str) -> str:
        """Return the text that takes the sum out of a word."""
        moved = f"({word} >> {self.shift})" if self.shift else word
        return moved if self.signed else f"({moved} & {(1 << self.width) - 1})"


Words: TypeAlias = tuple[tuple[Field, ...], ...]


def width(count: Count, table: Table, written: Iterable[str]) -> tuple[int, bool]:
    """Return the bits that a sum over `SPAN` rows needs, and whether it may be negative.

    Bounds that a column declares count only where a rule has just been held to them, else those of
    its storage: what a table held at the start was looked at by nobody.

    Parameters
    ----------
    count
        What is summed.
    table
        The table of the rows.
    written
        Columns that rules of this pass have written.
    """
    low, high = 1, 1
    if count.of:
        column = table.column(count.of)
        low, high = column.bounds if count.of in set(written) else column.storage
    if table.weight:
        most = table.column(table.weight).storage[1]
        low, high = low * most, high * most
    most, least = SPAN * max(high, 0), SPAN * min(low, 0)
    if least == 0:
        return most.bit_length(), False
    return max(most.bit_length(), (-least - 1).bit_length()) + 1, True


def packed(counts: Iterable[Count], table: Table, written: Iterable[str], *, alone: bool) -> Words:
    """Put counts into as few words as are found by taking the widest first.

    Parameters
    ----------
    counts
        What is summed.
    table
        The table of the rows.
    written
        Columns that rules of this pass have written.
    alone
        Whether each is to have a word of its own.

    Returns
    -------
    tuple of tuple of Field
        Words and their fields, from the lowest bit on.
    """
    sized = [(count, *width(count, table, written)) for count in counts]
    words: list[list[tuple[Count, int, bool]]] = []
    for each in sorted(sized, key=lambda each: -each[1]):
        _, bits, signed = each
        fitting = (
            word
            for word in words
            if sum(other[1] for other in word) + bits <= WORD
            and not (signed and any(other[2] for other in word))
        )
        room = None if alone or bits > WORD else next(fitting, None)
        if room is None:
            words.append([each])
        else:
            room.append(each)
    return tuple(_laid(word) for word in words)


def _laid(word: list[tuple[Count, int, bool]]) -> tuple[Field, ...]:
    """Lay the fields of a word side by side; one that has the word to itself takes all of it."""
    if len(word) == 1:
        return (Field(word[0][0], 0, WORD, signed=True),)
    fields, shift = [], 0
    for count, bits, signed in sorted(word, key=lambda each: each[2]):
        fields.append(Field(count, shift, bits, signed))
        shift += bits
    return tuple(fields)


@final
class Sums:
    """The sums of a pass over a tile, as text.

    Attributes
    ----------
    counts
        Counts by reference, in order: columns of the full sums `n_x`.
    words
        Words by reference, in order: columns of the small table `t_x`.
    """

    def __init__(self, tile: Tile) -> None:
        self.tile: Final = tile
        self.counts: dict[str, list[Count]] = {}
        self.words: dict[str, list[tuple[Field, ...]]] = {}

    def tables(self) -> dict[str, int]:
        """Return the small tables and how many words each holds."""
        table = self.tile.table
        return {f"t_{h}": table.reference(h).rows * len(w) for h, w in self.words.items()}

    def taken(
        self, head: str, counts: list[Count]
    ) -> tuple[list[str], list[str], list[str]]:  # fmt: skip
        """Return what makes the words of a row, and what adds them: usual ones and rare ones.

        What makes them belongs into the loop over rows before which nothing that is summed has yet
        been stored. Words that are wide and rare are added by a list of rows.
        """
        table = self.tile.table
        self.counts.setdefault(head, []).extend(counts)
        alone = table.reference(head).rows > MOST_CELLS
        words = packed(counts, table, self.tile.flows, alone=alone)
        rare = tuple(word for word in words if len(word) == 1 and word[0].count.rare)
        usual = tuple(word for word in words if word not in rare)
        first = len(self.words.get(head, []))
        arrays = [self.tile.array(f"p_{head}_{first + i}", "i8") for i in range(len(usual))]
        pairs = zip(arrays, usual, strict=True)
        made = [f"{p}[j] = ({self.combined(word)}){self.tile.live}" for p, word in pairs]
        lines = self.added(head, usual, [f"{p}[j]" for p in arrays]) if usual else []
        return made, list(self.tile.loop(lines)) if usual else [], list(self.listed(head, rare))

    def listed(self, head: str, rare: Words) -> Iterator[str]:
        """Yield what adds words that are wide and rare."""
        if rare:
            test = " | ".join(f"({self.tile.slot(word[0].count.of)}[j] != 0)" for word in rare)
            yield from self.tile.listed(f"here[j] & ({test})", "marked", "some")
            values = [self.combined(word, stored=False) for word in rare]
            lines = self.added(head, rare, values)
            yield from self.tile.loop(["j = marked[i]", *lines], "i in range(some)")

    def combined(self, word: tuple[Field, ...], *, stored: bool = True) -> str:
        """Return the text of what a row adds to a word."""
        return " + ".join(
            f"(({self.number(field.count, stored)}) << {field.shift})" for field in word
        )

    def number(self, count: Count, stored: bool) -> str:
        """Return the text of what a row adds to a count, from the loop that writes it or later."""
        names = [name for name in (count.of, self.tile.table.weight) if name]
        texts = [self.tile.stored(n) if stored else f"{self.tile.slot(n)}[j]" for n in names]
        return " * ".join(f"_whole({text})" for text in texts) or "1"

    def added(self, head: str, words: Words, values: list[str]) -> list[str]:
        """Return the lines that add the words of one row."""
        first = len(self.words.setdefault(head, []))
        self.words[head] += words
        return [
            f"place = x_{head}[j] * np.uint64(wide_{head})",
            *(f"t_{head}[place + np.uint64({first + i})] += {v}" for i, v in enumerate(values)),
        ]

    def widths(self) -> Iterator[str]:
        """Yield what says how many words a row of each small table has."""
        yield from (f"    wide_{head} = {len(words)}" for head, words in self.words.items())

    def apart(self) -> Iterator[str]:
        """Yield what takes words apart and empties them before a field can run over."""
        at = " " * TILE_INDENT
        for head, words in self.words.items():
            yield f"{at}if start & {SPAN - 1} == {SPAN - TILE} or start + {TILE} >= high:"
            yield f"{at}    for place in range({self.tile.table.reference(head).rows}):"
            for i, word in enumerate(words):
                own = f"t_{head}[place * {len(words)} + {i}]"
                yield f"{at}        word = {own}"
                yield f"{at}        {own} = 0"
                for field in word:
                    into = f"n_{head}[place, {self.counts[head].index(field.count)}]"
                    yield f"{at}        {into} += {field.taken('word')}"
