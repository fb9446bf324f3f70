"""Write docs/understand/collapse.md: 1917 to 1928, what is given, made and missed by a run.

.venv/bin/python -m tools.collapse_page
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import numpy as np

from sovplan.foundation.numbers import figure
from sovplan.history.nation import SECTORS, early_rows, nation_inputs
from sovplan.history.past import pasts
from sovplan.lab.collapse import (
    SWITCHES,
    VARIED,
    Effects,
    effects,
    famine_with,
    felt_as_share,
    from_1917,
    from_1921,
    reported,
    requisitioned,
    starts,
    varied,
)
from sovplan.lab.production import overdrawn
from sovplan.regimes.countries import HISTORY, country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.society.nation.year import run_nation

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "understand" / "collapse.md"
YEARS: Final = range(1917, 1929)
_COUNTERFACTUAL: Final = "tax_in_kind_1920"

_HEAD: Final = """# Collapse and recovery, 1917 to 1928

<!-- Written by tools/collapse_page.py from runs of the country; a test checks that it is fresh. -->

`sovplan run russia-1917` begins in January 1917 and goes on to 1940 with the rules that run
`ussr-1921`. No constant was fitted to the years before 1921, and none was moved for this run:
where it misses, the miss is printed below.

## What is given and what is made

**Given**: institutions by date (`war_economy_1917`, `war_communism_1918`, then `nep_1921`);
weather; deaths by war, terror and epidemics; flight abroad; grain that the army eats; a birth rate
held down by war; and coordination, the links between plants, trades and towns. Its values to 1920
are those of [the forced states](../look-up/model-parameters.md), chosen with product a head as a
guide: **that industry falls with coordination is no finding.** From 1921 rule R02 computes it.

**Made by rules**: what is sown (R19, with what requisition takes of a tonne more), harvested
(R19), reported (R10: who loses by a larger report makes a smaller one), requisitioned (R22: part
of the *reported* harvest above a norm of {norm} kg a head; the state reads papers), sold past the
state, eaten in villages and towns (R20, R28), who goes back to the village when towns hunger
(R29), what herds do (R23), disturbances (R39), and output, prices and investment of seven sectors.

**Not there**: labour conscription, labour armies and the militarisation of 1920; requisition of
meat, horses and hay; fuel and railways as goods of their own; regions and fronts; money. Epidemics
are given since the rule of hunger cannot make them. What the white governments took is not
counted.

## Choices made after a first look

No parameter was moved, but three choices were made with a first run in view, and should be read
so. Requisition is felt in what is sown by its **rate** (what it takes of a tonne more), as a tax
is; with its share of the harvest instead, {share_sown} million hectares are sown in 1921 and not
{sown}, and the famine is {share_famine} million and not {famine}. **Grain for the army** was added
when towns turned out to be fed too well. And the parts that are **requisitioned** ({parts}) were
set from what was delivered, so that the grain taken is close to what was printed by choice.

## Beside history

Model, then printed after the stroke; – where the sources of the package have none. Product a head
and industry: 1928 of history run from 1921 = 100. Printed harvests of 1917 to 1920 are not among
the series: a book on the Urals (I. Narskii, 2001, an excerpt seen) has 48 million tonnes for 1920
and 69 for 1917, other figures, recalled for 1917 to 1920, are 55, 50, 50 and 45.
"""

_MISSES: Final = """## Where it misses

- **Product a head falls too little.** Printed is a fall by {fall_told} % from 1917 to 1918, here
  it is {fall} %: farms go on as before. Harvests of 1917 to 1919 are those of normal weather with
  all hands at home.
- **Industry of 1917 is {industry}, where the official index has {industry_told}** (1928 = 100),
  {industry_over} % too much: plant, hands and coordination are given, and fuel, metals and cotton
  that did not arrive are in none of them. By 1921 the two are close ({industry_1921} and
  {industry_1921_told}).
- **Herds grow where they fell.** In January 1921 they stand {herd} % above those with which a run
  from 1921 begins, horses {horses} %: nothing takes animals for armies and towns, and good
  harvests feed them.
- **The famine of 1921-22 comes out at {famine} million, where about {famine_told} are estimated.**
  The next table says why: the store of grain is empty, and more people share a harvest that is
  about right. The food block is a knife edge, as the specification says of it. The towns' part of
  it is not reckoned in 1921, as in the trial.
- **Towns lose fewer people** than the census of 1920 says (20.9 million, recalled; here {towns}):
  only bread drives people out.
- **Disturbances** rise and peak in the winter of 1920-21, as they did: {riots} from July 1920 to
  June 1921 after {riots_before} three years before. But revolts that spread, Tambov and Kronstadt,
  are not in the rule, and the threshold at which the specification lets war communism give way (60
  per million people in a quarter) is never near: the NEP comes by date.
- **People**: {people} million at the end of 1920, with losses given in the middle of their ranges;
  printed are {people_told} for 1921.
