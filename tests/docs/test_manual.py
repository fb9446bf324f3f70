"""One command writes the generated pages anew, and finds a generator that nobody listed."""

import re
from pathlib import Path

import pytest
from tools import manual

WRITES = '''"""Write a page."""
from pathlib import Path

import sovplan

if __name__ == "__main__":
    page = Path(__file__).resolve().parent.parent / "docs" / "look-up" / "{name}.md"
    page.write_text(sovplan.SAID)
'''


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a small tree of two generators, one page stale and one not there."""
    root = tmp_path / "root"
    for folder in ("tools", "src/sovplan", "docs/look-up"):
        (root / folder).mkdir(parents=True)
    (root / "src/sovplan/__init__.py").write_text("SAID = 'new'\n", "utf-8")
    for name in ("old", "newest"):
        (root / f"tools/{name}_page.py").write_text(WRITES.format(name=name), "utf-8")
    (root / "tools/shared_page.py").write_text('"""Words of two pages: no program."""\n', "utf-8")
    (root / "docs/look-up/old.md").write_text("stale", "utf-8")
    (root / "docs/look-up/by_hand.md").write_text("typed", "utf-8")
    return root


def test_all_generators_run_and_what_changed_is_told(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert manual.generators(tree) == ("newest_page", "old_page")

    assert manual.manual(tree, check=False) == 0
    said = capsys.readouterr().out
    assert re.findall(r"^changed: (.*)$", said, re.M) == [
        "docs/look-up/newest.md",
        "docs/look-up/old.md",
    ]
    assert (tree / "docs/look-up/old.md").read_text("utf-8") == "new"
    assert (tree / "docs/look-up/by_hand.md").read_text("utf-8") == "typed"

    assert manual.manual(tree, check=True) == 0
    assert "every generated page is fresh" in capsys.readouterr().out


def test_a_check_names_stale_pages_and_writes_none(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert manual.manual(tree, check=True) == 1
    assert "stale: docs/look-up/old.md" in capsys.readouterr().out
    assert (tree / "docs/look-up/old.md").read_text("utf-8") == "stale"
    assert not (tree / "docs/look-up/newest.md").exists()


def test_a_generator_that_fails_is_named_and_no_page_is_written(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    failing = 'if __name__ == "__main__":\n    raise SystemExit("no such number")\n'
    (tree / "tools/wrong_page.py").write_text(failing, "utf-8")

    assert manual.manual(tree, check=False) == 2
    said = capsys.readouterr().out
    assert "tools/wrong_page.py" in said
    assert "no such number" in said
    assert (tree / "docs/look-up/old.md").read_text("utf-8") == "stale"


def test_what_lies_beside_the_tree_is_found_and_a_page_left_alone_is_told(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        "from pathlib import Path\n"
        'if __name__ == "__main__":\n'
        "    root = Path(__file__).resolve().parent.parent\n"
        '    there = (root.parent / "shared").is_dir()\n'
        '    print("sweden.md", "is there" if there else "left as it is")\n'
    )
    (tree / "tools/sweden_page.py").write_text(text, "utf-8")

    manual.manual(tree, check=True)
    assert "sweden_page done: sweden.md left as it is" in capsys.readouterr().out
    (tree.parent / "shared").mkdir()
    manual.manual(tree, check=True)
    assert "sweden_page done\n" in capsys.readouterr().out


def test_every_generated_page_names_a_program_that_the_command_runs() -> None:
    pages = manual.ROOT / "docs"
    found = re.compile(r"<!-- Written by tools/(\w+)\.py")
    named = {
        name for file in pages.rglob("*.md") for name in found.findall(file.read_text("utf-8"))
    }

    assert named
    assert named <= set(manual.generators())
