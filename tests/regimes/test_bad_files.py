"""Files of regimes with one mistake each: what is said names file, article and field."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from sovplan.foundation.errors import DataError
from sovplan.regimes.article import Article
from sovplan.regimes.catalogue import FOLDER
from sovplan.regimes.regime import read_regime

WRITTEN = (FOLDER / "command_1929.toml").read_text("utf-8")
CAP = WRITTEN[WRITTEN.index("[[pay_cap]]\nsince = 1932") : WRITTEN.index("[[closed_supply]]")]


def read_with(tmp_path_factory: pytest.TempPathFactory, old: str, new: str) -> str:
    """Return what is said of the file of command with one text replaced by another."""
    assert WRITTEN.count(old) >= 1, old
    file = tmp_path_factory.mktemp("regime") / "mine.toml"
    file.write_text(WRITTEN.replace(old, new, 1), "utf-8")
    with pytest.raises(DataError) as refused:
        read_regime(file)
    return str(refused.value)


CASES: Mapping[str, tuple[str, str, str]] = {
    "unknown institution": (
        "[[pay_cap]]",
        "[[pay_cup]]",
        'mine.toml: "pay_cup" is not an institution. Did you mean "pay_cap"?',
    ),
    "name is a path": (
        'name = "command_1929"',
        'name = "../command_1929"',
        'mine.toml: "../command_1929" is not a name for a regime',
    ),
    "unknown key at the top": ("title = ", "titel = ", 'mine.toml: "titel" is not an institution.'),
    "missing title": (
        'title = "Command of 1929: targets set by a leadership, checked by its own inspectors"',
        "",
        "mine.toml: title is missing",
    ),
    "title is no text": (
        'name = "command_1929"',
        "name = 1929",
        "mine.toml: name is 1929; put a text in quotation marks",
    ),
    "blank name": ('name = "command_1929"', 'name = " "', "mine.toml: name is blank"),
    "sources are no texts": (
        '"events.csv" = "history',
        '"events" = 1\n"events.csv" = "history',
        "mine.toml: sources is not a table of short names",
    ),
    "unknown field": (
        CAP,
        CAP.replace("low =", "lower ="),
        'mine.toml: pay_cap of 1932, lower: no such field. Did you mean "low"?',
    ),
    "missing value": (
        CAP,
        CAP.replace("value = 0.0\n", ""),
        "mine.toml: pay_cap of 1932, value: missing; write  value = ...  here",
    ),
    "missing year": (
        CAP,
        CAP.replace("since = 1932\n", ""),
        "mine.toml: pay_cap, article 2, since: missing",
    ),
    "missing source": (
        CAP,
        "".join(line for line in CAP.splitlines(keepends=True) if not line.startswith("source")),
        "mine.toml: pay_cap of 1932, source: missing; write  source = ...  here",
    ),
    "blank source": (
        CAP,
        "".join(
            'source = " "\n' if line.startswith("source") else line
            for line in CAP.splitlines(keepends=True)
        ),
        "mine.toml: pay_cap of 1932, source: blank; say where the value stands",
    ),
    "source is no text": (
        CAP,
        CAP.replace('source = "edu', "source = 8\n# "),
        "mine.toml: pay_cap of 1932, source: 8 is not a text",
    ),
    "note is no text": (
        CAP,
        CAP.replace("low =", "note = 8\nlow ="),
        "mine.toml: pay_cap of 1932, note: 8 is not a text",
    ),
    "unknown provenance": (
        CAP,
        CAP.replace('"measured"', '"mesured"'),
        "pay_cap of 1932, provenance: 'mesured' is not known here; write measured if",
    ),
    "value outside its own range": (
        CAP,
        CAP.replace("value = 0.0", "value = 0.2"),
        "pay_cap of 1932, value: 0.2 is outside its own range 0 to 0.1; widen the range",
    ),
    "value that no institution can have": (
        CAP,
        CAP.replace("value = 0.0", "value = 3"),
        "pay_cap of 1932, value: 3.0 is outside 0 to 1; write a number in that range",
    ),
    "range that no institution can have": (
        CAP,
        CAP.replace("high = 0.1", "high = 1.5"),
        "pay_cap of 1932, high: 1.5 is outside 0 to 1",
    ),
    "no range": (
        CAP,
        CAP.replace("low = 0.0\n", ""),
        "pay_cap of 1932, low: missing; a number needs its range: write low beside value",
    ),
    "range the wrong way round": (
        CAP,
        CAP.replace("low = 0.0", "low = 0.3"),
        "pay_cap of 1932, value: 0 is outside its own range 0.3 to 0.1",
    ),
    "value of another kind": (
        CAP,
        CAP.replace("value = 0.0", 'value = "none"'),
        "pay_cap of 1932, value: 'none' is not a number; a number from 0 to 1 was needed",
    ),
    "value that is a date": (
        CAP,
        CAP.replace("value = 0.0", "value = 1932-02-08"),
        "pay_cap of 1932, value: datetime.date(1932, 2, 8) is not a number",
    ),
    "truth is no number": (
        CAP,
        CAP.replace("value = 0.0", "value = true"),
        "pay_cap of 1932, value: True is not a number",
    ),
    "year in quotation marks": (
        CAP,
        CAP.replace("since = 1932", 'since = "1932"'),
        "pay_cap, article 2, since: '1932' is not a year; write the first year in force",
    ),
    "year far off": (
        CAP,
        CAP.replace("since = 1932", "since = 19320"),
        "pay_cap of 19320, since: 19320 is no year from 1000 to 9999",
    ),
    "two articles of one year": (
        CAP,
        CAP + CAP,
        "mine.toml: pay_cap of 1932 stands twice; keep one of them, or give the other its own year",
    ),
    "one table in place of a list": (
        CAP,
        "",  # replaced below: both articles go, one plain table comes
        "mine.toml: pay_cap is not a list of articles; write each one below a line  [[pay_cap]]",
    ),
    "a range for names": (
        'value = "imposed"',
        'value = "imposed"\nlow = 0.0',
        "decision_rule of 1929, low: a range belongs to numbers; remove it",
    ),
    "unknown rule of decision": (
        'value = "imposed"',
        'value = "schultze"',
        'decision_rule of 1929, value: "schultze" is not known here. Did you mean "schulze"?',
    ),
    "unknown drafter": (
        'value = ["command"]',
        'value = ["comand"]',
        'drafters of 1929, value: "comand" is not known here. Did you mean "command"?',
    ),
    "use left out": (
        '["heavy", "building",',
        '["heavy",',
        "supply_order of 1929, value: building have no place; name every class of use once",
    ),
    "names of another kind": (
        'value = ["command"]',
        "value = [1]",
        "drafters of 1929, value: (1,) is not a list of names",
    ),
    "norm of a class left out": (
        "value = { peasant = 0.0, worker = 0.9,",
        "value = { peasant = 0.0,",
        "ration_norms of 1929, value: worker have no norm; give each class of people a number",
    ),
    "norm outside its own range": (
        "value = { peasant = 0.0, worker = 0.9,",
        "value = { peasant = 0.0, worker = 0.7,",
        "ration_norms of 1929, value.worker: 0.7 is outside its own range 0.8 to 1",
    ),
    "range of norms is one number": (
        "low = { peasant = 0.0, worker = 0.8, specialist = 0.6, official = 0.4 }",
        "low = 0.0",
        "ration_norms of 1929, low: 0.0 is not a table; a number for each of peasant, worker",
    ),
    "broken years of a plan": (
        "value = 5\n",
        "value = 5.5\n",
        "plan_years of 1929, value: 5.5 is not a whole number; one from 1 to 15 was needed",
    ),
    "not TOML": ("[[ratchet]]", "[[ratchet]", "is not TOML"),
}


@pytest.mark.parametrize("case", [case for case in CASES if not case.startswith("one table")])
def test_a_mistake_is_named_with_its_place_and_how_to_mend_it(
    case: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    old, new, said = CASES[case]

    assert said in read_with(tmp_path_factory, old, new)


def test_one_table_in_place_of_a_list_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    both = WRITTEN[WRITTEN.index("[[pay_cap]]") : WRITTEN.index("[[closed_supply]]")]

    said = read_with(tmp_path_factory, both, "[pay_cap]\nsince = 1929\n")
    assert CASES["one table in place of a list"][2] in said


def test_an_institution_that_is_left_out_is_asked_for(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    trust = WRITTEN[WRITTEN.index("[[trust]]") :]

    said = read_with(tmp_path_factory, trust, "")
    assert "mine.toml: no article for trust; every regime sets every institution" in said
    assert "add [[trust]]" in said


def test_the_file_with_no_mistake_is_read(tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("regime") / "mine.toml"
    file.write_text(WRITTEN, "utf-8")

    assert read_regime(file) == read_regime("command_1929")


def test_an_article_made_in_python_is_checked_like_one_of_a_file() -> None:
    article = Article("ratchet", 1929, 0.5, "a decree", "measured", 0.4, 0.6)

    with pytest.raises(DataError, match=r"ratchet of 1929, value: 0.7 is outside its own range"):
        replace(article, value=0.7)
    with pytest.raises(DataError, match='"ratchett" is not an institution'):
        replace(article, institution="ratchett")
    with pytest.raises(DataError, match="ratchet of 1929, source: blank"):
        replace(article, source="")
