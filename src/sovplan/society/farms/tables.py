"""The tables of the village: households, strata, regions, their harvests, and the whole of it.

A row of households stands for as many alike as its weight says. Harvests of regions are drawn in
several courses of weather at once, for weather by region is not known: households live in the
first, the others show how far figures of regions can be trusted.
"""

from typing import Final

from sovplan.foundation.engine.tables import Births, Column, Count, Reference, Table
from sovplan.history.regions import REGIONS

STRATA: Final = ("proletarian", "poor", "middle", "entrepreneur")
PROLETARIAN, POOR, MIDDLE, ENTREPRENEUR = range(len(STRATA))
NONE: Final = len(STRATA)
"""Code of a household whose stratum is not known."""
COURSES: Final = 20
"""Courses of weather by region (chosen: enough for a range, few enough to cost nothing)."""

_REGION: Final = ("region", len(REGIONS))

HOUSEHOLD: Final = Table(
    "household",
    (
        Column("life", "whole", "u1", text="0; 255 would be an empty place"),
        Column("weight", "whole", "i4", unit="households", text="how many it stands for", low=0),
        Column("course", "whole", "u1", text="course of weather it lives in: the first"),
        Column("region", "whole", "u1", text="region"),
        Column("log_wealth", "real", "f8", text="natural log of wealth, 0 the middle of 1921"),
        Column("cut_at", "whole", "u1", text="stratum in the year of the cuts; 4 not known"),
        Column("willing", "share", "u2", text="who would be in a collective farm of own will"),
        Column("member", "share", "u2", text="who are in a co-operative"),
        Column("stratum", "whole", "u1", "flow", text="stratum on 1 January; 4 not known"),
        Column("is_rich", "whole", "u1", "flow", text="1 an entrepreneur"),
        Column("hires", "whole", "u1", "passing", text="1 who hires hands"),
        Column("leases", "whole", "u1", "passing", text="1 who lets its land"),
        Column("land", "whole", "i8", "flow", "1e-6", "land and harvest over that of wealth 1"),
        Column("loth", "whole", "i8", "flow", "1e-6", "animals of who would not join freely"),
        Column("stock", "whole", "i8", "flow", "1e-6", "animals over those of wealth 1"),
        Column("log_units", "whole", "i8", "passing", "1e-6", "log wealth, to be summed"),
        Column("inside", "real", "f8", "flow", text="share in collective farms"),
        Column("freely", "real", "f8", "flow", text="share in collective farms of own will"),
        Column("entered", "real", "f8", "flow", text="share that entered in the year"),
        Column("labelled", "whole", "i4", "flow", "households", "labelled of those it stands for"),
        Column("exiled", "whole", "i4", "flow", "households", "exiled of them"),
        Column("camped", "whole", "i4", "flow", "households", "whose head goes to a camp"),
        Column("harvest", "real", "f8", "flow", "kg", "grain harvested"),
        Column("surplus", "whole", "i8", "flow", "g", "grain beyond seed, feed and food"),
        Column("sold", "real", "f8", "flow", "kg", "grain offered"),
        Column("held", "real", "f8", "flow", "kg", "grain withheld at the end of the year"),
        Column("taxed", "real", "f8", "flow", "kg", "grain paid as tax in kind"),
        Column("food", "real", "f8", "flow", "kg", "grain eaten"),
        Column("hungry", "whole", "u1", "flow", text="1 whose grain a head is below the line"),
        Column("herd", "real", "f8", "flow", "cattle units", "animals at the end of the year"),
        Column("horses", "real", "f8", "flow", "head", "horses at the end of the year"),
        Column("killed", "real", "f8", "flow", "cattle units", "animals killed in the year"),
        Column("passed", "real", "f8", "flow", "cattle units", "stock passed on"),
        Column("wealth_gain", "real", "f8", "passing", "log", "rise of log wealth in the year"),
        Column("tax_weight", "whole", "i8", "flow", "g", "weight in the tax in kind"),
        Column("rich_surplus", "whole", "i8", "passing", "g", "surplus of an entrepreneur"),
        Column("middle_surplus", "whole", "i8", "passing", "g", "surplus of the middle"),
        Column("divides", "whole", "u1", "flow", text="1 that divides in two"),
    ),
    references=(
        Reference("group", "group", (("stratum", NONE + 1),)),
        Reference("area", "area", (_REGION,)),
        Reference("place", "place", (("course", COURSES), _REGION)),
        Reference("village", "village", ()),
    ),
    key="key",
    empty="life",
    weight="weight",
    births=Births(
        "divides",
        "keys of divided households",
        inherited=(
            "life", "weight", "course", "region", "log_wealth", "cut_at", "willing", "member",
            "stratum", "is_rich", "land", "loth", "stock", "inside", "freely", "entered",
            "labelled", "exiled", "camped", "harvest", "surplus",
            "sold", "held", "taxed", "food", "hungry", "herd", "horses", "killed", "passed",
            "tax_weight", "divides",
        ),
    ),
)  # fmt: skip
"""Households. What a half inherits of the flows of the year is written anew in the next."""

