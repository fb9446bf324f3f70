"""Which known name is offered for one that is not known."""

import pytest

from sovplan.records.findings import nearest

KNOWN = (
    "ussr-1928", "ussr-1921", "russia-1917", "rules.norms", "rules.wants", "rules.slaughter",
    *(f"other{letter}" for letter in "abcdefgh"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("ussr-1920", "ussr-1921"),
        ("ussr-1927", "ussr-1928"),
        ("rusia-1917", "russia-1917"),
        ("rules.slaugter", "rules.slaughter"),
        ("rule.norms", "rules.norms"),
    ],
)
def test_the_nearest_name_is_offered(name: str, found: str) -> None:
    assert nearest(name, KNOWN) == f'Did you mean "{found}"?'


def test_what_all_names_share_makes_none_near() -> None:
    assert nearest("rules.nonsense", KNOWN) == f"There are {len(KNOWN)} to choose from."
