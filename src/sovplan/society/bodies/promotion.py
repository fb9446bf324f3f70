"""Who rises in the apparatus, and what officials have of the second economy: R30, R34 and R16."""

from sovplan.foundation.engine.functions import exp, log
from sovplan.foundation.engine.rule import rule


@rule(
    "R34",
    step="survey",
    table="official",
    reads=("party", "skill", "talent", "schooling"),
    parameters=("loyal_years", "school_most", "seen_skill", "seen_talent", "seen_school"),
    writes=("loyalty", "competence"),
    source="rule R34: both are latent; what is seen of them here is ours",
)
def seen(
    party: int, skill: float, talent: float, schooling: int, loyal_years: float,
    school_most: float, seen_skill: float, seen_talent: float, seen_school: float,
) -> tuple[float, float]:  # fmt: skip
    """Loyalty = years in the party / loyal_years, at most 1; competence is a mean of three.

    Of skill, talent and a tenth of the years at school, of which school_most count, with the
    weights seen_skill, seen_talent and seen_school.
    """
    school = 0.1 * min(schooling, school_most)
    known = seen_skill * skill + seen_talent * talent + seen_school * school
    weights = seen_skill + seen_talent + seen_school
    return min(party / loyal_years, 1.0), known / weights


@rule(
    "R34",
    step="draft",
    table="official",
    reads=("loyalty", "competence"),
    institutions=("appointed_share",),
    parameters=("theta_loyal", "theta_skill"),
    draws=("rising", "lots"),
    writes=("rank", "lot"),
    source="rule R34: promotion by loyalty and competence, the former by appointment; sizes ours",
    switch="bodies.promotion",
    off={"theta_loyal": 0.0, "theta_skill": 0.0},
)
def rising(
    loyalty: float, competence: float, appointed_share: float, theta_loyal: float,
    theta_skill: float, rising: float, lots: float,
) -> tuple[float, float]:  # fmt: skip
    """P ~ exp(theta_loyal a loyalty + theta_skill (1 - a) competence): time of a race, and a lot.

    a is the appointed share: the more is filled from above, the more loyalty counts and the less
    competence does.
    """
    chance = exp(
        theta_loyal * appointed_share * loyalty + theta_skill * (1.0 - appointed_share) * competence
    )
    return -log(1.0 - rising) / chance, lots


@rule(
    "R16",
    step="renew",
    table="official",
    reads=("hidden",),
    institutions=("cut_each",),
    writes=("hidden",),
    source="equation of the specification, R16; that all officials share alike is ours",
    switch="bodies.bribes",
    off={"cut_each": 0.0},
)
def hidden(hidden: float, cut_each: float) -> float:
    """Own' = own + bribe S / officials: what officials have of the second economy, and keep.

    cut_each is the officials' cut of the country (rule `shadow`) over all of them, roubles a year.
    Who leaves office takes it along; who is new begins with nothing.
    """
    return hidden + cut_each


@rule(
    "R34",
    step="renew",
    table="official",
    reads=("tenure",),
    writes=("tenure",),
    source="by definition",
)
def longer(tenure: int) -> int:
    """Return years in the post, a year on."""
    return min(tenure + 1, 250)
