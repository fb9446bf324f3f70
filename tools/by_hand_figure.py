"""Draw docs/images/by-hand.svg: what balances reckoned by hand missed, after how many rounds.

    python tools/by_hand_figure.py FOLDER

FOLDER holds spain.npz and sweden.npz, supply and use tables as the reference case
`economic-planning` describes them. Each product is made by its sectors in their shares of it
(industry technology; Miller and Blair 2009, ch. 5), so that a table gives coefficients. The first
period is taken; what is wanted at home and exported is the final use.
"""

from argparse import ArgumentParser
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array

from sovplan.planning.truncated import COUNTS, Missed, missed_by_hand

PAGE = Path(__file__).resolve().parent.parent / "docs" / "images" / "by-hand.svg"
WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 400, 300, 66, 50, 14, 100
LEAST = 1e-6
COLOURS = {"Spain": "#b3261e", "Sweden": "#1f4e79"}


def missed(file: Path) -> tuple[Missed, ...]:
    """Return what is missed in the first period of a country."""
    with np.load(file) as held:
        supply, use = held["supply"][0], held["use_domestic"][0]
        wanted = held["target_domestic"][0] + held["target_exports"][0]
    supply = np.maximum(supply, 0.0)
    sector, product = supply.sum(axis=0), supply.sum(axis=1)
    recipe = np.divide(use, sector, out=np.zeros_like(use), where=sector > 0)
    makers = np.divide(supply.T, product, out=np.zeros_like(supply.T), where=product > 0)
    made = product > 0
    inputs = (np.maximum(recipe, 0.0) @ makers)[np.ix_(made, made)]
    names = tuple(map(str, np.flatnonzero(made)))
    return missed_by_hand(csr_array(inputs), np.maximum(wanted[made], 0.0), names)


def place(count: int, share: float) -> tuple[float, float]:
    """Return where a point stands: rounds to the right, shares upwards by powers of ten."""
    height = (np.log10(max(share, LEAST)) - np.log10(LEAST)) / -np.log10(LEAST)
    return (
        LEFT + (WIDTH - LEFT - RIGHT) * count / max(COUNTS),
        HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * height,
    )


def line(found: tuple[Missed, ...], name: str, colour: str, dashes: str) -> str:
    """Return one line of the figure."""
    points = [place(one.count, getattr(one, name)) for one in found]
    return (
        f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}" fill="none" '
        f'stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"/>'
    )


def figure(countries: dict[str, tuple[Missed, ...]]) -> str:
    """Return the figure."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="13" role="img" aria-labelledby="title">',
        '<title id="title">Part of output that is missed after so many rounds by hand</title>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
    ]
    for power in range(0, 7, 2):
        x, y = place(0, 10.0**-power)
        label = f"{100 * 10.0**-power:g} %"
        parts.append(f'<path d="M{x} {y}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{x - 6}" y="{y + 4}" text-anchor="end">{label}</text>')
    for count in COUNTS:
        x, _ = place(count, 1.0)
        parts.append(
            f'<text x="{x}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{count}</text>'
        )
    parts.append(f'<text x="{LEFT}" y="{HEIGHT - 10}">rounds in which inputs were followed</text>')
    for country, found in countries.items():
        for name, dashes in (("worst", ""), ("middle", "5 4")):
            parts.append(line(found, name, COLOURS[country], dashes))
        for name, word in (("worst", "worst"), ("middle", "middle")):
            x, y = place(found[-1].count, getattr(found[-1], name))
            parts.append(
                f'<text x="{x + 6}" y="{y + 4}" fill="{COLOURS[country]}">{country}, {word}</text>'
            )
    return "\n".join([*parts, "</svg>", ""])


def main() -> None:
    """Print what was missed and write the figure."""
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="folder of spain.npz and sweden.npz")
    folder = parser.parse_args().folder
    countries = {name: missed(folder / f"{name.lower()}.npz") for name in ("Spain", "Sweden")}
    for name, found in countries.items():
        for one in found:
            print(f"{name}: {one.count} rounds, worst {one.worst:.3f}, middle {one.middle:.4f}")
    PAGE.write_text(figure(countries), encoding="utf-8")


if __name__ == "__main__":
    main()
