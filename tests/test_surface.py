"""What `import sovplan` gives."""

import subprocess
import sys

import pytest

import sovplan
from sovplan import Draft, Returns, optimum, read_economy


def test_every_public_name_is_there_and_sorted() -> None:
    assert sorted(sovplan.__all__) == sovplan.__all__
    for name in sovplan.__all__:
        assert getattr(sovplan, name).__doc__


def test_a_draft_shows_itself_in_a_notebook() -> None:
    draft = optimum(Returns(read_economy("two-goods")))

    frame = draft.to_frame("goods")  # type: ignore[attr-defined]
    assert {"grain", "tools"} <= set(frame.reset_index().to_numpy().ravel())
    assert "<table" in draft._repr_html_()  # type: ignore[attr-defined]
    assert hasattr(Draft, "to_xarray")


@pytest.mark.parametrize(
    ("module", "late"),
    [("sovplan", "sovplan.planning"), ("sovplan", "sovplan.report"),
     ("sovplan.cli", "sovplan.cli.app"), ("sovplan.cli.run", "sovplan.lab")],
)  # fmt: skip
def test_what_is_slow_is_loaded_when_it_is_asked_for(module: str, late: str) -> None:
    program = f"import sys, {module}; print('{late}' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)

    assert done.stdout.split() == [b"False"]


def test_a_name_that_is_not_there_is_not_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'optimun'"):
        _ = sovplan.optimun
    assert set(sovplan.__all__) <= set(dir(sovplan))
