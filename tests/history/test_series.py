"""The historical series: transcribed as collected, whole, sourced, and refused when spoilt."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import sovplan.history
from sovplan import read_economy
from sovplan.foundation.errors import DataError
from sovplan.foundation.units import Unit, factor
from sovplan.history.economies import folder_path
from sovplan.history.figures import Figure
from sovplan.history.series import (
    STATUSES,
    all_series,
    goods_series,
    matches,
    measure_series,
    series,
    sources,
)
from sovplan.history.seriesfiles import read_collection

HERE = Path(__file__).resolve().parent
DATA = Path(sovplan.history.__file__).parent / "data" / "series"
FIGURES = [figure for each in all_series() for figure in each.figures]

STATUS = {"printed": {"sourced"}, "derived": {"derived"}, "checked": {"recalled_checked"},
          "recalled": {"recalled", "recalle"}, "tertiary": {"sourced", "derived"}}  # fmt: skip
"""Our statuses and those of the collection; one cell of it is cut short."""

LATE = {("population_claimed_end_1933", 1933): "1937"}
"""A claim of 1934 about the end of 1933 that the collection has under the year of its source."""

SINCE = {"money_in_circulation", "grain_procurement_half_year"}
"""Series whose sources were opened after the collection was closed; they stand here alone."""

BETTER = {("households_collectivised_by_date", "1929-10-01"): "WikiColl"}
"""Figures for which the collection names a page of an encyclopedia and, in its note, a book that
has the same: here the book stands."""

Row = dict[str, str]


def table(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# ---- against the collection ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def collected(shared: Path) -> dict[tuple[str, str], list[Row]]:
    """Return the rows of the collection by file and series; plans by plan, product, variant."""
    found: dict[tuple[str, str], list[Row]] = {}
    folder = shared / "data" / "history"
    for file in sorted({row["file"] for row in table(HERE / "data" / "shared_series.csv")}):
        for row in table(folder / file):
            for name, plain in _as_series(row):
                found.setdefault((file, name), []).append(plain)
    return found


def _as_series(row: Row) -> Iterator[tuple[str, Row]]:
    if "plan" not in row:
        yield row["series"], row
        return
    name = f"{row['plan']}|{row['product']}|{row['target_variant']}"
    for part in ("base", "target", "result"):
        plain = {"year": row[f"{part}_year"], "value": row[f"{part}_value"]}
        yield f"{name}|{part}", {**row, **plain}


def origins() -> dict[str, list[tuple[str, str]]]:
    """Return for each series the file and series of the collection from which it was taken."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in table(HERE / "data" / "shared_series.csv"):
        found.setdefault(row["series"], []).append((row["file"], row["shared"]))
    return found


KEYS = {row["shared_source"]: row["key"] for row in table(HERE / "data" / "shared_sources.csv")}


def time_of(row: Row, name: str) -> tuple[int, str]:
    """Return year and period as our figures write them."""
    year, month = row["year"], re.search(r"_month_(\d\d)$", name)
    if month:
        return int(year), f"{year}-{month[1]}"
    if re.fullmatch(r"\d{4}", year):
        return int(year), ""
    if re.fullmatch(r"\d{4}/\d\d", year):
        return int(year[:4]) + 1, year
    return int(year[5:] if re.fullmatch(r"\d{4}-\d{4}", year) else year[:4]), year


def is_that(figure: Figure, row: Row, name: str) -> bool:
    year, period = time_of(row, name)
    written = LATE.get((figure.series, figure.year))
    same_time = row["year"] == written or (figure.year == year and period in {"", figure.period})
    named = BETTER.get((figure.series, figure.period), figure.source)
    same_source = KEYS.get(row["source"], row["source"]) == named
    return same_time and same_source and float(row["value"]) == figure.value


def test_every_figure_stands_in_the_collection_with_year_value_and_source(
    collected: dict[tuple[str, str], list[Row]],
) -> None:
    origin = origins()
    absent = [
        figure
        for figure in FIGURES
        if figure.source != "Computed"
        and figure.series not in SINCE
        and not any(
            is_that(figure, row, place[1])
            for place in origin[figure.series]
            for row in collected[place]
        )
    ]

    assert len(FIGURES) > 1400
    assert absent == []


