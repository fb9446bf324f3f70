"""The reference cases of the program 5yearplan as economies."""

import json
from pathlib import Path
from typing import Any

from tests.independent import write_case
from tests.independent.five_year_plan import five_year_plan_case

from sovplan.history.economies import read_aims
from sovplan.records.aims import Aims
from sovplan.records.assembly import economy_of
from sovplan.records.returns import Returns
from sovplan.records.tables import read_folder

CASES = ("demo", "pascal4x2", "gen_10x5", "gen_20x5", "gen_50x5")


def five_year(shared: Path, name: str, folder: Path) -> tuple[Returns, Aims]:
    """Return a case as returns and aims, written to a folder on the way."""
    aims = write_case(five_year_plan_case(shared / "data/reference/5yearplan" / name), folder)
    economy = economy_of(read_folder(folder))
    return Returns(economy), read_aims(aims, economy, folder)


def expected(shared: Path, name: str) -> dict[str, Any]:
    """Return what other programs found for a case."""
    file = shared / "data/reference/5yearplan" / name / "expected.json"
    return dict(json.loads(file.read_text("utf-8")))
