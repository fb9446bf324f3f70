"""The commands and their names. A command is loaded when it is called for, with what it needs."""

from importlib import import_module
from typing import Annotated, Any, Final

import typer
from typer.core import TyperGroup
from typer.main import get_command
from typer.models import CommandInfo

from sovplan import __version__
from sovplan.foundation.words import say

_COMMANDS: Final = {
    name: name
    for name in (
        "run", "draft", "new", "check", "survey", "vote", "elect", "allot", "inspect", "renew",
        "compare", "history", "lab",
    )
} | {"list": "listing"}  # fmt: skip
"""File of each command, which holds a function of the same name."""


class _Commands(TyperGroup):
    """All commands, in the order of the help."""

    # Contexts and commands are those of click, which newer versions of typer bring themselves.

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401
        """Return their names."""
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401
        """Return a command; None where there is none of that name."""
        del ctx
        return get_command(_alone(cmd_name)) if cmd_name in _COMMANDS else None


def commands() -> list[CommandInfo]:
    """Return all commands, each loaded, for pages that list them."""
    return [each for name in _COMMANDS for each in _alone(name).registered_commands]


def _alone(name: str) -> typer.Typer:
    """Load one command."""
    file = _COMMANDS[name]
    function = getattr(import_module(f"sovplan.cli.{file}"), file)
    alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    alone.command(name, help=say(f"cli.{name}.help"), epilog=say(f"cli.{name}.example"))(function)
    return alone


app = typer.Typer(
    cls=_Commands,
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
