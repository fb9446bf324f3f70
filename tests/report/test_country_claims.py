"""What the book of the country says of its base, of given paths, of numbers it has twice."""

import re
from functools import cache
from html import unescape

import pytest

from sovplan.lab.country import country_run, prepared_country
from sovplan.records.run import CountryRun
from sovplan.regimes.model import model_parameter_table
from sovplan.report.country_book import country_book


@cache
def run(name: str, years: int) -> tuple[CountryRun, str]:
    """Return a short run of history and the words of its book."""
    tasks = prepared_country(name, ["as_it_was"], years=years, persons=1000, households=5000)
    found = country_run(tasks)
    book = country_book(found, [task.regime for task in tasks])
    return found, " ".join(unescape(re.sub(r"<[^>]+>", " ", book)).split())


def test_a_run_from_1917_names_the_base_of_its_indices() -> None:
    _, words = run("russia-1917", 5)
    assert "In 1921 (1928 of as it was, run from 1921, = 100)" in words
    assert "1928, run from 1921 = 100" in words
    assert "January 1921 joins badly" in words


def test_a_run_from_1921_has_its_base_in_itself() -> None:
    _, words = run("ussr-1921", 5)
    assert "In 1925 (1928 as it was = 100)" in words
    assert "joins badly" not in words


@pytest.mark.parametrize(
    ("said", "rows", "whole"),
    [
        ("Prisoners", "persons/prisoners", "whole/prisoners"),
        ("Distortion", "works/distortion", "whole/distortion"),
        ("Quality", "works/quality/heavy", "whole/quality"),
    ],
)
def test_a_quantity_with_two_values_says_so_in_both_chapters(
    said: str, rows: str, whole: str
) -> None:
    found, words = run("ussr-1921", 5)
    assert len(re.findall(rf"{said} stands? in this book twice", words)) == 2
    both = [found.values("as_it_was", name, "real") for name in (rows, whole)]
    assert set(both[0]) == set(both[1])


def test_distortion_is_one_state_at_the_end_and_as_a_mean() -> None:
    found, _ = run("ussr-1921", 5)
    end, mean = (found.values("as_it_was", f"{name}/distortion", "real")
                 for name in ("works", "whole"))  # fmt: skip
    for year in range(1922, 1926):  # the country's start is rounded in its table
        assert mean[year] == pytest.approx(0.75 * end[year - 1] + 0.25 * end[year], abs=1e-4)


def test_paths_that_are_given_say_so_in_their_figures() -> None:
    _, words = run("ussr-1921", 9)
    assert "Women among all officials are given (double line)" in words
    assert "Households of a farm are given from the drive on (double line)" in words
    assert "Double line: given, not found." in words
    assert "at the end of the year, as printed in the middle of it" in words


def test_parameters_of_hunger_at_an_end_are_counted() -> None:
    _, words = run("ussr-1921", 5)
    fitted = [each for each in model_parameter_table()
              if each.rule == "R28" and each.provenance == "calibrated"]  # fmt: skip
    at_end = [each for each in fitted if each.value in {each.low, each.high}]
    assert {each.name for each in at_end} == {"c_star", "sd0", "sd_w", "sd_q"}
    assert f"{len(at_end)} of the {len(fitted)} fitted parameters of the rule (R28)" in words
    assert "no passports" not in words


@pytest.mark.parametrize(("name", "last"), [("russia-1917", 1921), ("ussr-1921", 1925)])
def test_a_short_run_speaks_of_its_own_years_alone(name: str, last: int) -> None:
    found, words = run(name, 5)

    assert max(found.years) == last
    assert f"After the harvest of {last} grain a head lay between" in words
    assert "so in 1921 nobody in office" not in words
