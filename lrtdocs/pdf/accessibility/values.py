"""Values of a PDF of anybody, which may be of another kind than they should be."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary

if TYPE_CHECKING:
    from pikepdf import Object


def to_int(value: object, default: int = 0) -> int:
    """Return `value` as a whole number, or `default` where it is none."""
    return int(value) if isinstance(value, int | Decimal | float) else default


def to_float(value: object) -> float:
    """Return `value` as a number, 0 where it is none."""
    return float(value) if isinstance(value, int | Decimal | float) else 0.0


def is_true(holder: Object, key: str) -> bool:
    """Tell whether `holder` says that `key` is so."""
    value: object = holder.get(key)
    return value is True


def part_of(holder: Object, key: str) -> Object:
    """Return the dictionary at `key` in `holder`, an empty one where there is none."""
    value = holder.get(key)
    return value if isinstance(value, Dictionary) else Dictionary()


def annotations_of(page: Object) -> list[Object]:
    """Return the annotations of `page`: links, fields, remarks."""
    found = page.get("/Annots")
    return [one for one in found if isinstance(one, Dictionary)] if isinstance(found, Array) else []
