"""What came of a pattern, in words: so many of its points within, and so many not looked at."""

from sovplan.foundation.numbers import percent
from sovplan.foundation.words import say
from sovplan.lab.validate import PASSING, Result


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
