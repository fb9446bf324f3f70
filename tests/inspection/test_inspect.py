"""Findings: what they name, what they leave alone, and that they do not depend on form."""

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array, diags_array
from tests.inspection.network import GOODS, Network, network, reports
from tests.inspection.test_rows import MILL, paper

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import catalogue
from sovplan.inspection.inspect import LEVEL, inspect
from sovplan.inspection.signatures import OVER, UNDER
from sovplan.records.documents import Entry, Flag, Report
from sovplan.records.economy import Economy

BAKERY = paper(
    ("opening", "flour", 5), ("received", "flour", 60, "mill"), ("used", "flour", 59),
    ("closing", "flour", 6), by="bakery",
)  # fmt: skip
MADE = ("made", "flour", 97)
SOUND = paper(
    ("opening", "flour", 10), MADE, ("delivered", "flour", 60, "bakery"),
    ("sold", "flour", 25), ("closing", "flour", 22),
)  # fmt: skip


def kinds(flags: Sequence[Flag]) -> list[tuple[str, str]]:
    return [(flag.workplace, flag.kind) for flag in flags]


def told(*rows: tuple[object, ...], by: str = "mill") -> Report:
    """Return the sound report with some rows put in place of those of the same entry."""
    base = SOUND if by == "mill" else BAKERY
    entries = {(e.entry, e.good, e.partner): e for e in base.entries}
    for entry in paper(*rows, by=by).entries:
        entries[entry.entry, entry.good, entry.partner] = entry
    return Report(base.period, by, tuple(entries.values()))


def test_sound_papers_are_left_alone() -> None:
    found = inspect([SOUND, BAKERY])

    assert found.flags == ()
    assert found.of_all.p > 0.5
    assert found.expected_false_flags == pytest.approx(2 * LEVEL)
    assert found.filed_by == "inspectors"


def test_more_delivered_than_received_is_a_question_to_the_supplier() -> None:
    (flag,) = inspect(
        [told(("delivered", "flour", 80, "bakery"), ("made", "flour", 117)), BAKERY]
    ).flags

    assert (flag.workplace, flag.period, flag.kind) == ("mill", "2027-10", "deliveries_padded")
    assert flag.low < 20 < flag.high
    assert flag.score > 10
    assert flag.rows[0] == "2027-10, flour: mill delivered 80, bakery received 60"
    assert flag.alternatives[0].startswith("goods under way on the last day")


def test_less_delivered_than_received_is_named_so() -> None:
    found = inspect([told(("delivered", "flour", 45, "bakery"), ("made", "flour", 82)), BAKERY])

    assert kinds(found.flags) == [("mill", "deliveries_hidden")]


def test_output_that_went_nowhere_is_a_loss_or_padded_output() -> None:
    (flag,) = inspect([told(("made", "flour", 117)), BAKERY]).flags

    assert (flag.workplace, flag.kind) == ("mill", "loss")
    assert "also possible: output above what was made" in flag.alternatives
    assert flag.alternatives[0] == "waste or loss that was not booked"


def test_more_went_out_than_came_in() -> None:
    found = inspect([told(("made", "flour", 77)), BAKERY])

    assert kinds(found.flags) == [("mill", "surplus")]


def test_a_receipt_that_was_not_filed_is_a_missing_paper_and_no_lie_of_the_supplier() -> None:
    bakery = Report(
        BAKERY.period, "bakery", tuple(e for e in BAKERY.entries if e.entry != "received")
    )
    (flag,) = inspect([SOUND, bakery]).flags

    assert (flag.workplace, flag.kind) == ("bakery", "paper_missing")
    assert flag.low < 60 < flag.high


def test_a_receipt_booked_too_high_is_found_at_the_user() -> None:
    found = inspect([SOUND, told(("received", "flour", 90, "mill"), by="bakery")])

    assert kinds(found.flags) == [("bakery", "receipts_padded")]


def test_a_count_shows_stock_that_is_not_there() -> None:
    lied = told(("made", "flour", 117), ("closing", "flour", 42))
    count = Report("2027-10", "inspectors", (Entry("mill", "counted", 22.0, "flour"),))

    assert inspect([lied, BAKERY]).flags == ()
    assert kinds(inspect([lied, BAKERY, count]).flags) == [("mill", "stock_padded")]


