"""The other hand: the planning problem once more, from its page alone, for tests.

The product is compared with `solve` on the cases that `random_case` and `random_extended_case`
draw and `write_case` writes; `MISREADINGS` shows that the comparison can fail.
"""

from tests.independent.case import Case, read_case, write_case
from tests.independent.cases import random_case
from tests.independent.extended_cases import random_extended_case
from tests.independent.misreadings import MISREADINGS
from tests.independent.problem import solve
from tests.independent.programme import Answer, agree

__all__ = [
    "MISREADINGS",
    "Answer",
    "Case",
    "agree",
    "random_case",
    "random_extended_case",
    "read_case",
    "solve",
    "write_case",
]
