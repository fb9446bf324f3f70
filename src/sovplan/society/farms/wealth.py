"""Wealth and strata of households: rule R24, with the tax of rule R22."""

from sovplan.foundation.engine.functions import exp, log
from sovplan.foundation.engine.rule import rule
from sovplan.society.farms.tables import ENTREPRENEUR, MIDDLE, NONE, POOR, PROLETARIAN
from sovplan.society.normal import normal

MILLION = 1.0e6
LN2 = 0.6931471805599453


@rule(
    "R24",
    step="survey",
    table="household",
    reads=("log_wealth", "cut_at", "village.low_cut", "village.poor_cut", "village.rich_cut"),
    writes=("stratum", "is_rich"),
    source="cuts where the commission of 1929 on the tax burden puts the strata of 1925, recalled",
)
def stratum(
    log_wealth: float, cut_at: int, village_low_cut: float, village_poor_cut: float,
    village_rich_cut: float,
) -> tuple[int, int]:  # fmt: skip
    """0 below the first cut, 1 below the second, 2 below the third, 3 above; 4 without cuts."""
    above = MIDDLE if log_wealth < village_rich_cut else ENTREPRENEUR
    poor = POOR if log_wealth < village_poor_cut else above
    code = PROLETARIAN if log_wealth < village_low_cut else poor
    known = NONE if cut_at > ENTREPRENEUR else code
    return known, 1 if known == ENTREPRENEUR else 0


@rule(
    "R24",
    step="survey",
    table="household",
    reads=("log_wealth", "willing"),
    parameters=("land_wealth", "herd_wealth"),
    writes=("land", "stock", "loth", "log_units"),
    source="own: land and animals rise with wealth, less than in proportion",
)
def means(
    log_wealth: float, willing: float, land_wealth: float, herd_wealth: float
) -> tuple[int, int, int, int]:
    """Land ~ W^land_wealth, animals ~ W^herd_wealth, in millionths.

    `loth` are the animals of those who would not join a collective farm of their own will.
    """
    land = exp(land_wealth * log_wealth)
    stock = exp(herd_wealth * log_wealth)
    loth = stock * (1.0 - willing)
    return int(land * MILLION), int(stock * MILLION), int(loth * MILLION), int(log_wealth * MILLION)


@rule(
    "R24",
    step="survey",
    table="household",
    reads=("stratum",),
    institutions=("private_hire", "land_lease"),
    draws=("hiring",),
    writes=("hires", "leases"),
    source="own; seed N09",
    switch="farms.hire",
    off={"private_hire": 0.0, "land_lease": 0.0},
)
def hire(stratum: int, private_hire: float, land_lease: float, hiring: float) -> tuple[int, int]:
    """Entrepreneurs hire if u < hire that is legal, proletarians let their land if u < lease."""
    hires = 1 if stratum == ENTREPRENEUR and hiring < private_hire else 0
    return hires, 1 if stratum == PROLETARIAN and hiring < land_lease else 0


@rule(
    "R24",
    step="draft",
    table="village",
    reads=("log_units", "households"),
    writes=("mean",),
    source="by definition",
)
def mean_wealth(log_units: int, households: int) -> float:
    """Mean log wealth of households."""
    return log_units / MILLION / max(households, 1)


@rule(
    "R24",
    step="renew",
    table="household",
    reads=(
        "log_wealth", "member", "inside", "entered", "village.mean", "village.gain",
        "village.half", "village.tenth",
    ),
    institutions=(
        "private_hire", "land_lease", "tax_rate", "tax_progress", "coop_credit",
        "poor_committees", "compensation",
    ),
    parameters=("ret_het", "ret_w", "capture", "credit_gain", "wealth_follow", "stock_share"),
    draws=("fortune",),
    writes=("wealth_gain",),
    source="Shanin 1972 (mobility in all directions); Kritsman against Chayanov",
    switch="farms.strata",
    off={
        "ret_het": 0.0, "ret_w": 0.0, "capture": 0.0, "credit_gain": 0.0, "tax_progress": 0.0,
        "wealth_follow": 0.0,
    },
)  # fmt: skip
def fortune(
    log_wealth: float, member: float, inside: float, entered: float, village_mean: float,
    village_gain: float, village_half: float, village_tenth: float, private_hire: float,
    land_lease: float, tax_rate: float, tax_progress: float, coop_credit: float,
    poor_committees: float, compensation: float, ret_het: float, ret_w: float, capture: float,
    credit_gain: float, wealth_follow: float, stock_share: float, fortune: float,
) -> float:  # fmt: skip
    """Return what the log wealth of a household gains in the year.

        d ln W = mu + (1 - inside) ( ret_w z legal + capture top - tax_rate tax_progress z
                 + ret_het shock ) + credit_gain credit member lower + ln(1 - lost)
        z = ln W - mean,  mu = wealth_follow d ln living,  legal = max(hire, lease)
        lost = stock_share (1 - compensation) entered

    top: richest tenth without a committee of the poor; lower: lower half. The mean of the tax is
    in the living of the village already.
    """
    z = log_wealth - village_mean
    legal = max(private_hire, land_lease)
    top = 1.0 - poor_committees if log_wealth >= village_tenth else 0.0
    own = ret_w * z * legal + capture * top - tax_rate * tax_progress * z
    lower = coop_credit * member if log_wealth < village_half else 0.0
    lost = log(1.0 - stock_share * (1.0 - compensation) * entered)
    shock = ret_het * normal(fortune)
    common = wealth_follow * village_gain + credit_gain * lower + lost
    return common + (1.0 - inside) * (own + shock)


@rule(
    "R24",
    step="renew",
    table="household",
    reads=("log_wealth", "village.mean", "wealth_gain"),
    parameters=("partition",),
    draws=("dividing",),
    writes=("log_wealth", "divides"),
    source="Shanin 1972: rich households divide",
    switch="farms.division",
    off={"partition": 0.0},
)
def division(
    log_wealth: float, village_mean: float, wealth_gain: float, partition: float, dividing: float
) -> tuple[float, int]:
    """Divides in two with chance partition z+; then each half has half the wealth."""
    splits = 1 if dividing < partition * max(log_wealth - village_mean, 0.0) else 0
    return log_wealth + wealth_gain - LN2 * splits, splits
