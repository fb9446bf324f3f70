"""Persons of the country: its numbers to the person, accounts, engines, switches, equations."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.society.persons.lives import ROWS, books, by_name, lived, setting

from sovplan.foundation.engine.engine import Kind, digest
from sovplan.foundation.errors import IdentityBroken
from sovplan.history.forced import forced_states
from sovplan.regimes.model import model_parameters
from sovplan.society.classes import CLASSES, EMPLOYEE, OFFICIAL, PRISONER, SOLDIER, STUDENT
from sovplan.society.nation.measures import measures
from sovplan.society.nation.order import switches as of_the_nation
from sovplan.society.persons import hiring, living, ranks
from sovplan.society.persons.accounts import Ledger, close
from sovplan.society.persons.drawing import Drawing
from sovplan.society.persons.handed import INSTITUTIONS, handed, persons
from sovplan.society.persons.tables import HIRING, TOWN, VILLAGE
from sovplan.society.persons.tally import Census
from sovplan.society.persons.year import PERSONS_KIND, SWITCHES, Persons

FIRST = range(1921, 1924)


def after(
    years: range, rows: int = ROWS, *, off: tuple[str, ...] = (), seed: int = 1,
    regime: str = "as_it_was",
) -> Persons:  # fmt: skip
    found = Persons(setting(rows, off=off, seed=seed, regime=regime), "arrays")
    lived(found, years, regime)
    return found


def weight_of(found: Persons, mask: np.ndarray) -> int:
    people = found.rows["people"]
    return int(people["weight"][mask & people.here].sum(dtype=np.int64))


# ---- numbers of the nation -----------------------------------------------------------------------


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 2**63), st.sampled_from(["as_it_was", "nep_kept"]), st.integers(1000, 2000))
def test_village_and_towns_have_the_people_of_the_nation_to_the_person(
    seed: int, regime: str, rows: int
) -> None:
    found = Persons(setting(rows, seed=seed, regime=regime), "arrays")
    for year, quarters in books(regime).items():
        if year > 1934:
            break
        list(found.live(year, quarters))
        people, nation = found.rows["people"], quarters[-1].nation
        assert weight_of(found, people["place"] == VILLAGE) == round(nation["village"] * 1e6)
        assert weight_of(found, people["place"] == TOWN) == round(nation["town"] * 1e6)


def test_every_branch_has_the_hands_of_the_nation() -> None:
    found = Persons(setting(), "arrays")
    for year in range(1921, 1933):
        list(found.live(year, books()[year]))
        given = handed(books()[year], None, found.setting.inputs, found.parameters)
        people = found.rows["people"]
        for code, name in enumerate(HIRING, start=1):
            at_work = weight_of(found, (people["works"] > 0) & (people["branch"] == code))
            assert at_work == given.hands[name]


def test_hands_of_the_nation_are_shared_out_whole() -> None:
    given = handed(books()[1930], books()[1929][-1], setting().inputs, model_parameters())

    assert sum(given.hands.values()) == pytest.approx(
        persons(books()[1930][-1].nation["workers"]), abs=3
    )


def test_soldiers_and_students_take_the_places_there_are() -> None:
    found = after(range(1921, 1931))
    people = found.rows["people"]
    places = {name: handed(books()[1930], None, found.setting.inputs, found.parameters).values[name]
              for name in ("army", "student_places")}  # fmt: skip

    for state, name in ((SOLDIER, "army"), (STUDENT, "student_places")):
        taken = weight_of(found, people["stratum"] == state)
        assert taken == persons(places[name])


def test_the_share_in_collective_farms_is_that_of_the_nation() -> None:
    found = after(range(1921, 1932))
    people, share = found.rows["people"], books()[1931][-1].nation["collectivised"]
    joined = weight_of(found, people["home"] == CLASSES.index("peasant_collective"))
    own = weight_of(found, people["home"] == CLASSES.index("peasant_own"))

    assert joined / (joined + own) == pytest.approx(share, abs=0.005)


# ---- accounts ------------------------------------------------------------------------------------


def test_goods_handed_down_are_had_and_no_more() -> None:
    found = after(range(1921, 1936))
    ledger = found.ledger

    assert ledger is not None
    assert ledger.flows["goods"] == pytest.approx(ledger.handed, rel=5e-4)
    assert ledger.flows["goods"] <= ledger.handed * 1.000001


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("income", "money is open"),
        ("hours", "hours is open"),
        ("goods", "goods had"),
        ("points", r"\(make\) is open"),
        ("shared", r"\(share\) is open"),
        ("family", r"\(inspect\) is open"),
        ("wanted", r"\(inspect\) is open"),
    ],
)
def test_an_account_that_does_not_close_is_named(name: str, said: str) -> None:
    found = after(FIRST)
    before = found.ledger
    assert before is not None
    given = handed(books()[1924], books()[1923][-1], found.setting.inputs, found.parameters)
    list(found.live(1924, books()[1924]))
    now = found.ledger
    assert now is not None
    more = {**now.flows, name: now.flows[name] * 2 + 1}
    left = int(found.rows["nation"]["estates"][0])
    census = Census.of(found.rows["people"])

    close(now, before, census, given, left)
    with pytest.raises(IdentityBroken, match=said):
        close(replace(now, flows=more), before, census, given, left)


def test_a_person_lost_is_found() -> None:
    found = after(FIRST)
    given = handed(books()[1923], books()[1922][-1], found.setting.inputs, found.parameters)
    found.rows["people"]["weight"][3] += 1
    ledger = found.ledger
    assert isinstance(ledger, Ledger)

    with pytest.raises(IdentityBroken, match=r"people in (village|town) is open by 1"):
        close(ledger, None, Census.of(found.rows["people"]), given, 0)


# ---- engines, luck, switches ---------------------------------------------------------------------


def test_the_three_engines_give_the_same_bits() -> None:
    # Tables above persons are small, and run through NumPy under the compiled engine too.
    found = {kind: Persons(setting(1000), kind, small=900) for kind in KINDS}
    told = {kind: lived(one, range(1921, 1923)) for kind, one in found.items()}

    assert len(found["compiled"].engines[0].compiled) == 4
    assert digest(found["arrays"].rows) == digest(found["plain"].rows)
    assert digest(found["compiled"].rows) == digest(found["plain"].rows)
    assert told["arrays"] == told["plain"] == told["compiled"]


KINDS: tuple[Kind, ...] = ("plain", "arrays", "compiled")


def test_a_seed_moves_persons_and_not_their_number() -> None:
    one, other = after(FIRST), after(FIRST, seed=2)

    assert digest(one.rows) == digest(after(FIRST).rows)
    assert digest(one.rows) != digest(other.rows)


@pytest.mark.parametrize("switch", SWITCHES)
def test_each_switch_changes_persons_and_leaves_their_number(switch: str) -> None:
    years = range(1921, 1923) if switch != "rules.managers_report" else range(1921, 1922)
    regime = "as_it_was"
    other = after(years, 1500, off=(switch,), regime=regime)

    people = other.rows["people"]
    nation = books()[years[-1]][-1].nation
    assert weight_of(other, people["place"] == TOWN) == round(nation["town"] * 1e6)
    if switch not in LATER:
        assert digest(other.rows) != digest(after(years, 1500).rows)


LATER = {"rules.bonds", "rules.norm_changes"}
"""Switches of rules that have nothing to act on in the first years, or under history at all."""


def test_loans_to_the_state_take_money_from_pay() -> None:
    lent = by_name(range(1929, 1931), 1500)["money_kept"]
    kept = by_name(range(1929, 1931), 1500, off=("rules.bonds",))["money_kept"]

    assert lent[1930] != kept[1930]


def test_switches_of_persons_are_their_own() -> None:
    # Prisoners, privilege, turnover and norms are one rule each, for persons and for the country.
    assert set(SWITCHES) & set(of_the_nation()) == {
        "rules.forced_labour", "rules.privilege", "rules.turnover", "rules.norm_changes",
    }  # fmt: skip
    assert set(PERSONS_KIND.switches) - set(SWITCHES) == {"bodies.bribes", "bodies.promotion"}


@pytest.mark.parametrize("year", [1922, 1927, 1932, 1940])
def test_persons_stand_in_the_queue_of_the_markets_and_meet_their_shortage(year: int) -> None:
    found = Persons(setting(1000), "arrays")
    told = {each.series: each.value for each in found.live(year, books()[year])}
    market = measures([q for each in books().values() for q in each], setting().inputs)
    values = handed(books()[year], None, found.setting.inputs, found.parameters).values

    assert told["persons/queue_hours"] == pytest.approx(52.0 * market["queue_hours"][year])
    assert told["persons/queue_hours"] > 3.0
    assert values["town_short"] == pytest.approx(market["town_short"][year])
    nation = found.rows["nation"]
    met = nation["supply"][0] / nation["wanted"][0]
    assert met == pytest.approx(1.0 - market["town_short"][year], abs=1e-3)


def test_every_institution_that_is_handed_down_is_in_force() -> None:
    assert set(INSTITUTIONS) <= set(setting().inputs.institutions)
    given = handed(books()[1930], None, setting().inputs, model_parameters())
    assert given.values["repression"] == forced_states()["repression"][1930].value
    assert given.values["labour_law"] == 0.0


# ---- what the rules say --------------------------------------------------------------------------


def test_scale_of_pay_has_the_spread_that_is_asked_for() -> None:
    off = ("rules.effort_persons", "rules.turnover")
    found = by_name(range(1922, 1929), off=off, changed={"premium_first": 0.0})

    for year, ratio in found["wage_decile"].items():
        # New hands of the year stand elsewhere on the scale than those for whom it was drawn up.
        assert ratio == pytest.approx(found["wage_decile_set"][year], rel=0.15)


def test_a_flat_scale_pays_alike() -> None:
    off = ("rules.wage_scale", "rules.effort_persons")

    assert by_name(range(1925, 1926), off=off)["wage_decile"][1925] == pytest.approx(1.0, abs=0.01)


def test_privilege_follows_its_equation() -> None:
    found = by_name(range(1921, 1926), 1000)["privilege"]
    b, values = model_parameters()["b_min"], model_parameters()
    for year in range(1921, 1926):
        given = handed(books()[year], None, setting().inputs, values).values
        power = given["appointed_share"] * given["administrators"] * (1 - given["participation"])
        aim = values["b_min"] + values["b_slope"] * power * (0.6 + 0.4 * given["inheritance"]) * (
            1 - given["pay_cap"]
        )
        b += values["b_speed"] * (aim - b)
        assert found[year] == pytest.approx(100 * b)


@pytest.mark.parametrize(
    ("law", "vacancy", "unsettled", "leavers"),
    [(0.0, 0.0, 0.0, 0.7), (1.0, 0.0, 0.0, 0.35), (1.0, 0.5, 0.0, 0.97875), (1.0, 0.0, 0.2, 0.45)],
)
def test_law_holds_workers_and_managers_hide_offences_when_hands_are_scarce(
    law: float, vacancy: float, unsettled: float, leavers: float
) -> None:
    found = living.reported.law(vacancy=vacancy, hide_vacancy=0.7)
    assert isinstance(found, float)
    assert found == 1.0 - 0.7 * vacancy
    times = [
        np.ravel(ranks.turnover.law(
            works=1, stratum=2, home=2, nation_best=0.0, nation_reported=found,
            nation_unsettled=unsettled, trade_premium=0.0, vacancy=vacancy,
            labour_law=law, turn0=0.7, turn_v=1.5, law_hold=0.5, gap_weight=1.0,
            change_branch=0.3, offences=0.15, leaving=(k + 0.5) / 500, changing=0.9, absent=0.9,
        ))
        for k in range(500)
    ]  # fmt: skip

    # By hand: (0.7 + 1.5 v + unsettled)(1 - 0.5 law (1 - 0.7 v)).
    assert np.mean([each[0] for each in times]) == pytest.approx(leavers, abs=0.003)


def test_the_young_and_men_and_who_went_to_school_move_first() -> None:
    found = by_name(range(1925, 1930))
    free = by_name(range(1925, 1930), off=("rules.who_moves",))

    for name in ("movers_young", "movers_men"):
        mean, alike = (np.mean(list(one[name].values())) for one in (found, free))
        assert mean > alike + 3


def test_fees_and_quotas_move_who_studies() -> None:
    open_ = by_name(range(1926, 1930), changed={"quota_push": 0.0})
    quota = by_name(range(1926, 1930), changed={"quota_push": 3.0})
    parents = by_name(range(1926, 1930), changed={"quota_push": 0.0, "inh": 2.0})

    assert quota["students/workers"][1929] > open_["students/workers"][1929]
    assert parents["students/posts"][1929] > 1.5 * open_["students/posts"][1929]


def test_prisoners_are_those_before_less_the_freed_and_the_dead_and_the_new() -> None:
    found = Persons(setting(), "arrays")
    lived(found, range(1921, 1932))
    before = weight_of(found, found.rows["people"]["stratum"] == PRISONER)
    values = found.parameters
    figures = {f.series: f.value for f in lived(found, range(1932, 1933))[0]}
    given = handed(books()[1932], books()[1931][-1], found.setting.inputs, values).values
    mort = values["g_mort"] * np.exp(
        values["camp_lack"] * max(0.0, 1 - given["town_food"]) + given["tautness"] - 1
    )

    assert figures["persons/prisoners_dead"] * 1000 == pytest.approx(before * mort, abs=1)
    assert figures["persons/prisoners_mortality"] == pytest.approx(100 * mort, rel=0.01)
    assert figures["persons/prisoners"] * 1000 > before * (1 - values["camp_release"] - mort)


def test_prisoners_who_died_are_prisoners_no_more() -> None:
    # After a year with more deaths than births their places are still empty.
    found = Persons(setting(20_000), "arrays")
    lived(found, range(1921, 1934))
    people = found.rows["people"]
    held = people["stratum"] == PRISONER
    assert (held & ~people.here).any()
    before = weight_of(found, held & people.here)

    figures = {each.series: each.value for each in lived(found, range(1934, 1935))[0]}

    stock = figures["persons/prisoners_dead"] * 1e5 / figures["persons/prisoners_mortality"]
    assert stock == pytest.approx(before, rel=1e-9)


def test_posts_are_as_many_as_said_and_go_down_with_removals() -> None:
    found = after(range(1921, 1926))
    people = found.rows["people"]
    posts = (people["home"] == EMPLOYEE) | (people["home"] == OFFICIAL)
    hired = people["works"] > 0
    part = weight_of(found, hired & posts) / weight_of(found, hired)

    assert part == pytest.approx(found.parameters["salaried"], abs=0.01)


@pytest.mark.parametrize(
    ("gap", "lacking", "women"),
    [(10, 4, 4), (10, -3, 0), (10, 99, 10), (80, 0, 20), (100, 30, 40), (30, 30, 30)],
)
def test_free_posts_go_to_women_until_they_have_their_share(
    gap: int, lacking: int, women: int
) -> None:
    """Of 60 men and 50 women who may rise, women come first by as many as lack, then men."""
    rows = after(range(1921, 1922)).rows["people"]
    draw = Drawing(rows, 1922)
    able = np.zeros(rows.size, dtype=np.bool_)
    sexes = draw["sex"].copy()
    for sex, many in ((0, 6), (1, 5)):
        able[np.flatnonzero(rows.here & (sexes == sex))[:many]] = True
    draw["weight"][able] = 10
    draw["rank_post"][able] = np.arange(able.sum(), dtype=np.float32)

    who = hiring.by_sex(draw, draw.who(able), gap, lacking)

    weight = draw["weight"][who]
    assert weight.sum() == gap
    assert weight[draw["sex"][who] > 0].sum() == women


def test_women_among_officials_are_the_measured_share_unless_the_rule_is_off() -> None:
    def share(off: tuple[str, ...], office: float = 1.0) -> float:
        changed = {"women_office": office}
        found = by_name(range(1923, 1924), 20_000, off=off, changed=changed)
        return found["bodies/women"][1923]

    assert share(()) == pytest.approx(19.0, abs=0.1)
    assert share((), 0.5) == pytest.approx(9.5, abs=0.1)
    assert share(("rules.position",)) > 40.0


def test_women_of_the_pool_are_shared_out_by_pull() -> None:
    needs, pulls = np.array([100.0, 100.0, 100.0]), np.array([0.25, 1.0, 2.0])
    women = hiring._women(needs, pulls, 120)

    assert women.sum() == 120
    odds = women / (needs - women)
    assert odds[2] / odds[1] == pytest.approx(2.0, rel=0.1)
    assert odds[0] / odds[1] == pytest.approx(0.25, rel=0.15)
    assert hiring._women(needs, pulls, 0).sum() == 0
    assert hiring._women(needs, pulls, 300).sum() == 300
