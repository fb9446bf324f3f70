"""``python -m sovplan`` is the command line."""

from sovplan.cli import main

main()
