"""The command line: parse, call one function, print. Nothing is computed here."""


def main() -> None:
    """Run the command line.

    It is loaded here and not above: a process that helps with a run reads this file again, and
    needs no commands.
    """
    from sovplan.cli.app import app  # noqa: PLC0415

    app(prog_name="sovplan")
