"""Words and signs in a text of maps as the program pequod-cljs writes it, and what is wrong there.

A map stands in braces, a list in brackets, a name after a colon; blanks, ends of line and commas
are the same. A piece of text is looked through once, for where words and signs begin and end; all
that is read from it afterwards is read by these places.
"""

import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NoReturn, final

import numpy as np

from sovplan.foundation.errors import DataError
from sovplan.foundation.shapes import Flags, Indices, Vector
from sovplan.foundation.words import say
from sovplan.records.tables import numbers_between

Key = tuple[str, int]
"""A name, and the place of a list among the lists of that name."""

_BETWEEN: Final = b" \t\r\n\f\v,()"
"""What stands between words and means nothing."""
_SIGNS: Final = b":[]{}"
_WORD, _BLANK, _SIGN = range(3)
_PARTS: Final = bytes(
    _SIGN if byte in _SIGNS else _BLANK if byte in _BETWEEN else _WORD for byte in range(256)
)
"""What each byte is part of."""
_NAME, _MAP_CLOSES = b":}"
_BEYOND: Final = 16
"""Signs that mean nothing, after the last."""
_PIECE: Final = 1 << 18
"""Bytes that are read from the file at once."""
_LONGEST: Final = 1 << 26
"""Bytes without the end of a map after which a file is no text of maps."""
_GZIP: Final = 16 + zlib.MAX_WBITS
"""What zlib calls the format gzip."""


