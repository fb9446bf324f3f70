"""Who is in a collective farm, which settlements have one, what land and animals it has: R25, R26.

Shares of regions are those of the village, which households have made; here they become farms.
"""

from sovplan.foundation.engine.functions import exp
from sovplan.foundation.engine.rule import rule
from sovplan.society.normal import normal

CLAIM = 1000.0
GRAMS = 1.0e6
"""Grams in a tonne."""


@rule(
    "R26",
    step="survey",
    table="settlement",
    reads=("size", "width", "low", "soil", "farms", "zone.households", "zone.inside"),
    institutions=("collective_farming", "kolkhoz_size"),
    parameters=("farm_size", "nucleus"),
    writes=("farms", "households", "members", "founded", "ended", "land"),
    source="own; sizes of farms are counted (series kolkhoz_size) and given, not found",
)
def gathered(
    size: float, width: float, low: float, soil: float, farms: float, zone_households: float,
    zone_inside: float, collective_farming: float, kolkhoz_size: float, farm_size: float,
    nucleus: float,
) -> tuple[float, float, float, float, float, int]:  # fmt: skip
    """Return farms, households and members; in a drive whole settlements join, in their order.

    free    members = s households,  farms = members / nucleus, one a settlement at most
    driven  part c = (s - low) / width within 0 and 1;  members = c households
            farms = members / (kolkhoz_size size): the size that farms had by then
    settlements = households / (farm_size size);  s: share of the region;  claim: members soil

    The order holds for ever: who was pressed last is the first to leave. So members of a region are
    those of the village, whatever the sizes. Farms that grow end others: they were joined.
    """
    households = width * zone_households
    share = zone_inside / max(zone_households, 1.0)
    part = min(max((share - low) / width, 0.0), 1.0)
    members = households * (part if collective_farming > 0.0 else share)
    whole = members / (kolkhoz_size * size)
    small = min(members / nucleus, households / (farm_size * size))
    now = whole if collective_farming > 0.0 else small
    claim = int(members * soil * CLAIM)
    return now, households, members, max(now - farms, 0.0), max(farms - now, 0.0), claim


@rule(
    "R19",
    step="draft",
    table="settlement",
    reads=(
        "members", "land", "zone.land", "zone.sown", "zone.inside", "zone.herd",
    ),
    parameters=("farm_luck",),
    draws=("field",),
    writes=("sown", "herd", "crop"),
    source="own: land by soil, yields by luck; no book of farms is known here",
    switch="collectives.luck",
    off={"farm_luck": 0.0},
)  # fmt: skip
def fields(
    members: float, land: int, zone_land: int, zone_sown: float, zone_inside: float,
    zone_herd: float, farm_luck: float, field: float,
) -> tuple[float, float, int]:  # fmt: skip
    """Area by claims on land, animals by members, claim on the harvest: area exp(farm_luck n)."""
    sown = zone_sown * (land / max(zone_land, 1))
    herd = zone_herd * (members / max(zone_inside, 1.0e-9))
    return sown, herd, int(sown * exp(farm_luck * normal(field)) * GRAMS)
