"""Who pays the tax in kind: rule R22 for households."""

from sovplan.foundation.engine.rule import rule
from sovplan.society.farms.grain import KILOGRAMS


@rule(
    "R22",
    step="share",
    table="household",
    reads=("harvest", "log_wealth", "inside", "village.mean"),
    institutions=("tax_progress",),
    writes=("tax_weight",),
    source="specification of the model, R22; scales of the single agricultural tax for the form",
    switch="farms.tax_progress",
    off={"tax_progress": 0.0},
)
def tax_weight(
    harvest: float, log_wealth: float, inside: float, village_mean: float, tax_progress: float
) -> int:
    """Weight in the tax = harvest (1 + (1 - inside) tax_progress (ln W - mean))+, whole grams.

    tau_k = tau (1 + progress ln(W / mean)) of who farms his own land; a rate below 0 pays nobody.
    """
    rate = 1.0 + (1.0 - inside) * tax_progress * (log_wealth - village_mean)
    return int(harvest * max(rate, 0.0) * 1000.0)


@rule(
    "R22",
    step="inspect",
    table="household",
    reads=("tax_weight", "village.tax_weight", "village.tax"),
    writes=("taxed",),
    source="rule R22: the country's tax, shared out",
)
def taxed(tax_weight: int, village_tax_weight: int, village_tax: float) -> float:
    """Grain that a household pays as tax: the country's tax by weight, kilograms."""
    return village_tax * KILOGRAMS * tax_weight / max(village_tax_weight, 1)
