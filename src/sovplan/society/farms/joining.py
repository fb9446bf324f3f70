"""Who joins, who is made to join, who is labelled: rules R25, R26, R39."""

from sovplan.foundation.engine.functions import exp
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
        gain = ln(income there / own) = machine_gain machines + rule_gain vote + ln e - land_wealth z
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
    reads=("member",),
    institutions=("coop_credit", "machine_supply"),
    parameters=("coop_join",),
    writes=("member",),
    source="own after seeds N04, N08",
    switch="farms.cooperation",
    off={"coop_join": 0.0},
)
def cooperative(
    member: float, coop_credit: float, machine_supply: float, coop_join: float
) -> float:
    """M' = m + (1 - m) coop_join (credit + machines)."""
    return member + (1.0 - member) * min(coop_join * (coop_credit + machine_supply), 1.0)


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
    writes=("first", "placed", "room"),
    source="own",
)  # fmt: skip
def first_round(
    households: int, collective: float, eager: int, village_eager: int, village_in_before: int,
    village_target: float,
) -> tuple[float, int, int]:  # fmt: skip
    """Who comes in goes by pressure, up to all; who goes out goes alike everywhere."""
    before = village_in_before / MILLION
    rise = village_target - before
    more = max(rise, 0.0) * eager / max(village_eager, 1)
    kept = min(village_target / max(before, 1.0), 1.0)
    inside = min(households * collective * kept + more, float(households))
    return inside, int(inside * MILLION), int((households - inside) * MILLION)


@rule(
    "R26",
    step="make",
    table="area",
    reads=(
        "households", "collective", "first", "room", "willing", "village.room", "village.placed",
        "village.target",
    ),
    writes=("now", "free_rate", "forced_rate", "fresh"),
    source="own",
)  # fmt: skip
def second_round(
    households: int, collective: float, first: float, room: int, willing: int, village_room: int,
    village_placed: int, village_target: float,
) -> tuple[float, float, float, float]:  # fmt: skip
    """Return households in collective farms, and the rates at which they came in.

    What the first round left over goes to where there is room, so regions sum to the country. Those
    who are willing are in first; others are made to join. `fresh` is the share that is new.
    """
    rest = village_target - village_placed / MILLION
    now = first + rest * room / max(village_room, 1)
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
    writes=("inside", "entered"),
    source="by definition",
)
def inside(
    willing: float, area_free_rate: float, area_forced_rate: float, area_fresh: float
) -> tuple[float, float]:
    """Inside = w free + (1 - w) forced; what is new of it."""
    share = willing * area_free_rate + (1.0 - willing) * area_forced_rate
    return share, min(area_fresh, share)


# ---- unrest and labels ---------------------------------------------------------------------------


@rule(
    "R39",
    step="draft",
    table="area",
    reads=("households", "pressure", "village.pressed", "village.force"),
    parameters=("riot_T",),
    writes=("unrest",),
    source="form of rule R39; the country's disturbances are shared out by it",
    switch="farms.unrest",
    off={"riot_T": 0.0},
)
def unrest(
    households: int, pressure: float, village_pressed: float, village_force: float,
    riot_T: float,  # noqa: N803 - name of the parameter
) -> int:  # fmt: skip
    """Weight of a region: households exp(riot_T f), f = 1 - (1 - pressed pressure)(1 - force)."""
    threat = min(village_pressed * pressure, 1.0)
    force = 1.0 - (1.0 - threat) * (1.0 - village_force)
    return int(households * exp(riot_T * force) * 1000.0)


@rule(
    "R39",
    step="decide",
    table="area",
    reads=("unrest", "households", "village.unrest", "village.riots", "village.households"),
    parameters=("villages", "label"),
    writes=("riots", "false_rate"),
    source="rules R39, R26; Viola 1996 for the course",
    switch="farms.false_labels",
    off={"label": 0.0},
)
def riots(
    unrest: int, households: int, village_unrest: int, village_riots: float,
    village_households: int, villages: float, label: float,
) -> tuple[float, float]:  # fmt: skip
    """Disturbances of the region, and households labelled for them: label/100 riots a village."""
    count = village_riots * unrest / max(village_unrest, 1)
    here = villages * households / max(village_households, 1)
    return count, min(label / 100.0 * count / max(here, 1.0), 1.0)


@rule(
    "R26",
    step="draft",
    table="village",
    reads=("rich", "households"),
    institutions=("label_quota",),
    writes=("label_rich", "label_middle"),
    source="decree of 30 January 1930, recalled; who fills the quota is ours",
    switch="farms.labels",
    off={"label_quota": 0.0},
)
def label_quota(rich: int, households: int, label_quota: float) -> tuple[float, float]:
    """The quota falls on entrepreneurs first; what they are too few for, on all others."""
    asked = label_quota * households
    on_rich = min(asked, float(rich))
    others = max(households - rich, 1)
    return on_rich / max(rich, 1), min((asked - on_rich) / others, 1.0)


@rule(
    "R26",
    step="make",
    table="household",
    reads=(
        "weight", "is_rich", "village.label_rich", "village.label_middle", "area.false_rate",
        "village.label_on",
    ),
    parameters=("exiled_of_labelled", "camps_of_labelled"),
    draws=("labelling", "exiling", "arrest"),
    writes=("labelled", "exiled", "camped"),
    source="rule R26: false labels grow with resistance; destinations are ours",
)  # fmt: skip
def label(
    weight: int, is_rich: int, village_label_rich: float, village_label_middle: float,
    area_false_rate: float, village_label_on: float, exiled_of_labelled: float,
    camps_of_labelled: float, labelling: float, exiling: float, arrest: float,
) -> tuple[int, int, int]:  # fmt: skip
    """Households of the row that are labelled, exiled, and whose head is arrested.

    Each expected number is rounded up or down by lot; the rest of the labelled go to towns.
    """
    order = village_label_rich if is_rich > 0 else village_label_middle
    likely = min(order + area_false_rate * village_label_on, 1.0)
    named = min(int(weight * likely + labelling), weight)
    exiled = min(int(named * exiled_of_labelled + exiling), named)
    return named, exiled, min(int(named * camps_of_labelled + arrest), named - exiled)


@rule(
    "R26",
    step="renew",
    table="household",
    reads=("weight", "labelled"),
    writes=("weight",),
    source="rule R26: labelled households leave the village",
)
def leaving(weight: int, labelled: int) -> int:
    """Households that are left: weight - labelled."""
    return weight - labelled
