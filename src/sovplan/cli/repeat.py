"""What was asked of ``sovplan draft``, and the command line that asks for the same again."""

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Final, final

METHOD: Final = "optimum"
"""The method where none is named."""
AMENDMENTS: Final = "amendments.toml"
"""Name of the copy of a file of clauses in the folder of a draft."""


@final
@dataclass(frozen=True, slots=True)
class Asked:
    """The options of ``sovplan draft`` that decide what is drawn up."""

    economy: str
    aims: str | None
    years: int | None
    method: str
    draws: int
    seed: int
    price: str | None
    amend: str | None = None


def command_line(asked: Asked) -> str:
    """Return what to type in the folder of a draft to draw up the same again.

    An economy of the package and its aims go by their names. Files of the user's own go by the
    copies in that folder: a path of this machine has no meaning in a paper.
    """
    own = Path(asked.economy).is_dir()
    words = ["sovplan", "draft", "economy" if own else asked.economy]
    if asked.aims is not None:
        named = not own and not Path(asked.aims).is_file()
        words += ["--aims", asked.aims if named else "aims.toml"]
    if asked.years is not None:
        words += ["--years", str(asked.years)]
    if asked.method != METHOD:
        words += ["--method", asked.method]
    if asked.draws:
        words += ["--stress", str(asked.draws), "--seed", str(asked.seed)]
    if asked.price is not None:
        words += ["--price", asked.price]
    if asked.amend is not None:
        words += ["--amend", AMENDMENTS]
    return shlex.join(words)
