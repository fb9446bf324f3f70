"""What a workplace should use for what it makes, by the techniques of its economy."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, final

import numpy as np

from sovplan.foundation.shapes import Indices, Sparse, Vector
from sovplan.inspection.sheet import Sheet
from sovplan.records.economy import Economy

_NUMBERED: Final = re.compile(r"[\s_.#-]*\d+$")


@final
@dataclass(frozen=True, slots=True, eq=False)
class Norms:
    """N norms of workplaces, each of one material or kind of labour.

    Parameters
    ----------
    workplace, good
        Codes in the sheet; the good is a skill, or blank for all skills, where `hours` is 1.
    hours
        1 for a norm of labour, 0 for one of materials.
    of, product, amount, range
        Parts of norms: the norm, the good made, units (or hours) for one unit of it, and the
        standard deviation of that number where several techniques make the product.
    """

    workplace: Indices
    good: Indices
    hours: Indices
    of: Indices
    product: Indices
    amount: Vector
    range: Vector

    def __len__(self) -> int:
        return len(self.workplace)


@final
@dataclass(frozen=True, slots=True)
class _Norm:
    """Units of one thing for one unit of each product; names, and whether they are hours."""

    name: str
    hours: bool
    parts: tuple[tuple[str, float, float], ...]


def norms_of(sheet: Sheet, economy: Economy | None) -> Norms:
    """Return the norms of all workplaces that make something.

    A workplace runs the techniques of its name and those whose names begin with it and ``_`` (a
    number after the workplace's name does not matter), so far as they make what it reports; if
    none of these does, it runs all techniques that do. A technique counts by the product that the
    fewest of them make; techniques with the same product give one norm, the mean of theirs.
    """
    made = sheet.of("made") if economy is not None else np.zeros(0, np.int64)
    goods: dict[int, set[int]] = {}
    for workplace, good in zip(sheet.workplace[made], sheet.good[made], strict=True):
        goods.setdefault(int(workplace), set()).add(int(good))
    code = {name: place for place, name in enumerate(sheet.goods)}
    rows: list[tuple[int, int, int]] = []
    parts: list[tuple[int, int, float, float]] = []
    if economy is not None:
        catalogue = _Catalogue.of(economy)
        known: dict[tuple[tuple[int, ...], frozenset[int]], tuple[_Norm, ...]] = {}
        for workplace, products in goods.items():
            names = {sheet.goods[good] for good in products}
            chosen = catalogue.chosen(sheet.names[workplace], names)
            key = chosen, frozenset(products)
            if key not in known:
                known[key] = tuple(catalogue.norms(chosen, names))
            for norm in known[key]:
                if norm.name in code:
                    parts += [
                        (len(rows), code[good], mean, half) for good, mean, half in norm.parts
                    ]
                    rows.append((workplace, code[norm.name], int(norm.hours)))
    return _of_rows(rows, parts)


def _of_rows(
    rows: Sequence[tuple[int, int, int]], parts: Sequence[tuple[int, int, float, float]]
) -> Norms:
    heads = np.array(rows, dtype=np.int64).reshape(-1, 3)
    codes = np.array([part[:2] for part in parts], dtype=np.int64).reshape(-1, 2)
    numbers = np.array([part[2:] for part in parts], dtype=np.float64).reshape(-1, 2)
    return Norms(*heads.T.copy(), *codes.T.copy(), *numbers.T.copy())


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Catalogue:
    """Techniques by name, by beginning of a name, and by what they make."""

    economy: Economy
    inputs: Sparse
    outputs: Sparse
    labour: Sparse
    by_name: Mapping[str, tuple[int, ...]]
    makers: Mapping[str, frozenset[int]]

    @classmethod
    def of(cls, economy: Economy) -> "_Catalogue":
        techniques = economy.techniques
        by_name: dict[str, list[int]] = {}
        for place, name in enumerate(techniques.names):
            words = name.split("_")
            for last in range(1, len(words) + 1):
                by_name.setdefault("_".join(words[:last]), []).append(place)
        outputs = techniques.outputs.tocsr()
        makers = {
            good: frozenset(outputs.indices[slice(*outputs.indptr[g : g + 2])].tolist())
            for g, good in enumerate(economy.goods.names)
        }
        return cls(
            economy=economy,
            inputs=techniques.inputs.T.tocsr(),
            outputs=techniques.outputs.T.tocsr(),
            labour=techniques.labour.T.tocsr(),
            by_name={name: tuple(places) for name, places in by_name.items()},
            makers=makers,
        )

    def chosen(self, workplace: str, products: Iterable[str]) -> tuple[int, ...]:
        """Return the techniques that a workplace runs."""
        makers = [self.makers.get(good, frozenset()) for good in products]
        for name in (workplace, _NUMBERED.sub("", workplace)):
            places = self.by_name.get(name, ())
            own = [place for place in places if any(place in able for able in makers)]
            if own:
                return tuple(own)
        return tuple(sorted(frozenset().union(*makers)))

    def norms(self, chosen: Sequence[int], products: Iterable[str]) -> Iterable[_Norm]:
        """Return the norms of a workplace that runs these techniques and makes these goods."""
        by_product = self._by_product(chosen, set(products))
        skills = self.economy.techniques.skills
        for matrix, names, hours in (
            (self.inputs, self.economy.goods.names, False),
            (self.labour, skills, True),
        ):
            needs = {
                product: [(_row(matrix, place), made) for place, made in makers]
                for product, makers in by_product.items()
            }
            used = sorted({good for rows in needs.values() for row, _ in rows for good in row})
            for good in used:
                yield _Norm(names[good], hours, _parts((good,), needs))
            if hours and used:
                yield _Norm("", hours, _parts(tuple(used), needs))

    def _by_product(
        self, chosen: Sequence[int], products: set[str]
    ) -> dict[str, list[tuple[int, float]]]:
        """Return, for each product, the techniques that count by it and what they make of it."""
        names = self.economy.goods.names
        outputs = {
            place: {good: made for good, made in _row(self.outputs, place).items() if made > 0}
            for place in chosen
        }
        crowd: dict[int, int] = {}
        for made in outputs.values():
            for good in made:
                crowd[good] = crowd.get(good, 0) + 1
        found: dict[str, list[tuple[int, float]]] = {}
        for place, made in outputs.items():
            own = sorted(good for good in made if names[good] in products)
            if own:
                product = min(own, key=lambda good: (crowd[good], good))
                found.setdefault(names[product], []).append((place, made[product]))
        return found


def _row(matrix: Sparse, row: int) -> dict[int, float]:
    part = slice(*matrix.indptr[row : row + 2])
    return {
        int(place): float(value)
        for place, value in zip(matrix.indices[part], matrix.data[part], strict=True)
        if value > 0
    }


def _parts(
    group: Sequence[int],
    needs: Mapping[str, Sequence[tuple[Mapping[int, float], float]]],
) -> tuple[tuple[str, float, float], ...]:
    """Return product, mean and spread of what a unit of it takes, over the techniques."""
    parts = []
    for product, rows in needs.items():
        values = [sum(row.get(good, 0.0) for good in group) / made for row, made in rows]
        mean = sum(values) / len(values)
        if mean > 0:
            # A mix that may be anything between the two ends is spread evenly.
            parts.append((product, mean, (max(values) - min(values)) / np.sqrt(12)))
    return tuple(parts)
