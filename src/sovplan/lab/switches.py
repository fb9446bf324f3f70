"""What changes when one mechanism of the model of the country is taken out.

Each switch of a rule is flipped alone, all else at the parameters of the trial; beside it stand the
cases of the specification, some of which set one parameter or one path and flip no switch.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final, final

from sovplan.history.nation import NationInputs
from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.society.nation.measures import by_quarter, measures
from sovplan.society.nation.order import rules, switches
from sovplan.society.nation.year import Quarter, run_nation

Change = Callable[[NationInputs], NationInputs]


def _as_given(inputs: NationInputs) -> NationInputs:
    return inputs


@final
@dataclass(frozen=True, slots=True)
class Case:
    """One thing taken out.

    Parameters
    ----------
    name
        What is done, in the words of the page.
    off
        A switch, or ''.
    parameters
        Values put in place of those of the package.
    change
        What is done to the inputs.
    stated
        What the specification of the model says of it (section 8), or ''.
    """

    name: str
    off: str = ""
    parameters: Mapping[str, float] = field(default_factory=dict)
    change: Change = _as_given
    stated: str = ""


@final
@dataclass(frozen=True, slots=True)
class Effects:
    """Figures of one run.

    Parameters
    ----------
    product_1932, product_1937, product_1940, industry_1940
        1928 of the run with all rules = 100.
    harvest_1932
        Million tonnes.
    herd_1932, horses_1932
        Million cattle units and million horses at the end of the year.
    famine, excess
        Excess deaths after the harvest of 1932, and of 1930 to 1940, millions.
    towns
        People of towns at the end of 1938, millions.
    consumption_1932, consumption_1937
        A head, 1928 of the run with all rules = 100.
    scissors
        Industrial over farm price at the end of 1923, 1913 = 1.
    autumn
        Grain taken in October to December 1927 over that of 1926.
    """

    product_1932: float
    product_1937: float
    product_1940: float
    industry_1940: float
    harvest_1932: float
    herd_1932: float
    horses_1932: float
    famine: float
    excess: float
    towns: float
    consumption_1932: float
    consumption_1937: float
    scissors: float
    autumn: float


def _lower_quotas(inputs: NationInputs) -> NationInputs:
    return inputs.changed("quota_share", lambda y, v: 0.85 * v if 1930 <= y <= 1933 else v)


def _never_tauter(inputs: NationInputs) -> NationInputs:
    return inputs.changed("tautness", lambda _, value: min(value, 1.10))


STATED: Final = (
    Case("no killing before collectivisation (s_fear = 0)", parameters={"s_fear": 0.0},
         stated="herd 57 instead of 39, product of 1932 119 instead of 108, famine 1.4, not 6.1"),
    Case("no loss in collective herds (s_neglect = 0)", parameters={"s_neglect": 0.0},
         stated="herd 56, product of 1932 116, famine 1.7"),
    Case("draught power does not matter (phi = 0)", parameters={"phi": 0.0},
         stated="harvest of 1932 67 instead of 55, no famine, product of 1932 113 to 115"),
    Case("farm effort is not lost (eff_coll = 0)", parameters={"eff_coll": 0.0},
         stated="harvest of 1932 67 instead of 55, no famine, product of 1932 113 to 115"),
    Case("newcomers as good as old hands (s_new = 1)", parameters={"s_new": 1.0},
         stated="product of 1937 173 instead of 164"),
    Case("quotas of 1930-33 lower by 15 %", change=_lower_quotas,
         stated="excess deaths 1930-40 2.8 instead of 8.0, product of 1940 195"),
    Case("no removal of staff 1937-38", off="rules.repression",
         stated="product of 1940 202 instead of 192, industry 283 instead of 259"),
    Case("tautness never above 1.10", change=_never_tauter, stated="nothing visible"),
    Case("no grain store", off="rules.grain_store",
         stated="famine 6.4, horses 16.5 instead of 17.8: little"),
    Case("nothing withheld (hold = 0)", off="rules.grain_strike",
         stated="autumn of 1927 0.72 instead of 0.53"),
    Case("no mark-up of trusts (mu_cartel = 1)", parameters={"mu_cartel": 1.0},
         stated="price at the end of 1923 1.86 instead of 2.95"),
)  # fmt: skip
"""Cases of the specification, tables 8.1 and 8.2; famine there counts heads after the deaths."""


def flipped() -> tuple[Case, ...]:
    """Return one case for each switch."""
    return tuple(Case(name, off=name) for name in switches())


def numbers_of(switch: str) -> str:
    """Return the numbers of the rules that a switch turns off."""
    found = dict.fromkeys(piece.number for piece in rules() if piece.switch == switch)
    return ", ".join(found)


ALL_RULES: Final = Case("all rules")


@cache
def effects(name: str = ALL_RULES.name) -> Effects:
    """Run a case at the inputs and parameters of the package, and return its figures.

    Parameters
    ----------
    name
        Name of a case of `STATED` or `flipped`; without one, nothing is taken out.
    """
    case = {each.name: each for each in (ALL_RULES, *STATED, *flipped())}[name]
    given = case.change(country_inputs())
    return effects_of(_books(case, given), given)


def effects_of(books: Sequence[Quarter], given: NationInputs) -> Effects:
    """Read the figures of a run off.

    Parameters
    ----------
    books
        Quarters of the run.
    given
        Its inputs.
    """
    found, price = measures(books, given), by_quarter(books, "charged_price")
    taken, base = by_quarter(books, "taken"), _levels_of_1928()

    def over_1928(measure: str, year: int) -> float:
        return 100.0 * found[measure][year] / base[measure]

    return Effects(
        product_1932=over_1928("product", 1932),
        product_1937=over_1928("product", 1937),
        product_1940=over_1928("product", 1940),
        industry_1940=over_1928("industry", 1940),
        harvest_1932=found["harvest"][1932],
        herd_1932=found["herd"][1932],
        horses_1932=found["horses"][1932],
        famine=found["excess_deaths"][1932],
        excess=sum(found["excess_deaths"][year] for year in range(1930, 1941)),
        towns=found["towns"][1938],
        consumption_1932=over_1928("consumption", 1932),
        consumption_1937=over_1928("consumption", 1937),
        scissors=price[1923, 4],
        autumn=taken[1927, 4] / taken[1926, 4],
    )


@cache
def _levels_of_1928() -> Mapping[str, float]:
    """Return the levels of 1928 of the run with all rules."""
    found = measures(_books(ALL_RULES, country_inputs()), country_inputs())
    return {name: found[name][1928] for name in ("product", "industry", "consumption")}


def _books(case: Case, given: NationInputs) -> tuple[Quarter, ...]:
    parameters = {**model_parameters(), **case.parameters}
    return run_nation(given, parameters, (case.off,) if case.off else ())
