"""Write every generated page of the manual anew and say which changed: `make manual`.

.venv/bin/python -m tools.manual [--check]

A generator is any `tools/*_page.py` that is a program; a new one needs no list. All run in a copy
of the tree, so `--check` writes nothing here, a generator that fails leaves no page half written,
and what changed is told without git. `--check` exits 1 where a page is stale.
"""

import os
import shutil
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
_AT_ONCE: Final = 2
_PROGRAM: Final = 'if __name__ == "__main__":'
_PAGES: Final = "docs"
_LEFT: Final = shutil.ignore_patterns(
    ".git", ".venv*", ".*cache*", "__pycache__", "runs", "site", "build", "dist", "*.egg-info",
    ".hypothesis", "shared", "htmlcov",
)  # fmt: skip
"""What no page is written from: environments, caches and what was built."""

_BESIDE: Final = "shared"
"""A folder beside the tree from which a page takes tables that are not in the package."""
_LEFT_ALONE: Final = "left as it is"
"""What a generator says of a page that it cannot write here."""


class Failed(Exception):
    """A generator stopped: its name, its status and the end of what it said."""

    def __init__(self, name: str, status: int, said: str) -> None:
        super().__init__(f"tools/{name}.py stopped with {status}:\n{said[-2000:]}")


def generators(root: Path = ROOT) -> tuple[str, ...]:
    """Return the names of the programs that write pages, sorted."""
    files = sorted((root / "tools").glob("*_page.py"))
    return tuple(file.stem for file in files if _PROGRAM in file.read_text("utf-8"))


def renewed(root: Path, copy: Path, tell: Callable[[str], None] = print) -> dict[str, bytes]:
    """Run every generator of a tree in a copy of it.

    Parameters
    ----------
    root
        The tree.
    copy
        A folder that is not there yet.
    tell
        Is given the name of each generator that is done.

    Returns
    -------
    Each file of `docs` that now is another: its path below the root, and what it should hold.

    Raises
    ------
    Failed
        A generator stopped with an error.
    """
    shutil.copytree(root, copy, ignore=_LEFT)
    beside = root.parent / _BESIDE
    if beside.is_dir() and not (copy.parent / _BESIDE).exists():
        (copy.parent / _BESIDE).symlink_to(beside, target_is_directory=True)
    names = generators(copy)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        waiting = [(name, pool.submit(_run, copy, name)) for name in names]
        try:
            for name, one in waiting:
                tell(f"{name} done{one.result()}")
        except Failed:
            pool.shutdown(cancel_futures=True)
            raise
    found = {}
    for file in sorted((copy / _PAGES).rglob("*")):
        if file.is_file():
            path = file.relative_to(copy)
            there = root / path
            now = file.read_bytes()
            if not there.is_file() or there.read_bytes() != now:
                found[path.as_posix()] = now
    return found


def _run(copy: Path, name: str) -> str:
    """Run one generator on the sources of the copy, whatever is installed.

    Returns
    -------
    What it says of a page that it could not write here, after a colon; else nothing.
    """
    path = os.pathsep.join((str(copy / "src"), str(copy)))
    done = subprocess.run(
        [sys.executable, "-m", f"tools.{name}"],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Failed(name, done.returncode, done.stderr)
    left = [line for line in done.stdout.splitlines() if _LEFT_ALONE in line]
    return f": {'; '.join(left)}" if left else ""


def manual(root: Path, *, check: bool) -> int:
    """Write what changed, or only name it; return the status to exit with."""
    with TemporaryDirectory() as folder:
        try:
            found = renewed(root, Path(folder) / "tree")
        except Failed as error:
            print(str(error).rstrip())
            print("Nothing was written. Mend that program, then run this again.")
            return 2
    for path, now in found.items():
        if not check:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(now)
        print(f"{'stale' if check else 'changed'}: {path}")
    if not found:
        print("every generated page is fresh")
    elif check:
        print("to mend it: make manual")
    return int(check and bool(found))


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line and do it."""
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if stale")
    return manual(ROOT, check=parser.parse_args(arguments).check)


if __name__ == "__main__":
    sys.exit(main())
