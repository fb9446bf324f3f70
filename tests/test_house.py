"""Rules of the house that the import contracts in pyproject.toml cannot say."""

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "sovplan"
SOLVER = "foundation/solver.py"
FILES_OF_RECORDS = {"records/store.py", "records/tables.py"}
LINES_OF_A_FILE = 400
LINES_OF_A_BODY = 40

OPENERS = {
    "open", "fdopen", "read_bytes", "read_text", "write_bytes", "write_text", "mkdir", "unlink",
    "iterdir", "glob", "rglob", "load", "loadtxt", "savetxt", "savez", "fromfile", "tofile",
}  # fmt: skip
FORMATS = {
    "csv",
    "io",
    "os",
    "pyarrow",
    "python_calamine",
    "shutil",
    "sqlite3",
    "tempfile",
    "zipfile",
}
NETWORK = {"asyncio", "ftplib", "http", "httpx", "requests", "smtplib", "socket", "urllib.request"}


@cache
def parsed(file: Path) -> ast.Module:
    """Return a file as it is parsed; once for all looks at it."""
    return ast.parse(file.read_text("utf-8"))


def sources(*folders: str) -> dict[str, ast.Module]:
    """Return the parsed files of the package below some folders, by path."""
    files = [file for folder in folders or ("",) for file in (PACKAGE / folder).rglob("*.py")]
    return {file.relative_to(PACKAGE).as_posix(): parsed(file) for file in files}


def imported(tree: ast.AST) -> set[str]:
    """Return the modules that a file imports, each with its parents."""
    names = {
        name
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            if isinstance(node, ast.ImportFrom) and node.module
            else []
        )
    }
    return {".".join(parts[:n]) for parts in map(_parts, names) for n in range(1, len(parts) + 1)}


def _parts(name: str) -> list[str]:
    return name.split(".")


def methods(tree: ast.AST) -> set[str]:
    """Return the names of all that a file calls with a dot before it."""
    called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {func.attr for func in called if isinstance(func, ast.Attribute)}


def functions(tree: ast.AST) -> set[str]:
    """Return the names of all that a file calls without a dot."""
    called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {func.id for func in called if isinstance(func, ast.Name)}


def touches_files(tree: ast.AST) -> set[str]:
    return methods(tree) & OPENERS | functions(tree) & {"open"} | imported(tree) & FORMATS


def long_bodies(tree: ast.AST) -> list[str]:
    """Return the functions whose body, without the docstring, has too many lines."""
    return [
        f"{node.name} at line {node.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and _length(node) > LINES_OF_A_BODY
    ]


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def python_files() -> Iterator[Path]:
    for folder in ("src", "tests", "benchmarks"):
        yield from sorted((ROOT / folder).rglob("*.py"))


def test_only_one_file_calls_the_solver() -> None:
    callers = {name for name, tree in sources().items() if "highspy" in imported(tree)}

    assert callers == {SOLVER}


def test_only_two_files_of_records_touch_files() -> None:
    touching = {name for name, tree in sources("records").items() if touches_files(tree)}

    assert touching == FILES_OF_RECORDS


def test_planning_touches_no_file() -> None:
    assert {name: found for name, tree in sources("planning").items()
            if (found := touches_files(tree))} == {}  # fmt: skip


def test_only_the_command_line_prints() -> None:
    printing = {name for name, tree in sources().items() if "print" in functions(tree)}

    assert {name for name in printing if not name.startswith("cli/")} == set()


def test_nobody_reaches_for_the_network() -> None:
    reaching = {name: imported(tree) & NETWORK for name, tree in sources().items()}

    assert {name: found for name, found in reaching.items() if found} == {}


def test_no_room_goes_out_and_in_again_by_the_front_door() -> None:
    """A room that imports names from `sovplan` itself would import every room above it."""
    front = {
        f"{name}, line {node.lineno}"
        for name, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "sovplan"
        and not all((PACKAGE / alias.name).is_dir() for alias in node.names)
    }  # fmt: skip

    assert {place for place in front if not place.startswith("cli/")} == set()


