"""What an encyclopedia, a forum or notes of a school say is marked as such."""

from sovplan.history.figures import KINDS
from sovplan.history.series import all_series, sources


def test_figures_of_encyclopedias_and_forums_say_so() -> None:
    tertiary = {key for key, source in sources().items() if source.kind == "tertiary"}
    figures = [figure for each in all_series() for figure in each.figures]

    assert {"WikiColl", "WikiScissors", "FamineWiki", "WhenCom", "VallinForum"} <= tertiary
    assert {source.kind for source in sources().values()} == set(KINDS)
    assert [f for f in figures if (f.status == "tertiary") != (f.source in tertiary)] == []
