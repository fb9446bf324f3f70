"""Write docs/understand/production.md: terms of production that the trial ran without.

.venv/bin/python -m tools.production_page
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from tools.production_words import (
    ABOLISHED,
    ALONE,
    CHAINS,
    EQUATIONS,
    HEAD,
    LAMBDA,
    PATTERNS,
    RANGES,
    STATES,
    WEAK,
)

from sovplan.foundation.numbers import figure
from sovplan.history.past import pasts
from sovplan.lab.markets import MONEY
from sovplan.lab.own_figures import ABOLISHED as NO_PLAN
from sovplan.lab.own_figures import ACTING, DRIVING, WHOLE
from sovplan.lab.patterns import patterns
from sovplan.lab.switches import effects_of
from sovplan.lab.validate import scores, validate
from sovplan.regimes.countries import HISTORY, country_inputs
from sovplan.regimes.model import model_parameter_table, model_parameters
from sovplan.society.nation.measures import measures
from sovplan.society.nation.year import Quarter, run_nation

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "understand" / "production.md"

TERMS: Final = {
    "rules.camp_work": "work of prisoners and their guards (R18)",
    "rules.frontier": "technique from abroad, innovation lost (R08)",
    "rules.embody": "new capital counts more (R08, R09)",
    "rules.display": "investment spent on display (R09)",
    "rules.defects": "inputs that fail (R07)",
    "rules.hours": "a shorter day that is less labour (R03)",
    "rules.incentives": "effort by pay, law, terror and a say at work (R04)",
    "rules.bonus_effort": "effort by bonuses and piecework (R06)",
}
RANGED: Final = (
    "g_prod", "g_guard", "camp_inflow", "camp_building", "g_frontier", "frontier_ratio", "absorb",
    "innov_loss", "embody", "display_share", "b_slope", "q_taut", "q_min", "e_real", "e_fear",
    "e_random", "e_voice", "bonus_effort", "bonus_reach", "piece_effort",
)  # fmt: skip
"""Numbers of the terms that are tried at both ends of their range."""
_CHAINED: Final = ("plan_dissolution", "m_1991", "k_market", "chain_c", "chain_machines",
                   "chain_building", "chain_heavy", "chain_light")  # fmt: skip
_YEARS: Final = (1928, 1932, 1937, 1940)
_DEAR: Final = "V29"
"""The pattern for which households live: left out here."""


def page() -> str:
    """Return the page as it should stand."""
    parts = [HEAD, "| term | equation | rule, switch |", "| --- | --- | --- |"]
    parts += [*(f"| {' | '.join(row)} |" for row in EQUATIONS), "", LAMBDA]
    parts += [*_compared(), "", ALONE, *_terms(), "", RANGES, *_ends(WHOLE, RANGED), ""]
    parts += [PATTERNS, *_patterns(), "", STATES, *_states(), "", ABOLISHED, *_abolished(), ""]
    parts += [CHAINS, *_ends(NO_PLAN, _CHAINED, deaths=False), "", WEAK.format(spoiled=_spoiled())]
    return "\n".join(parts).rstrip() + "\n"


@cache
def _run(
    regime: str, off: tuple[str, ...] = (), changed: tuple[tuple[str, float], ...] = ()
) -> tuple[Quarter, ...]:
    return run_nation(country_inputs(regime), {**model_parameters(), **dict(changed)}, off)


def _table(head: Sequence[str], rows: Iterator[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| --- |{' ---: |' * (len(head) - 1)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


# ---- the three histories -------------------------------------------------------------------------


def _compared() -> Iterator[str]:
    regimes = (HISTORY, MONEY, WHOLE)
    yield from _table(
        ("figure", *(f"`{name}`" for name in regimes), "printed"),
        (
            (title, *(figure(_over(name, measure, year)) for name in regimes),
             _printed(measure, year))
            for measure, title, year in _figures()
        ),
    )  # fmt: skip


def _figures() -> Iterator[tuple[str, str, int]]:
    for measure, name in (("product", "product"), ("industry", "industry"),
                          ("consumption", "consumption a head")):  # fmt: skip
        for year in _YEARS:
            yield measure, f"{name} {year}", year
    yield "investment", "investment 1937, % of product", 1937
    yield "harvest", "harvest 1932, million tonnes", 1932
    yield "excess_deaths", "deaths of famine after the harvest of 1932, million", 1932
    yield "towns", "towns 1938, million", 1938


def _over(regime: str, measure: str, year: int) -> float:
    value = _measures(regime)[measure][year]
    if measure == "investment":
        return 100.0 * value
    if measure in {"product", "industry", "consumption"}:
        return 100.0 * value / _measures(HISTORY)[measure][1928]
    return value


@cache
def _measures(regime: str) -> Mapping[str, Mapping[int, float]]:
    return measures(_run(regime), country_inputs(regime))


def _printed(measure: str, year: int) -> str:
    found = [past.values().get(year) for past in pasts().get(measure, ())]
    return ", ".join(figure(each) for each in found if each is not None) or "–"


# ---- terms and their numbers ---------------------------------------------------------------------

_DEATHS: Final = ("famine", "excess deaths")
"""Told of variants of history only."""
_HEADS: Final = ("product 1932", "1937", "1940", "industry 1940", *_DEATHS, "consumption 1937")


def _effects(
    regime: str, off: tuple[str, ...] = (), changed: tuple[tuple[str, float], ...] = ()
) -> tuple[str, ...]:
    found = effects_of(_run(regime, off, changed), country_inputs(regime))
    cells = [f"{value:.1f}" for value in (found.product_1932, found.product_1937,
                                          found.product_1940, found.industry_1940)]  # fmt: skip
    deaths = [f"{value:.2f}" for value in (found.famine, found.excess)]
    return (*cells, *deaths, f"{found.consumption_1937:.1f}")


def _terms() -> Iterator[str]:
    def rows() -> Iterator[Sequence[str]]:
        yield "`as_it_was_money`", *_effects(MONEY)
        whole = tuple(dict.fromkeys((*TERMS, *ACTING, *DRIVING, "rules.hard_budget")))
        for switch, name in TERMS.items():
            others = tuple(each for each in whole if each != switch)
            yield f"with {name} alone", *_effects(WHOLE, others)
        yield "`as_it_was_whole`: all of them", *_effects(WHOLE)
        for switch, name in TERMS.items():
            yield f"without {name}: `--off {switch}`", *_effects(WHOLE, (switch,))

    yield from _table(("run", *_HEADS), rows())


def _ends(regime: str, names: Sequence[str], *, deaths: bool = True) -> Iterator[str]:
    """Yield a table of numbers at their ends; of a counterfactual without deaths."""
    shown = [at for at, head in enumerate(_HEADS) if deaths or head not in _DEATHS]
    about = {each.name: each for each in model_parameter_table()}

    def rows() -> Iterator[Sequence[str]]:
        yield "as shipped", *(_effects(regime)[at] for at in shown)
        for name in names:
            for end in (about[name].low, about[name].high):
                if end != about[name].value:
                    found = _effects(regime, changed=((name, end),))
                    yield f"`{name}` = {figure(end)}", *(found[at] for at in shown)

    yield from _table((f"`{regime}`", *(_HEADS[at] for at in shown)), rows())


def _spoiled() -> str:
    """Return product of 1932 where quality falls most with tautness."""
    most = next(each.high for each in model_parameter_table() if each.name == "q_taut")
    return _effects(WHOLE, changed=(("q_taut", most),))[0]


def _patterns() -> Iterator[str]:
    looked = [each.id for each in patterns() if each.looked_at and each.id != _DEAR]

    def rows() -> Iterator[Sequence[str]]:
        for regime in (HISTORY, MONEY, WHOLE):
            found = validate(country_inputs(regime), only=looked)
            came = scores(found)
            missed = ", ".join(each.pattern.id for each in found if each.status == "missed")
            yield (f"`{regime}`", f"{came['met']} of {came['looked_at']}",
                   f"{came['points_within']} of {came['points']}", missed)  # fmt: skip

    yield from _table(("regime", "patterns met", "points within", "missed"), rows())


# ---- states and the plan that is abolished -------------------------------------------------------


def _states() -> Iterator[str]:
    columns = {
        "prisoners": ("prisoners, thousand", 1000.0),
        "camp_guards": ("guards", 1000.0),
        "camp_labour": ("labour as free hands", 1000.0),
        "machines_abroad": ("machines from abroad, % of investment", 100.0),
        "frontier_gap": ("gap", 1.0),
        "technique": ("technique", 1.0),
        "distortion": ("distortion", 1.0),
        "input_quality": ("use of goods", 1.0),
    }
    counted = pasts()["whole/prisoners"][0].values()
    ends = {each.year: each for each in _run(WHOLE) if each.quarter == 4}

    def rows() -> Iterator[Sequence[str]]:
        for year in (1924, 1928, 1931, 1934, 1937, 1940):
            now = ends[year].nation
            cells = [figure(now[name] * factor) for name, (_, factor) in columns.items()]
            printed = figure(counted[year]) if year in counted else "–"
            yield str(year), cells[0], printed, *cells[1:]

    first, *others = (title for title, _ in columns.values())
    yield from _table(("end of", first, "counted", *others), rows())


def _abolished() -> Iterator[str]:
    ends = {each.year: each for each in _run(NO_PLAN) if each.quarter == 4}
    base = _measures(HISTORY)["product"][1928]

    def rows() -> Iterator[Sequence[str]]:
        for year in range(1934, 1941):
            now, kept = ends[year].nation, ends[year].sectors["chain_kept"]
            product = 100.0 * _measures(NO_PLAN)["product"][year] / base
            usual = 100.0 * _measures(WHOLE)["product"][year] / base
            yield (str(year), *(figure(now[name]) for name in
                                ("coordination", "plan_links", "market_links")),
                   *(f"{100.0 * kept[at]:.0f}" for at in (3, 4)),
                   f"{product:.1f}", f"{usual:.1f}")  # fmt: skip

    yield from _table(
        ("end of", "coordination", "links of the plan", "of the market", "chains of machines, %",
         "of building, %", "product", "product with a plan"), rows(),
    )  # fmt: skip


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(PAGE)
