"""Files written whole or not at all; one of the two modules of this room that touch files."""

import contextlib
import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Final

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say

MANIFEST: Final = "manifest.json"
"""File of a run that says which command wrote it, and names every other file with its digest."""

_COMMANDS: Final = {"country": "run"}
"""Commands of the kinds that have no command of their own name."""
_WHY: Final = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.EROFS: "read_only",
    errno.ENOTDIR: "in_a_file",
    errno.EEXIST: "in_a_file",
    errno.EISDIR: "is_folder",
    errno.ENAMETOOLONG: "long_name",
    errno.EBUSY: "busy",
}


def write_files(target: Path, contents: Mapping[str, bytes], *, replace: bool = False) -> None:
    """Write a folder of files, all or none.

    Parameters
    ----------
    target
        The folder; its parents are made.
    contents
        Bytes by path inside the folder (with / between the parts).
    replace
        Whether files of the same names may be replaced; other files of the folder stay.

    Raises
    ------
    DataError
        The target is a file, or holds something already and `replace` is false, or cannot be
        written.
    """
    check_target(target, replace=replace)
    _put(target, contents, ())


def write_run(target: Path, contents: Mapping[str, bytes], kind: str) -> None:
    """Write the folder of a run, all or none; an earlier run of the same kind gives way to it.

    Files that the earlier run wrote and this one does not are removed in the same step; files that
    somebody else put into the folder stay.

    Parameters
    ----------
    target
        The folder; its parents are made.
    contents
        Bytes by path inside the folder, with the manifest.
    kind
        Name of the command that writes.

    Raises
    ------
    DataError
        See `check_run`; or the folder cannot be written.
    """
    _put(target, contents, _of_earlier_run(target, kind))


