"""Prisoners of the country, what they make and who guards them: rule R18.

Millions of persons. Prisoners stay among the people of village and towns; what changes is whose
hands work where. Their deaths are among those that rule R28 books.
"""

import math

from sovplan.foundation.engine.rule import rule


@rule(
    "R18",
    step="renew",
    table="nation",
    reads=("prisoners", "village", "town", "town_food", "repression"),
    institutions=("forced_labour", "tautness"),
    parameters=("camp_inflow", "camp_able", "camp_release", "g_mort", "camp_lack"),
    writes=("prisoners", "camp_taken", "camp_freed", "camp_dead"),
    source="Gregory and Lazarev 2003; inflow ours until rule R37 gives it",
    switch="rules.forced_labour",
    off={"camp_inflow": 0.0},
    quarters=(4,),
)
def prisoners(
    prisoners: float,
    village: float,
    town: float,
    town_food: float,
    repression: float,
    forced_labour: float,
    tautness: float,
    camp_inflow: float,
    camp_able: float,
    camp_release: float,
    g_mort: float,
    camp_lack: float,
) -> tuple[float, float, float, float]:
    """Return prisoners at the end of the year, and who came, was freed and died in it.

        F' = F + taken - freed - dead,   taken = camp_inflow forced_labour R (camp_able people - F)
        freed = camp_release F,   dead = F min(1 - camp_release, g_mort e^x)
        x = camp_lack (1 - food)+ + (T/C - 1)+

    The same stock as that of persons, without their luck; nobody dies who is free by then.
    """
    lack = camp_lack * max(0.0, 1.0 - town_food) + max(0.0, tautness - 1.0)
    dead = prisoners * min(1.0 - camp_release, g_mort * math.exp(lack))
    able = max(0.0, camp_able * (village + town) - prisoners)
    taken = camp_inflow * forced_labour * repression * able
    freed = camp_release * prisoners
    return prisoners + taken - freed - dead, taken, freed, dead


@rule(
    "R18",
    step="make",
    table="nation",
    reads=("workers", "prisoners", "village", "town"),
    parameters=("g_prod", "g_guard", "camp_at_work"),
    writes=("camp_guards", "camp_townspeople", "camp_labour"),
    source="specification of the model, rule R18; who comes from towns is ours",
)
def camp_hands(
    workers: float,
    prisoners: float,
    village: float,
    town: float,
    g_prod: float,
    g_guard: float,
    camp_at_work: float,
) -> tuple[float, float, float]:
    """Return guards, prisoners who would work in towns, and the labour of all, as free hands.

        guards = g_guard F,   townspeople = F town / people,   labour = camp_at_work g_prod F

    Both are taken from the workers of the towns, as far as there are any. The rest of the prisoners
    comes from villages, whose hands the country does not count.
    """
    guards = min(workers, g_guard * prisoners)
    townspeople = min(workers - guards, prisoners * town / (village + town))
    return guards, townspeople, camp_at_work * g_prod * prisoners


@rule(
    "R18",
    step="make",
    table="nation",
    reads=("workers", "camp_guards", "camp_townspeople", "camp_labour"),
    institutions=("camp_work",),
    writes=("free_workers", "bound_workers", "unfree_labour"),
    source="specification of the model, rule R18",
    switch="rules.camp_work",
    off={"camp_work": 0.0},
)
def free_hands(
    workers: float,
    camp_guards: float,
    camp_townspeople: float,
    camp_labour: float,
    camp_work: float,
) -> tuple[float, float, float]:
    """Return free workers of the towns, those who guard or are held, and the labour of prisoners.

        bound = guards + townspeople,   free = W - bound,   unfree = labour, as free hands

    All but the free are 0 where the work of camps is not reckoned.
    """
    bound = camp_work * (camp_guards + camp_townspeople)
    return workers - bound, bound, camp_work * camp_labour
