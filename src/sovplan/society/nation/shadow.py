"""Theft, the second economy and who lives on it, for the whole country: rule R16.

Nothing of the seven sectors reads these columns: the calibrated numbers hold such losses inside.
"""

from sovplan.foundation.engine.rule import rule


@rule(
    "R16",
    step="share",
    table="nation",
    reads=("town_short", "goods"),
    institutions=("police_power",),
    parameters=("leak", "p_state", "theft_seen", "distance_top"),
    writes=("theft_share", "stolen"),
    source="Grossman 1977; Treml and Alexeev 1993: direction; form of the specification",
    switch="rules.second_economy",
    off={"leak": 0.0},
)
def theft(
    town_short: float,
    goods: float,
    police_power: float,
    leak: float,
    p_state: float,
    theft_seen: float,
    distance_top: float,
) -> tuple[float, float]:
    """Return the share of goods that is stolen, and how much, milliard roubles of 1926/27 a year.

        th = leak short (1 - p_find) (1 + distance / 2)
        p_find = 1 - (1 - p_state) (1 - theft_seen police)

    What is scarce is worth stealing, and the police that finds it lowers it at once. Stolen goods
    are used by somebody: they are not taken off what people have.
    """
    hidden = (1.0 - p_state) * (1.0 - theft_seen * police_power)
    share = leak * town_short * hidden * (1.0 + 0.5 * distance_top)
    return share, share * goods


@rule(
    "R16",
    step="renew",
    table="nation",
    reads=("shadow_share", "town_short", "town_goods_got"),
    institutions=("police_power", "private_trade"),
    parameters=("shadow_ret", "shadow_law", "bribe"),
    writes=("shadow_share", "shadow_income", "officials_cut"),
    source="Grossman 1977, Kim and Shida 2014; Treml and Alexeev 1993 on what officials take",
    switch="rules.second_economy",
    off={"shadow_ret": 0.0, "shadow_law": 0.0},
)
def shadow(
    shadow_share: float,
    town_short: float,
    town_goods_got: float,
    police_power: float,
    private_trade: float,
    shadow_ret: float,
    shadow_law: float,
    bribe: float,
) -> tuple[float, float, float]:
    """Return the share of the second economy in trade of towns, its turnover, and officials' part.

        S' = S + shadow_ret short (1 - strict) (1 - S) - shadow_law strict S
        strict = police (1 - private trade allowed)
        officials take bribe S goods, here in million roubles of 1926/27 a year

    Trade that the law allows is no second economy; trade that it forbids is one as far as the
    police lets it be. Weak: no series; the start of 1921 is a choice.
    """
    strict = police_power * (1.0 - private_trade)
    grown = shadow_ret * town_short * (1.0 - strict) * (1.0 - shadow_share)
    share = shadow_share + grown - shadow_law * strict * shadow_share
    turnover = share * town_goods_got
    return share, turnover, 1000.0 * bribe * turnover
