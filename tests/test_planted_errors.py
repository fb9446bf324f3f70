"""The list of planted errors is as old as the code: each text to be replaced occurs once."""

from tools.planted_errors import ROOT, misfits, read_list


def test_every_planted_error_can_be_planted() -> None:
    errors = read_list()

    assert list(misfits(errors)) == []
    assert len({error.name for error in errors}) == len(errors) >= 60


def test_every_test_named_for_a_planted_error_is_there() -> None:
    named = {test for error in read_list() for test in error.tests}

    for test in sorted(named):
        file, _, function = test.partition("::")
        assert (ROOT / file).exists(), test
        assert f"def {function.partition('[')[0]}" in (ROOT / file).read_text("utf-8"), test