def test_a_count_shows_stock_that_is_kept_back() -> None:
    lied = told(("made", "flour", 87), ("closing", "flour", 12))
    count = Report("2027-10", "inspectors", (Entry("mill", "counted", 22.0, "flour"),))

    assert kinds(inspect([lied, BAKERY, count]).flags) == [("mill", "stock_hidden")]


def test_the_close_before_shows_stock_that_came_from_nowhere() -> None:
    before = paper(("made", "flour", 2), ("closing", "flour", 2), period="2027-09")
    (flag,) = inspect([SOUND, BAKERY], previous=[before]).flags

    assert (flag.workplace, flag.kind) == ("mill", "stock_found")
    assert flag.low < 8 < flag.high
    assert flag.rows == ("2027-10, flour of mill: 10 at the opening, 2 at the close before",)


def test_an_opening_that_neither_the_close_before_nor_the_balance_bears_out() -> None:
    before = paper(("made", "flour", 2), ("closing", "flour", 10), period="2027-09")
    (flag,) = inspect([told(("opening", "flour", 40)), BAKERY], previous=[before]).flags

    assert (flag.workplace, flag.kind) == ("mill", "opening_padded")


def test_one_explanation_takes_what_it_explains_from_all_others() -> None:
    rng = np.random.default_rng(4)
    truth = network(rng, 40)
    found = inspect(reports(truth, rng, lie="deliv", size=0.3, liars=(0, 7)), economy=truth.economy)

    assert {flag.workplace for flag in found.flags} == {"plant_0", "plant_7"}
    assert len(found.flags) == 2


def test_a_lie_of_all_months_is_one_finding_of_all_months() -> None:
    rng = np.random.default_rng(4)
    truth = network(rng, 30, 6)
    found = inspect(reports(truth, rng, lie="deliv", size=0.04, liars=(3,)), economy=truth.economy)

    (flag,) = (flag for flag in found.flags if flag.workplace == "plant_3")
    assert (flag.kind, flag.period) == ("deliveries_padded", "2027-01 to 2027-06")
    assert flag.low < 0.04 * truth.made[:, 3].sum() < flag.high
    assert found.expected_false_flags == pytest.approx(LEVEL * 30 * 7)


def test_findings_stand_in_the_order_of_their_strength_and_say_all() -> None:
    rng = np.random.default_rng(4)
    truth = network(rng, 40)
    found = inspect(
        reports(truth, rng, lie="bare", size=0.25, liars=(0, 7, 9)), economy=truth.economy
    )

    scores = [flag.score for flag in found.flags]
    assert scores == sorted(scores, reverse=True)
    for flag in found.flags:
        assert flag.rows
        assert flag.alternatives
        assert 0 <= flag.low <= flag.amount <= flag.high


def test_no_paper_gives_no_finding() -> None:
    for nothing in ((), (Report("2027", "mill", ()),)):
        found = inspect(nothing)
        assert (found.flags, found.blind_spots, found.expected_false_flags) == ((), (), 0.0)
        assert (found.of_all.statistic, found.of_all.degrees, found.of_all.p) == (0.0, 0, 1.0)


def test_a_ring_of_traders_that_make_nothing_can_be_solved() -> None:
    """Its balances and links add up to nothing, so without errors of rows H would be singular."""
    ring = [
        paper(
            ("received", "gold", 7, "ab"[at - 1]),
            ("delivered", "gold", 7, "ab"[at - 1]),
            by="ab"[at],
        )
        for at in (0, 1)
    ]
    found = inspect(ring)

    assert found.flags == ()
    assert found.of_all.p == 1.0


def test_one_piece_too_few_is_found_without_an_endless_score() -> None:
    maker = paper(("made", "engine", 1), ("delivered", "engine", 1, "yard"), by="works")
    yard = paper(("received", "engine", 0, "works"), ("used", "engine", 0), by="yard")
    (flag,) = inspect([maker, yard]).flags

    assert flag.workplace in {"works", "yard"}
    assert 10 < flag.score < 1000


def test_errors_that_are_all_zero_can_be_solved() -> None:
    quiet = dict.fromkeys(
        ("opening", "made", "delivered", "received", "sold", "closing", "used"), 0.0
    )
    found = inspect([SOUND, BAKERY], honest_error=quiet)

    assert found.flags == ()


