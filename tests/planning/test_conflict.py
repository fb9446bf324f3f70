"""Why a plan cannot be: irreducible sets, least changes, and what is without limit."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.independent import random_case, solve, write_case
from tests.planning import small

from sovplan.history.economies import folder_path, read_aims, read_economy, template
from sovplan.planning.optimum import optimum
from sovplan.records.aims import Aims
from sovplan.records.assembly import economy_of
from sovplan.records.draft import Draft
from sovplan.records.folder import Folder, Table
from sovplan.records.returns import Returns
from sovplan.records.tables import read_folder


def bakery(**changes: list[dict[str, object]]) -> Folder:
    """Return one oven, bakers with 100 hours, and 40 loaves wanted at least."""
    tables: dict[str, list[dict[str, object]]] = {
        "goods.csv": [{"good": "bread", "unit": "loaves", "spoilage": 1}],
        "techniques.csv": [{"technique": "oven", "capacity": 50, "wear": 0, "gestation": 1}],
        "flows.csv": [{"technique": "oven", "good": "bread", "role": "output", "amount": 1}],
        "labour.csv": [{"technique": "oven", "skill": "baker", "hours": 2}],
        "supply.csv": [{"year": 1, "kind": "labour", "name": "baker", "amount": 100}],
        "needs.csv": [{"year": 1, "good": "bread", "target": 60, "floor": 40}],
    }
    tables |= {f"{name}.csv": rows for name, rows in changes.items()}
    settings = {"format": 1, "name": "bakery", "year": 1}
    return Folder(settings, {name: Table.of(name, rows) for name, rows in tables.items()})


def drafted(folder: Folder, **aims: object) -> Draft:
    wanted = replace(Aims(years=1, terminal=None), **aims)  # type: ignore[arg-type]
    return optimum(Returns(economy_of(folder)), wanted)


def test_the_oven_is_the_bottleneck_worked_by_hand() -> None:
    draft = drafted(bakery())

    # 50 loaves of 60: the oven and the bakers bind together.
    assert draft.objective == pytest.approx(50 / 60, rel=1e-12)
    assert draft.plan is not None
    assert draft.plan.consumption[0, 0] == pytest.approx(50, rel=1e-8)


def test_a_floor_above_the_hours_names_both_and_the_least_change() -> None:
    floor = [{"year": 1, "good": "bread", "target": 60, "floor": 55}]
    draft = drafted(bakery(needs=floor))

    assert draft.status == "infeasible"
    assert draft.conflict is not None
    kinds = [limit.kind for limit in draft.conflict.limits]
    # Oven and hours each suffice to make the floor impossible; an irreducible set has one of them.
    assert sorted(kinds) in (["balance", "capacity", "floor"], ["balance", "floor", "labour"])
    (change,) = draft.conflict.changes
    assert change.limit.kind == "floor"
    assert change.to == pytest.approx(50)
    assert change.relative == pytest.approx(5 / 55)
    assert any("bread" in sentence for sentence in draft.explain())


def test_of_two_contradictions_one_is_told_and_both_are_mended() -> None:
    twice = bakery(
        goods=[{"good": "bread", "spoilage": 1}, {"good": "beer", "spoilage": 1}],
        techniques=[{"technique": "oven", "capacity": 50}, {"technique": "vat", "capacity": 9}],
        flows=[
            {"technique": "oven", "good": "bread", "role": "output", "amount": 1},
            {"technique": "vat", "good": "beer", "role": "output", "amount": 1},
        ],
        labour=[],
        needs=[
            {"year": 1, "good": "bread", "target": 60, "floor": 55},
            {"year": 1, "good": "beer", "target": 10, "floor": 10},
        ],
    )
    draft = drafted(twice)

    assert draft.conflict is not None
    told = sorted((limit.kind, limit.name) for limit in draft.conflict.limits)
    # Either would do; a set with both would still contradict itself without one of them.
    assert told in (
        [("balance", "bread"), ("capacity", "oven"), ("floor", "bread")],
        [("balance", "beer"), ("capacity", "vat"), ("floor", "beer")],
    )
    mended = {change.limit.name: change.to for change in draft.conflict.changes}
    assert mended == {"bread": pytest.approx(50), "beer": pytest.approx(9)}


def test_public_use_gives_way_and_never_below_nothing() -> None:
    public = [{"year": 1, "good": "bread", "target": 60, "public": 70}]
    draft = drafted(bakery(needs=public))

    assert draft.conflict is not None
    (change,) = draft.conflict.changes
    assert (change.limit.kind, change.limit.amount) == ("public", 70)
    assert change.to == pytest.approx(50)


def test_what_is_without_limit_is_named() -> None:
    free = bakery(techniques=[{"technique": "oven"}], labour=[])
    draft = drafted(free)

    assert draft.status == "unbounded"
    assert draft.unlimited is not None
    assert draft.unlimited.goods == ("bread",)
    assert draft.unlimited.years == (1,)
    assert draft.unlimited.techniques == ("oven",)


@pytest.mark.parametrize("seed", range(0, 400, 4))
def test_the_least_change_mends_and_the_conflict_is_irreducible(seed: int, tmp_path: Path) -> None:
    case = random_case(seed)
    if solve(case).status != "infeasible":
        return
    aims = write_case(case, tmp_path)
    economy = economy_of(read_folder(tmp_path))
    wanted = read_aims(aims, economy, tmp_path)
    draft = optimum(Returns(economy), wanted)

    assert draft.conflict is not None
    assert draft.conflict.limits
    assert draft.conflict.changes
    floors = [c for c in draft.conflict.changes if c.limit.kind == "floor"]
    if len(floors) == len(draft.conflict.changes):
        mended = with_floors(wanted, draft, {(c.limit.name, c.limit.year): c.to for c in floors})
        assert optimum(Returns(economy), mended).status != "infeasible"


def with_floors(aims: Aims, draft: Draft, changed: dict[tuple[str, int], float]) -> Aims:
    calendar, goods = draft.calendar, draft.economy.goods.names
    rows = []
    for good, name in enumerate(goods):
        for place, year in enumerate(calendar.years):
            floor = changed.get((name, year), float(calendar.floor[good, place]))
            rows.append(
                {
                    "year": year,
                    "good": name,
                    "target": float(calendar.target[good, place]),
                    # A hair below: the least change touches its limit.
                    "floor": floor * (1 - 1e-9),
                    "public": float(calendar.public[good, place]),
                }
            )
            if calendar.output_target[good, place] > 0:
                target, base = calendar.output_target, calendar.output_base
                rows.append(
                    {
                        "year": year,
                        "good": name,
                        "kind": "output",
                        "target": float(target[good, place]),
                        "base": float(base[good, place]),
                    }
                )
    return replace(aims, needs=Table.of("needs.csv", rows), floor_multiples=())


def test_the_path_of_meat_is_the_known_conflict_of_the_yearly_aims() -> None:
    economy, folder = read_economy("ussr-1928"), folder_path("ussr-1928")
    draft = optimum(Returns(economy), read_aims("consumption-first-yearly", economy, folder))

    assert draft.conflict is not None
    found = {(c.limit.kind, c.limit.name, c.limit.year): c.relative for c in draft.conflict.changes}
    # README of the economy: meat of 1929 11.6 % lower and the herd 6.2 % larger, 0.179 in all.
    assert found[("output_target", "meat", 1929)] == pytest.approx(0.1162, abs=5e-5)
    assert found[("capacity", "cattle", 1929)] == pytest.approx(0.0624, abs=5e-5)
    assert np.isclose(sum(found.values()), 0.179, atol=5e-4)


def test_the_terminal_rule_gives_way_to_what_can_be_held_of_what_it_asks() -> None:
    economy = economy_of(read_folder(template()))
    draft = optimum(Returns(economy), Aims(terminal={"machines": 0.5}))

    assert draft.conflict is not None
    (change,) = draft.conflict.changes
    # The page: 1.5^5 of the 11.1 machines of the first day are asked for.
    assert change.limit.kind == "terminal"
    assert change.limit.amount == pytest.approx(1.5**5 * 11.1, rel=1e-9)
    assert change.to == pytest.approx(40.887, abs=1e-3)
    assert change.relative == pytest.approx(1 - change.to / change.limit.amount, rel=1e-9)
    held = [limit.amount for limit in draft.conflict.limits if limit.kind == "terminal"]
    assert held == [change.limit.amount]


def test_a_debt_beyond_all_exports_is_what_stays_unpaid() -> None:
    tables = small.traders(debt=20)
    tables["techniques"][0]["capacity"] = 5
    tables["goods"][1] = {"good": "tea", "spoilage": 1}
    tables["needs"] = [{"year": 1, "good": "corn", "target": 1}]
    draft = small.drafted(small.folder(tables))

    assert draft.conflict is not None
    (change,) = draft.conflict.changes
    assert (change.limit.kind, change.limit.amount) == ("unpaid", 0)
    assert change.to == pytest.approx(15)
    assert change.relative == pytest.approx(15 / 20)
    assert "nothing left unpaid: give way to 15 (by 75" in " ".join(draft.explain())


def test_a_capacity_gives_way_to_what_the_mended_plan_does() -> None:
    # 90 loaves are asked for, and 89 can be baked: the greatest side gives the least change.
    floor = [{"year": 1, "good": "bread", "target": 90, "floor": 60}]
    public = [{**floor[0], "public": 30}]
    cheap = [{"technique": "oven", "capacity": 89, "wear": 0, "gestation": 1}]
    hours = [{"year": 1, "kind": "labour", "name": "baker", "amount": 1000}]
    draft = drafted(bakery(needs=public, techniques=cheap, supply=hours))

    assert draft.conflict is not None
    (change,) = draft.conflict.changes
    assert change.limit.kind == "capacity"
    assert change.limit.amount == pytest.approx(89)
    assert change.to == pytest.approx(90)
    assert change.relative == pytest.approx(1 / 89)


def test_growth_gives_way_to_an_output_in_every_year() -> None:
    tables = small.workshop(
        needs=[{"year": 2, "good": "corn", "target": 50, "floor": 45}],
        labour=[],
        activity=[{"technique": "farm", "activity": 20}],
    )
    limits = {"opening": "activity.csv", "most": {"corn": 0.4}}
    draft = small.drafted(small.folder(tables, growth_limits=limits), years=2)

    # 20 may become 28 and 39.2. 45 is 5.8 more: 0.116 of the turnover, 50; a greater first year
    # would take 0.148 of 28, a lower floor 0.129 of 45.
    assert draft.conflict is not None
    (change,) = draft.conflict.changes
    assert (change.limit.kind, change.limit.year) == ("growth", 2)
    assert change.limit.amount == pytest.approx(39.2)
    assert change.to == pytest.approx(45)
    assert change.relative == pytest.approx(5.8 / 50)


def test_a_target_that_must_be_met_whole_is_called_a_target() -> None:
    needs = [{"year": 1, "good": "bread", "target": 60, "floor": 30}]
    draft = drafted(bakery(needs=needs), objective="labour")

    assert draft.conflict is not None
    (change,) = draft.conflict.changes
    assert (change.limit.kind, change.limit.amount) == ("wanted", 60)
    assert "wanted" in {limit.kind for limit in draft.conflict.limits}
    assert "bread 1: target of 60 loaves: give way to 50 loaves" in " ".join(draft.explain())


def test_a_public_use_without_which_there_is_a_plan_is_named() -> None:
    both = [{"year": 1, "good": "bread", "target": 60, "floor": 40, "public": 15}]
    idle = [{"year": 1, "good": "bread", "target": 60, "floor": 55, "public": 15}]

    kinds = [
        [limit.kind for limit in conflict.limits if limit.kind in {"floor", "public"}]
        for conflict in (drafted(bakery(needs=rows)).conflict for rows in (both, idle))
        if conflict is not None
    ]
    # 40 and 15 are too much together; a floor of 55 is by itself.
    assert kinds == [["floor", "public"], ["floor"]]


def test_what_may_not_be_left_over_is_not_called_a_use() -> None:
    tables = small.workshop(
        goods=[{"good": "corn", "spoilage": 1}, {"good": "straw", "spoilage": 1}],
        flows=[
            {"technique": "farm", "good": "corn", "role": "output", "amount": 1},
            {"technique": "farm", "good": "straw", "role": "output", "amount": 1},
        ],
        needs=[{"year": 1, "good": "corn", "target": 40, "floor": 40}],
    )
    draft = small.drafted(small.folder(tables), no_waste=("straw",))

    assert draft.conflict is not None
    assert ("waste", "straw") in {(limit.kind, limit.name) for limit in draft.conflict.limits}
    assert any("straw 1: nothing left over" in sentence for sentence in draft.explain())


@pytest.mark.parametrize("unit", [1e-3, 1.0, 1e3])
def test_money_and_plants_of_which_there_are_none_have_the_size_of_the_turnover(
    unit: float,
) -> None:
    tables = small.traders()
    # Nothing can be sold, and no mill stands: a quarter of what turns over is asked for.
    tables["goods"] = [
        {"good": "corn", "spoilage": 1},
        {"good": "tea", "spoilage": 1, "import_price": unit},
        {"good": "cloth", "spoilage": 1},
    ]
    tables["techniques"] += [{"technique": "weaving"}]
    tables["flows"] += [{"technique": "weaving", "good": "cloth", "role": "output", "amount": 1}]
    tables["plants"] = [{"plant": "mill", "capacity": 0, "wear": 0, "gestation": 1}]
    tables["loads"] = [{"technique": "weaving", "plant": "mill", "load": unit}]
    tables["needs"] = [
        {"year": 1, "good": "tea", "target": 40, "floor": 10},
        {"year": 1, "good": "cloth", "target": 20, "floor": 5},
    ]
    draft = small.drafted(small.folder(tables))

    assert draft.conflict is not None
    found = {change.limit.kind: (change.to, change.relative) for change in draft.conflict.changes}
    assert found.keys() == {"unpaid", "capacity"}
    assert found["unpaid"] == pytest.approx((10 * unit, 0.25))
    assert found["capacity"] == pytest.approx((5 * unit, 0.25))
