"""Output of the seven sectors and what is short for it: rule R01.

Output and capital are in milliard roubles of 1926/27 (output a year).
"""

import numpy as np
from numpy.typing import NDArray

from sovplan.foundation.engine.block import block
from sovplan.foundation.engine.rule import rule

Vector = NDArray[np.float64]
"""One number for each of the seven sectors."""

HEAVY, _MACHINES, BUILDING, _LIGHT, _SERVICES = 2, 3, 4, 5, 6
"""Places of the sectors; farms stand first."""


@rule(
    "R01",
    step="make",
    table="sectors",
    reads=(
        "output_1928", "capital", "capital_1928", "hands", "chain_kept",
        "by_coordination", "by_managers", "by_drive", "by_effort",
        "nation.skill", "nation.coordination", "nation.managers",
        "nation.technique", "nation.taut_gain", "nation.effort",
    ),
    parameters=("alpha", "hands_least"),
    writes=("possible",),
    source="Cobb-Douglas; Feldman 1928 and Domar 1957 are the limit alpha = 1",
)  # fmt: skip
def possible(
    output_1928: float,
    capital: float,
    capital_1928: float,
    hands: float,
    chain_kept: float,
    by_coordination: float,
    by_managers: float,
    by_drive: float,
    by_effort: float,
    nation_skill: float,
    nation_coordination: float,
    nation_managers: float,
    nation_technique: float,
    nation_taut_gain: float,
    nation_effort: float,
    alpha: float,
    hands_least: float,
) -> float:
    """Return what a sector could make if materials were no matter.

        y = Y (K / K0)^alpha max(least, skill L / L0)^(1 - alpha) O^a mg^b (A tau)^c e^d k

    The exponents a, b, c, d of the sector are 1 for heavy goods, machines and building; light goods
    have (1, 1/2, 0, 1). k is what broken chains of suppliers leave (rule `chains`), 1 under a plan.
    For farms and services the figure is not used.
    """
    labour: float = max(hands_least, nation_skill * hands) ** (1.0 - alpha)
    order: float = nation_coordination**by_coordination * nation_managers**by_managers
    drive: float = (nation_technique * nation_taut_gain) ** by_drive * nation_effort**by_effort
    stock: float = (capital / capital_1928) ** alpha
    return output_1928 * stock * labour * order * drive * chain_kept


@rule(
    "R01",
    step="make",
    table="nation",
    reads=("harvest", "sown", "draught", "herd", "crops.output_1928", "animals.output_1928"),
    parameters=("harvest_1928", "area_1928", "herd_1928", "grain_part", "other_draught"),
    writes=("crops_made", "animals_made"),
    source="form ours",
)
def farm_output(
    harvest: float,
    sown: float,
    draught: float,
    herd: float,
    crops_output_1928: float,
    animals_output_1928: float,
    harvest_1928: float,
    area_1928: float,
    herd_1928: float,
    grain_part: float,
    other_draught: float,
) -> tuple[float, float]:
    """Return the output of crops and of animals.

    crops = Y ( grain_part H / H28 + (1 - grain_part) S / S28 min(1, D)^other_draught )
    animals = Y L / L28
    """
    grain = grain_part * harvest / harvest_1928
    other = (1.0 - grain_part) * sown / area_1928 * min(1.0, draught) ** other_draught
    return crops_output_1928 * (grain + other), animals_output_1928 * herd / herd_1928


@rule(
    "R01",
    step="make",
    table="nation",
    reads=(
        "year", "crops_made", "animals_made", "light.possible", "light_displaced",
        "crops.output_1928", "animals.output_1928", "light.output_1928",
    ),
    parameters=("crops_in_light", "crops_most", "animals_most", "light_room", "light_trend",
                "light_from"),
    writes=("light_possible",),
    source="form ours",
)  # fmt: skip
def light_goods(
    year: float,
    crops_made: float,
    animals_made: float,
    light_possible: float,
    light_displaced: float,
    crops_output_1928: float,
    animals_output_1928: float,
    light_output_1928: float,
    crops_in_light: float,
    crops_most: float,
    animals_most: float,
    light_room: float,
    light_trend: float,
    light_from: float,
) -> float:
    """Return light goods as farm materials allow.

    y <= Y ( w min(m_c, crops / Y_c) + (1 - w) min(m_a, animals / Y_a) ) (room + trend (t - from)+)

    What goods from abroad displace (`light_displaced`) is not made.
    """
    crops = min(crops_most, crops_made / crops_output_1928)
    animals = min(animals_most, animals_made / animals_output_1928)
    share = crops_in_light * crops + (1.0 - crops_in_light) * animals
    room = light_room + light_trend * max(0.0, year - light_from)
    return min(light_possible, light_output_1928 * share * room) * (1.0 - light_displaced)


