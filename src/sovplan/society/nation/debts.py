"""What is owed abroad and what trade can pay for, goods that are missed: rules R40, R16, R29.

Gold roubles are those of the trade statistics, in millions; flows a year. What acts back on the
country is off under history: `as_it_was_whole` puts it in force.
"""

from sovplan.foundation.engine.rule import rule


@rule(
    "R40",
    step="draft",
    table="nation",
    reads=("import_share", "smuggled_share"),
    institutions=("imports_displace",),
    parameters=("import_displaces",),
    writes=("traded_share", "light_displaced"),
    source="specification of the model, R40: industry makes 1 - 0.5 share of what it would",
    switch="rules.displacing",
    off={"imports_displace": 0.0},
)
def displacing(
    import_share: float,
    smuggled_share: float,
    imports_displace: float,
    import_displaces: float,
) -> tuple[float, float]:
    """Return goods from abroad over those made at home, and the share that is no longer made.

        s = imported + smuggled,   made' = made (1 - displaces s)+,   traded = s made'

    Without `imports_displace` light industry makes what it would, smuggled goods do not count, and
    what is displaced is taken off what is traded: (1 - displaces) imported.
    """
    if not imports_displace:
        return (1.0 - import_displaces) * import_share, 0.0
    share = import_share + smuggled_share
    return share, min(1.0, import_displaces * share)


@rule(
    "R40",
    step="draft",
    table="nation",
    reads=("machines_imported", "debt_abroad"),
    institutions=("trade_balanced", "debt", "blockade", "grain_exports", "exports_other",
                  "trade_credit", "world_grain_price", "world_prices"),
    parameters=("tot", "debt_old", "debt_rate", "machines_of_imports"),
    writes=("machines_imported", "debt_service", "old_claims", "machines_unpaid"),
    source="specification of the model, R40: imports p_m <= exports p_x tot + credit",
    switch="rules.trade_balance",
    off={"trade_balanced": 0.0, "debt_rate": 0.0},
)  # fmt: skip
def paid_machines(
    machines_imported: float,
    debt_abroad: float,
    trade_balanced: float,
    debt: float,
    blockade: float,
    grain_exports: float,
    exports_other: float,
    trade_credit: float,
    world_grain_price: float,
    world_prices: float,
    tot: float,
    debt_old: float,
    debt_rate: float,
    machines_of_imports: float,
) -> tuple[float, float, float, float]:
    """Return machines that can be paid, interest due abroad, old claims, and machines given up.

        old = debt_old x share that is recognised,   due = debt_rate (old + debt+)
        means = ( (exports + credit) (1 - blockade) - due )+
        machines <= machines_of_imports means / 1000

    Repudiation is a recognised share of 0: it frees the interest, and lenders answer with a
    blockade or without credit, both given. Without `trade_balanced` interest is told and nobody
    pays it, and machines come as planned.
    """
    old = debt_old * debt
    due = debt_rate * (old + max(0.0, debt_abroad))
    earned = tot * (world_grain_price * grain_exports + world_prices * exports_other)
    means = max(0.0, (earned + trade_credit) * (1.0 - blockade) - due)
    most = machines_of_imports * means / 1000.0
    bought = min(machines_imported, most) if trade_balanced else machines_imported
    return bought, due, old, machines_imported - bought


@rule(
    "R40",
    step="share",
    table="nation",
    reads=("exports_gold", "imports_gold", "other_imports", "machinery_gold", "machinery_share",
           "debt_abroad", "debt_service"),
    institutions=("trade_balanced", "blockade"),
    writes=("exports_gold", "imports_gold", "other_imports", "machinery_share", "debt_abroad",
            "interest_paid"),
    source="identity of payments",
    switch="rules.debts",
    off={"trade_balanced": 0.0, "blockade": 0.0},
)  # fmt: skip
def debts(
    exports_gold: float,
    imports_gold: float,
    other_imports: float,
    machinery_gold: float,
    machinery_share: float,
    debt_abroad: float,
    debt_service: float,
    trade_balanced: float,
    blockade: float,
) -> tuple[float, float, float, float, float, float]:
    """Return trade after a blockade and interest, and what is owed abroad at the end.

        open = 1 - blockade trade_balanced,   exports' = open exports
        paid = trade_balanced min( due, open imports ),   imports' = open imports - paid
        debt' = debt + (imports' + paid - exports') / 4

    Debt is what was bought abroad beyond what was sold since the start, so gold that was sold
    counts as owed: the paths hold both in one. Claims of before 1918 stand beside it. Under history
    interest is not in the account: trade statistics know goods only.
    """
    if not trade_balanced:
        debt = debt_abroad + (imports_gold - exports_gold) / 4.0
        return exports_gold, imports_gold, other_imports, machinery_share, debt, 0.0
    left = 1.0 - blockade
    exports, there = left * exports_gold, left * imports_gold
    paid = min(debt_service, max(0.0, there))
    imports = there - paid
    share = machinery_gold / imports if imports > 0.0 else 0.0
    debt = debt_abroad + (imports + paid - exports) / 4.0
    return exports, imports, imports - machinery_gold, share, debt, paid


@rule(
    "R16",
    step="share",
    table="nation",
    reads=("theft_share",),
    institutions=("theft_missed",),
    writes=("missed_share",),
    source="specification of the model, R16: output available = y (1 - th)",
    switch="rules.theft_missed",
    off={"theft_missed": 0.0},
)
def missed(theft_share: float, theft_missed: float) -> float:
    """Return the share of goods that is missed in the shops: what was stolen a quarter before.

    missed = theft_missed th. Without it stolen goods are used by somebody, and nobody lacks them.
    """
    return theft_missed * theft_share


@rule(
    "R29",
    step="renew",
    table="nation",
    reads=("town_flight", "hunger_town"),
    institutions=("flight_later",),
    writes=("flight_open",),
    source="specification of the model, R29: return migration when towns starve",
    switch="rules.later_flight",
    off={"flight_later": 0.0},
)
def flight_open(town_flight: float, hunger_town: float, flight_later: float) -> float:
    """Return whether hungry townspeople go back to the village.

    open = max( given to 1920, flight_later [people of towns died of hunger in the year before] )
    """
    return max(town_flight, flight_later * (hunger_town > 0.0))