def manifested(
    kind: str, about: Mapping[str, object], files: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Return the files of a run with its manifest.

    Parameters
    ----------
    kind
        Name of the command that writes.
    about
        What else the manifest says.
    files
        Bytes by path inside the folder.
    """
    manifest = {
        "kind": kind,
        **about,
        "files": {name: digest(files[name]) for name in sorted(files)},
    }
    text = json.dumps(manifest, ensure_ascii=False, allow_nan=False, indent=2)
    return {**files, MANIFEST: f"{text}\n".encode()}


def check_target(target: Path, *, replace: bool = False) -> None:
    """Do nothing if a folder can be written there as far as can be seen; see `write_files`."""
    if _holds_something(target) and not replace:
        raise DataError(say("records.store.not_empty", path=target))


def check_run(target: Path, kind: str) -> None:
    """Do nothing if the folder of a run may be written there; see `write_run`.

    Raises
    ------
    DataError
        The target is a file; or it holds something that no earlier run of this kind wrote, or
        that was changed since.
    """
    _of_earlier_run(target, kind)


def _holds_something(target: Path) -> bool:
    try:
        if target.exists() and not target.is_dir():
            raise DataError(say("records.store.is_file", path=target))
        return target.exists() and any(target.iterdir())
    except OSError as failed:
        raise DataError(say("records.store.cannot_write", path=target, why=why(failed))) from None


def _of_earlier_run(target: Path, kind: str) -> frozenset[str]:
    """Return the names of all files that an earlier run wrote; none where there is nothing yet."""
    if not _holds_something(target):
        return frozenset()
    files = _named(target, kind)
    if files is None:
        key = "not_a_run" if kind not in _COMMANDS else f"not_a_{kind}"
        raise DataError(say(f"records.store.{key}", path=target, kind=kind))
    for name, written in files.items():
        path = target / name
        if path.is_file() and digest(read_bytes(path)) != written:
            raise DataError(say("records.store.changed", path=path))
    return frozenset({*files, MANIFEST})


def _named(target: Path, kind: str) -> dict[str, str] | None:
    """Return the files that the manifest of a run of a kind names, or None if it is no such run."""
    manifest = manifest_of(target)
    files = manifest.get("files")
    if manifest.get("kind") != kind or not isinstance(files, dict):
        return None
    paths = [PurePosixPath(name) for name in files]
    if any(path.is_absolute() or ".." in path.parts for path in paths):
        return None
    return files


def manifest_of(folder: Path) -> Mapping[str, Any]:
    """Return what the manifest of a folder says; nothing where there is none that can be read."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return {}
    return manifest if isinstance(manifest, dict) else {}


def check_written(folder: Path, kind: str, names: Iterable[str]) -> None:
    """Do nothing if files of a folder are as the command that wrote it left them.

    Raises
    ------
    DataError
        The folder is not of this kind, its manifest does not name one of the files, or a file is
        missing or was changed since.
    """
    files = _named(folder, kind) or {}
    for name in names:
        if name not in files:
            spoken = {"kind": kind, "command": _COMMANDS.get(kind, kind)}
            raise DataError(say("records.store.not_named", path=folder, name=name, **spoken))
        if digest(read_bytes(folder / name)) != files[name]:
            raise DataError(say("records.store.not_as_written", path=folder / name))


def _put(target: Path, contents: Mapping[str, bytes], gone: Collection[str]) -> None:
    """Write files, and take away those in `gone`, all or none.

    Everything is written aside first. Then the whole folder changes its place with the new one,
    or, where it has to stay, file by file with a way back.
    """
    try:
        whole = target.resolve()
        stays = whole.exists() and _has_to_stay(whole, gone)
        around = whole if stays else whole.parent
        around.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{whole.name}-", dir=around))
    except OSError as failed:
        raise DataError(say("records.store.cannot_write", path=target, why=why(failed))) from None
    try:
        for name, content in contents.items():
            path = aside / "new" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if stays:
            _exchange_files(aside, whole, contents, gone)
        else:
            _exchange_folders(aside, whole)
        shutil.rmtree(aside / "old", ignore_errors=True)
    except OSError as failed:
        raise DataError(say("records.store.cannot_write", path=target, why=why(failed))) from None
    finally:
        shutil.rmtree(aside / "new", ignore_errors=True)
        _remove_empty(aside, (path.relative_to(aside) for path in aside.rglob("*")))
        with contextlib.suppress(OSError):
            aside.rmdir()


def _has_to_stay(target: Path, gone: Collection[str]) -> bool:
    """Tell whether a folder cannot be moved, or holds something besides the files named.

    A shell that stands in a folder which is moved would see an empty one.
    """
    if target.is_mount() or Path.cwd().is_relative_to(target):
        return True
    if not os.access(target.parent, os.W_OK):
        return True
    folders = {str(above) for name in gone for above in PurePosixPath(name).parents}
    known = {*gone, *folders}
    return any(path.relative_to(target).as_posix() not in known for path in target.rglob("*"))


def _exchange_folders(aside: Path, target: Path) -> None:
    new, old = aside / "new", aside / "old"
    new.mkdir(exist_ok=True)
    try:
        if target.exists():
            shutil.copymode(target, new)
            target.replace(old)
        new.replace(target)
    except BaseException:
        if old.exists() and not target.exists():
            old.replace(target)
        raise


def _exchange_files(
    aside: Path, target: Path, contents: Iterable[str], gone: Collection[str]
) -> None:
    """Move files one by one, the manifest out first and in last, and all back if one fails."""
    moves = [(target / name, aside / "old" / name) for name in {*contents, *gone}]
    moves.sort(key=lambda move: move[0].name != MANIFEST)
    moves = [move for move in moves if move[0].is_file()]
    inward = sorted(contents, key=lambda name: name == MANIFEST)
    moves += [(aside / "new" / name, target / name) for name in inward]
    begun: list[tuple[Path, Path]] = []
    try:
        for source, place in moves:
            place.parent.mkdir(parents=True, exist_ok=True)
            begun.append((source, place))
            source.replace(place)
    except BaseException:
        for source, place in reversed(begun):
            if place.is_file() and not source.exists():
                place.replace(source)
        _remove_empty(target, map(Path, contents))
        raise
    _remove_empty(target, map(Path, gone))


def _remove_empty(folder: Path, inside: Iterable[Path]) -> None:
    """Remove the folders in which these paths inside a folder stand, where they are empty."""
    below = {above for path in inside for above in (path, *path.parents) if above != Path()}
    for path in sorted(below, key=lambda path: len(path.parts), reverse=True):
        with contextlib.suppress(OSError):
            (folder / path).rmdir()


def read_bytes(path: Path) -> bytes:
    """Return what a file holds.

    Raises
    ------
    DataError
        There is no such file, or it cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise DataError(say("records.store.no_file", path=path)) from None
    except OSError as failed:
        raise DataError(say("records.store.cannot_read", path=path, why=why(failed))) from None


def why(failed: OSError) -> str:
    """Return in our own words why a file could not be read or written."""
    kind = _WHY.get(failed.errno or 0)
    if kind is None:
        return say("records.system.other", text=failed.strerror or type(failed).__name__)
    return say(f"records.system.{kind}")


def digest(content: bytes) -> str:
    """Return the name of some bytes: ``sha256:`` and 64 hexadecimal digits."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"
