"""Write the page of the historical series, docs/look-up/history.md, from the series themselves.

Run it from the root of the repository after a change of src/sovplan/history/data/series/:

    .venv/bin/python -m tools.history_page
"""

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Final

from sovplan.foundation.numbers import figure
from sovplan.history.past import pasts
from sovplan.history.series import (
    STATUSES,
    Series,
    Source,
    all_series,
    matches,
    series,
    sources,
)
from sovplan.lab.patterns import patterns

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "look-up" / "history.md"
ECONOMY: Final = "ussr-1928"

_HEAD: Final = """# Historical series

<!-- Written by tools/history_page.py from the series; a test checks that it is fresh. -->

What was printed about Russia and the USSR, 1913 and 1917 to 1941, to stand beside a plan or a
run. Each figure keeps its source, and each source says what of it was opened. **Sources that
disagree are separate series, shown side by side and never averaged**; which of them is right is
not decided here.

```text
sovplan history                                   all series
sovplan history steel steel_nmc --from 1922       some of them, year by year, with their sources
sovplan history 'grain_harvest*' --json           every column of every figure, for machines
sovplan history coal --csv                        the same as CSV
```

In Python: `sovplan.history.series.series("coal").values()`.
"""

_STATUSES: Final = """## How sure a figure is

| status | mark | meaning | figures |
| --- | --- | --- | --- |
| `printed` | | a page or data set that was opened states it | {printed} |
| `derived` | d | computed from such figures; the note says how | {derived} |
| `checked` | c | from a work not opened; an independent source, in the note, agrees | {checked} |
| `recalled` | r | from a work not opened: check it in print before you publish it | {recalled} |
| `tertiary` | t | stated by an encyclopedia, a forum post or notes of a school | {tertiary} |

`printed` says that the page states the figure, not that the figure is true: official figures are
printed too. Where recalled figures could be tested against a source that had not been seen
before, two thirds of those for years of peace from 1921 on were exact and none was off by more
than 4 %; those for 1918 to 1920 were off by 10 to 16 %, where territory and year differ between
sources. Index numbers of western authors, the tables of the plans and light industry could not be
tested: calibrate nothing on them alone.

Columns of a figure: `series`, `year`, `period`, `value`, `low`, `high`, `unit`, `territory`,
`basis`, `source`, `page`, `status`, `note`. An economic year (October to September), an
agricultural year (July to June) and a sum over years stand under the year in which they end, with
the whole in `period`: `1927/28`, `1929-1932`; a day or month stands there too: `1930-03-01`.
`low` and `high` are the range that the source gives; `low` alone means "more than".
"""

_TERTIARY: Final = """\
Stated by a page that was opened, and the page is an encyclopedia, a forum post, notes of a school
or an unnamed summary of a book. Books that are said to be behind them were not opened. Where the
collection has the same figure from a book, the book stands (7.5 per cent of households in October
1929). Read the scissors of October 1923 and April 1924 with care: pattern V06 rests on one such
page, with which a recalled figure of Carr agrees (3.1)."""

_MISSING: Final = """## What is missing

Not opened, so not here: the tables of Markevich and Harrison, of Allen's appendix, of Hunter and
Szyrmer and of Cheremukhin and others; the capital stock of Moorsteen and Powell; a yearly index
of machinery; outputs of light industry before 1928; state and private retail prices 1926 to 1930
but for two grains; investment by sector; trade in physical terms; livestock on 1 January before
1928 but for 1916 and 1923; strikes after the first half of 1928; wage deciles before 1946; births
and deaths before 1927 but for rates of births. The targets of the third plan and years after 1941
(but for wage deciles) are left out. Results of the plans in kind are the series of the products;
those in roubles of 1926/27 end in `_1926_27`.
"""

COMPARED: Final = (
    ("Grain harvest of 1932, million tonnes", 1932, 0, (
        "grain_harvest_soviet_revised", "grain_harvest_western_low", "grain_harvest_from_yields",
        "grain_harvest_davies_wheatcroft_low", "grain_harvest_davies_wheatcroft_high")),
    ("Grain harvest of 1937, million tonnes", 1937, 0, (
        "grain_harvest_soviet_1930s", "grain_harvest_soviet_revised",
        "grain_harvest_western_low")),
    ("Product of 1937, 1928 = 100", 1937, 1928, (
        "national_income_official", "gnp_moorsteen_powell", "gdp_maddison")),
    ("Industry of 1940, 1928 = 100", 1940, 1928, (
        "industry_official", "industry_hodgman", "industry_nutter", "industry_kaplan_moorsteen")),
    ("Growth 1928 to 1940, per cent a year", 1940, 0, (
        "growth_1928_1940_official", "growth_1928_1940_western", "growth_1928_1940_maddison",
        "growth_1928_1940_khanin")),
    ("Consumption a head of 1937, 1928 = 100", 1937, 0, (
        "consumption_per_head_allen", "consumption_per_head_bergson")),
    ("Real wage of 1937, 1927/28 or 1928 = 100", 1937, 0, (
        "real_earnings_allen", "real_wage_chapman_1937_weights",
        "real_wage_chapman_1928_weights")),
    ("Fixed assets of 1940, multiple of 1928", 1940, 0, (
        "fixed_assets_ivanov", "fixed_assets_nekrich")),
    ("Steel of 1913, million tonnes", 1913, 0, ("steel", "steel_nmc")),
    ("Deaths of the famine of 1930 to 1933, million", 1933, 0, (
        "famine_deaths_vallin", "famine_deaths_davies_wheatcroft", "famine_deaths_conquest",
        "famine_deaths_andreev", "famine_deaths_rudnytskyi")),
    ("Workers and employees of 1928, million", 1928, 0, (
        "workers_and_employees_1958", "workers_and_employees_1972")),
)  # fmt: skip
"""What is compared: title, year, base year of the index or 0, series."""


