"""What `sovplan lab validate --json` prints."""

from collections.abc import Mapping, Sequence

from sovplan.lab.given import Given, numbers_of
from sovplan.lab.periods import unit
from sovplan.lab.validate import Result, scores


def document(results: Sequence[Result], given: Mapping[str, Given]) -> dict[str, object]:
    """Return the document of `--json`.

    Each pattern has `id`, `use`, `model`, `low`, `high`, `target` and `within`; the four numbers
    are lists with one entry for each of `points`, null where a point is held out or has no target.
    `units` says of a point that is a time how its numbers count it (1923.75 is the fourth quarter
    of 1923), null for amounts.
    `given` of a pattern that is met says how far history's paths carry it: `hold` is `set`, `leans`
    or `free`, `paths` those without which it is missed, `moved_by` the rules that move it.
    """
    return {
        "patterns": [_entry(each, given.get(each.pattern.id)) for each in results],
        "scores": scores(results),
    }


def _entry(result: Result, given: Given | None) -> dict[str, object]:
    pattern, points = result.pattern, result.points
    return {
        "id": pattern.id,
        "use": pattern.use,
        "pattern": pattern.title,
        "status": result.status,
        "points": [each.point.label for each in points],
        "model": [each.model for each in points],
        "low": [each.point.low for each in points],
        "high": [each.point.high for each in points],
        "target": [each.point.target for each in points],
        "units": [unit(each.point) for each in points],
        "within": result.status == "met" if pattern.looked_at else None,
        "rules": list(pattern.rules),
        "given": None if given is None else _given(given),
    }


def _given(given: Given) -> dict[str, object]:
    moved_by = list(numbers_of(given.movers))
    return {"hold": given.hold, "paths": list(given.paths), "moved_by": moved_by}
