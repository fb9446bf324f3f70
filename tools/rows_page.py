"""The page of one kind of rows: tables, schedule, rules, series."""

from collections.abc import Mapping

from sovplan.foundation.engine.composer import Composition
from sovplan.foundation.engine.describe import entities, schedule, submodels
from sovplan.foundation.numbers import figure
from sovplan.history.nation import nation_inputs
from sovplan.regimes.model import model_parameter_table


def rows_page(head: str, composition: Composition, units: Mapping[str, str], more: str = "") -> str:
    """Return the text of the page.

    Parameters
    ----------
    head
        Title and introduction.
    composition
        The rules.
    units
        Unit of each series.
    more
        What stands between rules and series.
    """
    told = {
        each.name: f"{figure(each.value, 6)} {each.unit}".removesuffix(" -")
        for each in model_parameter_table()
    }
    told |= {name: note.unit for name, note in nation_inputs().about.items()}
    series = ["| series | unit |", "| --- | --- |"]
    series += [f"| `{name}` | {unit} |" for name, unit in units.items()]
    parts = [
        head.rstrip(), "## What is there", entities(composition), "## A year",
        schedule(composition), "## Rules", submodels(composition, told), more.strip(),
        "## Series", "\n".join(series),
    ]  # fmt: skip
    return "\n\n".join(part for part in parts if part) + "\n"
