"""What peasants offer, withhold and must deliver: rules R21, R22.

Grain is in million tonnes; prices are those of industrial goods over farm goods, 1913 = 1.
"""

from math import log

from sovplan.foundation.engine.rule import rule


@rule(
    "R21",
    step="share",
    table="nation",
    reads=("net_grain", "felt_price"),
    institutions=("grain_price",),
    parameters=("a_ret", "sigma", "s_g"),
    writes=("yearly_offer",),
    source="Allen 2003, appendix B; the grain price after Harrison 2006 on 1927",
)
def yearly_offer(
    net_grain: float, felt_price: float, grain_price: float, a_ret: float, sigma: float, s_g: float
) -> float:
    """Return the grain that peasants would sell in a year at the prices of the quarter.

    M = N / (1 + a_ret p_felt^sigma g^-s_g),   g: grain price over other farm prices
    """
    kept: float = a_ret * felt_price**sigma * grain_price**-s_g
    return net_grain / (1.0 + kept)


@rule(
    "R21",
    step="share",
    table="nation",
    reads=("scarcity_price", "charged_price", "hold_season"),
    institutions=("grain_price", "price_control"),
    parameters=("hold", "hold_from", "hold_most", "hold_floor"),
    writes=("hold_share",),
    source="form ours; Harrison 2006 on the autumn of 1927",
    switch="rules.grain_strike",
    off={"hold": 0.0},
)
def hold_share(
    scarcity_price: float,
    charged_price: float,
    hold_season: float,
    grain_price: float,
    price_control: float,
    hold: float,
    hold_from: float,
    hold_most: float,
    hold_floor: float,
) -> float:
    """Return the share of what is offered that is kept back in the hope of a better price.

    h = season min( hold_most, hold ( ln( max(hold_floor, p_scarce / p) / g ) - hold_from )+ )

    p_scarce is the clearing price, or what money of the village makes of it (`scarcity`). The
    equation of the specification has no floor; its trial has 1: nobody hopes that grain will be
    worth less because goods cost more than they would on a free market.
    """
    gap = log(max(hold_floor, scarcity_price / charged_price) / grain_price) - hold_from
    return hold_season * min(hold_most, hold * max(0.0, gap) * price_control)


@rule(
    "R21",
    step="share",
    table="nation",
    reads=("yearly_offer", "hold_share", "withheld", "season", "spring", "new_harvest"),
    parameters=("hold_release",),
    writes=("offered", "withheld", "withheld_new", "withheld_sold", "withheld_old"),
    source="form ours",
)
def offers(
    yearly_offer: float,
    hold_share: float,
    withheld: float,
    season: float,
    spring: float,
    new_harvest: float,
    hold_release: float,
) -> tuple[float, float, float, float, float]:
    """Return the grain offered in the quarter, what is withheld, and how that came about.

        withheld' = (1 - new harvest) withheld + h M season - sold
        sold = hold_release of it in each quarter of the spring
        offered = (1 - h) M season + sold

    What is still withheld when the new harvest comes in counts as eaten (`withheld_old`).
    """
    kept = hold_share * yearly_offer * season
    old = withheld * new_harvest
    stock = withheld - old + kept
    sold = spring * hold_release * stock
    return yearly_offer * season - kept + sold, stock - sold, kept, sold, old


@rule(
    "R22",
    step="share",
    table="nation",
    reads=("expected_harvest", "harvest_seen"),
    institutions=("harvest_floor",),
    parameters=("EH_adapt",),
    writes=("expected_harvest", "expected_before", "quota_blind"),
    quarters=(3,),
    source="Meng, Qian and Yared 2015 (quotas that do not see the harvest of the year)",
    switch="rules.inflexible",
    off={"EH_adapt": 1.0, "harvest_floor": 0.0},
)
def expected_harvest(
    expected_harvest: float,
    harvest_seen: float,
    harvest_floor: float,
    EH_adapt: float,  # noqa: N803 - name of the parameter
) -> tuple[float, float, float]:
    """Return the harvest that planners reckon with, that of before, and whether quotas are blind.

        E' = max( floor, (1 - EH_adapt) E + EH_adapt H_seen ),   million tonnes

    Who learns all at once (EH_adapt 1) goes by the harvest itself and has no other before it: his
    quotas are not blind to it.
    """
    now = max(harvest_floor, (1.0 - EH_adapt) * expected_harvest + EH_adapt * harvest_seen)
    before = expected_harvest if EH_adapt < 1.0 else now
    return now, before, 1.0 if EH_adapt < 1.0 else 0.0


@rule(
    "R22",
    step="share",
    table="nation",
    reads=(
        "offered", "withheld", "net_grain", "harvest", "seed", "quota_harvest", "taken_year",
        "season", "quota_season", "spring", "first_quarter", "levy",
        "levy_rate",
    ),
    institutions=("grain_price", "price_control", "tax_rate", "emergency", "quota_share"),
    parameters=("z0", "eta", "free_state", "seize_held", "seize_net", "cap_take"),
    writes=("taken", "withheld_seized", "taken_year"),
    source="Meng, Qian and Yared 2015; Harrison 2006; shares of the quarters are ours",
)  # fmt: skip
def taking(
    offered: float,
    withheld: float,
    net_grain: float,
    harvest: float,
    seed: float,
    quota_harvest: float,
    taken_year: float,
    season: float,
    quota_season: float,
    spring: float,
    first_quarter: float,
    levy: float,
    levy_rate: float,
    grain_price: float,
    price_control: float,
    tax_rate: float,
    emergency: float,
    quota_share: float,
    z0: float,
    eta: float,
    free_state: float,
    seize_held: float,
    seize_net: float,
    cap_take: float,
) -> tuple[float, float, float]:
    """Return the grain that the state gets in the quarter, what it seized, and the sum of the year.

        taken = max( tax H season, z offered ) + emergency ( seize_held withheld + seize_net N )
        z = z0 min(1, g^eta) under price control, else free_state
        taken = min( quota Q, cap_take (H - seed) ) quota_season            where a quota is ordered
        taken = levy quota_season                                      where grain is requisitioned
        taken <= (H - seed - taken of the year)+                       always

    The second term of a seizure acts from January to June only. The harvest of the spring is that
    of the summer before, and the sum begins anew in January: so the bound holds each half of a
    farming year to the harvest less seed, not both together.
    """
    total = (1.0 - first_quarter) * taken_year
    there = max(0.0, harvest - seed - total)
    if levy_rate > 0.0:
        taken = min(there, levy * quota_season)
        return taken, 0.0, total + taken
    if quota_share > 0.0:
        most = cap_take * max(0.0, harvest - seed)
        taken = min(there, min(quota_share * quota_harvest, most) * quota_season)
        return taken, 0.0, total + taken
    state = z0 * min(1.0, grain_price**eta) if price_control else free_state
    seized = emergency * seize_held * withheld
    bought = max(tax_rate * harvest * season, offered * state)
    taken = min(there, bought + seized + emergency * seize_net * net_grain * spring)
    return taken, min(seized, taken), total + taken


@rule(
    "R22",
    step="share",
    table="nation",
    reads=("withheld", "withheld_seized"),
    writes=("withheld",),
    source="by definition",
)
def after_seizure(withheld: float, withheld_seized: float) -> float:
    """Return what is still withheld: withheld' = withheld - seized."""
    return withheld - withheld_seized
