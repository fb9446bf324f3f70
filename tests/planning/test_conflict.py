"""Why a plan cannot be: irreducible sets, least changes, and what is without limit."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.independent import random_case, solve, write_case

from sovplan.history.economies import folder_path, read_aims, read_economy
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
