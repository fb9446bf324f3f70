"""Foreign trade and its monopoly for the whole country: rule R40.

Gold roubles are those of the trade statistics; home prices are milliard roubles of 1926/27.
"""

from sovplan.foundation.engine.rule import rule


@rule(
    "R40",
    step="draft",
    table="nation",
    reads=("charged_price", "goods"),
    institutions=("trade_monopoly", "machine_imports"),
    parameters=("home_cost", "mono_leak", "import_open", "import_most"),
    writes=("smuggled_share", "import_share", "machines_imported"),
    source="seeds P02, P03; Hunter, Bresnahan and Rutan 1981; form of the specification",
    switch="rules.trade",
    off={"trade_monopoly": 1.0, "mono_leak": 0.0},
)
def private_imports(
    charged_price: float,
    goods: float,
    trade_monopoly: float,
    machine_imports: float,
    home_cost: float,
    mono_leak: float,
    import_open: float,
    import_most: float,
) -> tuple[float, float, float]:
    """Return smuggled and freely imported goods over those made, and machines still bought abroad.

        gap = (home_cost p - 1)+
        smuggled = mono_leak monopoly gap,   imported = min( most, import_open (1 - monopoly) gap )
        machines = (machines planned - imported goods / (home_cost p))+

    Under the monopoly the plan chooses what comes in and machines come as planned; without it goods
    that are dear at home are bought abroad first, with the same currency. Smuggled goods are shown
    and do not act: the calibrated numbers hold them.
    """
    abroad = home_cost * charged_price
    gap = max(0.0, abroad - 1.0)
    open_share = min(import_most, import_open * (1.0 - trade_monopoly) * gap)
    paid = open_share * goods / abroad
    machines = max(0.0, machine_imports - paid)
    return mono_leak * trade_monopoly * gap, open_share, machines


@rule(
    "R40",
    step="share",
    table="nation",
    reads=("machines_imported",),
    institutions=("grain_exports", "exports_other", "trade_credit",
                  "world_grain_price", "world_prices", "machine_price"),
    parameters=("tot",),
    writes=("grain_sold_abroad", "exports_gold", "imports_gold", "machinery_gold",
            "machinery_share", "other_imports", "grain_for_machines", "trade_terms"),
    source="identity of payments; prices of grain: specification of the model, R40",
)  # fmt: skip
def payments(
    machines_imported: float,
    grain_exports: float,
    exports_other: float,
    trade_credit: float,
    world_grain_price: float,
    world_prices: float,
    machine_price: float,
    tot: float,
) -> tuple[float, float, float, float, float, float, float, float]:
    """Return what goods abroad earned and bought, million gold roubles a year, and its terms.

        grain = tot price grain_exports,   exports = grain + tot p_x other exports
        imports = (exports + credit)+,   machinery = 1000 machines imported
        other imports = imports - machinery       below nought: machines that nobody paid for
        grain for machines = tonnes of grain for a thousand gold roubles of machines of 1928

    Imports of the year are what exports and credit pay for: nothing is drawn from reserves, and
    credit that is paid back (below nought) takes all that exports earn at most. A
    rouble of machines is a gold rouble of the year, as the trial took them.
    """
    grain = tot * world_grain_price * grain_exports
    exports = grain + tot * world_prices * exports_other
    imports = max(0.0, exports + trade_credit)
    machinery = 1000.0 * machines_imported
    share = machinery / imports if imports > 0.0 else 0.0
    rate = 1000.0 * machine_price / (tot * world_grain_price)
    terms = tot * world_prices / machine_price
    return grain, exports, imports, machinery, share, imports - machinery, rate, terms
