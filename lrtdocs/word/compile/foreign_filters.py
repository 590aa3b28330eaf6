"""Names that filters have elsewhere, and what they are called here.

Whoever knows Jinja, docxtpl or Excel writes `date` or `currency`; the vocabulary of lrtdocs is
Dutch, so the nearest name by spelling would be the wrong one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs import messages

if TYPE_CHECKING:
    from collections.abc import Mapping

_DATES = ("date", "dateformat", "date_format", "format_date", "strftime", "datetime", "longdate")
_SHORT_DATES = ("shortdate", "date_short", "kort", "datumkort")
_TIMES = ("time", "timeformat", "format_time", "uur", "uren")
_NUMBERS = ("number", "num", "numberformat", "format_number", "intcomma", "decimal", "aantal")
_AMOUNTS = ("currency", "money", "euro", "euros", "format_currency", "amount", "valuta", "geld")
_WORDED = ("words", "in_words", "num2words", "numwords", "spellout", "voluit", "apnumber")
_LISTS = ("enumerate", "enumeration", "and_list", "join_and", "comma_and_list", "oxford", "lijst")
_CAPITALS = ("uppercase", "upcase", "capitals", "caps", "hoofdletter")
_MARKDOWN = ("markdown", "md", "html", "richtext", "rich", "nl2br", "linebreaks", "paragraphs")
_LINKS = ("url", "urlize", "hyperlink", "href", "mailto", "a")
_FIXED = ("nobr", "nbsp", "nonbreaking", "no_break", "nowrap")
_LOWER = ("lowercase", "downcase", "kleineletters", "kleine_letters")
_COUNTS = ("size", "len")

OURS: Mapping[str, str] = {
    theirs: ours
    for ours, names in (
        ("datum", _DATES),
        ("datum_kort", _SHORT_DATES),
        ("tijd", _TIMES),
        ("getal", _NUMBERS),
        ("bedrag", _AMOUNTS),
        ("telwoord", _WORDED),
        ("opsomming", _LISTS),
        ("hoofdletters", _CAPITALS),
        ("tekst", _MARKDOWN),
        ("link", _LINKS),
        ("vast", _FIXED),
        ("lower", _LOWER),
        ("length", _COUNTS),
    )
    for theirs in names
}
"""The filter of lrtdocs for the name of a filter elsewhere."""

NEEDLESS = frozenset(["e", "escape", "forceescape", "safe", "striptags", "xmlattr", "xml"])
"""Filters that lrtdocs does without: whatever is printed is always made safe for Word."""


def own_remedy(name: str) -> str:
    """Return what to write instead of the filter `name` of elsewhere, or ""."""
    if name in NEEDLESS:
        return messages.text("deel.laat_weg", name=name)
    return messages.text("deel.schrijf_filter", ours=OURS[name], name=name) if name in OURS else ""
