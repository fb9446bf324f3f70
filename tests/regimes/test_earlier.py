"""What a run writes down is read again the same: scenario, regimes, seed, voters, parameters."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sovplan.foundation.errors import DataError
from sovplan.records.run import Course, Run
from sovplan.regimes.catalogue import REGIMES
from sovplan.regimes.earlier import read_earlier
from sovplan.regimes.parameters import drawn_parameters, read_parameters
from sovplan.regimes.regime import read_regime
from sovplan.regimes.scenarios import SCENARIOS, is_country, read_scenario
from sovplan.report.run_given import Origin, regime_file, scenario_file


def written(folder: Path, name: str, seed: int = 5) -> Path:
    """Return the scenario.toml of a run, without its numbers, of a scenario of the package."""
    scenario = read_scenario(name)
    regimes = [read_regime(each) for each in scenario.regimes]
    years = range(1935, 1935 + scenario.years)
    courses = tuple(
        Course(each.name, each.title, each.summary, {y: each.in_force(y) for y in years}, {})
        for each in regimes
    )
    run = Run(scenario, seed, courses, (), ())
    origin = Origin("sha256:00", drawn_parameters(seed), regimes, 77, "sovplan run")
    file = folder / "scenario.toml"
    file.write_bytes(scenario_file(run, origin))
    return file


@pytest.mark.parametrize("name", [name for name in SCENARIOS if not is_country(name)])
def test_a_scenario_that_a_run_wrote_is_the_scenario_that_was_run(
    tmp_path: Path, name: str
) -> None:
    file = written(tmp_path, name)
    earlier = read_earlier(file)

    assert read_scenario(file) == read_scenario(name)
    assert (earlier.seed, earlier.voters, earlier.economy_digest) == (5, 77, "sha256:00")
    assert earlier.in_force() == drawn_parameters(5)
    for regime in read_scenario(name).regimes:
        for year, values in earlier.institutions[regime].items():
            assert values["hours"] == read_regime(regime).in_force(int(year)).hours


def test_a_scenario_of_the_package_says_nothing_of_a_run() -> None:
    earlier = read_earlier("two-goods")

    assert (earlier.seed, earlier.voters, earlier.economy_digest) == (None, None, "")
    assert earlier.in_force() == read_parameters()
    assert earlier.regime("command_1929") == "command_1929"


@settings(max_examples=20)
@given(name=st.sampled_from(sorted(REGIMES)), seed=st.integers(0, 2**64 - 1))
def test_a_regime_that_a_run_keeps_is_read_the_same(
    tmp_path_factory: pytest.TempPathFactory, name: str, seed: int
) -> None:
    file = tmp_path_factory.mktemp("regime") / "kept.toml"
    regime = read_regime(name).drawn(seed)

    file.write_bytes(regime_file(regime))

    kept = read_regime(file)
    assert kept.sources == regime.sources
    assert (kept.name, kept.title, kept.summary) == (regime.name, regime.title, regime.summary)
    assert sorted(kept.articles, key=str) == sorted(regime.articles, key=str)


def test_a_regime_is_taken_from_beside_the_file_only_if_the_run_kept_it(tmp_path: Path) -> None:
    file = written(tmp_path, "two-goods")
    assert read_earlier(file).regime("command_1929") == "command_1929"

    kept = tmp_path / "regimes" / "command_1929.toml"
    kept.parent.mkdir()
    kept.write_text("")

    assert read_earlier(file).regime("command_1929") == str(kept)
    assert read_earlier(file).regime("councils_isolated") == "councils_isolated"


CASES = {
    "seed is no whole number": ("seed = 5", "seed = 1.5", "seed must be a whole number of 0"),
    "seed is negative": ("seed = 5", "seed = -1", "seed must be a whole number of 0 or more"),
    "seed is true": ("seed = 5", "seed = true", "seed must be a whole number of 0 or more"),
    "no voters": ("voters = 77", "voters = 0", "voters must be a whole number of 1 or more"),
    "digest is no text": ('digest = "sha256:00"', "digest = 3", "economy_digest must be a text"),
    "unknown parameter": ("e_food = ", "e_foot = ", 'parameters.e_foot is not a key.*"e_food"'),
    "parameter out of range": ("crit = 0.", "crit = 9.", r"parameters\.crit: "),
    "institutions by no year": ("[institutions.command_1929.1935]",
                                "[institutions.command_1929.soon]", "institutions must be a table"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_is_wrong_in_what_a_run_added_is_named(tmp_path: Path, case: str) -> None:
    old, new, said = CASES[case]
    file = written(tmp_path, "two-goods")
    text = file.read_text("utf-8")
    assert text.count(old) == 1, old
    file.write_text(text.replace(old, new), "utf-8")

    with pytest.raises(DataError, match=f"scenario.toml: {said}"):
        read_earlier(file)


@pytest.mark.parametrize("years", ["[1, 2]", "2.5", "true"])
def test_years_that_are_no_whole_number_are_refused(tmp_path: Path, years: str) -> None:
    file = written(tmp_path, "two-goods")
    file.write_text(file.read_text("utf-8").replace("years = 4", f"years = {years}"), "utf-8")

    with pytest.raises(DataError, match="years must be a whole number"):
        read_scenario(file)
