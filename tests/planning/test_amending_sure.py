"""How certain a cost is: costed draw by draw, and nothing where nothing is drawn."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.planning.amended import lowered, raised

from sovplan.foundation.errors import DataError
from sovplan.history.economies import folder_path, read_aims, read_economy_folder
from sovplan.planning.amending.ground import ground_of
from sovplan.planning.amending.sheet import sheet_of
from sovplan.planning.amending.sure import certainties
from sovplan.planning.drawn import drawn_folders
from sovplan.planning.draws import Luck
from sovplan.records.aims import Aims
from sovplan.records.amendments import Amendment, Amendments
from sovplan.records.assembly import economy_of
from sovplan.records.costing import Costing
from sovplan.records.folder import Folder
from sovplan.records.returns import Returns
from sovplan.records.schema import SCHEMAS


def costing(folder: Folder, aims: Aims, amendment: Amendment) -> Costing:
    """Return what the sheet of an economy says."""
    ground = ground_of(Returns(economy_of(folder)), aims)
    sheet, _ = sheet_of(ground, Amendments("test", (amendment,)))
    return sheet.costings[0]


def fixed(folder: Folder) -> Folder:
    """Return an economy whose every amount is known exactly, and in which nothing wears."""
    for name, table in folder.tables.items():
        own = table
        amount = SCHEMAS[name].amount if name in SCHEMAS else ""
        if amount in table.columns:
            exact = table.numbers(amount)
            own = own.with_column("low", exact).with_column("high", exact)
        if "wear" in table.columns:
            own = own.with_column("wear", np.zeros(len(table)))
        folder = folder.with_table(own)
    return folder


@settings(max_examples=5, deadline=None)
@given(st.sampled_from(["tools", "grain"]), st.floats(0.5, 12.0), st.integers(0, 99))
def test_each_draw_costs_what_its_own_sheet_says(good: str, by: float, seed: int) -> None:
    folder, amendment = read_economy_folder("two-goods"), raised(good, by)

    (found,) = certainties(folder, Aims(), [amendment], 3, seed)

    sheets = [
        costing(own, Aims(), amendment) for own in drawn_folders(folder, Luck(seed, (0, 1, 2)))
    ]
    assert found.planned == found.draws == 3
    assert found.theta[1] == pytest.approx(np.median([one.theta for one in sheets]), abs=1e-6)
    whole = [one.price for one in sheets if one.theta >= 1]
    assert found.whole[0] == pytest.approx(len(whole) / 3)
    costs = [price.aim for price in whole if price is not None]
    hours = [price.hours for price in whole if price is not None]
    assert len(found.aim) == (3 if costs else 0)
    if costs:
        assert found.aim == pytest.approx(np.quantile(costs, (0.05, 0.5, 0.95)), abs=1e-9)
        assert found.hours == pytest.approx(np.quantile(hours, (0.05, 0.5, 0.95)), rel=1e-6)


def test_where_every_number_is_known_the_cost_is_certain() -> None:
    folder, amendment = fixed(read_economy_folder("two-goods")), raised("tools", 10)

    (found,) = certainties(folder, Aims(), [amendment], 4)

    price = costing(folder, Aims(), amendment).price
    assert price is not None
    assert found.aim == pytest.approx((price.aim,) * 3)
    assert found.hours == pytest.approx((price.hours,) * 3)


def test_draws_without_a_plan_count_as_not_met_and_several_share_their_draws() -> None:
    folder = read_economy_folder("federation-12")
    economy = economy_of(folder)
    aims = read_aims("homes-first", economy, folder_path("federation-12"))
    aims = aims.over(aims.horizon)

    shoes, care = certainties(folder, aims, [raised("shoes", 5), lowered("care", 1)], 12)

    assert 0 < shoes.planned == care.planned < 12
    assert shoes.whole[0] <= shoes.planned / 12
    assert shoes.theta[0] == 0.0
    assert shoes.aim[0] > 0
    # Lowering gives something back, or nothing.
    assert care.aim == () or care.aim[2] <= 1e-9


@pytest.mark.parametrize("draws", [0, 10_001])
def test_a_number_of_draws_that_makes_no_sense_is_refused(draws: int) -> None:
    with pytest.raises(DataError):
        certainties(read_economy_folder("two-goods"), Aims(), [raised("tools", 1)], draws)
