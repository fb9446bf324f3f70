"""Write docs/look-up/country.md: the model of the country, read off its rules.

.venv/bin/python -m tools.country_page
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sovplan.foundation.engine.block import Piece
from sovplan.history.nation import AFTER_WAR
from sovplan.lab.production import overdrawn
from sovplan.regimes.countries import HISTORY, country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.society.nation.order import EVERY, ORDER, Phase
from sovplan.society.nation.year import run_nation

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "look-up" / "country.md"

_HEAD: Final = """# The country in seven sectors

<!-- Written by tools/country_page.py from the rules; a test checks that it is fresh. -->

The USSR from 1917 or 1921 to 1940 by quarters, as one village, one town and seven sectors (crops,
animals, heavy goods, machines, building, light goods, services). It is the miniature of the
specification of the model, written as rules that can be read, contested and switched off: numbers
in, a number out.
Political institutions are paths that history gives, and so are war and coordination to 1920;
nothing here decides them. It says in half a second what mechanisms do to each other; who lived,
who died and who gained by it is for the rules of persons.

In Python:

```python
from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.society.nation.measures import measures
from sovplan.society.nation.year import run_nation

inputs = country_inputs()  # from 1921; country_inputs("as_it_was", 1917) begins in 1917
books = run_nation(inputs, model_parameters(), off=["rules.slaughter"])
measures(books, inputs)["herd"][1933]
```

`inputs.changed("quota_share", lambda year, share: 0.85 * share)` gives the same inputs with one
path changed. Each quarter people, animals, grain and goods are checked to 1e-9; a run stops where
they do not add up. [Switches](switches.md) says what each rule does,
[parameters](model-parameters.md) what every number rests on,
[patterns](../understand/patterns.md) how far history is met.

## What is weak

- The start of 1921, weather, quotas and the pressure on the village were chosen by the trial with
  the outcome before its eyes.
- Grain withheld is a memorandum: it is not taken out of what the village eats. Private sales of
  grain are a share of the offer of the last quarter.
- What the state took is summed over the calendar year in the balance of grain.
- The rates of hunger are those of one national mean with twenty localities around it.
- Two accounts are closed by items called overdrawn, goods that are used and that nobody made:
  {overdrawn}. From 1917 arms of the war economy ask for more machines than there are, and regimes
  that keep it do so to 1940; a run says so under its table. `as_it_was_whole` binds users to what
  there is (`arms_bound`, `materials_bound`).
- Crops, animals and services have no account of uses: their balance is not checked.
- Before 1921 nothing was fitted: [collapse and recovery](../understand/collapse.md) prints what a
  run from 1917 misses.
- `year` is read by three rules for trends (R08, R19, R01); all other dates are paths.

## The order of a quarter

Phases act one after the other; within a phase no column is written twice, and none is read before
it was written: a test checks both.
"""


def page() -> str:
    """Return the page as it should stand."""
    parts = [_HEAD.replace("{overdrawn}", _overdrawn())]
    for phase in ORDER:
        parts += [f"### {_begun(phase.name)}", "", *_phase(phase)]
    return "\n".join(parts).rstrip() + "\n"


def _overdrawn() -> str:
    """Return what of the goods of history is used and not there, in runs from either year."""
    told = []
    for first in (AFTER_WAR, 1917):
        books = run_nation(country_inputs(HISTORY, first), model_parameters())
        for title, column in (
            ("machines", "machines_overdrawn"),
            ("heavy goods", "heavy_overdrawn"),
        ):
            most, year, last = overdrawn(books, column)
            told.append(
                f"{title} up to {most:.2f} milliard roubles a year ({year}), last in {last}"
            )
        told[-2:] = [f"in `as_it_was` from {first} {told[-2]}, {told[-1]}"]
    return "; ".join(told)


def _begun(text: str) -> str:
    return text[0].upper() + text[1:]


def _phase(phase: Phase) -> Iterator[str]:
    when = "every quarter" if phase.quarters == EVERY else f"quarter {phase.quarters[0]}"
    yield f"Step: {phase.step}; {when}."
    yield ""
    for piece in phase.pieces:
        yield from _piece(piece)


def _piece(piece: Piece) -> Iterator[str]:
    table = {"nation": "", "sectors": ", for each sector", "block": ", a block"}[piece.table]
    yield f"#### {piece.number} {piece.name}{table}"
    yield ""
    yield "```text"
    yield piece.equation.rstrip()
    yield "```"
    yield ""
    for name, listed in (
        ("reads", piece.reads),
        ("institutions", piece.institutions),
        ("parameters", piece.parameters),
        ("writes", piece.writes),
    ):
        if listed:
            yield f"- {name}: {', '.join(f'`{each}`' for each in listed)}"
    if piece.switch:
        yield f"- switch: `{piece.switch}`"
    yield f"- source: {piece.source}"
    yield ""


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(PAGE)
