"""What `import sovplan` gives."""

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
