"""Money of towns and what it meets in the shops: rules R14 (urban demand) and R15.

Milliard roubles of 1926/27 a year. What towns would buy follows what they earn and what is printed;
what they get is another matter, and the difference is a queue, a free price or money that is kept.
"""

from sovplan.foundation.engine.rule import rule


@rule(
    "R14",
    step="share",
    table="nation",
    reads=("workers", "out_of_work", "charged_price"),
    institutions=("town_wage", "money_issue"),
    parameters=("goods_of_income", "issue_spent", "eps_d", "price_1927"),
    writes=("town_income", "town_demand"),
    source="form ours: specification of the model, section 9 (weak point 3); Kornai 1980",
)
def town_money(
    workers: float,
    out_of_work: float,
    charged_price: float,
    town_wage: float,
    money_issue: float,
    goods_of_income: float,
    issue_spent: float,
    eps_d: float,
    price_1927: float,
) -> tuple[float, float]:
    """Return the money income of towns, and what they would buy with it at the price charged.

        income = (workers - out of work) wage / 1000 + issue_spent issue
        demand = goods_of_income income (p_1927 / p)^eps_d

    Wages are at the prices of state shops of 1926/27, so that the price of industrial goods over
    farm goods acts through the elasticity alone. Weak: one elasticity for all who live in towns;
    incomes of traders and artisans stand in `issue_spent` only.
    """
    income = (workers - out_of_work) * town_wage / 1000.0 + issue_spent * money_issue
    demand: float = goods_of_income * income * (price_1927 / charged_price) ** eps_d
    return income, demand


@rule(
    "R15",
    step="share",
    table="nation",
    reads=("town_demand", "town_goods_got", "private_trade_share", "charged_price", "overhang"),
    institutions=("ration", "private_trade"),
    parameters=("eps_d", "queue", "free_least"),
    writes=("town_short", "free_price", "queue_hours", "unspent", "overhang"),
    source="Kornai 1980 (shortage); Weitzman 1977 on prices against rations; form ours",
    switch="rules.rationing",
    off={"town_demand": 0.0},
)
def shops(
    town_demand: float,
    town_goods_got: float,
    private_trade_share: float,
    charged_price: float,
    overhang: float,
    ration: float,
    private_trade: float,
    eps_d: float,
    queue: float,
    free_least: float,
) -> tuple[float, float, float, float, float]:
    """Return the shortage of towns, the free price, hours in queue, money not spent, and its sum.

        short = (1 - S / D)+,   f = max(free_least, private share of trade)
        p_free = p max( 1, (D_left / (f S))^(1 / eps_d) ),   D_left = (D - (1 - f) S)+
        where nothing is sold freely p_free = p
        hours = queue short (1 - ration),   unspent = (D - S)+ (1 - private trade allowed)
        overhang' = overhang + unspent / 4

    Hours are those of a person in a week. Without rationing (the switch) markets clear: nothing is
    short. Weak: what is kept never comes back to the shops, and no series of free prices of
    1931-34 is at hand.
    """
    free = max(free_least, private_trade_share)
    on_sale = free * town_goods_got
    left = max(0.0, town_demand - (town_goods_got - on_sale))
    over = max(1.0, (left / on_sale) ** (1.0 / eps_d)) if on_sale > 0.0 else 1.0
    missing = max(0.0, town_demand - town_goods_got)
    short = missing / town_demand if missing else 0.0
    unspent = missing * (1.0 - private_trade)
    hours = queue * short * (1.0 - ration)
    return short, charged_price * over, hours, unspent, overhang + unspent / 4.0


@rule(
    "R15",
    step="share",
    table="nation",
    reads=("town_goods_got", "town"),
    institutions=("ration", "closed_ration"),
    parameters=(
        "ration_worker", "ration_employee", "ration_dependant",
        "in_closed", "in_priority", "in_worker", "in_employee",
    ),
    writes=("got_closed", "got_priority", "got_worker", "got_employee", "got_dependant"),
    source="Osokina 1999 for categories; Wollenberg 1935 (rations); numbers of heads ours",
    switch="rules.rationing",
    off={"ration": 0.0},
)  # fmt: skip
def rations(
    town_goods_got: float,
    town: float,
    ration: float,
    closed_ration: float,
    ration_worker: float,
    ration_employee: float,
    ration_dependant: float,
    in_closed: float,
    in_priority: float,
    in_worker: float,
    in_employee: float,
) -> tuple[float, float, float, float, float]:
    """Return goods a head by category, roubles of 1926/27 a year.

        g_k = S / town (1 - ration + ration r_k / mean r),   mean r = sum_k n_k r_k

    Categories: closed supply, worker of a priority branch (r = 1), other worker, employee,
    dependant (the rest). Heads weigh by their part of the people of towns; the mean is S / town
    whatever the weights.
    """
    weights = (closed_ration, 1.0, ration_worker, ration_employee, ration_dependant)
    heads = (in_closed, in_priority, in_worker, in_employee)
    parts = (*heads, 1.0 - sum(heads))
    mean = sum(part * weight for part, weight in zip(parts, weights, strict=True))
    each = 1000.0 * town_goods_got / town
    one, two, three, four, five = (each * (1.0 - ration + ration * w / mean) for w in weights)
    return one, two, three, four, five