- **Arms take machines that nobody made**, up to {overdrawn} milliard roubles a year in
  {overdrawn_year}, where {machines} are made: the war's share of product is given, and the balance
  of the trial lets it. They are booked by name (`machines_overdrawn`), last in {overdrawn_last}.
  Where arms are bound to what there is (`arms_bound`, in `as_it_was_whole`) none are.
- After 1921 the run carries these errors on: more animals, less hunger in 1932, a larger product.
"""

_GIVEN: Final = """## What is given, by year

Each number with the range within which it may well lie. Institutions stand in the files of the
regimes, customs and the state of January 1917 in [parameters](../look-up/model-parameters.md).
"""

_START: Final = """## January 1921, reached and begun with

The state that the run from 1917 reaches, and the state that `ussr-1921` begins with, which the
trial of the model chose. Nothing closes the gap. The last column runs `ussr-1921` with that one
number put in place of its own, and gives the excess deaths after the harvest of 1921 in millions;
with its own start they are {famine}.
"""

_OFF: Final = """## Rules of these years switched off

Each alone, in the run from 1917. Industry and product: 1928 of history run from 1921 = 100; grain
in million tonnes, area in million hectares, people in millions, disturbances from July 1920 to
June 1921, famine: excess deaths after the harvest of 1921. Requisition off: nothing is levied, and
the state buys at fixed prices what is offered. What a switch does to famine is what the rules say
of each other on their knife edge, no account of who died of what.
"""

_RANGES: Final = """## How much hangs on what is given

Each thing that is given at the low and at the high end of its range in all years, all else as it
stands; units as above. Famine hangs on how many people there are to feed and on the weather of 1916
to 1920, by way of what is left in store; industry on the coordination that is given, and after
it on how many townspeople work.
"""

_TAX: Final = """## A tax in kind a year earlier

