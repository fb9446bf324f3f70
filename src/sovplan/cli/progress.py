"""What a command is doing, on a terminal: one line that rewrites itself."""

import sys
from collections.abc import Callable

from sovplan.foundation.words import say


def tell(key: str, /, **values: object) -> None:
    """Show on a terminal what is being done; without a key, show nothing any more."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{say(key, **values) if key else ''}")
        sys.stderr.flush()


def counting(key: str, draws: int) -> Callable[[int], None]:
    """Return what counts draws on a terminal, at most a hundred times, in the words of a key."""

    def count(done: int) -> None:
        if done == draws or done % max(draws // 100, 1) == 0:
            tell(key, done=done, draws=draws)

    return count
