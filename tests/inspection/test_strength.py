"""Strengths of signatures against the formulas in full, and which lies look alike."""

import numpy as np
import pytest
from scipy.stats import norm
from tests.inspection.network import Network, network, reports

from sovplan.inspection.books import Books
from sovplan.inspection.expected import honest_error_of
from sovplan.inspection.neighbourhoods import Neighbourhoods
from sovplan.inspection.norms import norms_of
from sovplan.inspection.rows import books_of
from sovplan.inspection.sheet import sheet_of
from sovplan.inspection.signatures import STANDING, Lie, Signatures, signatures_of
from sovplan.inspection.tests import global_test, thresholds


@pytest.fixture(scope="module")
def near() -> Neighbourhoods:
    rng = np.random.default_rng(7)
    truth = network(rng, 25, 3)
    papers = reports(truth, rng, counted=(3, 4), lie="deliv", size=0.05, liars=(0,))
    sheet = sheet_of(papers)
    books = books_of(sheet, norms_of(sheet, truth.economy), honest_error_of(), truth.economy)
    return Neighbourhoods.around(books, signatures_of(books))


def in_full(near: Neighbourhoods, workplace: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return H, r and the rows of a workplace, from the books alone."""
    books = near.books
    own = np.flatnonzero(books.columns.workplace == workplace)
    rows = np.flatnonzero(abs(books.matrix[:, own]).sum(axis=1) > 0)
    return books.covariance()[rows][:, rows].toarray(), books.residual[rows], rows


def test_each_strength_is_that_of_the_rows_of_its_workplace(near: Neighbourhoods) -> None:
    pull, weight = near.strength()

    signatures = near.signatures
    for workplace in (0, 3, 11):
        covariance, residual, rows = in_full(near, workplace)
        for lie in np.flatnonzero(signatures.workplace == workplace):
            sign = signatures.rows[rows][:, [int(lie)]].toarray().ravel()
            solved = np.linalg.solve(covariance, sign)
            assert pull[lie] == pytest.approx(solved @ residual, rel=1e-8, abs=1e-10)
            assert weight[lie] == pytest.approx(solved @ sign, rel=1e-8)


def test_a_strength_beside_others_is_that_of_fitting_all_together(near: Neighbourhoods) -> None:
    alone = near.strength()
    workplace = 0
    own = np.flatnonzero(near.signatures.workplace == workplace)
    found = [int(own[0]), int(own[7])]
    block = near.block(workplace)
    lies, (pull, weight) = block.lies, near.beside(block, found, alone)

    covariance, residual, rows = in_full(near, workplace)
    for lie in own[[3, 5]]:
        columns = near.signatures.rows[rows][:, [int(lie), *found]].toarray()
        inner = columns.T @ np.linalg.solve(covariance, columns)
        sizes = np.linalg.solve(inner, columns.T @ np.linalg.solve(covariance, residual))
        at = int(np.flatnonzero(lies == lie)[0])
        assert weight[at] == pytest.approx(1 / np.linalg.inv(inner)[0, 0], rel=1e-6)
        assert pull[at] / weight[at] == pytest.approx(sizes[0], rel=1e-6)
    for lie in found:
        assert weight[np.flatnonzero(lies == lie)].tolist() == [0.0]


def test_a_neighbourhood_sees_nearly_all_that_the_whole_federation_sees(
    near: Neighbourhoods,
) -> None:
    _, weight = near.strength()
    whole = near.books.covariance().toarray()
    signs = near.signatures.rows.toarray()
    in_all = np.einsum("ij,ij->j", signs, np.linalg.solve(whole, signs))

    seen = near.signatures.seen
    share = weight[seen] / in_all[seen]
    assert share.max() <= 1 + 1e-9
    # Least is seen of deliveries to one large customer: its own stocks would tell a little more.
    assert np.quantile(share, 0.01) > 0.85
    assert np.median(share) > 0.99


def test_the_global_test_is_chi_square_of_all_rows(near: Neighbourhoods) -> None:
    books = near.books
    found = global_test(books)

    solved = np.linalg.solve(books.covariance().toarray(), books.residual)
    assert found.statistic == pytest.approx(books.residual @ solved, rel=1e-8)
    assert found.degrees == len(books.residual)


def test_the_covariance_is_that_of_many_draws_of_honest_error() -> None:
    rng = np.random.default_rng(1)
    truth = network(rng, 20, 1)
    drawn = []
    books: Books | None = None
    for _ in range(150):
        sheet = sheet_of(reports(truth, rng))
        books = books_of(sheet, norms_of(sheet, None), honest_error_of())
        drawn.append(books.residual)
    assert books is not None
    seen, said = np.cov(np.array(drawn).T), books.covariance().toarray()

    # 150 draws know a correlation to about 0.08.
    assert np.abs(seen - said).max() < 0.45
    assert np.sqrt(((seen - said) ** 2).mean()) < 0.095


# ---- signatures ----------------------------------------------------------------------------------


def one(found: Signatures, books: Books, lie: Lie, good: str, period: int = 0) -> int:
    """Return the only signature of a kind, good and period of plant 0, to all partners."""
    (place,) = np.flatnonzero(
        (found.lie == int(lie))
        & (found.workplace == books.sheet.names.index("plant_0"))
        & (found.good == books.sheet.goods.index(good))
        & (found.period == period)
        & (found.partner < 0)
    )
    return int(place)


class _Silent:
    """A generator whose normal deviates are all zero."""

    def normal(self, size: tuple[int, ...] | int | None = None) -> np.ndarray | float:
        return 0.0 if size is None else np.zeros(size)


QUIET: np.random.Generator = _Silent()  # type: ignore[assignment]


def books_without_error(truth: Network, papers: object) -> Books:
    sheet = sheet_of(papers)  # type: ignore[arg-type]
    return books_of(sheet, norms_of(sheet, truth.economy), honest_error_of(), truth.economy)


@pytest.mark.parametrize(
    ("lie", "kind", "months"),
    [("bare", Lie.OUTPUT, 3), ("stock", Lie.STOCK, 3), ("deliv", Lie.DELIVERED, 1)],
)
def test_a_signature_is_what_the_lie_does_to_the_rows(lie: str, kind: Lie, months: int) -> None:
    truth = network(np.random.default_rng(3), 20, months)
    books = books_without_error(truth, reports(truth, QUIET, counted=(0,)))
    found = signatures_of(books)

    silent = reports(truth, QUIET, counted=(0,))
    told = reports(truth, QUIET, lie=lie, size=0.01, liars=(0,), counted=(0,))
    before, after = (books_without_error(truth, papers) for papers in (silent, told))
    assert len(before.rows) == len(after.rows)
    place = one(found, books, kind, "good_0", STANDING if months > 1 else 0)
    change = after.residual * after.scale - before.residual * before.scale
    sign = found.rows[:, [place]].toarray().ravel()
    size = 0.01 * truth.made[:, 0].sum()
    assert change / size == pytest.approx(sign * books.scale, abs=1e-9)


def test_own_stock_is_seen_by_a_later_count_alone() -> None:
    rng = np.random.default_rng(3)
    truth = network(rng, 20, 3)
    sheet = sheet_of(reports(truth, rng, counted=(0,)))
    books = books_of(sheet, norms_of(sheet, None), honest_error_of())
    found = signatures_of(books)

    first = found.rows[:, [one(found, books, Lie.STOCK, "good_0", 0)]].toarray().ravel()
    counted = books.rows.period[np.flatnonzero(first)]
    assert counted.tolist() == [0, 1, 2]
    last = found.rows[:, [one(found, books, Lie.STOCK, "good_0", 2)]].toarray().ravel()
    assert books.rows.period[np.flatnonzero(last)].tolist() == [2]


def test_without_counts_and_norms_own_stock_and_sales_cannot_be_seen() -> None:
    rng = np.random.default_rng(3)
    truth = network(rng, 20, 1)
    sheet = sheet_of(reports(truth, rng))
    found = signatures_of(books_of(sheet, norms_of(sheet, None), honest_error_of()))

    hidden = {Lie(int(lie)) for lie in found.lie[~found.seen]}
    assert hidden == {Lie.STOCK, Lie.SOLD, Lie.INPUTS}


def test_lies_that_do_the_same_are_tested_once() -> None:
    rng = np.random.default_rng(3)
    truth = network(rng, 20, 1)
    sheet = sheet_of(reports(truth, rng))
    books = books_of(sheet, norms_of(sheet, None), honest_error_of())
    found = signatures_of(books)

    output = one(found, books, Lie.OUTPUT, "good_0")
    assert found.alike[output] == one(found, books, Lie.BALANCE, "good_0")
    assert found.alike[one(found, books, Lie.DELIVERED, "good_0")] != found.alike[output]
    families = {int(family): 0 for family in found.family}
    for lie in np.flatnonzero(found.seen & (found.alike == np.arange(len(found)))):
        families[int(found.family[lie])] += 1
    least, count = thresholds(found, 0.01)
    assert count == 20
    number = families[int(found.family[output])]
    assert least[output] == pytest.approx(norm.isf((1 - 0.99 ** (1 / number)) / 2))
