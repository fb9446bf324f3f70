"""Files written whole or not at all; one of the two modules of this room that touch files."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say


def write_files(target: Path, contents: Mapping[str, bytes], *, replace: bool = False) -> None:
    """Write a folder of files, all or none.

    Everything is written beside the target first and then renamed, so that a full disk or an
    interruption leaves the target as it was.

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
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as failed:
        raise DataError(say("records.store.cannot_write", path=target, why=failed)) from None
    try:
        for name, content in contents.items():
            path = aside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        _move(aside, target)
    except OSError as failed:
        raise DataError(say("records.store.cannot_write", path=target, why=failed)) from None
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def check_target(target: Path, *, replace: bool = False) -> None:
    """Do nothing if a folder can be written there as far as can be seen; see `write_files`."""
    if target.exists() and not target.is_dir():
        raise DataError(say("records.store.is_file", path=target))
    if not replace and target.exists() and any(target.iterdir()):
        raise DataError(say("records.store.not_empty", path=target))


def _move(aside: Path, target: Path) -> None:
    mask = os.umask(0)
    os.umask(mask)
    aside.chmod(0o777 & ~mask)
    if not target.exists() or not any(target.iterdir()):
        aside.replace(target)
        return
    for path in sorted(path for path in aside.rglob("*") if path.is_file()):
        place = target / path.relative_to(aside)
        place.parent.mkdir(parents=True, exist_ok=True)
        path.replace(place)


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
        raise DataError(say("records.store.cannot_read", path=path, why=failed)) from None


def digest(content: bytes) -> str:
    """Return the name of some bytes: ``sha256:`` and 64 hexadecimal digits."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"
