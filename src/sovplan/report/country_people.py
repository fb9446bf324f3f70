"""Work and living: what the year of the country was to persons, by class, branch and age."""

from collections.abc import Mapping, Sequence
from typing import Final

from sovplan.foundation.words import say
from sovplan.report.country_figures import finding, greatest, item, source
from sovplan.report.country_parts import headed
from sovplan.report.country_twice import twice
from sovplan.report.parts import Caption, Chapter, joined, listed, paragraph, told
from sovplan.report.run_multiples import multiples
from sovplan.report.run_series import Seen
from sovplan.report.svg import Html

_GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "living": ("living/worker", "living/employee", "living/official", "living/other",
               "living/peasant_own", "living/prisoner"),
    "pay": ("wage_decile", "privilege", "closed_shops", "queue_hours", "money_kept"),
    "work": ("turnover", "penalties", "effort", "skill", "skill_nation", "hours_worked"),
    "women": ("women", "women/heavy", "women/machines", "women/building", "women/light",
              "women/services"),
    "school": ("literacy", "literacy_9_49", "students", "students/workers", "students/peasants",
               "students/posts"),
    "posts": ("officials", "posts_handed", "removed", "party", "party_workers"),
    "camps": ("prisoners", "prisoners_dead", "prisoners_mortality"),
    "towns": ("movers_young", "movers_men", "morale", "belief"),
}  # fmt: skip
"""Series of each figure, without what stands before the names of all of them."""
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


def chapter(seen: Seen) -> Chapter | None:
    """Return the chapter; None where no persons lived in the run."""
    if not seen.has("persons/living/worker"):
        return None
    parts = [paragraph(say("country_people.meaning"))]
    for key, names in _GROUPS.items():
        series = [f"persons/{name}" for name in names if seen.has(f"persons/{name}")]
        if not series:
            continue
        parts += [
            headed(f"country_people.{key}"),
            paragraph(say(f"country_people.{key}.meaning")),
            _figure(seen, series, say(f"country_people.{key}.second"), peak=key in _PEAK),
            *([twice(seen, "prisoners")] if key in _PEAK else []),
        ]
    parts += [
        headed("country_people.limits"),
        listed([told(f"country_people.limits.{name}") for name in _LIMITS]),
    ]
    return Chapter("work", say("country_people.title"), joined(parts))


def _figure(seen: Seen, series: Sequence[str], second: str, *, peak: bool) -> Html:
    said = greatest(seen, series[0]) if peak else finding(seen, series[0])
    luck = say("country_people.source", seed=seen.run.seed)
    caption = Caption(said, second, source(series, luck))
    return multiples(seen, caption, [item(seen, name) for name in series])
