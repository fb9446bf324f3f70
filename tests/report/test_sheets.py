import re
from dataclasses import replace
from datetime import date

from tests.records.federation import BOOKS, sheets

from sovplan.foundation.numbers import figure
from sovplan.records.worksheet import Line
from sovplan.report.sheets import days, partner_name, sheet_page

TITLES = {sheet.workplace: sheet.title for sheet in sheets()}


def page(workplace: str) -> str:
    (sheet,) = (sheet for sheet in sheets() if sheet.workplace == workplace)
    return sheet_page(sheet, BOOKS, TITLES)


def test_a_page_shows_every_line_of_the_sheet() -> None:
    for sheet in sheets():
        shown = page(sheet.workplace)

        assert len(re.findall(r'<th scope="row">', shown)) == len(sheet.lines)
        assert f"<h1>Work sheet 2027: {sheet.title}</h1>" in shown
        assert "2027-12-31" in shown
        assert "2028-01-31" in shown


def test_a_page_says_by_when_each_line_is_due() -> None:
    shown = page("dairy").replace("\N{NO-BREAK SPACE}", " ")

    assert "28 Feb, 31 May, 31 Aug, 30 Nov" in shown
    assert "31 Mar, 30 Jun, 30 Sep, 31 Dec" in shown
    made = next(line for sheet in sheets() if sheet.workplace == "dairy"
                for line in sheet.of("make") if line.name == "manure")  # fmt: skip
    assert f"28 Feb: {figure(made.parts[0].amount, 4)}; 31 May" in shown
    assert days(Line("hours", 1.0, "h", "crafts"), date(2027, 12, 31)) == "31\N{NO-BREAK SPACE}Dec"


def test_a_page_names_goods_plants_and_partners_for_people() -> None:
    shown = page("dairy")

    for words in (
        "Raw hides",
        "Power and repair",
        "Byre and hay barn",
        "common store",
        "left over",
    ):
        assert words in shown
    assert "power_and_repair" not in shown


def test_a_page_needs_no_network_and_prints_on_a4() -> None:
    shown = page("bakery")

    assert not re.search(r'(?:src|href)="(?!#)|url\("(?!data:)', shown)
    assert "@page { size: A4; }" in shown


def test_names_of_users_reach_the_page_as_text() -> None:
    sheet = replace(sheets()[0], title="<b>Farm</b>", lines=(Line("hours", 1.0, "<i>", "<u>"),))

    shown = sheet_page(sheet, BOOKS, TITLES)

    assert "<b>" not in shown
    assert "&lt;b&gt;Farm" in shown
    assert "<u>" not in shown
    assert "<i>" not in shown


def test_partners_that_are_no_workplaces_have_names() -> None:
    assert partner_name("people", {}) == "people"
    assert partner_name("farm", {"farm": "Farm"}) == "Farm"
