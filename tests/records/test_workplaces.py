from pathlib import Path

import numpy as np
import pytest
from tests.records.federation import BOOKS, FOLDER, PLACES
from tests.records.small import Row, small

from sovplan.records.checks import findings
from sovplan.records.folder import Folder, Table
from sovplan.records.tables import read_folder, write_folder
from sovplan.records.workplaces import (
    Link,
    links_of,
    with_workplaces,
    workplaces_of,
)


def placed(*rows: Row, links: tuple[Row, ...] = ()) -> Folder:
    folder = small().with_table(Table.of("workplaces.csv", rows))
    return folder.with_table(Table.of("links.csv", links)) if links else folder


def texts(folder: Folder) -> str:
    return "\n".join(map(str, findings(folder)))


def test_a_technique_that_nobody_names_is_a_workplace_of_its_own() -> None:
    found = workplaces_of(small())

    assert found.names == ("farm", "mill", "drill")
    assert found.titles[0] == "Farm"
    assert (found.share.toarray() == np.eye(3)).all()


def test_workplaces_share_techniques_as_written() -> None:
    found = workplaces_of(
        placed(
            {"workplace": "north", "title": "North", "technique": "farm", "share": 0.25},
            {"workplace": "south", "technique": "farm", "share": 0.75},
            {"workplace": "north", "technique": "mill"},
        )
    )

    assert found.names == ("north", "south", "drill")
    assert found.titles == ("North", "south", "drill")
    assert found.share.toarray().tolist() == [[0.25, 1, 0], [0.75, 0, 0], [0, 0, 1]]


def test_the_federation_has_twelve_workplaces_and_every_technique_is_done_by_one() -> None:
    assert len(PLACES) == 12
    assert (PLACES.share.toarray().sum(axis=0) == 1).all()
    for name, technique in zip(*np.nonzero(PLACES.share.toarray()), strict=True):
        assert BOOKS.techniques.names[technique].startswith(PLACES.names[name])
    assert findings(FOLDER) == []


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([{"workplace": "people", "technique": "farm"}], "cannot be the name of a workplace"),
        ([{"workplace": "mill", "technique": "farm"}], "mill\" is a technique that no row names"),
        ([{"workplace": "a", "technique": "farm", "share": 0.5}], "add up to 0.5"),
        ([{"workplace": "a", "technique": "farm", "share": 0.5},
          {"workplace": "b", "technique": "farm"}], "2 workplaces share the technique farm"),
        ([{"workplace": "a", "technique": "fram"}], 'Did you mean "farm"?'),
        ([{"workplace": "a", "technique": "farm"},
          {"workplace": "a", "technique": "farm"}], "stands twice"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_workplaces_is_found(rows: list[Row], words: str) -> None:
    assert words in texts(placed(*rows))


def test_shares_that_add_up_but_for_rounding_are_right() -> None:
    third = 1 / 3
    rows = [{"workplace": name, "technique": "farm", "share": third} for name in "abc"]

    assert texts(placed(*rows)) == ""


def test_links_name_workplaces_or_one_of_the_others() -> None:
    good = {"good": "oil", "supplier": "drill", "user": "people", "amount": 2}
    assert texts(placed(links=(good,))) == ""
    assert 'Did you mean "drill"?' in texts(placed(links=({**good, "supplier": "dril"},)))


def test_workplaces_and_links_are_written_and_read_the_same(tmp_path: Path) -> None:
    links = (Link("grain", "farm", "grain_mill", 20.5), Link("milk", "dairy", "dairy", 80.0))
    folder = with_workplaces(FOLDER, PLACES, BOOKS.techniques.names, links)
    write_folder(folder, tmp_path / "economy")

    again = read_folder(tmp_path / "economy")

    assert links_of(again) == links
    assert workplaces_of(again).names == PLACES.names
    assert workplaces_of(again).titles == PLACES.titles
    assert (workplaces_of(again).share.toarray() == PLACES.share.toarray()).all()
