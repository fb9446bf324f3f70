"""Sharing out once more, good by good and stratum by stratum, with searches instead of formulas.

Written from the manual page, with nothing of the product.
"""

from dataclasses import dataclass
from itertools import pairwise
from math import exp, log
from typing import Final, final

from tests.society.sharing_cases import PARAMETERS, Case

STEPS: Final = 80


@final
@dataclass(frozen=True)
class ByHand:
    """Lists where the product has arrays: strata first, then goods."""

    pay: list[float]
    privileged: list[list[float]]
    rationed: list[list[float]]
    sold: list[list[float]]
    prices: list[float]
    saved: list[float]


def quantile(points: list[tuple[float, float]], share: float) -> float:
    """Return the value that a share of the weight lies below; equal values are one point."""
    values = sorted({value for value, _ in points})
    weight = {value: sum(w for v, w in points if v == value) for value in values}
    whole = sum(weight.values())
    below, marks = 0.0, []
    for value in values:
        marks.append(((below + weight[value] / 2) / whole, value))
        below += weight[value]
    if share <= marks[0][0]:
        return marks[0][1]
    for (left, low), (right, high) in pairwise(marks):
        if share <= right:
            return low + (high - low) * (share - left) / (right - left)
    return marks[-1][1]


def ratio_at(x: float, earners: list[tuple[float, float]]) -> float:
    """Return the decile ratio of pay when log pay rises by x a grade."""
    pay = [(x * grade, hours) for grade, hours in earners]
    return exp(quantile(pay, 0.9) - quantile(pay, 0.1))


def steepness(earners: list[tuple[float, float]], wanted: float) -> float:
    """Search for the x that makes the decile ratio, by halving."""
    if len({grade for grade, _ in earners}) < 2:
        return 0.0
    low, high = 0.0, 60.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if ratio_at(middle, earners) < wanted else (low, middle)
    return (low + high) / 2


def pay(case: Case) -> list[float]:
    people, money, order = case.strata, case.earned, case.institutions
    rows = range(len(people))
    hours = [float(each) for each in money.hours]
    grades = [float(each) for each in people.grades]
    earners = [
        (grades[s], hours[s]) for s in rows if hours[s] > 0 and people.classes[s] != "peasant"
    ]
    spread = PARAMETERS.ineq0 + (PARAMETERS.ineq_max - PARAMETERS.ineq0) * order.wage_spread
    x = steepness(earners, spread)
    factor = [exp(x * grade) for grade in grades]
    peers = [s for s in rows if people.classes[s] == "worker" and hours[s] > 0]
    peers = peers or [s for s in rows if people.classes[s] != "official" and hours[s] > 0]
    if peers:
        usual = sum(factor[s] * hours[s] for s in peers) / sum(hours[s] for s in peers)
        factor = [
            f - order.pay_cap * (f - usual) if each == "official" and f > usual else f
            for f, each in zip(factor, people.classes, strict=True)
        ]
    whole = sum(f * h for f, h in zip(factor, hours, strict=True))
    if whole == 0:
        return [0.0 for _ in rows]
    return [money.hour * sum(hours) * f * h / whole for f, h in zip(factor, hours, strict=True)]


def clearing(money: float, there: float) -> float:
    """Search for the price at which money / price = there, by halving on a log scale."""
    low, high = log(1e-12), log(1e12)
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if money / exp(middle) > there else (low, middle)
    return exp((low + high) / 2)


def one_good(case: Case, good: int, money: list[float]) -> tuple[list[list[float]], float]:
    """Return what each stratum had through each of three doors, and the shop price."""
    people, order = case.strata, case.institutions
    rows = range(len(people))
    there, price = float(case.offer.there[good]), float(case.offer.prices[good])
    wants = [each / price for each in money]
    first = [0.0 for _ in rows]
    if sum(wants) > there:
        missing = 1 - there / sum(wants)
        first = [
            order.closed_supply * missing * wants[s] * (people.classes[s] == "official")
            for s in rows
        ]
        if sum(first) > there:
            first = [each * there / sum(first) for each in first]
    there = max(there - sum(first), 0.0)
    wants = [max(want - had, 0.0) for want, had in zip(wants, first, strict=True)]
    cards = [0.0 for _ in rows]
    heads = [float(people.people[s]) * order.ration_norms[people.classes[s]] for s in rows]
    if sum(wants) > there and sum(heads) > 0:
        cards = [
            min(order.ration * there * head / sum(heads), want)
            for head, want in zip(heads, wants, strict=True)
        ]
    there = max(there - sum(cards), 0.0)
    there = there if there > 1e-9 * float(case.offer.there[good]) else 0.0
    pockets = [max(want - had, 0.0) * price for want, had in zip(wants, cards, strict=True)]
    shop = price
    if there > 0 and sum(pockets) > 0:
        shop = exp(
            (1 - order.price_rule) * log(price)
            + order.price_rule * log(clearing(sum(pockets), there))
        )
    asked = [each / shop for each in pockets]
    short = there / sum(asked) if sum(asked) > there else 1.0
    return [first, cards, [each * short for each in asked]], shop


def by_hand(case: Case) -> ByHand:
    """Share out."""
    people, things = case.strata, case.offer
    rows = range(len(people))
    paid = pay(case)
    purse = [float(case.earned.savings[s]) + paid[s] + float(case.earned.bonus[s]) for s in rows]
    left = list(purse)
    doors: list[list[list[float]]] = [[[] for _ in rows] for _ in range(3)]
    prices = []
    for good in range(len(things.there)):
        money = [0.0 for _ in rows]
        for s in rows:
            sold = [float(people.budget[s, g]) for g in range(len(things.there))
                    if not things.common[g]]  # fmt: skip
            if sum(sold) > 0 and not things.common[good]:
                money[s] = purse[s] * float(people.budget[s, good]) / sum(sold)
        if things.common[good]:
            had, shop = [[0.0 for _ in rows] for _ in range(3)], float(things.prices[good])
        else:
            had, shop = one_good(case, good, money)
        prices.append(shop)
        published = float(things.prices[good])
        for s in rows:
            left[s] -= published * (had[0][s] + had[1][s]) + shop * had[2][s]
            for door in range(3):
                doors[door][s].append(had[door][s])
    return ByHand(paid, doors[0], doors[1], doors[2], prices, left)
