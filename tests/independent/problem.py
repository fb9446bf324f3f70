"""The planning problem, limit by limit, as its page says it: an independent formulation.

Written from the page alone, to be compared with the product; slow and plain on purpose.
Each `misreading` (see `misreadings`) changes one thing, so that the comparison can be seen to
catch it.
"""

from collections.abc import Mapping

import numpy as np

from tests.independent import extensions
from tests.independent.asked import Asked, asked_of
from tests.independent.case import Case
from tests.independent.given import Array
from tests.independent.misreadings import MISREADINGS
from tests.independent.people import consume, objective
from tests.independent.programme import Answer, Sum, total
from tests.independent.terminal import keep_capital, keep_stocks


def solve(case: Case, misreading: str | None = None) -> Answer:
    """Solve the planning problem of one case.

    Parameters
    ----------
    case
        The economy and its aims.
    misreading
        A name in `MISREADINGS`, or None for the page as it stands.

    Raises
    ------
    ValueError
        The case is bad input by the page (such as no target for `ray`).
    KeyError
        No such misreading.
    """
    if misreading is not None and misreading not in MISREADINGS:
        raise KeyError(misreading)
    asked = asked_of(case, misreading)
    balance_goods(asked)
    limit_activity(asked)
    grow_capacity(asked)
    limit_labour(asked)
    limit_resources(asked)
    balance_trade(asked)
    cap_trade(asked)
    consume(asked)
    keep_capital(asked)
    keep_stocks(asked)
    extensions.add(asked)
    return objective(asked)


def balance_goods(asked: Asked) -> None:
    """Limit 1: what is made, stored and imported covers all uses of every good, every year."""
    given, programme = asked.given, asked.programme
    no_waste = set(asked.case.aims.get("no_waste", []))
    if asked.wrong == "no_waste_ignored":
        no_waste = set()
    for t in asked.years:
        for g in asked.goods:
            row, opening = _balance(asked, g, t)
            if given.goods[g] in no_waste:
                programme.equals(row, -opening)
            else:
                programme.at_least(row, -opening)


def _balance(asked: Asked, g: int, t: int) -> tuple[Sum, float]:
    """Return sources less uses of a good: the unknown part, and the number beside it."""
    given, row = asked.given, total()

    # B x_t - A x_t, the first less what is lost (extension).
    for j in asked.techniques:
        made_in = t - 1 if asked.wrong == "output_usable_next_year" else t
        if made_in >= 0:
            row["x", j, made_in] += (1 - asked.losses()[g]) * given.outputs[g, j]
        own = asked.wrong == "own_product_not_used_up" and given.outputs[g, j] > 0
        row["x", j, t] -= 0.0 if own else given.inputs[g, j]

    # (1 - spoil) s_{t-1} - s_t, with s_0 = S0.
    opening = 0.0
    if t == 0:
        opening = _opening_stock(asked, g)
    else:
        row["s", g, t - 1] += 1 - given.spoilage[g]
    row["s", g, t] -= 1.0

    # m_t - e_t, where the good has the price.
    if not np.isnan(given.import_price[g]):
        row["m", g, t] += 1.0
    if not np.isnan(given.export_price[g]):
        row["e", g, t] -= 1.0

    # I_t, c_t and P_t; more for public use where people have moved (extension).
    _add(row, asked.invested(g, t), -1.0)
    row["c", g, t] -= 1.0
    _add(row, extensions.use_of_migrants(asked, g, t), -1.0)
    return row, opening - _public_use(asked, row, g, t)


def _opening_stock(asked: Asked, g: int) -> float:
    whole = asked.wrong in {"opening_stock_not_spoiled", "spoilage_at_end_of_year"}
    left = 1.0 if whole else 1 - asked.given.spoilage[g]
    return float(left * asked.given.stock[g])


def _public_use(asked: Asked, row: Sum, g: int, t: int) -> float:
    public = float(asked.given.public[g, t])
    scaled = asked.objective in {"ray", "common"} and asked.has_target(t)
    if asked.wrong == "public_use_scaled_by_fulfilment" and scaled:
        row["phi", asked.phi(t)] -= public
        return 0.0
    return 0.0 if asked.wrong == "public_use_met_from_consumption" else public


def limit_activity(asked: Asked) -> None:
    """Limit 2: sum_j load[p,j] x[j,t] <= K[p,t]."""
    given = asked.given
    apart = asked.wrong == "each_user_has_the_whole_plant"
    for t in asked.years:
        for p in asked.plants:
            users = [j for j in asked.techniques if given.load[p, j] > 0]
            for group in [[j] for j in users] if apart else [users]:
                row = total()
                for j in group:
                    row["x", j, t] += given.load[p, j]
                row["K", p, t] -= 1.0
                asked.programme.at_most(row, 0.0)


