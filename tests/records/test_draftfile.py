import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from tests.records.papers import AIMS, ECONOMY, draft
from tests.records.small import differences, small

from sovplan.foundation.errors import DataError
from sovplan.history.economies import folder_path, read_aims
from sovplan.planning.optimum import optimum
from sovplan.records.aims import Aims
from sovplan.records.aimsfile import aims_of
from sovplan.records.assembly import economy_of
from sovplan.records.canon import digest
from sovplan.records.draft import Draft
from sovplan.records.draftfile import (
    aims_settings,
    contents_of,
    document_bytes,
    json_document,
    read_draft_document,
)
from sovplan.records.folder import Folder, Table
from sovplan.records.returns import Returns
from sovplan.records.store import digest as digest_of_bytes
from sovplan.records.store import write_files
from sovplan.records.tables import read_folder, read_table, read_toml, write_toml

COMMAND = "sovplan draft small --aims full"


def files(kind: str = "optimal", folder: Folder | None = None) -> dict[str, bytes]:
    return contents_of(draft(kind), folder=folder or small(), command=COMMAND)


def long(content: bytes) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(io.BytesIO(content)).to_pylist()
    return rows


# ---- the files ----------------------------------------------------------------------------------


def test_a_plan_has_its_tables_and_what_it_was_drawn_from() -> None:
    blocks = {"goods", "techniques", "plants", "labour", "resources", "trade", "people"}
    economy = {"economy.toml", *small().tables}

    assert set(files()) == {
        "draft.json", "series.parquet", "aims.toml", "aims-needs.csv", "manifest.json",
        "plan/bindings.parquet",
        *(f"plan/{block}.parquet" for block in blocks),
        *(f"economy/{name}" for name in economy),
    }  # fmt: skip


def test_without_a_plan_there_are_no_tables_of_one() -> None:
    assert not [name for name in files("infeasible") if name.startswith(("plan/", "series"))]
    assert "economy/goods.csv" in files("infeasible")


@pytest.mark.parametrize("kind", ["optimal", "infeasible"])
def test_the_same_draft_gives_the_same_bytes_wherever_its_files_lie(kind: str) -> None:
    moved = replace(small(), origin="/elsewhere/on/a/machine")

    assert files(kind) == files(kind, moved)
    assert not any(b"/elsewhere" in content for content in files(kind, moved).values())


def test_the_long_tables_hold_the_numbers_of_the_document() -> None:
    found = json_document(draft())
    heads = {"goods": "good", "plants": "plant", "labour": "skill", "resources": "resource",
             "techniques": "technique"}  # fmt: skip
    for block, head in heads.items():
        rows = long(files()[f"plan/{block}.parquet"])
        assert list(rows[0]) == [head, "year", "series", "value", "unit"]
        numbers = {(row[head], row["series"], row["year"]): row["value"] for row in rows}
        assert numbers == {
            (name, series, year): value
            for name, thing in found[block].items()
            for series, values in thing.items()
            for year, value in zip(found["years"], values, strict=True)
        }
    trade = long(files()["plan/trade.parquet"])
    assert list(trade[0]) == ["year", "series", "value", "unit"]
    assert [row["value"] for row in trade if row["series"] == "balance"] == found["trade"][
        "balance"
    ]


def test_all_series_stand_in_one_table_under_their_place_in_the_document() -> None:
    rows = long(files()["series.parquet"])
    found = json_document(draft())

    assert list(rows[0]) == ["regime", "seed", "year", "series", "value", "unit", "kind"]
    assert {row["kind"] for row in rows} == {"planned"}
    assert {row["regime"] for row in rows} == {None}
    assert {row["seed"] for row in rows} == {None}
    numbers = {(row["series"], row["year"]): row["value"] for row in rows}
    assert len(numbers) == len(rows)
    assert numbers["goods.steel.output", 2002] == found["goods"]["steel"]["output"][1]
    assert numbers["trade.balance", 2001] == found["trade"]["balance"][0]
    assert numbers["fulfilment", 2003] == found["fulfilment"][2]
    assert all(isinstance(row["year"], int) for row in rows)


def test_units_say_what_the_number_is_of() -> None:
    units = {row["series"]: row["unit"] for row in long(files()["series.parquet"])}

    assert units["goods.bread.output"] == "tonnes"
    assert units["goods.bread.shadow_price"] == "objective per tonnes"
    assert units["goods.bread.hours"] == "hours (weighted) per tonnes"
    assert units["goods.oil.labour_content"] == "hours (weighted) per barrels"
    assert units["techniques.farm.activity"] == "units of activity"
    assert units["plants.rig.capacity"] == "units of capacity"
    assert units["labour.shop.used"] == "hours"
    assert units["resources.land.shadow_price"] == "objective per unit"
    assert units["trade.balance"] == "ducats"
    assert units["fulfilment"] == "share of the target"


def test_what_binds_stands_in_a_table() -> None:
    made = draft()
    rows = long(files()["plan/bindings.parquet"])

    assert len(rows) == len(made.bindings) > 0
    first = made.bindings[0]
    assert rows[0] == {
        "limit": first.limit.kind,
        "name": first.limit.name,
        "year": first.limit.year,
        "amount": first.limit.amount,
        "unit": first.limit.unit or None,
        "price": first.price,
        "hours": first.hours,
        "saved": first.saved,
    }
    (credit,) = [row for row in rows if row["limit"] == "credit"]
    assert credit["year"] is None


def test_the_tables_can_be_read_as_any_table(tmp_path: Path) -> None:
    write_files(tmp_path, files())

    table = read_table(tmp_path / "plan" / "goods.parquet")

    assert set(table.text("series")) == set(json_document(draft())["goods"]["oil"])


# ---- what was planned can be planned again ------------------------------------------------------


