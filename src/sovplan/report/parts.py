"""The parts of a page as functions: each takes plain text, escapes it, and gives markup.

An economy is written by its users, so no text of it reaches a page but through here or `svg`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, Literal, final

from sovplan.foundation.numbers import NOTHING_KNOWN, THIN_SPACE, figure
from sovplan.foundation.words import say
from sovplan.report.svg import Html, Kind, mark

State = Literal["ok", "warn", "bad", "spec", ""]
NOTHING: Final = Html("")
_NARROW: Final = "\N{NARROW NO-BREAK SPACE}"


@final
@dataclass(frozen=True, slots=True)
class Marked:
    """A cell that is markup already."""

    html: Html


Cell = str | float | int | Marked | None
"""Plain text, a number written for people (None and nan as a dash), or markup."""


def text(plain: str) -> Html:
    """Return plain text as markup; the groups of a number stay on one line."""
    return Html(escape(plain).replace(THIN_SPACE, _NARROW))


def told(key: str, /, **values: object) -> Html:
    """Return a text of the catalogue as markup."""
    return text(say(key, **values))


def counted(key: str, count: int, /, **values: object) -> str:
    """Return the text for one or for many: the key has both."""
    return say(f"{key}.{'one' if count == 1 else 'many'}", count=count, **values)


def joined(pieces: Iterable[Html]) -> Html:
    """Put markup together."""
    return Html("".join(pieces))


def paragraph(plain: str, kind: str = "") -> Html:
    """Return a paragraph of plain text, or nothing where there is no text."""
    return element("p", text(plain), kind) if plain else NOTHING


def element(name: str, inner: Html, kind: str = "") -> Html:
    """Return an element of one class around markup."""
    return Html(f'<{name} class="{kind}">{inner}</{name}>' if kind else f"<{name}>{inner}</{name}>")


def code(plain: str) -> Html:
    """Return what is typed or copied."""
    return element("code", text(plain))


def ticked(plain: str) -> Html:
    """Return plain text in which what stands between backticks is typed or copied.

    Examples
    --------
    >>> ticked("turned off: `rules.effort`")
    'turned off: <code>rules.effort</code>'
    """
    pieces = plain.split("`")
    return joined(code(piece) if at % 2 else text(piece) for at, piece in enumerate(pieces))


def tag(state: State, plain: str) -> Html:
    """Return a state as a sign with a word."""
    return element("span", text(plain), f"tag {state}".strip())


def listed(items: Iterable[Html], kind: str = "") -> Html:
    """Return a list, or nothing where there are no items."""
    inner = joined(element("li", item) for item in items)
    return element("ul", inner, kind) if inner else NOTHING


def facts(pairs: Iterable[tuple[str, Html]]) -> Html:
    """Return names and values."""
    inner = joined(Html(f"<dt>{text(name)}</dt><dd>{value}</dd>") for name, value in pairs)
    return element("dl", inner, "facts")


def note(state: State, inner: Html) -> Html:
    """Return a note with a coloured edge; its words carry the state."""
    return element("div", inner, f"note {state}".strip())


def box(title: str, inner: Html) -> Html:
    """Return a box with a heading."""
    return element("div", joined([element("h3", text(title)), inner]), "box")


def details(summary: str, inner: Html, kind: str = "") -> Html:
    """Return what opens on demand."""
    return element("details", joined([element("summary", text(summary)), inner]), kind)


@final
@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of a page: where the contents point, its title, and what stands in it."""

    key: str
    title: str
    inner: Html

    @property
    def body(self) -> Html:
        """The section as markup."""
        return Html(
            f'<section id="{self.key}">{element("h2", text(self.title))}{self.inner}</section>'
        )