def test_no_status_is_surer_than_that_of_the_collection(
    collected: dict[tuple[str, str], list[Row]],
) -> None:
    origin = origins()
    surer = []
    for figure in FIGURES:
        rows = [
            row
            for place in origin.get(figure.series, [])
            for row in collected[place]
            if row.get("status") and is_that(figure, row, place[1])
        ]
        allowed = STATUS[figure.status] | ({"sourced"} if figure.status == "derived" else set())
        if rows and not any(row["status"] in allowed for row in rows):
            surer.append(figure)

    assert surer == []


def test_of_what_was_transcribed_no_row_is_left_out(
    collected: dict[tuple[str, str], list[Row]],
) -> None:
    taken: dict[tuple[str, str], list[Figure]] = {}
    for name, places in origins().items():
        for place in places:
            taken.setdefault(place, []).extend(series(name).figures)
    left = [
        (place[1], row["year"], row["source"][:20])
        for place, figures in taken.items()
        for row in collected[place]
        if 1913 <= time_of(row, place[1])[0] <= 1941
        and KEYS.get(row["source"], row["source"]) in {figure.source for figure in figures}
        and not any(is_that(figure, row, place[1]) for figure in figures)
    ]

    assert sorted(left) == LEFT_OUT


LEFT_OUT = [
    ("grain_exports", "1931", "Brainscape"),
    ("grain_exports", "1934", "Brainscape"),
    ("grain_harvest_soviet_1930s_estimate", "1909-1913", "WD1994"),
    ("grain_harvest_soviet_revised", "1909-1913", "WD1994"),
    ("grain_harvest_western_low", "1909-1913", "WD1994"),
]
"""Averages of several years, and second prints of figures that are in a series already."""


# ---- as it stands --------------------------------------------------------------------------------


def test_a_figure_that_is_not_simply_printed_says_why() -> None:
    silent = [f for f in FIGURES if f.status in {"derived", "checked"} and not f.note]

    assert silent == []


def test_a_recalled_figure_rests_on_no_work_that_was_read_for_it() -> None:
    opened = {f.source for f in FIGURES if f.status == "recalled"} & {
        key for key, source in sources().items() if "not" not in source.opened
    }

    assert opened == {"Stalin1934"}  # of its table of livestock only the first rows were read


def test_every_source_and_every_listed_unit_is_used() -> None:
    assert {*sources()} == {figure.source for figure in FIGURES}
    listed = {row["unit"] for row in table(DATA / "units.csv")}
    assert listed == {each.unit for each in all_series() if not Unit.parse(each.unit).known}


def test_figures_are_in_order_and_within_their_ranges() -> None:
    for each in all_series():
        times = [(figure.year, figure.period) for figure in each.figures]
        assert times == sorted(times), each.name
        assert each.years == (times[0][0], times[-1][0])
    assert all(f.low is None or f.low <= f.value for f in FIGURES)
    assert all(f.high is None or f.value <= f.high for f in FIGURES)
    assert {f.status for f in FIGURES} == set(STATUSES)


def test_sources_that_disagree_stay_apart() -> None:
    low, soviet = series("grain_harvest_western_low"), series("grain_harvest_soviet_revised")

    assert (low.values()[1932], soviet.values()[1932]) == (56, 69.8)
    assert series("steel").values()[1913] != series("steel_nmc").values()[1913]
    assert low.sources == soviet.sources == ("WD1994",)


def test_a_year_with_several_dates_gives_its_last() -> None:
    dated = series("households_collectivised_by_date")

    assert dated.values()[1930] == 21.5
    assert [f.value for f in dated.figures if f.period == "1930-03-01"] == [57.2]