def planned_again(folder: Path) -> Draft:
    economy = economy_of(read_folder(folder / "economy"))
    return optimum(Returns(economy), read_aims(folder / "aims.toml", economy, folder))


def test_the_plan_can_be_drawn_up_again_from_its_own_folder(tmp_path: Path) -> None:
    write_files(tmp_path, files())

    again = planned_again(tmp_path)

    assert differences(replace(again, aims=draft().aims), draft()) == []
    assert document_bytes(again) == files()["draft.json"]


def test_an_embedded_plan_can_be_drawn_up_again_from_its_own_folder(tmp_path: Path) -> None:
    folder = read_folder(folder_path("federation-12"))
    economy = economy_of(folder)
    aims = read_aims("homes-first", economy, folder_path("federation-12")).over(2)
    made = optimum(Returns(economy), aims)
    write_files(tmp_path, contents_of(made, folder=folder, command=COMMAND))

    again = planned_again(tmp_path)

    assert document_bytes(again) == (tmp_path / "draft.json").read_bytes()
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert digest(again.economy) == manifest["inputs"]["economy"]["digest"]


ALL_AIMS = {
    "full": AIMS,
    "default": Aims(),
    "no rule": Aims(terminal=None, tie_break=False),
    "weighted": Aims(objective="weighted", weights={"bread": 2.0}, years=1),
    "labour": Aims(objective="labour", labour_weights={"shop": 0.5}, terminal=0.03),
}


@pytest.mark.parametrize("name", ALL_AIMS)
def test_aims_are_read_again_from_their_file(name: str, tmp_path: Path) -> None:
    aims = ALL_AIMS[name]
    (tmp_path / "aims.toml").write_bytes(write_toml(aims_settings(aims)))

    again = aims_of(read_toml(tmp_path / "aims.toml"), aims.needs, ECONOMY, name=aims.name)

    assert differences(again, replace(aims, years=aims.horizon)) == []
    assert ("needs" in aims_settings(aims)) == (aims.needs is not None)


# ---- the manifest -------------------------------------------------------------------------------


def manifest(found: dict[str, bytes]) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(found["manifest.json"])
    return read


def test_the_manifest_has_the_digest_of_every_other_file() -> None:
    found = files()

    assert manifest(found)["files"] == {
        name: digest_of_bytes(content) for name, content in found.items() if name != "manifest.json"
    }


def test_the_manifest_says_what_was_planned_with_what() -> None:
    said = manifest(files())

    assert said["command"] == COMMAND
    assert said["inputs"]["economy"] == {"name": "small", "digest": digest(ECONOMY)}
    assert said["inputs"]["aims"] == {"name": "aims-full", "digest": digest(AIMS)}
    assert said["solver"]["name"] == "highspy"
    assert said["sovplan"]
    assert said["solver"]["version"]


def test_the_manifest_may_say_more() -> None:
    found = contents_of(
        draft(), folder=small(), command=COMMAND, manifest_extra={"stress": {"draws": 5, "seed": 1}}
    )

    assert manifest(found)["stress"] == {"draws": 5, "seed": 1}
    assert set(manifest(found)["files"]) == set(files()) - {"manifest.json"}


# ---- reading it back ----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["optimal", "infeasible", "unbounded"])
def test_the_document_is_read_back_from_its_folder(kind: str, tmp_path: Path) -> None:
    write_files(tmp_path / "run", files(kind))
    made = draft(kind)

    found = read_draft_document(tmp_path / "run")

    assert found.name == "run"
    assert (found.economy, found.method, found.status) == ("small", "optimum", kind)
    assert found.years == made.years
    assert found.fulfilment == made.fulfilment
    assert found.objective == made.objective or np.isnan(made.objective)
    assert repr(found.certificate) == repr(made.certificate)
    assert found.bindings == made.bindings
    assert found.explain == made.explain()
    steel = found.numbers("goods", "steel", "output")
    expected = np.full(2, np.nan) if made.plan is None else made.plan.output[1]
    assert np.array_equal(steel, expected, equal_nan=True)


def test_what_is_in_neither_draft_is_blank(tmp_path: Path) -> None:
    write_files(tmp_path / "run", files())

    found = read_draft_document(tmp_path / "run")

    assert np.isnan(found.numbers("goods", "gold", "output")).all()
    assert np.isnan(found.numbers("goods", "steel", "beauty")).all()


SPOILED: dict[str, tuple[bytes, str]] = {
    "no json": (b"{", r"draft\.json is not JSON"),
    "no table": (b"[]", r"draft\.json is \[\]; dict was needed"),
    "no years": (b"{}", 'run has no "'),
}


@pytest.mark.parametrize("case", SPOILED)
def test_a_document_that_is_none_is_refused(case: str, tmp_path: Path) -> None:
    content, message = SPOILED[case]
    write_files(tmp_path / "run", {"draft.json": content})

    with pytest.raises(DataError, match=message):
        read_draft_document(tmp_path / "run")


@pytest.mark.parametrize("name", ["run", "nowhere", "file"])
def test_a_folder_of_no_draft_is_refused_with_what_to_give(name: str, tmp_path: Path) -> None:
    write_files(tmp_path / "run", {"economy.toml": b""})
    (tmp_path / "file").write_text("words")

    with pytest.raises(
        DataError, match=rf"{name} is no folder of a draft: it holds no draft\.json"
    ):
        read_draft_document(tmp_path / name)


def test_a_folder_in_memory_without_remarks_needs_no_table_of_needs() -> None:
    plain = optimum(Returns(ECONOMY), Aims(years=1))
    found = contents_of(plain, folder=small(), command=COMMAND)

    assert "aims-needs.csv" not in found
    assert isinstance(plain.aims.needs, Table | None)
