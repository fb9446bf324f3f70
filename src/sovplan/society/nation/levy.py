"""Requisition of grain, 1918 to 1920: what peasants report and what is taken of it: R10, R22.

Grain is in million tonnes, people in millions.
"""

from sovplan.foundation.engine.rule import rule


@rule(
    "R10",
    step="share",
    table="nation",
    reads=("harvest", "trust"),
    institutions=("requisition",),
    parameters=("over_press", "over_max", "p_state"),
    writes=("harvest_reported", "hidden_share"),
    quarters=(3,),
    source="form ours after the rule of false reports: who gains by saying less says less",
    switch="rules.hiding",
    off={"over_press": 0.0},
)
def reported_harvest(
    harvest: float,
    trust: float,
    requisition: float,
    over_press: float,
    over_max: float,
    p_state: float,
) -> tuple[float, float]:
    """Return the harvest that peasants report, and the share that they hide.

        hidden = min( over_max, over_press (1 - p_state) rho (1 - tr) ),   H_rep = H (1 - hidden)

    rho is what a tonne more on paper costs; without requisition nothing is hidden here. The rule of
    the specification pads reports where a shortfall is punished; its numbers are used with the sign
    turned. Weak: nobody measured what was hidden.
    """
    hidden = min(over_max, over_press * (1.0 - p_state) * requisition * (1.0 - trust))
    return harvest * (1.0 - hidden), hidden


@rule(
    "R22",
    step="share",
    table="nation",
    reads=("harvest_reported", "village", "concession"),
    institutions=("requisition",),
    parameters=("food_floor",),
    writes=("levy", "levy_rate"),
    quarters=(3,),
    source="specification of the model; norms of the food decrees of 1918",
    switch="rules.requisition",
    off={"requisition": 0.0},
)
def levy(
    harvest_reported: float,
    village: float,
    concession: float,
    requisition: float,
    food_floor: float,
) -> tuple[float, float]:
    """Return the grain that is to be requisitioned from a harvest, and what it takes of one more.

    levy = rho (H_rep - food_floor village / 1000)+,   rate = rho where there is a levy

    The state sees reports only. rho counts the whole country of later borders, so it holds both how
    hard the state presses and how far its power reaches. A levy is collected to the next harvest.
    A state that gives way (`concession`) requisitions nothing.
    """
    pressed = requisition * (1.0 - concession)
    above = max(0.0, harvest_reported - food_floor * village / 1000.0)
    return pressed * above, pressed * (above > 0.0)