@final
@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, and whether it holds numbers."""

    head: str
    number: bool = True


def table(
    caption: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    *,
    kind: str = "compact",
    hidden: bool = False,
    remark: str = "",
) -> Html:
    """Return a table; the first cell of a row is its head.

    Parameters
    ----------
    caption
        What the table is of, with its unit.
    columns
        Heads in order.
    rows
        Cells; a number is written for people.
    kind
        Classes of sovplan.css: compact, stack, bars.
    hidden
        Whether the caption is for screen readers only, because a title says it already.
    remark
        What stands under the table: what is left out, what a column means.
    """
    head = joined(
        Html(f'<th scope="col"{_number(column)}>{text(column.head)}</th>') for column in columns
    )
    body = joined(_row(columns, row) for row in rows)
    vh = ' class="vh"' if hidden else ""
    inner = (
        f'<table class="{kind}"><caption{vh}>{text(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
    below = paragraph(remark, "source")
    if kind == "bars":
        return joined([Html(inner), below])
    region = f'class="scroll" tabindex="0" role="region" aria-label="{escape(caption)}"'
    return joined([Html(f"<div {region}>{inner}</div>"), below])


def _row(columns: Sequence[Column], row: Sequence[Cell]) -> Html:
    first = Html(f'<th scope="row">{_cell(row[0])}</th>')
    cells = [
        Html(f'<td{_number(column)} data-l="{escape(column.head)}">{_cell(cell)}</td>')
        for column, cell in zip(columns[1:], row[1:], strict=True)
    ]
    return element("tr", joined([first, *cells]))


def _number(column: Column) -> str:
    return ' class="num"' if column.number else ""


def _cell(cell: Cell) -> Html:
    if isinstance(cell, Marked):
        return cell.html
    if isinstance(cell, str):
        return text(cell)
    return text(NOTHING_KNOWN if cell is None else figure(cell))


@final
@dataclass(frozen=True, slots=True)
class Caption:
    """The words of a figure.

    Parameters
    ----------
    finding
        A sentence that could be false.
    second
        What is drawn, in which unit.
    source
        Where it is from and what it is not.
    behind
        Paragraphs on the rules behind it, which open on demand.
    """

    finding: str
    second: str
    source: str = ""
    behind: tuple[str, ...] = ()


def figure_of(caption: Caption, drawn: Html, *tables: Html) -> Html:
    """Return a figure: finding, second line, drawing, source, and its table, closed."""
    head = joined([element("strong", text(caption.finding)), element("span", text(caption.second))])
    below = [element("figcaption", head), drawn, paragraph(caption.source, "source")]
    if caption.behind:
        reasons = joined(paragraph(each) for each in caption.behind)
        below.append(details(say("report.behind.open"), reasons, "behind"))
    inner = joined(tables)
    if inner:
        below.append(details(say("report.table.open"), inner))
    return element("figure", joined(below))


def panels(drawn: Iterable[tuple[str, Html]], kind: str = "panels") -> Html:
    """Return drawings beside each other, each under its name."""
    each = (
        element("div", joined([element("h3", text(name)) if name else NOTHING, drawing]), "panel")
        for name, drawing in drawn
    )
    return element("div", joined(each), kind)


def bar(share: float) -> Html:
    """Return a bar in a cell, as a share of the longest."""
    width = f"{100 * min(max(share, 0.0), 1.0):.1f}%"
    return Html(f'<span class="len"><i style="width:{width}"></i></span>')


def named(title: str, unit: str) -> Marked:
    """Return the head of a row: a name and, quieter, its unit."""
    small = element("span", text(unit), "unit") if unit else NOTHING
    return Marked(joined([text(title), Html(" " if unit else ""), small]))


def shown_of(shown: int, count: int) -> str:
    """Return how many of how many are shown, or '' where it is all."""
    return say("report.first_of", shown=shown, count=count) if count > shown else ""


def hint(plain: str) -> Html:
    """Return words under a name."""
    return element("span", text(plain), "hint")


def key(kinds: Iterable[tuple[Kind | Literal["asked"], str]]) -> Html:
    """Return which line and mark is of what."""
    return listed((_sample(kind, name) for kind, name in kinds), "key")


def _sample(kind: Kind | Literal["asked"], name: str) -> Html:
    drawn = '<line class="zero" x1="12" x2="26" y1="7" y2="7"/>'
    if kind != "asked":
        drawn = f'<g class="k-{kind}"><path class="ln" d="M1 7H37"/>{mark(kind, 19, 7, 3)}</g>'
    return Html(f'<svg viewBox="0 0 38 14" aria-hidden="true">{drawn}</svg>{text(name)}')
