"""The clock, which stands still at `SOURCE_DATE_EPOCH`, so that equal input gives equal bytes."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time


def fixed_moment() -> datetime | None:
    """Return the moment in `SOURCE_DATE_EPOCH`, or None where it is not set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), tz=UTC) if epoch.isdecimal() else None


def now() -> datetime:
    """Return this moment, in whole seconds, for what says when it was made."""
    return fixed_moment() or datetime.now(tz=UTC).replace(microsecond=0)


def today() -> date:
    """Return the date of today, for documents that do not say their own."""
    return wall_clock().date()


def wall_clock() -> datetime:
    """Return this moment as the clock on the wall shows it, for what people read."""
    return fixed_moment() or datetime.now().astimezone()


def start_of(day: date) -> datetime:
    """Return the moment at which `day` begins: what a document of that day carries."""
    return datetime.combine(day, time(), tzinfo=UTC)
