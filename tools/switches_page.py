"""Write docs/look-up/switches.md: what changes in the country when one rule is switched off.

.venv/bin/python -m tools.switches_page
"""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Final

from sovplan.foundation.numbers import figure
from sovplan.lab import bodies_switches
from sovplan.lab.own_figures import all_moved
from sovplan.lab.switches import STATED, Effects, effects, flipped, numbers_of
from sovplan.lab.village_switches import ROWS, SHOWN, switches_of, village_effects
from sovplan.lab.village_switches import RULES as VILLAGE_RULES
from sovplan.lab.village_switches import SWITCHES as VILLAGE_SWITCHES
from sovplan.lab.whole import SHOWN as SHOWN_WHOLE
from sovplan.lab.whole import rows as whole_rows
from sovplan.lab.works_switches import (
    ALL_WORKS,
    DEBATES,
    WorksCase,
    WorksEffects,
    works_effects,
    works_ends,
    works_flipped,
    works_numbers_of,
)
from sovplan.society.bodies import layer as bodies
from sovplan.society.nation.order import rules
from sovplan.society.workplaces.layer import RULES

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "look-up" / "switches.md"

_HEAD: Final = """# Switches of the model of the country

<!-- Written by tools/switches_page.py from the rules; a test checks that it is fresh. -->

The country in seven sectors, 1921-1940, institutions forced by history. Each row is one run with
one thing taken out and all else as in the trial of the specification: a mechanism that matters
shows, one that does not is not needed by these figures. An effect is that of the rule inside this
model, with its paths (weather, quotas, exports, pressure on the village) left where they were: not
what history would have been. Nothing is held against history here; patterns are, where they may be
([patterns](../understand/patterns.md)).

Product, industry and consumption: 1928 of the run with all rules = 100. Harvest in million tonnes,
herd in million cattle units and horses in millions at the end of 1932, famine (excess deaths that
follow the harvest of 1932) and excess deaths of 1930 to 1940 in millions, towns in millions at the
end of 1938, scissors at the end of 1923 (1913 = 1), autumn: grain taken in October to December 1927
over that of 1926.
"""

_BESIDE: Final = """## Beside the specification

The cases of the specification of the model, tables 8.1 and 8.2, run again. Its famine counts heads
after the deaths of the year, so its 6.1 million are 6.4 here, where the deaths themselves are
counted; all other figures agree with it to one unit of their last digit.
"""

_WEAK: Final = """## What the rows say, and what is weak

- **The store of grain is not a small thing.** It moves the famine of 1932-33 by little, as the
  specification says, but without it a famine nearly as large follows the harvest of 1931: the
  store decides that people die in one winter and not in two.
- **Tautness** off lowers output: at the parameters of the fit taut targets mobilise (their best is
  at 1.35 times capacity). That is not identified by the data, see rule R05.
- **Migration** off starves the village: towns stay small, the drive goes on, quotas do not know.
- Rows that equal the first one belong to rules that nothing else reads (disturbances, trust,
  private trade, strata), or that act before 1921 only (requisition, hiding, flight from towns,
  losses of war): [collapse](../understand/collapse.md) shows those.
- The trial's balance of heavy goods does not close before 1929: up to 8 % of them in 1921 are used
  and not there (`heavy_overdrawn`), and machines for investment come from nowhere until 1924, up
  to 0.2 milliard roubles a year (`machines_overdrawn`). Both are booked by name in every quarter;
  what it is in runs from 1917 stands in [the country](country.md#what-is-weak).
- Rows that equal the first one also belong to terms that the trial ran without, and that
  `as_it_was` leaves off (camps, frontier, new capital, display, defects, an abolished plan): [what
  production carries](../understand/production.md) shows those.
"""

_OWN: Final = """## What each switch moves itself

Rules whose row above equals the first act before 1921, or under other institutions than
history's, or write what none of these figures reads. So here is, for each switch, the figure that
its own rules write (if they write none of the country, any) where it differs most from the run with
all rules: quarters of 1917-1940, institutions of the regime named. Names and units are those of the
[description of the model](odd-country.md).
"""

_WHOLE: Final = """## What acts back under as_it_was_whole

Terms of rules that the trial of the specification had not stand off under history, whose numbers
were fitted without them. Here is history with money, then with all of them, then without each in
turn. Product, industry and consumption: 1928 of `as_it_was_money` = 100; million hectares, million
tonnes, million cattle units, millions of people, share of households. No row is a better history
than another: nothing was fitted again ([0015](../decisions/0015-terms-that-act-back.md)).
"""