@final
class Piece:
    """A piece of text that ends where a map ends, and where its words and signs stand.

    Word w stands from `cuts[2 w]` to before `cuts[2 w + 1]`. Sign i is the byte `signs[i]`, stands
    at `at[i]`, and `before[i]` words begin before it. `colons` are the signs that are colons,
    `long` the lengths of the names after them.

    Parameters
    ----------
    text
        The piece, with a blank before and after it.
    start
        Byte of the whole text at which `text` begins.
    file
        Where it is from, for messages.
    """

    def __init__(self, text: bytes, start: int, file: Path) -> None:
        """Find all words and signs."""
        self.text, self.start, self.file = text, start, file
        self.letters = np.frombuffer(text, dtype=np.uint8)
        parts = np.frombuffer(text.translate(_PARTS), dtype=np.uint8)
        outside = parts != _WORD
        self.cuts = np.flatnonzero(outside[1:] != outside[:-1]).astype(np.int32) + np.int32(1)
        at = np.flatnonzero(parts == _SIGN)
        before = np.searchsorted(self.cuts[::2], at)
        # Who looks at the signs after one of the last finds those that mean nothing.
        beyond = np.full(_BEYOND, len(text) - 1)
        self.at = np.concatenate([at, beyond])
        self.before = np.concatenate([before, np.full(_BEYOND, len(self.cuts) // 2)])
        self.signs = self.letters[self.at]
        self.colons = np.flatnonzero(self.signs == _NAME)
        named = np.append(self.cuts[1::2] - self.cuts[::2], np.int32(0))
        self.long = named[self.before[self.colons]]

    def where(self, name: str) -> Indices:
        """Return the colons before a name, as signs."""
        colons = self.colons[self.long == len(name)]
        letters = self.letters[self.at[colons][:, None] + np.arange(1, len(name) + 1)]
        return np.asarray(colons[(letters == np.frombuffer(name.encode(), np.uint8)).all(axis=1)])

    def check_each_once(self, found: Mapping[str, Indices]) -> None:
        """Refuse a map without end, and one that lacks a name of its sort or has it twice."""
        ended = np.cumsum(self.signs == _MAP_CLOSES)
        for colons in found.values():
            self._demand(ended[colons] < ended[-1], colons, "open")
        maps = {name: ended[colons] for name, colons in found.items()}
        every = np.unique(np.concatenate([*maps.values()]))
        for name, having in maps.items():
            if np.array_equal(having, every):
                continue
            times = np.bincount(np.searchsorted(every, having), minlength=len(every))
            wrong = every[times != 1][0]
            here = np.concatenate([found[other][maps[other] == wrong] for other in found])
            self._refuse(int(self.at[here].min()), "once", name=name)

    def number_after(self, name: str, colons: Indices) -> tuple[Indices, Indices]:
        """Return the word after a name: from which word, to before which."""
        word, after = self.before[colons], self.signs[colons + 1]
        fits = (self.before[colons + 1] == word + 2) & ((after == _NAME) | (after == _MAP_CLOSES))
        self._demand(fits, colons, "number", name=name)
        return word + 1, word + 2

    def lists_after(self, name: str, colons: Indices, many: int) -> list[tuple[Indices, Indices]]:
        """Return the words of each of `many` lists after a name: from which, to before which."""
        pattern = b"[]" if many == 1 else b"[" + b"[]" * many + b"]"
        fits = self.before[colons + 1] == self.before[colons] + 1
        for place, sign in enumerate(pattern, start=1):
            fits &= self.signs[colons + place] == sign
        first = 1 if many == 1 else 2
        spans = [
            (self.before[colons + sign], self.before[colons + sign + 1])
            for sign in range(first, first + 2 * many, 2)
        ]
        inside = sum((stop - start for start, stop in spans), np.zeros(len(colons), np.int64))
        fits &= inside == self.before[colons + len(pattern)] - self.before[colons + 1]
        self._demand(fits, colons, "list" if many == 1 else "lists", name=name, many=many)
        return spans

    def read(self, words: Mapping[Key, Indices]) -> dict[Key, Vector]:
        """Return the numbers that some words are, each group of words under its key."""
        wanted = np.zeros(len(self.cuts), dtype=bool)
        for some in words.values():
            wanted[2 * some] = True
        numbers = numbers_between(self.text, self.cuts, wanted)
        read = {key: numbers[2 * some] for key, some in words.items()}
        for key, values in read.items():
            known = np.isfinite(values)
            if not known.all():
                word = int(words[key][np.argmin(known)])
                start, stop = self.cuts[2 * word : 2 * word + 2].tolist()
                shown = self.text[start:stop].decode("utf-8", "replace")
                self._refuse(start, "word", name=key[0], word=shown)
        return read

    def _demand(self, fits: Flags, colons: Indices, wrong: str, **what: object) -> None:
        if not fits.all():
            self._refuse(int(self.at[colons[np.argmin(fits)]]), wrong, **what)

    def _refuse(self, place: int, wrong: str, **what: object) -> NoReturn:
        """Say what is wrong at a place, and on which line; the file is read again for that."""
        where, line = self.start + place, 1
        for text, start in pieces(self.file):
            line += text.count(b"\n", 0, max(0, where - start))
            if where < start + len(text):
                break
        raise DataError(say(f"readers.councils.{wrong}", path=self.file.name, line=line, **what))


def pieces(file: Path) -> Iterator[tuple[bytes, int]]:
    """Yield the text in pieces that end where a map ends, and at which byte each begins.

    A blank stands before and after each piece, so that every word in it has an end on both sides.
    """
    rest, start = b" ", -1
    for read in _unpacked(file):
        cut = read.rfind(b"}") + 1
        if not cut:
            rest += read
            if len(rest) > _LONGEST:
                raise DataError(say("readers.councils.endless", path=file.name))
            continue
        text = b"".join((rest, read[:cut], b" "))
        yield text, start
        rest, start = b" " + read[cut:], start + len(text) - 2
    yield rest + b" ", start


def _unpacked(file: Path) -> Iterator[bytes]:
    """Yield the text of a file, never much at once."""
    try:
        with file.open("rb") as stream:
            packed = stream.read(2) == b"\x1f\x8b"
            stream.seek(0)
            if not packed:
                yield from iter(lambda: stream.read(_PIECE), b"")
                return
            read, unpack = stream.read(_PIECE), zlib.decompressobj(_GZIP)
            while read:
                yield unpack.decompress(read, 4 * _PIECE)
                read = unpack.unconsumed_tail or stream.read(_PIECE)
                if unpack.eof and (read := unpack.unused_data + read):
                    unpack = zlib.decompressobj(_GZIP)
    except OSError as error:
        raise DataError(say("readers.councils.missing", path=file.name)) from error
    except zlib.error as error:
        raise DataError(say("readers.councils.damaged", path=file.name)) from error
    if not unpack.eof:
        raise DataError(say("readers.councils.damaged", path=file.name))
