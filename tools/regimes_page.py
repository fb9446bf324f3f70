"""Write the page of the regimes, docs/look-up/regimes.md, from their files and docstrings.

Run it from the root of the repository after a change of src/sovplan/regimes/*.toml or of a
docstring in src/sovplan/records/institutions.py or parameters.py:

    .venv/bin/python -m tools.regimes_page
"""

import inspect
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from sovplan.foundation.numbers import figure
from sovplan.records.institutions import CLASSES, DRAFTERS, KINDS, USES, Institutions
from sovplan.records.parameters import Parameters
from sovplan.regimes.article import Article
from sovplan.regimes.catalogue import REGIMES
from sovplan.regimes.parameters import parameter_table
from sovplan.regimes.regime import read_regime

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "look-up" / "regimes.md"

_HEAD: Final = """# Regimes

<!-- Written by tools/regimes_page.py from the regimes; a test checks that it is fresh. -->

A regime says who decides, who checks and who is served first, year by year. It is a file that can
be read, contested and replaced without touching the program: rules read the values below, never
the name of a regime, and every regime sets every institution. A run takes a regime by its name or
by the path of a file.

How sure a number is: **measured**, a source states it; **calibrated**, it was found by a fit or
reckoned from a table with an assumption; **assumed**, it is our choice. Most values on a scale
from 0 to 1 are our coding of named events, to be shown with their range and open to a second
opinion.

## The file

```toml
name = "my_regime"              # by which a run knows it
title = "One line for lists"
summary = "What it is, and what is known of it."

[sources]                       # optional: what short names in the sources stand for
"decree of 1932" = "decree of the Central Executive Committee, 8 February 1932"

[[pay_cap]]                     # one article of one institution
since = 1929                    # first year in which it is in force
value = 0.8
low = 0.6                       # the value may well lie between low and high
high = 1.0
provenance = "assumed"          # measured, calibrated or assumed
source = "where that is said, or what it was chosen after"

[[pay_cap]]                     # from 1932 on
since = 1932
value = 0.0
low = 0.0
high = 0.1
provenance = "measured"
source = "decree of 1932"
note = "Remarks, if any."
```

In a year the newest article up to it holds; a year before the first article of an institution is
refused. Names and lists have no range; the norms of rations have one for each class of people. The
reader refuses unknown keys, articles without source, values outside their own range and two
articles of one year, and names file, article and field. Random regimes for tests are drawn evenly
within the ranges: each institution keeps its place between low and high over the years.

```python
>>> from sovplan.regimes.regime import read_regime
>>> command = read_regime("command_1929")
>>> command.in_force(1931).pay_cap, command.in_force(1932).pay_cap
(0.8, 0.0)
>>> command.drawn(seed=1).in_force(1931).decision_rule
'imposed'

```

"""

_PARAMETERS: Final = """## Parameters

Numbers of behaviour and technique that are the same under every regime
(`src/sovplan/regimes/parameters.toml`). The rules are those of the model; R06 is rule 6.

| parameter | rule | value | range | unit | how sure | meaning | source |
| --- | --- | --- | --- | --- | --- | --- | --- |"""


def page() -> str:
    """Return the page as it should stand."""
    parts = [_HEAD, *_institutions(), ""]
    for name in REGIMES:
        parts += [*_regime(name), ""]
    return "\n".join([*parts, _PARAMETERS, *_parameters()]) + "\n"


def meanings(value: type) -> Mapping[str, str]:
    """Return what the docstring of a value says of each of its fields."""
    text = inspect.cleandoc(value.__doc__ or "")
    block = re.split(r"^(?:Parameters|Raises)\n-+\n", text, flags=re.M)[1]
    found = re.findall(r"^(\w+)\n((?:    .*\n?)+)", block, flags=re.M)
    return {name: " ".join(lines.split()) for name, lines in found}


def _institutions() -> Iterator[str]:
    yield "## Institutions"
    yield ""
    yield "What each is set to, its range, and the rules of the model that read it."
    yield ""
    yield "| institution | meaning |"
    yield "| --- | --- |"
    said = meanings(Institutions)
    for name in KINDS:
        yield f"| `{name}` | {_cell(_named(said[name]))} |"


def _named(text: str) -> str:
    """Return a meaning with the lists that it refers to written out."""
    for name, listed in (("DRAFTERS", DRAFTERS), ("USES", USES), ("CLASSES", CLASSES)):
        text = text.replace(f"`{name}`", ", ".join(listed))
    return text


def _regime(name: str) -> Iterator[str]:
    regime = read_regime(name)
    yield f"## {name}"
    yield ""
    yield f"*{regime.title}.*"
    yield ""
    yield regime.summary
    yield ""
    if regime.sources:
        yield "Sources named below:"
        yield ""
        yield from (f"- *{short}*: {full}" for short, full in regime.sources.items())
        yield ""
    yield "| institution | since | value | range | how sure | source |"
    yield "| --- | --- | --- | --- | --- | --- |"
    order = list(KINDS)
    for article in sorted(
        regime.articles, key=lambda each: (order.index(each.institution), each.since)
    ):
        yield _row(article)


def _row(article: Article) -> str:
    texts = (article.source, *([article.note] if article.note else []))
    cells = (
        f"`{article.institution}`",
        str(article.since),
        _value(article.value),
        _range(article),
        article.provenance,
        _cell(". ".join(text.rstrip(".") for text in texts)),
    )
    return f"| {' | '.join(cells)} |"


def _range(article: Article) -> str:
    low, high = article.low, article.high
    if isinstance(low, Mapping) and isinstance(high, Mapping):
        return ", ".join(f"{each} {figure(low[each])} to {figure(high[each])}" for each in CLASSES)
    return "" if low is None else f"{_value(low)} to {_value(high)}"


def _parameters() -> Iterator[str]:
    said = meanings(Parameters)
    for each in parameter_table():
        meaning = said[each.name].partition(". ")[2]
        texts = (each.source, *([each.note] if each.note else []))
        yield (
            f"| `{each.name}` | {each.rule} | {figure(each.value)} | "
            f"{figure(each.low)} to {figure(each.high)} | {each.unit} | {each.provenance} | "
            f"{_cell(meaning)} | {_cell('. '.join(texts))} |"
        )


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {figure(number)}" for name, number in value.items())
    if isinstance(value, tuple):
        return ", ".join(value)
    return value if isinstance(value, str) else figure(float(str(value)))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(PAGE)
