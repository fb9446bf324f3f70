"""The order of the quarter: which rules act, when, and that the order is sound.

Each phase lists rules in the order in which they act. What a rule writes is there at once: a rule
after it, of the same phase too, reads the new value. Within a phase no column is written twice. The
order follows section 2 of the specification of the model, but for what the trial did otherwise:
coordination, managers, capital and skill are renewed in every quarter, after output, and effort in
farms follows the pressure of the quarter. It is written down by hand and checked (`faults`): that
of rows is composed from what rules declare.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, final

from sovplan.foundation.engine.block import Piece
from sovplan.foundation.engine.piece import Step
from sovplan.society.nation import (
    ages,
    animals,
    apparatus,
    camps,
    debts,
    defects,
    drive,
    food,
    frontier,
    grain,
    investment,
    labour,
    levy,
    links,
    losses,
    market,
    money,
    people,
    printed,
    production,
    purse,
    shadow,
    strikes,
    trade,
    unrest,
    village,
)

EVERY: Final = (1, 2, 3, 4)


@final
@dataclass(frozen=True, slots=True)
class Phase:
    """Rules of one step that act together.

    Parameters
    ----------
    name
        What the phase does.
    step
        Step of the year that it belongs to; that of all its rules.
    pieces
        Rules and blocks, in order.
    quarters
        Quarters in which it acts.
    """

    name: str
    step: Step
    pieces: tuple[Piece, ...]
    quarters: tuple[int, ...] = EVERY


ORDER: Final = (
    Phase("who joins and who leaves", "decide", (printed.joining, printed.leaving)),
    Phase("pressure on the village", "decide", (village.collectivisation, unrest.riots)),
    Phase("answer to unrest", "decide", (strikes.answer,)),
    Phase("animals", "make", (
        village.recovery, village.farm_effort, animals.slaughter, animals.herd, animals.horses)),
    Phase("harvest", "make", (
        village.draught, village.field_effort, village.harvest, food.net_grain), (3,)),
    Phase("reports and requisition", "share", (levy.reported_harvest, levy.levy), (3,)),
    Phase("what is printed", "share", (printed.printed_harvest, printed.seen_harvest), (3,)),
    Phase("expectation", "share", (
        grain.expected_harvest, printed.harvest_known, printed.quota_harvest), (3,)),
    Phase("prices", "share", (market.clearing, market.mark_up, market.price, unrest.shortage)),
    Phase("what the village feels", "share", (purse.scarcity,)),
    Phase("offers of grain", "share", (grain.yearly_offer, grain.hold_share, grain.offers)),
    Phase("what the state takes", "share", (grain.taking,)),
    Phase("what is left of it", "share", (grain.after_seizure,)),
    Phase("trade abroad", "draft", (trade.private_imports, debts.displacing)),
    Phase("what trade can pay", "draft", (debts.paid_machines,)),
    Phase("quality of inputs, hands in camps, chains of suppliers", "make", (
        defects.input_quality, defects.input_need, camps.camp_hands, camps.free_hands,
        links.chains, frontier.plant_worth, drive.hours_part, labour.hands_needed,
        labour.hands_idle, labour.out_of_work)),
    Phase("output", "make", (
        labour.hands, drive.pay_and_law, drive.say_and_hours, drive.bonus_drive,
        drive.piece_drive, labour.effort, labour.taut_gain, labour.technique,
        production.possible, production.farm_output, production.light_goods, production.services,
        production.bottlenecks)),
    Phase("materials that are there", "make", (production.materials,)),
    Phase("what is left of output", "make", (
        investment.balance, investment.arms_made, investment.investment,
        apparatus.display_waste)),
    Phase("money of towns", "share", (money.town_money,)),
    Phase("shops", "share", (
        debts.missed, investment.goods, investment.town_need, investment.goods_shared)),
    Phase("queues and payments", "share", (
        money.shops, money.rations, trade.payments)),
    Phase("debts abroad", "share", (debts.debts,)),
    Phase("pay of the village", "share", (purse.village_pay,)),
    Phase("purse of the village", "share", (purse.village_purse,)),
    Phase("theft", "share", (shadow.theft,)),
    Phase("links of plan and market", "renew", (links.dissolution,)),
    Phase("moving and learning", "renew", (
        investment.capital, investment.tractors, people.migration, drive.unsettled,
        drive.turnover, labour.skill,
        labour.coordination, labour.managers, unrest.base_change, unrest.trust)),
    Phase("leaving the towns", "renew", (debts.flight_open, losses.return_migration)),
    Phase("technique from abroad", "renew", (frontier.absorption,)),
    Phase("what workers want", "renew", (strikes.wants, strikes.strikes)),
    Phase("grain of the year", "share", (food.use_of_grain,), (4,)),
    Phase("what is not sown", "renew", (printed.unsown,), (4,)),
    Phase("rates by age", "renew", (ages.age_rates,), (4,)),
    Phase("births, deaths, the next year", "renew", (
        food.hunger, food.hunger_in_towns, people.birth_hunger, people.vital_rates,
        people.births_and_deaths, people.food_had, people.goods_had, people.living,
        unrest.private_trade, shadow.shadow, unrest.strata, village.sowing), (4,)),
    Phase("war, disease, flight abroad", "renew", (losses.war_losses,), (4,)),
    Phase("a year older", "renew", (ages.a_year_older,), (4,)),
    Phase("papers, privilege, camps", "renew", (
        apparatus.distortion, apparatus.privilege, camps.prisoners), (4,)),
)  # fmt: skip
"""Phases of the quarter. `quarters` of a phase and of its rules must agree."""


def quarter_of(quarter: int, order: tuple[Phase, ...] = ORDER) -> Iterator[Piece]:
    """Yield the rules of a quarter in order."""
    for phase in order:
        if quarter in phase.quarters:
            yield from phase.pieces


def rules(order: tuple[Phase, ...] = ORDER) -> tuple[Piece, ...]:
    """Return all rules in the order of the quarter."""
    return tuple(piece for phase in order for piece in phase.pieces)


def switches(order: tuple[Phase, ...] = ORDER) -> tuple[str, ...]:
    """Return the names of all switches, in the order of the numbers of their rules."""
    pairs = {(piece.number, piece.switch) for piece in rules(order) if piece.switch}
    return tuple(dict.fromkeys(switch for _, switch in sorted(pairs)))


def faults(
    known: Iterable[str], paths: Iterable[str], order: tuple[Phase, ...] = ORDER
) -> Iterator[str]:
    """Yield what is wrong with an order.

    Parameters
    ----------
    known
        Columns that are there before the first quarter; those of sectors as `sectors.x`.
    paths
        Names that are given in every quarter.
    order
        Phases of a quarter.
    """
    there, given = set(known), set(paths)
    for quarter in EVERY:
        for phase in order:
            if quarter not in phase.quarters:
                continue
            written: set[str] = set()
            for piece in phase.pieces:
                lacking = [name for name in _reads(piece) if name not in there | given]
                lacking += [name for name in piece.institutions if name not in given]
                yield from (f"{piece.name} reads {name} before it is written" for name in lacking)
                names = written_names(piece)
                yield from (
                    f"{phase.name}: {name} is written twice" for name in names if name in written
                )
                yield from (f"{piece.name} writes {name}, which is given"
                            for name in names if name in given)  # fmt: skip
                if piece.step != phase.step:
                    yield f"{piece.name} belongs to {piece.step}, not to {phase.step}"
                if piece.quarters and piece.quarters != phase.quarters:
                    yield f"{piece.name} acts in other quarters than its phase"
                written.update(names)
                there.update(names)


def _reads(piece: Piece) -> Iterator[str]:
    for name in piece.reads:
        table, dot, column = name.partition(".")
        if table == "nation":
            yield column
        elif table == "ages":
            yield name
        elif dot:  # a cell of the table of sectors, or the whole column
            yield f"sectors.{column}"
        else:
            yield f"sectors.{name}" if piece.table == "sectors" else name


def written_names(piece: Piece) -> list[str]:
    """Return what a rule writes; columns of sectors as `sectors.x`."""
    return [_whole(name, piece) for name in piece.writes]


def _whole(name: str, piece: Piece) -> str:
    return f"sectors.{name}" if piece.table == "sectors" else name
