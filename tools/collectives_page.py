"""Write docs/look-up/collectives.md from the rules of collective farms.

.venv/bin/python -m tools.collectives_page
"""

from pathlib import Path
from typing import Final

from tools.rows_page import rows_page

from sovplan.society.collectives.figures import UNITS
from sovplan.society.collectives.layer import composed

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "look-up" / "collectives.md"

_HEAD: Final = """# Rules of collective farms

<!-- Written by tools/collectives_page.py from the rules; a test checks that it is fresh. -->

Settlements and their collective farms, which live under [the village](village.md), year by year.
What they are for, and what is weak, stands in
[Collective farms and officials](../understand/collectives.md). Parameters are followed by their
value; all of them with range and source stand in [Parameters](model-parameters.md).
"""


def page() -> str:
    """Return the page as it should stand."""
    return rows_page(_HEAD, composed(), UNITS)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(PAGE)