def test_livestock_in_conventional_head_is_computed_from_the_herds() -> None:
    herds = [series(name).values() for name in ("cattle", "cows", "pigs", "sheep_and_goats")]

    for year, value in series("livestock_conventional").values().items():
        cattle, cows, pigs, sheep = (herd[year] for herd in herds)
        expected = cows + 0.5 * (cattle - cows) + 0.25 * pigs + 0.1 * sheep
        assert value == pytest.approx(expected, abs=1e-4)


def test_an_unknown_series_names_the_nearest() -> None:
    with pytest.raises(DataError, match='Did you mean "cotton_cloth"'):
        series("coton_cloth")


# ---- beside a run --------------------------------------------------------------------------------


def test_every_match_of_a_good_turns_into_the_unit_of_the_good() -> None:
    goods = read_economy("ussr-1928").goods
    units = dict(zip(goods.names, goods.units, strict=True))

    for good, (name, times) in goods_series("ussr-1928").items():
        assert times == factor(series(name).unit, units[good]), good
    for match in matches("ussr-1928"):
        assert all(series(other).name == other for other in match.others)
        if match.kind == "good":
            assert all(factor(series(other).unit, units[match.name]) for other in match.others)


def test_the_economy_of_1928_makes_about_what_the_matched_series_print() -> None:
    """The economy was built on these figures: a wrong factor or match would lie far off."""
    folder = folder_path("ussr-1928")
    activity = {row["technique"]: float(row["activity"])
                for row in table(folder / "activity_1928.csv")}  # fmt: skip
    made: dict[str, float] = {}
    for row in table(folder / "flows.csv"):
        if row["role"] == "output":
            amount = activity[row["technique"]] * float(row["amount"])
            made[row["good"]] = made.get(row["good"], 0) + amount

    for good, (name, times) in goods_series("ussr-1928").items():
        # cotton cloth of hand looms and what was added for losses: within a tenth
        assert made[good] == pytest.approx(series(name).values()[1928] * times, rel=0.1), good


def test_measures_name_series_and_an_unknown_economy_has_none() -> None:
    measures = measure_series("ussr-1928")

    assert measures["product"][0] == "gnp_moorsteen_powell"
    assert {"consumption_per_head", "real_wage", "population"} <= set(measures)
    assert {name for names in measures.values() for name in names} <= {s.name for s in all_series()}
    assert not goods_series("two-goods")
    assert not measure_series("two-goods")


# ---- spoilt files --------------------------------------------------------------------------------

