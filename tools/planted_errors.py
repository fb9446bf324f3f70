"""Plant errors into a copy of the repository, one at a time, and tell which of them tests find.

The list stands in planted_errors.toml beside this file: the file, a text that occurs exactly once
in it, the text put in its place, what is wrong with that, and the tests that are run.

    python tools/planted_errors.py [--only WORD ...] [--plain]

A first run without any error must pass. Exits 1 if the tests miss an error, and also if a text to
be replaced does not occur exactly once: then the list is older than the code.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, final

ROOT: Final = Path(__file__).resolve().parent.parent
LIST: Final = Path(__file__).with_suffix(".toml")
_LEFT_OUT: Final = (".venv", ".venv-lock", ".git", "runs", "site", "build", "dist", "__pycache__")
_LONGEST: Final = 900
"""Seconds after which a run of tests counts as failed."""


@final
@dataclass(frozen=True, slots=True)
class Planted:
    """One error: where it is put, what it is, and the tests that may find it."""

    name: str
    file: str
    old: str
    new: str
    what: str
    tests: tuple[str, ...]
    note: str = ""


def read_list(path: Path = LIST) -> tuple[Planted, ...]:
    """Return the errors of the list, in order."""
    with path.open("rb") as file:
        listed = tomllib.load(file)["error"]
    return tuple(Planted(**{**each, "tests": tuple(each["tests"])}) for each in listed)


def misfits(errors: Sequence[Planted], root: Path = ROOT) -> Iterator[str]:
    """Yield the errors whose text does not occur exactly once in the file."""
    for error in errors:
        count = (root / error.file).read_text(encoding="utf-8").count(error.old)
        if count != 1:
            yield f"{error.name}: the text occurs {count} times in {error.file}: {error.old!r}"
        if error.old == error.new:
            yield f"{error.name}: nothing is changed"


def copied(place: Path) -> Path:
    """Return a copy of the working tree, with the data folder beside it."""
    house = place / "house"
    shutil.copytree(ROOT, house, ignore=shutil.ignore_patterns(*_LEFT_OUT, ".*_cache"))
    shared = ROOT.parent / "shared"
    if shared.is_dir():
        (place / "shared").symlink_to(shared)
    return house


def environment(house: Path) -> dict[str, str]:
    """Return the environment in which the copy is imported and nothing else."""
    path = os.pathsep.join((str(house / "src"), str(house)))
    return {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", "CI": "1"}


def check_imports(house: Path) -> None:
    """Stop if the copy is not what is imported."""
    command = [sys.executable, "-c", "import sovplan; print(sovplan.__file__)"]
    found = subprocess.run(
        command, cwd=house, env=environment(house), capture_output=True, text=True, check=True
    )
    if not Path(found.stdout.strip()).is_relative_to(house):
        sys.exit(f"the tests would import {found.stdout.strip()} and not the copy")


def passed(house: Path, tests: Sequence[str], options: Sequence[str]) -> tuple[bool, str]:
    """Run tests in the copy; return whether they passed, and the line that says what failed."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
    try:
        ran = subprocess.run(
            ["nice", "-n", "10", *command, *options, *tests],
            cwd=house,
            env=environment(house),
            capture_output=True,
            text=True,
            timeout=_LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False, "no end"
    if ran.returncode not in {0, 1, 2}:
        sys.exit(f"pytest could not run {' '.join(tests)}:\n{ran.stdout}{ran.stderr}")
    lines = [line for line in ran.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return ran.returncode == 0, lines[0] if lines else ran.stdout.strip().splitlines()[-1]


def planted(house: Path, error: Planted, options: Sequence[str]) -> tuple[bool, str]:
    """Plant one error, run its tests, take it out again; return whether it was found."""
    path = house / error.file
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(error.old, error.new), encoding="utf-8")
    try:
        good, line = passed(house, error.tests, options)
    finally:
        path.write_text(text, encoding="utf-8")
    return not good, line


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", default=[], help="names of errors, or their beginning")
    parser.add_argument(
        "--plain", action="store_true", help="without the checks of array shapes: faster"
    )
    parser.add_argument("--no-first", action="store_true", help="no first run without an error")
    given = parser.parse_args()
    chosen = [
        error
        for error in read_list()
        if not given.only or any(error.name.startswith(word) for word in given.only)
    ]
    if not chosen:
        parser.error("no error of the list is called so")
    wrong = list(misfits(chosen))
    if wrong:
        print("\n".join(wrong))
        return 1
    options = ["-o", "addopts=--import-mode=importlib"] if given.plain else []
    with tempfile.TemporaryDirectory() as place:
        house = copied(Path(place))
        check_imports(house)
        if not given.no_first:
            tests = sorted({test for error in chosen for test in error.tests})
            good, line = passed(house, tests, options)
            if not good:
                print(f"without any error: {line}")
                return 1
        found = 0
        for error in chosen:
            began = time.monotonic()
            caught, line = planted(house, error, options)
            found += caught
            word = "found    " if caught else "NOT FOUND"
            seconds = time.monotonic() - began
            print(f"{word} {error.name}: {error.what} [{seconds:.0f} s] {line}", flush=True)
    print(f"{found} of {len(chosen)} found")
    return 0 if found == len(chosen) else 1


if __name__ == "__main__":
    sys.exit(main())