def page() -> str:
    """Return the page as it should stand."""
    counts = Counter(each.status for one in all_series() for each in one.figures)
    parts = [_HEAD, _STATUSES.format(**{status: counts[status] for status in STATUSES})]
    parts += _disagreements()
    parts.append(_MISSING)
    parts += _beside()
    parts.append("## The series\n")
    for group, found in groupby(all_series(), key=lambda each: each.group):
        parts += _table(group, found)
    parts += _tertiary()
    parts += _sources()
    return "\n".join(parts).rstrip() + "\n"


def _disagreements() -> list[str]:
    parts = ["## Where sources disagree", "", "| what | what the series say |", "| --- | --- |"]
    for title, year, base, names in COMPARED:
        told = [f"{figure(_value(series(name), year, base))} `{name}`" for name in names]
        parts.append(f"| {title} | {'; '.join(told)} |")
    return [*parts, ""]


def _value(one: Series, year: int, base: int) -> float:
    values = one.values()
    return values[year] / values[base] * 100 if base else values[year]


def _beside() -> list[str]:
    parts = [
        f"## Beside a run of {ECONOMY}", "",
        "A figure of the first series times the factor is in the unit of the good. The others",
        "measure the same thing in another way. Goods that are not listed have no series.", "",
        "| good or measure | series | factor | others | how far they agree |",
        "| --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    for match in matches(ECONOMY):
        name = f"`{match.name}`" if match.kind == "good" else match.name.replace("_", " ")
        times = figure(match.factor) if match.kind == "good" else ""
        others = ", ".join(f"`{other}`" for other in match.others)
        parts.append(f"| {name} | `{match.series}` | {times} | {others} | {match.note} |")
    return [*parts, ""]


def _table(group: str, found: Iterable[Series]) -> list[str]:
    parts = [
        f"### {group[0].upper()}{group[1:]}", "",
        "| series | what it counts | unit | years | figures | sources |",
        "| --- | --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    for one in found:
        first, last = one.years
        years = str(first) if first == last else f"{first}–{last}"
        cited = ", ".join(f"`{key}`" for key in one.sources)
        about = f"{one.title}. {one.note}".rstrip()
        parts.append(
            f"| `{one.name}` | {about} | {one.unit} | {years} | {len(one.figures)} | {cited} |"
        )
    return [*parts, ""]


def _tertiary() -> list[str]:
    """Return the figures that rest on a tertiary page, and whether the country stands on them."""
    drawn = {one.name for found in pasts().values() for past in found for one in past.parts}
    held = {name for each in patterns() for point in each.points for name in point.series}
    parts = ["## Figures from tertiary pages", "", *_TERTIARY.splitlines(), "",
             "| series | figures | page | in the book of the country |",
             "| --- | --- | --- | --- |"]  # fmt: skip
    for one in all_series():
        found = [each for each in one.figures if each.status == "tertiary"]
        if not found:
            continue
        told = ", ".join(f"{each.period or each.year}: {figure(each.value)}" for each in found)
        pages = ", ".join(f"`{key}`" for key in dict.fromkeys(each.source for each in found))
        place = [word for word, names in (("drawn", drawn), ("a pattern", held))
                 if one.name in names]  # fmt: skip
        parts.append(f"| `{one.name}` | {told} | {pages} | {', '.join(place)} |")
    return [*parts, ""]


def _sources() -> list[str]:
    head = [
        "## Sources",
        "",
        "| key | work | kind | what was opened |",
        "| --- | --- | --- | --- |",
    ]
    rows = [
        f"| `{key}` | {_reference(each)} | {each.kind} | {each.opened} |"
        for key, each in sources().items()
    ]
    return [*head, *rows, ""]


def _reference(source: Source) -> str:
    named = f"{source.author} ({source.year})" if source.year else source.author
    return ": ".join(part for part in (named, source.title) if part)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(PAGE)
