"""Files of statistical offices: what is wrong in them is named."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from sovplan.foundation.errors import DataError
from sovplan.history.readers.layouts import read_ibge, read_packed, read_scb

FILES = {
    "sectors.csv": "code,name\nA,Farms\nB,Mills\n",
    "use_domestic.csv.gz": "year,product,user,value\n2000,A,B,4\n2000,B,households,6\n",
    "use_imported.csv.gz": "year,product,user,value\n2000,A,households,1\n1999,A,B,9\n",
    "make.csv.gz": "year,industry,product,value\n2000,A,A,4\n2000,B,B,6\n",
    "industries.csv.gz": "year,industry,hours_worked_10k,co2_kt\n2000,B,3,0.5\n2000,A,2,0\n",
}


def written(folder: Path, **changes: str) -> Path:
    for name, text in (FILES | changes).items():
        content = text.encode()
        (folder / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    return folder


def test_rows_of_cells_become_an_account(tmp_path: Path) -> None:
    found = read_scb(written(tmp_path), 2000)

    np.testing.assert_array_equal(found.use, [[0, 4], [0, 0]])
    np.testing.assert_array_equal(found.final["households"], [1, 6])
    np.testing.assert_array_equal(found.imports, [1, 0])
    np.testing.assert_array_equal(found.hours["hours"], [2, 3])
    np.testing.assert_array_equal(found.residual(), [0, 0])


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("make.csv.gz", "year,industry,product,value\n2000,A,C,4\n", r'row 2, column product: "C"'),
        ("make.csv.gz", "year,industry,product,value\n1999,A,A,4\n", "no rows of 2000.*: 1999"),
    ],
)
def test_what_does_not_fit_is_named(tmp_path: Path, name: str, text: str, words: str) -> None:
    with pytest.raises(DataError, match=words):
        read_scb(written(tmp_path, **{name: text}), 2000)


def test_a_packed_file_that_is_not_packed_is_refused(tmp_path: Path) -> None:
    (tmp_path / "use.csv.gz").write_text("year,product\n")

    with pytest.raises(DataError, match="cannot be read"):
        read_packed(tmp_path / "use.csv.gz")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"sectors\.csv"):
        read_ibge(tmp_path, 2021)
    with pytest.raises(DataError, match=r"use\.csv\.gz"):
        read_packed(tmp_path / "use.csv.gz")
