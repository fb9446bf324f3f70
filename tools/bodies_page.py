"""Write docs/look-up/bodies.md from the rules of officials and the list of bodies.

.venv/bin/python -m tools.bodies_page
"""

from pathlib import Path
from typing import Final

from tools.rows_page import rows_page

from sovplan.foundation.numbers import figure
from sovplan.society.bodies.figures import UNITS
from sovplan.society.bodies.layer import composed
from sovplan.society.bodies.tiers import tiers

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "look-up" / "bodies.md"

_HEAD: Final = """# Bodies and officials

<!-- Written by tools/bodies_page.py from the rules; a test checks that it is fresh. -->

Officials of a run are [persons](persons.md) of it: each year those who are officials are seated in
bodies, from the top. What that is for, and what is weak, stands in
[Collective farms and officials](../understand/collectives.md). Parameters are followed by their
value; all of them with range and source stand in [Parameters](model-parameters.md).
"""


def page() -> str:
    """Return the page as it should stand."""
    return rows_page(_HEAD, composed(), UNITS, _tiers())


def _tiers() -> str:
    """Return the tiers of bodies, from the top."""
    whole = sum(each.bodies * each.staff for each in tiers())
    rows = ["## Bodies", "", "| kind, level | bodies | posts of one, in parts | % of posts | |",
            "| --- | ---: | ---: | ---: | --- |"]  # fmt: skip
    rows += [
        f"| {each.name} | {each.bodies:,} | {figure(each.staff)}"
        f" | {figure(100.0 * each.bodies * each.staff / whole)}"
        f" | {each.provenance}: {each.source} |"
        for each in tiers()
    ]
    return "\n".join(rows)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(PAGE)
