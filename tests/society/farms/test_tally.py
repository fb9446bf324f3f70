"""Sums over households: those that the whole columns give, to the bit."""

import hashlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.society.farms.cases import lived, village

from sovplan.foundation.engine.rows import Rows
from sovplan.foundation.engine.scripts import by_columns
from sovplan.foundation.order import ordered
from sovplan.foundation.parts import PART
from sovplan.society.farms.figures import gini
from sovplan.society.farms.start import opened, quantiles
from sovplan.society.farms.tables import HOUSEHOLD, STRATA
from sovplan.society.farms.tally import BY_REGION, BY_STRATUM, WEIGHED, tallied
from sovplan.society.normal import normal

ROWS = 3 * PART + 77


def households(cut: bool) -> Rows:
    """Return households whose columns hold anything that is possible."""
    luck, columns = np.random.default_rng(3), {}
    for column in HOUSEHOLD.kept:
        size = ROWS + 5
        columns[column.name] = (
            luck.lognormal(size=size) if column.form == "real"
            else luck.integers(0, 4, size).astype(column.dtype)
        )  # fmt: skip
    columns["stratum"][:] = columns["stratum"] if cut else 4
    return Rows(HOUSEHOLD, ROWS + 5, columns | {"key": np.arange(ROWS + 5, dtype=np.uint64)})


def test_sums_are_those_of_whole_columns() -> None:
    rows = households(cut=True)
    of = {name: rows[name][:ROWS] for name in rows.columns}
    weight = of["weight"].astype(np.float64) + of["labelled"]
    found = tallied(rows, ROWS)

    assert found.rows == ROWS
    assert found.moved is not None
    for name in WEIGHED:
        assert found.sums[name] == (weight * of[name]).sum(), name
    for name in ("labelled", "exiled", "camped", "passed"):
        assert found.sums[name] == of[name].sum(), name
    assert found.sums["left"] == of["weight"].sum()
    assert found.sums["divided"] == (of["weight"].astype(np.int64) * of["divides"]).sum()
    assert found.sums["rich"] == (of["labelled"].astype(np.float64) * of["is_rich"]).sum()
    gone = of["exiled"].astype(np.int64) + of["camped"]
    assert found.sums["wrong"] == (gone > of["labelled"]).sum() > 0
    stratum, region = of["stratum"].astype(np.int64), of["region"].astype(np.int64)
    for name in (*BY_STRATUM, "hungry"):
        by_hand = np.bincount(stratum, weight * of[name], len(STRATA))
        assert found.strata[name].tolist() == by_hand.tolist(), name
    pairs = np.bincount(of["cut_at"].astype(np.int64) * len(STRATA) + stratum, weight)
    assert found.moved.tolist() == pairs.tolist()
    inside = weight * of["inside"]
    for name, amount in {"inside": inside, **{n: inside * of[n] for n in BY_REGION}}.items():
        by_hand = np.bincount(region, amount, len(found.regions[name]))
        assert found.regions[name].tolist() == by_hand.tolist(), name


def test_before_strata_are_cut_nothing_is_summed_by_them() -> None:
    assert tallied(households(cut=False), ROWS).moved is None


def test_gini_has_the_bits_of_whole_columns() -> None:
    rows = households(cut=True)
    logs, weight = rows["log_wealth"].round(3), rows["weight"]
    values = np.exp(logs)

    order = np.argsort(values, kind="stable")
    part = weight[order] / weight.sum()
    sums = np.cumsum(part * values[order])
    before = np.concatenate([[0.0], sums[:-1]])
    assert gini(logs, weight) == 1.0 - (part * (sums + before)).sum() / sums[-1]


@given(
    seed=st.integers(0, 99),
    many=st.integers(1, 5000),
    shares=st.lists(st.floats(0.0, 1.0), max_size=4),
    grain=st.integers(0, 12),
)
def test_quantiles_by_cells_are_those_of_the_whole_order(
    seed: int, many: int, shares: list[float], grain: int
) -> None:
    luck = np.random.default_rng(seed)
    values, weights = luck.normal(size=many).round(grain), luck.integers(0, 9, many)

    order = ordered(values)
    sums = np.cumsum(weights[order])
    places = [int(np.searchsorted(sums, share * int(sums[-1]))) for share in shares]
    by_hand = [float(values[order[min(place, many - 1)]]) for place in places]
    assert quantiles(values, weights, shares) == by_hand


# ---- start ---------------------------------------------------------------------------------------


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=50))
def test_normal_numbers_by_columns_have_the_bits_of_single_ones(chances: list[float]) -> None:
    alone = np.array([normal(u) for u in chances])

    assert by_columns(normal)(np.array(chances)).tobytes() == alone.tobytes()


@pytest.mark.parametrize(
    ("given_to", "said"),
    [
        ((1_000_000, 0.8, 4000, 1), "a31fe3fb48238138"),
        ((23_602_484, 0.83, 200_000, 2**63 + 7), "4dcc5ca3d9ab4203"),
    ],
)
def test_households_begin_as_they_did_one_by_one(
    given_to: tuple[int, float, int, int], said: str
) -> None:
    """Digests of households that were made a row at a time."""
    rows = opened(*given_to)["household"]
    wide = (rows[n] for n in ("log_wealth", "weight", "region", "key"))

    found = hashlib.sha256(b"".join(each.astype(f"{each.dtype.kind}8").tobytes() for each in wide))
    assert found.hexdigest()[:16] == said


def test_there_is_room_for_those_that_divide() -> None:
    whole = village()
    columns = dict(whole.tables["household"].columns)
    lived(whole, 1924)

    assert whole.tables["household"].size > 400
    assert all(whole.tables["household"].columns[name] is columns[name] for name in columns)