GROUP: Final = Table(
    "group",
    (
        Column("code", "whole", "u1", text="stratum, in the order of the strata; 4 not known"),
        Column("households", "whole", "i8", "flow", "households", "on 1 January"),
        Column("hold", "real", "f8", "flow", text="share of a tonne offered that is withheld"),
    ),
    references=(Reference("village", "village", ()),),
)

AREA: Final = Table(
    "area",
    (
        Column("people_share", "real", "f8", text="share of the people of the village, 1926"),
        Column("grain_share", "real", "f8", text="share of a normal harvest"),
        Column("pressure", "real", "f8", text="pressure of the drive over its mean"),
        Column("collective", "real", "f8", text="share of households in collective farms"),
        Column("households", "whole", "i8", "flow", "households", "on 1 January"),
        Column("land", "whole", "i8", "flow", "1e-6", "land of all households"),
        Column("willing", "whole", "i8", "flow", "1/65535", "willing households"),
        Column("eager", "whole", "i8", "flow", "1e-6", "who may be pressed, times pressure"),
        Column("in_before", "whole", "i8", "flow", "1e-6", "households in collective farms before"),
        Column("room", "whole", "i8", "flow", "1e-6", "who are left outside at first"),
        Column("placed", "whole", "i8", "flow", "1e-6", "who are in at first"),
        Column("now", "real", "f8", "flow", "households", "in collective farms at the end"),
        Column("free_rate", "real", "f8", "flow", text="willing households that find a farm"),
        Column("forced_rate", "real", "f8", "flow", text="others that are made to join"),
        Column("fresh", "real", "f8", "flow", text="share that came in in the year"),
        Column("unrest", "whole", "i8", "flow", "1e-3", "weight in the disturbances"),
        Column("riots", "real", "f8", "flow", "count", "disturbances of the year"),
        Column("false_rate", "real", "f8", "flow", text="labelled for resistance in the region"),
    ),
    references=(Reference("village", "village", ()),),
)

