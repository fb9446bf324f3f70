"""What these books cannot show: signatures that are zero, or equal to another's."""

import numpy as np

from sovplan.foundation.shapes import Indices
from sovplan.foundation.words import say
from sovplan.inspection.books import Books
from sovplan.inspection.signatures import NO_LIES, OVER, Lie, Signatures
from sovplan.records.documents import BlindSpot
from sovplan.records.workplaces import OTHERS

_MEASURES = {
    "stock_padded": "count",
    "sales_padded": "sales",
    "deliveries_padded": "partner",
    "receipts_padded": "partner",
    "output_padded": "balance",
    "inputs_hoarded": "meter",
    "no_papers": "papers",
}
"""What to measure so that a kind of false report would show."""

_OR = " or "


def blind_spots(books: Books, signatures: Signatures) -> tuple[BlindSpot, ...]:
    """Return, for each workplace, the kinds of false report that its books cannot show.

    A kind by itself cannot be seen for at least one good of the workplace; kinds joined by
    ``or`` can be seen and not told from each other. ``no_papers`` stands for a workplace that
    others name as their partner and that files nothing (consumers, trade and the common store
    are no workplaces).
    """
    kinds: dict[str, list[str]] = {}
    chosen = _one_period(signatures)
    hidden = chosen[signatures.size[chosen] == 0]
    names = books.sheet.names
    for signature in hidden[np.lexsort((signatures.lie[hidden], signatures.workplace[hidden]))]:
        found = kinds.setdefault(names[signatures.workplace[signature]], [])
        _add(found, OVER[signatures.lie[signature]])
    for workplace, pair in _pairs(signatures, chosen):
        _add(kinds.setdefault(names[workplace], []), pair)
    for name in _silent(books):
        kinds[name] = ["no_papers"]
    return tuple(BlindSpot(name, tuple(kinds[name])) for name in sorted(kinds))


def best_measurement(spots: tuple[BlindSpot, ...]) -> str:
    """Return in words the one measurement that would mend most blind spots; blank without any."""
    places: dict[str, int] = {}
    for spot in spots:
        for measure in {_MEASURES[kind] for kind in spot.kinds if kind in _MEASURES}:
            places[measure] = places.get(measure, 0) + 1
    if not places:
        return ""
    best = max(sorted(places), key=lambda measure: places[measure])
    return say(f"inspection.measure.{best}", count=places[best])


def unseen(spots: tuple[BlindSpot, ...]) -> int:
    """Return the number of workplaces of which some kind of false report cannot be seen."""
    return sum(any(_OR not in kind for kind in spot.kinds) for spot in spots)


def _one_period(signatures: Signatures) -> Indices:
    """Return the signatures to all partners, one for each kind, workplace and good.

    That of all periods together where there is one, and of the first period elsewhere.
    """
    left_out = [int(lie) for lie in (*NO_LIES, Lie.OPENING)]
    told = ~np.isin(signatures.lie, left_out)
    whole = np.flatnonzero((signatures.partner < 0) & told)
    heads = (signatures.good[whole], signatures.workplace[whole], signatures.lie[whole])
    order = np.lexsort((signatures.period[whole], *heads))
    keys = np.stack([code[order] for code in heads])
    first = np.ones(len(order), dtype=bool)
    first[1:] = (np.diff(keys, axis=1) != 0).any(axis=0)
    return whole[order[first]]


def _pairs(signatures: Signatures, chosen: Indices) -> list[tuple[int, str]]:
    """Return workplaces and the kinds that look alike there."""
    groups: dict[int, list[int]] = {}
    for signature in chosen[signatures.size[chosen] > 0]:
        root = int(signatures.alike[signature])
        if root != signature:
            groups.setdefault(root, [int(signatures.lie[root])]).append(
                int(signatures.lie[signature])
            )
    found: dict[int, set[frozenset[int]]] = {}
    for root, lies in groups.items():
        found.setdefault(int(signatures.workplace[root]), set()).add(frozenset(lies))
    return [
        (workplace, _OR.join(OVER[lie] for lie in lies))
        for workplace, sets in found.items()
        for lies in sorted(sorted(lies) for lies in sets if not any(lies < more for more in sets))
        if len(lies) > 1
    ]


def _silent(books: Books) -> list[str]:
    sheet = books.sheet
    named = np.unique(sheet.partner[sheet.partner >= 0])
    silent = [sheet.names[place] for place in np.setdiff1d(named, sheet.workplace)]
    return [name for name in silent if name not in OTHERS]


def _add(found: list[str], kind: str) -> None:
    if kind not in found:
        found.append(kind)
