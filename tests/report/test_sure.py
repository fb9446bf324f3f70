"""A plan that was tried under errors shows its bands; one that was not says so."""

import re
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from tests.report import drafts
from tests.report.books import whole, words
from tests.report.page import Node, read

from sovplan.foundation.numbers import figure, percent
from sovplan.report.planbook import plan_book


@cache
def book() -> Node:
    return read(plan_book(drafts.embedded("federation"), stress=drafts.tried()))


def section() -> Node:
    (found,) = [s for s in book().all("section") if s.attributes["id"] == "sure"]
    return found


def test_without_a_trial_the_first_number_says_why_it_has_no_band() -> None:
    band = whole("federation").one("dl", "stats").all("span", "band")[0]

    assert "no band: reckoned once" in words(band.text)
    assert "sure" not in {s.attributes["id"] for s in whole("federation").all("section")}


def test_with_a_trial_the_first_number_has_its_band() -> None:
    tried = drafts.tried()

    band = words(book().one("dl", "stats").all("span", "band")[0].text)
    assert words(f"{percent(tried.low)} to {percent(tried.high)}") in band
    assert "(20 draws)" in band


def test_a_band_without_width_is_told_as_one_share() -> None:
    tried = drafts.tried()
    low = tried.fulfilment[0]
    one = replace(tried, low=0.991, high=0.991, fulfilment=np.stack([low, low, low]))

    told = words(read(plan_book(drafts.embedded("federation"), stress=one)).text)
    assert "99.1 % in 90 of 100 draws" in told
    assert not re.search(r"(\S+ %) (?:to|and) \1 (?:in|of)", told)


def test_every_sentence_of_the_trial_is_in_the_book() -> None:
    said = [words(item.text) for item in section().all("ul")[0].all("li")]

    assert said == [words(sentence) for sentence in drafts.tried().sentences]


def test_floors_are_shown_in_their_worst_year_the_weakest_first() -> None:
    tried, draft = drafts.tried(), drafts.embedded("federation")

    rows = section().all("table")[0].one("tbody").all("tr")
    goods = draft.economy.goods
    names = [words(f"{t} {u}") for t, u in zip(goods.titles, goods.units, strict=True)]
    worst = []
    for row in rows:
        g = names.index(words(row.children[0].text))
        year = draft.years.index(int(row.children[1].text))
        assert words(row.children[2].text) == words(percent(tried.holds[g, year]))
        assert tried.holds[g, year] == np.nanmin(tried.holds[g])
        worst.append(tried.holds[g, year])
        reserve = tried.reserve[g, year]
        assert words(row.children[4].text) == (words(figure(reserve)) if reserve else "–")
    assert worst == sorted(worst)
    assert len(rows) == int((draft.calendar.floor > 0).any(axis=1).sum())


def test_dots_of_floors_stand_for_their_worst_year() -> None:
    tried, draft = drafts.tried(), drafts.embedded("federation")

    hints = {words(title.text) for title in section().all("figure")[0].all("title")}
    worst = np.where(np.isnan(tried.holds), np.inf, tried.holds).min(axis=1)
    for g in np.argsort(worst, kind="stable")[:3]:
        assert words(f"{draft.economy.goods.titles[g]}: {figure(100 * worst[g])} %") in hints


def test_fulfilment_by_year_is_drawn_with_its_band() -> None:
    tried, draft = drafts.tried(), drafts.embedded("federation")

    band = section().all("path", "band")
    rows = section().all("table")[1].one("tbody").all("tr")
    assert len(band) == 1
    for t, row in enumerate(rows):
        cells = [words(cell.text) for cell in row.children]
        phi = draft.fulfilment[t]
        assert phi is not None
        shares = [phi, *tried.fulfilment[:, t][[0, 1, 2]]]
        assert cells == [str(draft.years[t]), *(words(percent(share)) for share in shares)]


def test_bands_of_consumption_stand_beside_its_targets() -> None:
    first = book().one("div", "first")

    assert "Shaded: 90 of 100 draws" in words(first.one("figcaption").text)
    tried, draft = drafts.tried(), drafts.embedded("federation")
    bands = [float(band.attributes["width"]) for band in first.all("rect", "band")]
    assert len(bands) == 14
    g, to = draft.economy.goods.names.index("furniture"), draft.calendar
    low, _, high = tried.consumption[:, g, -1] * to.floor[g, -1] / to.target[g, -1]
    # 164 px for 110 per cent.
    assert high - low > 0.1
    assert any(width == pytest.approx((high - low) * 100 * 164 / 110, abs=0.1) for width in bands)


@pytest.mark.parametrize("name", ["impossible", "endless"])
def test_a_trial_of_no_plan_has_no_section(name: str) -> None:
    page = read(plan_book(drafts.ALL[name](), stress=drafts.tried()))

    assert "sure" not in {s.attributes["id"] for s in page.all("section")}
