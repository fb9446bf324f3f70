"""What all tests share: data beside the repository, checks of types, how hypothesis draws."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.typed import lighten

ROOT = Path(__file__).resolve().parent.parent

# before anything of the package is imported
lighten()
# Tests run beside each other: equations solved by several threads would wait for one another's
# processors, and take up to fifty times as long. Read when the library of linear algebra is loaded,
# so by the processes that `pytest -n` starts; one process alone may have loaded it before this file.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

settings.register_profile("house", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "house")


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the root of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of data that lies beside the repository; without it the test is skipped."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs the data folder ../shared beside the repository; it is not there")
    return folder
