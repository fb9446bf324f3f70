"""``sovplan list``: what there is by name."""

from enum import StrEnum
from typing import Annotated

import typer

from sovplan.cli.screen import AsJson, answer, answering, document
from sovplan.councils.catalogue import RULES
from sovplan.foundation.words import say
from sovplan.history.economies import embedded
from sovplan.planning.catalogue import METHODS
from sovplan.regimes.catalogue import regime_titles
from sovplan.regimes.countries import country_titles
from sovplan.regimes.scenarios import scenario_titles


class What(StrEnum):
    """What can be listed."""

    ECONOMIES = "economies"
    REGIMES = "regimes"
    SCENARIOS = "scenarios"
    METHODS = "methods"
    RULES = "rules"


@answering
def listing(
    what: Annotated[What, typer.Argument(help=say("cli.list.what"))], as_json: AsJson = False
) -> None:
    """List what there is."""
    rows = _rows(what)
    if as_json:
        document({what.value: rows})
    elif what is What.ECONOMIES:
        for economy in embedded():
            answer(f"{economy.name:<16} {economy.title}")
            for aims in economy.aims:
                answer(f"{'':<16} --aims {aims}")
    else:
        for row in rows:
            answer(f"{row['name']:<21} {row['title']}")


def _rows(what: What) -> list[dict[str, object]]:
    if what is What.ECONOMIES:
        return [
            {"name": found.name, "title": found.title, "aims": list(found.aims)}
            for found in embedded()
        ]
    if what is What.METHODS:
        keys = {name: name.replace("-", "_") for name in METHODS}
        return [
            {"name": name, "title": say(f"planning.method.{key}")} for name, key in keys.items()
        ]
    if what is What.RULES:
        return [{"name": name, "title": say(f"councils.rule.{name}")} for name in RULES]
    regimes = (*regime_titles(), *country_titles())
    titles = regimes if what is What.REGIMES else scenario_titles()
    return [{"name": name, "title": title} for name, title in titles]
