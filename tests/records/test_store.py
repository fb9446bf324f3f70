import stat
from pathlib import Path

import pytest

from sovplan.foundation.errors import DataError
from sovplan.records.store import check_target, digest, read_bytes, write_files


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

    with pytest.raises(DataError, match="already holds files; nothing was written"):
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
    with pytest.raises(DataError, match=r"cannot be written \(.*No space left"):
        write_files(tmp_path / "run", CONTENTS)

    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    write_files(tmp_path / "run", {"a.csv": b"old"})
    request.getfixturevalue("full_disk")

    with pytest.raises(DataError, match="nothing was written"):
        write_files(tmp_path / "run", CONTENTS, replace=True)

    assert everything(tmp_path) == {"run/a.csv": b"old"}


def test_a_parent_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")

    with pytest.raises(DataError, match="cannot be written"):
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
    with pytest.raises(DataError, match="cannot be read"):
        read_bytes(tmp_path)


def test_the_digest_is_the_one_that_other_programs_reckon() -> None:
    # FIPS 180-4, the empty message and "abc"
    assert digest(b"") == (
        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )
    assert digest(b"abc") == (
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
