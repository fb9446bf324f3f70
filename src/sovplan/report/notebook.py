"""A draft in a notebook: the sentence, the state, what is reached and what binds."""

from typing import Final

from sovplan.foundation.numbers import percent
from sovplan.foundation.words import say
from sovplan.planning.explain import begun
from sovplan.records.draft import Draft
from sovplan.report.measures import Scarce, scarce_things
from sovplan.report.opening import in_short
from sovplan.report.parts import NOTHING, Cell, Column, element, joined, listed, table, text
from sovplan.report.svg import Html
from sovplan.report.wording import scarce_name, years_words

_SHOWN: Final = 5


def draft_html(draft: Draft) -> str:
    """Return a draft in short as HTML without style or script, for `_repr_html_`."""
    parts = [in_short(draft)]
    if draft.done:
        parts += [_fulfilment(draft), _scarce(draft)]
    else:
        parts.append(listed([text(sentence) for sentence in draft.explain()]))
    return element("div", joined(parts), "sovplan-draft")


def _fulfilment(draft: Draft) -> Html:
    columns = [Column(say("report.col.year"), number=False)]
    columns += [Column(str(year)) for year in draft.years]
    shares = [percent(float("nan") if phi is None else phi) for phi in draft.fulfilment]
    row = [say("report.col.fulfilment"), *shares]
    return table(say("report.fulfilment.caption"), columns, [row])


def _scarce(draft: Draft) -> Html:
    found = [scarce for scarce in scarce_things(draft) if scarce.rate > 0][:_SHOWN]
    if not found:
        return NOTHING
    columns = (
        Column(say("report.col.scarce"), number=False),
        Column(say("report.col.saved_unit", unit=draft.work_unit)),
        Column(say("report.col.found"), number=False),
        Column(say("report.col.years")),
    )
    rows: list[list[Cell]] = [
        [begun(scarce_name(draft, s)), s.saved, _how(s), years_words(s.years)] for s in found
    ]
    return table(say("report.binding.caption"), columns, rows)


def _how(scarce: Scarce) -> str:
    return say(f"report.notebook.{'rate' if scarce.tried is None else 'tried'}")
