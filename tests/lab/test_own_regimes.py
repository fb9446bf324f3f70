"""Regimes of one's own in runs of the country: kept, run again, told apart from those shipped."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sovplan.cli.app import app
from sovplan.foundation.errors import DataError
from sovplan.lab.country import country_run, prepared_country
from tests.lab.rows import FEW, PERSONS, few_households


@pytest.fixture(autouse=True, scope="module")
def _few_households() -> Iterator[None]:
    with few_households():
        yield


def test_what_is_history_is_told_by_values_and_not_by_a_name(tmp_path: Path) -> None:
    head = 'title = "T: t"\nsummary = "S"\nsince = 1930\nbase = "as_it_was"\n'
    quota = '[quota_share]\nvalue = [[1930, 0.2]]\nprovenance = "assumed"\nsource = "a trial"\n'
    copy, other = tmp_path / "copy.toml", tmp_path / "other.toml"
    copy.write_text(f'name = "copy"\n{head}', "utf-8")
    other.write_text(f'name = "other"\n{head}{quota}', "utf-8")
    found = country_run(prepared_country("ussr-1921", [str(copy), str(other)], persons=PERSONS))
    silent = country_run(
        prepared_country("ussr-1921", ["as_it_was"], off=["rules.famine"], persons=PERSONS)
    )

    assert found.values("copy", "deaths", "real")
    assert not found.values("other", "deaths", "real")
    assert not silent.values("as_it_was", "deaths", "real")


def test_a_run_says_what_it_takes_the_place_of_and_which_values_it_never_comes_to(
    tmp_path: Path,
) -> None:
    head = 'name = "late"\ntitle = "T: t"\nsummary = "S"\nsince = 1930\nbase = "as_it_was"\n'
    quota = '[quota_share]\nvalue = [[1970, 0.2]]\nprovenance = "assumed"\nsource = "a trial"\n'
    (tmp_path / "late.toml").write_text(head + quota, "utf-8")
    asked = ["run", "ussr-1921", "--years", "1", *FEW, "--out", str(tmp_path / "out")]
    first, again, other = (
        CliRunner().invoke(app, [*asked, "--regime", regime]).stderr
        for regime in ("as_it_was", "as_it_was", str(tmp_path / "late.toml"))
    )

    assert "in place of" not in first + again
    assert "in place of an earlier run: sovplan run ussr-1921 --regime as_it_was" in other
    assert "never holds" not in first
    assert "late, quota_share: the value 0.2 of 1970 never holds in this run" in other


def test_a_run_keeps_the_regimes_of_its_user_and_runs_again_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = {"base": ("as_it_was", "plot_allowed", 1.0), "mine": ("base.toml", "quota_share", 0.0)}
    for name, (base, institution, value) in own.items():
        (tmp_path / f"{name}.toml").write_text(
            f'name = "{name}"\ntitle = "T: t"\nsummary = "S"\nsince = 1922\nbase = "{base}"\n'
            f"[{institution}]\nvalue = [[1922, 2, {value}], [1924, {value}]]\n"
            'provenance = "assumed"\nsource = "a trial"\n',
            "utf-8",
        )
    asked = ["run", "ussr-1921", "--years", "3", *FEW]
    regimes = ["--regime", str(tmp_path / "mine.toml"), "--regime", "as_it_was"]
    done = CliRunner().invoke(app, [*asked, *regimes, "--out", str(tmp_path / "one")])
    assert done.exit_code == 0, done.stderr
    for name in own:
        (tmp_path / f"{name}.toml").unlink()
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")

    path = str(tmp_path / "one" / "scenario.toml")
    again = CliRunner().invoke(app, ["run", path, "--threads", "1", "--out", str(tmp_path / "two")])

    assert again.exit_code == 0, again.stderr
    one, two = (
        {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*.*")}
        for folder in (tmp_path / "one", tmp_path / "two")
    )
    assert one == two
    assert {"regimes/mine.toml", "regimes/base.toml"} < one.keys()


def test_a_regime_of_ones_own_cannot_have_the_name_of_another(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        'name = "as_it_was"\ntitle = "T"\nsummary = "S"\nsince = 1930\nbase = "as_it_was"\n',
        "utf-8",
    )
    with pytest.raises(DataError, match=r"mine\.toml: the name as_it_was"):
        prepared_country("ussr-1921", [str(file)])


def test_a_file_of_a_regime_that_is_not_there_is_told() -> None:
    with pytest.raises(DataError, match=r"there is no file fake\.toml"):
        prepared_country("ussr-1921", ["fake.toml"])


def test_a_scenario_of_no_known_model_is_told_what_model_may_be(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('model = "contry"\nname = "mine"\n', "utf-8")
    done = CliRunner().invoke(app, ["run", str(path), "--off", "rules.slaughter"])

    assert done.exit_code == 2
    assert 'mine.toml: model is "contry"; it may be "country"' in " ".join(done.stderr.split())
