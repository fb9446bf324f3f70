"""Write pages of docs/understand that tell of a run: their words stand in tools/told, numbers here.

.venv/bin/python -m tools.told_page

A template names a number where it stands: `{real SERIES YEAR FORMAT}` is of the run of history,
`{reported ...}` what its papers said, `{told ...}` what was printed beside it, `{series NAME YEAR
FORMAT}` a historical series, and `{name}` one of `derived`. A factor may follow the format.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from tools import told_luck

from sovplan.history.series import series
from sovplan.lab.country import country_run, prepared_country
from sovplan.records.run import CountryRun, Kind
from sovplan.regimes.countries import HISTORY
from sovplan.report.country_unrest import counted_in_spring

DOCS: Final = Path(__file__).resolve().parent.parent / "docs" / "understand"
TEMPLATES: Final = Path(__file__).resolve().parent / "told"
PAGES: Final = ("collectives", "persons", "targets", "unrest", "village")

_NOTE: Final = "<!-- Written by tools/told_page.py from a run; a test checks that it is fresh. -->"
_OF_RUN: Final = re.compile(
    r"\{(real|reported|told|series) ([\w/]+) (\d{4}) ([.\w,]+)(?: ([\d.e-]+))?\}"
)
_NAMED: Final = re.compile(r"\{(\w+)\}")
_KINDS: Final[Mapping[str, tuple[str, Kind]]] = {
    "real": (HISTORY, "real"),
    "reported": (HISTORY, "reported"),
    "told": ("", "historical"),
}
_STRIKES: Final = range(1924, 1928)
_EXILES: Final = range(1932, 1936)
_PEACE: Final = 1928


def page(name: str) -> str:
    """Return a page as it should stand."""
    template = (TEMPLATES / f"{name}.md").read_text("utf-8")
    title, _, rest = template.partition("\n")
    return f"{title}\n\n{_NOTE}\n{filled(rest)}"


def filled(template: str) -> str:
    """Return a template with its numbers put in.

    Raises
    ------
    KeyError
        A number is named that the run or `derived` does not have.
    """
    return _NAMED.sub(lambda at: derived()[at[1]], _OF_RUN.sub(_of_run, template))


def _of_run(at: re.Match[str]) -> str:
    kind, name, year, form, factor = at.groups()
    if kind == "series":
        value = series(name).values()[int(year)]
    else:
        value = run().values(_KINDS[kind][0], name, _KINDS[kind][1])[int(year)]
    return format(value * float(factor or 1.0), form)


@cache
def run(scenario: str = "ussr-1921") -> CountryRun:
    """Return the run of history as the package ships it, from 1921 where nothing is said."""
    return country_run(prepared_country(scenario, [HISTORY]))


@cache
def derived() -> Mapping[str, str]:
    """Return numbers that are made of several others, by name."""
    women = _over("persons/women", range(1921, 1941))
    middle = _over("persons/turnover", range(1927, 1940))
    above = _over("bodies/women/union", range(1921, 1941))
    exiles = _over("exiled", _EXILES)
    riots = max(_over("unrest/riots_million", range(1921, 1941)))
    strikes = [_real("unrest/strikers", y) / _told("unrest/strikers", y) for y in _STRIKES]
    literate = [_told("persons/literacy", y) - _real("persons/literacy", y) for y in (1926, 1938)]
    people = _real("people", 1930) - _real("towns", 1930)
    members = series("kolkhoz_households").values()[1940]
    numbers: dict[str, tuple[float, str]] = {
        "women_least": (min(women), ".0f"), "women_most": (max(women), ".0f"),
        "turnover_least": (min(middle), ".0f"), "turnover_most": (max(middle), ".0f"),
        "women_top_least": (min(above), ".0f"), "women_top_most": (max(above), ".0f"),
        "exiled_least": (min(exiles), ".0f"), "exiled_most": (max(exiles), ".0f"),
        "exiled_drive": (sum(_over("exiled", (1930, 1931))), ".0f"),
        "false_1929": (_false((1929,)), ".0f"), "false_drive": (_false((1930, 1931)), ".0f"),
        "false_after": (_false(_EXILES), ".0f"),
        "willing_over": (_real("willing", 1927) / _real("collectivised", 1927), ".0f"),
        "riots_most": (riots, ".1f"),
        "riots_spring": (counted_in_spring() / people, ".0f"),
        "strikes_least": (min(strikes), ".1f"), "strikes_most": (max(strikes), ".1f"),
        "literacy_least": (min(literate), ".0f"), "literacy_most": (max(literate), ".0f"),
        "party_1928": (_over_told("persons/party", 1928), ".1f"),
        "party_1932": (_over_told("persons/party", 1932), ".1f"),
        **dict(zip(("party_most", "party_year"), _party_most(run()), strict=True)),
        **dict(
            zip(("party_early", "party_early_year"), _party_most(run("russia-1917")), strict=True)
        ),
        "households_counted": (100.0 * members / _told("collectivised", 1940), ".1f"),
        "farms_over": (100.0 * (_over_told("kolkhoz/farms", 1940) - 1.0), ".0f"),
        "members_over": (100.0 * (_over_told("kolkhoz/members", 1940) - 1.0), ".0f"),
        "norms_rise": (_real("works/norms", 1940) - 100.0, ".0f"),
        "official_over": (_official() / _real("persons/living/worker", 1928), ".1f"),
        "official_bare": (_bare_official(), ".0f"),
        "officials_share": (_real("persons/officials", 1928) / _real("people", 1928) / 10.0, ".1f"),
        "party_kept": (_party_kept(), ".1f"),
        "officials_part": (2.4 / (_real("bodies/officials", 1921) / 1000.0), ".0f"),
    }  # fmt: skip
    found = {name: format(value, form) for name, (value, form) in numbers.items()}
    return {**found, **told_luck.told()}


def _party_most(found: CountryRun) -> Sequence[tuple[float, str]]:
    """Return how many times as large as printed the party is at most, and the year."""
    made = found.values(HISTORY, "persons/party", "real")
    printed = found.values("", "persons/party", "historical")
    most, year = max((made[year] / value, year) for year, value in printed.items() if year in made)
    return (most, ".1f"), (year, ".0f")


def _official() -> float:
    return _real("persons/living/official", _PEACE)


def _bare_official() -> float:
    """Return goods of a head of officials without privilege, a head of the towns of 1928 = 100."""
    tasks = prepared_country("ussr-1921", [HISTORY], years=_PEACE - 1920, off=["rules.privilege"])
    return country_run(tasks).values(HISTORY, "persons/living/official", "real")[_PEACE]


def _party_kept() -> float:
    """Return members of the party in 1940 where the new economic policy is kept, million."""
    tasks = prepared_country("ussr-1921", ["nep_kept"])
    return country_run(tasks).values("nep_kept", "persons/party", "real")[1940] / 1000.0


def _real(name: str, year: int) -> float:
    return run().values(HISTORY, name, "real")[year]


def _told(name: str, year: int) -> float:
    return run().values("", name, "historical")[year]


def _over(name: str, years: Sequence[int]) -> list[float]:
    return [_real(name, year) for year in years]


def _over_told(name: str, year: int) -> float:
    return _real(name, year) / _told(name, year)


def _false(years: Sequence[int]) -> float:
    """Return the share of labelled households that were no entrepreneurs, %."""
    said = sum(run().values(HISTORY, "labelled", "reported")[year] for year in years)
    return 100.0 * (1.0 - sum(_over("labelled", years)) / said)


if __name__ == "__main__":
    for each in PAGES:
        (DOCS / f"{each}.md").write_text(page(each), "utf-8")
        print(DOCS / f"{each}.md")
