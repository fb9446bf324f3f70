"""The figure of the first screen: plan, report and truth of one good, and what people had."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sovplan.foundation.numbers import figure, percent
from sovplan.foundation.words import say
from sovplan.records.run import Kind
from sovplan.report.parts import (
    Caption,
    Column,
    element,
    figure_of,
    joined,
    paragraph,
    table,
)
from sovplan.report.run_drawing import HERO, LOW, NARROW, Axis, Stroke, paths
from sovplan.report.run_keys import kinds_key, regime_name, sub
from sovplan.report.run_multiples import by_year
from sovplan.report.run_past import source_words
from sovplan.report.run_series import (
    MARKS,
    PRINTED,
    Seen,
    base_words,
    known,
    living,
    mean,
    sizes,
)
from sovplan.report.svg import Html
from sovplan.report.wording import year_name, years_words

_KINDS: Final[tuple[Kind, ...]] = ("planned", "reported", "real")
_FEW: Final = 2
"""Regimes whose panels have their full size; those of more stand three in a row."""
_PASTS: Final = 2
"""Historical series of what people had that are drawn; the table has them all."""


def chosen_good(seen: Seen) -> str:
    """Return the good in which plan, report and truth lie furthest apart; '' where none has all.

    Of goods with a historical series if there are any. The distance is the sum over years of
    plan and report from the truth, over the real output of these years, mean over regimes, times
    the size of the good in hours where plans have prices.
    """
    whole = [
        good
        for good in seen.made()
        if all(seen.has(f"output/{good}", kind) for kind in ("planned", "reported"))
    ]
    past = [good for good in whole if known(seen.past(f"output/{good}"))]
    size = sizes(seen.run)
    if not any(size.get(good, 0.0) > 0 for good in past or whole):
        size = dict.fromkeys(whole, 1.0)
    gaps = {good: _gap(seen, good) * size.get(good, 0.0) for good in past or whole}
    return max(gaps, key=lambda good: gaps[good]) if gaps else ""


def _gap(seen: Seen, good: str) -> float:
    gaps: list[float | None] = []
    for course in seen.courses:
        plan, said, so = (seen.of(course.name, f"output/{good}", kind) for kind in _KINDS)
        away = sum(
            abs(value - real)
            for at, real in enumerate(so)
            if real is not None
            for value in known([plan[at], said[at]])
        )
        made = sum(known(so))
        gaps.append(away / made if made > 0 else None)
    return mean(gaps) or 0.0


def hero(seen: Seen) -> Html:
    """Return plan, report and truth of one good, and what people had, a panel for each regime."""
    good, people = chosen_good(seen), living(seen)
    rows, tables = [], []
    if good:
        rows.append(_outputs(seen, good))
        tables.append(_output_table(seen, good))
    if seen.has(people):
        second = say("runbook.hero.people_second", base=base_words(seen))
        rows.append(sub(say("runbook.hero.people"), second))
        rows.append(_people(seen))
        tables.append(_people_table(seen))
        if _pasts(seen):
            rows.append(sub(say("runbook.hero.printed"), _printed_second(seen)))
            rows.append(_printed(seen))
            tables.append(_printed_table(seen))
    if not rows:
        return paragraph(say("runbook.hero.none"))
    past = any(known(seen.past(series)) for series in (f"output/{good}", PRINTED))
    kinds = [MARKS[kind] for kind in (*_KINDS, "historical") if kind != "historical" or past]
    legend = kinds_key(kinds if good else [k for k in kinds if k in {"real", "historical"}],
                       hatched=bool(good))  # fmt: skip
    caption = Caption(
        _finding(seen, good) if good else say("runbook.hero.no_good"),
        _second(seen, good),
        _source(seen, good),
    )
    return figure_of(caption, joined([legend, *rows]), *tables)


def _source(seen: Seen, good: str) -> str:
    past = source_words(seen, [good, PRINTED])
    return " ".join([say("runbook.hero.source"), past] if past else [say("runbook.hero.source")])


def _printed_second(seen: Seen) -> str:
    """Return what is 100 in what was printed since, and that it is not what is 100 in the run."""
    bases = dict.fromkeys(seen.past_units[series] for series in _pasts(seen))
    said = (say("runbook.hero.printed_base", base=base) for base in bases)
    return " ".join([*said, say("runbook.hero.printed_second")])


def _pasts(seen: Seen) -> list[str]:
    """Return the historical series of what people had: the first, then those that disagree."""
    others = [f"{PRINTED}/{name}" for name in seen.after(f"{PRINTED}/", "historical")]
    return [series for series in (PRINTED, *others) if known(seen.past(series))]


def _second(seen: Seen, good: str) -> str:
    if not good:
        return say("runbook.hero.second_people")
    past = bool(known(seen.past(f"output/{good}")))
    key = "second_past" if past else "second"
    return say(f"runbook.hero.{key}", good=seen.good(good), years=years_words(seen.years))


def _finding(seen: Seen, good: str) -> str:
    clauses = []
    for course in seen.courses:
        plan, said, so = (mean(seen.of(course.name, f"output/{good}", kind)) for kind in _KINDS)
        if so is None or not plan:
            continue
        key = "unsaid" if said is None else "said"
        clauses.append(say(
            f"runbook.hero.{key}",
            regime=seen.labels[course.name],
            real=percent(so / plan),
            reported=percent((said or 0.0) / plan),
        ))  # fmt: skip
    return say("runbook.hero.finding", good=seen.good(good), clauses="; ".join(clauses))


def _outputs(seen: Seen, good: str) -> Html:
    series = f"output/{good}"
    past = seen.past(series)
    every = [seen.of(c.name, series, kind) for c in seen.courses for kind in _KINDS]
    top = max((value for values in [*every, past] for value in known(values)), default=1.0)
    size = HERO if len(seen.courses) <= _FEW else NARROW
    axis = Axis(replace(size, unit=seen.units.get(series, "")), top)
    drawn = []
    for place, course in enumerate(seen.courses):
        strokes = [
            Stroke(MARKS[kind], seen.of(course.name, series, kind), say(f"runbook.key.{kind}"))
            for kind in _KINDS
        ]
        guests = [Stroke("historical", past, say("runbook.key.historical"))] if known(past) else []
        label = say(
            "runbook.hero.label",
            good=seen.good(good),
            regime=seen.labels[course.name],
            values=_last_values(seen, [*guests, *strokes]),
        )
        panel = paths(label, seen.years, [*guests, *strokes], axis, hatched=True)
        drawn.append(_panel(place, seen.labels[course.name], panel))
    return element("div", joined(drawn), _grid(seen))


def _last_values(seen: Seen, strokes: Sequence[Stroke]) -> str:
    found = []
    for stroke in strokes:
        pairs = [(y, v) for y, v in zip(seen.years, stroke.values, strict=True) if v is not None]
        if pairs:
            year, value = pairs[-1]
            found.append(f"{stroke.name} {figure(value)} ({year_name(year)})")
    return ", ".join(found)


def _panel(place: int, name: str, drawn: Html) -> Html:
    return element("div", joined([element("h3", regime_name(place, name)), drawn]), "panel")


def _grid(seen: Seen) -> str:
    return "panels" if len(seen.courses) <= _FEW else "panels three-up"


def _people(seen: Seen) -> Html:
    people = living(seen)
    paths_of = [_hundred(seen.of(course.name, people)) for course in seen.courses]
    top = max([100.0, *(value for values in paths_of for value in known(values))])
    size = LOW if len(seen.courses) <= _FEW else replace(NARROW, height=LOW.height)
    axis = Axis(size, top, 100.0)
    drawn = []
    for place, (course, values) in enumerate(zip(seen.courses, paths_of, strict=True)):
        strokes = [Stroke("real", values, say("runbook.key.real"))]
        name = seen.labels[course.name]
        label = say(
            "runbook.hero.people_label",
            regime=name,
            base=base_words(seen),
            values=_last_values(seen, strokes),
        )
        drawn.append(_panel(place, name, paths(label, seen.years, strokes, axis)))
    return element("div", joined(drawn), _grid(seen))


def _printed(seen: Seen) -> Html:
    """Return one panel of what others reckoned: its base is not that of the run, so no axis is."""
    pasts = [_hundred(seen.past(series)) for series in _pasts(seen)]
    keys = ("runbook.key.historical", "runbook.hero.other")
    strokes = [
        Stroke("historical", past, say(keys[min(i, 1)])) for i, past in enumerate(pasts[:_PASTS])
    ]
    top = max([100.0, *(value for values in pasts for value in known(values))])
    label = say("runbook.hero.printed_label", values=_last_values(seen, strokes))
    drawn = paths(label, seen.years, strokes, Axis(LOW, top, 100.0))
    return element("div", element("div", drawn, "panel"), "panels")


def _hundred(values: Sequence[float | None]) -> list[float | None]:
    return [None if value is None else 100.0 * value for value in values]


def _output_table(seen: Seen, good: str) -> Html:
    series = f"output/{good}"
    columns = [Column(say("runbook.col.year"), number=False)]
    values: list[list[float | None]] = []
    for course in seen.courses:
        for kind in _KINDS:
            named = say(f"runbook.key.{kind}")
            columns.append(Column(f"{seen.labels[course.name]}: {named}"))
            values.append(seen.of(course.name, series, kind))
    if known(seen.past(series)):
        columns.append(Column(say("runbook.key.historical")))
        values.append(seen.past(series))
    unit = seen.units.get(series, "")
    caption = say("runbook.hero.caption", good=seen.good(good), unit=unit)
    return table(caption, columns, by_year(seen, values), kind="compact years")


def _people_table(seen: Seen) -> Html:
    columns = [Column(say("runbook.col.year"), number=False)]
    columns += [Column(seen.labels[course.name]) for course in seen.courses]
    values = [_hundred(seen.of(course.name, living(seen))) for course in seen.courses]
    caption = say("runbook.hero.people_caption", base=base_words(seen))
    return table(caption, columns, by_year(seen, values), kind="compact years")


def _printed_table(seen: Seen) -> Html:
    columns = [Column(say("runbook.col.year"), number=False)]
    pasts = _pasts(seen)
    columns += [Column(say("runbook.hero.past_of", base=seen.past_units[one])) for one in pasts]
    values = [_hundred(seen.past(series)) for series in pasts]
    caption = say("runbook.hero.printed_caption")
    return table(caption, columns, by_year(seen, values), kind="compact years")
