"""Limit 6: what the plan leaves to those who come after it."""

from tests.independent.asked import Asked
from tests.independent.programme import Sum, total


def keep_capital(asked: Asked) -> None:
    """Demand the goods built into plants, finished or not, to have grown at the aims' rate."""
    given = asked.given
    if asked.case.aims.get("terminal", 0.0) == "none":
        return
    for g in asked.goods:
        users = [p for p in asked.plants if given.building[g, p] > 0]
        growth = _growth(asked, g)
        if not users or growth is None:
            continue
        by_plant = asked.wrong == "terminal_rule_by_plant"
        for group in [[p] for p in users] if by_plant else [users]:
            row, opening = total(), 0.0
            for p in group:
                _count_capital(asked, row, g, p)
                opening += given.building[g, p] * (given.capacity[p] + _begun(asked, p))
            asked.programme.at_least(row, growth * opening)


def _growth(asked: Asked, g: int) -> float | None:
    """Return (1 + rho)^T; a good that a table does not name has the default, rho = 0."""
    terminal = asked.case.aims.get("terminal", 0.0)
    if isinstance(terminal, dict):
        missing = None if asked.wrong == "goods_not_in_terminal_table_are_free" else 0.0
        terminal = terminal.get(asked.given.goods[g], missing)
        if terminal is None:
            return None
    rho = float(terminal)
    if asked.wrong == "terminal_growth_over_one_year_less":
        return float((1 + rho) ** (asked.last - 1))
    if asked.wrong == "terminal_growth_once":
        return 1 + rho
    return float((1 + rho) ** asked.last)


def _begun(asked: Asked, p: int) -> float:
    """Return sum_t U[p,t] up to the day after the plan (extension)."""
    if asked.wrong == "works_under_construction_left_out_of_the_opening":
        return 0.0
    return sum(asked.ready(p, t) for t in range(1, asked.last + 1))


def _count_capital(asked: Asked, row: Sum, g: int, p: int) -> None:
    """Add C[g,p] K[p,T+1], and the part of unfinished orders that is already built."""
    amount, last = asked.given.building[g, p], asked.last
    day = last - 1 if asked.wrong == "terminal_rule_in_the_last_year" else last
    row["K", p, day] += amount
    gestation = asked.given.gestation[p]
    for u in asked.years:
        if u > last - gestation:
            share = (last - u) / gestation
            if asked.wrong == "unfinished_works_not_counted":
                share = 0.0
            if asked.wrong == "unfinished_works_counted_whole":
                share = 1.0
            row["n", p, u] += amount * share


def keep_stocks(asked: Asked) -> None:
    """Demand stocks at the end to be no less than at the start: s_T >= S0."""
    given, none = asked.given, asked.case.aims.get("terminal", 0.0) == "none"
    if none and asked.wrong != "stocks_kept_under_none":
        return
    if asked.wrong == "stocks_not_kept":
        return
    for g in asked.goods:
        least = given.stock[g]
        if asked.wrong == "stocks_grow_too":
            least *= _growth(asked, g) or 1.0
        left = 1.0
        if asked.wrong == "spoilage_at_end_of_year":
            left = 1 - given.spoilage[g]
        asked.programme.at_least(total() | {("s", g, asked.last - 1): left}, float(least))
