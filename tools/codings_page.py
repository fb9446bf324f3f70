"""Write docs/understand/codings.md: how institutions are coded, and how far two coders agree.

.venv/bin/python -m tools.codings_page
"""

from collections.abc import Iterator, Mapping
from math import isnan
from operator import ne
from pathlib import Path
from textwrap import fill
from typing import Final

from sovplan.foundation.numbers import NOTHING_KNOWN, figure
from sovplan.history.nation import INSTITUTION, nation_inputs
from sovplan.lab.codings import SECOND, Coded, all_at_once, codings, effects_in, moved
from sovplan.lab.codings_page import SHOWN, name_of, score
from sovplan.lab.codings_rows import HOUSEHOLDS, PERSONS, codings_of_rows
from sovplan.lab.codings_rows_table import told
from sovplan.lab.switches import Effects, effects
from sovplan.regimes.countries import read_country_regime

_FORM: Final = "a form of the model"
"""Beginning of the source of an institution that turns a term of the model on."""
PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "understand" / "codings.md"

_HEAD: Final = """# Two codings of institutions

<!-- Written by tools/codings_page.py from the codings; a test checks that it is fresh. -->

A rule reads values of institutions. Some are read off a series (exports of grain); most are
somebody's coding of dated events on a scale. The specification asks that such values be coded twice
and that the difference be stored. The first coding is `as_it_was`, which rests on `nep_1921`; the
second is the regime `second_coding`, 1921 to 1940. {coverage}

```console
$ sovplan lab codings
...
$ sovplan lab codings-of-rows
...
$ sovplan run ussr-1921 --regime as_it_was --regime second_coding --out both
...
```

`--out FOLDER` writes a page and a table, `--json` one document for machines.

## Protocol

**What is coded.** Each institution of `history/data/nation/path_list.csv` for which no series
gives the value of every year: its meaning, unit and range stand there. Values hold from a year, or
a quarter, until the next; those of a harvest year from July.

**Scales and anchors.**

- *0 or 1*, whether a rule of law or practice is in force: 1 from the first quarter of which more
  than half lies under it.
- *0 to 1*, how far something is allowed or done. 0: forbidden and hunted, or not done; 0.25:
  allowed at the margin, or done now and then; 0.5: allowed with burdens, or half done; 0.75: common
  and lawful with limits; 1: without limit, or full.
- *Share* of a stock or flow, in the unit of the list: the sum said in decrees or accounts over the
  stock or flow of that year.
- *Ratio or amount*, in the unit of the list: a printed figure where there is one; between figures
  the course of events.

**What the coder may use.** The meaning, unit and range of the list; series of the history
collection; dated decrees and events. **What not:** values of another coder, runs of the model, or
what a value would do to a figure. What of these was seen all the same is said in `note`.

**What is written down.** The values, a source line that could be looked up, and a note.

## How blind the second coder was

The values of the first coding were not opened before the second was stored (it stands in the
history of the repository as a commit of its own). But the list of meanings was read, and it has
more than meanings in it: the ends of ranges betray extremes, and source lines name dates
(1923, 1924, 1929, 1933, 1935) and, for `private_trade`, the values themselves. The equation of
yields prints its 0.4 per cent. Each such case is noted at the institution. Shares of quotas, of
collectivisation and imports of machines rest on the same series in both codings: that they agree
proves nothing. **Both coders are of one house and read one literature, so agreement overstates**;
a third coder from another school would be worth more than a fourth of ours. Those that only rows
read (the last section) were coded later and **not blind**: their coder had read the table of the
specification from which the first coding takes its values.

## What the second coding changes

"""

_READ: Final = """## How to read this

- **The late thirties hang on codings, not on rules.** With all of the second coding product in 1940
  is {second_1940}, not {first_1940}: as far from the first coding as a kept NEP ({nep_1940}).
  Passports that bind after 1933, farms that settle two years later, and managers who are removed a
  little faster make most of it.
- **Plots.** The charter of March 1930 left a cow and a plot to members; coded so, the herd of 1932
  is {plot_herd} million units, not {herd}, and the famine after its harvest has {plot_famine}
  million deaths in place of {famine}. The first coding forbids both until 1933. The range of the
  evidence is between: rights on paper in 1930, taking in 1931, rights again in 1932.
- **Deaths** go from {deaths_first} to {deaths_second} million over the decade with one coder's
  choices in place of the other's. Both are readings of one history, so this is a test of the rule
  of hunger and no counterfactual. Nothing could say more plainly that the model cannot count the
  dead.
- **The autumn of 1927** rests on one number: whether grain was bought a fifth cheaper in 1926
  already (second coder) or a tenth cheaper then and a fifth in 1927 (first). Coded the second way
  deliveries fall by {autumn_second} per cent, not by {autumn_first}.
- **{same_count} of {count} do not differ at all**, in no quarter: {same}. Where a coding of 0 or 1
  changes once, agreement is one year named twice; for `price_control` and `horse_care` the second
  coder had seen that year in the source line of the first. `machine_imports`, though its alpha
  rounds to 1, differs in {imports_differ} of {quarters} quarters, by little.
- Alpha below 0 mostly stands where an institution hardly changes in one of the two codings:
  `shops_limited`, `cartels` and `harvest_floor` differ in what the coders took them to mean, and
  show in hardly a main figure. A meaning that two readers take differently is a fault of the list.
- Agreement counts all 80 quarters, also those in which no rule reads an institution
  (`state_price` before 1924, `investment_share` from 1929) or little hangs on it: `plot_allowed`
  before 1929 ([decision 0016](../decisions/0016-terms-that-were-left.md)).
- The parameters were fitted with the first coding. That it comes closer to history is no reason to
  believe it: refit with the second, and other parameters would.
"""


