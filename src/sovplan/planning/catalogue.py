"""The planning methods by name; a new one is one file and one line here."""

from collections.abc import Callable
from typing import Final

from sovplan.planning.balances import balances
from sovplan.planning.decree import command_plan
from sovplan.planning.feldman import feldman
from sovplan.planning.harmony.corrected import harmony
from sovplan.planning.harmony.translate import harmony_published
from sovplan.planning.market.draft import market
from sovplan.planning.optimum import optimum
from sovplan.planning.receding.draft import receding_plan
from sovplan.planning.rounds.draft import rounds_plan
from sovplan.planning.techniques import techniques
from sovplan.records.draft import Draft

METHODS: Final[dict[str, Callable[..., Draft]]] = {
    "optimum": optimum,
    "balances": balances,
    "techniques": techniques,
    "harmony": harmony,
    "harmony-published": harmony_published,
    "receding": receding_plan,
    "command": command_plan,
    "market": market,
    "feldman": feldman,
    "rounds": rounds_plan,
}
"""Each takes returns, aims and years, and gives a draft or refuses in one sentence."""
