"""What ``sovplan compare`` prints of drafts with and without a plan."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sovplan.cli.app import app


def sovplan(*words: str | Path) -> Result:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result


@pytest.fixture
def drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Stand in a folder with a draft that has a plan and one that has none."""
    monkeypatch.chdir(tmp_path)
    Path("much.toml").write_text("years = 2\nfloors = { multiple = [99] }\n")
    assert sovplan("draft", "two-goods", "--years", "2", "--out", "good").exit_code == 0
    refused = sovplan("draft", "two-goods", "--aims", "much.toml", "--out", "refused")
    assert refused.exit_code == 1
    return "good", "refused"


@pytest.mark.parametrize("order", [1, -1])
def test_json_holds_null_for_the_numbers_of_a_draft_without_a_plan(
    drafts: tuple[str, str], order: int
) -> None:
    result = sovplan("compare", *drafts[::order], "--json")

    assert result.exit_code == 0, result.output
    (found,) = json.loads(result.stdout)["comparisons"]
    (effect,) = found["effects"]
    assert effect["group"] == "aims"
    assert effect["difference"] is None
    assert (effect["objective"] is None) == (effect["status"] == "infeasible") == (order == 1)
    assert found["binds"] == found["free"] == []


def test_a_document_that_is_not_json_is_named(drafts: tuple[str, str]) -> None:
    Path(drafts[1], "draft.json").write_text("{")

    result = sovplan("compare", *drafts)

    assert result.exit_code == 2
    assert str(Path(drafts[1], "draft.json")) in result.stderr
