"""The commands and their names."""

from collections.abc import Callable
from typing import Annotated, Final

import typer

from sovplan import __version__
from sovplan.cli.allot import allot
from sovplan.cli.check import check
from sovplan.cli.compare import compare
from sovplan.cli.draft import draft
from sovplan.cli.elect import elect
from sovplan.cli.history import history
from sovplan.cli.inspect import inspect
from sovplan.cli.lab import lab
from sovplan.cli.listing import listing
from sovplan.cli.new import new
from sovplan.cli.renew import renew
from sovplan.cli.run import run
from sovplan.cli.survey import survey
from sovplan.cli.vote import vote
from sovplan.foundation.words import say

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=say("cli.app.help"),
)


def _version(wanted: bool) -> bool:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit
    return wanted


@app.callback()
def _main(
    _version_wanted: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help=say("cli.app.version")),
    ] = False,
) -> None:
    pass


_COMMANDS: Final[dict[str, Callable[..., None]]] = {
    "run": run,
    "draft": draft,
    "new": new,
    "check": check,
    "survey": survey,
    "vote": vote,
    "elect": elect,
    "allot": allot,
    "inspect": inspect,
    "renew": renew,
    "compare": compare,
    "history": history,
    "lab": lab,
    "list": listing,
}

for _name, _command in _COMMANDS.items():
    app.command(_name, help=say(f"cli.{_name}.help"), epilog=say(f"cli.{_name}.example"))(_command)
