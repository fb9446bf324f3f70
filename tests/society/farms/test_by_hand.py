"""Rules of households worked by hand from the equations of the specification: R24, R25, R26."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovplan.society.farms.joining import cooperative, joining
from sovplan.society.farms.labels import label
from sovplan.society.farms.wealth import fortune

VILLAGE: Mapping[str, float] = {
    "member": 0.4, "inside": 0.25, "entered": 0.2, "village_mean": 0.1, "village_gain": 0.08,
    "village_half": 0.0, "village_tenth": 0.5, "private_hire": 0.4, "land_lease": 0.6,
    "tax_rate": 0.1, "tax_progress": 0.3, "coop_credit": 0.5, "poor_committees": 0.2,
    "compensation": 0.5, "ret_het": 0.25, "ret_w": 0.015, "capture": 0.01, "credit_gain": 0.02,
    "wealth_follow": 0.5, "stock_share": 0.5,
}  # fmt: skip


@pytest.mark.parametrize(
    ("log_wealth", "luck", "gain"),
    [
        # All: 0.5 0.08 + ln(1 - 0.5 0.5 0.2) = 0.04 - 0.0512933; outside are 0.75.
        (0.6, 0.5, -0.0112933 + 0.75 * (0.0045 + 0.008 - 0.015)),  # richest tenth: 0.01 0.8 more
        (0.4, 0.5, -0.0112933 + 0.75 * (0.0027 - 0.009)),  # upper half, below the tenth: no capture
        (-0.4, 0.5, -0.0112933 + 0.02 * 0.5 * 0.4 + 0.75 * (-0.0045 + 0.015)),  # lower half: credit
        (0.4, 0.8413447, -0.0112933 + 0.75 * (0.0027 - 0.009 + 0.25)),  # a shock of one spread
    ],
)
def test_gain_of_wealth_by_hand(log_wealth: float, luck: float, gain: float) -> None:
    found = fortune.law(**VILLAGE, log_wealth=log_wealth, fortune=luck)
    assert found == pytest.approx(gain, abs=2e-6 if luck == 0.5 else 2e-4)


OFFER: Mapping[str, float] = {
    "log_wealth": 0.5, "willing": 0.2, "village_mean": 0.1, "village_effort": 0.9,
    "machine_supply": 0.4, "farm_self_rule": 0.5, "adopt": 0.04, "join_machines": 0.5,
    "join_credit": 0.3, "machine_gain": 0.2, "rule_gain": 0.1, "land_wealth": 0.6,
}  # fmt: skip


@pytest.mark.parametrize(
    ("credit", "leave_from", "may_leave", "willing"),
    [
        # Gain 0.08 + 0.05 + 0.9 - 1 - 0.24 = -0.21; pull -0.21 + 0.2 + 0.3 0.6 = 0.17.
        (0.6, 0.3, 1.0, 0.2 + 0.8 * 0.04 * 0.17),
        (0.0, 0.3, 1.0, 0.2),
        (0.6, 0.2, 0.0, 0.2 + 0.8 * 0.04 * 0.17),
        (0.6, 0.2, 1.0, 0.0),
    ],
)
def test_joining_by_hand(
    credit: float, leave_from: float, may_leave: float, willing: float
) -> None:
    found = joining.law(
        **OFFER, coop_credit=credit, leave_from=leave_from, village_may_leave=may_leave
    )
    assert found == pytest.approx(willing, abs=1e-12)


def test_co_operatives_by_hand() -> None:
    def law(**given: float) -> float:
        usual = {"member": 0.5, "inside": 0.0, "entered": 0.0, "coop_credit": 0.3,
                 "machine_supply": 0.2, "collective_farming": 0.0, "coop_join": 0.1,
                 "coop_leave": 0.05}  # fmt: skip
        return float(cooperative.law(**{**usual, **given}))  # type: ignore[arg-type]

    assert law() == pytest.approx(0.5 + 0.5 * 0.1 * 0.5 - 0.05 * 0.7 * 0.5)
    # Stations are no co-operatives: with collective farming only credit draws.
    assert law(collective_farming=1.0) == pytest.approx(0.5 + 0.5 * 0.1 * 0.3 - 0.05 * 0.7 * 0.5)
    # Of ten members six enter collective farms: half of the four left were members before.
    left = 0.5 * 0.4 / 1.0
    assert law(inside=0.4 + 0.2, entered=0.6, coop_join=0.0, coop_leave=0.0) == pytest.approx(left)
    assert law(member=0.9, inside=0.3) <= 0.7
    assert law(inside=1.0, entered=1.0) == 0.0


ORDER: Mapping[str, float] = {
    "village_label_rich": 0.5, "village_label_middle": 0.1, "area_false_rate": 0.05,
    "exiled_of_labelled": 0.6, "camps_of_labelled": 0.15,
}  # fmt: skip


@pytest.mark.parametrize(
    ("row", "pressed", "lots", "labels"),
    [
        ((100, 0), 1.0, (0.5, 0.5), (15, 9, 2)),  # 0.15 of 100; of 15, 9 and, with these, 11.25
        ((100, 0), 0.0, (0.5, 0.6), (10, 6, 2)),  # nobody is labelled for unrest; 7.5 and 0.6 is 8
        ((100, 1), 1.0, (0.5, 0.5), (55, 33, 8)),
        ((1, 1), 1.0, (0.5, 0.5), (1, 1, 0)),  # one who is exiled is not arrested besides
        ((1, 1), 1.0, (0.5, 0.3), (1, 0, 1)),
        ((1, 1), 1.0, (0.5, 0.2), (1, 0, 0)),
    ],
)
def test_labels_by_hand(
    row: tuple[int, int], pressed: float, lots: tuple[float, float], labels: tuple[int, ...]
) -> None:
    found = label.law(
        **ORDER, weight=row[0], is_rich=row[1], village_label_on=pressed, labelling=lots[0],
        exiling=lots[1],
    )  # fmt: skip
    assert found == labels


@pytest.mark.parametrize("weight", [1, 3, 100])
def test_over_all_lots_the_shares_are_kept(weight: int) -> None:
    lots = [(each + 0.5) / 2000 for each in range(2000)]
    taken = [
        label.law(
            weight=weight, is_rich=1, village_label_rich=1.0, village_label_middle=0.0,
            area_false_rate=0.0, village_label_on=1.0, exiled_of_labelled=0.6,
            camps_of_labelled=0.15, labelling=0.5, exiling=lot,
        )
        for lot in lots
    ]  # fmt: skip
    named, exiled, arrested = (sum(column) for column in zip(*taken, strict=True))

    assert exiled / named == pytest.approx(0.6, abs=1e-3)
    assert arrested / named == pytest.approx(0.15, abs=1e-3)


@given(st.integers(0, 50), st.floats(0.0, 1.0), st.floats(0.0, 1.0), *[st.floats(0.0, 0.999)] * 2)
def test_nobody_is_exiled_and_arrested(
    weight: int, exiled: float, camped: float, one: float, two: float
) -> None:
    named, away, arrested = label.law(  # type: ignore[misc]
        weight=weight, is_rich=1, village_label_rich=0.7, village_label_middle=0.0,
        area_false_rate=0.6, village_label_on=1.0, exiled_of_labelled=exiled,
        camps_of_labelled=camped, labelling=one, exiling=two,
    )  # fmt: skip
    assert min(away, arrested) >= 0
    assert away + arrested <= named <= weight
