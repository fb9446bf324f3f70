import json
from collections.abc import Callable
from typing import Any

import pytest
from tests.records.papers import draft

from sovplan.foundation.errors import DataError
from sovplan.records.draftfile import document_bytes
from sovplan.records.summary import BLOCKS, Summary, summary_of

Document = dict[str, Any]


def document() -> Document:
    found: Document = json.loads(document_bytes(draft()))
    return found


def drop(key: str) -> Callable[[Document], object]:
    return lambda found: found.pop(key)


def put(path: str, value: object) -> Callable[[Document], object]:
    def change(found: Document) -> None:
        *steps, last = path.split("/")
        part = found
        for step in steps:
            part = part[step]
        part[last] = value

    return change


WRONG: dict[str, tuple[Callable[[Document], object], str]] = {
    **{f"no {key}": (drop(key), f'^one has no "{key}"') for key in BLOCKS},
    "no status": (drop("status"), '^one has no "status"'),
    "no bindings": (drop("bindings"), '^one has no "bindings"'),
    "status": (put("status", "best"), "one.status is 'best'"),
    "years": (put("years", ["2001"]), r"one.years\[0\] is '2001'; int was needed"),
    "fulfilment": (put("fulfilment", [1]), "one.fulfilment has 1 numbers; 3 were needed"),
    "block": (put("goods", []), r"one.goods is \[\]"),
    "series": (put("goods/oil/output", "much"), "one.goods.oil.output is 'much'"),
    "short series": (put("goods/oil/output", [1]), "one.goods.oil.output has 1 numbers"),
    "short trade": (put("trade/balance", [1]), "one.trade.balance has 1 numbers"),
    "certificate": (put("certificate", {"gap": 0}), "one.certificate has no"),
    "price": (put("terminal/steel", "dear"), "one.terminal.steel is 'dear'; number was needed"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_document_that_is_not_whole_is_refused_with_the_place(case: str) -> None:
    change, message = WRONG[case]
    spoiled = document()
    change(spoiled)

    with pytest.raises(DataError, match=message):
        summary_of(spoiled, "one")


def test_what_a_later_version_adds_is_passed_over() -> None:
    richer = document() | {"beauty": 5}
    richer["goods"]["oil"]["beauty"] = [1, 2, 3]

    found = summary_of(richer, "one")

    assert isinstance(found, Summary)
    assert found.numbers("goods", "oil", "beauty").tolist() == [1, 2, 3]


def test_whole_numbers_are_read_as_numbers() -> None:
    plain = document()
    plain["goods"]["oil"]["output"] = [1, 2, None]

    found = summary_of(plain, "one").numbers("goods", "oil", "output")

    assert found[:2].tolist() == [1.0, 2.0]
    assert found[2] != found[2]
