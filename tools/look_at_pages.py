"""Render pages as pictures: three widths, light and dark, and print.

    python tools/look_at_pages.py OUT PAGE.html [PAGE.html ...]

Writes PNG files below OUT: the first screen and the whole page at 360, 820 and 1440 px, the whole
page dark at 1440 px, and the pages of the print (A4) where `pdftoppm` is there. Needs playwright
(`make pages-tools`) and Chromium (CHROMIUM names it, /usr/bin/chromium if not set).
"""

import os
import shutil
import subprocess
from argparse import ArgumentParser
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, sync_playwright

WIDTHS: Final = {360: 740, 820: 1180, 1440: 900}
QUIET: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def look(browser: Browser, page: Path, out: Path) -> None:
    """Write the pictures of one page."""
    for width, height in WIDTHS.items():
        for scheme in ("light", "dark") if width == max(WIDTHS) else ("light",):
            shot(browser, page, out / f"{page.stem}-{width}-{scheme}", (width, height), scheme)
    view = browser.new_page()
    view.goto(page.resolve().as_uri())
    pdf = out / f"{page.stem}-print.pdf"
    view.pdf(path=pdf, format="A4", prefer_css_page_size=True)
    view.close()
    if shutil.which("pdftoppm"):
        command = ["pdftoppm", "-r", "70", "-png", str(pdf), str(pdf.with_suffix(""))]
        subprocess.run(command, check=True)


def shot(browser: Browser, page: Path, stem: Path, size: tuple[int, int], scheme: str) -> None:
    """Write the first screen and the whole page at one size."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    view = context.new_page()
    view.goto(page.resolve().as_uri())
    view.screenshot(path=stem.with_name(stem.name + "-first.png"))
    view.screenshot(path=stem.with_name(stem.name + "-whole.png"), full_page=True)
    context.close()


def main(out: Path, pages: list[Path]) -> None:
    """Write the pictures of all pages."""
    out.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as machine:
        browser = machine.chromium.launch(executable_path=chromium, args=list(QUIET))
        for page in pages:
            look(browser, page, out)
        browser.close()


if __name__ == "__main__":
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("out", type=Path, help="folder for the pictures")
    parser.add_argument("pages", type=Path, nargs="+", help="pages to look at")
    asked = parser.parse_args()
    main(asked.out, asked.pages)
