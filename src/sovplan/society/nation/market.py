"""Terms of trade between town and village: rule R14.

Prices are those of industrial goods over farm goods, 1913 = 1; grain is in million tonnes.
"""

from math import exp

from sovplan.foundation.engine.block import block
from sovplan.foundation.engine.rule import rule

_STEPS = 60
"""Halvings of the search: more than a double can hold between the two ends (numerical)."""


@block(
    "R14",
    step="share",
    reads=("net_grain", "village_goods"),
    parameters=("p_scale", "net_1926", "a_ret", "sigma", "goods_least", "p_least", "p_most"),
    writes=("clearing_price",),
    source="Allen 2003, appendix B (choice of the peasant, sigma); Sah and Stiglitz 1984, 1987",
    switch="rules.scissors",
)
def clearing(
    net_grain: float,
    village_goods: float,
    p_scale: float,
    net_1926: float,
    a_ret: float,
    sigma: float,
    goods_least: float,
    p_least: float,
    p_most: float,
) -> float:
    """Return the price p at which town and village would exchange all that they offer.

        p G = p_scale (N / N_1926) / (1 + a_ret p^sigma)

    The left side rises in p and the right side falls, so there is one root; it is found by halving
    in logs between p_least and p_most. G are the goods that reached the village in the quarter
    before, milliard roubles of 1926/27 a year.
    """
    offered = p_scale * net_grain / net_1926
    goods = max(goods_least, village_goods)
    low, high = p_least, p_most
    for _ in range(_STEPS):
        price = (low * high) ** 0.5
        if price * goods > offered / (1.0 + a_ret * price**sigma):
            high = price
        else:
            low = price
    return float((low * high) ** 0.5)


@rule(
    "R14",
    step="share",
    table="nation",
    reads=("mark_up",),
    institutions=("trust_credit", "price_control", "cartels"),
    parameters=("mu_dump", "mu_cartel", "k_mu", "mu_slow"),
    writes=("mark_up",),
    source="form ours; Preobrazhensky 1926 on the scissors and the credit of trusts",
    switch="rules.scissors",
    off={"mu_dump": 1.0, "mu_cartel": 1.0},
)
def mark_up(
    mark_up: float,
    trust_credit: float,
    price_control: float,
    cartels: float,
    mu_dump: float,
    mu_cartel: float,
    k_mu: float,
    mu_slow: float,
) -> float:
    """Return what trusts charge over the clearing price.

    mu' = mu + (mu* - mu) (1 - exp(-k_mu)),   k_mu times mu_slow without credit
    mu* = mu_dump without credit; with it mu_cartel, and 1 under price control or competition
    """
    free = 1.0 + cartels * (mu_cartel - 1.0)
    with_credit = free + price_control * (1.0 - free)
    wished = mu_dump + trust_credit * (with_credit - mu_dump)
    speed = k_mu * (mu_slow + trust_credit * (1.0 - mu_slow))
    return mark_up + (wished - mark_up) * (1.0 - exp(-speed))


@rule(
    "R14",
    step="share",
    table="nation",
    reads=("charged_price", "clearing_price", "mark_up"),
    institutions=("price_control", "state_price"),
    parameters=("k_p", "omega", "price_1926"),
    writes=("charged_price", "felt_price"),
    source="form ours; virtual prices after Neary and Roberts 1980",
    switch="rules.scissors",
    off={"charged_price": 1.0, "clearing_price": 1.0, "mark_up": 1.0, "state_price": 1.0},
)
def price(
    charged_price: float,
    clearing_price: float,
    mark_up: float,
    price_control: float,
    state_price: float,
    k_p: float,
    omega: float,
    price_1926: float,
) -> tuple[float, float]:
    """Return the price that is charged, and the price that peasants feel over that of 1926.

        ln p' = ln p + k_p (ln p* - ln p),   p* = mu p_clearing, or the state price under control
        felt = p'^(1 - omega) max(p_clearing, p')^omega / p_1926

    Goods that cannot be had at a fixed price weigh as if they cost what would clear the market.
    """
    wished = state_price if price_control else clearing_price * mark_up
    charged = charged_price * (wished / charged_price) ** k_p
    virtual = max(clearing_price, charged) if price_control else charged
    return charged, charged ** (1.0 - omega) * virtual**omega / price_1926
