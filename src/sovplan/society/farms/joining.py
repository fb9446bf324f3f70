"""Who joins co-operatives and collective farms, and who is made to: rules R25, R26."""

from sovplan.foundation.engine.rule import rule

MILLION = 1.0e6
SHARES = 65535.0
"""Stored number of a share of one."""


@rule(
    "R25",
    step="renew",
    table="household",
    reads=("log_wealth", "willing", "village.mean", "village.effort", "village.may_leave"),
    institutions=("coop_credit", "machine_supply", "farm_self_rule"),
    parameters=(
        "adopt", "join_machines", "join_credit", "machine_gain", "rule_gain", "leave_from",
        "land_wealth",
    ),
    writes=("willing",),
    source="seeds N08, C11, G08; form of the specification, incomes ours",
    switch="farms.cooperation",
    off={"adopt": 0.0},
)  # fmt: skip
def joining(
    log_wealth: float, willing: float, village_mean: float, village_effort: float,
    village_may_leave: float, coop_credit: float, machine_supply: float, farm_self_rule: float,
    adopt: float, join_machines: float, join_credit: float, machine_gain: float, rule_gain: float,
    leave_from: float, land_wealth: float,
) -> float:  # fmt: skip
    """Return who would be in a collective farm of their own will.

    w' = w + (1 - w) min(1, adopt (gain + 0.5 machines + 0.3 credit)+)
    w' = 0 where gain < -leave_from and leaving is allowed
    gain = machine_gain machines + rule_gain vote + e - 1 - land_wealth z,   e effort in farms
    """
    better = machine_gain * machine_supply + rule_gain * farm_self_rule
    gain = better + village_effort - 1.0 - land_wealth * (log_wealth - village_mean)
    pull = max(gain + join_machines * machine_supply + join_credit * coop_credit, 0.0)
    grown = willing + (1.0 - willing) * min(adopt * pull, 1.0)
    return 0.0 if gain < -leave_from and village_may_leave > 0.0 else grown


@rule(
    "R25",
    step="renew",
    table="household",
    reads=("member", "inside", "entered"),
    institutions=("coop_credit", "machine_supply", "collective_farming"),
    parameters=("coop_join", "coop_leave"),
    writes=("member",),
    source="own after seeds N04, N08; what stations hold is no co-operative's",
    switch="farms.cooperation",
    off={"coop_join": 0.0},
)
def cooperative(
    member: float, inside: float, entered: float, coop_credit: float, machine_supply: float,
    collective_farming: float, coop_join: float, coop_leave: float,
) -> float:  # fmt: skip
    """Return who is in a co-operative of private farms, which a collective farm ends.

    m = M (1 - inside) / (1 - inside + entered), at most 1 - inside
    M' = m + (1 - inside - m) coop_join (credit + machines) - coop_leave (1 - credit) m
    Machines come through co-operatives until stations of the state hold them.
    """
    alone = 1.0 - inside
    kept = min(member * alone / max(alone + entered, 1.0e-9), alone)
    use = coop_credit + machine_supply * (1.0 - collective_farming)
    grown = kept + (alone - kept) * min(coop_join * use, 1.0)
    return max(grown - coop_leave * (1.0 - coop_credit) * kept, 0.0)


# ---- collective farms by region ------------------------------------------------------------------


@rule(
    "R26",
    step="draft",
    table="area",
    reads=("households", "collective", "pressure"),
    writes=("eager", "in_before"),
    source="own; order of regions in the decree of 5 January 1930, recalled",
    switch="farms.pressure",
    off={"pressure": 1.0},
)
def pressed(households: int, collective: float, pressure: float) -> tuple[int, int]:
    """Households outside times the pressure on the region; households inside; in millionths."""
    outside = households * (1.0 - collective)
    return int(outside * pressure * MILLION), int(households * collective * MILLION)


@rule(
    "R26",
    step="draft",
    table="village",
    reads=("collective", "households"),
    writes=("target",),
    source="the country's share, rule R26",
)
def target(collective: float, households: int) -> float:
    """Households in collective farms at the end of the year."""
    return collective * households


@rule(
    "R26",
    step="decide",
    table="area",
    reads=(
        "households", "collective", "eager", "village.eager", "village.in_before", "village.target",
    ),
    writes=("placed", "room"),
    source="own",
)  # fmt: skip
def first_round(
    households: int, collective: float, eager: int, village_eager: int, village_in_before: int,
    village_target: float,
) -> tuple[int, int]:  # fmt: skip
    """Who comes in goes by pressure, up to all; who goes out goes alike everywhere."""
    before = village_in_before / MILLION
    rise = village_target - before
    more = max(rise, 0.0) * eager / max(village_eager, 1)
    kept = min(village_target / max(before, 1.0), 1.0)
    inside = min(households * collective * kept + more, float(households))
    placed = int(inside * MILLION)
    return placed, households * int(MILLION) - placed


@rule(
    "R26",
    step="make",
    table="area",
    reads=(
        "households", "collective", "placed", "room", "willing", "village.room", "village.placed",
        "village.target",
    ),
    writes=("now", "free_rate", "forced_rate", "fresh"),
    source="own",
)  # fmt: skip
def second_round(
    households: int, collective: float, placed: int, room: int, willing: int, village_room: int,
    village_placed: int, village_target: float,
) -> tuple[float, float, float, float]:  # fmt: skip
    """Return households in collective farms, and the rates at which they came in.

    What the first round left over goes to where there is room, so regions sum to the country. Those
    who are willing are in first; others are made to join. `fresh` is the share that is new.
    """
    rest = village_target - village_placed / MILLION
    now = placed / MILLION + rest * room / max(village_room, 1)
    free = willing / SHARES
    all_free = 1.0 if now >= free else now / max(free, 1.0e-9)
    others = max(households - free, 1.0e-9)
    forced = min(max(now - free, 0.0) / others, 1.0)
    return now, all_free, forced, max(now / max(households, 1) - collective, 0.0)


@rule(
    "R26",
    step="renew",
    table="area",
    reads=("now", "households"),
    writes=("collective",),
    source="by definition",
)
def collective_share(now: float, households: int) -> float:
    """Share of households in collective farms."""
    return now / max(households, 1)


@rule(
    "R26",
    step="share",
    table="household",
    reads=("willing", "area.free_rate", "area.forced_rate", "area.fresh"),
    writes=("inside", "freely", "entered"),
    source="by definition",
)
def inside(
    willing: float, area_free_rate: float, area_forced_rate: float, area_fresh: float
) -> tuple[float, float, float]:
    """Inside = w free + (1 - w) forced; what of it is free, and what is new."""
    free = willing * area_free_rate
    share = free + (1.0 - willing) * area_forced_rate
    return share, free, min(area_fresh, share)
