"""Surveys: what each workplace says it can make, holds and needs, and what people say they want.

How rows become an economy (`merged`):

- `capacity` rows of a plant add up and take the place of its opening capacity; `under_construction`
  rows add up and take the place of the works begun on it, ready in the years in which the books
  had them ready, or after year 1 where they had none;
- `stock` rows of a good add up and take the place of its opening stock;
- `norm_input`, `norm_output`, `norm_hours` take the place of a norm of a technique; where several
  workplaces share a technique each counts by its share, and who says nothing keeps the old one;
- `want` and `floor` rows of a good add up and take the place of its target and floor in year 1.

What nobody declares stays as in the books. Nothing is mended: what contradicts itself is merged as
declared, and named.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, final

import numpy as np
from scipy.sparse import csr_array

from sovplan.foundation.errors import DataError
from sovplan.foundation.shapes import Sparse
from sovplan.foundation.words import say
from sovplan.records.checks import findings
from sovplan.records.contradictions import Claim, Contradiction, contradictions
from sovplan.records.disassembly import folder_of
from sovplan.records.economy import Economy, Series, Techniques
from sovplan.records.extensions import UnderConstruction
from sovplan.records.findings import nearest, refuse
from sovplan.records.workplaces import Workplaces

KINDS: Final = (
    "capacity",
    "stock",
    "norm_input",
    "norm_output",
    "norm_hours",
    "under_construction",
    "want",
    "floor",
)
"""What a row of a survey may state."""


@final
@dataclass(frozen=True, slots=True)
class SurveyRow:
    """One row of survey.csv.

    Parameters
    ----------
    kind
        What is stated, one of `KINDS`.
    amount
        Units of the good, hours or units of capacity; norms per unit of activity; 0 or more.
    technique
        The technique of a norm, or of a capacity that is its own plant.
    name
        The good, or the skill of norm_hours, or the plant of a capacity.
    """

    kind: str
    amount: float
    technique: str = ""
    name: str = ""

    def __post_init__(self) -> None:
        """Check the form."""
        if self.kind not in KINDS:
            raise DataError(
                say("yearfiles.survey.kind", found=self.kind, nearest=nearest(self.kind, KINDS))
            )
        lacking = missing_cell(self.kind, self.technique, self.name)
        if lacking:
            raise DataError(lacking[1])
        if not (math.isfinite(self.amount) and self.amount >= 0):
            text = say("papers.number.amount", field="amount", of=self.kind, found=self.amount)
            raise DataError(text)


@final
@dataclass(frozen=True, slots=True)
class Survey:
    """What one workplace, or one body of consumers, declares for a period.

    Parameters
    ----------
    period
        The year that is planned, as written.
    workplace
        Who declares.
    rows
        What is declared.
    filed_by
        Who signs for it.
    """

    period: str
    workplace: str
    rows: tuple[SurveyRow, ...]
    filed_by: str

    def __post_init__(self) -> None:
        """Check the form."""
        for field in ("period", "workplace", "filed_by"):
            if not getattr(self, field).strip():
                paper = say("yearfiles.survey.paper")
                raise DataError(say("papers.blank", paper=paper, field=field))


def missing_cell(kind: str, technique: str, name: str) -> tuple[str, str] | None:
    """Return the column in which a row of this kind is wrong and what to do, or None."""
    if kind in {"capacity", "under_construction"}:
        if bool(technique) == bool(name):
            return "name", say("yearfiles.survey.plant", kind=kind)
    elif not name:
        return "name", say("yearfiles.survey.no_name", kind=kind)
    elif bool(technique) != kind.startswith("norm_"):
        key = "no_technique" if kind.startswith("norm_") else "technique"
        return "technique", say(f"yearfiles.survey.{key}", kind=kind)
    return None


def merged(
    base: Economy, workplaces: Workplaces, surveys: Sequence[Survey]
) -> tuple[Economy, tuple[Contradiction, ...]]:
    """Return the economy as declared, and the declarations that cannot both be so.

    Parameters
    ----------
    base
        The books: the economy of the coming year before anybody is asked.
    workplaces
        Who works with which technique.
    surveys
        The surveys in force, one for each workplace.

    Raises
    ------
    DataError
        A survey names what there is not, or what is declared is no economy.
    """
    claims = [
        Claim(survey.workplace, row.kind, row.technique, row.name, row.amount)
        for survey in surveys
        for row in survey.rows
    ]
    declared = replace(
        base,
        goods=replace(base.goods, stock=_stocks(base, claims)),
        plants=replace(base.plants, capacity=_capacities(base, claims)),
        techniques=_norms(base, workplaces, claims),
        needs=_needs(base, claims),
        extensions=replace(base.extensions, under_construction=_works(base, claims)),
    )
    refuse(findings(folder_of(declared)))
    return declared, contradictions(base, declared, workplaces, claims)


def place_of(names: Sequence[str], name: str) -> int:
    """Return the place of a name.

    Raises
    ------
    DataError
        It is not among the names.
    """
    if name not in names:
        raise DataError(say("yearfiles.survey.unknown", name=name, nearest=nearest(name, names)))
    return names.index(name)


def _summed(claims: Iterable[Claim], kind: str, key: Callable[[Claim], str]) -> dict[str, float]:
    found: dict[str, float] = {}
    for claim in claims:
        if claim.kind == kind:
            found[key(claim)] = found.get(key(claim), 0.0) + claim.amount
    return found


def _name(claim: Claim) -> str:
    return claim.name


def _plant(claim: Claim) -> str:
    return claim.plant


def _stocks(base: Economy, claims: Sequence[Claim]) -> np.ndarray:
    stock = base.goods.stock.copy()
    for good, amount in _summed(claims, "stock", _name).items():
        stock[place_of(base.goods.names, good)] = amount
    return stock


def _capacities(base: Economy, claims: Sequence[Claim]) -> np.ndarray:
    capacity = base.plants.capacity.copy()
    for plant, amount in _summed(claims, "capacity", _plant).items():
        capacity[place_of(base.plants.names, plant)] = amount
    return capacity


def _works(base: Economy, claims: Sequence[Claim]) -> UnderConstruction | None:
    """Return the works with those of a declared plant brought to the amount declared."""
    said = _summed(claims, "under_construction", _plant)
    books = base.extensions.under_construction
    if not said:
        return books
    rows: list[tuple[int, int, float, int]] = []
    if books is not None:
        columns = (books.plants, books.years, books.capacity, books.left)
        rows = list(zip(*(column.tolist() for column in columns), strict=True))
    for plant, amount in said.items():
        place = place_of(base.plants.names, plant)
        known = sum(row[2] for row in rows if row[0] == place)
        if known > 0:
            rows = [(*row[:2], row[2] * amount / known, row[3]) if row[0] == place else row
                    for row in rows]  # fmt: skip
        else:
            rows.append((place, base.first_year + 1, amount, 0))
    plants, years, capacity, left = zip(*rows, strict=True)
    return UnderConstruction(
        np.array(plants, dtype=np.int64),
        np.array(years, dtype=np.int64),
        np.array(capacity, dtype=np.float64),
        np.array(left, dtype=np.int64),
    )


def _norms(base: Economy, workplaces: Workplaces, claims: Sequence[Claim]) -> Techniques:
    old = base.techniques

    def renormed(matrix: Sparse, kind: str, names: Sequence[str]) -> Sparse:
        said = [claim for claim in claims if claim.kind == kind]
        return _renormed(matrix, said, names, base, workplaces) if said else matrix

    return replace(
        old,
        inputs=renormed(old.inputs, "norm_input", base.goods.names),
        outputs=renormed(old.outputs, "norm_output", base.goods.names),
        labour=renormed(old.labour, "norm_hours", old.skills),
    )


def _renormed(
    matrix: Sparse,
    said: Sequence[Claim],
    names: Sequence[str],
    base: Economy,
    workplaces: Workplaces,
) -> Sparse:
    old = matrix.toarray()
    new = old.copy()
    for claim in said:
        row = place_of(names, claim.name)
        column = place_of(base.techniques.names, claim.technique)
        place = place_of(workplaces.names, claim.workplace)
        share = float(workplaces.share[place, column])
        if share == 0:
            words = {"workplace": claim.workplace, "technique": claim.technique}
            raise DataError(say("yearfiles.survey.not_theirs", **words))
        new[row, column] += share * (claim.amount - old[row, column])
    return csr_array(new)


def _needs(base: Economy, claims: Sequence[Claim]) -> Series:
    """Return needs with the declared wants and floors in year 1; later rows stay as they are."""
    said = {field: _summed(claims, kind, _name) for field, kind in enumerate(("want", "floor"))}
    goods = sorted({place_of(base.goods.names, good) for by in said.values() for good in by})
    needs, first = base.needs, base.first_year
    amounts = needs.over((first,))[goods, 0, :]
    for field, by in said.items():
        for good, amount in by.items():
            amounts[goods.index(base.goods.names.index(good)), field] = amount
    kept = ~((needs.years == first) & np.isin(needs.rows, goods))
    return Series(
        needs.names,
        np.concatenate([needs.rows[kept], np.array(goods, dtype=np.int64)]),
        np.concatenate([needs.years[kept], np.full(len(goods), first, dtype=np.int64)]),
        np.concatenate([needs.amounts[kept], amounts]),
    )
