"""One text, three engines: the same bits, whatever runs and however the work is divided."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from tests.foundation.engine import toy

from sovplan.foundation.engine import compiled
from sovplan.foundation.engine.blocks import Given
from sovplan.foundation.engine.composer import Unfit, compose
from sovplan.foundation.engine.engine import Engine, Kind, digest
from sovplan.foundation.engine.rows import BLOCK, Rows
from sovplan.foundation.errors import IdentityBroken

YEARS = range(1920, 1923)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def lived(
    kind: Kind, people: int, folder: Path, *, off: tuple[str, ...] = (), **given: int
) -> dict[str, Rows]:
    tables = toy.society(people)
    engine = Engine(toy.composition(off), kind, small=0, folder=folder, **given)
    for year in YEARS:
        engine.year(tables, Given(7, year, toy.VALUES))
    return tables


def differing(one: Mapping[str, Rows], other: Mapping[str, Rows]) -> list[str]:
    """Return the columns that differ; a digest alone would not say where."""
    return [
        f"{name}.{column}"
        for name in one
        for column in one[name].columns
        if one[name][column].tobytes() != other[name][column].tobytes()
    ]


def test_rows_columns_and_compiled_loops_give_the_same_bits(folder: Path) -> None:
    plain, arrays, loops = (lived(kind, 1500, folder) for kind in ("plain", "arrays", "compiled"))

    assert differing(plain, arrays) == []
    assert differing(arrays, loops) == []
    assert digest(plain) == digest(arrays) == digest(loops)
    assert plain["people"].size > 1500  # more were born than died
    assert (plain["people"]["key"] >= 1500).any()


def test_many_blocks_and_any_number_of_threads_give_the_same_bits(folder: Path) -> None:
    people = 3 * BLOCK + 777
    arrays = lived("arrays", people, folder)

    for threads in (1, 2, 4):
        assert differing(arrays, lived("compiled", people, folder, threads=threads)) == []


def test_years_go_on_by_numpy_while_loops_are_compiled(folder: Path) -> None:
    tables = toy.society(1500)
    engine = Engine(toy.composition(), "soonest", small=0, folder=folder)
    engine.year(tables, Given(7, 1920, toy.VALUES))
    engine.wait()
    assert engine.ready
    assert len(engine.compiled) == len(engine.composition.passes)
    for year in (1921, 1922):
        engine.year(tables, Given(7, year, toy.VALUES))

    assert differing(tables, lived("plain", 1500, folder)) == []


def _misses(kernel: Any) -> int:  # noqa: ANN401 - numba's own kind of function
    return sum(kernel.stats.cache_misses.values())


def test_code_on_the_disk_is_awaited_and_not_compiled_again(folder: Path) -> None:
    lived("compiled", 1500, folder)
    tables = toy.society(1500)
    engine = Engine(toy.composition(), "soonest", small=0, folder=folder)

    engine.year(tables, Given(7, 1920, toy.VALUES))

    assert engine.ready
    assert len(engine.compiled) == len(engine.composition.passes)
    assert not any(_misses(made.kernel) for made in engine.compiled.values())


def test_the_kind_that_compiles_nothing_takes_what_is_on_the_disk(
    folder: Path, tmp_path: Path
) -> None:
    lived("compiled", 1500, folder)
    for place, loops in ((folder, len(toy.composition().passes)), (tmp_path, 0)):
        tables = toy.society(1500)
        engine = Engine(toy.composition(), "kept", small=0, folder=place)
        for year in (1920, 1921, 1922):
            engine.year(tables, Given(7, year, toy.VALUES))

        assert engine.ready
        assert len(engine.compiled) == loops
        assert not any(_misses(made.kernel) for made in engine.compiled.values())
        assert differing(tables, lived("plain", 1500, folder)) == []
    assert not list(tmp_path.iterdir())


def test_a_switch_acts_alike_in_all_engines(folder: Path) -> None:
    off = ("effort",)
    plain, arrays = lived("plain", 900, folder, off=off), lived("arrays", 900, folder, off=off)
    composition = toy.composition(off)
    loops = toy.society(900)
    small = {i: each for i, each in enumerate(composition.passes) if each.table == "people"}
    made = compiled.CompiledPass(composition, small[min(small)], folder)
    fresh = toy.society(900)
    made.run(fresh, Given(7, 1920, {}))
    engine = Engine(composition, "arrays")
    engine.script.run(small[min(small)], loops, Given(7, 1920, {}))

    assert differing(plain, arrays) == []
    assert differing(loops, fresh) == []
    assert differing(plain, lived("plain", 900, folder)) != []


def test_each_row_draws_the_luck_of_its_key_not_of_its_place() -> None:
    tables = toy.society(2000)
    order = np.random.default_rng(3).permutation(2000)
    people = tables["people"]
    mixed = {**tables, "people": Rows(toy.PEOPLE, 2000,
             {name: column[order].copy() for name, column in people.columns.items()})}  # fmt: skip
    mixed = {n: Rows(r.table, r.size, {c: v.copy() for c, v in r.columns.items()})
             for n, r in mixed.items()}  # fmt: skip
    for each in (tables, mixed):
        Engine(toy.composition(), "arrays").year(each, Given(7, 1920, toy.VALUES))

    def by_key(rows: Rows) -> list[tuple[int, ...]]:
        names = sorted(set(rows.columns) - {"key"})
        here = np.flatnonzero(rows.here)
        columns = [rows[name][here].tolist() for name in ("key", *names)]
        return sorted(zip(*columns, strict=True))

    assert by_key(tables["people"]) == by_key(mixed["people"])


def test_a_number_that_its_column_cannot_hold_stops_the_year(folder: Path) -> None:
    for kind in get_args(Kind)[:3]:
        tables = toy.society(500)
        tables["people"].columns["age"][3] = 30
        engine = Engine(toy.composition(), kind, small=0, folder=folder)
        tables["people"].columns["savings"][3] = 2**31 - 1
        with pytest.raises(IdentityBroken, match="1920: rule T5 save: savings is out of its range"):
            engine.year(tables, Given(7, 1920, toy.VALUES))


def test_empty_places_are_left_alone(folder: Path) -> None:
    tables = toy.society(500)
    tables["people"].columns["age"][:] = 255
    tables["people"].columns["savings"][:] = 2**31 - 1  # would be out of range if anybody were here
    before = digest({"people": tables["people"]})
    for kind in get_args(Kind)[:3]:
        engine = Engine(toy.composition(), kind, small=0, folder=folder)
        engine.year(tables, Given(7, 1920, toy.VALUES))

    assert digest({"people": tables["people"]}) == before
    assert tables["cell"]["here"].sum() == 0


def test_what_is_not_given_is_named() -> None:
    engine = Engine(toy.composition(), "arrays")

    with pytest.raises(Unfit, match="no value is given for zeal"):
        engine.year(toy.society(100), Given(1, 1920, {}))

    tables = toy.society(100)
    tables["cell"].size = 5
    with pytest.raises(Unfit, match="table cell needs 12 rows"):
        engine.year(tables, Given(1, 1920, toy.VALUES))


def test_newborn_have_every_column_and_keys_for_life() -> None:
    births = toy.PEOPLE.births
    assert births is not None
    lacking = replace(toy.PEOPLE, births=replace(births, inherited=("region", "branch")))
    composition = compose(toy.RULES, (lacking, *toy.TABLES[1:]), toy.COUNTS, toy.PACKS)

    with pytest.raises(TypeError, match="needs each column once: weight"):
        Engine(composition, "arrays")


def test_code_is_kept_on_disk_under_the_digest_of_its_text(tmp_path: Path) -> None:
    composition = toy.composition()
    each = composition.passes[1]
    cells = toy.society(100)
    made = compiled.CompiledPass(composition, each, tmp_path)
    made.compile(cells)
    (place,) = (tmp_path / "engine").iterdir()
    kept = {file.name for file in place.iterdir()}

    assert place.name == compiled.digest(made.text.text)
    assert (place / "kernel.py").read_text("utf-8") == made.text.text
    assert "__pycache__" in kept
    assert not [name for name in kept if name.endswith(".part")]
    assert compiled.digest(made.text.text + "#") != place.name


def test_a_folder_that_cannot_be_written_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder", "utf-8")
    monkeypatch.setenv("SOVPLAN_CACHE", str(blocked))
    composition = toy.composition()
    each = composition.passes[1]
    cells, other = toy.society(100), toy.society(100)
    cells["people"].columns["age"][0] = 20

    compiled.CompiledPass(composition, each).run(cells, Given(1, 1920, toy.VALUES))
    Engine(composition, "arrays").script.run(each, other, Given(1, 1920, toy.VALUES))

    assert compiled.cache_folder() == blocked
    assert differing(cells, other) == ["people.age"]
    assert blocked.read_text("utf-8") == "no folder"


def test_numba_is_loaded_only_when_something_is_compiled() -> None:
    code = "import sys, sovplan.foundation.engine.engine; print('numba' in sys.modules)"
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip

    assert found.stdout.strip() == "False"
