from sovplan.history.nation import QUARTERS
from sovplan.lab.came import headline
from sovplan.lab.given import Given, by_hold, given_of_met, moving, standing_still
from sovplan.lab.validate import as_shipped, validate
from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameters


def test_all_patterns_that_are_met_are_told_and_no_other() -> None:
    met = [each.pattern.id for each in as_shipped() if each.status == "met"]

    assert list(given_of_met()) == met


def test_the_collectivised_share_is_set_by_its_paths() -> None:
    found = given_of_met()["V15"]

    assert found.hold == "set"
    assert found.paths == ("coll_pressure", "exit_allowed")
    assert found.movers == ("rules.collectivisation",)
    others = {name: 0.99 * value for name, value in model_parameters().items()}
    kept = {name: model_parameters()[name] for name in ("press_gain", "exit_rate")}
    kept["coll_voluntary"] = model_parameters()["coll_voluntary"]
    (shaken,) = validate(parameters={**others, **kept}, only={"V15"})
    shipped = next(each for each in as_shipped() if each.pattern.id == "V15")
    assert [each.model for each in shaken.points] == [each.model for each in shipped.points]


def test_towns_lean_on_a_path_and_on_many_rules() -> None:
    found = given_of_met()["V21"]

    assert found.hold == "leans"
    assert "towns_open" in found.paths
    assert "rules.migration" in found.movers
    assert len(found.movers) > 10
    still = validate(standing_still(country_inputs(), "towns_open"), only={"V21"})
    assert [each.status for each in still] == ["missed"]


def test_a_path_that_stands_still_keeps_its_seasons() -> None:
    inputs = country_inputs()
    first = inputs.years.start
    still = standing_still(inputs, "coll_pressure").values["coll_pressure"]

    assert still.keys() == inputs.values["coll_pressure"].keys()
    for (year, quarter), value in still.items():
        assert value == inputs.values["coll_pressure"][min(year, first), quarter]
    seasons = [inputs.values["season"][first, quarter] for quarter in QUARTERS]
    assert len(set(seasons)) > 1
    assert standing_still(inputs, "season").values["season"] == inputs.values["season"]


def test_nature_seasons_and_what_no_quarter_reads_are_not_tried() -> None:
    tried = moving(country_inputs())

    assert {"coll_pressure", "towns_open", "food_ok", "quota_share"} <= set(tried)
    assert not {"weather", "world_prices", "season", "school_places"} & set(tried)


def test_a_pattern_that_one_rule_moves_without_any_path_is_free() -> None:
    assert Given((), ("rules.migration",), 30).hold == "free"
    assert Given((), (), 30).hold == "free"
    assert Given(("towns_open",), ("rules.migration", "rules.strata"), 30).hold == "leans"


def test_the_headline_names_each_pattern_once() -> None:
    given = {
        "V01": Given(("towns_open",), ("a", "b"), 30),
        "V15": Given(("coll_pressure",), ("a",), 30),
        "V21": Given((), ("a", "b"), 30),
    }

    met, carried = headline(as_shipped(), given)

    assert met.startswith("8 of 16 patterns met")
    assert by_hold(given) == {"set": ("V15",), "leans": ("V01",), "free": ("V21",)}
    assert [carried.count(id_) for id_ in given] == [1, 1, 1]
    assert "None is met" not in carried
