"""Loops of rows are compiled ahead, and what compiles them ends with the run."""

import json
import multiprocessing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sovplan.cli.app import app
from sovplan.lab import loops


@pytest.fixture(autouse=True)
def nothing_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOVPLAN_CACHE", str(tmp_path))


def test_loops_are_those_of_persons_and_households() -> None:
    found = [loop.each.table for loop in loops.loops()]

    assert (found.count("people"), found.count("household")) == (5, 4)
    assert loops.lacking() == loops.loops()


def test_a_loop_that_was_compiled_is_not_lacking(monkeypatch: pytest.MonkeyPatch) -> None:
    shortest = min(loops.loops(), key=lambda loop: len(loop.each.stages[0].rules))
    monkeypatch.setattr(loops, "loops", lambda: (shortest,))
    told: list[tuple[int, int]] = []

    assert loops.compile_loops(lambda done, wanted: told.append((done, wanted))) == 1
    assert told == [(0, 1)]
    assert loops.lacking() == ()
    assert loops.compile_loops() == 0


@pytest.mark.parametrize(("processors", "helpers"), [(2, 0), (3, 1)])
def test_only_an_idle_processor_compiles_and_it_ends_with_the_run(
    processors: int, helpers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: processors)
    before = len(multiprocessing.active_children())

    with loops.compiling(2):
        assert len(multiprocessing.active_children()) == before + helpers
    assert len(multiprocessing.active_children()) == before


def test_nothing_is_started_where_nothing_is_lacking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 99)
    monkeypatch.setattr(loops, "lacking", tuple)
    before = len(multiprocessing.active_children())

    with loops.compiling(1):
        assert len(multiprocessing.active_children()) == before


def test_the_command_says_what_it_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loops, "lacking", tuple)
    done = CliRunner().invoke(app, ["lab", "loops", "--json"])

    count = len(loops.loops())
    assert count >= 9
    assert json.loads(done.stdout) == {"compiled": 0, "loops": count}
    assert f"all {count} are on the disk" in CliRunner().invoke(app, ["lab", "loops"]).stdout
