"""What the apparatus does to papers and to the surplus: rules R12, R13 and R09.

The equations of distortion and of privilege are those of workplaces and of persons; here they stand
for the country, which needs them within the quarters. One switch turns off both copies.
"""

import math

from sovplan.foundation.engine.rule import rule


@rule(
    "R12",
    step="renew",
    table="nation",
    reads=("distortion", "appointed_share", "repression", "participation"),
    parameters=("dist_base", "dist_a", "dist_s", "dist_speed", "R_info"),
    writes=("distortion",),
    source="own (specification of the model, rule R12); coefficients assumed",
    switch="rules.criticism",
    quarters=(4,),
)
def distortion(
    distortion: float,
    appointed_share: float,
    repression: float,
    participation: float,
    dist_base: float,
    dist_a: float,
    dist_s: float,
    dist_speed: float,
    R_info: float,  # noqa: N803 - name of the parameter
) -> float:
    """Return the share of what goes up that is distorted.

    d' = d + speed ( 1 / (1 + e^-x) - d ),   x = base + dist_a a + R_info R - dist_s s
    """
    x = dist_base + dist_a * appointed_share + R_info * repression - dist_s * participation
    return distortion + dist_speed * (1.0 / (1.0 + math.exp(-x)) - distortion)


@rule(
    "R13",
    step="renew",
    table="nation",
    reads=("privilege", "appointed_share", "administrators", "participation"),
    institutions=("inheritance", "pay_cap"),
    parameters=("b_min", "b_slope", "b_speed", "b_kept"),
    writes=("privilege",),
    source="Trotsky 1936, Rakovsky 1928: functions become privileges; the form is ours",
    switch="rules.privilege",
    off={"b_min": 0.0, "b_slope": 0.0, "b_speed": 1.0},
    quarters=(4,),
)
def privilege(
    privilege: float,
    appointed_share: float,
    administrators: float,
    participation: float,
    inheritance: float,
    pay_cap: float,
    b_min: float,
    b_slope: float,
    b_speed: float,
    b_kept: float,
) -> float:
    """B' = b + b_speed (b_min + b_slope a B (1 - s)(k + (1 - k) inheritance)(1 - cap) - b).

    k is b_kept: what privilege is where nothing can be inherited.
    """
    power = appointed_share * administrators * (1.0 - participation)
    handed = b_kept + (1.0 - b_kept) * inheritance
    aim = b_min + b_slope * power * handed * (1.0 - pay_cap)
    return privilege + b_speed * (aim - privilege)


@rule(
    "R09",
    step="make",
    table="nation",
    reads=("investment", "privilege"),
    institutions=("display",),
    parameters=("display_share",),
    writes=("investment_kept", "investment_shown"),
    source="specification of the model, rule R09; Rakovsky 1928 for the claim, size ours",
    switch="rules.display",
    off={"display_share": 0.0},
)
def display_waste(
    investment: float, privilege: float, display: float, display_share: float
) -> tuple[float, float]:
    """Return the investment that becomes capital, and what is spent on display.

        kept = I (1 - b_waste),   b_waste = display_share b,   where display is reckoned

    Display uses the same machines and building as investment; nothing vanishes, it builds no plant.
    """
    shown = display * display_share * privilege * investment
    return investment - shown, shown
