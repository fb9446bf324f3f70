"""Unrest, trust, private trade and strata of the village for the whole country: R39, R27, R16, R24.

They read the seven-sector model and nothing of it reads them: they were not in the trial, and no
number of theirs was fitted with it.
"""

from math import exp, log, pi, sqrt

from sovplan.foundation.engine.rule import rule


@rule(
    "R39",
    step="decide",
    table="nation",
    reads=("threat", "village", "trust", "levy_rate"),
    institutions=("quota_share", "emergency", "police_power"),
    parameters=("h_riot", "riot_T", "riot_police", "police_normal", "trust_normal"),
    writes=("riots",),
    source="own; Acemoglu and Robinson 2001 on threat, Viola 1996 for the course",
    switch="rules.revolts",
    off={"h_riot": 0.0},
)
def riots(
    threat: float,
    village: float,
    trust: float,
    levy_rate: float,
    quota_share: float,
    emergency: float,
    police_power: float,
    h_riot: float,
    riot_T: float,  # noqa: N803 - name of the parameter
    riot_police: float,
    police_normal: float,
    trust_normal: float,
) -> float:
    """Return disturbances in villages in the quarter.

        n = village h_riot / 4 exp( riot_T f - riot_police (police - police_n) ) (1 - tr)/(1 - tr_n)
        f = 1 - (1 - threat) (1 - quota) (1 - emergency) (1 - requisitioned)

    f is the chance that land, animals or grain are taken or about to be; stocks are seized only
    while no quota is ordered, as in R22. The specification has no normal levels; then h_riot would
    not be the normal number that it is said to be. Weak: one national mean falls short of March
    1930 by far; revolts are catching, and nothing spreads them.
    """
    seized = emergency if quota_share <= 0.0 else 0.0
    left = (1.0 - threat) * (1.0 - quota_share) * (1.0 - seized) * (1.0 - levy_rate)
    force = 1.0 - left
    raised = exp(riot_T * force - riot_police * (police_power - police_normal))
    return village * h_riot / 4.0 * raised * (1.0 - trust) / (1.0 - trust_normal)


@rule(
    "R27",
    step="renew",
    table="nation",
    reads=("base_last",),
    institutions=("quota_base", "base_distrust"),
    writes=("base_change", "base_last"),
    source="equation of the specification, R27: a change of the base of quotas costs trust",
    switch="rules.base_change",
    off={"base_distrust": 0.0},
)
def base_change(base_last: float, quota_base: float, base_distrust: float) -> tuple[float, float]:
    """Return how far the base of quotas changed in the quarter, where it is reckoned, and the base.

    change = reckoned |base - base of the quarter before|
    """
    return base_distrust * abs(quota_base - base_last), quota_base


@rule(
    "R27",
    step="renew",
    table="nation",
    reads=("trust", "newly_forced", "quota_share", "levy_rate", "base_change"),
    parameters=("trust_half", "trust_force", "trust_base"),
    institutions=("emergency",),
    writes=("trust",),
    source="own after seed 001 (C06)",
    switch="rules.trust",
    off={"trust_force": 0.0},
)
def trust(
    trust: float,
    newly_forced: float,
    quota_share: float,
    levy_rate: float,
    base_change: float,
    trust_half: float,
    trust_force: float,
    trust_base: float,
    emergency: float,
) -> float:
    """Return the trust of peasants in the state, 0 to 1.

        tr' = max(0, tr + (1 - tr) (1 - 2^(-1 / (4 trust_half))) - trust_force f / 4
                      - trust_base base changed )
        f = 1 - (1 - forced in) (1 - quota) (1 - emergency) (1 - requisitioned)

    Stocks are seized only while no quota is ordered, as in R22. Weak: no series.
    """
    healed: float = (1.0 - trust) * (1.0 - 2.0 ** (-0.25 / trust_half))
    seized = emergency if quota_share <= 0.0 else 0.0
    left = (1.0 - newly_forced) * (1.0 - quota_share) * (1.0 - seized) * (1.0 - levy_rate)
    force = 1.0 - left
    return max(0.0, trust + healed - trust_force * force / 4.0 - trust_base * base_change)


