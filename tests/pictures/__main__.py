"""The pictures of the documents, taken anew from a demo of its own: `python -m tests.pictures`, or `make pictures`."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.served import demo

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
WIDTH = 1280
# The name of each picture, what it shows, and its height.
PUBLIC = {
    "home": ("/", 1000),
    "transcript": ("/events/library-round-table-2021-09-18/", 1500),
    "answer": ("/events/library-round-table-2021-09-18/q1-a1/", 1100),
    "search": ("/search/?q=library", 1000),
}
ADMIN = {
    "desk": ("/admin/", 800),
    "editor": ("/admin/panels/event/2/editor/?edit=q1-a1", 900),
}


def main() -> int:
    """Write each picture into docs/."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.stderr.write("There is no Chromium.\n")
        return 2
    with tempfile.TemporaryDirectory() as home, demo(Path(home)) as (site, password), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(locale="en-GB", color_scheme="light")
        for name, (path, height) in PUBLIC.items():
            take(page, f"{site}{path}", PICTURES / f"{name}.png", height)
        page.goto(f"{site}/admin/login/?next=/admin/")
        page.get_by_label("Username").fill("editor")
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Log in").click()
        for name, (path, height) in ADMIN.items():
            take(page, f"{site}{path}", PICTURES / f"{name}.png", height)
        browser.close()
    return 0


def take(page: Page, address: str, file: Path, height: int) -> None:
    """A picture of the top of a page."""
    page.set_viewport_size({"width": WIDTH, "height": height})
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=file)
    sys.stdout.write(f"{os.path.relpath(file)}\n")


if __name__ == "__main__":
    sys.exit(main())
