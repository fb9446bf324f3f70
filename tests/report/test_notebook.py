import pytest
from tests.report import drafts
from tests.report.page import read

from sovplan.foundation.numbers import THIN_SPACE, figure, percent
from sovplan.report.notebook import draft_html


@pytest.mark.parametrize("name", drafts.ALL)
def test_a_notebook_gets_markup_alone(name: str) -> None:
    page = read(draft_html(drafts.ALL[name]()))

    assert not [n for n in page.walk() if n.tag in {"script", "style", "svg", "a", "link"}]
    assert len(draft_html(drafts.ALL[name]())) < 20_000


def test_fulfilment_of_every_year_is_there() -> None:
    draft = drafts.embedded("basic variant")

    table = read(draft_html(draft)).all("table")[0]
    assert [th.text for th in table.one("thead").all("th")[1:]] == [str(y) for y in draft.years]
    (row,) = table.one("tbody").all("tr")
    assert [cell.text for cell in row.all("td")] == [
        "–" if phi is None else percent(phi) for phi in draft.fulfilment
    ]


def test_what_binds_is_there_with_its_hours_the_most_first() -> None:
    draft = drafts.embedded("federation")

    sums: dict[str, float] = {}
    for binding in draft.bindings:
        place = f"{binding.limit.kind} {binding.limit.name}"
        sums[place] = sums.get(place, 0.0) + binding.saved
    assert draft.facts is not None
    tried = {key: told["amount"] for key, told in draft.facts["freed"].items()}
    rates = sorted((rate for key, rate in sums.items() if key not in tried), reverse=True)
    saved = [*sorted(tried.values(), reverse=True), *rates][:5]
    rows = read(draft_html(draft)).all("table")[1].one("tbody").all("tr")
    shown = [row.all("td")[0].text.replace("\N{NARROW NO-BREAK SPACE}", THIN_SPACE) for row in rows]
    assert shown == [figure(hours) for hours in saved]
    how = [row.all("td")[1].text for row in rows]
    assert how == ["solving again"] * 3 + ["a rate near the optimum"] * 2


def test_a_draft_that_cannot_be_done_says_why() -> None:
    draft = drafts.impossible()

    said = [" ".join(li.text.split()) for li in read(draft_html(draft)).all("li")]
    assert said == [" ".join(sentence.split()) for sentence in draft.explain()]
