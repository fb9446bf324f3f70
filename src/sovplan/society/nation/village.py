"""Collective farms, animals and the harvest: rules R26, R27, R23, R19.

Herds are in million cattle units (cattle + 0.3 pigs + 0.12 sheep and goats), grain in million
tonnes, land in million hectares; rates are a year unless said, and act by quarters.
"""

from sovplan.foundation.engine.rule import rule


@rule(
    "R26",
    step="decide",
    table="nation",
    reads=("collectivised",),
    institutions=("coll_pressure", "coll_pressure_announced", "exit_allowed"),
    parameters=("press_gain", "exit_rate", "coll_voluntary"),
    writes=("collectivised", "newly_forced", "threat"),
    source="form ours; Davies 1980 and Viola 1996 for the course",
    switch="rules.collectivisation",
    off={"coll_pressure": 0.0, "coll_pressure_announced": 0.0, "exit_allowed": 0.0},
)
def collectivisation(
    collectivised: float,
    coll_pressure: float,
    coll_pressure_announced: float,
    exit_allowed: float,
    press_gain: float,
    exit_rate: float,
    coll_voluntary: float,
) -> tuple[float, float, float]:
    """Return the collectivised share, what force added to it, and the threat to the others.

        C' = C + press_gain P (1 - C) - exit_rate x (C - C_voluntary)
        threat = max(P, P announced for the next quarter) (1 - C)

    P is the share of the rest that is pressed in a quarter, x whether leaving is allowed. Shares of
    households.
    """
    rest = 1.0 - collectivised
    leave = exit_rate * exit_allowed * (collectivised - coll_voluntary)
    now = collectivised + press_gain * coll_pressure * rest - leave
    threat = max(coll_pressure, coll_pressure_announced) * rest
    return now, max(0.0, now - collectivised), threat


@rule(
    "R27",
    step="make",
    table="nation",
    reads=("farm_effort", "newly_forced"),
    institutions=("farm_settled",),
    parameters=("eff_coll", "eff_rec", "eff_floor", "eff_least"),
    writes=("farm_effort",),
    source="form ours after the seeds C06-C11; Lewin 1968",
    switch="rules.kolkhoz",
    off={"eff_coll": 0.0},
)
def farm_effort(
    farm_effort: float,
    newly_forced: float,
    farm_settled: float,
    eff_coll: float,
    eff_rec: float,
    eff_floor: float,
    eff_least: float,
) -> float:
    """Return effort in farms, 1 before the drive.

    e' = max(e_floor, e - eff_coll dC)     while more than eff_least of households are forced in
    e' = min(1, e + eff_rec / 4)           in other quarters, once farms have settled
    """
    if newly_forced > eff_least:
        return max(eff_floor, farm_effort - eff_coll * newly_forced)
    return min(1.0, farm_effort + eff_rec / 4.0 * farm_settled)


@rule(
    "R23",
    step="make",
    table="nation",
    reads=("threat", "collectivised"),
    institutions=("plot_allowed",),
    parameters=("s_fear", "s_neglect"),
    writes=("kill_share",),
    source="form ours; Hunter 1988, Chen and Lan 2017 (recalled) for killing before joining",
    switch="rules.slaughter",
    off={"s_fear": 0.0, "s_neglect": 0.0},
)
def slaughter(
    threat: float, collectivised: float, plot_allowed: float, s_fear: float, s_neglect: float
) -> float:
    """Return the share of the herd that is killed or lost in the quarter.

    k = s_fear threat + s_neglect C (1 - plots allowed)
    """
    return s_fear * threat + s_neglect * collectivised * (1.0 - plot_allowed)


@rule(
    "R23",
    step="make",
    table="nation",
    reads=("herd", "kill_share", "feed_ratio", "collectivised"),
    institutions=("collective_farming", "plot_allowed"),
    parameters=(
        "g_cattle", "g_cattle_k", "herd_max", "herd_max_k", "few_collective",
        "birth_hunger", "f_death", "death_from", "cattle_hunger",
    ),
    writes=("herd", "herd_born", "herd_killed", "herd_died"),
    source="form ours; counts of cattle, pigs, sheep and goats 1923-1941 for the sizes",
)  # fmt: skip
def herd(
    herd: float,
    kill_share: float,
    feed_ratio: float,
    collectivised: float,
    collective_farming: float,
    plot_allowed: float,
    g_cattle: float,
    g_cattle_k: float,
    herd_max: float,
    herd_max_k: float,
    few_collective: float,
    birth_hunger: float,
    f_death: float,
    death_from: float,
    cattle_hunger: float,
) -> tuple[float, float, float, float]:
    """Return the herd, and what was born, killed and died of hunger in the quarter.

    g = g_cattle (1 - L / L_max), in the drive g_k (1 - L / L_max,k) once plots are allowed
    born = L g max(0, 1 - birth_hunger short) / 4,   killed = L k
    died = L cattle_hunger f_death max(0, short - death_from) / 4,   short = 1 - feed ratio
    """
    short = max(0.0, 1.0 - feed_ratio)
    breeds = max(plot_allowed, float(collectivised < few_collective))
    private = g_cattle * (1.0 - herd / herd_max)
    common = g_cattle_k * (1.0 - herd / herd_max_k) * breeds
    growth = private + collective_farming * (common - private)
    born = herd * growth * max(0.0, 1.0 - birth_hunger * short) / 4.0
    died = herd * cattle_hunger * f_death * max(0.0, short - death_from) / 4.0
    killed = herd * kill_share
    return herd + born - killed - died, born, killed, died


