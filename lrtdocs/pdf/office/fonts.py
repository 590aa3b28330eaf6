"""Fonts: which ones a document asks for, which ones are here, and what stands in for Verdana.

Verdana may not be shipped. DejaVu Sans is the nearest free face (0.7 % narrower), but
LibreOffice only takes it when the font configuration says so; else it may take a serif.
Fonts of the user's own folder stay visible although LibreOffice gets another home.
"""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from lrtdocs.errors import Place
from lrtdocs.messages import Fault, problem, text
from lrtdocs.pdf.office.process import ask_program
from lrtdocs.pdf.scripts import font_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lrtdocs.errors import Problem
    from lrtdocs.pdf.document import Facts

STAND_INS = {"Verdana": "DejaVu Sans"}
MATCH_SECONDS = 20.0
_LAST_COMMON = "\u017f"  # any font has these
_LONGEST_LIST = 10_000_000  # bytes
_SHOWN = 60  # characters of the text around one that no font has

_FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
{lines}
</fontconfig>
"""
_WINDOWS_KEY = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"
_MAC_FOLDERS = ("/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts")


def font_warnings(fonts: Iterable[str], name: str) -> list[Problem]:
    """Return a warning for each of `fonts`, asked for by the document `name`, that is not here.

    Nothing is said where the fonts of the machine cannot be asked for.
    """
    replaced = {font: find_replacement(font) for font in sorted(fonts)}
    return [_font_warning(font, other, name) for font, other in replaced.items() if other]


def _font_warning(font: str, other: str, name: str) -> Problem:
    stand_in = STAND_INS.get(font)
    if stand_in is None:
        return problem("LRT402.anders", Place(name), font=font, other=other)
    if other == stand_in or not sys.platform.startswith("linux"):
        return problem("LRT402.goed", Place(name), font=font, other=other)
    return problem("LRT402.dejavu", Place(name), font=font, other=other, better=stand_in)


@functools.lru_cache(maxsize=64)
def find_replacement(font: str) -> str:
    """Return the font that LibreOffice takes for `font`, or "" if `font` itself is here."""
    if sys.platform in {"win32", "darwin"}:
        listed = _fonts_of_windows() if sys.platform == "win32" else _fonts_of_mac()
        return "" if _is_listed(font, listed) else text("deel.ander_lettertype")
    families = _match(font)
    if not families or font.casefold() in {family.casefold() for family in families}:
        return ""
    return families[0]


def sign_faults(facts: Facts) -> tuple[Fault, ...]:
    """Return a fault for each character of a document with `facts` that no font here has."""
    signs = _unknown_signs(facts.characters)
    pieces = [*facts.body, *facts.beside, *facts.first, *facts.later] if signs else []
    where = {sign: next((text for text in pieces if sign in text), "") for sign in sorted(signs)}
    return tuple(_sign_fault(sign, text) for sign, text in where.items() if text)


def _sign_fault(sign: str, text: str) -> Fault:
    name, script = unicodedata.name(sign, ""), font_for(sign)
    code, text = f"U+{ord(sign):04X}", " ".join(text.split())[:_SHOWN]
    if not name:
        return Fault("LRT431.geen", {"sign": sign, "code": code, "text": text})
    told = {"sign": sign, "code": code, "text": text, "name": name.lower()}
    told |= {"font": script.font, "package": script.package}
    return Fault("LRT431.pakket" if sys.platform.startswith("linux") else "LRT431", told)


def _unknown_signs(characters: frozenset[str]) -> frozenset[str]:
    """Return of `characters` those with a shape that no font has; none where that is unknown."""
    rare = {sign for sign in characters if sign > _LAST_COMMON and _has_shape(sign)}
    known = _covered() if rare else frozenset()
    return frozenset(sign for sign in rare if known and ord(sign) not in known)


def _has_shape(sign: str) -> bool:
    return not "\ufe00" <= sign <= "\ufe0f" and (
        unicodedata.category(sign)[0] not in "CZ" or unicodedata.category(sign) == "Cn"
    )


@functools.cache
def _covered() -> frozenset[int]:
    """Return the characters that some font has; empty if fontconfig cannot be asked."""
    program = shutil.which("fc-list")
    if program is None or not sys.platform.startswith("linux"):
        return frozenset()
    command = [program, "--format", "%{charset} "]
    outcome = ask_program(
        command, seconds=MATCH_SECONDS, prepare=write_fontconfig, longest=_LONGEST_LIST
    )
    ranges = (part.split("-") for part in outcome.said.split()) if outcome.code == 0 else ()
    spans = ((int(ends[0], 16), int(ends[-1], 16)) for ends in ranges)
    return frozenset(code for first, last in spans for code in range(first, last + 1))


def write_fontconfig(folder: Path) -> Path:
    """Write a font configuration in `folder`: the system's own, plus our stand-ins; return it."""
    system = os.environ.get("FONTCONFIG_FILE") or "fonts.conf"
    lines = [f'  <include ignore_missing="yes">{escape(system)}</include>']
    lines += [f"  <dir>{escape(str(path))}</dir>" for path in _own_folders()]
    lines += [
        f'  <alias binding="same"><family>{wanted}</family>'
        f"<accept><family>{given}</family></accept></alias>"
        for wanted, given in STAND_INS.items()
    ]
    target = folder / "verdana.conf"
    target.write_text(_FONTCONFIG.format(lines="\n".join(lines)), encoding="utf-8")
    return target


def _own_folders() -> list[Path]:
    home = Path("~").expanduser()
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return [path for path in (data / "fonts", home / ".fonts") if path.is_dir()]


def _match(font: str) -> list[str]:
    """Return the names of the family fontconfig gives for `font`; empty if it cannot be asked."""
    program = shutil.which("fc-match")
    if program is None:
        return []
    pattern = "".join(f"\\{sign}" if sign in "\\-:," else sign for sign in font)
    command = [program, "--format", "%{family}", pattern]
    outcome = ask_program(command, seconds=MATCH_SECONDS, prepare=write_fontconfig)
    return outcome.said.split(",") if outcome.code == 0 and outcome.said else []


def _is_listed(font: str, listed: Iterator[str]) -> bool:
    wanted = font.casefold().replace(" ", "")
    return any(name.casefold().replace(" ", "").startswith(wanted) for name in listed)


def _fonts_of_windows() -> Iterator[str]:
    """Yield the names in the registry: "Verdana Bold (TrueType)"."""
    if sys.platform == "win32":
        import winreg

        for hive in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
            with contextlib.suppress(OSError), winreg.OpenKey(hive, _WINDOWS_KEY) as key:
                for number in range(winreg.QueryInfoKey(key)[1]):
                    yield str(winreg.EnumValue(key, number)[0])
    else:
        yield from ()


def _fonts_of_mac() -> Iterator[str]:
    for folder in _MAC_FOLDERS:
        yield from (path.stem for path in Path(folder).expanduser().rglob("*.[to]t[fc]"))
