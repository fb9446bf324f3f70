"""Money of the village: what it earns, pays and keeps, and what it feels: rules R14 and R21.

Milliard roubles, flows a year, the purse a stock. Prices of farm goods are those of 1926/27 and
stand still, but for grain; so the price of industrial goods moves with the price charged. What
villagers buy of one another cancels out: only money that crosses the bounds of the village counts.
"""

from sovplan.foundation.engine.rule import rule


@rule(
    "R14",
    step="share",
    table="nation",
    reads=("clearing_price", "charged_price", "felt_price", "village_want"),
    institutions=("village_money", "price_control"),
    parameters=("eps_d", "omega", "price_1926"),
    writes=("scarcity_price", "felt_price"),
    source="Barro and Grossman 1971, Neary and Roberts 1980: virtual prices under rationing",
    switch="rules.village_money",
    off={"village_money": 0.0},
)
def scarcity(
    clearing_price: float,
    charged_price: float,
    felt_price: float,
    village_want: float,
    village_money: float,
    price_control: float,
    eps_d: float,
    omega: float,
    price_1926: float,
) -> tuple[float, float]:
    """Return the price at which the village would go without what it lacks, and what it feels.

        scarce = max( p_clearing, p want^(1 / eps_d) )
        felt = p^(1 - omega) max(p, scarce)^omega / p_1926

    want is what villagers would have spent over what lay in the shops, of the quarter before. Money
    that can buy nothing is worth little, and so is grain that is sold for it. The greater of both
    counts: the clearing price asks for goods against the grain of the year, want for goods against
    all the money there is. Without `village_money`, or with free prices, nothing changes.
    """
    if not (village_money and price_control):
        return clearing_price, felt_price
    scarce = max(clearing_price, charged_price * float(village_want ** (1.0 / eps_d)))
    felt: float = charged_price ** (1.0 - omega) * max(charged_price, scarce) ** omega
    return scarce, felt / price_1926


@rule(
    "R14",
    step="share",
    table="nation",
    reads=("taken", "goods", "town_income"),
    institutions=("village_money", "grain_price"),
    parameters=("grain_roubles", "raw_of_goods", "food_of_towns", "work_of_towns"),
    writes=("village_grain_pay", "village_raw_pay", "village_town_pay"),
    source="form ours: the exchange of town and village as an account of money",
    switch="rules.village_money",
    off={"village_money": 0.0},
)
def village_pay(
    taken: float,
    goods: float,
    town_income: float,
    village_money: float,
    grain_price: float,
    grain_roubles: float,
    raw_of_goods: float,
    food_of_towns: float,
    work_of_towns: float,
) -> tuple[float, float, float]:
    """Return what the village gets: from the state for grain and raw stuffs, and from towns.

        grain = 4 taken grain_roubles g / 1000,   raw stuffs = raw_of_goods goods
        towns = (food_of_towns + work_of_towns) income of towns

    Grain is in million tonnes a quarter, grain_roubles in roubles a tonne. What towns pay holds
    grain sold past the state, meat, milk, eggs, and what those who work outside bring home. Weak:
    crops other than grain follow the goods that are made of them, not their harvest.
    """
    grain = 4.0 * taken * grain_roubles * grain_price / 1000.0
    towns = (food_of_towns + work_of_towns) * town_income
    return village_money * grain, village_money * raw_of_goods * goods, village_money * towns


@rule(
    "R14",
    step="share",
    table="nation",
    reads=(
        "village_grain_pay", "village_raw_pay", "village_town_pay", "village_goods",
        "village_other", "charged_price", "village_cash", "tax_season",
    ),
    institutions=("village_money", "farm_tax", "village_levies"),
    parameters=("goods_of_village", "cash_wanted", "cash_speed", "price_1927"),
    writes=("village_tax", "village_elsewhere", "village_bought", "village_cash", "village_want",
            "village_short", "village_sold", "village_unsold"),
    source="form ours: cash balance with a speed; Barro and Grossman 1971 for the rationed buyer",
    switch="rules.village_money",
    off={"village_money": 0.0},
)  # fmt: skip
def village_purse(
    village_grain_pay: float,
    village_raw_pay: float,
    village_town_pay: float,
    village_goods: float,
    village_other: float,
    charged_price: float,
    village_cash: float,
    tax_season: float,
    village_money: float,
    farm_tax: float,
    village_levies: float,
    goods_of_village: float,
    cash_wanted: float,
    cash_speed: float,
    price_1927: float,
) -> tuple[float, float, float, float, float, float, float, float]:
    """Return what the village pays, what it keeps, and what it lacks.

        R = grain + raw stuffs + towns,   tax = min( 4 tax season + levies, R + 4 M )
        elsewhere = (1 - goods_of_village) (R - tax)+
        wish = ( goods_of_village (R - tax)+ + 4 speed (M - cash_wanted R) )+   within what it has
        there = G p / p_1927,   bought = min( wish, there ),   G: goods that reach the village
        M' = M + (R - tax - elsewhere - bought) / 4
        want = wish / there,   short = (1 - there / wish)+,   sold + unsold = G

    Money above what the village wants to hold is brought to the shops at the given speed; money
    that finds nothing there stays, and comes again. Weak: what lies unsold is not offered again;
    one purse stands for rich and poor.
    """
    if not village_money:
        return 0.0, 0.0, 0.0, village_cash, 0.0, 0.0, 0.0, 0.0
    got = village_grain_pay + village_raw_pay + village_town_pay
    most = got + 4.0 * village_cash
    tax = min(4.0 * farm_tax * tax_season + village_levies, most)
    left = max(0.0, got - tax)
    elsewhere = (1.0 - goods_of_village) * left
    beyond = 4.0 * cash_speed * (village_cash - cash_wanted * got)
    # What is left of all money by rounding alone may lie below nought; a wish does not.
    wish = max(0.0, min(max(0.0, goods_of_village * left + beyond), most - tax - elsewhere))
    dear = charged_price / price_1927
    goods = village_goods + village_other
    there = goods * dear
    bought = min(wish, there)
    cash = village_cash + (got - tax - elsewhere - bought) / 4.0
    short = 1.0 - there / wish if wish > there else 0.0
    sold = bought / dear
    return tax, elsewhere, bought, cash, wish / there, short, sold, goods - sold
