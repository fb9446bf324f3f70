import pytest
from tests.report import drafts

from sovplan.foundation.words import catalogue
from sovplan.planning.labels import _BOUNDS
from sovplan.report.wording import first_sentences, label_of, limit_name, scaled_price


@pytest.mark.parametrize(
    ("price", "good", "hours", "found"),
    [
        (955.0, "million tonnes", "million hours", (955.0, "hours", "tonnes")),
        (24.5, "thousand", "million hours", (24500.0, "hours", "")),
        (24.5, "thousand pieces", "million hours", (24500.0, "hours", "pieces")),
        (2.0, "1000 euro", "hours", (2.0, "hours", "1000 euro")),
        (2.0, "thousand euro", "hours", (2.0, "hours", "thousand euro")),
        (2.0, "1000 euro", "million hours", (2000.0, "hours", "euro")),
        (0.2, "million kronor", "thousand hours", (0.2, "thousand hours", "million kronor")),
        (7.0, "", "million hours", (7.0, "million hours", "")),
        (7.0, "loaves", "hours", (7.0, "hours", "loaves")),
    ],
)
def test_a_price_loses_the_thousands_that_both_its_units_have(
    price: float, good: str, hours: str, found: tuple[float, str, str]
) -> None:
    assert scaled_price(price, good, hours) == found


@pytest.mark.parametrize(
    ("title", "notes", "label"),
    [
        ("A land (own construction)", "", "Own construction"),
        ("A land", "Our own construction, not a table.", "Own construction"),
        ("A land (invented)", "", "Invented example"),
        ("A land", "An example written by us.", "Invented example"),
        ("A land", "From the tables of the statistical office.", ""),
        ("A land of exampleton", "", ""),
    ],
)
def test_an_economy_is_labelled_by_what_it_says_of_itself(
    title: str, notes: str, label: str
) -> None:
    assert label_of(drafts.built(drafts.village(), title=title, notes=notes)) == label


def test_sentences_end_at_their_marks_and_not_at_points_of_names() -> None:
    assert first_sentences("See README.md first. Then 1.5 tonnes. Third.", 2) == (
        "See README.md first. Then 1.5 tonnes."
    )


def test_every_kind_of_limit_has_a_name_in_the_book() -> None:
    limits = {key.split(".")[2] for key in catalogue() if key.startswith("planning.limit.")}

    assert limits >= set(_BOUNDS.values())
    for kind in limits:
        assert f"report.kind.{kind}" in catalogue()
        assert f"planning.thing.{kind}" in catalogue()


def test_money_has_no_good_to_be_named_after() -> None:
    draft = drafts.embedded("federation")

    trade = [b.limit for b in draft.bindings if b.limit.kind == "trade"]
    assert {limit_name(draft, limit) for limit in trade} == {"foreign money"}
