from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sovplan.foundation.errors import DataError
from sovplan.records.institutions import KINDS, Institutions
from sovplan.regimes.article import Article
from sovplan.regimes.catalogue import FOLDER, REGIMES, regime_titles
from sovplan.regimes.regime import Regime, read_regime

ALL = {name: read_regime(name) for name in REGIMES}
LAST = 1940


def of(regime: Regime, institution: str) -> list[Article]:
    return [article for article in regime.articles if article.institution == institution]


def test_a_new_article_is_in_force_from_its_year_and_not_before() -> None:
    command = ALL["command_1929"]

    caps = [command.in_force(year).pay_cap for year in (1929, 1931, 1932, 1933, 2000)]
    assert caps == [0.8, 0.8, 0.0, 0.0, 0.0]


def test_articles_may_stand_in_any_order() -> None:
    command = ALL["command_1929"]
    turned = replace(command, articles=tuple(reversed(command.articles)))

    assert all(turned.in_force(year) == command.in_force(year) for year in range(1929, 1942))


def test_a_year_before_the_first_article_is_refused_with_the_year_to_start_in() -> None:
    with pytest.raises(DataError) as refused:
        ALL["command_1929"].in_force(1928)

    assert "the regime command_1929 is not complete in 1928: drafters, " in str(refused.value)
    assert "start in 1929" in str(refused.value)


def test_the_first_year_is_that_of_the_institution_that_begins_last() -> None:
    command = ALL["command_1929"]
    late = replace(
        command,
        articles=tuple(
            replace(each, since=1935) if each in of(command, "ratchet") else each
            for each in command.articles
        ),
    )

    assert late.first_year == 1935
    assert late.in_force(1935).ratchet == command.in_force(1935).ratchet
    with pytest.raises(DataError, match="in 1934: ratchet begin later; start in 1935"):
        late.in_force(1934)


@pytest.mark.parametrize("name", REGIMES)
def test_a_file_is_found_by_name_and_by_path(name: str) -> None:
    assert read_regime(FOLDER / REGIMES[name]) == ALL[name]
    assert ALL[name].name == name
    assert (name, ALL[name].title) in regime_titles()


def test_every_file_of_a_regime_is_in_the_catalogue() -> None:
    written = {file.name for file in FOLDER.glob("*.toml")} - {"parameters.toml", "model.toml"}

    assert written == set(REGIMES.values())


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(DataError, match=r'no regime command_1930.*Did you mean "command_1929"'):
        read_regime("command_1930")


def test_councils_stay_the_same_in_all_years() -> None:
    for name in ("renewed_councils", "councils_isolated"):
        values = [ALL[name].in_force(year) for year in (1917, 1929, LAST, 2024)]
        assert values == [values[0]] * 4


def test_the_regimes_differ_in_most_institutions() -> None:
    one, other = (ALL[name].in_force(1933) for name in ("renewed_councils", "command_1929"))

    same = {name for name in KINDS if getattr(one, name) == getattr(other, name)}
    assert same == {"plan_years"}


# ---- drawing -------------------------------------------------------------------------------------

SEEDS = st.integers(0, 2**64 - 1)


@settings(max_examples=20)
@given(seed=SEEDS, name=st.sampled_from(list(REGIMES)), year=st.integers(1929, 1945))
def test_a_drawn_regime_is_valid_in_every_year_and_inside_its_ranges(
    seed: int, name: str, year: int
) -> None:
    drawn = ALL[name].drawn(seed)

    assert isinstance(drawn.in_force(year), Institutions)
    for article, original in zip(drawn.articles, ALL[name].articles, strict=True):
        # Building the article again holds its value against its range.
        assert replace(original, value=article.value) == article


def test_names_and_lists_are_not_drawn() -> None:
    for regime in ALL.values():
        values, drawn = regime.in_force(1930), regime.drawn(5).in_force(1930)
        for name in ("drafters", "decision_rule", "supply_order"):
            assert getattr(values, name) == getattr(drawn, name)


def test_a_seed_draws_the_same_again_and_another_seed_draws_otherwise() -> None:
    command = ALL["command_1929"]

    assert command.drawn(1) == command.drawn(1)
    assert command.drawn(1) != command.drawn(2)


def test_fewer_articles_do_not_change_what_the_others_draw() -> None:
    command = ALL["command_1929"]
    kept = tuple(each for each in command.articles if each.since <= 1932)
    fewer = replace(command, articles=tuple(reversed(kept)))

    assert fewer.drawn(9).in_force(1931) == command.drawn(9).in_force(1931)


def test_an_institution_keeps_its_place_in_its_ranges_over_the_years() -> None:
    drawn = of(ALL["command_1929"].drawn(3), "labour_law")

    places = [_place(article) for article in drawn]
    assert len(places) == 4
    assert max(places) - min(places) < 1e-12


def _place(article: Article) -> float:
    assert isinstance(article.low, float)
    assert isinstance(article.high, float)
    assert isinstance(article.value, float)
    return (article.value - article.low) / (article.high - article.low)


def test_draws_fill_the_range_evenly() -> None:
    hours, years = (of(ALL["renewed_councils"], name)[0] for name in ("hours", "plan_years"))

    places = [_place(hours.drawn(seed)) for seed in range(400)]
    assert min(places) < 0.02
    assert max(places) > 0.98
    assert abs(sum(places) / 400 - 0.5) < 4 * (1 / 12 / 400) ** 0.5
    drawn = [years.drawn(seed).value for seed in range(400)]
    assert {year: drawn.count(year) > 50 for year in set(drawn)} == dict.fromkeys(range(3, 8), True)


def test_the_norm_of_each_class_is_drawn_by_itself() -> None:
    norms = ALL["renewed_councils"].drawn(4).in_force(1930).ration_norms

    assert len(set(norms.values())) == 4


def test_institutions_draw_independently() -> None:
    audit, trust = (of(ALL["renewed_councils"], name)[0] for name in ("audit", "trust"))

    pairs = [(_place(audit.drawn(seed)), _place(trust.drawn(seed))) for seed in range(300)]
    product = sum((a - 0.5) * (b - 0.5) for a, b in pairs) / 300 * 12
    assert abs(product) < 4 / 300**0.5


def test_the_package_needs_no_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert read_regime("command_1929") == ALL["command_1929"]