@pytest.mark.parametrize("level", [0.0, 1.0, -0.1, 2.0])
def test_a_level_that_is_no_chance_is_refused(level: float) -> None:
    with pytest.raises(DataError, match="level is"):
        inspect([SOUND], level=level)


def test_every_kind_of_finding_has_its_words() -> None:
    for kind in {*OVER, *UNDER, "bunching"}:
        assert f"inspection.kind.{kind}" in catalogue()
        assert f"inspection.short.{kind}" in catalogue()


def test_three_hundred_workplaces_take_well_under_a_second() -> None:
    rng = np.random.default_rng(6)
    truth = network(rng, 300)
    papers = reports(truth, rng, lie="deliv", size=0.05, liars=(1, 2, 3))
    assert sum(len(report.entries) for report in papers) > 15 * 300

    start = time.process_time()
    inspect(papers, economy=truth.economy)
    assert time.process_time() - start < 1.0


# ---- form does not matter ------------------------------------------------------------------------


def in_other_units(
    truth: Network, papers: Sequence[Report], factors: Sequence[float]
) -> tuple[Economy, tuple[Report, ...]]:
    """Return the economy and papers with each good counted in another unit."""
    names = truth.economy.goods.names
    factor = dict(zip(names, factors, strict=True))
    techniques = truth.economy.techniques
    scale = diags_array(np.array(factors))
    changed = replace(
        techniques,
        inputs=csr_array(scale @ techniques.inputs),
        outputs=csr_array(scale @ techniques.outputs),
    )
    rewritten = tuple(
        replace(
            report,
            entries=tuple(
                replace(entry, amount=entry.amount * factor[entry.good]) for entry in report.entries
            ),
        )
        for report in papers
    )
    return replace(truth.economy, techniques=changed), rewritten


@cache
def lied() -> tuple[Network, tuple[Report, ...]]:
    rng = np.random.default_rng(8)
    truth = network(rng, 25, 2)
    return truth, reports(truth, rng, lie="deliv", size=0.15, liars=(0, 6), counted=(2,))


@settings(max_examples=12)
@given(powers=st.lists(st.floats(-6, 6), min_size=GOODS + 1, max_size=GOODS + 1))
def test_units_do_not_matter(powers: list[float]) -> None:
    truth, papers = lied()
    factors = [10.0**power for power in powers]
    economy, rewritten = in_other_units(truth, papers, factors)
    plain, other = inspect(papers, economy=truth.economy), inspect(rewritten, economy=economy)

    assert len(plain.flags) >= 2
    assert kinds(other.flags) == kinds(plain.flags)
    assert other.of_all.statistic == pytest.approx(plain.of_all.statistic, rel=1e-6)
    for flag, again in zip(plain.flags, other.flags, strict=True):
        factor = factors[int(flag.workplace.removeprefix("plant_")) % GOODS]
        assert again.score == pytest.approx(flag.score, rel=1e-6)
        assert again.amount == pytest.approx(flag.amount * factor, rel=1e-6)
    assert other.blind_spots == plain.blind_spots


def test_the_order_of_papers_and_rows_does_not_matter() -> None:
    truth, papers = lied()
    shuffled = [
        replace(report, entries=tuple(reversed(report.entries))) for report in reversed(papers)
    ]
    plain, other = inspect(papers, economy=truth.economy), inspect(shuffled, economy=truth.economy)

    assert kinds(other.flags) == kinds(plain.flags)
    assert [flag.score for flag in other.flags] == pytest.approx([f.score for f in plain.flags])


def test_names_do_not_matter() -> None:
    _, papers = lied()
    other = [
        Report(report.period, report.filed_by.upper(), tuple(
            Entry(e.workplace.upper(), e.entry, e.amount, e.good.upper(), e.partner.upper())
            for e in report.entries
        ))
        for report in papers
    ]  # fmt: skip
    named = [(flag.workplace.upper(), flag.kind) for flag in inspect(papers).flags]

    assert kinds(inspect(other).flags) == named


def test_the_same_papers_give_the_same_findings() -> None:
    truth, papers = lied()

    assert inspect(papers, economy=truth.economy) == inspect(papers, economy=truth.economy)


def test_a_mill_that_files_alone_is_judged_by_its_own_balance() -> None:
    found = inspect([MILL])

    assert kinds(found.flags) == []
    assert [spot.workplace for spot in found.blind_spots] == ["bakery", "dairy", "mill"]
