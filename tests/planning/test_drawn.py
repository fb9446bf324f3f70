"""Economies as drawn: the same as `deviations` draws them, and fit to be planned for."""

from dataclasses import fields

import numpy as np
import pytest

from sovplan.history.economies import read_economy_folder
from sovplan.planning.deviations import Deviations, as_declared, deviations
from sovplan.planning.drawn import drawn_folders
from sovplan.planning.draws import Luck
from sovplan.records.aims import Aims
from sovplan.records.assembly import economy_of
from sovplan.records.calendar import calendar_of

ARRAYS = [one.name for one in fields(Deviations) if one.name not in {"ranged", "spread"}]


@pytest.mark.parametrize("name", ["two-goods", "federation-12", "brazil-2021", "ussr-1928"])
def test_a_drawn_folder_is_the_economy_that_a_plan_is_shaken_by(name: str) -> None:
    folder = read_economy_folder(name)
    declared, luck = economy_of(folder), Luck(3, (0, 4, 11))
    calendar = calendar_of(declared, Aims(years=3))
    shaken = deviations(declared, folder, calendar, luck)

    for draw, own in enumerate(drawn_folders(folder, luck)):
        economy = economy_of(own)
        found = as_declared(economy, calendar_of(economy, Aims(years=3)))

        for array in ARRAYS:
            wanted = getattr(shaken, array)[..., draw]
            if array == "export_price":
                # Never sold for as much as bought; the other prices are those of the draw.
                crossed = wanted >= shaken.import_price[..., draw]
                crossed &= shaken.import_price[..., draw] > 0
                wanted = np.where(crossed, 0.999999 * shaken.import_price[..., draw], wanted)
            np.testing.assert_allclose(getattr(found, array)[..., 0], wanted, rtol=1e-12)


def test_needs_and_what_has_no_number_stay_as_they_are() -> None:
    folder = read_economy_folder("ussr-1928")

    (own,) = drawn_folders(folder, Luck(1, (5,)))

    for name in ("target", "floor", "public"):
        np.testing.assert_array_equal(
            own.table("needs.csv").numbers(name), folder.table("needs.csv").numbers(name)
        )
    for name in ("import_price", "stock"):
        before, after = (one.table("goods.csv").numbers(name) for one in (folder, own))
        np.testing.assert_array_equal(np.isnan(before), np.isnan(after))
        assert (before[before > 0] != after[before > 0]).any()
    assert own.settings["least_investment"] == folder.settings["least_investment"]
    assert own.settings["growth_limits"]["most"] != folder.settings["growth_limits"]["most"]
    assert folder.settings == read_economy_folder("ussr-1928").settings


def test_a_draw_is_the_same_whichever_others_are_asked_for() -> None:
    folder = read_economy_folder("federation-12")
    some, alone = drawn_folders(folder, Luck(1, (2, 9))), drawn_folders(folder, Luck(1, (9,)))

    (_, last), (single,) = some, alone

    np.testing.assert_array_equal(
        last.table("flows.csv").numbers("amount"), single.table("flows.csv").numbers("amount")
    )
