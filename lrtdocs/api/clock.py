"""The day of today, for documents that do not say their own."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime


def today() -> date:
    """Return the date of today, or that of `SOURCE_DATE_EPOCH` where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return datetime.fromtimestamp(int(epoch), tz=UTC).date()
    return datetime.now().astimezone().date()