PLACE: Final = Table(
    "place",
    (
        Column("course", "whole", "u1", text="course of weather"),
        Column("region", "whole", "u1", text="region"),
        Column("base", "real", "f8", unit="million tonnes", text="past deliveries, net"),
        Column("given", "whole", "i8", "flow", "g", "past deliveries of who gave more than it got"),
        Column("got", "whole", "i8", "flow", "g", "past receipts of who got more than it gave"),
        Column("crop", "whole", "i8", "flow", "1e-12", "weight in the harvest"),
        Column("harvest", "real", "f8", "flow", "million tonnes", "grain harvested"),
        Column("grain", "real", "f8", "flow", "million tonnes", "harvest less seed"),
        Column("feed_need", "real", "f8", "flow", "million tonnes", "need of feed"),
        Column("need", "real", "f8", "flow", "million tonnes", "need of food and feed"),
        Column("asked", "real", "f8", "flow", "million tonnes", "grain that is to leave, net"),
        Column("over", "whole", "i8", "flow", "g", "asked beyond what can be taken"),
        Column("room", "whole", "i8", "flow", "g", "what could be taken besides"),
        Column("left", "real", "f8", "flow", "million tonnes", "grain that leaves, net"),
        Column("used", "real", "f8", "flow", "million tonnes", "grain for food and feed"),
        Column("feed_weight", "whole", "i8", "flow", "g", "weight in the feed of all"),
        Column("fed", "real", "f8", "flow", "million tonnes", "grain fed by weight"),
        Column("unfed", "whole", "i8", "flow", "g", "feed by weight beyond what is there"),
        Column("left_over", "whole", "i8", "flow", "g", "grain beyond feed by weight"),
        Column("feed", "real", "f8", "flow", "million tonnes", "grain fed"),
        Column("food", "real", "f8", "flow", "million tonnes", "grain eaten"),
        Column("head", "real", "f8", "flow", "kg", "grain eaten a head"),
        Column("lack", "whole", "i8", "flow", "1e-12", "weight in the deaths of hunger"),
        Column("deaths", "real", "f8", "flow", "million", "deaths of hunger above the common"),
    ),
    references=(
        Reference("area", "area", (_REGION,)),
        Reference("sky", "sky", (("course", COURSES),)),
        Reference("village", "village", ()),
    ),
)

SKY: Final = Table(
    "sky",
    (
        Column("given", "whole", "i8", "flow", "g", "past deliveries"),
        Column("got", "whole", "i8", "flow", "g", "past receipts"),
        Column("crop", "whole", "i8", "flow", "1e-12", "weights of all harvests"),
        Column("over", "whole", "i8", "flow", "g", "asked beyond what can be taken"),
        Column("room", "whole", "i8", "flow", "g", "what could be taken besides"),
        Column("feed_weight", "whole", "i8", "flow", "g", "weights in the feed of all"),
        Column("unfed", "whole", "i8", "flow", "g", "feed by weight beyond what is there"),
        Column("left_over", "whole", "i8", "flow", "g", "grain beyond feed by weight"),
        Column("lack", "whole", "i8", "flow", "1e-12", "weights in the deaths of hunger"),
    ),
)

HANDED: Final = {
    "people": ("million", "people of the village"),
    "gain": ("log", "rise of the log living of the village in the year"),
    "crop": ("million tonnes", "grain harvested"),
    "seed": ("million tonnes", "grain for seed"),
    "feed_need": ("million tonnes", "need of feed"),
    "feed": ("million tonnes", "grain fed"),
    "food": ("million tonnes", "grain eaten"),
    "taken": ("million tonnes", "grain taken by the state in the year"),
    "tax": ("million tonnes", "tax in kind of the harvest; none under a quota or requisition"),
    "ordered": ("0 or 1", "whether a quota is ordered"),
    "offered": ("million tonnes", "grain that would be sold at the prices of the autumn"),
    "withheld": ("million tonnes", "grain withheld at the end of the year"),
    "herd": ("million cattle units", "animals at the end of the year"),
    "horses": ("million", "horses at the end of the year"),
    "killed": ("million cattle units", "animals killed in the year"),
    "collective": ("share", "households in collective farms"),
    "pressed": ("share", "most that were under threat in a quarter"),
    "force": ("share", "grain taken by quota or seizure"),
    "riots": ("count", "disturbances of the year"),
    "effort": ("ratio", "effort in farms"),
    "hunger": ("1/year", "rate of excess deaths in the village"),
    "may_leave": ("0 or 1", "whether a collective farm may be left"),
    "label_on": ("0 or 1", "whether households are pressed to join"),
}
"""What the country hands down to the village each year: unit and meaning."""

