"""Whether rows can stand for the people of a run: told before any of them lives."""

from collections.abc import Sequence
from typing import Final

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.society.farms.start import households_of
from sovplan.society.layers import Setting
from sovplan.society.nation.year import Quarter
from sovplan.society.persons.handed import persons
from sovplan.society.persons.tables import PLACES

ROOM: Final = 2
"""Households that a row stands for at least: households divide, and rows with them."""
_LAST: Final = 4


def check_peopled(regime: str, setting: Setting, books: Sequence[Quarter]) -> None:
    """Do nothing if rows can follow the people of a run.

    Parameters
    ----------
    regime
        Name of the regime, for the message.
    setting
        What rows are made with.
    books
        Quarters of the years that rows live.

    Raises
    ------
    DataError
        In some year the village or the towns die out, so that fewer outlive it than are born in it,
        or fewer households are left than rows need. Values may each lie within their ranges and
        together leave nobody.
    """
    least = ROOM * setting.households
    for each in books:
        if each.quarter != _LAST:
            continue
        now, at = each.nation, f"{regime}, {each.year}"
        for place in PLACES:
            born = persons(now[f"births_{place}"])
            left = persons(now[place]) - born
            if left < max(born, 1):
                where = say(f"country.place.{place}")
                raise DataError(say("country.dies_out", at=at, place=where, found=left, born=born))
        found = households_of(now["village"], setting.parameters["household"])
        if found < least:
            rows = setting.households
            text = say("country.few_left", at=at, found=found, rows=rows, least=least)
            raise DataError(text)
