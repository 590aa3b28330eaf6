"""A page of `lrtdocs web` in a tab, judged as it is now."""

from __future__ import annotations

from typing import Any

import browser


def judge_page(tab: Any) -> list[str]:
    """Return what axe-core finds wrong with the page that `tab` shows: light, dark, 320 px."""
    return browser.judge_shown(tab)
