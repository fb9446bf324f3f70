"""Plans of the program 5yearplan, by the product, against the values found for them elsewhere."""

from pathlib import Path

import pytest
from tests.independent import write_case
from tests.independent.five_year_plan import five_year_plan_case

from sovplan.history.economies import read_aims
from sovplan.planning.optimum import optimum
from sovplan.records.assembly import economy_of
from sovplan.records.returns import Returns
from sovplan.records.tables import read_folder

# ../shared/data/reference/5yearplan/README.md, table of results: the sum of the years' fulfilments.
PUBLISHED = {
    "demo": 8.797299,
    "pascal4x2": 2.506379,
    "gen_10x5": 7.234370,
    "gen_20x5": 8.283116,
    "gen_50x5": 8.386750,
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_sum_of_fulfilments_is_reached(
    name: str, shared: Path, tmp_path: Path
) -> None:
    aims = write_case(five_year_plan_case(shared / "data/reference/5yearplan" / name), tmp_path)
    economy = economy_of(read_folder(tmp_path))

    draft = optimum(Returns(economy), read_aims(aims, economy, tmp_path), thorough=False)

    assert draft.objective == pytest.approx(PUBLISHED[name], rel=1e-6)
    certificate = draft.certificate
    assert certificate is not None
    assert max(certificate.primal, certificate.dual, certificate.gap) <= 1e-7
