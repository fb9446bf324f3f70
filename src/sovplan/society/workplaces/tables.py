"""The tables of workplaces: plants, branches, the centre; which columns are papers.

Papers stand in columns of their own, listed in `PAPERS`. Whoever plans or inspects reads papers and
never what is so: a test holds the declared reads of their rules against the list.
"""

from typing import Final

from sovplan.foundation.engine.tables import Column, Count, Reference, Table

BRANCHES: Final = ("heavy", "machines", "building", "light", "services")
"""Branches in the order of their codes; farms are rows of another kind."""

MOST: Final = 1 << 50
"""Greatest claim: sums of all of them stay whole numbers of eight bytes."""
_MONEY: Final = "roubles of 1926/27 a year"

WORKPLACE: Final = Table(
    "workplace",
    (
        Column("branch", "whole", "u1", text="branch"),
        Column("stands_for", "whole", "u4", text="workplaces that the row stands for"),
        Column("size", "real", "f8", text="share of the capacity of its branch"),
        Column("below", "real", "f8", text="share of its branch that larger plants make"),
        Column("scruple", "real", "f8", text="how far its manager shuns a false paper, 0 to 1"),
        Column("capacity", "real", "f8", "flow", _MONEY, "what could be made without haste, so"),
        Column("stated", "real", "f8", "flow", _MONEY, "paper: capacity that is stated"),
        Column("need", "real", "f8", "flow", _MONEY, "paper: output for which it asks materials"),
        Column("error", "real", "f8", "flow", "log", "log error of its draft; nobody knows it"),
        Column("last_error", "real", "f8", unit="log", text="that of the draft before"),
        Column("drafted", "real", "f8", "flow", _MONEY, "paper: target as drafted"),
        Column("target", "real", "f8", unit=_MONEY, text="paper: target as adopted"),
        Column("taut", "real", "f8", "flow", text="target over capacity"),
        Column("gain", "real", "f8", "flow", text="what tautness does to output, so"),
        Column("keen", "real", "f8", "flow", text="what a bonus in sight does to output, so"),
        Column("late", "real", "f8", "flow", text="output moved to the last quarter by haste, so"),
        Column(
            "part", "whole", "i8", "flow", text="claim on the output of its branch, so",
            low=0, high=MOST,
        ),
        Column("made", "real", "f8", "flow", _MONEY, "what was made, so"),
        Column("stolen", "real", "f8", "flow", _MONEY, "what was carried off of it, so"),
        Column("received", "real", "f8", "flow", _MONEY, "paper: what users counted in"),
        Column("reported", "real", "f8", "flow", _MONEY, "paper: what it says it made"),
        Column("untrue", "whole", "u1", "flow", text="1 where the report is not so"),
        Column("quality", "real", "f8", "flow", text="use of a rouble of output, so"),
        Column("chance", "real", "f8", "flow", text="chance that its report is found false"),
        Column("caught", "whole", "u1", "flow", text="paper: 1 where a finding was filed"),
        Column("finding", "real", "f8", "flow", _MONEY, "paper: report over what users had"),
        Column("record", "real", "f8", unit=_MONEY, text="paper: report less findings"),
        Column("norm", "real", "f8", text="paper: norm of piecework over that of the first year"),
        Column("met", "real", "f8", "flow", text="output of plant at hand over its norm, so"),
        Column("piece_pay", "real", "f8", "flow", text="pay of an hour over that at the norm"),
        Column("bonus", "real", "f8", "flow", text="paper: bonus of the manager over salary"),
        Column("bonus_earned", "real", "f8", "flow", text="bonus that output would have brought"),
    ),
    references=(
        Reference("of", "branch", (("branch", len(BRANCHES)),)),
        Reference("centre", "centre", ()),
    ),
)  # fmt: skip
BRANCH: Final = Table(
    "branch",
    (
        Column("output", "real", "f8", unit=_MONEY, text="output of the country, so"),
        Column("capacity", "real", "f8", unit=_MONEY, text="output without haste or shortage"),
        Column("supply", "real", "f8", text="output over what hands and plant could make"),
        Column("theft", "real", "f8", text="share of its goods that is stolen"),
        Column("last_quarter", "real", "f8", text="share of the fourth quarter, without haste"),
        Column("parts", "whole", "i8", "flow", text="claims of its workplaces"),
    ),
)  # fmt: skip
CENTRE: Final = Table(
    "centre",
    (
        Column("participation", "real", "f8", text="forced state: share that takes part"),
        Column("appointed_share", "real", "f8", text="forced state: officials named from above"),
        Column("repression", "real", "f8", text="forced state: repression, 0 to 1"),
        Column("distortion", "real", "f8", text="share of what goes up that is distorted"),
        Column("hidden", "real", "f8", "flow", text="share of capacity hidden on average"),
        Column("error_spread", "real", "f8", "flow", "log", "spread of errors of drafts"),
        Column("error_kept", "real", "f8", "flow", text="share of an error that comes again"),
        Column("by_state", "real", "f8", "flow", text="chance that inspectors find a large lie"),
        Column("by_workers", "real", "f8", "flow", text="chance that workers find it"),
        Column("by_users", "real", "f8", "flow", text="chance that users find it"),
        Column("by_balances", "real", "f8", "flow", text="chance that balances find it"),
        Column("found", "real", "f8", "flow", text="chance that anybody finds it"),
    ),
)

COUNTS: Final = (Count("of.parts", "part", "workplace", "make"),)
TABLES: Final = (WORKPLACE, BRANCH, CENTRE)

PAPERS: Final = frozenset(
    f"workplace.{name}"
    for name in ("stated", "need", "drafted", "target", "received", "reported", "caught",
                 "finding", "record", "norm", "bonus")
)  # fmt: skip
"""What is said, by table and column."""
TRUTH: Final = frozenset(
    f"{table.name}.{column}"
    for table, names in (
        (WORKPLACE, ("capacity", "below", "scruple", "taut", "gain", "keen", "late", "part", "made",
                     "stolen", "untrue", "quality", "chance", "met", "piece_pay", "bonus_earned")),
        (BRANCH, ("output", "capacity", "supply", "theft", "last_quarter", "parts")),
    )
    for column in names
)  # fmt: skip
"""What is so of workplaces and branches."""
