"""Killing, births and deaths of animals: rule R23.

Herds are in million cattle units (cattle + 0.3 pigs + 0.12 sheep and goats); rates are a year
unless said, and act by quarters.
"""

from sovplan.foundation.engine.rule import rule


@rule(
    "R23",
    step="make",
    table="nation",
    reads=("threat", "collectivised"),
    institutions=("plot_allowed",),
    parameters=("s_fear", "s_neglect"),
    writes=("kill_share",),
    source="form ours; Hunter 1988, Chen and Lan 2017 (recalled) for killing before joining",
    switch="rules.slaughter",
    off={"s_fear": 0.0, "s_neglect": 0.0},
)
def slaughter(
    threat: float, collectivised: float, plot_allowed: float, s_fear: float, s_neglect: float
) -> float:
    """Return the share of the herd that is killed or lost in the quarter.

    k = s_fear threat + s_neglect C (1 - plots allowed)
    """
    return s_fear * threat + s_neglect * collectivised * (1.0 - plot_allowed)


@rule(
    "R23",
    step="make",
    table="nation",
    reads=("herd", "kill_share", "feed_ratio", "collectivised"),
    institutions=("collective_farming", "plot_allowed"),
    parameters=(
        "g_cattle", "g_cattle_k", "herd_max", "herd_max_k", "few_collective",
        "birth_hunger", "f_death", "death_from", "cattle_hunger",
    ),
    writes=("herd", "herd_born", "herd_killed", "herd_died"),
    source="form ours; counts of cattle, pigs, sheep and goats 1923-1941 for the sizes",
)  # fmt: skip
def herd(
    herd: float,
    kill_share: float,
    feed_ratio: float,
    collectivised: float,
    collective_farming: float,
    plot_allowed: float,
    g_cattle: float,
    g_cattle_k: float,
    herd_max: float,
    herd_max_k: float,
    few_collective: float,
    birth_hunger: float,
    f_death: float,
    death_from: float,
    cattle_hunger: float,
) -> tuple[float, float, float, float]:
    """Return the herd, and what was born, killed and died of hunger in the quarter.

    g = g_cattle (1 - L / L_max), in the drive g_k (1 - L / L_max,k) once plots are allowed
    born = L g max(0, 1 - birth_hunger short) / 4,   killed = L k
    died = L cattle_hunger f_death max(0, short - death_from) / 4,   short = 1 - feed ratio

    Born is less what dies and is eaten in a common year: above L_max it is below nought.
    """
    short = max(0.0, 1.0 - feed_ratio)
    breeds = max(plot_allowed, float(collectivised < few_collective))
    private = g_cattle * (1.0 - herd / herd_max)
    common = g_cattle_k * (1.0 - herd / herd_max_k) * breeds
    growth = private + collective_farming * (common - private)
    born = herd * growth * max(0.0, 1.0 - birth_hunger * short) / 4.0
    died = herd * cattle_hunger * f_death * max(0.0, short - death_from) / 4.0
    killed = herd * kill_share
    return herd + born - killed - died, born, killed, died


@rule(
    "R23",
    step="make",
    table="nation",
    reads=("horses", "kill_share", "feed_ratio"),
    institutions=("collective_farming", "horse_care"),
    parameters=(
        "g_horse", "g_horse_k", "horses_max", "horses_max_k", "horse_rel",
        "birth_hunger", "f_death", "death_from", "horse_hunger",
    ),
    writes=("horses", "horses_born", "horses_killed", "horses_died"),
    source="form ours; counts of horses 1923-1941 for the sizes",
)  # fmt: skip
def horses(
    horses: float,
    kill_share: float,
    feed_ratio: float,
    collective_farming: float,
    horse_care: float,
    g_horse: float,
    g_horse_k: float,
    horses_max: float,
    horses_max_k: float,
    horse_rel: float,
    birth_hunger: float,
    f_death: float,
    death_from: float,
    horse_hunger: float,
) -> tuple[float, float, float, float]:
    """Return the horses, millions, and what was born, killed and died of hunger in the quarter.

    As `herd`; horses are killed horse_rel times as fast and die horse_hunger times as fast.
    """
    short = max(0.0, 1.0 - feed_ratio)
    private = g_horse * (1.0 - horses / horses_max)
    common = g_horse_k * (1.0 - horses / horses_max_k) * horse_care
    growth = private + collective_farming * (common - private)
    born = horses * growth * max(0.0, 1.0 - birth_hunger * short) / 4.0
    died = horses * horse_hunger * f_death * max(0.0, short - death_from) / 4.0
    killed = horses * horse_rel * kill_share
    return horses + born - killed - died, born, killed, died