@rule(
    "R01",
    step="make",
    table="nation",
    reads=(
        "coordination", "town", "light_possible", "heavy.possible", "machines.possible",
        "services.output_1928", "heavy.output_1928", "machines.output_1928", "light.output_1928",
    ),
    parameters=("alpha_srv_town", "alpha_srv_ind", "srv_base", "coordination_1928", "town_1928"),
    writes=("services_possible",),
    source="form ours",
)  # fmt: skip
def services(
    coordination: float,
    town: float,
    light_possible: float,
    heavy_possible: float,
    machines_possible: float,
    services_output_1928: float,
    heavy_output_1928: float,
    machines_output_1928: float,
    light_output_1928: float,
    alpha_srv_town: float,
    alpha_srv_ind: float,
    srv_base: float,
    coordination_1928: float,
    town_1928: float,
) -> float:
    """Return services: they follow towns and industry, not capital.

    y = Y f(O) / f(O28) (town / town28)^alpha_srv_town (industry / industry28)^alpha_srv_ind
    f(O) = srv_base + (1 - srv_base) O
    """
    order = srv_base + (1.0 - srv_base) * coordination
    order_1928 = srv_base + (1.0 - srv_base) * coordination_1928
    industry = heavy_possible + machines_possible + light_possible
    industry_1928 = heavy_output_1928 + machines_output_1928 + light_output_1928
    pull: float = (town / town_1928) ** alpha_srv_town * (industry / industry_1928) ** alpha_srv_ind
    return services_output_1928 * order / order_1928 * pull


@block(
    "R01",
    step="make",
    reads=(
        "coordination", "crops_made", "animals_made", "light_possible", "services_possible",
        "sectors.possible", "sectors.need", "coefficients",
    ),
    institutions=("priority",),
    parameters=("heavy_final", "material_rounds", "slack_materials", "cut_most", "cut_light",
                "cut_services", "cut_power"),
    writes=("sectors.output", "heavy_final_use"),
    source="materials in fixed proportions (Leontief); the order of users is ours",
    switch="rules.bottlenecks",
    off={"material_rounds": 0.0},
)  # fmt: skip
def bottlenecks(
    coordination: float,
    crops_made: float,
    animals_made: float,
    light_possible: float,
    services_possible: float,
    sectors_possible: Vector,
    sectors_need: Vector,
    coefficients: Vector,
    priority: float,
    heavy_final: float,
    material_rounds: float,
    slack_materials: float,
    cut_most: float,
    cut_light: float,
    cut_services: float,
    cut_power: float,
) -> tuple[Vector, float]:
    """Return output by sector as heavy goods allow, and heavy goods for final use.

        n sum_j a_heavy,j x_j + heavy_final O <= x_heavy,   n the need where goods fail

    Up to `material_rounds` times, while more is needed than made by more than `slack_materials`:
    with priority, light goods and services lose cut_light and cut_services of the shortfall, at
    most cut_most of it, then machines and building are scaled by (made / needed)^cut_power;
    without it, machines, building and light goods are scaled so. A shortage can be left after the
    last round: `heavy_overdrawn` counts it, where rule `materials` leaves it.
    """
    output = sectors_possible.copy()
    output[[0, 1, _LIGHT, _SERVICES]] = crops_made, animals_made, light_possible, services_possible
    uses: Vector = coefficients[HEAVY] * sectors_need[HEAVY]
    final = heavy_final * coordination
    lowest = [_LIGHT, _SERVICES]
    for _ in range(int(material_rounds)):
        wanted = float((uses * output).sum()) + final
        if wanted <= output[HEAVY] * (1.0 + slack_materials):
            break
        if priority:
            there = float((uses * output)[lowest].sum())
            cut = min(cut_most, (wanted - float(output[HEAVY])) / there)
            output[_LIGHT] *= 1.0 - cut * cut_light
            output[_SERVICES] *= 1.0 - cut * cut_services
            wanted = float((uses * output).sum()) + final
        if wanted > output[HEAVY]:
            scaled = [_MACHINES, BUILDING] if priority else [_MACHINES, BUILDING, _LIGHT]
            output[scaled] *= (float(output[HEAVY]) / wanted) ** cut_power
    return output, final


@block(
    "R01",
    step="make",
    reads=("heavy_final_use", "sectors.output", "sectors.need", "coefficients"),
    institutions=("materials_bound",),
    writes=("sectors.output", "heavy_final_use", "materials_part"),
    source="form ours",
    switch="rules.materials_bound",
    off={"materials_bound": 0.0},
)
def materials(
    heavy_final_use: float,
    sectors_output: Vector,
    sectors_need: Vector,
    coefficients: Vector,
    materials_bound: float,
) -> tuple[Vector, float, float]:
    """Return output that heavy goods allow, their final use, and the part of both that is left.

        part = min(1, (x_h - n sum_rest a_hj x_j) / (n sum_users a_hj x_j + final))+,  h heavy goods

    What rounds of rule `bottlenecks` leave short, machines, building, light goods, services and
    final use lose alike. The rest, farms and heavy goods themselves, lose nothing. Without
    `materials_bound` nothing is taken: the part is 1.
    """
    if not materials_bound:
        return sectors_output, heavy_final_use, 1.0
    users = [_MACHINES, BUILDING, _LIGHT, _SERVICES]
    uses: Vector = coefficients[HEAVY] * sectors_need[HEAVY] * sectors_output
    asked = float(uses[users].sum()) + heavy_final_use
    there = max(0.0, float(sectors_output[HEAVY] - (uses.sum() - uses[users].sum())))
    if asked <= there:
        return sectors_output, heavy_final_use, 1.0
    output, part = sectors_output.copy(), there / asked
    output[users] *= part
    return output, heavy_final_use * part, part
