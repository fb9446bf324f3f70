"""Write docs/understand/patterns.md: the model of the country held against history.

.venv/bin/python -m tools.patterns_page
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tools.patterns_misses import misses
from tools.patterns_seen import seen, unscored

from sovplan.foundation.numbers import NOTHING_KNOWN
from sovplan.foundation.words import say
from sovplan.lab.came import came_words, headline, trial_words
from sovplan.lab.given import given_of_met, numbers_of
from sovplan.lab.page import source_words
from sovplan.lab.periods import told
from sovplan.lab.validate import Result, Scored, as_shipped

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "understand" / "patterns.md"

_HEAD: Final = """# Patterns of history

<!-- Written by tools/patterns_page.py from the patterns; a test checks that it is fresh. -->

A model of society is worth as much as the things it was not built to show and shows. The
specification of the model lists 48 patterns and says in advance which of them may be looked at
while the model is made (calibration), and which are kept for a test (hold-out: whole rows, and the
points after 1933 of V14, V21 and V25). **No row that is held out is scored here. Most are no longer
unseen, and some numbers were chosen after them**:
[below](#what-has-been-seen-of-hold-out-rows) stands which. What may be scored is reckoned by one
run of the country in seven sectors, 1921-1940, at the parameters of the trial, without any tuning:

```console
$ sovplan lab validate
✓ V01  GDP per head 1921-28 on 1928: met, 6 of 7 points within
...
```

`--out FOLDER` writes the same as a page with figures, `--json` prints one document for machines.

A pattern is met if the figure of the model lies between low and high at four fifths of its points
or more; a recalled series counts half. A band of 8 % reaches from the figure over 1.08 to the
figure times 1.08. The base year of an index is no point. A pattern that is met here is no proof:
the trial had looked at these rows, and paths that history gives (weather, quotas, exports,
pressure on the village) carry part of it; the first table says which, weather apart.
"""


def page() -> str:
    """Return the page as it should stand."""
    results = as_shipped()
    met, carried = headline(results, given_of_met())
    parts = [_HEAD, "## What came of it", "", f"**{met}** {carried}", "", *_given(), ""]
    for each in results:
        if each.points:
            parts += _section(each)
    parts += [*misses(), "", *seen(), "", "## Not scored", "", unscored(), "", *_rest(results)]
    return "\n".join(parts).rstrip() + "\n"


def _given() -> Iterator[str]:
    yield trial_words()
    yield ""
    yield "| no. | given | missed if one of these paths stands still | rules that move it |"
    yield "| --- | --- | --- | --- |"
    for id_, found in given_of_met().items():
        paths = ", ".join(f"`{name}`" for name in found.paths) or NOTHING_KNOWN
        numbers = ", ".join(numbers_of(found.movers))
        yield f"| {id_} | {say(f'lab.given.kind_{found.hold}')} | {paths} | {numbers} |"


def _section(result: Result) -> list[str]:
    pattern = result.pattern
    names = list(dict.fromkeys(name for each in result.points for name in each.point.series))
    notes = dict.fromkeys(each.point.note for each in result.points if each.point.note)
    numbers = ", ".join(pattern.rules)
    return [
        f"### {pattern.id}. {pattern.title}: {came_words(result)}",
        "",
        f"History: {pattern.target}; band: {pattern.band} ({pattern.reason}). Rules: {numbers}.",
        "",
        "| point | model | low | high | history | within |",
        "| --- | ---: | ---: | ---: | ---: | --- |",
        *map(_row, result.points),
        "",
        " ".join(part for part in (source_words(names), "; ".join(notes)) if part),
        "",
    ]


def _row(each: Scored) -> str:
    numbers = (each.model, each.point.low, each.point.high, each.point.target)
    cells = " | ".join(told(each.point, cell) for cell in numbers)
    word = {True: "yes", False: "no", None: "blind"}[each.within]
    return f"| {each.point.label} | {cells} | {say(f'lab.command.{word}')} |"


def _rest(results: tuple[Result, ...]) -> Iterator[str]:
    yield "| no. | pattern | use | rules | |"
    yield "| --- | --- | --- | --- | --- |"
    for each in results:
        if not each.pattern.looked_at:
            pattern, said = each.pattern, say(f"lab.status.{each.status}")
            numbers = ", ".join(pattern.rules)
            yield f"| {pattern.id} | {pattern.title} | {pattern.use} | {numbers} | {said} |"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(PAGE)
