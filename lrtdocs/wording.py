"""Whether words tell a reader anything: of a picture, of a link, of a document.

The same of Word and of PDF. Only what says nothing for sure is refused: a name of a file, a word
that a program made up, "klik hier".
"""

from __future__ import annotations

import re

_FILE = re.compile(
    r"(?:.*[\\/])?[^\\/]*\.(?:png|jpe?g|jfif|gif|bmp|tiff?|svg|emf|wmf|webp|heic|pdf|eps|ico)"
    r"|(?:afbeelding|picture|image|foto|photo|figuur|figure|grafiek|chart|vorm|shape|plaatje"
    r"|diagram|object|tekening|img|dsc|screenshot|schermafbeelding|schermopname)[\s_-]*[\d_-]*",
    re.IGNORECASE | re.DOTALL,
)
_MADE_UP = re.compile(
    r"automatisch gegenereerd|automatically generated|door AI gegenereerd|AI-gegenereerd"
    r"|AI-generated",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"Microsoft (?:Word|PowerPoint|Excel)\b.*"
    r"|.*\.(?:docx?|docm|dotx?|dotm|odt|rtf|pdf|pptx?|xlsx?|indd)"
    r"|(?:document|naamloos|untitled|word document|titel|title|print)[\s\d()]*",
    re.IGNORECASE | re.DOTALL,
)
_LONG_ADDRESS = re.compile(r"(?:https?://|www\.)\S{60,}", re.IGNORECASE)
_EMPTY_LINKS = {
    "klik hier", "hier", "klik", "link", "deze link", "lees meer", "lees verder", "meer",
    "meer info", "meer informatie", "klik op deze link", "via deze link", "zie hier", "zie link",
    "click here", "here", "read more", "more", "this link", "learn more",
}  # fmt: skip


def is_file_name(words: str) -> bool:
    """Tell whether the alternative text `words` is a name of a file, or says only what it is."""
    return _FILE.fullmatch(words.strip()) is not None


def is_made_up(words: str) -> bool:
    """Tell whether a program made up the alternative text `words` and says so."""
    return _MADE_UP.search(words) is not None


def is_empty_title(title: str) -> bool:
    """Tell whether the `title` of a document is a name of a file, or says nothing."""
    return _TITLE.fullmatch(title.strip()) is not None


def is_empty_link(words: str) -> bool:
    """Tell whether the `words` of a link do not say where it goes."""
    return " ".join(words.split()).casefold().strip(" .>»:()") in _EMPTY_LINKS


def is_long_address(words: str) -> bool:
    """Tell whether the `words` of a link are a long address, which is spelled when read aloud."""
    return _LONG_ADDRESS.fullmatch(words.strip()) is not None
