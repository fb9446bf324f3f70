"""What was run, as files that run it again: scenario.toml and regimes/NAME.toml.

scenario.toml has the form of every scenario (`sovplan.regimes.scenarios`), with the seed, the
number of voters, the digest of the economy, the parameters and the institutions in force added.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, final

from sovplan.records.parameters import Parameters
from sovplan.records.run import PlanningRun
from sovplan.records.scenario import Group, Scenario, Village
from sovplan.records.tables import write_toml
from sovplan.regimes.article import FIELDS, Article
from sovplan.regimes.regime import Regime


@final
@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """What a run came from, beside its scenario.

    Parameters
    ----------
    economy_digest
        Digest of the economy as it was read.
    parameters
        Values of the parameters.
    regimes
        The regimes with their articles.
    voters
        Number of people whose votes were drawn.
    command
        What to type to have the same run again.
    """

    economy_digest: str
    parameters: Parameters
    regimes: Sequence[Regime]
    voters: int
    command: str


def scenario_file(run: PlanningRun, origin: Origin) -> bytes:
    """Return scenario.toml: what was run, complete."""
    scenario = run.scenario
    settings: dict[str, Any] = {
        "name": scenario.name,
        "title": scenario.title,
        "economy": scenario.economy,
        "years": scenario.years,
        "regimes": [course.name for course in run.courses],
        "people_unit": scenario.people_unit,
        "common": list(scenario.common),
        "harvest": list(scenario.harvest),
        "seed": run.seed,
        "voters": origin.voters,
        "economy_digest": origin.economy_digest,
        **_stated(scenario),
        **({"village": _village(scenario.village)} if scenario.village is not None else {}),
        "groups": [_group(group) for group in scenario.groups],
        "parameters": asdict(origin.parameters),
        "institutions": {
            course.name: {
                str(year): {name: _plain(value) for name, value in asdict(values).items()}
                for year, values in course.institutions.items()
            }
            for course in run.courses
        },
    }
    return write_toml(settings)


def regime_file(regime: Regime) -> bytes:
    """Return a regime as the file that `sovplan.regimes.regime.read_regime` reads."""
    settings: dict[str, Any] = {name: getattr(regime, name) for name in ("name", "title")}
    settings["summary"] = regime.summary
    for article in regime.articles:
        settings.setdefault(article.institution, []).append(_article(article))
    return write_toml({**settings, "sources": dict(regime.sources)})


def _stated(scenario: Scenario) -> dict[str, Any]:
    """Return the numbers of a scenario with their ranges and sources, in tables as in its file."""
    tables: dict[str, Any] = {}
    for name, row in scenario.stated.items():
        table, _, key = name.rpartition(".")
        if table:
            tables.setdefault(table, {})[key] = dict(row)
        else:
            tables[name] = dict(row)
    return tables


def _village(village: Village) -> dict[str, Any]:
    made = {sector: list(goods) for sector, goods in village.made.items()}
    return {
        "grain": village.grain,
        "sown": list(village.sown),
        "regimes": dict(village.regimes),
        "made": made,
        "stocks": dict(village.stocks),
    }


def _group(group: Group) -> dict[str, Any]:
    written = {"class" if key == "kind" else key: value for key, value in asdict(group).items()}
    return {**written, "tastes": dict(group.tastes)}


def _article(article: Article) -> dict[str, Any]:
    given = {name: getattr(article, name) for name in FIELDS}
    return {name: _plain(value) for name, value in given.items() if value is not None}


def _plain(value: object) -> object:
    """Return a value of an institution as TOML holds it."""
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, tuple) else value