In February 1920 it was proposed to put a tax in kind in place of requisition; it was refused, and
adopted in March 1921. `tax_in_kind_1920` adopts it for the harvest of 1920, at the rate of 1921.
Deaths of hunger are not compared between regimes.
"""

_TAX_SAID: Final = """
The rules make {more} million hectares more of it and calm the village; they bring back neither coal
nor trains. They say nothing of what peace with the village would have meant for the war or for
power. That product and industry differ so little rests on `psi` (how far sowing follows a levy) and
on the rate.
"""


def page() -> str:
    """Return the page as it should stand."""
    parts = [
        _HEAD.format(**_choices()),
        *_history(),
        "",
        *_later(),
        "",
        _MISSES.format(**_missed()),
        _START.format(famine=figure(famine_with())),
        *_starts(),
        "",
    ]
    parts += [
        _OFF,
        *_switches(),
        "",
        _RANGES,
        *_ranges(),
        "",
        _TAX,
        *_tax(),
        _TAX_SAID.format(more=figure(effects(_COUNTERFACTUAL).sown_1921 - effects().sown_1921)),
        _GIVEN,
        *_given(),
        "",
    ]
    return "\n".join(parts).rstrip() + "\n"


def _choices() -> Mapping[str, str]:
    """Return the figures of the text on choices."""
    found, other = effects(), felt_as_share()
    return {
        "norm": figure(model_parameters()["food_floor"]),
        "parts": ", ".join(figure(part) for part in requisitioned()),
        "sown": figure(found.sown_1921),
        "famine": figure(found.famine),
        "share_sown": figure(other.sown_1921),
        "share_famine": figure(other.famine),
    }


def _missed() -> Mapping[str, str]:
    """Return the figures of the text on what is missed."""
    found, gaps = from_1917(), starts()
    heads, printed = found["product_head"], _printed("product_head")
    books = run_nation(country_inputs(HISTORY, YEARS.start), model_parameters())
    most, year, last = overdrawn(books, "machines_overdrawn")
    made = [each.output[SECTORS.index("machines")] for each in books if each.year == year]
    numbers = {
        "fall": 100.0 * (1.0 - heads[1918] / heads[1917]),
        "fall_told": 100.0 * (1.0 - printed[1918] / printed[1917]),
        **{name: 100.0 * (gaps[name][0] / gaps[name][1] - 1.0) for name in ("herd", "horses")},
        "industry": found["industry"][1917],
        "industry_told": _printed("industry")[1917],
        "industry_over": 100.0 * (found["industry"][1917] / _printed("industry")[1917] - 1.0),
        "industry_1921": found["industry"][1921],
        "industry_1921_told": _printed("industry")[1921],
        "famine": found["excess_deaths"][1921],
        "famine_told": _printed("excess_deaths")[1921],
        "towns": found["towns"][1920],
        "riots": effects().riots_1921,
        "riots_before": effects().riots_1918,
        "people": found["people"][1920],
        "people_told": _printed("people")[1921],
    }
    years = {"overdrawn_year": str(year), "overdrawn_last": str(last)}
    numbers |= {"overdrawn": most, "machines": float(np.mean(made))}
    return {name: figure(value) for name, value in numbers.items()} | years


def _printed(measure: str) -> Mapping[int, float]:
    found: dict[int, float] = {}
    for past in pasts().get(measure, ()):
        found.update(past.values())
    return found


def _cell(measure: str, year: int) -> str:
    model, printed = from_1917()[measure].get(year), _printed(measure).get(year)
    said = [figure(value) if value is not None else "–" for value in (model, printed)]
    return " / ".join(said)


def _history() -> Iterator[str]:
    measures = ("product_head", "industry", "harvest", "sown", "taken", "people")
    yield ("| year | product a head | industry | harvest | told | area sown "
           "| taken, July to June | people | towns |")  # fmt: skip
    yield f"| --- |{' ---: |' * 8}"
    for year in YEARS:
        cells = [_cell(name, year) for name in measures]
        told = reported().get(year)
        cells.insert(3, "–" if told is None else figure(told))
        yield f"| {year} | {' | '.join(cells)} | {_cell('towns', year)} |"


def _later() -> Iterator[str]:
    yield "History run from 1917 and from 1921, in the same units:"
    yield ""
    yield "| year | product | industry | herd | horses | towns | deaths of hunger |"
    yield f"| --- |{' ---: |' * 6}"
    measures = ("product", "industry", "herd", "horses", "towns", "excess_deaths")
    for year in (1921, 1924, 1928, 1932, 1937, 1940):
        cells = [
            f"{figure(from_1917()[name][year])}, {figure(from_1921()[name][year])}"
            for name in measures
        ]
        yield f"| {year} | {' | '.join(cells)} |"


def _starts() -> Iterator[str]:
    start = nation_inputs().start
    yield "| column | reached | begun with | gap | unit | famine of 1921-22 with it alone |"
    yield "| --- | ---: | ---: | ---: | --- | ---: |"
    for name, (reached, begun) in starts().items():
        gap = f"{100.0 * (reached / begun - 1.0):+.0f} %" if begun else "–"
        cells = (f"`{name}`", figure(reached), figure(begun), gap, start[name].unit,
                 figure(famine_with(name)))  # fmt: skip
        yield f"| {' | '.join(cells)} |"
    yield f"| all of these | | | | | {figure(famine_with(*starts()))} |"


def _row(name: str, found: Effects, names: tuple[str, ...]) -> str:
    return f"| {name} | {' | '.join(figure(getattr(found, each)) for each in names)} |"


_NAMES: Final = {
    "industry_1920": "industry 1920", "taken_1920": "taken 1920/21", "sown_1921": "sown 1921",
    "harvest_1921": "harvest 1921", "people_1920": "people, end of 1920",
    "towns_1920": "towns, end of 1920", "riots_1921": "disturbances", "famine": "famine",
    "product_1928": "product 1928",
}  # fmt: skip


def _switches() -> Iterator[str]:
    names = tuple(_NAMES)
    yield f"| off | {' | '.join(_NAMES[name] for name in names)} |"
    yield f"| --- |{' ---: |' * len(names)}"
    yield _row("nothing", effects(), names)
    for switch in SWITCHES:
        yield _row(f"`{switch}`", effects(off=switch), names)


def _ranges() -> Iterator[str]:
    names = ("industry_1920", "taken_1920", "sown_1921", "people_1920", "towns_1920", "famine")
    inputs = nation_inputs(YEARS[0])
    yield f"| at low, at high | {' | '.join(_NAMES[name] for name in names)} |"
    yield f"| --- |{' ---: |' * len(names)}"
    for given in VARIED:
        ends = varied(given, "low"), varied(given, "high")
        cells = [", ".join(figure(getattr(each, name)) for each in ends) for name in names]
        known = given in inputs.about
        title = inputs.about[given].meaning if known else f"`{given}` of January 1917"
        yield f"| {title} | {' | '.join(cells)} |"


def _tax() -> Iterator[str]:
    names = tuple(name for name in _NAMES if name != "famine")
    yield f"| regime | {' | '.join(_NAMES[name] for name in names)} |"
    yield f"| --- |{' ---: |' * len(names)}"
    yield _row("`as_it_was`", effects(), names)
    yield _row(f"`{_COUNTERFACTUAL}`", effects(_COUNTERFACTUAL), names)


def _given() -> Iterator[str]:
    about = nation_inputs(YEARS[0]).about
    yield "| what | from | value | range | unit | source |"
    yield "| --- | ---: | ---: | --- | --- | --- |"
    for row in early_rows():
        note = about[row.path]
        if note.kind in {"event", "nature"} or row.path == "birth_trend":
            span = f"{figure(row.low)} to {figure(row.high)}"
            yield (f"| {note.meaning} | {row.year} | {figure(row.value)} | {span} | {note.unit} "
                   f"| {row.source} |")  # fmt: skip


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(PAGE)