def test_files_and_functions_are_short() -> None:
    lengths = {file: len(file.read_text("utf-8").splitlines()) for file in python_files()}
    bodies = {file: long_bodies(parsed(file)) for file in lengths}

    long_files = {file.relative_to(ROOT): n for file, n in lengths.items() if n > LINES_OF_A_FILE}
    assert long_files == {}
    assert {file.relative_to(ROOT): names for file, names in bodies.items() if names} == {}


@pytest.mark.parametrize(
    ("look", "planted"),
    [
        (touches_files, "from pathlib import Path\nPath('a').read_text()"),
        (touches_files, "import pyarrow.parquet as pq"),
        (touches_files, "with open('a') as file: pass"),
        (touches_files, "from os import path"),
        (lambda tree: imported(tree) & NETWORK, "from urllib import request"),
        (lambda tree: imported(tree) & {"highspy"}, "def solve():\n    import highspy"),
        (lambda tree: functions(tree) & {"print"}, "print(1)"),
        (long_bodies, "def long():\n" + "    1\n" * 41),
        (long_bodies, "def long():\n    '''Say.'''\n" + "    1\n" * 41),
    ],
)
def test_the_look_finds_what_is_planted(look: Callable[[ast.AST], object], planted: str) -> None:
    assert look(ast.parse(planted))


def test_the_look_passes_what_is_sound() -> None:
    sound = "from pathlib import Path\ndef f(path: Path) -> str:\n    '''Say.'''\n" + "    1\n" * 40

    assert not touches_files(ast.parse(sound))
    assert not long_bodies(ast.parse(sound))


# ---- locks and links -----------------------------------------------------------------------------

LOCKS = ("run", "dev", "pages")


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_pins_every_package_by_hash_and_names_no_host(name: str) -> None:
    lock = (ROOT / "requirements" / f"{name}.lock").read_text("utf-8")

    packages = re.findall(
        r"^\S+==\S+ \\\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+", lock, re.M
    )
    named = [line for line in lock.splitlines() if re.match(r"[^\s#]", line)]
    assert len(packages) == len(named) > 0
    assert "://" not in lock
    assert "--index" not in lock
    assert str(ROOT) not in lock


def test_the_locks_agree() -> None:
    pins: dict[str, set[str]] = {}
    for name in LOCKS:
        lock = (ROOT / "requirements" / f"{name}.lock").read_text("utf-8")
        for package, version in re.findall(r"^(\S+)==(\S+)", lock, re.M):
            pins.setdefault(package, set()).add(version)

    assert {package: found for package, found in pins.items() if len(found) > 1} == {}


def pages() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def broken_links(page: Path, text: str) -> list[str]:
    """Return links and pictures of a page that point at no file."""
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.S)
    targets = re.findall(r"\]\(\s*<?([^)\s>#]+)[^)]*\)|<img[^>]*\ssrc=\"([^\"]+)\"", prose)
    local = [link or picture for link, picture in targets if ":" not in (link or picture)]
    return [target for target in local if not (page.parent / target).exists()]


def test_every_link_and_picture_of_the_manual_is_there() -> None:
    broken = {page.name: broken_links(page, page.read_text("utf-8")) for page in pages()}

    assert {page: links for page, links in broken.items() if links} == {}


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ('[a](nowhere.md) and ![b](none.png "B")', ["nowhere.md", "none.png"]),
        ('<img alt="c" src="gone.png">', ["gone.png"]),
        ("[a](CHANGELOG.md#added), [b](https://example.org), [c](#here), `[d](e.md)`", []),
    ],
)
def test_the_look_finds_broken_links(text: str, links: list[str]) -> None:
    assert broken_links(ROOT / "README.md", text) == links
