"""The pages of a letter as template paragraphs: opening, reference column, text and signature.

What is read first stands first: rubricering, word mark, sender, retouradres, addressee, date and
subject. Datum and Betreft are ordinary paragraphs and no frame: a subject of three lines takes the
salutation along, which a frame would not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.word.house import housestyle as style
from lrtdocs.word.house.pages.opening import ATTACHMENT, column
from lrtdocs.word.house.pages.wordml import each, paragraph, run, tag, when

if TYPE_CHECKING:
    from lrtdocs.word.house.housestyle import Frame

ANNEX_TITLE = "Taakstelling per gemeente"


def letter(text: str, closing: str, annex: str = "") -> str:
    """Return a letter around `text`, which ends in the word `closing`, and an `annex`.

    The empty paragraph behind the frames is the one they hang on (`engine.md`, frames).
    """
    facts = _facts(style.LETTER_COLUMN, annexed=bool(annex))
    return (
        column(style.LETTER_COLUMN, facts)
        + _addressee()
        + paragraph("", "LRT Anker")
        + _subject()
        + paragraph("{{ aanhef }}", "Salutation")
        + text
        + _signature(closing)
        + annex
    )


def brief_text() -> str:
    """Return the text of a plain letter, and to whom a copy goes.

    The last paragraph stays on the page of the signature, which shall not stand alone.
    """
    return (
        when("tekst_tot_slot", paragraph("{{ tekst_tot_slot | tekst }}", "Body Text"))
        + when("slotalinea", paragraph("{{ slotalinea | tekst }}", "LRT Slotalinea"))
        + copies()
    )


def copies() -> str:
    """Return the sentence that names who gets a copy (section 6: at the end of the text)."""
    sentence = "Een afschrift van deze brief gaat naar {{ kopie_aan | opsomming }}."
    return when("kopie_aan", paragraph(sentence, "LRT Slotalinea"))


def _addressee() -> str:
    """Return retouradres and addressee, in the window of the envelope."""
    sender, frame = style.RETURN_ADDRESS, style.ADDRESSEE
    retouradres = paragraph(
        "> Retouradres {{ afzender.retouradres }}", "LRT Retouradres", frame=sender
    )
    line = paragraph("{{ regel }}", "LRT Toezendgegevens", frame=frame)
    return when("afzender.retouradres", retouradres, sender) + each(
        "regel in ontvanger.adresregels", line, frame
    )


def _subject() -> str:
    """Return Datum and Betreft; the subject is the heading of the whole letter.

    The space after the label keeps the words apart for a screen reader, which skips the tab.
    """
    subject = paragraph(run("Betreft ") + run("\t{{ betreft }}"), "heading 1")
    return paragraph(run("Datum ") + run("\t{{ dagtekening | datum }}"), "Date") + when(
        "betreft", subject
    )


def _facts(frame: Frame, *, annexed: bool) -> str:
    """Return whose letter this is and what goes with it; the first label stands clear of the rest.

    An `annexed` letter names its own annex behind the papers that go with it.
    """
    attachment = paragraph(ATTACHMENT, "LRT Referentie", frame=frame)
    annex = paragraph(f"A {ANNEX_TITLE}", "LRT Referentie", frame=frame)
    enclosed = "bijlagen or bijlage_a" if annexed else "bijlagen"
    return (
        when(
            "onze_referentie",
            _label("Onze referentie", frame) + _value("{{ onze_referentie }}", frame),
            frame,
        )
        + when(
            "uw_referentie",
            _label("Uw referentie", frame, after="onze_referentie")
            + _value("{{ uw_referentie }}", frame),
            frame,
        )
        + when(
            enclosed,
            _label("Bijlage(n)", frame, after="onze_referentie or uw_referentie")
            + each("bijlage in bijlagen", attachment, frame)
            + (when("bijlage_a", annex, frame) if annexed else ""),
            frame,
        )
    )


def _label(text: str, frame: Frame, after: str = "") -> str:
    """Return a label: close to the one above it if `after` holds, else clear of the sender."""
    first = paragraph(text, "LRT Referentiekop ruim", frame=frame)
    if not after:
        return first
    close = paragraph(text, "LRT Referentiekop", frame=frame)
    return tag(f"if {after}", frame) + close + tag("else", frame) + first + tag("endif", frame)


def _value(text: str, frame: Frame) -> str:
    return paragraph(text, "LRT Referentie", frame=frame)


def _signature(closing: str) -> str:
    """Return the closing word, in whose name, four blank lines for the hand, and who (section 6).

    `ondertekening.regels` are the lines above the hand: office, in whose name, function.
    """
    offices = each("regel in ondertekening.regels", paragraph("{{ regel }}", "LRT Ambt"))
    name = paragraph("{{ ondertekening.naam }}", "Signature")
    return when(
        "ondertekening",
        paragraph(closing, "Closing") + offices + when("ondertekening.naam", name),
    )
