"""What the books cannot show, and what would show it."""

import numpy as np
from tests.inspection.network import network, reports
from tests.inspection.test_rows import paper

from sovplan.inspection.blind import best_measurement, unseen
from sovplan.inspection.inspect import inspect
from sovplan.records.documents import BlindSpot, Entry, Report

MILL = paper(
    ("opening", "flour", 10), ("made", "flour", 97), ("delivered", "flour", 60, "bakery"),
    ("sold", "flour", 25), ("closing", "flour", 22),
)  # fmt: skip
BAKERY = paper(("received", "flour", 60, "mill"), ("used", "flour", 60), by="bakery")


def kinds(*papers: Report) -> dict[str, tuple[str, ...]]:
    return {spot.workplace: spot.kinds for spot in inspect(papers).blind_spots}


def test_a_lie_booked_as_own_stock_or_sale_cannot_be_seen() -> None:
    assert kinds(MILL, BAKERY)["mill"] == ("sales_padded", "stock_padded", "loss or output_padded")


def test_a_count_opens_the_store() -> None:
    count = Report("2027-10", "inspectors", (Entry("mill", "counted", 22.0, "flour"),))

    assert kinds(MILL, BAKERY, count)["mill"] == ("sales_padded", "loss or output_padded")


def test_without_the_users_paper_deliveries_cannot_be_seen_either() -> None:
    found = kinds(MILL)

    assert "deliveries_padded" in found["mill"]
    assert found["bakery"] == ("no_papers",)


def test_shares_that_add_up_to_one_but_for_rounding_hide_nothing() -> None:
    sent = [
        ("delivered", "flour", amount, f"shop_{amount}") for amount in (0.1, 0.2, 0.3, 0.7, 1.9)
    ]
    mill = paper(("made", "flour", 3.2), *sent)

    assert "deliveries_padded" in kinds(mill)["mill"]


def test_norms_show_what_balances_hide_and_do_not_tell_sales_from_stock() -> None:
    rng = np.random.default_rng(1)
    truth = network(rng, 20)
    found = {
        spot.workplace: spot.kinds
        for spot in inspect(reports(truth, rng), economy=truth.economy).blind_spots
    }

    assert set(found.values()) == {("sales_padded or stock_padded",)}


def test_consumers_and_trade_need_no_papers() -> None:
    shop = paper(("received", "bread", 9, "outside"), ("sold", "bread", 9), by="shop")
    mill = paper(("made", "flour", 9), ("delivered", "flour", 9, "people"))

    assert {place for place, found in kinds(shop, mill).items() if found == ("no_papers",)} == set()


def test_the_best_measurement_is_the_one_that_opens_most_places() -> None:
    spots = (
        BlindSpot("a", ("stock_padded", "sales_padded")),
        BlindSpot("b", ("stock_padded", "loss or output_padded")),
        BlindSpot("c", ("loss or output_padded",)),
    )

    assert best_measurement(spots) == "counts of stores, by lot, which would mend 2"
    assert unseen(spots) == 2
    assert best_measurement(spots[2:]) == ""
    assert unseen(spots[2:]) == 0
