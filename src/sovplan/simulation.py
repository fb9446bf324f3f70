"""One planning year with simulated participants. Read this file first.

Six steps: survey, draft, decide, carry out (make and share out), inspect, renew. Planners, councils
and inspectors are given papers; what is so they never see.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import final

from sovplan.charter import charter_of
from sovplan.foundation.shapes import Matrix
from sovplan.inspection.inspect import inspect
from sovplan.records.documents import Ballots, Decision, Findings
from sovplan.records.draft import Draft
from sovplan.records.institutions import Institutions
from sovplan.records.parameters import Parameters
from sovplan.records.returns import Returns
from sovplan.records.scenario import Scenario
from sovplan.records.tasks import Tasks, tasks_of
from sovplan.records.yearbook import Yearbook
from sovplan.society.accounts import check_accounts
from sovplan.society.answers import Filed, Luck, audit_of, declared, honest_errors, reported
from sovplan.society.books import Books, kept_books, opening_stocks
from sovplan.society.life import next_society, next_world
from sovplan.society.managers import padding
from sovplan.society.opinion import vote
from sovplan.society.people import Society, staffed
from sovplan.society.shared import Shared
from sovplan.society.work import conduct_of, put_back, shared_out, targets_of
from sovplan.world.production import Conduct, Outcome, produce
from sovplan.world.state import World


@final
@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """What a year is given: institutions in force, parameters, scenario, seed, number of voters."""

    institutions: Institutions
    parameters: Parameters
    scenario: Scenario
    seed: int
    voters: int = 2000


@final
@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """What is so on the first day of a year: the world, its people, and who holds its stocks."""

    world: World
    society: Society
    held: Matrix


@final
@dataclass(frozen=True, slots=True, eq=False)
class Year:
    """A year: its papers, what happened, and what the next begins with."""

    book: Yearbook
    begun: Start
    returns: Returns
    drafts: tuple[Draft, ...]
    ballots: Ballots | None
    decision: Decision
    tasks: Tasks
    conduct: Conduct
    outcome: Outcome
    shared: Shared
    books: Books
    filed: Filed
    findings: Findings
    next: Start

    @property
    def adopted(self) -> Draft:
        """The draft that was adopted."""
        return next(one for one in self.drafts if one.method == self.decision.winners[0])


def first_day(world: World, society: Society) -> Start:
    """Return the first day of a run."""
    return Start(world, society, opening_stocks(world.economy, world.workshops))


def simulate_year(start: Start, given: Given) -> Year:
    """Return one planning year: what was filed, what happened, and what the next begins with."""
    start = replace(start, society=staffed(start.society, given.institutions.officials_share))
    world, society, rules = start.world, start.society, (given.institutions, given.parameters)
    luck = Luck(given.seed, world.year)
    charter = charter_of(given.institutions, society.prices, society.targets)

    returns = declared(world, society, *rules, luck)  # survey
    drafts = tuple(planner(returns) for planner in charter.planners)  # draft
    ballots = _asked(drafts, society, given, luck) if charter.asks else None  # decide
    decision = charter.decide(drafts, ballots, f"{luck.seed} {luck.year}")
    adopted = next(one for one in drafts if one.method == decision.winners[0])

    tasks = tasks_of(adopted)  # carry out: make
    conduct = conduct_of(world, society, tasks, rules, (given.scenario, luck))
    outcome = produce(world, tasks, conduct)
    shared = shared_out(society, outcome, adopted, *rules)  # carry out: share out
    outcome = put_back(world.economy, outcome, shared)

    books = kept_books(world.economy, world.workshops, outcome, start.held)  # carry out: report
    made = outcome.shop_activity * outcome.shop_yields
    added = padding(made, targets_of(world, tasks), society.scruple, *rules)
    audit = audit_of(len(books.names), *rules, luck)
    filed = reported(world.economy, books, added, society, audit)
    findings = inspect(filed.reports, honest_error=honest_errors(returns.declared))  # inspect

    book = Yearbook(world.year).file(returns, *drafts, *([ballots] if ballots else []), decision)
    book = book.file(*filed.reports, findings)
    said = world.workshops.total(outcome.shop_activity * (1.0 + added), len(tasks.activity))
    known = replace(society, prices=shared.published, said=said, targets=tasks.activity)
    after = next_society(known, given.scenario, shared, filed)
    next_start = Start(next_world(world, tasks, outcome), after, books.closing)  # renew
    check_accounts(outcome, shared, books, work=(tasks, conduct),
                   before=(world, society), after=(next_start.world, after),
                   growth=given.scenario.growth)  # fmt: skip
    return Year(book, start, returns, drafts, ballots, decision, tasks, conduct, outcome, shared,
                books, filed, findings, next_start)  # fmt: skip


def simulate_years(start: Start, given: Iterable[Given]) -> Iterator[Year]:
    """Yield years, each beginning where the one before ended."""
    for now in given:
        year = simulate_year(start, now)
        yield year
        start = year.next


def _asked(drafts: tuple[Draft, ...], society: Society, given: Given, luck: Luck) -> Ballots:
    return vote(drafts, society.strata, given.institutions.rural_vote, given.voters, luck)
