"""Limit 5 and the four objectives: what people are to get."""

from tests.independent.asked import Asked
from tests.independent.given import Array
from tests.independent.programme import Answer, Sum, total


def consume(asked: Asked) -> None:
    """Limit 5: floors, the rows of the objective, and the ceilings of goods not to be wasted."""
    for t in asked.years:
        for g in asked.goods:
            _meet_floor(asked, g, t)
            if asked.objective in {"ray", "common"}:
                _meet_target_by_share(asked, g, t)
                _meet_output_by_share(asked, g, t)
            if asked.objective == "labour":
                _meet_target_whole(asked, g, t)
            if asked.objective == "weighted":
                _stop_at_satiety(asked, g, t)
            if asked.given.goods[g] in asked.case.aims.get("no_waste", []):
                _hide_nothing(asked, g, t)


def _meet_floor(asked: Asked, g: int, t: int) -> None:
    """c_t >= f_t"""
    given = asked.given
    least = given.floor[g, t]
    if asked.wrong == "floor_ignored_beside_target" and given.target[g, t] > 0:
        least = 0.0
    if asked.wrong == "labour_without_floors" and asked.objective == "labour":
        least = 0.0
    if asked.wrong == "public_use_met_from_consumption":
        least = max(least, given.public[g, t])
    asked.programme.at_least(total() | {("c", g, t): 1.0}, least)


def _meet_target_by_share(asked: Asked, g: int, t: int) -> None:
    """c_t >= phi N_t, where there is a target."""
    target, floor = asked.given.target[g, t], asked.given.floor[g, t]
    if target <= 0 or (asked.wrong == "ray_in_the_last_year_only" and not _is_last(asked, t)):
        return
    row, least = total() | {("c", g, t): 1.0}, 0.0
    row["phi", asked.phi(t)] -= target
    if asked.wrong == "fulfilment_counts_from_the_floor":
        row["phi", asked.phi(t)] += min(floor, target)
        least = min(floor, target)
    if asked.wrong == "fulfilment_on_top_of_the_floor":
        least = floor
    asked.programme.at_least(row, least)


def _is_last(asked: Asked, t: int) -> bool:
    later = [u for u in asked.years if u > t and asked.has_target(u)]
    return asked.objective != "ray" or not later


def _meet_output_by_share(asked: Asked, g: int, t: int) -> None:
    """(B x_t)_g >= base + phi (N - base), gross: own use included."""
    target, base = asked.given.output_target[g, t], asked.given.output_base[g, t]
    if target <= 0 or (asked.wrong == "ray_in_the_last_year_only" and not _is_last(asked, t)):
        return
    if asked.wrong == "base_ignored":
        base = 0.0
    row = _output(asked, g, t)
    row["phi", asked.phi(t)] -= target if asked.wrong == "base_added_to_target" else target - base
    asked.programme.at_least(row, base)


def _output(asked: Asked, g: int, t: int) -> Sum:
    row = asked.made(g, t)
    for j in asked.techniques:
        own = asked.given.outputs[g, j] > 0
        if asked.wrong == "output_counts_net" or (
            asked.wrong == "own_use_taken_from_output" and own
        ):
            row["x", j, t] -= asked.given.inputs[g, j]
        if asked.wrong == "output_targets_after_losses":
            row["x", j, t] -= asked.losses()[g] * asked.given.outputs[g, j]
    return row


def _meet_target_whole(asked: Asked, g: int, t: int) -> None:
    """c_t >= max(N_t, f_t), the second part being limit 5; (B x_t)_g >= N_t."""
    asked.programme.at_least(total() | {("c", g, t): 1.0}, asked.given.target[g, t])
    target = asked.given.output_target[g, t]
    if asked.wrong == "labour_needs_only_the_base":
        target = asked.given.output_base[g, t]
    asked.programme.at_least(_output(asked, g, t), target)


def _stop_at_satiety(asked: Asked, g: int, t: int) -> None:
    """c_t <= max(N_t, f_t)"""
    target, floor = asked.given.target[g, t], asked.given.floor[g, t]
    if asked.given.output_target[g, t] > 0:
        message = "output targets have no meaning under `weighted`"
        raise ValueError(message)
    most = target if asked.wrong == "satiety_at_target_alone" else max(target, floor)
    if asked.wrong != "needs_never_sated":
        asked.programme.at_most(total() | {("c", g, t): 1.0}, most)


