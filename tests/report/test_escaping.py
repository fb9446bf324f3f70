"""An economy is written by its users: nothing that they write may become markup."""

import pytest
from tests.report import drafts
from tests.report.page import Node, read

from sovplan.planning.optimum import optimum
from sovplan.records.aims import Aims
from sovplan.records.draft import Draft
from sovplan.records.returns import Returns
from sovplan.report.notebook import draft_html
from sovplan.report.planbook import plan_book

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style><svg/onload=alert(1)>",
    "</title></main>&lt;b&gt;&amp;",
    "{name} {0} %s ]]> --> <!--",
)


def spoiled(text: str, *, needs: bool = True) -> Draft:
    """Return the draft of a village in which all that has a name has this text in it."""

    def name(word: str) -> str:
        return f"{word} {text}"

    tables = drafts.village()
    for good in tables["goods.csv"]:
        good |= {"title": name(str(good["good"])), "unit": name("unit")}
    for technique in tables["techniques.csv"]:
        technique |= {"title": name(str(technique["technique"]))}
    skill = name("hands")
    for row in tables["labour.csv"]:
        row |= {"skill": skill}
    tables["supply.csv"][0] |= {"name": skill}
    if not needs:
        tables["supply.csv"][0] |= {"amount": 1}
    economy = drafts.built(
        tables,
        title=name("title"),
        notes=f"{name('invented')}. {name('notes')}",
        sources=name("sources"),
        licence=name("licence"),
        units={"hours": name("hours"), "foreign_prices": name("money")},
        assumptions={
            name("what"): {"low": 1, "high": 2, "source": name("source"), "note": name("note")}
        },
    )
    return optimum(Returns(economy), Aims(name=name("aims"), years=2))


def shape(page: Node) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return the elements of a page in order, with their classes and the names of attributes."""
    return [(n.tag, n.attributes.get("class", ""), tuple(n.attributes)) for n in page.walk()]


@pytest.mark.parametrize("needs", [True, False], ids=["a plan", "a contradiction"])
@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_names_are_text_and_nothing_else(hostile: str, needs: bool) -> None:
    tame = "x" * len(hostile)
    bad, good = (
        plan_book(
            spoiled(text, needs=needs),
            command=f"sovplan {text}",
            digests={text: text},
        )
        for text in (hostile, tame)
    )

    assert shape(read(bad)) == shape(read(good))
    # In full wherever a name is not cut: title, sources, notes, command.
    assert read(bad).text.count(hostile) > 10


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_notebook_is_as_safe(hostile: str) -> None:
    tame = "x" * len(hostile)
    bad, good = (draft_html(spoiled(text)) for text in (hostile, tame))

    assert shape(read(bad)) == shape(read(good))
