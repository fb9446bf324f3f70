"""Classes of the society in the order in which rows of persons number them."""

from typing import Final

CLASSES: Final = (
    "peasant_own", "peasant_collective", "worker", "employee", "official", "other", "soldier",
    "student", "prisoner",
)  # fmt: skip
HOMES: Final = CLASSES[:6]
"""Classes of households (by definition); the rest are states of single persons."""
OWN, COLLECTIVE, WORKER, EMPLOYEE, OFFICIAL, OTHER, SOLDIER, STUDENT, PRISONER = range(9)
"""Numbers of the classes in the order of `CLASSES` (by definition)."""