_WORKS: Final = """## Workplaces

Rows of workplaces live a year after the quarters and do not act back on them, so their switches
move none of the figures above; they have figures of their own ([targets, reports,
truth](../understand/targets.md)). Heavy goods of 1931: target over capacity, per cent of the target
that was made, use of a rouble of output, per cent of the year in its last quarter. All workplaces:
spread (standard deviation of the log) of errors of drafts and of output over target; per cent of
capacity not stated, of output added to and kept back from reports, of reports off by more than 1 %,
of those that were found; distortion at the end of 1937; norms of piecework (1921 = 100),
pay of an hour (at the norm = 100) and bonus of a manager (per cent of salary) of 1937. Luck is that
of seed 1. `rules.keen` and `rules.theft_works` move none of these under history: the first acts,
and the second is missed by users, under `as_it_was_whole` only.
"""

_C6: Final = """### Debate, all else as command had it

Run C6 of the specification (section 6.2), with each part of it alone. Appointment, repression and
participation are forced, so distortion stays where it was; what debate costs in hours and delay is
not in the model. Spread of output over target falls mostly because deputies who can be recalled cut
targets towards stated capacity, a form of ours; what factions and an open press correct of errors
themselves is small while most of what goes up is distorted. The last two rows take distortion
away, which no institution of C6 does in this run: that lowers errors more than debate does.
"""

_ENDS: Final = """### Assumed numbers at the ends of their ranges

Each alone, all else as in the first row: how far the figures hang on what nobody measured.
"""

_SHOWN_WORKS: Final = {
    "taut": "T/C", "fulfilled": "made of target", "quality": "quality", "late": "last quarter",
    "errors": "errors", "spread": "spread 1931", "spread_1937": "1937", "slack": "not stated",
    "padded": "added 1931", "padded_1937": "1937", "withheld": "kept back", "untrue": "untrue",
    "found": "found", "distortion": "distortion", "norms": "norms", "piece_pay": "pay",
}  # fmt: skip

_SHOWN: Final = {
    "product_1932": "product 1932", "product_1937": "1937", "product_1940": "1940",
    "industry_1940": "industry 1940", "harvest_1932": "harvest 1932", "herd_1932": "herd",
    "horses_1932": "horses", "famine": "famine", "excess": "excess deaths", "towns": "towns",
    "consumption_1932": "consumption 1932", "consumption_1937": "1937", "scissors": "scissors",
    "autumn": "autumn",
}  # fmt: skip


_VILLAGE: Final = f"""## Each switch of the village flipped alone

Households and regions of the run of history, to 1935, {ROWS:,} rows; the country itself does not
change. Entrepreneurs (rich), poor and hire: per cent of households; divided and named as kulaks:
thousand households; held and killed: per cent of the grain withheld and of the animals killed;
willing: per cent who would be in collective farms of their own will; false: per cent of the
labelled who were no entrepreneurs; spread of log food between regions; plot: per cent of income;
chair: mean of members = 100; quotas asked of other farms: per cent; labour day: kg of grain.
"""


_BODIES: Final = f"""## Officials

The switches of officials, history else: {bodies_switches.ROWS:,} rows of persons, means of
{bodies_switches.YEARS.start} to {bodies_switches.YEARS.stop - 1}, one draw of luck. Party and
women: per cent of officials of the level; competence at most 100; new holders: per cent of posts;
officials: thousand persons. `bodies.bribes` moves what officials have of the second economy and
none of these. Without `bodies.promotion` posts fall by lot, but bodies of the party still take
members first and those at the top are still who came earliest. So the rule moves the party share
at the top and hardly anything else; it acts back on nothing.
"""


def page() -> str:
    """Return the page as it should stand."""
    base = effects()
    parts = [_HEAD, "## Each switch flipped alone", "", *_table(base), "", _OWN, *_own(), ""]
    parts += [_WHOLE, *_whole(), "", _WORKS, *_works((ALL_WORKS, *works_flipped())), "", _C6]
    parts += [*_works((ALL_WORKS, *DEBATES)), "", _ENDS, *_works((ALL_WORKS, *works_ends()))]
    parts += ["", "## What a rule is when it is off", ""]
    parts += [*_off(), "", _BESIDE, *_stated(base), ""]
    parts += [_VILLAGE, *_village(), "", "What a rule of the village is when it is off:", ""]
    parts += [*_village_off(), "", _BODIES, *_bodies(), "", _WEAK]
    return "\n".join(parts).rstrip() + "\n"


def _table(base: Effects) -> Iterator[str]:
    yield f"| off | rules | {' | '.join(_SHOWN.values())} |"
    yield f"| --- | --- | {' | '.join('---:' for _ in _SHOWN)} |"
    yield _row("nothing", "", base)
    for case in flipped():
        yield _row(f"`{case.off}`", numbers_of(case.off), effects(case.name))


