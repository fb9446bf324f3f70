"""What production carries: prisoners, technique from abroad, inputs that fail, broken chains."""

from collections.abc import Mapping
from typing import Final

from sovplan.foundation.words import say
from sovplan.report.country_figures import told_panels
from sovplan.report.country_parts import behind, folded, regime_titles, weak
from sovplan.report.country_twice import twice
from sovplan.report.parts import NOTHING, Chapter, joined, told
from sovplan.report.run_series import Seen
from sovplan.report.svg import Html

PREFIX: Final = "whole/"
_GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "camps": ("prisoners", "guards", "labour", "unfree"),
    "technique": ("gap", "technique", "abroad", "distortion"),
    "quality": ("quality", "spoiled", "shown"),
    "overdrawn": ("machines_overdrawn", "heavy_overdrawn", "arms_short"),
    "chains": ("linked", "chain/machines", "chain/building", "chain/heavy", "chain/light"),
}
"""Series of each figure, without what stands before the names of all of them."""
_TWICE: Final = {"camps": "prisoners", "technique": "distortion", "quality": "quality"}
"""Figures with a quantity that another chapter prints too."""
_FOLDED: Final = (
    "technique",
    "quality",
    "overdrawn",
    "chains",
    "limits",
)
"""Figures that open on demand."""
_LIMITS: Final = ("fit", "hands", "gap", "quality", "chains")


def chapters(seen: Seen) -> list[Chapter]:
    """Return the chapter; nothing for a run that does not have the figures."""
    if not seen.has(f"{PREFIX}prisoners"):
        return []
    drawn: dict[str, Html] = {}
    for key, names in _GROUPS.items():
        series = [f"{PREFIX}{name}" for name in names if seen.has(f"{PREFIX}{name}")]
        if series:
            panels = told_panels(seen, series, f"country_whole.{key}", "")
            again = twice(seen, _TWICE[key]) if key in _TWICE else NOTHING
            drawn[key] = joined([panels, again])
    drawn["limits"] = weak(
        "country_whole",
        [told(f"country_whole.limits.{name}", **regime_titles()) for name in _LIMITS],
    )
    parts = [
        behind(say("country_whole.meaning", **regime_titles())),
        *folded("country_whole", drawn, _FOLDED),
    ]
    return [Chapter("whole", say("country_whole.title"), joined(parts))]
