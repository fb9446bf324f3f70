"""Write docs/look-up/village.md from the rules of the village and the regions.

.venv/bin/python -m tools.farms_page
"""

from pathlib import Path
from typing import Final

from sovplan.foundation.engine.describe import entities, schedule, submodels
from sovplan.foundation.numbers import figure
from sovplan.history.nation import nation_inputs
from sovplan.history.regions import regions
from sovplan.regimes.model import model_parameter_table
from sovplan.society.farms.figures import OF_HISTORY, UNITS
from sovplan.society.farms.village import composed

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "look-up" / "village.md"

_HEAD: Final = """# Rules of the village

<!-- Written by tools/farms_page.py from the rules; a test checks that it is fresh. -->

Households and regions that live under the country, year by year. What they are for, and what is
weak, stands in [The village](../understand/village.md); how rules run in
[The engine](../understand/engine.md). Parameters are followed by their value; all of them with
range and source stand in [Parameters](model-parameters.md). Institutions are those of the
[country](country.md).
"""
_REGIONS: Final = """## Regions

Shares of people and grain are recalled and rounded (assumed), pressure is that of the decree of 5
January 1930 over its mean (assumed); disturbances of 1930 are counted (Viola 1996, table 5.4).
"""
_SERIES: Final = """## Series

What a run writes for each year, beside its other series; `{}` stands for a stratum or a region.
Those marked are of the run of history only: food and hunger by region rest on drawn weather.
"""


def page() -> str:
    """Return the page as it should stand."""
    composition = composed()
    told = {
        each.name: f"{figure(each.value, 6)} {each.unit}".removesuffix(" -")
        for each in model_parameter_table()
    }
    told |= {name: note.unit for name, note in nation_inputs().about.items()}
    parts = [
        _HEAD.rstrip(),
        "## What is there",
        entities(composition),
        "## A year",
        schedule(composition),
        "## Rules",
        submodels(composition, told),
        _REGIONS.rstrip(),
        _regions(),
        _SERIES.rstrip(),
        _series(),
    ]
    return "\n\n".join(parts) + "\n"


def _regions() -> str:
    rows = [
        "| region | people, % | grain, % | pressure | disturbances 1930 |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    rows += [
        f"| {each.title} | {figure(100 * each.village_share)} | {figure(100 * each.harvest_share)}"
        f" | {figure(each.pressure)} | {figure(each.riots_1930, 5)} |"
        for each in regions()
    ]
    return "\n".join(rows)


def _series() -> str:
    named: dict[str, tuple[str, str]] = {}
    for series, unit in UNITS.items():
        head, slash, _ = series.partition("/")
        name = f"{head}/{{}}" if slash else head
        if head == "moved":
            name = "moved/{}/{}"
        mark = "history only" if series.startswith(OF_HISTORY) else ""
        named[name] = (unit, mark)
    rows = ["| series | unit | |", "| --- | --- | --- |"]
    rows += [f"| `{name}` | {unit} | {mark} |" for name, (unit, mark) in named.items()]
    return "\n".join(rows)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(PAGE)
