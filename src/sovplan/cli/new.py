"""``sovplan new``: a commented template of an economy."""

from pathlib import Path
from typing import Annotated

import typer

from sovplan.cli.screen import AsJson, answer, answering, document, signed
from sovplan.foundation.words import say
from sovplan.history.economies import template
from sovplan.records.store import write_files


@answering
def new(
    folder: Annotated[Path, typer.Argument(help=say("cli.new.folder"))], as_json: AsJson = False
) -> None:
    """Write the template."""
    contents = {
        path.name: path.read_bytes() for path in sorted(template().iterdir()) if path.is_file()
    }
    write_files(folder, contents)
    if as_json:
        document({"folder": str(folder), "files": sorted(contents)})
        return
    answer(signed("done", say("cli.new.done", folder=folder, count=len(contents))))
    answer(say("cli.new.next", folder=folder))
