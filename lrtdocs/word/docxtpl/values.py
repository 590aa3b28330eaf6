"""Which of docxtpl's objects can stand where, and what they print there.

Found by `values.foreign`, where docxtpl has its row. Each object is written natively: what docxtpl
itself does with it happens in the document that docxtpl has open, which is not the one made here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lrtdocs.messages import FaultError
from lrtdocs.word.docxtpl.objects import image_xml, listing_xml, rich_xml
from lrtdocs.word.docxtpl.subdocs import subdoc_xml
from lrtdocs.word.values.context import Deferred
from lrtdocs.word.values.values import markup_text, text_run

if TYPE_CHECKING:
    from lrtdocs.word.values.writer import Writer

KINDS = frozenset(["RichText", "RichTextParagraph", "Listing", "InlineImage", "Subdoc"])
_NO_TEXT = {
    "RichText": "LRT314.richtext",
    "RichTextParagraph": "LRT314.richtextparagraph",
    "InlineImage": "LRT314.inlineimage",
    "Subdoc": "LRT314.subdoc",
}


def _kind_of(value: object) -> str:
    return next(p.__name__ for p in type(value).__mro__ if p.__name__ in KINDS)


def plain_text(value: Any) -> str:
    """Return the text of a Listing; raise FaultError for what is more than text."""
    if (key := _NO_TEXT.get(_kind_of(value))) is not None:
        raise FaultError(key, inside="…")
    return markup_text(value)


def text_xml(value: Any, writer: Writer) -> str:
    """Return a Listing or InlineImage for the middle of a sentence, inside a w:t."""
    kind, registry = _kind_of(value), writer.document.registry
    if kind == "Listing":
        return listing_xml(value, registry)
    if kind == "InlineImage":
        registry.raw = True
        return registry.defer(Deferred(runs=image_xml(value, registry)))
    return plain_text(value)


def run_xml(value: Any, writer: Writer, formatting_id: int) -> str:
    """Return a RichText, InlineImage or Listing as runs."""
    kind, registry = _kind_of(value), writer.document.registry
    registry.raw = True
    if kind == "RichText":
        return rich_xml(value, registry, writer.styles)
    if kind == "InlineImage":
        return image_xml(value, registry)
    if kind == "Listing":
        properties = writer.formattings[formatting_id].run_properties()
        return text_run(listing_xml(value, registry), properties)
    raise FaultError("LRT314.alineas", kind=kind, inside="…")


def blocks_xml(value: Any, writer: Writer, formatting_id: int) -> str:
    """Return any of them but a RichText as paragraphs and tables."""
    kind, registry = _kind_of(value), writer.document.registry
    registry.raw = True
    if kind == "Subdoc":
        return subdoc_xml(value, writer)
    if kind == "RichTextParagraph":
        return rich_xml(value, registry, writer.styles)
    if kind == "RichText":
        raise FaultError("LRT314.geen_alinea", inside="…")
    runs = run_xml(value, writer, formatting_id)
    return f"<w:p>{writer.formattings[formatting_id].paragraph}{runs}</w:p>"