@rule(
    "R23",
    step="make",
    table="nation",
    reads=("horses", "kill_share", "feed_ratio"),
    institutions=("collective_farming", "horse_care"),
    parameters=(
        "g_horse", "g_horse_k", "horses_max", "horses_max_k", "horse_rel",
        "birth_hunger", "f_death", "death_from", "horse_hunger",
    ),
    writes=("horses", "horses_born", "horses_killed", "horses_died"),
    source="form ours; counts of horses 1923-1941 for the sizes",
)  # fmt: skip
def horses(
    horses: float,
    kill_share: float,
    feed_ratio: float,
    collective_farming: float,
    horse_care: float,
    g_horse: float,
    g_horse_k: float,
    horses_max: float,
    horses_max_k: float,
    horse_rel: float,
    birth_hunger: float,
    f_death: float,
    death_from: float,
    horse_hunger: float,
) -> tuple[float, float, float, float]:
    """Return the horses, millions, and what was born, killed and died of hunger in the quarter.

    As `herd`; horses are killed horse_rel times as fast and die horse_hunger times as fast.
    """
    short = max(0.0, 1.0 - feed_ratio)
    private = g_horse * (1.0 - horses / horses_max)
    common = g_horse_k * (1.0 - horses / horses_max_k) * horse_care
    growth = private + collective_farming * (common - private)
    born = horses * growth * max(0.0, 1.0 - birth_hunger * short) / 4.0
    died = horses * horse_hunger * f_death * max(0.0, short - death_from) / 4.0
    killed = horses * horse_rel * kill_share
    return horses + born - killed - died, born, killed, died


@rule(
    "R19",
    step="make",
    table="nation",
    reads=("horses", "tractors", "sown"),
    parameters=("tractor_eq", "draught_need", "draught_max"),
    writes=("draught",),
    quarters=(3,),
    source="Hunter 1983, 1988 on draught power",
)
def draught(
    horses: float,
    tractors: float,
    sown: float,
    tractor_eq: float,
    draught_need: float,
    draught_max: float,
) -> float:
    """Return draught power over what the land needs.

    D = min( D_max, (horses + tractor_eq tractors) / (draught_need sown) )
    """
    return min(draught_max, (horses + tractor_eq * tractors) / (draught_need * sown))


@rule(
    "R19",
    step="make",
    table="nation",
    reads=("year", "weather", "sown", "draught", "farm_effort"),
    institutions=("yield_rise",),
    parameters=("y0", "yield_from", "grain_area", "phi"),
    writes=("harvest",),
    quarters=(3,),
    source="Allen 2003, Hunter 1983, 1988; the trend is ours",
    switch="rules.draught",
    off={"phi": 0.0},
)
def harvest(
    year: float,
    weather: float,
    sown: float,
    draught: float,
    farm_effort: float,
    yield_rise: float,
    y0: float,
    yield_from: float,
    grain_area: float,
    phi: float,
) -> float:
    """Return the grain harvest, million tonnes.

    H = grain_area S y0 (1 + yield_rise (t - yield_from)+) weather min(1, D)^phi e
    """
    per_hectare = y0 * (1.0 + yield_rise * max(0.0, year - yield_from))
    drawn: float = min(1.0, draught) ** phi
    return grain_area * sown * per_hectare * weather * drawn * farm_effort


@rule(
    "R20",
    step="make",
    table="nation",
    reads=("sown", "horses", "herd", "harvest"),
    parameters=("seed_rate", "grain_area", "feed_horse", "feed_cow", "least_net"),
    writes=("seed", "feed_need", "net_grain"),
    quarters=(3,),
    source="balances of grain of the 1920s, recalled",
)
def net_grain(
    sown: float,
    horses: float,
    herd: float,
    harvest: float,
    seed_rate: float,
    grain_area: float,
    feed_horse: float,
    feed_cow: float,
    least_net: float,
) -> tuple[float, float, float]:
    """Return seed, need of feed, and the grain that is left of the harvest, million tonnes.

    N = max( H - seed_rate grain_area S - feed_horse horses - feed_cow herd, least_net H )
    """
    seed = seed_rate * grain_area * sown
    feed = feed_horse * horses + feed_cow * herd
    return seed, feed, max(harvest - seed - feed, least_net * harvest)


@rule(
    "R19",
    step="renew",
    table="nation",
    reads=("sown", "area_speed"),
    institutions=("area_wished", "tax_rate", "tax_in_kind"),
    parameters=("k_S", "psi"),
    writes=("sown",),
    source="form ours; series sown_area for the sizes",
)
def sowing(
    sown: float,
    area_speed: float,
    area_wished: float,
    tax_rate: float,
    tax_in_kind: float,
    k_S: float,  # noqa: N803 - name of the parameter
    psi: float,
) -> float:
    """Return the area sown next year, million hectares.

    S' = S + k_S ( S_wished (1 - psi tax) - S )
    """
    wished = area_wished * (1.0 - psi * tax_rate * tax_in_kind)
    return sown + k_S * area_speed * (wished - sown)
