"""The tables of officials and of the tiers of bodies in which they have their posts."""

from typing import Final

from sovplan.foundation.engine.tables import Column, Count, Reference, Table
from sovplan.society.bodies.tiers import tiers

TIERS: Final = len(tiers())
NONE: Final = TIERS
"""Code of the tier of who has no post yet."""

OFFICIAL: Final = Table(
    "official",
    (
        Column("tier", "whole", "u1", text="tier of the body; last code: no post yet"),
        Column("persons", "whole", "i8", unit="persons", text="for how many it stands", low=0),
        Column("tenure", "whole", "u1", unit="years", text="years in the post"),
        Column("appointed", "whole", "u1", text="1 who was named from above, 0 elected"),
        Column("party", "whole", "u1", unit="years", text="years in the party, 0 not a member"),
        Column("skill", "share", "u2", text="skill, of the person"),
        Column("talent", "share", "u1", text="talent, of the person"),
        Column("schooling", "whole", "u1", unit="years", text="years at school, of the person"),
        Column("sex", "whole", "u1", text="1 woman"),
        Column("origin", "whole", "u1", text="class of birth"),
        Column("hidden", "real", "f8", unit="roubles of 1926/27", text="had from trade, a head"),
        Column("loyalty", "real", "f8", "flow", text="as those above see it, 0 to 1"),
        Column("competence", "real", "f8", "flow", text="skill, talent and school, 0 to 1"),
        Column("rank", "real", "f8", "flow", text="order in which posts are filled"),
        Column("lot", "real", "f8", "flow", text="a lot for what the rules leave open"),
    ),
    references=(Reference("body", "body", (("tier", TIERS + 1),)),),
    key="key",
    weight="persons",
)
"""Officials: a row is persons of one row of persons, all with posts in one tier."""

BODY: Final = Table(
    "body",
    (
        Column("kind", "whole", "u1", text="council, party, trusts, unions"),
        Column("level", "whole", "u1", text="0 local to 4 union"),
        Column("bodies", "real", "f8", unit="count", text="how many bodies"),
        Column("part", "real", "f8", text="share of all posts"),
        Column("seats", "whole", "i8", unit="posts", text="posts of the year"),
        Column("held", "whole", "i8", "flow", "persons", "who had a post on 1 January"),
    ),
)
"""Tiers of bodies; the last row is of those without a post."""

TABLES: Final = (OFFICIAL, BODY)
COUNTS: Final = (Count("body.held", "", "official", "survey"),)
