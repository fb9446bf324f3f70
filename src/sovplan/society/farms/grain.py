"""Grain, animals and hunger of households: rules R20, R21, R23."""

from sovplan.foundation.engine.rule import rule
from sovplan.society.farms.tables import ENTREPRENEUR, MIDDLE

KILOGRAMS = 1.0e9
"""Kilograms in a million tonnes."""
UNITS = 1.0e6
"""Heads in a million."""


@rule(
    "R21",
    step="share",
    table="household",
    reads=(
        "land", "stratum", "area.land", "place.harvest", "village.crop", "village.seed",
        "village.feed_need", "village.people", "village.households",
    ),
    parameters=("food_norm",),
    writes=("harvest", "surplus", "rich_surplus", "middle_surplus"),
    source="own",
)  # fmt: skip
def surplus(
    land: int, stratum: int, area_land: int, place_harvest: float, village_crop: float,
    village_seed: float, village_feed_need: float, village_people: float, village_households: int,
    food_norm: float,
) -> tuple[float, int, int, int]:  # fmt: skip
    """Harvest by land; surplus = harvest - seed - feed - food at the norm, not below 0."""
    harvest = place_harvest * KILOGRAMS * land / max(area_land, 1)
    kept = harvest * (1.0 - (village_seed + village_feed_need) / village_crop)
    members = village_people * UNITS / max(village_households, 1)
    beyond = int(max(kept - members * food_norm, 0.0) * 1000.0)
    middle = beyond if stratum == MIDDLE else 0
    return harvest, beyond, beyond if stratum == ENTREPRENEUR else 0, middle


@rule(
    "R21",
    step="inspect",
    table="group",
    reads=(
        "code", "village.surplus", "village.rich_surplus", "village.middle_surplus",
        "village.offered", "village.withheld",
    ),
    parameters=("hold_kulak",),
    writes=("hold",),
    source="rule R21; Nemchinov's table of 1926/27 beside it, contested by Karcz 1967",
    switch="farms.holding",
    off={"hold_kulak": 1.0},
)  # fmt: skip
def holding(
    code: int, village_surplus: int, village_rich_surplus: int, village_middle_surplus: int,
    village_offered: float, village_withheld: float, hold_kulak: float,
) -> float:  # fmt: skip
    """Share of a tonne offered that is withheld, h: entrepreneurs 2 h, poor and proletarians 0.

    The middle holds what is left, so that strata sum to what the country withholds, which can be
    more than the offer of a year: grain of years before. Before strata are cut all hold alike.
    """
    mean = village_withheld / max(village_offered, 1.0e-9)
    most = mean * village_surplus / max(village_rich_surplus, 1)
    rich = min(hold_kulak * mean, max(mean, 1.0), most)
    rest = max(mean * village_surplus - rich * village_rich_surplus, 0.0)
    middle = rest / max(village_middle_surplus, 1)
    known = rich if code == ENTREPRENEUR else middle if code == MIDDLE else 0.0
    return mean if code > ENTREPRENEUR else known


@rule(
    "R21",
    step="inspect",
    table="household",
    reads=("surplus", "group.hold", "village.surplus", "village.offered"),
    writes=("sold", "held"),
    source="rule R21",
)
def held(
    surplus: int, group_hold: float, village_surplus: int, village_offered: float
) -> tuple[float, float]:
    """Grain offered by surplus, kilograms, and what of it is withheld."""
    offered = village_offered * KILOGRAMS * surplus / max(village_surplus, 1)
    return offered, offered * group_hold


@rule(
    "R23",
    step="share",
    table="household",
    reads=(
        "stock", "loth", "village.stock", "village.loth", "village.herd", "village.horses",
        "village.killed",
    ),
    writes=("herd", "horses", "killed"),
    source="rule R23: the country's animals, shared out; who joins freely does not kill (ours)",
)  # fmt: skip
def animals(
    stock: int, loth: int, village_stock: int, village_loth: int, village_herd: float,
    village_horses: float, village_killed: float,
) -> tuple[float, float, float]:  # fmt: skip
    """Herd and horses by the animals of the household; killed by those of who would not join."""
    part = UNITS * stock / max(village_stock, 1)
    killed = village_killed * UNITS * loth / max(village_loth, 1)
    return village_herd * part, village_horses * part, killed


@rule(
    "R20",
    step="inspect",
    table="household",
    reads=(
        "land", "area.land", "area.households", "area.collective", "place.food", "village.people",
        "village.households",
    ),
    parameters=("food_own", "c_star"),
    writes=("food", "hungry"),
    source="own",
    switch="farms.own_bread",
    off={"food_own": 0.0},
)  # fmt: skip
def bread(
    land: int, area_land: int, area_households: int, area_collective: float, place_food: float,
    village_people: float, village_households: int, food_own: float, c_star: float,
) -> tuple[float, int]:  # fmt: skip
    """Food = region's food [ (1 - k) / households + k land / all land ], k = food_own (1 - C)."""
    own = food_own * (1.0 - area_collective)
    part = (1.0 - own) / max(area_households, 1) + own * land / max(area_land, 1)
    food = place_food * KILOGRAMS * part
    members = village_people * UNITS / max(village_households, 1)
    return food, 1 if food < c_star * members else 0
