"""What is left of output for investment, arms and shops: rules R09, R14, R19.

Milliard roubles of 1926/27; flows a year, that act by quarters.
"""

import numpy as np

from sovplan.foundation.engine.block import block
from sovplan.foundation.engine.rule import rule
from sovplan.society.nation.production import HEAVY, Vector


@block(
    "R01",
    step="make",
    reads=("sectors.output", "sectors.need", "coefficients", "heavy_final_use"),
    writes=("sectors.used", "sectors.spoiled", "product", "heavy_left", "heavy_overdrawn"),
    source="by definition",
)
def balance(
    sectors_output: Vector, sectors_need: Vector, coefficients: Vector, heavy_final_use: float
) -> tuple[Vector, Vector, float, float, float]:
    """Return what sectors use of each good, what each user spoils, product and heavy goods left.

        used_i = n_i sum_j a_ij x_j,   spoiled_j = sum_i (n_i - 1) a_ij x_j,   prices of 1928
        product = sum_j (1 - sum_i n_i a_ij) x_j

    n is the need of a good that may fail (rule `input_need`), 1 where all are sound. The last
    number is what is used of heavy goods and was not there: see `bottlenecks`.
    """
    needed = coefficients * sectors_need[:, None]
    used = np.asarray(needed @ sectors_output)
    spoiled = (needed - coefficients).sum(axis=0) * sectors_output
    product = float(((1.0 - needed.sum(axis=0)) * sectors_output).sum())
    left = float(sectors_output[HEAVY] - used[HEAVY]) - heavy_final_use
    return used, spoiled, product, max(0.0, left), max(0.0, -left)


def joined(machines: float, building: float, build_share: float) -> float:
    """Return what machines and building make together: m^(1 - share) b^share."""
    return float(machines ** (1.0 - build_share) * building**build_share)


@rule(
    "R09",
    step="make",
    table="nation",
    reads=("product", "machines.output", "machines.used"),
    institutions=("defence", "arms_bound"),
    parameters=("arms_priced", "machines_repair", "arms_machines"),
    writes=("arms", "arms_short", "machines_kept"),
    source="form of the trial; the bound is ours",
    switch="rules.arms_bound",
    off={"arms_bound": 0.0},
)
def arms_made(
    product: float,
    machines_output: float,
    machines_used: float,
    defence: float,
    arms_bound: float,
    arms_priced: float,
    machines_repair: float,
    arms_machines: float,
) -> tuple[float, float, float]:
    """Return arms, arms that are wished and not made, and machines kept for arms and repairs.

        wished = arms_priced defence product,   kept = repair + arms_machines arms
        arms <= (x_m - used_m - repair)+ / arms_machines   where `arms_bound`, else wished

    Repairs come first: plant that is not mended makes no arms. Machines from abroad are not for
    arms: they are planned for investment. Unbound, arms can take machines that nobody made.
    """
    wished = defence * product * arms_priced
    there = max(0.0, machines_output - machines_used)
    most = max(0.0, there - machines_repair) / arms_machines
    arms = min(wished, most) if arms_bound else wished
    kept = machines_repair + arms * arms_machines
    return arms, wished - arms, min(kept, there) if arms_bound else kept


@rule(
    "R09",
    step="make",
    table="nation",
    reads=(
        "product", "machines.output", "machines.used", "machines_kept", "building.output",
        "building.used", "machines_imported",
    ),
    institutions=("priority", "investment_share", "arms_bound"),
    parameters=("machines_least", "machines_part", "building_part", "build_share"),
    writes=("machines_free", "machines_overdrawn", "building_free", "building_overdrawn",
            "investment"),
    source="Feldman 1928, Mahalanobis 1953; form and weights ours",
    switch="rules.arms_bound",
    off={"arms_bound": 0.0},
)  # fmt: skip
def investment(
    product: float,
    machines_output: float,
    machines_used: float,
    machines_kept: float,
    building_output: float,
    building_used: float,
    machines_imported: float,
    priority: float,
    investment_share: float,
    arms_bound: float,
    machines_least: float,
    machines_part: float,
    building_part: float,
    build_share: float,
) -> tuple[float, float, float, float, float]:
    """Return machines free and overdrawn, building free and overdrawn, and investment.

        Im = max(least, x_m - used_m - kept) + imports,   Ib = (x_b - used_b)+
        Im = (x_m - used_m - kept + imports)+   where `arms_bound`
        I_cap = (Im / machines_part)^(1 - build_share) (Ib / building_part)^build_share
        I = I_cap under priority, else min( I_cap, share wished x product )

    Overdrawn machines are those that the least of Im supposes beyond what is there, and where
    `arms_bound` those that sectors use beyond what is made and imported; overdrawn building is what
    sectors use and nobody built: then nothing is left to invest, not less than nothing.
    """
    left = machines_output - machines_used - machines_kept
    there = left + machines_imported
    machines = max(0.0, there) if arms_bound else max(machines_least, left) + machines_imported
    left_to_build = building_output - building_used
    building = max(0.0, left_to_build)
    most = joined(machines / machines_part, building / building_part, build_share)
    wished = most if priority else min(most, investment_share * product)
    missing = max(0.0, -there) if arms_bound else max(0.0, machines_least - left)
    return machines, missing, building, max(0.0, -left_to_build), wished