_ROWS: Final = f"""## What only rows read

`sovplan lab codings-of-rows` codes these again: nothing of the country's quarters reads them, so
they move figures of workplaces, households, collective farms and persons alone. Each is changed
alone; told are the figures, among some of each kind of rows, that move most, if they move by half
a per cent and by more than two other draws of luck do ({HOUSEHOLDS} rows of households and
{PERSONS:,} of persons, fewer than in a run: read directions). Where nothing stands the two codings
are the same for all that can be seen in these figures.

Most at odds are who was labelled a kulak in 1930 (numbers taken against a quota on paper), books
that stayed open by a slit after 1934 in one reading, quotas by area from 1933 instead of 1940,
members who voted in the small farms before the drive, and a tax that became steeper and not
flatter.
"""


def page() -> str:
    """Return the page as it should stand."""
    found, base = codings(), effects()
    said = score([each.agreement for each in found])
    head = _HEAD.replace("{coverage}", fill(_coverage(), 100, break_long_words=False))
    parts = [head.rstrip(), "", said, "", *_all(base), "", *_each(found, base), ""]
    parts.append(_READ.format(**_read(found, base)))
    rows = codings_of_rows()
    parts += [_ROWS.rstrip(), "", score([each.agreement for each in rows]), "", *_of_rows()]
    return "\n".join(parts).rstrip() + "\n"


def _coverage() -> str:
    """Return how many institutions are coded twice, and which have one coder or are no fact."""
    about = [note for note in nation_inputs().about.values() if note.kind == INSTITUTION]
    second = read_country_regime(SECOND).articles
    once = [note for note in about if note.name not in second]
    forms = [note for note in once if note.source.startswith(_FORM)]
    others = ", ".join(f"`{note.name}`" for note in once if note not in forms)
    return (
        f"It codes {len(about) - len(once)} of the {len(about)} institutions again. Of the "
        f"{len(once)} others {len(forms)} are forms of the model and no facts; "
        f"{len(once) - len(forms)} have one coder only, or are read off a series: {others}."
    )


def _read(found: tuple[Coded, ...], base: Effects) -> Mapping[str, str]:
    """Return the numbers of the part on how to read the tables."""
    by_name, second = {each.about.name: each for each in found}, all_at_once()
    plot, autumn = by_name["plot_allowed"].effects, by_name["grain_price"].effects.autumn
    imports = by_name["machine_imports"].agreement
    same = [name for name, each in by_name.items() if each.agreement.difference == 0.0]
    numbers = {
        "first_1940": base.product_1940, "second_1940": second.product_1940,
        "nep_1940": effects_in("nep_kept").product_1940,
        "plot_herd": plot.herd_1932, "herd": base.herd_1932,
        "deaths_first": base.excess, "deaths_second": second.excess,
        "autumn_first": 100.0 * (1.0 - base.autumn), "autumn_second": 100.0 * (1.0 - autumn),
        "imports_differ": sum(map(ne, imports.first, imports.second)),
        "quarters": len(imports.first), "same_count": len(same), "count": len(found),
    }  # fmt: skip
    tenths = {"plot_famine": plot.famine, "famine": base.famine}
    return {
        **{name: f"{number:.0f}" for name, number in numbers.items()},
        **{name: f"{number:.1f}" for name, number in tenths.items()},
        "same": ", ".join(f"`{name}`" for name in same),
    }


def _all(base: Effects) -> Iterator[str]:
    now = all_at_once()
    yield "| all at once | first | second |"
    yield "| --- | ---: | ---: |"
    for name in (*SHOWN, "excess"):
        one, two = getattr(base, name), getattr(now, name)
        title = "excess deaths 1930-40" if name == "excess" else name_of(name)
        yield f"| {title} | {figure(one)} | {figure(two)} |"


def _each(found: tuple[Coded, ...], base: Effects) -> Iterator[str]:
    yield "Each alone, those that move product, industry or consumption most first:"
    yield ""
    heads = ("institution", "alpha", "difference, % of range", "product 1932", "product 1940",
             "industry 1940", "herd 1932", "autumn", "note of the second coder")  # fmt: skip
    yield f"| {' | '.join(heads)} |"
    yield "| --- |" + " ---: |" * 7 + " --- |"
    for each in sorted(found, key=lambda each: -moved(each, base)):
        its = each.agreement
        agreed = NOTHING_KNOWN if isnan(its.alpha) else f"{its.alpha:.2f}"
        now = each.effects
        numbers = (now.product_1932, now.product_1940, now.industry_1940, now.herd_1932)
        cells = " | ".join(f"{number:.0f}" for number in numbers)
        yield (
            f"| `{each.about.name}` | {agreed} | {100.0 * its.difference:.0f} | {cells} "
            f"| {now.autumn:.2f} | {its.remark} |"
        )


def _of_rows() -> Iterator[str]:
    yield "| institution | alpha | difference, % of range | what it moves | the second coder read |"
    yield "| --- | ---: | ---: | --- | --- |"
    for each in codings_of_rows():
        its = each.agreement
        agreed = NOTHING_KNOWN if isnan(its.alpha) else f"{its.alpha:.2f}"
        numbers = f"{agreed} | {100.0 * its.difference:.0f}"
        yield f"| `{each.about.name}` | {numbers} | {told(each)} | {its.reason} |"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(PAGE)
