"""What the regimes state is what the tables say that they name; nothing hangs on a name."""

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from sovplan.records.institutions import CLASSES, IMPOSED, KINDS
from sovplan.regimes.article import Article
from sovplan.regimes.catalogue import REGIMES
from sovplan.regimes.regime import read_regime

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "sovplan"
HEAVY = {"coal", "oil", "oil and gas", "pig iron", "steel", "rolled steel", "iron ore", "cement"}
HEAVY |= {"electricity"}
LIGHT = {"consumer goods", "cotton cloth", "leather footwear", "sugar"}
OPTIMAL = "optimal variant (adopted May 1929)"
RAISED = "raised at the Sixteenth Congress (1930)"
BASIC = "basic (otpravnoi) variant"
SECOND = "plan adopted January-February 1934"
THIRD = "plan adopted March 1939"

Rows = list[dict[str, str]]


def article(regime: str, institution: str, since: int) -> Article:
    found = [
        each
        for each in read_regime(regime).articles
        if (each.institution, each.since) == (institution, since)
    ]
    assert len(found) == 1
    return found[0]


def table(shared: Path, name: str) -> Rows:
    with (shared / "data" / "history" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def growths(rows: Rows, variant: str, products: set[str]) -> dict[str, float]:
    """Return the yearly growth that a plan asked of products."""

    def year(text: str) -> int:
        first, _, second = text.partition("/")
        return int(first) + bool(second)

    return {
        row["product"]: (float(row["target_value"]) / float(row["base_value"]))
        ** (1 / (year(row["target_year"]) - year(row["base_year"])))
        - 1
        for row in rows
        if row["target_variant"] == variant
        and row["product"] in products
        and row["base_value"]
        and not row["unit"].startswith("percent")
    }


def test_the_ambition_for_producer_goods_is_that_of_the_plans(shared: Path) -> None:
    rows = table(shared, "economy/plan_targets.csv")
    first, basic = growths(rows, OPTIMAL, HEAVY), growths(rows, BASIC, HEAVY)
    second, third = growths(rows, SECOND, HEAVY), growths(rows, THIRD, HEAVY)
    made = {
        row["year"]: float(row["value"])
        for row in table(shared, "economy/industry.csv")
        if row["series"] == "pig_iron" and row["year"] == "1930"
    }
    value = growths(rows, SECOND, {"producer goods"})["producer goods"]
    raised = growths(rows, RAISED, HEAVY)["pig iron"]

    expected = {
        1929: (median(first.values()), basic["oil"], first["electricity"]),
        1930: (raised, first["pig iron"], (17 / made["1930"]) ** (1 / 3) - 1),
        1933: (median(second.values()), value, second["rolled steel"]),
        1938: (median(third.values()), third["pig iron"], third["electricity"]),
    }
    assert (len(first), len(second), len(third)) == (6, 7, 6)
    for since, numbers in expected.items():
        found = article("command_1929", "ambition_heavy", since)
        assert (found.value, found.low, found.high) == pytest.approx(numbers, abs=6e-4), since


def test_the_ambition_for_consumer_goods_is_that_of_the_plans(shared: Path) -> None:
    rows = table(shared, "economy/plan_targets.csv")
    first = growths(rows, OPTIMAL, {"consumer goods", "wool cloth"})
    second, third = growths(rows, SECOND, LIGHT), growths(rows, THIRD, LIGHT)
    result = next(row for row in rows if row["product"] == "consumer goods" and row["base_value"])
    reached = (float(result["result_value"]) / float(result["base_value"])) ** (1 / 5) - 1
    percent = [
        float(row["target_value"])
        for row in rows
        if row["plan"] == "third" and row["product"] == "consumer goods"
    ]
    third["consumer goods"] = (1 + percent[0] / 100) ** (1 / 5) - 1

    expected = {
        1929: (first["consumer goods"], reached, first["wool cloth"]),
        1933: (median(second.values()), second["cotton cloth"], second["sugar"]),
        1938: (median(third.values()), third["leather footwear"], third["consumer goods"]),
    }
    assert (len(second), len(third)) == (4, 4)
    for since, numbers in expected.items():
        found = article("command_1929", "ambition_light", since)
        assert (found.value, found.low, found.high) == pytest.approx(numbers, abs=6e-4), since


@pytest.mark.parametrize("since", [1929, 1932, 1937])
def test_the_share_of_officials_is_reckoned_from_salaried_earners(since: int, shared: Path) -> None:
    rows = table(shared, "society/employment_officials_women.csv")
    salaried = {
        int(row["year"]): float(row["value"]) / 100
        for row in rows
        if row["series"] == "salaried_share_of_earners"
    }

    found = article("command_1929", "officials_share", since)
    share = salaried[1928 if since == 1929 else since]
    assert found.value == pytest.approx(share * 12 / 14, abs=5e-3)
    assert found.high == pytest.approx(share, abs=5e-3)


def test_the_ceiling_on_pay_ends_when_the_table_says_so(shared: Path) -> None:
    rows = table(shared, "society/education_inequality.csv")
    ended = [
        int(row["year"])
        for row in rows
        if row["series"] == "party_maximum_in_force" and float(row["value"]) == 0
    ]

    assert article("command_1929", "pay_cap", ended[0]).value == 0.0


def test_every_number_of_convictions_that_is_quoted_stands_in_its_table(shared: Path) -> None:
    rows = table(shared, "society/repression_convictions.csv")
    known = {row["value"] for row in rows if row["series"] == "political_convictions_total"}

    quoted = [
        number.replace(" ", "")
        for each in read_regime("command_1929").articles
        if each.institution == "police_power"
        for number in re.findall(r"\d{1,3}(?: \d{3})+", each.source)
    ]
    assert len(quoted) == 6
    assert set(quoted) <= known


def test_every_day_that_is_quoted_as_an_event_is_one(shared: Path) -> None:
    months = "January February March April May June July August September October November December"
    days = {row["date"] for row in table(shared, "society/events.csv")}

    quoted = {
        f"{year}-{months.split().index(month) + 1:02d}-{int(day):02d}"
        for name in REGIMES
        for each in read_regime(name).articles
        for part in each.source.split(";")
        if "events.csv" in part
        for day, month, year in re.findall(rf"(\d+) ({months.replace(' ', '|')}) (\d{{4}})", part)
    }
    assert len(quoted) >= 10
    assert quoted - days == set()


def test_councils_in_isolation_reach_from_the_programme_towards_war_communism() -> None:
    councils, isolated = (
        {each.institution: each for each in read_regime(name).articles}
        for name in ("renewed_councils", "councils_isolated")
    )

    for name, kind in KINDS.items():
        if kind.form == "number":
            low, high = isolated[name].low, isolated[name].high
            assert isinstance(low, float)
            assert isinstance(high, float)
            assert low <= councils[name].value <= high, name  # type: ignore[operator]


def test_every_short_name_is_used_and_stands_for_something() -> None:
    for name in REGIMES:
        regime = read_regime(name)
        texts = " ".join(each.source for each in regime.articles)
        for short, full in regime.sources.items():
            assert short in texts or short == "other tables", f"{name}: {short}"
            assert len(full) > len(short)


def test_what_is_assumed_of_a_programme_is_called_so() -> None:
    for name in ("renewed_councils", "councils_isolated"):
        assert {each.provenance for each in read_regime(name).articles} == {"assumed"}
    assert "tuned for this regime" in " ".join(read_regime("renewed_councils").summary.split())


# ---- no rule hangs on a name ---------------------------------------------------------------------


def names_in(tree: ast.AST) -> Iterator[str]:
    """Yield the names of regimes among the texts of a file, but for its docstrings."""
    plain = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node not in plain and node.value in REGIMES:
            yield str(node.value)


def test_no_file_but_the_catalogue_knows_a_regime_by_name() -> None:
    knowing = {
        file.relative_to(PACKAGE).as_posix()
        for file in PACKAGE.rglob("*.py")
        if list(names_in(ast.parse(file.read_text("utf-8"))))
    }

    assert knowing == {"regimes/catalogue.py"}


def test_the_look_finds_a_branch_on_a_name() -> None:
    planted = '"""command_1929"""\nif regime.name == "command_1929":\n    pass\n'

    assert list(names_in(ast.parse(planted))) == ["command_1929"]


def test_the_classes_of_rations_and_the_imposed_rule_are_those_of_the_files() -> None:
    command = read_regime("command_1929").in_force(1930)

    assert tuple(command.ration_norms) == CLASSES
    assert command.decision_rule == IMPOSED