SMALL = {
    "series.csv": """series,group,title,unit,note
coal,industry,Coal,million tonnes,
footwear,industry,Leather footwear,million pairs,
index,industry,Output,1913 = 100,
""",
    "sources.csv": """key,author,year,title,kind,opened
Nutter1962,"Nutter, G. W.",1962,Growth of Industrial Production,scholarly,not opened
NMC,,,National Material Capabilities,data set,the data set
""",
    "units.csv": "unit,meaning\n1913 = 100,an index\n",
    "matches.csv": """economy,kind,name,series,factor,others,note
ussr-1928,good,coal,coal,1,,
ussr-1928,measure,industry,index,1,coal,
""",
    "industry.csv": """\
series,year,period,value,low,high,unit,territory,basis,source,page,status,note
coal,1913,,29.1,28,30,million tonnes,,,Nutter1962,,recalled,
coal,1914,,31.9,,,million tonnes,,,NMC,,printed,
footwear,1928,1927/28,58,,,million pairs,,,NMC,,printed,
index,1913,,100,,,1913 = 100,,,NMC,,derived,base
""",
}
COAL = "coal,1913,,29.1,28,30,million tonnes"
SPOILT = {
    "an unknown series": ("industry.csv", COAL, COAL.replace("coal", "coall"), ("row 2", "coal")),
    "an unknown unit": ("series.csv", "million pairs", "million paars", ("row 3", "million paars")),
    "a unit that is not that of the series": (
        "industry.csv", COAL, COAL.replace("million", "thousand"), ("unit", "million tonnes"),
    ),
    "an economic year as year": (
        "industry.csv", "1928,1927/28", "1927/28,", ("row 4", "year", "1927/28", "period"),
    ),
    "a half year": ("industry.csv", COAL, COAL.replace("1913", "1913.5"), ("year", "1913.5")),
    "a value in words": ("industry.csv", COAL, COAL.replace("29.1", "much"), ("value", "much")),
    "an infinite value": ("industry.csv", COAL, COAL.replace("29.1", "inf"), ("value", "inf")),
    "no value": ("industry.csv", COAL, COAL.replace("29.1", ""), ("value", "needed a number")),
    "a value below its range": (
        "industry.csv", COAL, COAL.replace(",28,", ",29.2,"), ("value", "29.1", "low"),
    ),
    "a value above its range": (
        "industry.csv", COAL, COAL.replace(",30,", ",29,"), ("value", "29.1", "high"),
    ),
    "a range in words": ("industry.csv", COAL, COAL.replace(",28,", ",low,"), ("low", "number")),
    "an unknown source": (
        "industry.csv", "Nutter1962", "Nutter1926", ("source", 'Did you mean "Nutter1962"'),
    ),
    "an unknown status": ("industry.csv", "printed,", "seen,", ("row 3", "status", "recalled")),
    "two figures for one year": (
        "industry.csv", "coal,1914,", "coal,1913,", ("row 3", "year", "two figures", "1913"),
    ),
    "a series without figures": (
        "series.csv", "coal,", "coke,industry,Coke,million tonnes,\ncoal,", ("coke", "no figure"),
    ),
    "a series listed twice": (
        "series.csv", "coal,", "index,industry,Index,1913 = 100,\ncoal,", ("index", "twice"),
    ),
    "a source listed twice": ("sources.csv", "NMC,", "Nutter1962,", ("row 3", "key", "twice")),
    "a source without key": ("sources.csv", "NMC,", ",", ("row 3", "key", "blank")),
    "an unknown kind of source": (
        "sources.csv", "data set,", "dataset,", ("row 3", "kind", "data set, official"),
    ),
    "a column gone": ("industry.csv", "status,note", "state,note", ("columns", "status")),
    "a match with an unknown series": (
        "matches.csv", "coal,coal,1,", "coal,coaal,1,", ("row 2", "series", "coaal"),
    ),
    "a match with an unknown other series": (
        "matches.csv", "index,1,coal", "index,1,coke", ("row 3", "others", "coke"),
    ),
    "a match of another kind": ("matches.csv", "good,coal", "goods,coal", ("kind", "measure")),
    "a match without factor": ("matches.csv", "coal,coal,1,", "coal,coal,0,", ("factor", "0")),
}  # fmt: skip


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a folder with three series."""
    for name, text in SMALL.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_a_sound_folder_is_read(small: Path) -> None:
    read = read_collection(small)

    assert [*read.series] == ["coal", "footwear", "index"]
    coal = read.series["coal"]
    assert [(f.year, f.value, f.low, f.high) for f in coal.figures] == [
        (1913, 29.1, 28.0, 30.0), (1914, 31.9, None, None),
    ]  # fmt: skip
    assert (coal.years, coal.sources) == ((1913, 1914), ("Nutter1962", "NMC"))
    assert read.series["footwear"].figures[0].period == "1927/28"
    assert read.sources["NMC"].opened == "the data set"
    assert [(m.name, m.others) for m in read.matches] == [("coal", ()), ("industry", ("coal",))]


@pytest.mark.parametrize("case", SPOILT)
def test_spoilt_files_are_refused_with_place_and_reason(case: str, small: Path) -> None:
    name, old, new, words = SPOILT[case]
    text = (small / name).read_text("utf-8")
    assert old in text, f"{old!r} is no longer in {name}"
    (small / name).write_text(text.replace(old, new, 1), "utf-8")

    with pytest.raises(DataError) as refused:
        read_collection(small)

    message = str(refused.value)
    assert name in message
    assert all(word in message for word in words), message


def test_a_list_that_is_not_there_is_refused(small: Path) -> None:
    (small / "sources.csv").unlink()

    with pytest.raises(DataError, match=r"sources\.csv"):
        read_collection(small)
