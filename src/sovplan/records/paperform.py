"""What every paper is checked for when it is built: texts written, names once, numbers in range."""

import math
from collections.abc import Sequence
from typing import Literal

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say


def name_of(kind: type) -> str:
    """Return the readable name of a kind of paper."""
    return say(f"papers.name.{kind.__name__.lower()}")


def written(paper: object, *names: str) -> None:
    """Refuse a paper in which one of these fields is blank."""
    for name in names:
        found = getattr(paper, name)
        if not isinstance(found, str) or not found.strip():
            raise DataError(say("papers.blank", paper=name_of(type(paper)), field=name))


def once(field: str, names: Sequence[str]) -> None:
    """Refuse names of which one is blank or stands twice."""
    for place, name in enumerate(names):
        if not name or name in names[:place]:
            raise DataError(say("papers.twice", field=field, name=name))


def number(
    field: str, of: str, value: float, kind: Literal["number", "amount", "share"] = "number"
) -> None:
    """Refuse a number that is not finite, or not of its kind: an amount is 0 or more."""
    least, most = {
        "number": (-math.inf, math.inf),
        "amount": (0.0, math.inf),
        "share": (0.0, 1.0),
    }[kind]
    if not math.isfinite(value) or not least <= value <= most:
        raise DataError(say(f"papers.number.{kind}", field=field, of=of, found=value))
