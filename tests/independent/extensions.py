"""The extensions that the economy ussr-1928 uses, by the formulas of its README.

Works under construction stand in limits 2 and 6 (`Asked.ready`), losses in limit 1.
"""

import numpy as np

from tests.independent.asked import Asked
from tests.independent.given import number
from tests.independent.programme import Sum, total


def add(asked: Asked) -> None:
    """Add the rows that stand beside the limits of the page."""
    limit_migration(asked)
    limit_credit(asked)
    limit_growth(asked)
    limit_stocks(asked)
    demand_investment(asked)


def migrants(asked: Asked, t: int) -> Sum:
    """Return V[t], all who have moved up to year t."""
    row = total()
    if asked.extension("migration"):
        first = t if asked.wrong == "migrants_stay_one_year" else 0
        for u in range(first, t + 1):
            row["v", u] += 1.0
    return row


def use_of_migrants(asked: Asked, g: int, t: int) -> Sum:
    """Return what migrants add to the public use of a good: needs[g] V[t]."""
    needs = asked.extension("migration").get("needs", {})
    if asked.wrong == "needs_of_migrants_ignored":
        needs = {}
    return _times(migrants(asked, t), float(needs.get(asked.given.goods[g], 0.0)))


def hours_of_migrants(asked: Asked, skill: str, t: int) -> Sum:
    """Return what migrants add to a skill's hours: hours_won V[t], or - hours_lost V[t]."""
    table = asked.extension("migration")
    if not table:
        return total()
    if skill == table["to"]:
        return _times(migrants(asked, t), float(table["hours_won"]))
    if skill == table["from"] and asked.wrong != "migrants_leave_no_gap":
        same = asked.wrong == "migrants_take_all_they_win"
        return _times(migrants(asked, t), -float(table["hours_won" if same else "hours_lost"]))
    return total()


def limit_migration(asked: Asked) -> None:
    """0 <= v[t] <= most_a_year"""
    table = asked.extension("migration")
    if not table:
        return
    most = float(table["most_a_year"])
    for t in asked.years:
        high = np.inf if asked.wrong == "migration_limited_over_all_years" else most
        asked.programme.bound(("v", t), 0.0, high)
    if asked.wrong == "migration_limited_over_all_years":
        asked.programme.at_most(migrants(asked, asked.last - 1), most)


def credit_drawn(asked: Asked, t: int) -> Sum:
    """Return d[t], credit that the plan itself times."""
    row = total()
    if asked.extension("credit") and asked.wrong != "credit_cannot_be_timed":
        row["d", t] += 1.0
    return row


def limit_credit(asked: Asked) -> None:
    """yearly_least <= d[t] <= yearly_most;  sum_t d[t] <= total"""
    table = asked.extension("credit")
    if not table:
        return
    row = total()
    for t in asked.years:
        low, high = float(table["yearly_least"]), float(table["yearly_most"])
        if asked.wrong == "credit_never_paid_back":
            low = max(low, 0.0)
        asked.programme.bound(("d", t), low, high)
        row["d", t] += 1.0
    if asked.wrong != "credit_total_ignored":
        asked.programme.at_most(row, float(table["total"]))


def outside_trade(asked: Asked) -> float:
    """Return other_exports - other_imports of every year."""
    table = asked.extension("trade")
    if asked.wrong == "outside_trade_ignored" or not table:
        return 0.0
    balance = float(table.get("other_exports", 0.0)) - float(table.get("other_imports", 0.0))
    return -balance if asked.wrong == "outside_trade_signs_exchanged" else balance


def limit_growth(asked: Asked) -> None:
    """(B x_t)_g <= (1 + most[g]) (B x_{t-1})_g, with x_0 as the opening file has it."""
    for good, most in asked.extension("growth_limits").get("most", {}).items():
        g = asked.given.goods.index(good)
        makers = [j for j in asked.techniques if asked.given.outputs[g, j] > 0]
        apart = asked.wrong == "growth_limited_by_technique"
        for group in [[j] for j in makers] if apart else [makers]:
            for t in asked.years:
                if t > 0 or asked.wrong != "first_year_grows_freely":
                    _limit_growth_of(asked, {j: asked.given.outputs[g, j] for j in group}, t, most)


def _limit_growth_of(asked: Asked, outputs: dict[int, float], t: int, most: float) -> None:
    row, limit = total(), 0.0
    for j, amount in outputs.items():
        row["x", j, t] += amount
        if t > 0:
            row["x", j, t - 1] -= (1 + most) * amount
        else:
            limit += (1 + most) * amount * _activity_before(asked, j)
    asked.programme.at_most(row, limit)


def _activity_before(asked: Asked, j: int) -> float:
    technique = asked.case.tables["techniques.csv"][j]["technique"]
    opening = asked.case.tables[asked.extension("growth_limits")["opening"]]
    return sum(number(row, "activity") for row in opening if row["technique"] == technique)


def limit_stocks(asked: Asked) -> None:
    """s[g,t] <= most_times_opening S0[g]"""
    table = asked.extension("stock_limits")
    if not table:
        return
    for t in asked.years:
        if asked.wrong == "stocks_limited_at_the_end_only" and t < asked.last - 1:
            continue
        for g in asked.goods:
            most = float(table["most_times_opening"]) * asked.given.stock[g]
            if asked.wrong == "goods_without_opening_stock_stored_freely" and most == 0:
                continue
            asked.programme.at_most(total() | {("s", g, t): 1.0}, most)


def demand_investment(asked: Asked) -> None:
    """I[g,t] >= amount"""
    for good, amount in asked.extension("least_investment").items():
        g = asked.given.goods.index(good)
        over_all = total()
        for t in asked.years:
            row = asked.invested(g, t)
            if asked.wrong == "least_investment_in_orders":
                row = total()
                for p in asked.plants:
                    row["n", p, t] += asked.given.building[g, p]
            for key, value in row.items():
                over_all[key] += value
            if asked.wrong != "least_investment_on_average":
                asked.programme.at_least(row, float(amount))
        if asked.wrong == "least_investment_on_average":
            asked.programme.at_least(over_all, float(amount) * asked.last)


def _times(row: Sum, factor: float) -> Sum:
    scaled = total()
    for key, value in row.items():
        scaled[key] += factor * value
    return scaled
