"""Inside the collective farm: field and plot, income by office: rule R27."""

from sovplan.foundation.engine.rule import rule


@rule(
    "R27",
    step="draft",
    table="village",
    reads=("crop", "taken", "ordered"),
    institutions=("plot_allowed", "grain_price"),
    parameters=("plot_ratio", "plot_most", "quota_price"),
    writes=("plot_hours", "plot_income", "field_pay"),
    source="seeds C07-C09; what an hour on the field is paid is ours",
    switch="farms.plots",
    off={"plot_allowed": 0.0},
)
def plot(
    crop: float, taken: float, ordered: float, plot_allowed: float, grain_price: float,
    plot_ratio: float, plot_most: float, quota_price: float,
) -> tuple[float, float, float]:  # fmt: skip
    """Return the share of hours on the plot, of income from it, and the pay of an hour of field.

        h = min(plot_most, plot_ratio / (plot_ratio + pay)),   income = h r / (h r + (1 - h) pay)
        pay = 1 - (1 - g) taken / harvest

    An hour of field makes 1, on the plot plot_ratio, which is sold at the free price, 1; g is the
    price that the state pays over other farm prices, quota_price of it under a quota. Weak: pay is
    at most 1, so h lies at its bound.
    """
    price = min(grain_price, 1.0) * (quota_price if ordered > 0.0 else 1.0)
    pay = max(1.0 - (1.0 - price) * taken / crop, 0.0)
    hours = min(plot_most, plot_ratio / (plot_ratio + pay)) * plot_allowed
    made = hours * plot_ratio
    return hours, made / (made + (1.0 - hours) * pay), pay


@rule(
    "R27",
    step="draft",
    table="village",
    reads=("effort",),
    institutions=("farm_self_rule",),
    parameters=("chair_pay", "farm_size"),
    writes=("chair", "plain"),
    source="rule R27: chairs have 2 to 3 times the mean; voted rules end it (seed G08)",
    switch="farms.offices",
    off={"chair_pay": 1.0},
)
def offices(
    effort: float, farm_self_rule: float, chair_pay: float, farm_size: float
) -> tuple[float, float]:
    """Return incomes of the chair and of a plain member over the mean of members, by effort.

    One of farm_size is chair; the mean is 1 at full effort.
    """
    chair = 1.0 + (chair_pay - 1.0) * (1.0 - farm_self_rule)
    return chair * effort, (farm_size - chair) / (farm_size - 1.0) * effort
