"""``sovplan run``: the planning year, again and again, or the whole country, under some regimes.

What runs a scenario is loaded when it is known which of the two it is.
"""

from pathlib import Path
from typing import Annotated

import typer

from sovplan.cli.screen import AsJson, answering
from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.regimes.scenarios import is_country


@answering
def run(  # noqa: PLR0913, PLR0917 - the options are the contract of the command
    scenario: Annotated[str, typer.Argument(help=say("cli.run.scenario"))],
    regime: Annotated[list[str] | None, typer.Option(help=say("cli.run.regime"))] = None,
    years: Annotated[int | None, typer.Option(help=say("cli.run.years"))] = None,
    people: Annotated[int | None, typer.Option(min=1, help=say("cli.run.people"))] = None,
    households: Annotated[int | None, typer.Option(help=say("cli.run.households"))] = None,
    seed: Annotated[int | None, typer.Option(min=0, help=say("cli.run.seed"))] = None,
    off: Annotated[list[str] | None, typer.Option(help=say("cli.run.off"))] = None,
    change: Annotated[list[str] | None, typer.Option("--set", help=say("cli.run.set"))] = None,
    threads: Annotated[int, typer.Option(min=1, help=say("cli.run.threads"))] = 2,
    out: Annotated[Path | None, typer.Option(help=say("cli.run.out"))] = None,
    as_json: AsJson = False,
) -> None:
    """Run a scenario."""
    if is_country(scenario):
        from sovplan.cli.country import Sizes, run_country  # noqa: PLC0415

        given: Sizes = {"years": years, "seed": seed, "persons": people, "households": households}
        changes = (off or (), change or ())
        run_country(scenario, regime or (), out, given, changes, threads=threads, as_json=as_json)
    elif off or change or households is not None:
        raise DataError(say("cli.run.only_country"))
    else:
        from sovplan.cli.planned import run_planned  # noqa: PLC0415

        sizes = (years, people, seed)
        run_planned(scenario, regime or (), sizes, threads, out, as_json=as_json)
