"""Harvests as they are printed, and what planners and sowers make of them: rules R10, R22, R25.

Grain is in million tonnes, land in million hectares. All that acts back on the country here is off
under history, whose numbers were fitted without it: `as_it_was_whole` puts it in force.
"""

from sovplan.foundation.engine.rule import rule


@rule(
    "R10",
    step="share",
    table="nation",
    reads=("year", "weather", "sown", "harvest_reported"),
    institutions=("harvest_measure", "yield_rise"),
    parameters=("y0", "yield_from", "grain_area"),
    writes=("standing_crop", "harvest_printed"),
    quarters=(3,),
    source="Davies and Wheatcroft 2004 on the biological yield, printed from 1933",
    switch="rules.standing_crop",
    off={"harvest_measure": 0.0},
)
def printed_harvest(
    year: float,
    weather: float,
    sown: float,
    harvest_reported: float,
    harvest_measure: float,
    yield_rise: float,
    y0: float,
    yield_from: float,
    grain_area: float,
) -> tuple[float, float]:
    """Return the crop on the stalk and the harvest that is printed.

        stalk = grain_area S y0 (1 + yield_rise (t - yield_from)+) weather
        printed = H_rep + measure (stalk - H_rep)+

    On the stalk nothing is lost for want of draught power and effort (rule R19): all such loss is
    taken to lie between the field and the barn. With the barn as measure (0) what is printed is
    what is reported, and that is the harvest where nobody hides it. No number was chosen after the
    harvests that were printed: they are held out.
    """
    per_hectare = y0 * (1.0 + yield_rise * max(0.0, year - yield_from))
    stalk = grain_area * sown * per_hectare * weather
    return stalk, harvest_reported + harvest_measure * max(0.0, stalk - harvest_reported)


@rule(
    "R22",
    step="share",
    table="nation",
    reads=("harvest", "harvest_printed"),
    institutions=("quota_by_report",),
    writes=("harvest_seen",),
    quarters=(3,),
    source="specification of the model, R22: E[H] follows the harvest that is reported",
    switch="rules.quota_report",
    off={"quota_by_report": 0.0},
)
def seen_harvest(harvest: float, harvest_printed: float, quota_by_report: float) -> float:
    """Return the harvest that planners learn from: seen = H + by_report (printed - H).

    The quotas of history were fitted with planners who learn from the true harvest, and at once:
    half of it is in what they expect when the quota of the same autumn is set. So under history
    they do, and not as the equation has it (see `harvest_known`).
    """
    return harvest + quota_by_report * (harvest_printed - harvest)


@rule(
    "R22",
    step="share",
    table="nation",
    reads=("expected_harvest", "expected_before"),
    institutions=("quota_ahead",),
    writes=("harvest_known",),
    quarters=(3,),
    source="specification of the model, R22: a quota does not see the harvest of its year",
    switch="rules.quota_ahead",
    off={"quota_ahead": 0.0},
)
def harvest_known(expected_harvest: float, expected_before: float, quota_ahead: float) -> float:
    """Return the harvest that a quota is set by: known = E' + ahead (E - E').

    By the equation a quota goes by what was expected before the harvest (E). The trial took what is
    expected after it (E'), of which this harvest is half, and quotas of history are fitted so.
    """
    return expected_harvest + quota_ahead * (expected_before - expected_harvest)


@rule(
    "R22",
    step="share",
    table="nation",
    reads=("year", "sown", "harvest_known"),
    institutions=("quota_base", "quota_by_area", "yield_rise"),
    parameters=("y0", "yield_from", "grain_area"),
    writes=("quota_harvest",),
    quarters=(3,),
    source="decree of 1940 on deliveries by hectare; form of the specification",
    switch="rules.quota_area",
    off={"quota_by_area": 0.0},
)
def quota_harvest(
    year: float,
    sown: float,
    harvest_known: float,
    quota_base: float,
    quota_by_area: float,
    yield_rise: float,
    y0: float,
    yield_from: float,
    grain_area: float,
) -> float:
    """Return the harvest of which a quota takes its share.

        Q = K + base by_area ( norm grain_area S - K ),   K: harvest known
        norm = y0 (1 + yield_rise (t - from)+)

    By the hectare a quota sees neither weather nor what was reported, only land.
    """
    norm = y0 * (1.0 + yield_rise * max(0.0, year - yield_from))
    planned = norm * grain_area * sown
    return harvest_known + quota_base * quota_by_area * (planned - harvest_known)


