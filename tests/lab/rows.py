"""Runs of the country with fewer rows, for tests of what does not hang on their number.

All rows live in tests/docs (the manual is followed) and in the tests of each kind of rows.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Final
from unittest.mock import patch

from sovplan.lab import layers
from sovplan.lab.layers import LAYERS, VILLAGE
from sovplan.society.farms.village import Village

HOUSEHOLDS: Final = 2500
"""Rows of households, a twentieth of those of a run."""
PERSONS: Final = 1000
"""Rows of persons, the least that a run may have."""
FEW: Final = ("--people", str(PERSONS), "--threads", "1")
"""Options of a run with few rows in this process."""


@contextmanager
def few_households() -> Iterator[None]:
    """Let runs in this process, while it lasts, have few households."""
    village = replace(VILLAGE, make=partial(Village, rows=HOUSEHOLDS))
    kinds = tuple(village if kind is VILLAGE else kind for kind in LAYERS)
    with patch.object(layers, "LAYERS", kinds):
        yield
