"""The description of the model is as the source would write it now, and leaves nothing out."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from textwrap import indent
from types import ModuleType

import numpy as np
import pytest
from tools import odd_page
from tools.odd import links, models, schedule, source, values

import sovplan.society
import sovplan.world
from sovplan import simulation
from sovplan.history.economies import folder_path
from sovplan.planning.profiles import drafted
from sovplan.records import economy as economies
from sovplan.records import extensions
from sovplan.records.assembly import economy_of
from sovplan.records.institutions import KINDS, Institutions
from sovplan.records.parameters import NAMES, Parameters
from sovplan.records.returns import Returns
from sovplan.records.scenario import Group, Scenario
from sovplan.records.tables import read_folder
from sovplan.records.tasks import Tasks
from sovplan.regimes.catalogue import REGIMES
from sovplan.regimes.parameters import read_parameters
from sovplan.regimes.regime import read_regime
from sovplan.regimes.scenarios import read_scenario
from sovplan.simulation import Given, first_day, simulate_years
from sovplan.society.life import prices_of
from sovplan.society.opening import given_economy, opened

PAGE = odd_page.PAGE.read_text("utf-8")


def section(title: str, page: str = PAGE) -> str:
    """Return what stands under a heading, to the next heading of its level or above."""
    found = re.search(rf"^(#+) {re.escape(title)}(?: \{{.*\}})?$", page, re.M)
    assert found is not None, f"the page has no section {title!r}"
    rest = page[found.end() :]
    end = re.search(rf"^#{{1,{len(found[1])}}} ", rest, re.M)
    return rest[: end.start()] if end else rest


def modules(room: ModuleType) -> Iterator[ModuleType]:
    """Yield the files of a room; rooms inside it have pages of their own."""
    for each in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
        if not each.ispkg:
            yield importlib.import_module(each.name)


def own(module: ModuleType) -> Iterator[tuple[str, object]]:
    """Yield the public functions and classes that a module defines."""
    for name, found in vars(module).items():
        plain = inspect.unwrap(found) if callable(found) else found
        if not name.startswith("_") and getattr(plain, "__module__", "") == module.__name__:
            yield name, plain


ROOMS = [*modules(sovplan.world), *modules(sovplan.society)]
TOLD = [importlib.import_module(name) for name in source.told()]


def test_the_page_is_fresh() -> None:
    assert odd_page.page() == PAGE, "run: .venv/bin/python -m tools.odd_page"


def test_the_seven_elements_and_the_eleven_concepts_are_answered() -> None:
    titles = re.findall(r"^## (\d)\. (.+)$", PAGE, re.M)
    concepts = re.findall(r"^### (.+)$", section("4. Design concepts"), re.M)

    assert [int(place) for place, _ in titles] == [1, 2, 3, 4, 5, 6, 7]
    assert tuple(concepts) == odd_page.CONCEPTS
    for title in (*(f"{place}. {text}" for place, text in titles), *concepts):
        assert len(section(title).split()) > 15, title


# ---- modules, functions, values ------------------------------------------------------------------


@pytest.mark.parametrize("module", TOLD, ids=lambda module: module.__name__)
def test_every_module_function_and_value_has_its_section(module: ModuleType) -> None:
    text = section(module.__name__.removeprefix("sovplan."))

    for name, found in own(module):
        if inspect.isfunction(found):
            assert f"\n#### {name} {{" in text, name
            assert len(section(name, text).split()) > 5, name
        elif is_dataclass(found):
            assert f"\n#### {name} {{" in PAGE, name


def test_every_room_of_truth_is_told_whole() -> None:
    assert {module.__name__ for module in ROOMS} <= {module.__name__ for module in TOLD}


RECORDS = [
    *(found for _, found in (*own(economies), *own(extensions)) if is_dataclass(found)),
    Institutions, Parameters, Scenario, Group, Tasks,
]  # fmt: skip
STATES = [
    *(found for module in (*TOLD, simulation) for _, found in own(module) if is_dataclass(found)),
    *RECORDS,
]


@pytest.mark.parametrize("state", dict.fromkeys(STATES), ids=lambda state: state.__name__)
def test_every_field_of_every_value_has_a_meaning(state: type) -> None:
    rows = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \|(.*)\|$", section(state.__name__), re.M)
    said = {
        name.strip("` "): [cell.strip() for cell in cells.split(" | ")]
        for names, cells in rows
        for name in names.split(", ")
    }

    for field in fields(state):
        assert field.name in said, field.name
        assert all(said[field.name]), field.name
        assert max(len(cell.split()) for cell in said[field.name]) > 1, field.name


def test_nothing_is_further_said_of_a_field_that_speaks_for_itself() -> None:
    assert values.superfluous() == []


# ---- the schedule --------------------------------------------------------------------------------


def called(function: object) -> set[str]:
    """Return the public functions of the package that a compiled function names."""
    names: set[str] = set()
    waiting = [inspect.unwrap(function).__code__]  # type: ignore[arg-type]
    while waiting:
        code = waiting.pop()
        names |= {*code.co_names}
        waiting += [const for const in code.co_consts if inspect.iscode(const)]
        waiting += [
            inspect.unwrap(vars(simulation)[name]).__code__
            for name in code.co_names
            if name.startswith("_") and inspect.isfunction(vars(simulation).get(name))
        ]
    found = {name: vars(simulation).get(name) for name in names if not name.startswith("_")}
    functions = {name: inspect.unwrap(each) for name, each in found.items() if callable(each)}
    return {
        name
        for name, each in functions.items()
        if inspect.isfunction(each) and each.__module__.startswith("sovplan.")
    }


def test_every_function_that_a_year_calls_is_in_the_schedule_with_a_section() -> None:
    text = section("3. Process overview and scheduling")
    linked = dict(re.findall(r"- \[`([\w.]+)`\]\(#([\w-]+)\)", text))

    asked = called(simulation.simulate_year)
    assert {"declared", "vote", "produce", "inspect", "next_world"} <= asked
    assert asked - {*linked} == set()
    for name in asked:
        assert f"{{ #{linked[name]} }}" in PAGE, name


def test_the_whole_text_of_the_year_is_shown_in_its_steps() -> None:
    shown = re.findall(r"```python\n(.*?)```", section("3. Process overview and scheduling"), re.S)
    year = next(
        node
        for node in ast.parse(inspect.getsource(simulation)).body
        if isinstance(node, ast.FunctionDef) and node.name == "simulate_year"
    )

    wanted = ast.unparse(ast.Module(year.body[1:], []))
    again = ast.unparse(ast.parse(f"def year():\n{indent(''.join(shown), '    ')}"))
    assert again.splitlines()[1:] == [f"    {line}" for line in wanted.splitlines()]
    steps = [step.title.partition(":")[0] for step in schedule.steps(source.year())]
    assert [*dict.fromkeys(steps)] == [
        "Before the first step", "Survey", "Draft", "Decide", "Carry out", "Inspect", "Renew",
    ]  # fmt: skip


def test_every_link_on_the_page_leads_to_a_heading() -> None:
    named = set(re.findall(r"\{ #([\w-]+) \}$", PAGE, re.M))
    plain = re.findall(r"^#+ ([^{\n]+)$", PAGE, re.M)
    slugs = {re.sub(r"[^\w\s-]", "", title).strip().lower().replace(" ", "-") for title in plain}

    assert set(re.findall(r"\]\(#([\w-]+)\)", PAGE)) - named - slugs == set()
    assert len(re.findall(r"\{ #[\w-]+ \}$", PAGE, re.M)) == len(named)


# ---- what is read, and what nothing reads --------------------------------------------------------


def listed(title: str, head: str) -> set[str]:
    """Return the names in the table of a section that begins with a head."""
    table = section(title).partition(f"| {head} |")[2].partition("\n\n")[0]
    return set(re.findall(r"^\| `(\w+)` \|", table, re.M))


def without_reader(title: str) -> set[str]:
    return set(re.findall(r"^\| `(\w+)` \|.*\[nobody\]\(.*\|$", section(title), re.M))


@cache
def text_of_rules() -> str:
    planning = [module.__name__ for module in TOLD]
    paths = {source.module(name).path for name in (*planning, "sovplan.simulation")}
    return "\n".join((source.ROOT / path).read_text("utf-8") for path in paths)


@pytest.mark.parametrize(
    ("head", "title", "names"),
    [("institution", "Institutions", list(KINDS)), ("parameter", "Parameters", list(NAMES))],
)
def test_what_nothing_reads_is_said_openly(head: str, title: str, names: list[str]) -> None:
    holder = f"{head}s"
    read = set(re.findall(rf"\b{holder}\.(\w+)", text_of_rules()))

    idle = listed("Numbers that nothing reads", head)
    assert idle == {*names} - read
    assert idle == without_reader(title)
    assert listed(title, head) == {*names}


@pytest.mark.parametrize("name", REGIMES)
def test_a_run_reads_nothing_that_the_page_does_not_say_is_read(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    regime, parameters = read_regime(name), read_parameters()
    institutions = regime.in_force(regime.first_year)
    scenario = read_scenario("two-goods")
    economy = given_economy(economy_of(read_folder(folder_path(scenario.economy))), scenario)
    ones = np.ones(len(economy.goods))
    prices = prices_of(drafted(Returns(economy), "even", ones, 4), ones)
    seen: dict[type, set[str]] = {Institutions: set(), Parameters: set()}
    for holder, names in ((Institutions, tuple(KINDS)), (Parameters, NAMES)):
        for each in names:
            monkeypatch.setattr(holder, each, _noting(seen[holder], each, vars(holder)[each]))

    start = first_day(*opened(economy, scenario, institutions, prices, 1))
    list(simulate_years(start, [Given(institutions, parameters, scenario, 1, 50)] * 2))
    assert seen[Institutions] - {*links.readers("institutions")} == set()
    assert seen[Parameters] - {*links.readers("parameters")} == set()
    assert len(seen[Institutions]) > 20
    assert len(seen[Parameters]) > 20


def _noting(seen: set[str], name: str, slot: object) -> property:
    def read(holder: object) -> object:
        seen.add(name)
        return slot.__get__(holder, type(holder))  # type: ignore[attr-defined]

    return property(read)


@pytest.mark.parametrize("module", TOLD, ids=lambda module: module.__name__)
def test_every_draw_of_chance_is_in_the_table(module: ModuleType) -> None:
    text = inspect.getsource(module)
    streams = re.findall(r"\b(?:uniform|normal|integers)\(\s*[\w.]+,\s*\"([^\"]+)\"", text)
    drawn = len(re.findall(r"(?<!def )\b(?:uniform|normal|integers)\(", text))

    assert drawn == len(streams)
    assert {f"`{stream}`" for stream in streams} <= set(
        re.findall(r"^\| (`[\w.]+`) \|", section("Stochasticity"), re.M)
    )


# ---- what a rule must say of itself --------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in source.told() if name not in source.PAPERS])
def test_every_number_with_a_name_says_what_it_is_and_how_sure(name: str) -> None:
    numbers = [each for each in source.module(name).constants() if each.is_number]
    silent = {each.names: each.said for each in numbers if not each.status}

    assert silent == {}, (
        "say in a docstring under it what it is, and (assumed), (measured), (calibrated), "
        "(numerical) or (by definition)"
    )


@pytest.mark.parametrize(
    ("text", "silent"),
    [
        ("A = 1.0", True),
        ("A: Final = 1.0\nB = 'x'\n'''B (assumed).'''", True),
        ("A: Final = 1.0\n'''What it is.'''", True),
        ("A, B = 1, 2\n'''What they are (assumed, 0 to 3).'''", False),
        ("A = {'x': Profile(0.7)}\n'''Assumed: so that drafts differ.'''", False),
        ("A = ('x', 'y')", False),
        ("def f():\n    a = 1", False),
    ],
)
def test_the_look_finds_numbers_that_say_nothing(text: str, silent: bool) -> None:
    found = source.Module("planted", text, ast.parse(text)).constants()

    assert any(each.is_number and not each.status for each in found) == silent


def rules_of(module: ModuleType) -> Iterator[source.Function]:
    for each in source.module(module.__name__).functions:
        if not each.node.name.startswith("_") and not each.owner.startswith("_"):
            yield each


@pytest.mark.parametrize("module", ROOMS, ids=lambda module: module.__name__)
def test_a_rule_names_what_it_reads_and_where_it_comes_from(module: ModuleType) -> None:
    for each in rules_of(module):
        read = {
            name for kind in ("institutions", "parameters") for name in source.reads(each, kind)
        }
        lead = re.split(r"^Parameters\n-", each.said, flags=re.M)[0]
        equation = re.search(r"^    \S", lead, re.M)

        assert read - set(re.findall(r"\w+", each.said)) == set(), each.name
        if read or equation or source.rules_in(each.said):
            assert "Source: " in each.said, f"{each.name} does not say where its rule comes from"


def test_every_rule_that_is_named_has_its_row_and_no_other() -> None:
    named = set(re.findall(r"\bR\d\d\b", text_of_rules()))
    rows = re.findall(r"^\| (R\d\d) \|", section("Rules of the specification"), re.M)

    assert named <= {*rows}
    assert {*rows} == {*models.rules()}


def test_every_test_and_file_that_the_page_names_is_there() -> None:
    named = set(re.findall(r"`((?:src|tests|tools)/[\w/.-]+)`", PAGE))

    assert len(named) > 20
    assert [path for path in named if not (source.ROOT / path).exists()] == []