@rule(
    "R22",
    step="renew",
    table="nation",
    reads=("trust", "trust_last", "collectivised"),
    institutions=("sowing_by_trust",),
    parameters=("sow_distrust",),
    writes=("unsown", "trust_last"),
    quarters=(4,),
    source="specification of the model, R22: after emergency measures the next sowing falls",
    switch="rules.sowing_trust",
    off={"sowing_by_trust": 0.0},
)
def unsown(
    trust: float,
    trust_last: float,
    collectivised: float,
    sowing_by_trust: float,
    sow_distrust: float,
) -> tuple[float, float]:
    """Return the share of the wished area that is not sown for want of trust, and trust now.

        u = by_trust sow_distrust (1 - C) (tr of a year ago - tr)+

    Who sows his own land sows less of it where what grows may be taken; collective farms sow what
    they are told. Emergency measures act through trust (rule R27). The fall of the year counts, not
    the level: held against a normal trust, the seizures of 1928 would move nothing.
    """
    lost = max(0.0, trust_last - trust)
    return sowing_by_trust * sow_distrust * (1.0 - collectivised) * lost, trust


@rule(
    "R25",
    step="decide",
    table="nation",
    reads=("collectivised", "farm_effort", "tractors", "village"),
    institutions=("joining_counts", "coop_credit", "farm_self_rule"),
    parameters=("adopt", "join_machines", "join_credit", "machine_gain", "rule_gain", "household"),
    writes=("joined", "join_gain"),
    source="seeds N08, C11, G08; the rule of households at the mean household",
    switch="rules.joining",
    off={"joining_counts": 0.0},
)
def joining(
    collectivised: float,
    farm_effort: float,
    tractors: float,
    village: float,
    joining_counts: float,
    coop_credit: float,
    farm_self_rule: float,
    adopt: float,
    join_machines: float,
    join_credit: float,
    machine_gain: float,
    rule_gain: float,
    household: float,
) -> tuple[float, float]:
    """Return the share of all households that join a collective farm freely, and what it gains.

        joined = counts (1 - C) min( 1, adopt / 4 (gain + 0.5 machines + 0.3 credit)+ )
        gain = machine_gain machines + rule_gain vote + e - 1,   machines: tractors a farm

    Machines are counted, as the specification says; rows of households read how far they are to be
    supplied (`machine_supply`), which here would bring in a tenth of the village by 1928.
    Who joins freely neither kills animals nor loses trust: rules R23, R27 read who was forced.
    Weak: the mean household stands for rich and poor alike; rows of households tell them apart.
    """
    machines = tractors * household / village
    gain = machine_gain * machines + rule_gain * farm_self_rule + farm_effort - 1.0
    pull = max(0.0, gain + join_machines * machines + join_credit * coop_credit)
    return joining_counts * (1.0 - collectivised) * min(1.0, adopt / 4.0 * pull), gain


@rule(
    "R25",
    step="decide",
    table="nation",
    reads=("volunteers", "joined", "join_gain", "concession"),
    institutions=("joining_counts", "exit_allowed"),
    parameters=("leave_worse",),
    writes=("left_freely", "volunteers"),
    source="equation of the specification, R25; 1930 and the years 1953-56 abroad for the claim",
    switch="rules.leaving",
    off={"joining_counts": 0.0},
)
def leaving(
    volunteers: float,
    joined: float,
    join_gain: float,
    concession: float,
    joining_counts: float,
    exit_allowed: float,
    leave_worse: float,
) -> tuple[float, float]:
    """Return the share of households that leave a farm they had joined freely, and who is left.

        left = counts x V   where gain < - leave_worse, else 0;   V' = V + joined - left

    At once, as far as leaving is allowed (x, or 1 where the state gave way). The gain is a log of
    incomes, as in the rule of joining. Who was made to join leaves by rule R26.
    """
    worse = 1.0 if join_gain < -leave_worse else 0.0
    left = joining_counts * max(exit_allowed, concession) * worse * volunteers
    return left, volunteers + joined - left
