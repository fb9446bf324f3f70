"""How far an honest paper may be from what is so."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, final

import numpy as np

from sovplan.foundation.errors import DataError
from sovplan.foundation.shapes import Vector
from sovplan.foundation.words import say
from sovplan.records.documents import ENTRIES
from sovplan.records.economy import Economy
from sovplan.records.findings import nearest

DEFAULTS: Final[Mapping[str, float]] = {
    "opening": 0.03,
    "made": 0.02,
    "used": 0.02,
    "delivered": 0.01,
    "received": 0.015,
    "sold": 0.015,
    "closing": 0.03,
    "counted": 0.01,
    "metered": 0.02,
    "hours": 0.05,
    "norm": 0.03,
    "norm_metered": 0.02,
    "norm_hours": 0.1,
}
"""Relative standard deviations where nothing else is declared; assumptions, see the manual."""

FLOOR: Final = 0.001
"""Least error of a row of the books, as a share of the largest amount that stands in it."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class HonestError:
    """Relative standard deviations of honest papers.

    Parameters
    ----------
    entries
        By place of the entry in `ENTRIES`, 1.
    norm, norm_metered, norm_hours
        Of what a workplace uses for a unit against the norm of its economy; the same in every
        period, 1. Of materials, of what has a meter, and of hours.
    """

    entries: Vector
    norm: float
    norm_metered: float
    norm_hours: float


def honest_error_of(
    economy: Economy | None = None, given: Mapping[str, float] | None = None
) -> HonestError:
    """Return the honest errors in force: as given, else as the economy has them, else `DEFAULTS`.

    Parameters
    ----------
    economy
        Its table `[honest_error]` counts.
    given
        Errors that go before those of the economy, by entry or norm.

    Raises
    ------
    DataError
        A key is no entry, or an error is not a number from 0 to 1.
    """
    declared = economy.notes.get("honest_error", {}) if economy is not None else {}
    found = dict(DEFAULTS)
    for table in (declared, given or {}):
        if isinstance(table, Mapping):
            found |= {str(key): _share(str(key), value) for key, value in table.items()}
    entries = np.array([found[entry] for entry in ENTRIES])
    lasting = (found[key] for key in ("norm", "norm_metered", "norm_hours"))
    return HonestError(entries, *lasting)


def _share(key: str, value: object) -> float:
    if key not in DEFAULTS:
        near = nearest(key, list(DEFAULTS))
        raise DataError(say("inspection.error.key", key=key, nearest=near))
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1:
        raise DataError(say("inspection.error.share", key=key, found=value))
    return float(value)