def _hide_nothing(asked: Asked, g: int, t: int) -> None:
    """c_t <= f_t + phi N_t, or max(N_t, f_t); s_t <= its greatest stock."""
    target, floor = asked.given.target[g, t], asked.given.floor[g, t]
    if asked.wrong == "no_waste_ignored":
        return
    if asked.wrong != "no_waste_but_free_consumption":
        row = total() | {("c", g, t): 1.0}
        if asked.objective in {"ray", "common"}:
            if target > 0 and asked.wrong != "no_waste_consumption_at_most_floor":
                row["phi", asked.phi(t)] -= target
            asked.programme.at_most(row, floor)
        else:
            asked.programme.at_most(row, max(target, floor))
    if asked.wrong != "no_waste_but_free_stocks":
        asked.programme.at_most(total() | {("s", g, t): 1.0}, asked.greatest_stock(g))


def objective(asked: Asked) -> Answer:
    """Solve for the aims' objective.

    Raises
    ------
    ValueError
        No positive target for `ray` or `common`, or an unknown objective.
    """
    with_target = [t for t in asked.years if asked.has_target(t)]
    if asked.objective in {"ray", "common"} and not with_target:
        message = "no positive target in any year"
        raise ValueError(message)
    if asked.objective == "ray":
        return asked.programme.maximise(total() | {("phi", 0): 1.0})
    if asked.objective == "common":
        return asked.programme.maximise(_common(asked, with_target))
    if asked.objective == "weighted":
        return asked.programme.maximise(_weighted(asked))
    if asked.objective == "labour":
        return asked.programme.minimise(_labour(asked))
    raise ValueError(asked.objective)


def _common(asked: Asked, with_target: list[int]) -> Sum:
    """sum_t w_t phi_t over the years with a target, each phi_t at most the cap."""
    default = 1.0 if asked.wrong == "year_weights_default_one" else 1.0 / asked.last
    weights = list(asked.case.aims.get("year_weights", [default] * asked.last))
    if asked.wrong == "year_weights_ignored":
        weights = [default] * asked.last
    if asked.wrong == "weights_renormalised":
        scale = sum(weights) / sum(weights[t] for t in with_target)
        weights = [weight * scale for weight in weights]
    aim = total() | {("phi", t): weights[t] for t in with_target}
    cap = asked.case.aims.get("cap")
    if cap is not None and asked.wrong == "cap_on_the_sum":
        asked.programme.at_most(aim, cap)
    elif cap is not None and asked.wrong != "cap_ignored":
        for t in with_target:
            asked.programme.bound(("phi", t), 0.0, cap)
    if asked.wrong == "year_without_target_counts_as_fulfilled":
        asked.programme.bound(("one",), 1.0, 1.0)
        aim = aim | {("one",): sum(weights) - sum(weights[t] for t in with_target)}
    return aim


def _weighted(asked: Asked) -> Sum:
    """sum_{g,t} v[g] c[g,t]"""
    weights = asked.case.aims.get("weights", {})
    missing = 1.0 if asked.wrong == "goods_without_weight_weigh_one" else 0.0
    aim = total()
    for t in asked.years:
        for g in asked.goods:
            aim["c", g, t] += float(weights.get(asked.given.goods[g], missing))
    return aim


def _labour(asked: Asked) -> Sum:
    """sum_t sum_k u_k (L x_t)_k"""
    weights = asked.case.aims.get("labour_weights", {})
    missing = 0.0 if weights and asked.wrong == "skills_without_weight_weigh_nothing" else 1.0
    if asked.wrong == "labour_weights_ignored":
        weights = {}
    labour: Array = asked.given.labour
    aim = total()
    for t in asked.years:
        for k, skill in enumerate(asked.given.skills):
            for j in asked.techniques:
                aim["x", j, t] += float(weights.get(skill, missing)) * labour[k, j]
    return aim
