"""Files of clauses: what is read, and what is refused where."""

import tomllib

import pytest

from sovplan.foundation.errors import DataError
from sovplan.history.economies import read_economy
from sovplan.records.amendments import Amendments, Clause
from sovplan.records.amendmentsfile import CLAUSE_KEYS, amendments_of, head_counts

YEARS = (2027, 2028, 2029, 2030, 2031)
GOOD = """
[[amendment]]
name = "shoes for children"
reason = "they walk to school"
sponsors = 12
paid_by = ["clothing"]
protect = ["bread"]
[[amendment.clause]]
raise = "shoes"
by = 10
year = 2028
[[amendment.clause]]
hours = "all"
most = 46000
[[amendment]]
name = "heads"
[[amendment.clause]]
per_head = "milk"
among = "households"
least = 0.4
[[amendment.clause]]
share = ["shoes", "care_house"]
most = 0.5
[shares]
care = 0.4
"""


def read(text: str, economy: str = "federation-12") -> Amendments:
    return amendments_of(tomllib.loads(text), read_economy(economy), YEARS, name="clauses.toml")


def test_what_is_written_is_read() -> None:
    found = read(GOOD)

    first, second = found.amendments
    assert (first.name, first.sponsors, first.reason) == (
        "shoes for children", 12, "they walk to school",
    )  # fmt: skip
    assert (first.paid_by, first.protect, first.public_pays) == (("clothing",), ("bread",), False)
    assert first.clauses == (
        Clause("raise", ("shoes",), "consumption", by=10.0, year=2028),
        Clause("hours", ("all",), most=46000.0),
    )
    assert second.clauses[0].among == "households"
    assert second.clauses[1] == Clause("share", ("shoes", "care_house"), "labour", most=0.5)
    assert [(vote.branch, vote.share) for vote in found.shares] == [("care", 0.4)]


AMENDED = '[[amendment]]\nname = "a"\n[[amendment.clause]]\n'
BAD = {
    "an unknown good": (AMENDED + 'raise = "shoe"\nby = 5', 'clause 1, raise.*"shoes"|shoes'),
    "an unknown key": (AMENDED + 'raise = "shoes"\nbuy = 5\nby = 1', "clause 1, buy.*by"),
    "two kinds": (AMENDED + 'raise = "shoes"\ngood = "milk"\nby = 1', "exactly one of these"),
    "no amount": (AMENDED + 'raise = "shoes"', "needs exactly one amount: by"),
    "a wrong amount": (AMENDED + 'good = "shoes"\nby = 5', "least or most"),
    "a text for a number": (AMENDED + 'raise = "shoes"\nby = "5 %"', "clause 1, by.*5 %"),
    "less than nothing": (AMENDED + 'raise = "shoes"\nby = -5', "clause 1, by.*-5"),
    "more than all of it": (AMENDED + 'lower = "shoes"\nby = 120', "clause 1, by.*100"),
    "a year outside": (AMENDED + 'raise = "shoes"\nby = 5\nyear = 2040', "2027 to 2031"),
    "nobody counted": (AMENDED + 'per_head = "milk"\nleast = 1\namong = "men"', "households"),
    "heads of a sum": (AMENDED + 'good = "milk"\nleast = 1\namong = "total"', "only per_head"),
    "an unknown kind of labour": (AMENDED + 'hours = "craft"\nby = 5', "crafts"),
    "an unknown branch": (AMENDED + 'share = "carpentr"\nleast = 0.1', "carpentry"),
    "a share above 1": (AMENDED + 'share = "care"\nleast = 10', "clause 1, least.*1"),
    "an unknown measure": (AMENDED + 'raise = "shoes"\nby = 5\nof = "outputs"', "output"),
    "no name": ('[[amendment]]\n[[amendment.clause]]\nraise = "shoes"\nby = 5', "1, name"),
    "a name twice": (2 * (AMENDED + 'raise = "shoes"\nby = 5\n'), "2, name.*twice"),
    "no clause": ('[[amendment]]\nname = "a"', "amendment.clause"),
    "a payer unknown": ('[[amendment]]\nname = "a"\npaid_by = ["guns"]\n[[amendment.clause]]\n'
                        'raise = "shoes"\nby = 5', "1, paid_by.*guns"),
    "a payer that is protected": ('[[amendment]]\nname = "a"\npaid_by = ["milk"]\n'
                                  'protect = ["bread", "milk"]\n[[amendment.clause]]\n'
                                  'raise = "shoes"\nby = 5',
                                  "1, protect.*'a' names 'milk' in paid_by and in protect"),
    "a payer that is no list": ('[[amendment]]\nname = "a"\npaid_by = "milk"\n'
                                '[[amendment.clause]]\nraise = "shoes"\nby = 5', "list of names"),
    "half a sponsor": ('[[amendment]]\nname = "a"\nsponsors = 0.5\n[[amendment.clause]]\n'
                       'raise = "shoes"\nby = 5', "1, sponsors"),
    "nothing": ("", "nothing is asked for"),
    "shares above all": ("[shares]\ncare = 0.7\nshoes = 0.4", "add up to 1.1"),
    "a share of nobody": ("[shares]\ncares = 0.7", "shares.*care"),
    "no tables": ("amendment = 3", "tables were needed"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_what_is_wrong_is_refused_with_file_clause_and_field(case: str) -> None:
    text, expected = BAD[case]

    with pytest.raises(DataError, match=f"(?s)clauses.toml.*({expected})"):
        read(text)


def test_too_many_amendments_are_refused() -> None:
    one = '[[amendment]]\nname = "a{n}"\n[[amendment.clause]]\nraise = "shoes"\nby = 5\n'

    with pytest.raises(DataError, match="13 amendments; 12"):
        read("".join(one.format(n=n) for n in range(13)))


def test_heads_are_those_of_the_economy() -> None:
    assert head_counts(read_economy("federation-12"))["households"][2027] == 60
    assert head_counts(read_economy("two-goods")) == {}


def test_every_key_of_a_clause_is_one_of_those_documented() -> None:
    assert {"raise", "lower", "good", "per_head", "hours", "share"} < {*CLAUSE_KEYS}
