"""Names that filters have elsewhere, and what they are called here.

Whoever knows Jinja, docxtpl or Excel writes `date` or `currency`; the vocabulary of lrtdocs is
Dutch, so the nearest name by spelling would be the wrong one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs import messages

if TYPE_CHECKING:
    from collections.abc import Mapping

_THEIRS = {
    "datum": (
        "date",
        "dateformat",
        "date_format",
        "format_date",
        "strftime",
        "datetime",
        "longdate",
    ),
    "datum_kort": ("shortdate", "date_short", "kort", "datumkort"),
    "tijd": ("time", "timeformat", "format_time", "uur", "uren"),
    "getal": ("number", "num", "numberformat", "format_number", "intcomma", "decimal", "aantal"),
    "bedrag": ("currency", "money", "euro", "euros", "format_currency", "amount", "valuta", "geld"),
    "telwoord": ("words", "in_words", "num2words", "numwords", "spellout", "voluit", "apnumber"),
    "opsomming": (
        "enumerate",
        "enumeration",
        "and_list",
        "join_and",
        "comma_and_list",
        "oxford",
        "lijst",
    ),
    "hoofdletters": ("uppercase", "upcase", "capitals", "caps", "hoofdletter"),
    "tekst": ("markdown", "md", "html", "richtext", "rich", "nl2br", "linebreaks", "paragraphs"),
    "link": ("url", "urlize", "hyperlink", "href", "mailto", "a"),
    "vast": ("nobr", "nbsp", "nonbreaking", "no_break", "nowrap"),
    "lower": ("lowercase", "downcase", "kleineletters", "kleine_letters"),
    "length": ("size", "len"),
}
OURS: Mapping[str, str] = {theirs: ours for ours, names in _THEIRS.items() for theirs in names}
"""The filter of lrtdocs for the name of a filter elsewhere."""

NEEDLESS = frozenset(["e", "escape", "forceescape", "safe", "striptags", "xmlattr", "xml"])
"""Filters that lrtdocs does without: whatever is printed is always made safe for Word."""


def own_remedy(name: str) -> str:
    """Return what to write instead of the filter `name` of elsewhere, or ""."""
    if name in NEEDLESS:
        return messages.text("deel.laat_weg", name=name)
    return messages.text("deel.schrijf_filter", ours=OURS[name], name=name) if name in OURS else ""
