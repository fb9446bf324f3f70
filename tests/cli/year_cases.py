"""What the tests of the year by files share."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from sovplan.cli.app import app

WORKPLACES = 12
NAME = "federation-12"


def sovplan(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def said(*words: object, code: int = 0) -> dict[str, Any]:
    """Return the document of a command that ends with this code."""
    done = sovplan(*words, "--json")
    assert done.exit_code == code, done.output
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def digests(folder: Path) -> Mapping[str, str]:
    """Return what stands in a folder, by path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