def _own() -> Iterator[str]:
    yield "| off | rules | regime | figure | quarter | with the rule | without |"
    yield "| --- | --- | --- | --- | --- | ---: | ---: |"
    for each in all_moved():
        when = f"{each.year} q{each.quarter}"
        found = f"`{each.column}` | {when} | {figure(each.on)} | {figure(each.off)}"
        numbers = numbers_of(each.switch)
        yield f"| `{each.switch}` | {numbers} | `{each.regime}` | {found} |"


def _whole() -> Iterator[str]:
    yield f"| run | {' | '.join(SHOWN_WHOLE)} |"
    yield f"| --- | {' | '.join('---:' for _ in SHOWN_WHOLE)} |"
    for name, found in whole_rows():
        yield f"| {name} | {' | '.join(figure(value, 3) for value in found.values())} |"


def _works(cases: Iterable[WorksCase]) -> Iterator[str]:
    yield f"| off, or changed | rules | {' | '.join(_SHOWN_WORKS.values())} |"
    yield f"| --- | --- | {' | '.join('---:' for _ in _SHOWN_WORKS)} |"
    for case in cases:
        name = f"`{case.off}`" if case.off else case.name
        found = works_effects(case.name)
        cells = [_works_figure(each.name, getattr(found, each.name)) for each in fields(found)]
        yield f"| {name} | {works_numbers_of(case.off) if case.off else ''} | {' | '.join(cells)} |"


def _works_figure(name: str, value: float) -> str:
    if name in _PERCENT:
        return f"{value:.1f}"
    return f"{value:.3f}" if name.startswith(("errors", "spread")) else f"{value:.2f}"


_PERCENT: Final = frozenset({
    "fulfilled", "late", "slack", "padded", "padded_1937", "withheld", "untrue", "found",
}) & {each.name for each in fields(WorksEffects)}  # fmt: skip


def _row(name: str, numbers: str, found: Effects) -> str:
    cells = [_figure(each.name, getattr(found, each.name)) for each in fields(found)]
    return f"| {name} | {numbers} | {' | '.join(cells)} |"


def _figure(name: str, value: float) -> str:
    if name in {"famine", "excess", "scissors", "autumn"}:
        return f"{value:.2f}"
    if name in {"horses_1932", "towns"}:
        return f"{value:.1f}"
    return f"{value:.0f}"


def _off() -> Iterator[str]:
    for piece in (*rules(), *RULES):
        if not piece.switch:
            continue
        said = ", ".join(f"`{name}` = {figure(value)}" for name, value in piece.off.items())
        said = said or "its columns stay as they are"
        yield f"- `{piece.switch}`, {piece.number} `{piece.name}`: {said}"


def _stated(base: Effects) -> Iterator[str]:
    yield "| taken out | the specification says | here |"
    yield "| --- | --- | --- |"
    for case in STATED:
        yield f"| {case.name} | {case.stated} | {_changed(effects(case.name), base)} |"


def _village() -> Iterator[str]:
    yield f"| off | rules | {' | '.join(SHOWN)} |"
    yield f"| --- | --- | {' | '.join('---:' for _ in SHOWN)} |"
    for name in ("", *VILLAGE_SWITCHES):
        cells = " | ".join(figure(value) for value in village_effects(name).values())
        told = f"`{name}`" if name else "nothing"
        yield f"| {told} | {switches_of(name) if name else ''} | {cells} |"


def _village_off() -> Iterator[str]:
    for each in VILLAGE_RULES:
        if each.switch:
            said = ", ".join(f"`{name}` = {figure(value)}" for name, value in each.off.items())
            yield f"- `{each.switch}`, {each.number} `{each.name}`: {said}"


def _bodies() -> Iterator[str]:
    yield f"| off | rules | {' | '.join(bodies_switches.SHOWN)} |"
    yield f"| --- | --- | {' | '.join('---:' for _ in bodies_switches.SHOWN)} |"
    for name in ("", *bodies.SWITCHES):
        cells = " | ".join(map(figure, bodies_switches.bodies_effects(name).values()))
        told = f"`{name}`" if name else "nothing"
        yield f"| {told} | {bodies_switches.numbers_of(name) if name else ''} | {cells} |"
    yield ""
    for each in bodies.RULES:
        if each.switch:
            said = ", ".join(f"`{name}` = {figure(value)}" for name, value in each.off.items())
            yield f"- `{each.switch}`, {each.number} `{each.name}`: {said}"


def _changed(found: Effects, base: Effects) -> str:
    """Return the figures that differ from those of the run with all rules, as they are printed."""
    told = []
    for each in fields(found):
        now, before = getattr(found, each.name), getattr(base, each.name)
        shown, usual = _figure(each.name, now), _figure(each.name, before)
        if shown != usual:
            told.append(f"{each.name.replace('_', ' of ')} {shown} ({usual})")
    return "; ".join(told) or "nothing that shows in these figures"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(PAGE)
