"""The first day of a scenario."""

from dataclasses import replace

import numpy as np

from sovplan.foundation.shapes import GoodsVector
from sovplan.records.economy import Economy
from sovplan.records.institutions import Institutions
from sovplan.records.renewal import lengthened
from sovplan.records.scenario import Scenario
from sovplan.society.life import society_of, world_of
from sovplan.society.people import Society
from sovplan.world.state import World


def given_economy(economy: Economy, scenario: Scenario) -> Economy:
    """Return the economy of a scenario: with its limits of imports, and series that go on.

    The most that can be imported of a good is the lesser of what economy and scenario state. Series
    of hours and needs with more than one row grow by `growth` a year after their last row.
    """
    goods = economy.goods
    caps = np.array([scenario.imports.get(name, np.inf) for name in goods.names])
    limited = replace(economy, goods=replace(goods, import_cap=np.minimum(goods.import_cap, caps)))
    last = economy.first_year + scenario.years + _AHEAD
    return lengthened(limited, last, scenario.growth)


_AHEAD = 15
"""Years that a draft may look beyond the last year that is run (by definition: the most that
`plan_years` can be)."""


def opened(
    economy: Economy,
    scenario: Scenario,
    institutions: Institutions,
    prices: GoodsVector,
    seed: int,
) -> tuple[World, Society]:
    """Return the world and its people on the first day.

    Parameters
    ----------
    economy
        As given by `given_economy`.
    institutions
        In force in the first year.
    prices
        What a unit of each good costs in hours on the first day.
    seed
        Root of the luck.
    """
    world = world_of(economy, scenario, seed)
    return world, society_of(world, scenario, institutions, prices, seed)