VILLAGE: Final = Table(
    "village",
    (
        *(Column(name, "real", "f8", unit=unit, text=text)
          for name, (unit, text) in HANDED.items()),
        Column("low_cut", "real", "f8", unit="log", text="below: proletarians"),
        Column("poor_cut", "real", "f8", unit="log", text="below: the poor"),
        Column("rich_cut", "real", "f8", unit="log", text="from here: entrepreneurs"),
        Column("half", "real", "f8", unit="log", text="wealth of the middle household"),
        Column("tenth", "real", "f8", unit="log", text="wealth from which the top tenth begins"),
        Column("households", "whole", "i8", "flow", "households", "on 1 January"),
        Column("rich", "whole", "i8", "flow", "households", "entrepreneurs"),
        Column("hires", "whole", "i8", "flow", "households", "who hire hands"),
        Column("leases", "whole", "i8", "flow", "households", "who let their land"),
        Column("log_units", "whole", "i8", "flow", "1e-6", "log wealth, summed"),
        Column("stock", "whole", "i8", "flow", "1e-6", "animals, summed"),
        Column("loth", "whole", "i8", "flow", "1e-6", "animals of who would not join, summed"),
        Column("mean", "real", "f8", "flow", "log", "mean log wealth"),
        Column("target", "real", "f8", "flow", "households", "in collective farms"),
        Column("eager", "whole", "i8", "flow", "1e-6", "who may be pressed, times pressure"),
        Column("in_before", "whole", "i8", "flow", "1e-6", "in collective farms before"),
        Column("room", "whole", "i8", "flow", "1e-6", "who are left outside at first"),
        Column("placed", "whole", "i8", "flow", "1e-6", "who are in at first"),
        Column("unrest", "whole", "i8", "flow", "1e-3", "weights in the disturbances"),
        Column("label_rich", "real", "f8", "flow", text="entrepreneurs labelled by order"),
        Column("label_middle", "real", "f8", "flow", text="middle households labelled by order"),
        Column("surplus", "whole", "i8", "flow", "g", "grain beyond seed, feed and food"),
        Column("tax_weight", "whole", "i8", "flow", "g", "weights in the tax in kind"),
        Column("rich_surplus", "whole", "i8", "flow", "g", "that of entrepreneurs"),
        Column("middle_surplus", "whole", "i8", "flow", "g", "that of the middle"),
        Column("plot_hours", "real", "f8", "flow", text="share of hours on the plot"),
        Column("plot_income", "real", "f8", "flow", text="share of income from the plot"),
        Column("field_pay", "real", "f8", "flow", text="pay of an hour over its product"),
        Column("chair", "real", "f8", "flow", text="income of a chair over the mean"),
        Column("plain", "real", "f8", "flow", text="income of a plain member over the mean"),
    ),
)  # fmt: skip

TABLES: Final = (HOUSEHOLD, GROUP, AREA, PLACE, SKY, VILLAGE)

COUNTS: Final = (
    Count("group.households", "", "household", "survey"),
    Count("area.households", "", "household", "survey"),
    Count("area.land", "land", "household", "survey"),
    Count("area.willing", "willing", "household", "survey"),
    Count("village.households", "", "household", "survey"),
    Count("village.rich", "is_rich", "household", "survey"),
    Count("village.hires", "hires", "household", "survey"),
    Count("village.leases", "leases", "household", "survey"),
    Count("village.log_units", "log_units", "household", "survey"),
    Count("village.stock", "stock", "household", "survey"),
    Count("village.loth", "loth", "household", "survey"),
    Count("village.eager", "eager", "area", "draft"),
    Count("village.in_before", "in_before", "area", "draft"),
    Count("village.unrest", "unrest", "area", "draft"),
    Count("village.room", "room", "area", "decide"),
    Count("village.placed", "placed", "area", "decide"),
    Count("sky.given", "given", "place", "survey"),
    Count("sky.got", "got", "place", "survey"),
    Count("sky.crop", "crop", "place", "survey"),
    Count("sky.over", "over", "place", "draft"),
    Count("sky.room", "room", "place", "draft"),
    Count("sky.feed_weight", "feed_weight", "place", "decide"),
    Count("sky.unfed", "unfed", "place", "make"),
    Count("sky.left_over", "left_over", "place", "make"),
    Count("sky.lack", "lack", "place", "share"),
    Count("village.tax_weight", "tax_weight", "household", "share"),
    Count("village.surplus", "surplus", "household", "share"),
    Count("village.rich_surplus", "rich_surplus", "household", "share"),
    Count("village.middle_surplus", "middle_surplus", "household", "share"),
)
"""Sums; all of whole numbers, so that every engine sums alike."""
