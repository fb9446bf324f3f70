import numpy as np
import pytest
from tests.records.federation import BOOKS, PLACES, said, surveys

from sovplan.records.contradictions import Contradiction, possible_activity
from sovplan.records.survey import Survey, SurveyRow, merged


def found(*papers: Survey) -> list[Contradiction]:
    return list(merged(BOOKS, PLACES, papers)[1])


def holds(workplace: str, good: str, amount: float) -> Survey:
    return said(workplace, SurveyRow("stock", amount, name=good))


def has(workplace: str, plant: str, amount: float) -> Survey:
    return said(workplace, SurveyRow("capacity", amount, name=plant))


def wants(amount: float, good: str, kind: str = "want") -> Survey:
    return said("consumers", SurveyRow(kind, amount, name=good))


def test_both_sides_are_named_with_their_amounts() -> None:
    by_name = {one.name: one for one in merged(BOOKS, PLACES, surveys())[1]}

    hall, leather, housing = by_name["hall"], by_name["leather"], by_name["housing"]
    assert (hall.kind, hall.supplier, hall.user) == ("capacity", "carpentry", "shoe_workshop")
    assert (hall.supplier_amount, hall.user_amount, hall.most) == (14.0, 14.0, 14.0)
    assert (leather.kind, leather.supplier, leather.user) == ("stock", "shoe_workshop", "carpentry")
    assert (housing.kind, housing.supplier, housing.user) == ("want", "building_crew", "consumers")
    assert (housing.supplier_amount, housing.user_amount) == (6050.0, 6400.0)
    for one in by_name.values():
        assert one.supplier in str(one)
        assert one.user in str(one)


def test_the_corrected_surveys_contradict_nothing() -> None:
    corrected = {paper.workplace: paper for paper in surveys("federation-12-corrected")}
    papers = [corrected.get(paper.workplace, paper) for paper in surveys()]

    assert found(*papers) == []


def test_a_plant_that_two_have_between_them_is_no_contradiction() -> None:
    assert found(has("carpentry", "hall", 8.0), has("shoe_workshop", "hall", 6.0)) == []


def test_a_plant_that_one_counts_for_all_is_found_by_the_excess() -> None:
    (one,) = found(has("carpentry", "hall", 14.0), has("shoe_workshop", "hall", 6.0))

    assert (one.supplier, one.user, one.user_amount) == ("carpentry", "shoe_workshop", 6.0)


def test_two_who_say_the_same_and_not_the_books_are_found() -> None:
    """12 and 12 places where the books know 14: neither is what the total has too much."""
    (one,) = found(has("carpentry", "hall", 12.0), has("shoe_workshop", "hall", 12.0))

    assert {one.supplier, one.user} == {"carpentry", "shoe_workshop"}
    (leather,) = found(holds("carpentry", "leather", 20.0), holds("shoe_workshop", "leather", 20.0))
    assert (leather.supplier, leather.most) == ("shoe_workshop", 30.0)


def test_a_plant_cannot_be_larger_in_parts_than_as_a_whole_but_a_count_may_find_more() -> None:
    """13 and 7 places where the books know 14: neither amount is the excess of 6."""
    (one,) = found(has("carpentry", "hall", 13.0), has("shoe_workshop", "hall", 7.0))

    assert (one.supplier_amount, one.user_amount) == (13.0, 7.0)
    assert found(holds("carpentry", "leather", 23.0), holds("shoe_workshop", "leather", 14.0)) == []


def test_more_than_the_books_by_one_alone_is_news_and_no_contradiction() -> None:
    assert found(has("carpentry", "hall", 20.0)) == []
    assert found(holds("farm", "grain", 20.0)) == []


def test_a_little_more_than_the_books_is_counting() -> None:
    assert found(holds("farm", "grain", 4.2), holds("grain_mill", "grain", 4.2)) == []


def test_delivered_stock_counted_twice_names_the_maker_first() -> None:
    (one,) = found(holds("grain_mill", "grain", 8.0), holds("farm", "grain", 8.0))

    assert (one.supplier, one.user, one.most) == ("farm", "grain_mill", 8.0)


def test_works_counted_twice_are_found() -> None:
    row = SurveyRow("under_construction", 24.0, name="panels")

    (one,) = found(said("building_crew", row), said("power_and_repair", row))

    assert (one.kind, one.name, one.most) == ("works", "panels", 24.0)


def test_a_norm_that_the_only_suppliers_can_never_feed_is_found() -> None:
    """Buildings are not traded: 180 m2 a year at most."""
    (one,) = found(said("bakery", SurveyRow("norm_input", 10.0, "bakery", "buildings")))

    assert (one.kind, one.supplier, one.user) == ("need", "building_crew", "bakery")
    assert (one.supplier_amount, one.user_amount, one.most) == (180.0, 210.0, 180.0)


def test_a_good_that_can_be_bought_without_limit_is_never_short() -> None:
    assert found(said("bakery", SurveyRow("norm_input", 1e6, "bakery", "electricity"))) == []
    assert found(wants(1e6, "bread")) == []


@pytest.mark.parametrize("kind", ["want", "floor"])
def test_wants_count_against_public_uses_and_all_that_can_be_made(kind: str) -> None:
    """Care: 21,120 hours of labour and a capacity of 22,500; 12,200 hours are public."""
    assert found(wants(9900.0, "care", kind)) == []

    (one,) = found(wants(10_000.0, "care", kind))

    assert one.kind == kind
    assert one.most == pytest.approx(21_120.0)


def test_what_can_be_made_is_bounded_by_plants_hours_and_resources() -> None:
    most = dict(zip(BOOKS.techniques.names, possible_activity(BOOKS).tolist(), strict=True))

    assert most["farm_vegetables"] == 2.6
    assert most["farm_grain"] == pytest.approx(13 / 1.25)
    assert most["care_house"] == 21_120.0
    assert all(map(np.isfinite, most.values()))
