"""The command line: parse, call one function, print. Nothing is computed here."""

from sovplan.cli.app import app


def main() -> None:
    """Run the command line."""
    app(prog_name="sovplan")
