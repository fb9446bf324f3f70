"""What `--off` and `--set` refuse, and how they say what was meant."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from sovplan.cli.app import app
from sovplan.regimes.scenarios import scenario_path


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (["--off", "rules.slauter"], "no rule of the country has the switch rules.slauter"),
        (["--set", "s_feer=1"], "s_feer: no such parameter"),
        (["--set", "S_FEAR=0.1"], 'S_FEAR: no such parameter. Did you mean "s_fear"?'),
        (["--set", "s_fear=0,1"], "a finite number with a point, such as s_fear=0.1"),
        (["--set", "rules.famine=0"], "it is turned off with --off rules.famine"),
        (["--set", "quota_share=0.2"], "that is an institution and no parameter"),
        (["--set", "weather=1"], "that is a path that is given and no parameter"),
        (["--off", "s_fear"], "s_fear is a parameter and no switch; it is changed with --set"),
        (["--set", " s_fear =0.1", "--set", "s_fear=0.1"], "--set s_fear stands there twice"),
        (["--set", "s_fear"], "--set s_fear: write NAME=NUMBER"),
        (["--set", "s_fear=nan"], "--set s_fear=nan: write NAME=NUMBER"),
        (["--set", "=1"], "--set =1: write NAME=NUMBER"),
        (["--set", "s_fear=0.1", "--set", "s_fear=0.2"], "--set s_fear stands there twice"),
        (["--households", "20"], "households: 20 rows are too few to stand for all"),
    ],
)
def test_a_wrong_change_is_told(change: list[str], told: str) -> None:
    done = CliRunner().invoke(app, ["run", "ussr-1921", *change])
    assert done.exit_code == 2
    assert told in " ".join(done.stderr.split())


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("[parameters]\ns_fear = 9", "own.toml: parameter s_fear: 9 lies outside its range"),
        ('off = ["s_fear"]', "own.toml: s_fear is a parameter and no switch"),
        (
            '[parameters]\n"rules.famine" = 0',
            "own.toml: parameter rules.famine: that is the switch",
        ),
    ],
)
def test_what_a_file_of_ones_own_has_wrong_is_told_with_its_name(
    written: str, told: str, tmp_path: Path
) -> None:
    file = tmp_path / "own.toml"
    file.write_text(f"{scenario_path('ussr-1921').read_text('utf-8')}\n{written}\n", "utf-8")
    done = CliRunner().invoke(app, ["run", str(file)])
    assert done.exit_code == 2
    assert told in " ".join(done.stderr.split())
