"""The part of the page of patterns that says what each miss would take."""

from collections.abc import Iterator, Mapping
from math import isnan
from typing import Final

from sovplan.foundation.numbers import figure
from sovplan.lab.misses import JOINTS, Joint, Needed, closing_rates, needed, together

_HEAD: Final = """## Why patterns are missed, and what it would take

Nothing was changed: a row says how far one number alone would have to move until the pattern, or
the points named, are met (searched to a sixteenth of the way), whether that lies in the range of
the number, and which patterns that are met now would be missed there. Every parameter that a rule
reads was tried at both ends of its range and at points from half to twice its value; shown are
those that do it at the least cost, and codings of the years in question. That a number would do it
does not say that it is the cause: there are more dials than patterns.
"""

_TABLE: Final = (
    "| pattern | points | number | is | would have to be | range | in range | lost |",
    "| --- | --- | --- | ---: | ---: | ---: | --- | --- |",
)

_WHY: Final[Mapping[str, str]] = {
    "V04": """\
Industry falls deeper in 1921 and recovers faster to 1924 than the official index. More hunger
in effort brings both within (towns starved in 1921-22), at no cost elsewhere; a slower
recovery of links between plants loses the product of those years.""",
    "V07": """\
1927/28 is too low and 1928/29 too high. Both hang on the price of grain over other farm
prices, a coding of ours: cut to 0.85 and not to 0.8 in 1927, raised to 0.89 and not to 0.92
in 1928, and all three years are met. The trial fitted calendar years. The money of towns does
not mend it ([Markets](markets.md)).""",
    "V09": """\
1929/30 alone: 13.9 for 16.1 million tonnes. The quota of that year is 0.19 of the harvest
that planners expect; 0.2 does it. Procurement over harvest was 0.22.""",
    "V11": """\
One herd in cattle units stands for cattle: pigs, sheep and goats fell by more. Either less
fear or less neglect, by a fifth to a quarter, brings cattle within; the likelier remedy is a
herd for each kind of animal, which no single number stands for.""",
    "V14": """\
The count of 1 January 1928 is missed by a tenth: the model starts 1921 with 24.5 million and
loses horses to the hunger of that winter. People who ate a tenth less grain would leave the
feed.""",
    "V17": """\
One national mean of force gives some hundreds of disturbances where the police counted
thirteen thousand. The base rate would have to be twenty times what it is, ten times the upper
end of its range, or the steepness twice its own. Both would be wrong: villages were to be
taken whole, and revolts are catching. The rule lacks spread from village to village. Its peak is
met only within 1930, as the pattern is defined: across quarters it comes in the last of 1929, a
quarter early, and the model has more in 1929 (640) than in 1930 (420), where the count rose
tenfold. That is the form of the specification, not a path read at a wrong time: what is
"to be taken" counts as much as what is taken, and the pressure announced for the next quarter,
0.47, acts on more households who are still outside in the autumn (94 %) than in the quarter
itself (82 %). And the seizures of the first half of 1929 count at half of everything, for
`emergency` is a share of stocks that are held. Part of it was a fault of ours: stocks are seized
only until quotas are ordered in July 1929 (R22), yet counted as force to the end of the year; with
that the model had 1,780 in 1929. False labels and exile in the village follow it
([The village](village.md)).""",
    "V29": """\
Shocks that last for ever widen the village while the commission found that it hardly moved.
Smaller shocks mend the top, a stronger tie of wealth to the
living of the year mends the bottom; both are met only together.""",
    "V30": """\
The equation closes a share of what is left each year, so it is too slow where trade was
closed by decree and too fast where it was let be. Moved as below, the ends are met and 1924
and 1925 are not: no constant share fits.""",
}


def misses() -> Iterator[str]:
    """Yield the lines of the part."""
    found = needed()
    yield _HEAD
    for number, why in _WHY.items():
        yield f"- **{number}**: {' '.join(why.split())}"
    yield ""
    yield from _TABLE
    yield from map(_row, found)
    yield ""
    yield "Together, where no number does it alone:"
    yield ""
    yield from map(_joint, JOINTS)
    yield ""
    rates = [f"{year}: {100.0 * rate:.0f}" for year, rate in closing_rates().items()]
    yield (
        "Part of the private share of retail trade that was closed in the year, print, per cent: "
        f"{'; '.join(rates)}. The rule of R16 closes at most 30."
    )


def _row(each: Needed) -> str:
    way = each.way
    points = ", ".join(way.points) or "all"
    value = "no value found" if isnan(each.value) else figure(each.value)
    inside = "yes" if each.in_range else "no"
    name = f"`{way.name}`" + (f", {way.place[1]}" if way.place else "")
    return (
        f"| {way.pattern} | {points} | {name} | {figure(each.shipped)} | {value} "
        f"| {figure(each.low)} to {figure(each.high)} | {inside} | {', '.join(each.lost)} |"
    )


def _joint(joint: Joint) -> str:
    result, lost = together(joint)
    moved = ", ".join(
        f"`{name}` {figure(value)}" + (f" ({place[1]})" if place else "")
        for name, value, place in joint.moved
    )
    points = ", ".join(
        f"{each.point.label} {'in' if each.within else 'out'}"
        for each in result.points
        if each.within is not None
    )
    said = "met" if result.status == "met" else "still missed"
    cost = f"; lost: {', '.join(lost)}" if lost else ""
    return f"- {joint.pattern} with {moved}: {said} ({points}){cost}."
