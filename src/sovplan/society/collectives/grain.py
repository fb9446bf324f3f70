"""The grain of collective farms: quota, seed, feed, and what labour days are paid: R20, R22, R27.

    harvest = delivered + seed + feed + paid out

The state comes first, then seed, then feed; members have the rest. Quotas follow papers.
"""

from sovplan.foundation.engine.rule import rule
from sovplan.society.collectives.founding import GRAMS

KILOGRAMS = 1000.0
KOPECKS = 100.0


@rule(
    "R19",
    step="decide",
    table="settlement",
    reads=("crop", "sown", "zone.crop", "zone.harvest", "sector.seed_rate"),
    writes=("harvest", "seed"),
    source="by definition: farms of a region have its harvest",
)
def harvest(
    crop: int, sown: float, zone_crop: int, zone_harvest: float, sector_seed_rate: float
) -> tuple[float, float]:
    """H = H_region claim / claims; seed by area, at most the harvest."""
    reaped = zone_harvest * (crop / max(zone_crop, 1))
    return reaped, min(sector_seed_rate * sown, reaped)


@rule(
    "R22",
    step="decide",
    table="settlement",
    reads=("harvest", "sown", "record", "sector.ordered", "sector.norm"),
    institutions=("quota_base",),
    writes=("base",),
    source="Markevich, Naumenko and Qian 2024 (by past deliveries); decree of April 1940 (by area)",
    switch="collectives.inflexible",
    off={"sector_ordered": 0.0},
)
def quota_base(
    harvest: float, sown: float, record: float, sector_ordered: float, sector_norm: float,
    quota_base: float,
) -> int:  # fmt: skip
    """B = harvest where nothing is ordered, else area ((1 - b) record + b norm).

    A quota sees what was delivered of a hectare in years before, by the farm or (b, base by area)
    by all farms alike; never the harvest of this year. A farm without a record has the norm.
    """
    known = record if record > 0.0 else sector_norm
    planned = sown * ((1.0 - quota_base) * known + quota_base * sector_norm)
    return int((planned if sector_ordered > 0.0 and sector_norm > 0.0 else harvest) * GRAMS)


@rule(
    "R22",
    step="make",
    table="settlement",
    reads=("base", "harvest", "seed", "sector.base", "sector.taken"),
    parameters=("cap_take",),
    writes=("asked", "limit", "over", "room"),
    source="specification of the model, rule R22",
)
def asked(
    base: int, harvest: float, seed: float, sector_base: int, sector_taken: float, cap_take: float
) -> tuple[float, float, int, int]:
    """Quota = taken base / bases; most that can be taken: cap_take (harvest - seed)."""
    quota = sector_taken * (base / max(sector_base, 1))
    limit = cap_take * (harvest - seed)
    return quota, limit, int(max(quota - limit, 0.0) * GRAMS), int(max(limit - quota, 0.0) * GRAMS)


@rule(
    "R22",
    step="share",
    table="settlement",
    reads=("asked", "limit", "room", "herd", "harvest", "seed", "sector.over", "sector.room",
           "sector.feed_rate"),
    writes=("delivered", "feed", "paid"),
    source="own; counter-plans for farms that had met theirs, recalled",
)  # fmt: skip
def delivered(
    asked: float, limit: float, room: int, herd: float, harvest: float, seed: float,
    sector_over: int, sector_room: int, sector_feed_rate: float,
) -> tuple[float, float, float]:  # fmt: skip
    """D = min(quota, limit) + room min(1, over / rooms); feed of the rest, members what remains.

    What some farms cannot give is asked of those who can.
    """
    more = min(sector_over / max(sector_room, 1), 1.0)
    given = min(min(asked, limit) + room / GRAMS * more, harvest - seed)
    rest = harvest - seed - given
    fed = min(sector_feed_rate * herd, rest)
    return given, fed, rest - fed


@rule(
    "R27",
    step="inspect",
    table="settlement",
    reads=("members", "paid", "delivered", "sector.effort", "sector.ordered"),
    institutions=("grain_price",),
    parameters=("labour_days", "farm_grain_price", "quota_price"),
    writes=("days", "day_grain", "money"),
    source="rule R27: members have what is left, by labour days; days and price recalled",
)
def labour_day(
    members: float, paid: float, delivered: float, sector_effort: float, sector_ordered: float,
    grain_price: float, labour_days: float, farm_grain_price: float, quota_price: float,
) -> tuple[float, float, int]:  # fmt: skip
    """Days = members labour_days effort;  pay = paid / days;  money = delivered g p, in kopecks.

    g: price of the state over that of 1925/26, quota_price of it under a quota.
    """
    days = members * labour_days * sector_effort
    level = min(grain_price, 1.0) * (quota_price if sector_ordered > 0.0 else 1.0)
    money = int(delivered * farm_grain_price * level * KOPECKS)
    return days, paid * KILOGRAMS / max(days, 1.0e-9), money


@rule(
    "R22",
    step="renew",
    table="settlement",
    reads=("record", "delivered", "sown", "sector.norm"),
    parameters=("EH_adapt",),
    writes=("record",),
    source="specification of the model, rule R22: E' = (1 - EH_adapt) E + EH_adapt reported",
)
def record(
    record: float,
    delivered: float,
    sown: float,
    sector_norm: float,
    EH_adapt: float,  # noqa: N803
) -> float:
    """E' = (1 - EH_adapt) E + EH_adapt delivered / area; a new farm begins with the norm."""
    before = record if record > 0.0 else sector_norm
    now = delivered / max(sown, 1.0e-9)
    kept = (1.0 - EH_adapt) * before + EH_adapt * now
    return kept if sown > 0.0 else 0.0
