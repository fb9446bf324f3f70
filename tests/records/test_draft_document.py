import pytest
from tests.records.papers import ECONOMY, draft

from sovplan.cli.screen import document as printed
from sovplan.planning.optimum import optimum
from sovplan.records.aims import Aims
from sovplan.records.draftfile import document_bytes, json_document
from sovplan.records.returns import Returns

CONTRACT = {
    "goods": ["output", "consumption", "investment", "imports", "exports", "stock", "waste",
              "shadow_price", "hours"],
    "techniques": ["activity"],
    "plants": ["capacity", "ordered", "shadow_price"],
    "labour": ["used", "available", "shadow_price"],
    "resources": ["used", "available", "shadow_price"],
}  # fmt: skip
ORDER = [
    "economy", "method", "objective_name", "years", "status", "objective", "fulfilment",
    "certificate", "goods", "techniques", "plants", "labour", "resources", "trade",
]  # fmt: skip


def test_the_document_has_the_names_of_the_contract_in_their_order() -> None:
    made = draft()
    found = json_document(made)

    assert list(found)[: len(ORDER)] == ORDER
    assert {"terminal", "explain"} <= set(found)
    for block, series in CONTRACT.items():
        for thing in found[block].values():
            assert list(thing)[: len(series)] == series
            assert all(len(thing[name]) == len(made.years) for name in thing)
    assert set(found["trade"]) >= {"balance", "shadow_price"}
    assert list(found["certificate"])[:3] == ["primal", "dual", "gap"]


def test_the_document_says_what_the_draft_says() -> None:
    made = draft()
    found = json_document(made)

    assert made.plan is not None
    assert made.shadow is not None
    assert made.hours is not None
    assert (found["economy"], found["method"], found["status"]) == ("small", "optimum", "optimal")
    assert found["objective_name"] == "common"
    assert found["years"] == [2001, 2002, 2003]
    assert found["objective"] == made.objective
    assert found["fulfilment"] == list(made.fulfilment)
    for place, name in enumerate(made.economy.goods.names):
        for series in ("output", "consumption", "investment", "imports", "exports", "stock"):
            assert found["goods"][name][series] == getattr(made.plan, series)[place].tolist()
        assert found["goods"][name]["shadow_price"] == made.shadow.goods[place].tolist()
        assert found["goods"][name]["hours"] == made.hours.goods[place].tolist()
    assert found["plants"]["rig"]["capacity"] == made.plan.capacity[0, :-1].tolist()
    assert found["plants"]["rig"]["capacity_next"] == made.plan.capacity[0, 1:].tolist()
    assert found["labour"]["shop"]["available"] == made.plan.labour_available[1].tolist()
    assert found["resources"]["land"]["used"] == made.plan.resources_used[0].tolist()
    assert found["trade"]["shadow_price"] == made.shadow.foreign.tolist()
    assert found["people"]["migrants"] == made.plan.migrants.tolist()
    assert found["terminal"] == {"steel": made.shadow.terminal[1]}
    assert found["explain"] == list(made.explain())


def test_balances_of_goods_close_in_the_document_alone() -> None:
    made = draft()
    spoilage = {"bread": 0.5}
    opening = {"bread": 10.0, "steel": 4.0, "oil": 0.0}

    for name, good in json_document(made)["goods"].items():
        before = [opening[name], *good["stock"][:-1]]
        for year, stock in enumerate(before):
            sources = (1 - spoilage.get(name, 0)) * stock + good["output"][year]
            sources += good["imports"][year] - good["lost"][year]
            uses = sum(
                good[use][year]
                for use in ("used", "investment", "consumption", "public", "moved", "exports",
                            "stock", "waste")
            )  # fmt: skip
            assert uses == pytest.approx(sources, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("kind", ["infeasible", "unbounded"])
def test_without_a_plan_there_is_null_where_there_is_nothing(kind: str) -> None:
    found = json_document(draft(kind))

    assert found["status"] == kind
    assert found["objective"] is None
    assert found["certificate"] is None
    assert found["fulfilment"] == [None, None]
    for block in CONTRACT:
        assert found[block]
        assert all(series is None for thing in found[block].values() for series in thing.values())
    assert found["trade"]["balance"] is None
    assert found["terminal"] == {"steel": None}
    assert found["explain"]
    assert (found["conflict"] is None) == (kind == "unbounded")
    assert (found["unlimited"] is None) == (kind == "infeasible")


def test_the_least_change_that_mends_it_is_in_the_document() -> None:
    made = draft("infeasible")
    assert made.conflict is not None

    (change, *_) = json_document(made)["conflict"]["changes"]

    assert change["limit"]["kind"] == made.conflict.changes[0].limit.kind
    assert change["to"] == made.conflict.changes[0].to


def test_no_terminal_rule_has_no_price() -> None:
    lasting = optimum(Returns(ECONOMY), Aims(years=1, terminal=None))

    assert json_document(lasting)["terminal"] == {}


def test_goods_that_are_in_no_plant_have_no_terminal_price() -> None:
    assert set(json_document(draft())["terminal"]) == {"steel"}


@pytest.mark.parametrize("kind", ["optimal", "infeasible", "unbounded"])
def test_the_bytes_are_those_that_the_command_prints(
    kind: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    printed(json_document(draft(kind)))

    assert document_bytes(draft(kind)) == capsysbinary.readouterr().out


def test_no_negative_zero_is_printed() -> None:
    assert b"-0.0," not in document_bytes(draft())
    assert b"-0.0]" not in document_bytes(draft())
