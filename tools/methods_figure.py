"""Draw docs/images/methods.svg: how near each method comes to the best plan.

    python -m tools.methods_figure

The numbers are those of the table in docs/understand/ways-to-plan.md; nothing is reckoned anew.
One economy stands below the other, so that the figure can be read on a narrow screen.
"""

import re
from typing import Final

from tools.methods_page import MARKS, PAGE, ROOT

FIGURE: Final = ROOT / "docs" / "images" / "methods.svg"
WIDTH, LEFT, RIGHT, ROW, TOP = 360, 112, 310, 17, 24
"""Pixels: the whole width, where bars begin and end, height of a row, room for the scale."""


def cells(page: str) -> dict[str, dict[str, str]]:
    """Return the cells of the table by economy and aims, and by method."""
    table = page.split(MARKS[0])[1].split(MARKS[1], maxsplit=1)[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in table.splitlines()
        if line.startswith("| ") and not line.startswith("| ---")
    ]
    head, *methods = rows
    return {
        name: {method: cells[place] for method, *cells in methods}
        for place, name in enumerate(head[1:])
    }


def away(cell: str) -> float | None:
    """Return how far a plan is from the best at most, a part of it; None without a plan."""
    found = re.search(r"\(([\d.]+)\s%\)", cell)
    return float(found.group(1)) / 100 if found else None


def shown(cell: str) -> bool:
    """Return whether a method tells something of an economy beside the best plan itself."""
    return away(cell) is not None or cell.startswith("breaks")


def row(method: str, cell: str, y: float) -> list[str]:
    """Return a method on an economy: a bar of its part of the best plan, or why there is none."""
    parts = [f'<text x="{LEFT - 6}" y="{y + 12}" text-anchor="end">{method}</text>']
    far = away(cell)
    if far is None:
        return [*parts, f'<text x="{LEFT}" y="{y + 12}" fill="#8a4b00">{cell}</text>']
    long = (RIGHT - LEFT) * (1 - far)
    return [
        *parts,
        f'<rect x="{LEFT}" y="{y + 2}" width="{long:.1f}" height="{ROW - 5}" fill="#1f4e79"/>',
        f'<text x="{RIGHT + 6}" y="{y + 12}">{100 * (1 - far):.3g} %</text>',
    ]


def figure(table: dict[str, dict[str, str]]) -> str:
    """Return the figure."""
    parts, y = [], float(TOP)
    for name, methods in table.items():
        parts.append(f'<text x="0" y="{y + 13}" font-weight="bold">{name}</text>')
        y += ROW + 3
        for method, cell in methods.items():
            if shown(cell):
                parts += row(method, cell, y)
                y += ROW
        y += 8
    lines = [
        f'<path d="M{x} {TOP - 4}V{y - 8:.0f}" stroke="#ccc"/>'
        f'<text x="{x}" y="{TOP - 9}" text-anchor="middle">{share} %</text>'
        for x, share in ((LEFT, 0), ((LEFT + RIGHT) / 2, 50), (RIGHT, 100))
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y:.0f}" '
            'font-family="sans-serif" font-size="11.5" role="img" aria-labelledby="title">',
            '<title id="title">Part of the best plan that each method reaches at least</title>',
            f'<rect width="{WIDTH}" height="{y:.0f}" fill="white"/>',
            *lines,
            *parts,
            "</svg>",
            "",
        ]
    )


def main() -> None:
    """Write the figure."""
    FIGURE.write_text(figure(cells(PAGE.read_text("utf-8"))), encoding="utf-8")


if __name__ == "__main__":
    main()