def grow_capacity(asked: Asked) -> None:
    """Limit 2: capacity wears, and grows by orders.

    K[p,1] = K0[p];  K[p,t+1] = (1 - wear[p]) K[p,t] + n[p,t+1-gest[p]], + U[p,t+1] (extension).
    """
    given, wrong = asked.given, asked.wrong
    for p in asked.plants:
        kept = 1 - given.wear[p]
        opening = given.capacity[p] * (kept if wrong == "wear_before_year_one" else 1.0)
        asked.programme.equals(total() | {("K", p, 0): 1.0}, opening)
        wait = given.gestation[p]
        wait += {"gestation_one_longer": 1, "gestation_one_shorter": -1}.get(wrong or "", 0)
        for t in asked.years:
            left = 1.0 if wrong == "no_wear_in_year_one" and t == 0 else kept
            row = total()
            row["K", p, t + 1] += 1.0
            row["K", p, t] -= left
            if 0 <= t + 1 - wait < asked.last:
                row["n", p, t + 1 - wait] -= left if wrong == "new_capacity_wears_at_once" else 1.0
            asked.programme.equals(row, asked.ready(p, t + 1))


def limit_labour(asked: Asked) -> None:
    """Limit 3: L x_t <= H_t, with no skill in place of another."""
    given = asked.given
    for t in asked.years:
        rows = []
        for k, skill in enumerate(given.skills):
            row = total()
            for j in asked.techniques:
                row["x", j, t] += given.labour[k, j]
            _add(row, extensions.hours_of_migrants(asked, skill, t), -1.0)
            rows.append(row)
        if asked.wrong == "skills_replace_each_other":
            asked.programme.at_most(_together(rows), float(given.hours[:, t].sum()))
        elif asked.wrong != "labour_unlimited":
            for k, row in enumerate(rows):
                asked.programme.at_most(row, given.hours[k, t])


def limit_resources(asked: Asked) -> None:
    """Limit 3: R x_t <= Q_t."""
    given = asked.given
    for r in range(given.resources.shape[0]):
        rows = []
        for t in asked.years:
            row = total()
            for j in asked.techniques:
                row["x", j, t] += given.resources[r, j]
            rows.append(row)
        if asked.wrong == "resources_shared_between_years":
            asked.programme.at_most(_together(rows), float(given.available[r].sum()))
        else:
            for t, row in enumerate(rows):
                asked.programme.at_most(row, given.available[r, t])


def balance_trade(asked: Asked) -> None:
    """Limit 4: exports and credit pay for imports, every year."""
    import_price, export_price = _prices(asked)
    rows, funds = [], []
    for t in asked.years:
        row = total()
        for g in asked.goods:
            if not np.isnan(export_price[g]):
                row["e", g, t] += export_price[g]
            if not np.isnan(import_price[g]):
                row["m", g, t] -= import_price[g]
        _add(row, extensions.credit_drawn(asked, t), 1.0)
        rows.append(row)
        funds.append(float(asked.given.credit[t]) + extensions.outside_trade(asked))

    for t in asked.years:
        if asked.wrong == "unused_credit_kept":
            asked.programme.at_least(_together(rows[: t + 1]), -sum(funds[: t + 1]))
        elif asked.wrong == "trade_balanced_over_all_years":
            asked.programme.at_least(_together(rows), -sum(funds))
        else:
            asked.programme.at_least(rows[t], -funds[t])


def _prices(asked: Asked) -> tuple[Array, Array]:
    """Return pm and pe, not a number where the good is not traded that way."""
    bought, sold = asked.given.import_price, asked.given.export_price
    both = ~np.isnan(bought) & ~np.isnan(sold)
    if asked.wrong == "imports_at_export_price":
        return np.where(both, sold, bought), sold
    if asked.wrong == "exports_at_import_price":
        return bought, np.where(both, bought, sold)
    return bought, sold


def cap_trade(asked: Asked) -> None:
    """Limit 4: m_t <= capm, e_t <= cape, every year."""
    given, programme = asked.given, asked.programme
    for g in asked.goods:
        bought = [("m", g, t) for t in asked.years if not np.isnan(given.import_price[g])]
        sold = [("e", g, t) for t in asked.years if not np.isnan(given.export_price[g])]
        for key in sold:
            programme.bound(key, 0.0, given.export_cap[g])
        if asked.wrong == "import_cap_over_all_years":
            if np.isfinite(given.import_cap[g]):
                programme.at_most(total() | dict.fromkeys(bought, 1.0), given.import_cap[g])
        else:
            for key in bought:
                programme.bound(key, 0.0, given.import_cap[g])


def _add(row: Sum, other: Mapping[tuple[str | int, ...], float], times: float) -> None:
    for key, value in other.items():
        row[key] += times * value


def _together(rows: list[Sum]) -> Sum:
    whole = total()
    for row in rows:
        _add(whole, row, 1.0)
    return whole
