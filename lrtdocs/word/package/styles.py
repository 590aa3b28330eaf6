"""The styles part of a package: styles by id, and what each of them is based on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.word.package.elements import val
from lrtdocs.word.package.ooxml import STYLES_TYPE, w

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import etree

    from lrtdocs.word.package.package import Package


def styles_by_id(package: Package) -> dict[str, etree._Element]:
    """Return the styles of `package`, for reading; empty when it has none."""
    part = package.part_of_type(STYLES_TYPE)
    styles = package.tree(part).findall(w("style")) if part else []
    return {style.get(w("styleId"), ""): style for style in styles}


def style_chain(style_id: str, styles: Mapping[str, etree._Element]) -> Iterator[etree._Element]:
    """Yield the style `style_id`, the one it is based on, and so on, each once."""
    seen: set[str] = set()
    while style_id in styles and style_id not in seen:
        seen.add(style_id)
        yield styles[style_id]
        style_id = val(styles[style_id], "basedOn")
