"""Work and living: what the year of the country was to persons, by class, branch and age."""

from collections.abc import Mapping, Sequence
from typing import Final

from sovplan.foundation.words import say
from sovplan.report.country_figures import finding, greatest, item, source
from sovplan.report.country_parts import behind, folded, headed, weak
from sovplan.report.country_twice import twice
from sovplan.report.parts import NOTHING, Caption, Chapter, joined, told
from sovplan.report.run_multiples import multiples
from sovplan.report.run_series import Seen
from sovplan.report.svg import Html

_GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "living": ("living/worker", "living/employee", "living/official", "living/other",
               "living/peasant_own", "living/prisoner"),
    "pay": ("wage_decile", "privilege", "closed_shops", "money_kept"),
    "work": ("turnover", "penalties", "effort", "skill"),
    "hours": ("hours_worked", "skill_nation"),
    "women": ("women", "women/heavy", "women/machines", "women/building", "women/light",
              "women/services"),
    "school": ("literacy", "literacy_9_49", "students", "students/workers", "students/peasants",
               "students/posts"),
    "posts": ("officials", "posts_handed", "removed", "party", "party_workers"),
    "camps": ("prisoners", "prisoners_dead", "prisoners_mortality"),
    "towns": ("movers_young", "movers_men", "morale", "belief"),
}  # fmt: skip
"""Series of each figure, without what stands before the names of all of them."""
_CHAPTERS: Final[Mapping[str, tuple[str, ...]]] = {
    "work": ("living", "pay", "posts", "camps", "limits"),
    "labour": ("work", "women", "school", "hours", "towns"),
}
"""Figures of each chapter."""
_FOLDED: Final = ("hours", "posts", "camps", "towns", "limits")
"""Figures that open on demand."""
_PEAK: Final = ("camps",)
_LIMITS: Final = (
    "back",
    "forced",
    "household",
    "vacancy",
    "short",
    "origin",
    "women",
    "money",
    "exile",
)


def chapters(seen: Seen) -> list[Chapter]:
    """Return the chapters on living and on work; nothing where no persons lived in the run."""
    if not seen.has("persons/living/worker"):
        return []
    drawn = {key: _part(seen, key) for key in _GROUPS}
    drawn["limits"] = weak(
        "country_people", [told(f"country_people.limits.{name}") for name in _LIMITS]
    )
    return [
        Chapter(
            key,
            say(f"country_people.chapter.{key}"),
            joined([
                behind(say("country_people.meaning")),
                *folded("country_people", {name: drawn[name] for name in names}, _FOLDED),
            ]),
        )
        for key, names in _CHAPTERS.items()
    ]  # fmt: skip


def _part(seen: Seen, key: str) -> Html:
    """Return the figure of a group of series under its title; nothing where the run has none."""
    series = [f"persons/{name}" for name in _GROUPS[key] if seen.has(f"persons/{name}")]
    if not series:
        return NOTHING
    return joined([
        headed(f"country_people.{key}"),
        _figure(seen, series, key),
        *([twice(seen, "prisoners")] if key in _PEAK else []),
    ])  # fmt: skip


def _figure(seen: Seen, series: Sequence[str], key: str) -> Html:
    said = greatest(seen, series[0]) if key in _PEAK else finding(seen, series[0])
    luck = say("country_people.source", seed=seen.run.seed)
    second, meaning = (say(f"country_people.{key}.{part}") for part in ("second", "meaning"))
    caption = Caption(said, second, source(series, luck), (meaning,))
    return multiples(seen, caption, [item(seen, name) for name in series])
