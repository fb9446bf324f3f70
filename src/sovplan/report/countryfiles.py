"""A run of the country as files: series, events, what was run, the page, and a manifest."""

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any, Final

from sovplan.history.nation import NationInputs
from sovplan.records.run import CountryRun
from sovplan.records.runfolder import COUNTRY, EVENTS, GIVEN, SCENARIO, SERIES
from sovplan.records.store import manifested
from sovplan.records.tables import write_toml
from sovplan.regimes.countries import CountryRegime
from sovplan.regimes.earlier import REGIMES
from sovplan.regimes.model import changed_parameters
from sovplan.report.runfiles import events_file, series_file

KIND: Final = COUNTRY
"""What the manifest calls a run of the country."""


def country_files(
    run: CountryRun,
    inputs: NationInputs,
    regimes: Sequence[CountryRegime],
    page: str,
    command: str,
) -> dict[str, bytes]:
    """Return the files of a run of the country.

    Parameters
    ----------
    run
        The run.
    inputs
        What was given, under any of the regimes.
    regimes
        The regimes.
    page
        Its book.
    command
        What to type to have the same run again.
    """
    contents = {
        SERIES: series_file(run),
        EVENTS: events_file(run.events),
        SCENARIO: write_toml(_scenario(run, regimes)),
        GIVEN: write_toml(_given(run, inputs, regimes)),
        "report.html": page.encode(),
        **{
            f"{REGIMES}/{own.name}.toml": write_toml(own.written())
            for regime in regimes
            for own in regime.own()
        },
    }
    about = {"sovplan": version("sovplan"), "command": command, "seed": run.seed}
    return manifested(KIND, about, contents)


def _scenario(run: CountryRun, regimes: Sequence[CountryRegime]) -> Mapping[str, Any]:
    """Return the scenario that was run, in the form of its own file."""
    return {
        "model": "country",
        "name": run.scenario.name,
        "title": run.scenario.title,
        "summary": run.scenario.summary,
        "first_year": run.scenario.first_year,
        "years": run.scenario.years,
        "seed": run.seed,
        "off": list(run.scenario.off),
        "parameters": dict(run.scenario.parameters),
        "people": run.scenario.people,
        "households": run.scenario.households,
        "regimes": [asked_as(regime) for regime in regimes],
    }


def asked_as(regime: CountryRegime) -> str:
    """Return how a regime is asked for: by its name, or by the file that the run keeps of it."""
    return regime.name if regime.shipped else f"{REGIMES}/{regime.name}.toml"


def _given(
    run: CountryRun, inputs: NationInputs, regimes: Sequence[CountryRegime]
) -> Mapping[str, Any]:
    """Return what was given to it: parameters, paths, and institutions by regime."""
    return {
        "parameters": dict(changed_parameters(run.scenario.parameters, beyond=True)),
        "off": list(run.scenario.off),
        "paths": {
            name: [[year, quarter, value] for (year, quarter), value in path.items()]
            for name, path in inputs.values.items()
            if name not in inputs.institutions
        },
        "institutions": {
            regime.name: {name: [list(step) for step in steps]
                          for name, steps in regime.steps().items()}
            for regime in regimes
        },
    }  # fmt: skip
