"""Labour contents worked by hand: wear of plants, imports paid by exports, joint products."""

import numpy as np
import pytest

from sovplan.planning.optimum import optimum
from sovplan.records.aims import Aims
from sovplan.records.assembly import economy_of
from sovplan.records.draft import Draft
from sovplan.records.folder import Folder, Table
from sovplan.records.returns import Returns

Rows = list[dict[str, object]]


def drafted(tables: dict[str, Rows], **aims: object) -> Draft:
    settings = {"format": 1, "name": "contents", "year": 1}
    folder = Folder(
        settings, {f"{name}.csv": Table.of(f"{name}.csv", tables[name]) for name in tables}
    )
    return optimum(Returns(economy_of(folder)), Aims(years=1, **aims))  # type: ignore[arg-type]


def contents(draft: Draft) -> dict[str, float]:
    assert draft.labour_content is not None
    return dict(zip(draft.economy.goods.names, draft.labour_content[:, 0].tolist(), strict=True))


def test_a_loaf_carries_the_bricks_that_its_oven_wears_down() -> None:
    draft = drafted(
        {
            "goods": [{"good": "bread", "spoilage": 1}, {"good": "brick", "spoilage": 1}],
            "techniques": [
                {"technique": "oven", "capacity": 50, "wear": 0.1, "gestation": 1},
                {"technique": "kiln"},
            ],
            "flows": [
                {"technique": "oven", "good": "bread", "role": "output", "amount": 1},
                {"technique": "oven", "good": "brick", "role": "capital", "amount": 3},
                {"technique": "kiln", "good": "brick", "role": "output", "amount": 1},
            ],
            "labour": [
                {"technique": "oven", "skill": "all", "hours": 2},
                {"technique": "kiln", "skill": "all", "hours": 4},
            ],
            "supply": [{"year": 1, "kind": "labour", "name": "all", "amount": 1000}],
            "needs": [{"year": 1, "good": "bread", "target": 60}],
        }
    )

    # A brick is 4 hours. A loaf is 2 hours and a tenth of the 3 bricks that stand behind it.
    found = contents(draft)
    assert found["brick"] == pytest.approx(4.0, rel=1e-9)
    assert found["bread"] == pytest.approx(2.0 + 0.1 * 3 * 4, rel=1e-9)


def test_an_import_carries_the_hours_of_the_exports_that_pay_for_it() -> None:
    draft = drafted(
        {
            "goods": [
                {"good": "cloth", "spoilage": 1, "export_price": 2},
                {"good": "tea", "spoilage": 1, "import_price": 4},
                {"good": "dye", "spoilage": 1, "import_price": 1},
            ],
            "techniques": [{"technique": "weavers"}],
            "flows": [
                {"technique": "weavers", "good": "cloth", "role": "output", "amount": 1},
                {"technique": "weavers", "good": "dye", "role": "input", "amount": 0.5},
            ],
            "labour": [{"technique": "weavers", "skill": "all", "hours": 6}],
            "supply": [{"year": 1, "kind": "labour", "name": "all", "amount": 100}],
            "needs": [{"year": 1, "good": "tea", "target": 1}],
        }
    )

    # cloth = 6 + 0.5 dye and dye = 1 cloth / 2 give 8; foreign money is then 4 hours, tea 16.
    found = contents(draft)
    assert found["cloth"] == pytest.approx(8.0, rel=1e-9)
    assert found["dye"] == pytest.approx(4.0, rel=1e-9)
    assert found["tea"] == pytest.approx(16.0, rel=1e-9)


def test_hours_count_with_the_weights_of_the_aims() -> None:
    tables: dict[str, Rows] = {
        "goods": [{"good": "bread", "spoilage": 1}, {"good": "salt", "spoilage": 1}],
        "techniques": [{"technique": "oven"}],
        "flows": [{"technique": "oven", "good": "bread", "role": "output", "amount": 2}],
        "labour": [
            {"technique": "oven", "skill": "baker", "hours": 3},
            {"technique": "oven", "skill": "helper", "hours": 1},
        ],
        "supply": [
            {"year": 1, "kind": "labour", "name": "baker", "amount": 30},
            {"year": 1, "kind": "labour", "name": "helper", "amount": 30},
        ],
        "needs": [{"year": 1, "good": "bread", "target": 10}],
    }

    found = contents(drafted(tables, labour_weights={"baker": 2.0}))

    # 2 x 3 hours of the baker and 1 of the helper make two loaves.
    assert found["bread"] == pytest.approx(3.5, rel=1e-9)
    assert np.isnan(found["salt"])
