"""The styles of the templates: Word's own names where Word has one, `LRT ...` where it has not.

Word shows its own names in Dutch (Kop 2, Lijst opsom.teken) and knows what they mean, for outline,
navigation and tags in the PDF. What a style looks like stands in `parts/styles-*.xml`. A template
gets only the styles it uses.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lrtdocs.word.house.pages.parts import read_part, read_piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TAG_STYLE = "LRT Sjabloontag"
TAG_ROW_STYLE = "LRT Sjabloontag rij"

ENGINE_STYLES = ("Strong", "Emphasis", "Hyperlink", *(
    f"List {kind}{level}" for kind in ("Bullet", "Number", "Continue") for level in ("", " 2", " 3")
))  # fmt: skip
"""What the engine asks for when it turns a `tekst` into paragraphs."""

MEETING = ("base", "meeting", "lists")
AGENDA = (*MEETING, "agenda")
LETTER = ("base", "lists", "letter")
VOCABULARY = ("base", "lists", "vocabulary")
"""The files that the styles of a document are in; of two styles with one id the later counts."""

_ALWAYS = ("Normal", "Default Paragraph Font", "Normal Table", "No List", *ENGINE_STYLES)
_STYLE = re.compile(r'<w:style [^>]*w:styleId="([^"]+)".*?</w:style>')
_USED = re.compile(r'<w:(?:p|r|tbl)Style w:val="([^"]+)"')
_NEEDED = re.compile(r'<w:(?:basedOn|next) w:val="([^"]+)"')


def style_id(name: str) -> str:
    """Return the id of the style called `name`: "heading 1" is Heading1."""
    return "".join(word[0].upper() + word[1:] for word in name.split())


def styles_part(stories: Iterable[str], files: Iterable[str], sizes: Mapping[str, object]) -> str:
    """Return styles.xml with the styles in `files` that `stories` and the engine use, and theirs.

    `sizes` are those that differ between documents, see `read_piece`.
    """
    xml = "".join(read_piece(f"styles-{name}.xml", **sizes) for name in files)
    known = {found[1]: found[0] for found in _STYLE.finditer(xml)}
    wanted = [style_id(name) for name in _ALWAYS]
    wanted += [found for story in stories for found in _USED.findall(story)]
    used: set[str] = set()
    while wanted:
        current = wanted.pop()
        if current not in used:
            used.add(current)
            wanted += _NEEDED.findall(known[current])
    return read_part("styles.xml", styles="".join(known[key] for key in known if key in used))
