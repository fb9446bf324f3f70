"""Collective farms in the book of a run of the country: how many, their grain, the labour day."""

from collections.abc import Iterator, Mapping
from typing import Final

from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.regimes.countries import HISTORY
from sovplan.report.country_figures import told_panels
from sovplan.report.country_parts import behind, folded, weak
from sovplan.report.parts import Chapter, joined, text
from sovplan.report.run_series import Seen
from sovplan.report.svg import Html

_GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "farms": ("farms", "size", "members", "sown"),
    "grain": ("delivered", "seed", "feed", "paid"),
    "turn": ("founded", "ended", "missed", "taken_p10", "taken_p90"),
    "day": ("day_grain", "day_grain_p10", "day_grain_p90", "day_nothing", "head_grain",
            "day_money", "top_tenth", "chair_days", "herd"),
}  # fmt: skip
"""Series of each figure, without what stands before the names of all of them."""
_BESIDE: Final[Mapping[str, Mapping[str, tuple[str, int]]]] = {
    "willing": {"share": ("collectivised", 1928), "farms": ("kolkhoz/farms", 1928)},
    "many": {"members": ("kolkhoz/members", 1940)},
}
"""Series and years that sentences on what is weak set beside print."""
_FOLDED: Final = ("turn", "day", "limits")
"""Figures that open on demand."""
_LIMITS: Final = ("back", "order", "willing", "many", "fields", "grain", "spread")


def chapters(seen: Seen) -> list[Chapter]:
    """Return the chapter; nothing for a run in which no collective farm was."""
    if not seen.has("kolkhoz/size"):
        return []
    luck = say("country_collectives.source", seed=seen.run.seed)
    drawn: dict[str, Html] = {}
    for key, names in _GROUPS.items():
        series = [f"kolkhoz/{name}" for name in names if seen.has(f"kolkhoz/{name}")]
        drawn[key] = told_panels(
            seen, series, f"country_collectives.{key}", luck, peak=key == "turn"
        )
    drawn["limits"] = weak("country_collectives", [text(said) for said in _limits(seen)])
    parts = [
        behind(say("country_collectives.meaning")),
        *folded("country_collectives", drawn, _FOLDED),
    ]
    return [Chapter("collectives", say("country_collectives.title"), joined(parts))]


def _limits(seen: Seen) -> Iterator[str]:
    """Yield what is weak; a sentence that sets history beside print only where both are there."""
    for name in _LIMITS:
        found = {
            key: (seen.at(HISTORY, series, year), seen.at("", series, year, "historical"))
            for key, (series, year) in _BESIDE.get(name, {}).items()
        }
        spoken = {"regime": seen.labels.get(HISTORY, "")}
        for key, (real, printed) in found.items():
            if real is None or printed is None:
                break
            spoken |= {key: figure(real), f"{key}_told": figure(printed)}
        else:
            yield say(f"country_collectives.limits.{name}", **spoken)
