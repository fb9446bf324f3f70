"""Norms that change (R17, L15): who leaves, and what is kept of money."""

from dataclasses import replace

from tests.society.persons.lives import books, setting

from sovplan.foundation.engine.engine import digest
from sovplan.society.persons.year import Persons


def test_norms_that_change_move_who_leaves_and_what_is_kept_and_only_where_they_do() -> None:
    def told(changes: float, off: tuple[str, ...] = ()) -> dict[str, float]:
        made = setting(1500, off=off)
        inputs = made.inputs.changed("norm_changes", lambda _, __: changes)
        found = Persons(replace(made, inputs=inputs), "arrays")
        for year in range(1921, 1924):
            said = {each.series: each.value for each in found.live(year, books()[year])}
        return {**said, "digest": float(int(digest(found.rows)[:12], 16))}

    still, moved = told(0.0), told(0.3)

    assert told(0.3, ("rules.norm_changes",)) == still
    assert moved["persons/turnover"] > still["persons/turnover"] + 5.0
    assert moved["persons/money_kept"] < still["persons/money_kept"]
