"""Chromium for tests: pages opened as people see them, and judged by axe-core.

The browser is that of the system, driven by playwright; axe-core is in the package
axe-playwright-python.
"""

from __future__ import annotations

import importlib.util
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
_BY_WIDTH = ["color-contrast", "scrollable-region-focusable", "target-size"]


def find_browser() -> str:
    """Return where Chromium is, "" if it is not there."""
    return next(filter(None, map(shutil.which, NAMES)), "")


def why_not() -> str:
    """Return why no page can be opened here, or "" if it can."""
    for module in ("playwright", "axe_playwright_python"):
        if importlib.util.find_spec(module) is None:
            return f"{module.replace('_', '-')} is not installed"
    return "" if find_browser() else "there is no Chromium on this machine"


@contextmanager
def opened(*, offline: bool = True, bypass_csp: bool = True) -> Iterator[Any]:
    """Yield a tab of a browser; `offline` it cannot reach any network."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        context = browser.new_context(offline=offline, bypass_csp=bypass_csp, viewport=WIDE)
        try:
            yield context.new_page()
        finally:
            browser.close()


def judge(tab: Any, path: Path) -> list[str]:
    """Return what axe-core finds wrong with the page at `path`: light, dark, and 320 px wide.

    On the narrow screen a page that has to be scrolled sideways is wrong too.
    """
    tab.goto(path.as_uri())
    return judge_shown(tab)


def judge_shown(tab: Any) -> list[str]:
    """Return what `judge` does, of the page that `tab` shows as it is now."""
    tab.set_viewport_size(WIDE)
    tab.emulate_media(color_scheme="light")
    tab.evaluate(_axe())
    found = [f"light: {one}" for one in _run(tab, {"rules": {"target-size": {"enabled": True}}})]
    tab.emulate_media(color_scheme="dark")
    found += [f"dark: {one}" for one in _run(tab, _only(["color-contrast"]))]
    tab.set_viewport_size(NARROW)
    found += [f"narrow and dark: {one}" for one in _run(tab, _only(["color-contrast"]))]
    tab.emulate_media(color_scheme="light")
    found += [f"narrow: {one}" for one in _run(tab, _only(_BY_WIDTH))]
    width = tab.evaluate("document.documentElement.scrollWidth")
    tab.set_viewport_size(WIDE)
    return [*found, f"narrow: {width} px wide"] if width > NARROW["width"] else found


def _only(rules: list[str]) -> dict[str, object]:
    return {"runOnly": {"type": "rule", "values": rules}}


def _run(tab: Any, options: dict[str, object]) -> list[str]:
    result = tab.evaluate("options => axe.run(document, options)", options)
    return [
        f"{wrong['id']} {node['html'][:200]} {node.get('failureSummary', '')}"
        for wrong in result["violations"]
        for node in wrong["nodes"]
    ]


def _axe() -> str:
    spec = importlib.util.find_spec("axe_playwright_python")
    assert spec is not None
    assert spec.origin is not None
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")