@rule(
    "R09",
    step="renew",
    table="sectors",
    reads=("capital", "pipeline", "share_market", "share_drive", "nation.investment_kept",
           "nation.plant_worth"),
    institutions=("priority", "heavy_share", "tautness"),
    parameters=("gest", "gest0", "gest_taut", "taut_from", "delta"),
    writes=("capital", "pipeline", "capital_new", "capital_lost"),
    source="form ours; Allen 2003 on the share to producer goods",
    switch="rules.gestation",
    off={"gest": 0.0, "gest0": 0.0},
)  # fmt: skip
def capital(
    capital: float,
    pipeline: float,
    share_market: float,
    share_drive: float,
    nation_investment_kept: float,
    nation_plant_worth: float,
    priority: float,
    heavy_share: float,
    tautness: float,
    gest: float,
    gest0: float,
    gest_taut: float,
    taut_from: float,
    delta: float,
) -> tuple[float, float, float, float]:
    """Return capital, what is under construction, and what was finished and scrapped.

        done = (pipeline + I s_j / 4) min(1, 1 / (4 gestation)),   gestation x gest_taut when taut
        K' = K + worth done - delta / 4 K

    Shares go from those of the market to those of the drive with the institution `heavy_share`.
    Gestation is `gest` years under priority, gest0 without. I is what display leaves of investment;
    `worth` is 1 unless new capital counts more than old (rule `plant_worth`).
    """
    share = share_market + heavy_share * (share_drive - share_market)
    years = (gest0 + priority * (gest - gest0)) * (gest_taut if tautness > taut_from else 1.0)
    begun = pipeline + nation_investment_kept * share / 4.0
    done = begun / max(1.0, 4.0 * years)
    lost = capital * delta / 4.0
    return capital + done * nation_plant_worth - lost, begun - done, done, lost


@rule(
    "R19",
    step="renew",
    table="nation",
    reads=("tractors", "machines.output"),
    institutions=("tractor_imports", "tractor_making"),
    parameters=("tractor_share", "tractor_base", "tractor_most", "tractor_wear"),
    writes=("tractors",),
    source="form ours; series tractors_in_agriculture",
)
def tractors(
    tractors: float,
    machines_output: float,
    tractor_imports: float,
    tractor_making: float,
    tractor_share: float,
    tractor_base: float,
    tractor_most: float,
    tractor_wear: float,
) -> float:
    """Return the tractors of farms, millions.

    T' = T + imported + min(most, tractor_share x_machines / base) - wear T / 4
    """
    made = min(tractor_most, tractor_share * machines_output / tractor_base)
    return tractors + tractor_imports + made * tractor_making - tractor_wear * tractors / 4.0


@rule(
    "R14",
    step="share",
    table="nation",
    reads=("light.output", "light.used", "arms", "traded_share", "missed_share"),
    parameters=("arms_light", "light_least"),
    writes=("light_arms", "goods", "goods_overdrawn", "goods_traded", "goods_missed"),
    source="form ours",
)
def goods(
    light_output: float,
    light_used: float,
    arms: float,
    traded_share: float,
    missed_share: float,
    arms_light: float,
    light_least: float,
) -> tuple[float, float, float, float, float]:
    """Return light goods for arms and for people, and what is overdrawn, traded and missed.

    goods = max(least, made + traded) (1 - missed), overdrawn where the least is more
    made = x - used - arms_light arms,   traded = traded share made
    """
    for_arms = arms_light * arms
    made = light_output - light_used - for_arms
    traded = traded_share * max(0.0, made)
    left = made + traded
    there = max(light_least, left)
    stolen = missed_share * there
    return for_arms, there - stolen, there - left, traded, stolen


@rule(
    "R14",
    step="share",
    table="nation",
    reads=("town", "coordination", "charged_price", "town_wants"),
    institutions=("shops_limited",),
    parameters=("town_goods", "town_1928", "srv_base", "price_1927", "price_power"),
    writes=("town_need",),
    source="form ours",
)
def town_need(
    town: float,
    coordination: float,
    charged_price: float,
    town_wants: float,
    shops_limited: float,
    town_goods: float,
    town_1928: float,
    srv_base: float,
    price_1927: float,
    price_power: float,
) -> float:
    """Return the goods that towns would have: town_goods town / town28 wants f(O) (p_27 / p)^power.

    f(O) = srv_base + (1 - srv_base) O; the price counts where shops are limited.
    """
    order = srv_base + (1.0 - srv_base) * coordination
    dear: float = (price_1927 / charged_price if shops_limited else 1.0) ** price_power
    return (town / town_1928) * town_goods * town_wants * order * dear


@rule(
    "R14",
    step="share",
    table="nation",
    reads=("goods", "town", "town_need", "town_demand"),
    institutions=("priority", "town_money"),
    parameters=("town_most", "town_1928", "town_share", "town_share_rise", "town_share_most",
                "village_served", "village_least"),
    writes=("town_goods_got", "village_goods", "village_other"),
    source="form ours",
    switch="rules.town_money",
    off={"town_money": 0.0},
)  # fmt: skip
def goods_shared(
    goods: float,
    town: float,
    town_need: float,
    town_demand: float,
    priority: float,
    town_money: float,
    town_most: float,
    town_1928: float,
    town_share: float,
    town_share_rise: float,
    town_share_most: float,
    village_served: float,
    village_least: float,
) -> tuple[float, float, float]:
    """Return what towns get of the goods, and what the village gets for grain and for other things.

    towns = min( town_most goods, need ), or the demand of their money where `town_money` holds
    towns under priority = goods min( share_most, (share + rise (town - town28))+ )
    village = max( least, village_served (goods - towns) )      of what is left by towns at most
    the rest goes there for other things
    """
    if priority:
        share = town_share + town_share_rise * (town - town_1928)
        # In towns far smaller than those of 1928 the line would fall below nought.
        towns = goods * min(town_share_most, max(0.0, share))
    else:
        towns = min(town_most * goods, town_demand if town_money else town_need)
    left = goods - towns
    # The least is a wish: where there is less, all of it goes to the village for its grain.
    village = min(left, max(village_least, left * village_served))
    return towns, village, left - village