@rule(
    "R15",
    step="share",
    table="nation",
    reads=("clearing_price", "charged_price"),
    writes=("shortage",),
    source="Kornai 1980; Neary and Roberts 1980: the virtual price says what is short",
    switch="rules.rationing",
    off={"clearing_price": 1.0, "charged_price": 1.0},
)
def shortage(clearing_price: float, charged_price: float) -> float:
    """Return how far the price charged lies below the one that clears: (1 - p / p_clearing)+.

    Industrial goods of the whole country, all buyers; it moves the private share of trade alone
    (rule R16). What towns would buy and do not get, and their queue, is `town_short` of the shops.
    """
    return max(0.0, 1.0 - charged_price / clearing_price)


@rule(
    "R16",
    step="renew",
    table="nation",
    reads=("private_trade_share", "shortage"),
    institutions=("private_trade",),
    parameters=("shadow_ret", "shadow_law"),
    writes=("private_trade_share",),
    source="own; Grossman 1977, Kim and Shida 2014 on shortage and the second economy",
    switch="rules.second_economy",
    off={"shadow_ret": 0.0, "shadow_law": 0.0},
)
def private_trade(
    private_trade_share: float,
    shortage: float,
    private_trade: float,
    shadow_ret: float,
    shadow_law: float,
) -> float:
    """Return the private share of retail trade at the end of the year.

        S' = S + shadow_ret short law_gap (1 - S) - shadow_law (1 - law_gap) S

    law_gap is the private trade that is allowed. Weak: `private_trade` is coded after the series
    that it explains, and the rule knows no state shops that open.
    """
    rise = shadow_ret * shortage * private_trade * (1.0 - private_trade_share)
    return private_trade_share + rise - shadow_law * (1.0 - private_trade) * private_trade_share


@rule(
    "R24",
    step="renew",
    table="nation",
    reads=("wealth_mean", "wealth_spread", "village_living", "village_living_before"),
    institutions=("private_hire",),
    parameters=("ret_het", "ret_w", "partition", "wealth_follow", "living_least"),
    writes=("wealth_mean", "wealth_spread", "village_living_before"),
    source="Shanin 1972 (mobility in all directions); national form ours",
    switch="rules.strata",
    off={"ret_het": 0.0, "ret_w": 0.0, "partition": 0.0, "wealth_follow": 0.0},
)
def strata(
    wealth_mean: float,
    wealth_spread: float,
    village_living: float,
    village_living_before: float,
    private_hire: float,
    ret_het: float,
    ret_w: float,
    partition: float,
    wealth_follow: float,
    living_least: float,
) -> tuple[float, float, float]:
    """Return mean and spread of the log wealth of households, and the living standard of the year.

        ln W' = ln W + mu + ret_w z hire + ret_het shock,   z = ln W - mean, normal
        a household divides in two with chance partition z+: W falls by half

    For a normal z of spread sd that is
        mean' = mean + mu - ln 2 partition sd / sqrt(2 pi)
        mu = wealth_follow d ln max(least, living)
        sd'^2 = sd^2 (1 + ret_w hire)^2 + ret_het^2 - ln 2 partition sd^2
    Below the least of living, that of migration, wealth loses nothing more: a log has no end.
    Weak: shocks that last for ever widen the village without end; distances of strata are cut where
    1925 puts them.
    """
    now, then = max(living_least, village_living), max(living_least, village_living_before)
    gain = wealth_follow * log(now / then)
    halved = log(2.0) * partition
    mean = wealth_mean + gain - halved * wealth_spread / sqrt(2.0 * pi)
    variance = wealth_spread**2 * ((1.0 + ret_w * private_hire) ** 2 - halved) + ret_het**2
    return mean, sqrt(variance), village_living
