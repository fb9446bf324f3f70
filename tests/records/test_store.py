import errno
import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from sovplan.foundation.errors import DataError
from sovplan.records.store import (
    MANIFEST,
    check_run,
    check_target,
    digest,
    read_bytes,
    why,
    write_files,
    write_run,
)


def everything(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the third file that is written find the disk full."""
    written: list[Path] = []
    write = Path.write_bytes

    def until_full(path: Path, content: bytes) -> int:
        written.append(path)
        if len(written) == 3:
            write(path, content[: len(content) // 2])
            raise OSError(28, "No space left on device")
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", until_full)


CONTENTS = {"a.csv": b"one", "plan/b.csv": b"two", "plan/deep/c.csv": b"three"}


def test_files_are_written_with_their_folders(tmp_path: Path) -> None:
    write_files(tmp_path / "new" / "run", CONTENTS)

    assert everything(tmp_path / "new" / "run") == CONTENTS
    assert everything(tmp_path) == {f"new/run/{name}": text for name, text in CONTENTS.items()}


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    write_files(tmp_path, CONTENTS)

    assert everything(tmp_path) == CONTENTS


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(DataError, match="already holds files; choose"):
        write_files(tmp_path, CONTENTS)

    assert everything(tmp_path) == {"mine.txt": b"mine"}


def test_files_of_the_same_name_are_replaced_on_request_and_others_stay(tmp_path: Path) -> None:
    write_files(tmp_path / "run", {"a.csv": b"old", "mine.txt": b"mine"})

    write_files(tmp_path / "run", CONTENTS, replace=True)

    assert everything(tmp_path) == {
        "run/mine.txt": b"mine",
        **{f"run/{name}": text for name, text in CONTENTS.items()},
    }


@pytest.mark.parametrize("replace", [True, False])
def test_a_file_is_not_overwritten_by_a_folder(tmp_path: Path, replace: bool) -> None:
    (tmp_path / "run").write_text("mine")

    with pytest.raises(DataError, match="is a file; a folder was needed"):
        write_files(tmp_path / "run", CONTENTS, replace=replace)

    assert everything(tmp_path) == {"run": b"mine"}


@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be written: the disk is full"):
        write_files(tmp_path / "run", CONTENTS)

    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    write_files(tmp_path / "run", {"a.csv": b"old"})
    request.getfixturevalue("full_disk")

    with pytest.raises(DataError, match="the disk is full"):
        write_files(tmp_path / "run", CONTENTS, replace=True)

    assert everything(tmp_path) == {"run/a.csv": b"old"}


def test_a_parent_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")

    with pytest.raises(DataError, match="cannot be written: a file stands where a folder was"):
        write_files(tmp_path / "file" / "run", CONTENTS)

    assert everything(tmp_path) == {"file": b"mine"}


def test_written_folders_can_be_read_by_others_as_any_folder(tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()

    write_files(tmp_path / "run", CONTENTS)

    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("made", "run")]
    assert modes[0] == modes[1]


def test_a_target_can_be_checked_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")

    check_target(tmp_path / "new")
    check_target(tmp_path, replace=True)
    with pytest.raises(DataError, match="already holds files"):
        check_target(tmp_path)
    with pytest.raises(DataError, match="is a file"):
        check_target(tmp_path / "mine.txt", replace=True)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"there is no file .*none\.csv"):
        read_bytes(tmp_path / "none.csv")


def test_a_folder_in_place_of_a_file_is_said_to_be_unreadable(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read: a folder stands where a file was needed"):
        read_bytes(tmp_path)


@pytest.mark.parametrize(
    ("failed", "words"),
    [
        (OSError(errno.EACCES, "Permission denied"), "you may not write or read there"),
        (OSError(errno.EROFS, "Read-only file system"), "that disk can only be read"),
        (OSError(errno.ENAMETOOLONG, "File name too long"), "choose a shorter one"),
        (OSError(errno.EBUSY, "Device or resource busy"), "another program holds it"),
        (OSError(errno.EIO, "Input/output error"), 'the system says "Input/output error"'),
        (OSError("odd"), 'the system says "OSError"'),
    ],
)
def test_what_the_system_says_is_put_into_our_words(failed: OSError, words: str) -> None:
    assert words in why(failed)
    assert "Errno" not in why(failed)


def test_the_digest_is_the_one_that_other_programs_reckon() -> None:
    # FIPS 180-4, the empty message and "abc"
    assert digest(b"") == (
        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )
    assert digest(b"abc") == (
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )


# ---- runs ---------------------------------------------------------------------------------------

LONG = {"a.csv": b"one", "plan/b.csv": b"two", "plan/deep/c.csv": b"three", "economy/d.csv": b"4"}
SHORT = {"a.csv": b"ONE", "economy/e.csv": b"5"}


def run(contents: dict[str, bytes], kind: str = "draft") -> dict[str, bytes]:
    """Return the files of a run with their manifest."""
    named = {name: digest(content) for name, content in contents.items()}
    return contents | {MANIFEST: json.dumps({"kind": kind, "files": named}).encode()}


@pytest.fixture(params=["swapped", "with a file of the user", "from inside", "no place beside"])
def earlier(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Path, dict[str, bytes]]:
    """Return the folder of an earlier run, and the files of the user in it."""
    folder = tmp_path / "run"
    write_run(folder, run(LONG), "draft")
    if request.param == "with a file of the user":
        mine = {"mine.txt": b"mine", "plan/deep/mine.txt": b"mine"}
        for name, content in mine.items():
            (folder / name).write_bytes(content)
        return folder, mine
    if request.param == "from inside":
        monkeypatch.chdir(folder / "plan")
    if request.param == "no place beside":
        monkeypatch.setattr("os.access", lambda path, _: Path(path) != tmp_path)
    return folder, {}


def test_a_run_takes_the_place_of_an_earlier_one_and_leaves_nothing_of_it(
    earlier: tuple[Path, dict[str, bytes]],
) -> None:
    folder, mine = earlier

    write_run(folder, run(SHORT), "draft")

    assert everything(folder) == run(SHORT) | mine
    assert [path for path in folder.parent.iterdir() if path.name != "run"] == []
    folders = [path for path in folder.rglob("*") if path.is_dir()]
    assert [path for path in folders if not any(path.iterdir())] == []


@pytest.mark.parametrize("fails", range(1, 12))
@pytest.mark.parametrize("how", [OSError(errno.ENOSPC, "No space left"), KeyboardInterrupt()])
def test_a_run_that_is_broken_off_leaves_the_earlier_one_whole(
    earlier: tuple[Path, dict[str, bytes]],
    fails: int,
    how: BaseException,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder, mine = earlier
    moved, move = [], Path.replace

    def broken_off(source: Path, place: Path) -> Path:
        moved.append(source)
        if len(moved) == fails:
            raise how
        return move(source, place)

    monkeypatch.setattr(Path, "replace", broken_off)
    try:
        write_run(folder, run(SHORT), "draft")
    except (DataError, KeyboardInterrupt):
        assert len(moved) >= fails
        assert everything(folder) == run(LONG) | mine
    else:
        assert len(moved) < fails
        assert everything(folder) == run(SHORT) | mine
    assert [path for path in folder.parent.iterdir() if path.name != "run"] == []
    assert [path for path in folder.iterdir() if path.name.startswith(".")] == []


def test_what_cannot_be_put_back_is_kept_and_is_no_run_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "run"
    write_run(folder, run(LONG), "draft")
    (folder / "mine.txt").write_bytes(b"mine")
    moved, move = [], Path.replace

    def lost(source: Path, place: Path) -> Path:
        moved.append(source)
        if len(moved) > 3:
            raise OSError(errno.EIO, "Input/output error")
        return move(source, place)

    monkeypatch.setattr(Path, "replace", lost)
    with pytest.raises(DataError, match="cannot be written"):
        write_run(folder, run(SHORT), "draft")

    assert sorted(everything(folder).values()) == sorted([*run(LONG).values(), b"mine"])
    with pytest.raises(DataError, match="did not write"):
        check_run(folder, "draft")


def test_a_full_disk_leaves_the_earlier_run(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    write_run(tmp_path / "run", run(LONG), "draft")
    request.getfixturevalue("full_disk")

    with pytest.raises(DataError, match="the disk is full"):
        write_run(tmp_path / "run", run(SHORT), "draft")

    assert everything(tmp_path / "run") == run(LONG)
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def not_json(folder: Path) -> None:
    (folder / MANIFEST).write_bytes(b"{")


def no_object(folder: Path) -> None:
    (folder / MANIFEST).write_bytes(b"[]")


def no_files(folder: Path) -> None:
    (folder / MANIFEST).write_bytes(b'{"kind": "draft"}')


def other_command(folder: Path) -> None:
    (folder / MANIFEST).write_bytes(run(LONG, "run")[MANIFEST])


def outside(folder: Path) -> None:
    (folder.parent / "outside.txt").write_bytes(b"mine")
    (folder / MANIFEST).write_bytes(run({"../outside.txt": b"mine"})[MANIFEST])


def no_manifest(folder: Path) -> None:
    (folder / MANIFEST).unlink()


@pytest.mark.parametrize(
    "spoil", [not_json, no_object, no_files, other_command, outside, no_manifest]
)
def test_a_folder_that_no_such_run_wrote_is_left_alone(
    spoil: Callable[[Path], None], tmp_path: Path
) -> None:
    write_run(tmp_path / "run", run(LONG), "draft")
    spoil(tmp_path / "run")
    before = everything(tmp_path)

    for attempt in (check_run, lambda path, kind: write_run(path, run(SHORT), kind)):
        with pytest.raises(DataError, match=r"holds files that `sovplan draft` did not write"):
            attempt(tmp_path / "run", "draft")

    assert everything(tmp_path) == before


def test_a_file_of_a_run_that_was_changed_since_is_not_overwritten(tmp_path: Path) -> None:
    write_run(tmp_path / "run", run(LONG), "draft")
    (tmp_path / "run" / "economy" / "d.csv").write_bytes(b"4 and more")
    before = everything(tmp_path)

    with pytest.raises(DataError, match=r"d\.csv was changed since sovplan wrote it"):
        write_run(tmp_path / "run", run(SHORT), "draft")

    assert everything(tmp_path) == before


def test_a_file_of_a_run_that_was_removed_is_no_hindrance(tmp_path: Path) -> None:
    write_run(tmp_path / "run", run(LONG), "draft")
    (tmp_path / "run" / "plan" / "b.csv").unlink()

    write_run(tmp_path / "run", run(SHORT), "draft")

    assert everything(tmp_path / "run") == run(SHORT)


def test_a_run_is_written_to_a_new_or_empty_folder_and_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "deep" / "behind")

    for name in ("new/run", "empty", "link"):
        check_run(tmp_path / name, "draft")
        write_run(tmp_path / name, run(SHORT), "draft")
        assert everything(tmp_path / name) == run(SHORT)
    assert (tmp_path / "link").is_symlink()


def test_an_empty_folder_in_which_one_stands_is_filled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = tmp_path.stat().st_ino

    write_files(Path(), CONTENTS)

    assert everything(tmp_path) == CONTENTS
    assert tmp_path.stat().st_ino == before


def test_a_file_is_no_place_for_a_run(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("mine")

    with pytest.raises(DataError, match="is a file; a folder was needed"):
        check_run(tmp_path / "run", "draft")
