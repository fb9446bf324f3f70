"""Bodies and officials in the book of a run of the country: posts by level, and who holds them."""

from collections.abc import Mapping
from typing import Final

from sovplan.foundation.words import say
from sovplan.report.country_figures import told_panels
from sovplan.report.country_parts import behind, folded, weak
from sovplan.report.parts import Chapter, joined, told
from sovplan.report.run_series import Seen
from sovplan.report.svg import Html
from sovplan.society.bodies.figures import PREFIX
from sovplan.society.bodies.tiers import LEVELS

_GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "posts": ("officials", *(f"staff/{level}" for level in LEVELS)),
    "named": ("appointed", *(f"appointed/{level}" for level in LEVELS[:3])),
    "careers": ("new", "left", *(f"tenure/{level}" for level in LEVELS)),
    "who": ("members/union", "members/local", "workers/union", "workers/local", "women",
            "women/union", "competence/union", "competence/local"),
}  # fmt: skip
"""Series of each figure, without what stands before the names of all of them."""
_FOLDED: Final = ("named", "careers", "who", "limits")
"""Figures that open on demand."""
_LIMITS: Final = ("forced", "bodies", "top", "women", "origin", "sample")


def chapters(seen: Seen) -> list[Chapter]:
    """Return the chapter; nothing for a run without officials."""
    if not seen.has(f"{PREFIX}officials"):
        return []
    luck = say("country_bodies.source", seed=seen.run.seed)
    drawn: dict[str, Html] = {}
    for key, names in _GROUPS.items():
        series = [f"{PREFIX}{name}" for name in names if seen.has(f"{PREFIX}{name}")]
        drawn[key] = told_panels(seen, series, f"country_bodies.{key}", luck)
    drawn["limits"] = weak(
        "country_bodies", [told(f"country_bodies.limits.{name}") for name in _LIMITS]
    )
    parts = [
        behind(say("country_bodies.meaning")),
        *folded("country_bodies", drawn, _FOLDED),
    ]
    return [Chapter("bodies", say("country_bodies.title"), joined(parts))]
