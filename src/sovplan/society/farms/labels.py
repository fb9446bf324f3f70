"""Unrest by region, and who is labelled a kulak and leaves: rules R39, R26."""

from sovplan.foundation.engine.functions import exp
from sovplan.foundation.engine.rule import rule


@rule(
    "R39",
    step="draft",
    table="area",
    reads=("households", "pressure", "village.pressed", "village.force"),
    parameters=("riot_T",),
    writes=("unrest",),
    source="form of rule R39; the country's disturbances are shared out by it",
    switch="farms.unrest",
    off={"riot_T": 0.0},
)
def unrest(
    households: int, pressure: float, village_pressed: float, village_force: float,
    riot_T: float,  # noqa: N803 - name of the parameter
) -> int:  # fmt: skip
    """Weight of a region: households exp(riot_T f), f = 1 - (1 - pressed pressure)(1 - force)."""
    threat = min(village_pressed * pressure, 1.0)
    force = 1.0 - (1.0 - threat) * (1.0 - village_force)
    return int(households * exp(riot_T * force) * 1000.0)


@rule(
    "R39",
    step="decide",
    table="area",
    reads=("unrest", "households", "village.unrest", "village.riots", "village.households"),
    parameters=("villages", "label"),
    writes=("riots", "false_rate"),
    source="rules R39, R26; Viola 1996 for the course",
    switch="farms.false_labels",
    off={"label": 0.0},
)
def riots(
    unrest: int, households: int, village_unrest: int, village_riots: float,
    village_households: int, villages: float, label: float,
) -> tuple[float, float]:  # fmt: skip
    """Disturbances of the region, and households labelled for them: label/100 riots a village."""
    count = village_riots * unrest / max(village_unrest, 1)
    here = villages * households / max(village_households, 1)
    return count, min(label / 100.0 * count / max(here, 1.0), 1.0)


@rule(
    "R26",
    step="draft",
    table="village",
    reads=("rich", "households"),
    institutions=("label_quota",),
    writes=("label_rich", "label_middle"),
    source="decree of 30 January 1930, recalled; who fills the quota is ours",
    switch="farms.labels",
    off={"label_quota": 0.0},
)
def label_quota(rich: int, households: int, label_quota: float) -> tuple[float, float]:
    """The quota falls on entrepreneurs first; what they are too few for, on all others."""
    asked = label_quota * households
    on_rich = min(asked, float(rich))
    others = max(households - rich, 1)
    return on_rich / max(rich, 1), min((asked - on_rich) / others, 1.0)


@rule(
    "R26",
    step="make",
    table="household",
    reads=(
        "weight", "is_rich", "village.label_rich", "village.label_middle", "area.false_rate",
        "village.label_on",
    ),
    parameters=("exiled_of_labelled", "camps_of_labelled"),
    draws=("labelling", "exiling"),
    writes=("labelled", "exiled", "camped"),
    source="rule R26: false labels grow with resistance; destinations are ours",
)  # fmt: skip
def label(
    weight: int, is_rich: int, village_label_rich: float, village_label_middle: float,
    area_false_rate: float, village_label_on: float, exiled_of_labelled: float,
    camps_of_labelled: float, labelling: float, exiling: float,
) -> tuple[int, int, int]:  # fmt: skip
    """Households of the row that are labelled, exiled, and whose head is arrested.

    Each expected number is rounded up or down by lot. One lot rounds the exiled and, with the
    arrested, their sum, so that neither is too few where a row has few labelled, and both together
    are no more than these. The rest of the labelled go to towns.
    """
    order = village_label_rich if is_rich > 0 else village_label_middle
    likely = min(order + area_false_rate * village_label_on, 1.0)
    named = min(int(weight * likely + labelling), weight)
    exiled = min(int(named * exiled_of_labelled + exiling), named)
    gone = min(int(named * (exiled_of_labelled + camps_of_labelled) + exiling), named)
    return named, exiled, gone - exiled


@rule(
    "R26",
    step="renew",
    table="household",
    reads=("weight", "labelled"),
    writes=("weight",),
    source="rule R26: labelled households leave the village",
)
def leaving(weight: int, labelled: int) -> int:
    """Households that are left: weight - labelled."""
    return weight - labelled


@rule(
    "R26",
    step="share",
    table="household",
    reads=("labelled", "stock", "village.stock", "village.herd"),
    parameters=("stock_lost",),
    writes=("passed",),
    source="rule R26: thirty per cent are lost",
)
def passed_on(
    labelled: int, stock: int, village_stock: int, village_herd: float, stock_lost: float
) -> float:
    """Return the animals that collective farms get of the labelled of the row, in cattle units.

    The country's losses of animals hold what is lost inside.
    """
    each = village_herd * 1.0e6 * stock / max(village_stock, 1)
    return labelled * each * (1.0 - stock_lost)
