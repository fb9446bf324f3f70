from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.councils.profiles import Drawn, of, papers
from tests.foundation.keys import keys_in, spoken
from tests.records.papers import BALLOTS, DECISION

from sovplan.foundation.errors import DataError
from sovplan.records.ballotfile import ballots_of_orders, ballots_of_table, read_ballots
from sovplan.records.canon import canonical_bytes
from sovplan.records.documents import Ballot, Ballots
from sovplan.records.folder import Table
from sovplan.records.tables import write_csv, write_parquet

TABLE = """voters,1st choice,2nd choice,note
3,even,homes first,
2,"homes first = even",,by post
1,,,left blank
"""

ORDERS = """# FILE NAME: towns.toi
# TITLE: Where should the capital be?
# DATA TYPE: toi
# NUMBER ALTERNATIVES: 3
# NUMBER VOTERS: 100
# NUMBER UNIQUE ORDERS: 3
# ALTERNATIVE NAME 1: Memphis: the port
# ALTERNATIVE NAME 2: Nashville
# ALTERNATIVE NAME 3: Knoxville
42: 1,{2,3}
57: 2, 3

1:
"""


TWO = "# ALTERNATIVE NAME 1: A\n# ALTERNATIVE NAME 2: B\n"


def written(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_table_is_read_row_by_row(tmp_path: Path) -> None:
    ballots = read_ballots(written(tmp_path, "drafts.csv", TABLE))

    assert ballots == Ballots(
        "drafts",
        ("even", "homes first"),
        (
            Ballot((("even",), ("homes first",)), 3),
            Ballot((("homes first", "even"),), 2),
            Ballot((), 1),
        ),
        "drafts.csv",
    )


def test_heads_may_be_short_and_rows_without_voters_are_one_each(tmp_path: Path) -> None:
    ballots = read_ballots(written(tmp_path, "b.csv", "1,2nd,3rd Choice\nA,B,C\nB,,\n"))

    assert [each.voters for each in ballots.cast] == [1, 1]
    assert ballots.options == ("A", "B", "C")


def test_parquet_holds_the_same_ballots(tmp_path: Path) -> None:
    rows = [{"voters": 3, "1st choice": "A", "2nd choice": "B"}, {"voters": 2, "1st choice": "B"}]
    table = Table.of("b.csv", rows)
    as_csv = read_ballots(written(tmp_path, "b.csv", write_csv(table)))
    as_parquet = read_ballots(written(tmp_path, "b.parquet", write_parquet(table)))

    assert as_parquet.cast == as_csv.cast == ballots_of_table(table).cast
    assert as_parquet.options == as_csv.options


def test_a_preflib_file_is_read_with_its_ties_and_its_title(tmp_path: Path) -> None:
    ballots = read_ballots(written(tmp_path, "towns.toi", ORDERS))

    assert ballots == Ballots(
        "Where should the capital be?",
        ("Memphis: the port", "Nashville", "Knoxville"),
        (
            Ballot((("Memphis: the port",), ("Nashville", "Knoxville")), 42),
            Ballot((("Nashville",), ("Knoxville",)), 57),
            Ballot((), 1),
        ),
        "towns.toi",
    )


def test_a_paper_is_read_as_it_was_filed(tmp_path: Path) -> None:
    assert read_ballots(written(tmp_path, "b.json", canonical_bytes(BALLOTS))) == BALLOTS


def as_preflib(ballots: Ballots) -> str:
    number = {name: str(place) for place, name in enumerate(ballots.options, start=1)}
    head = [f"# ALTERNATIVE NAME {place}: {name}" for name, place in number.items()]
    rows = [
        f"{each.voters}: "
        + ",".join("{" + ",".join(number[name] for name in group) + "}" if len(group) > 1
                   else number[group[0]] for group in each.ranking)
        for each in ballots.cast
    ]  # fmt: skip
    return "\n".join([*head, *rows])


@given(papers(most=5))
def test_what_is_written_as_orders_is_read_the_same(drawn: Drawn) -> None:
    ballots = of(*drawn)

    read = ballots_of_orders(as_preflib(ballots).encode(), "x.toi")

    assert (read.options, read.cast) == (ballots.options, ballots.cast)


def refusal(content: bytes) -> str:
    """Return why a file is refused; nothing if it is read."""
    try:
        ballots_of_orders(content, "x.toi")
    except DataError as refused:
        return str(refused)
    return ""


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused_with_the_name_of_the_file(content: bytes) -> None:
    why = refusal(TWO.encode() + content)

    assert not why or why.startswith("x.toi")


BAD: list[tuple[str, str, str | bytes, tuple[str, ...]]] = [
    ("ballotfile.ending", "b.txt", "", ("b.txt", ".soc", ".json")),
    ("ballotfile.paper", "b.json", "{", ("b.json", "no paper in JSON")),
    ("ballotfile.paper", "b.json", '{"paper":"ballots","version":1,"content":{}}', ("b.json",)),
    ("ballotfile.other", "b.json", canonical_bytes(DECISION), ("b.json", "decision")),
    ("ballotfile.head", "b.csv", "voters,2nd choice\n1,A\n", ('row 1, "2nd choice"', "choice 1")),
    ("ballotfile.head", "b.csv", "voters,first\n1,A\n", ('row 1, "first"',)),
    ("ballotfile.no_choice", "b.csv", "voters\n1\n", ("b.csv, row 1",)),
    ("ballotfile.no_options", "b.csv", "voters,1st choice\n1,\n", ("b.csv: no ballot names",)),
    ("ballotfile.voters", "b.csv", "voters,1st choice\n1,A\n0,B\n", ('row 3, "voters"', '"0"')),
    ("ballotfile.voters", "b.csv", "voters,1st choice\n-1,A\n", ('row 2, "voters"', '"-1"')),
    ("ballotfile.voters", "b.csv", "voters,1st choice\n1.5,A\n", ('"1.5"',)),
    ("ballotfile.voters", "b.csv", "voters,1st choice\n,A\n", ('row 2, "voters"', '""')),
    ("ballotfile.blank_choice", "b.csv", "1,2\n,A\n", ('row 2, "1"', "2 is filled in")),
    ("ballotfile.blank_name", "b.csv", "1,2\nA=,B\n", ('row 2, "1"', '"A="')),
    ("ballotfile.twice", "b.csv", "1,2\nA,A\n", ('row 2, "2"', '"A" stands twice')),
    ("ballotfile.twice", "b.csv", "1,2\nA=A,\n", ('row 2, "1"', '"A" stands twice')),
    ("ballotfile.name", "b.toi", "# ALTERNATIVE NAME 1: \n", ("row 1", "ALTERNATIVE NAME 1")),
    (
        "ballotfile.name",
        "b.toi",
        "# ALTERNATIVE NAME 1: A\n# ALTERNATIVE NAME 2: A\n",
        ("row 2", '"ALTERNATIVE NAME 2"', '"A"'),
    ),
    ("ballotfile.no_names", "b.soc", "3\n1,A\n", ("b.soc: there is no line",)),
    ("ballotfile.not_utf8", "b.soc", b"# a\n# \xff", ("b.soc, row 2", "UTF-8")),
]

LINES: list[tuple[str, str, str, tuple[str, ...]]] = [
    ("ballotfile.order", ".toi", "1,2", ("row 3", '"1,2"')),
    ("ballotfile.order", ".toi", "1: {1", ("row 3", '"1: {1"')),
    ("ballotfile.order", ".toi", "1: 1,,2", ('"1: 1,,2"',)),
    ("ballotfile.voters", ".toi", "none: 1", ('row 3, "voters"', '"none"')),
    ("ballotfile.voters", ".toi", "0: 1", ('"0"',)),
    ("ballotfile.number", ".toi", "1: 3", ('row 3, "order"', '"3"', "names 2")),
    ("ballotfile.twice", ".toi", "1: {1,1}", ('row 3, "order"', '"A" stands twice')),
    ("ballotfile.ties", ".soi", "1: {1,2}", ("row 3", ".soi", ".toc or .toi")),
    ("ballotfile.incomplete", ".toc", "1: 1", ("row 3", ".toc")),
    ("ballotfile.incomplete", ".soc", "1: 1", ("row 3", ".soc")),
    ("ballotfile.count", ".toi", "# NUMBER VOTERS: 3\n1: 1", ('"NUMBER VOTERS"', "3", "1")),
    ("ballotfile.count", ".toi", "# NUMBER ALTERNATIVES: 3\n1: 1", ("row 3", "make 2")),
]
ALL_BAD = [*BAD, *((key, f"b{ending}", TWO + line, hints) for key, ending, line, hints in LINES)]


@pytest.mark.parametrize(("key", "name", "text", "hints"), ALL_BAD)
def test_bad_files_are_refused_by_name_row_and_field(
    key: str, name: str, text: str | bytes, hints: tuple[str, ...], tmp_path: Path
) -> None:
    with pytest.raises(DataError) as refused:
        read_ballots(written(tmp_path, name, text))

    message = str(refused.value)
    assert any(spoken(key, message[start:]) for start in range(len(message)))
    for hint in (name, *hints):
        assert hint in message


def test_every_message_on_ballot_files_has_been_reached() -> None:
    assert keys_in("records/ballotfile.py") == {key for key, *_ in ALL_BAD}


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"no file .*b\.soi"):
        read_ballots(tmp_path / "b.soi")
