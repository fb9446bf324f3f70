"""The terms on which a table becomes an economy: roles of its final uses, and what is assumed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, final

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.history.readers.notes import Assumption

Role = Literal["target", "public", "investment", "stocks", "exports"]
"""What a final use becomes: a need, a fixed use, new plant, a change of stocks, or exports."""

ROLES: Mapping[str, Role] = {
    "households": "target",
    "nonprofit": "target",
    "npish": "target",
    "government": "target",
    "government_individual": "target",
    "government_collective": "public",
    "gfcf": "investment",
    "business_fixed_investment": "investment",
    "government_fixed_investment": "investment",
    "inventories": "stocks",
    "valuables": "stocks",
    "exports": "exports",
}
"""Roles of the names that final uses have in most tables."""


def assumed(value: float, low: float, high: float, unit: str, name: str) -> Assumption:
    """Return an assumption of the readers; its reason stands in the message catalogue."""
    return Assumption(value, low, high, unit, say(f"readers.assumed.{name}"))


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How a table of one year becomes an economy.

    Parameters
    ----------
    name, title, year
        Code and readable name of the economy; calendar year of the table.
    unit
        Unit of every good: money of the year.
    first_year
        First year of a plan; None for the year of the table itself.
    years
        Years after `year` for which needs are written out; at least 1.
    roles
        What each final use becomes.
    hours_unit
        Unit of hours in economy.toml.
    export_price
        Export price of a good that is exported, as a share of the import price, which is 1.
    trade_cap
        Most imports and exports of a good, as a multiple of the flow of the year.
    utilisation
        Use of capacity in the year; counts only where capital is known.
    growth, labour_growth
        Growth a year of targets and fixed uses, and of the supply of labour, after `year`.
    sources, licence, notes
        For economy.toml.
    """

    name: str
    title: str
    year: int
    unit: str
    first_year: int | None = None
    years: int = 1
    roles: Mapping[str, Role] = field(default_factory=lambda: ROLES)
    hours_unit: str = "hours"
    export_price: Assumption = field(
        default_factory=lambda: assumed(0.95, 0.85, 0.99, "import price", "export_price")
    )
    trade_cap: Assumption = field(
        default_factory=lambda: assumed(1.2, 1.05, 1.5, "flow of the year", "trade_cap")
    )
    utilisation: Assumption = field(
        default_factory=lambda: assumed(0.85, 0.80, 0.90, "capacity", "utilisation")
    )
    growth: Assumption = field(
        default_factory=lambda: assumed(0.0, 0.0, 0.02, "a year", "no_growth")
    )
    labour_growth: Assumption = field(
        default_factory=lambda: assumed(0.0, 0.0, 0.01, "a year", "no_labour_growth")
    )
    sources: str = ""
    licence: str = ""
    notes: str = ""

    def role(self, use: str) -> Role:
        """Return what a final use becomes.

        Raises
        ------
        DataError
            The use has no role.
        """
        if use not in self.roles:
            raise DataError(say("readers.terms.no_role", use=use, known=", ".join(self.roles)))
        return self.roles[use]

    def assumptions(self) -> dict[str, Assumption]:
        """Return what is assumed, by name."""
        return {
            "export_price": self.export_price,
            "trade_cap": self.trade_cap,
            "growth": self.growth,
            "labour_growth": self.labour_growth,
        }
