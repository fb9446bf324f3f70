"""What came of a pattern, in words: so many of its points within, and so many not looked at."""

from collections.abc import Mapping, Sequence

from sovplan.foundation.numbers import percent
from sovplan.foundation.words import say
from sovplan.lab.given import Given, by_hold, numbers_of
from sovplan.lab.validate import PASSING, Result, scores


def came_words(result: Result) -> str:
    """Return whether a pattern is met, and by how many points of those that were looked at."""
    status = say(f"lab.status.{result.status}")
    judged = [each for each in result.points if each.within is not None]
    if not judged:
        return status
    blind = len(result.points) - len(judged)
    within = sum(bool(each.within) for each in judged)
    key = "point" if len(judged) == 1 else "points"
    parts = [say(f"lab.came.{key}", status=status, within=within, points=len(judged))]
    if len({each.point.weight for each in judged}) > 1 and 0 < within < len(judged):
        parts.append(say("lab.came.weight", share=percent(result.share)))
    if blind:
        parts.append(say("lab.came.blind", blind=blind))
    return ", ".join(parts)


def rule_words() -> str:
    """Return from what share of its points on a pattern is met."""
    return say("lab.came.rule", share=percent(PASSING))


def headline(results: Sequence[Result], given: Mapping[str, Given]) -> tuple[str, str]:
    """Return how many patterns are met, and what of that is history given back."""
    counts = scores(results)
    rest = int(counts["patterns"]) - int(counts["looked_at"])
    ids = {hold: ", ".join(found) for hold, found in by_hold(given).items()}
    carried = " ".join(say(f"lab.given.all_{hold}", ids=ids[hold]) for hold in ids if ids[hold])
    if not ids["free"]:
        carried = f"{carried} {say('lab.given.none_free')}"
    return say("lab.command.score", rest=rest, **counts), carried


def given_words(given: Given) -> str:
    """Return what of one pattern that is met is given."""
    count, tried = len(numbers_of(given.movers)), given.tried
    paths = ", ".join(given.paths)
    return say(f"lab.given.{given.hold}", paths=paths, count=count, tried=tried)


def trial_words() -> str:
    """Return how it was found out what is given."""
    return say("lab.given.trial")
