"""Collective farms, sowing and the harvest: rules R26, R27, R19.

Grain is in million tonnes, land in million hectares, horses and tractors in millions.
"""

from sovplan.foundation.engine.rule import rule


@rule(
    "R26",
    step="decide",
    table="nation",
    reads=("collectivised", "joined", "left_freely", "volunteers", "concession"),
    institutions=("coll_pressure", "coll_pressure_announced", "exit_allowed"),
    parameters=("press_gain", "exit_rate", "coll_voluntary"),
    writes=("collectivised", "newly_forced", "threat"),
    source="form ours; Davies 1980 and Viola 1996 for the course",
    switch="rules.collectivisation",
    off={"coll_pressure": 0.0, "coll_pressure_announced": 0.0, "exit_allowed": 0.0},
)
def collectivisation(
    collectivised: float,
    joined: float,
    left_freely: float,
    volunteers: float,
    concession: float,
    coll_pressure: float,
    coll_pressure_announced: float,
    exit_allowed: float,
    press_gain: float,
    exit_rate: float,
    coll_voluntary: float,
) -> tuple[float, float, float]:
    """Return the collectivised share, what force added to it, and the threat to the others.

        C' = I + press_gain P (1 - C) - exit_rate x (I - stay)+,   I = C + joined - left freely
        threat = max(P, P announced for the next quarter) (1 - C),   stay = max(C_voluntary, V)

    P is the share of the rest that is pressed in a quarter, x whether leaving is allowed. Shares of
    households. Where the state gave way in the quarter before (`concession`), P is 0 and x is 1.
    Who joined freely (V) leaves by the rule of leaving, and nobody joins because he may leave.
    """
    rest, force = 1.0 - collectivised, 1.0 - concession
    inside = collectivised + joined - left_freely
    stay = max(coll_voluntary, volunteers)
    leave = exit_rate * max(exit_allowed, concession) * max(0.0, inside - stay)
    # Who is pressed and who joins freely are both shares of the same rest.
    now = inside + press_gain * coll_pressure * force * rest - leave
    threat = max(coll_pressure, coll_pressure_announced) * force * rest
    return min(1.0, max(0.0, now)), max(0.0, now - inside), threat


@rule(
    "R27",
    step="make",
    table="nation",
    reads=(),
    institutions=("recovery_helped", "plot_allowed", "farm_self_rule"),
    parameters=("eff_rec_more",),
    writes=("recovery_more",),
    source="equation of the specification, R27; seeds C06 to C11",
    switch="rules.recovery",
    off={"recovery_helped": 0.0},
)
def recovery(
    recovery_helped: float, plot_allowed: float, farm_self_rule: float, eff_rec_more: float
) -> float:
    """Return how much faster effort comes back: helped eff_rec_more (plots + voted rules)."""
    return recovery_helped * eff_rec_more * (plot_allowed + farm_self_rule)


@rule(
    "R27",
    step="make",
    table="nation",
    reads=("farm_effort", "newly_forced", "recovery_more"),
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
    recovery_more: float,
    farm_settled: float,
    eff_coll: float,
    eff_rec: float,
    eff_floor: float,
    eff_least: float,
) -> float:
    """Return effort in farms, 1 before the drive.

    e' = max(e_floor, e - eff_coll dC)     while more than eff_least of households are forced in
    e' = min(1, e + (eff_rec + more) / 4)  in other quarters, once farms have settled
    """
    if newly_forced > eff_least:
        return max(eff_floor, farm_effort - eff_coll * newly_forced)
    return min(1.0, farm_effort + (eff_rec + recovery_more) / 4.0 * farm_settled)


@rule(
    "R27",
    step="make",
    table="nation",
    reads=("farm_effort", "collectivised"),
    institutions=("link_tenure",),
    parameters=("link_part", "link_gain", "link_half", "link_loss"),
    writes=("field_effort",),
    source="specification of the model, R27, which gives no size; form ours",
    switch="rules.link_tenure",
    off={"link_tenure": 0.0},
)
def field_effort(
    farm_effort: float,
    collectivised: float,
    link_tenure: float,
    link_part: float,
    link_gain: float,
    link_half: float,
    link_loss: float,
) -> float:
    """Return effort on all fields where links keep a part of them for some years.

        e (1 + C g ( l - (1 - l) link_loss )),   g = link_gain (1 - 2^(-tenure / link_half))

    A link that keeps its field works better on it by g, and worse on common fields by link_loss g;
    l is link_part, C the share of households in collective farms.
    """
    more: float = link_gain * (1.0 - 2.0 ** (-link_tenure / link_half))
    return farm_effort * (1.0 + collectivised * more * (link_part - (1.0 - link_part) * link_loss))


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
    reads=("year", "weather", "sown", "draught", "field_effort"),
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
    field_effort: float,
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
    return grain_area * sown * per_hectare * weather * drawn * field_effort


@rule(
    "R19",
    step="renew",
    table="nation",
    reads=("sown", "area_speed", "levy_rate", "unsown"),
    institutions=("area_wished", "tax_rate", "tax_in_kind"),
    parameters=("k_S", "psi"),
    writes=("sown",),
    source="form ours; series sown_area for the sizes",
)
def sowing(
    sown: float,
    area_speed: float,
    levy_rate: float,
    unsown: float,
    area_wished: float,
    tax_rate: float,
    tax_in_kind: float,
    k_S: float,  # noqa: N803 - name of the parameter
    psi: float,
) -> float:
    """Return the area sown next year, million hectares.

    S' = S + k_S ( S_wished (1 - psi (tax + rho) - unsown)+ - S )

    rho is what requisition took of a tonne more: a tax takes the same of every tonne. `unsown` is
    what is left for want of trust.
    """
    kept = 1.0 - psi * tax_rate * tax_in_kind - psi * levy_rate - unsown
    wished = area_wished * max(0.0, kept)
    return sown + k_S * area_speed * (wished - sown)
