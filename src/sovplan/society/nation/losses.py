"""Who leaves hungry towns, and who is lost by war, disease and flight abroad: R29, R28.

People are in millions.
"""

from sovplan.foundation.engine.rule import rule


@rule(
    "R29",
    step="renew",
    table="nation",
    reads=("village", "town", "town_food", "flight_open"),
    parameters=("flight",),
    writes=("village", "town", "returned"),
    source="specification of the model: return migration in famine of towns, 1918-21",
    switch="rules.return_migration",
    off={"flight": 0.0},
)
def return_migration(
    village: float, town: float, town_food: float, flight_open: float, flight: float
) -> tuple[float, float, float]:
    """Return the people of village and town, and those who went back to the village in the quarter.

    returned = town flight / 4 (1 - food)+,   food in towns over its norm

    It acts while `flight_open` says that people have a village to go back to.
    """
    returned = town * flight / 4.0 * max(0.0, 1.0 - town_food) * flight_open
    return village + returned, town - returned, returned


@rule(
    "R28",
    step="renew",
    table="nation",
    reads=("village", "town", "war_deaths", "epidemic_deaths", "emigration"),
    writes=("village", "town", "lost_village", "lost_town", "lost_by_war"),
    quarters=(4,),
    source="events of history: see the paths it reads",
    switch="rules.war_losses",
    off={"war_deaths": 0.0, "epidemic_deaths": 0.0, "emigration": 0.0},
)
def war_losses(
    village: float, town: float, war_deaths: float, epidemic_deaths: float, emigration: float
) -> tuple[float, float, float, float, float]:
    """Return the people of village and town after the losses of the year, and the losses.

        lost = war and terror + epidemics + emigration, shared by heads
        lost by war = war and terror + epidemics

    The losses are given: no rule of the model makes a war or a typhus. Hunger is not among them.
    Weak: soldiers were mostly peasants, and disease was worst in towns and armies.
    """
    died = war_deaths + epidemic_deaths
    share = (died + emigration) / (village + town)
    lost_village, lost_town = village * share, town * share
    return village - lost_village, town - lost_town, lost_village, lost_town, died
