"""Which fonts a Word document really uses: those of its text, not of all its unused styles."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

_TEXT_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_FONTS = re.compile(r"<w:rFonts\b([^>]*)>")
_NAMED = re.compile(r'w:(?:ascii|hAnsi)="([^"]+)"')
_THEMED = re.compile(r'w:(?:ascii|hAnsi)Theme="(major|minor)')
_USED_STYLE = re.compile(r'<w:(?:pStyle|rStyle|tblStyle) w:val="([^"]+)"')
_STYLE = re.compile(r"<w:style\b([^>]*)>(.*?)</w:style>", re.DOTALL)
_STYLE_ID = re.compile(r'w:styleId="([^"]+)"')
_BASED_ON = re.compile(r'<w:(?:basedOn|link) w:val="([^"]+)"')
_DEFAULTS = re.compile(r"<w:rPrDefault>.*?</w:rPrDefault>", re.DOTALL)
_THEME_FONT = re.compile(r'<a:(major|minor)Font>.*?<a:latin\b[^>]*\btypeface="([^"]+)"', re.DOTALL)


def wanted_fonts(docx: bytes) -> set[str]:
    """Return the names of the fonts that the text of `docx` asks for; empty if unreadable."""
    parts = _read_parts(docx)
    text = "".join(part for name, part in parts.items() if _TEXT_PARTS.fullmatch(name))
    theme = dict(_THEME_FONT.findall(parts.get("word/theme/theme1.xml", "")))
    asked = text + _used_styles(parts.get("word/styles.xml", ""), text)
    fonts: set[str] = set()
    for attributes in _FONTS.findall(asked):
        themed = {theme[kind] for kind in _THEMED.findall(attributes) if kind in theme}
        fonts |= themed or set(_NAMED.findall(attributes))
    return fonts


def _used_styles(styles: str, text: str) -> str:
    """Return the defaults of `styles` and the styles that `text` uses, with what they rest on."""
    by_id: dict[str, str] = {}
    used = set(_USED_STYLE.findall(text))
    defaults = "".join(_DEFAULTS.findall(styles))
    for attributes, body in _STYLE.findall(styles):
        found = _STYLE_ID.search(attributes)
        if found is not None:
            by_id[found[1]] = body
            if 'w:default="1"' in attributes and 'w:type="paragraph"' in attributes:
                used.add(found[1])
                defaults = "" if _FONTS.search(body) else defaults
    chosen: dict[str, str] = {}
    waiting = sorted(used)
    while waiting:
        style = waiting.pop()
        if style in by_id and style not in chosen:
            chosen[style] = by_id[style]
            waiting += _BASED_ON.findall(by_id[style])
    return defaults + "".join(chosen.values())


def _read_parts(docx: bytes) -> dict[str, str]:
    wanted = re.compile(_TEXT_PARTS.pattern + r"|word/styles\.xml|word/theme/theme1\.xml")
    try:
        with zipfile.ZipFile(BytesIO(docx)) as package:
            return {
                name: package.read(name).decode("utf-8", errors="replace")
                for name in package.namelist()
                if wanted.fullmatch(name)
            }
    except (OSError, ValueError, zipfile.BadZipFile):
        return {}
