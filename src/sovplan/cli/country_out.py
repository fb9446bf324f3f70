"""The book and the files of a run of the whole country."""

from collections.abc import Sequence
from pathlib import Path

from sovplan.lab.country import CountryTask
from sovplan.lab.idle import remarks
from sovplan.records.run import CountryRun
from sovplan.records.runfolder import COUNTRY
from sovplan.records.store import write_run
from sovplan.report.country_book import country_book
from sovplan.report.countryfiles import asked_as, country_files


def write(out: Path, found: CountryRun, tasks: Sequence[CountryTask]) -> None:
    """Write the book and the files of a run.

    Parameters
    ----------
    out
        The folder.
    found
        The run.
    tasks
        What its regimes were run with.
    """
    command = " ".join([
        "sovplan run", Path(found.scenario.name).name,
        *(f"--regime {asked_as(task.regime)}" for task in tasks),
        f"--years {found.scenario.years} --people {found.scenario.people}",
        f"--households {found.scenario.households} --seed {found.seed}",
        *(f"--off {switch}" for switch in found.scenario.off),
        *(f"--set {name}={float(value)!r}" for name, value in found.scenario.parameters.items()),
    ])  # fmt: skip
    regimes = [task.regime for task in tasks]
    page = country_book(found, regimes, command, list(remarks(found.scenario, regimes)))
    write_run(out, country_files(found, tasks[0].inputs, regimes, page, command), COUNTRY)
