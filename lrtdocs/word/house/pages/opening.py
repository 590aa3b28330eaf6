"""Page 1 of agenda and minutes as template paragraphs: column, title line and block.

Each part that has no value is left out, and what stands below it moves up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.word.house import housestyle as style
from lrtdocs.word.house.pages.styles import GROUP_STYLES, TAG_ROW_STYLE
from lrtdocs.word.house.pages.wordml import each, paragraph, run, when

if TYPE_CHECKING:
    from lrtdocs.word.house.housestyle import Frame

ATTACHMENT = (
    "{% if bijlage.nummer %}{{ bijlage.nummer }} {% endif %}"
    "{% if bijlage.link %}{{ bijlage.link | link(bijlage.titel) }}"
    "{% else %}{{ bijlage.titel }}{% endif %}"
    "{% if bijlage.nazending %} (nazending){% endif %}"
)


def column(frame: Frame, facts: str) -> str:
    """Return the reference column of page 1: sender, addresses, whom to ask, then `facts`."""
    address = paragraph("{{ regel }}", "LRT Adres", frame=frame)
    website = paragraph("{{ afzender.website | link }}", "LRT Adres", frame=frame)
    return (
        sender(frame)
        + each("regel in afzender.bezoekadres", address, frame)
        + each("regel in afzender.postadres", address, frame)
        + when("afzender.land", paragraph("{{ afzender.land }}", "LRT Adres", frame=frame), frame)
        + when("afzender.website", website, frame)
        + when("contactpersoon", _contact(frame), frame)
        + facts
    )


def sender(frame: Frame) -> str:
    """Return who sends, as it stands at the top of every page."""
    lines = {
        "afzender.directoraat_generaal": "LRT Afzendkop",
        "afzender.directie": "LRT Afzendgegevens",
        "afzender.team": "LRT Afzendgegevens",
    }
    return "".join(
        when(word, paragraph(f"{{{{ {word} }}}}", name, frame=frame), frame)
        for word, name in lines.items()
    )


def _contact(frame: Frame) -> str:
    lines = {
        "contactpersoon.naam": "{{ contactpersoon.naam }}",
        "contactpersoon.telefoon": "T \t{{ contactpersoon.telefoon }}",
        "contactpersoon.email": "{{ contactpersoon.email | link }}",
    }
    return paragraph("Contactpersoon", "LRT Referentiekop", frame=frame) + "".join(
        when(word, paragraph(text, "LRT Afzendgegevens", frame=frame), frame)
        for word, text in lines.items()
    )


def reference(frame: Frame) -> str:
    """Return Datum and Onze referentie, on every page from the same words (section 4)."""
    number = paragraph("Onze referentie", "LRT Referentiekop", frame=frame) + paragraph(
        "{{ onze_referentie }}", "LRT Referentie", frame=frame
    )
    return (
        paragraph("Datum", "LRT Referentiekop ruim", frame=frame)
        + paragraph("{{ dagtekening | datum }}", "LRT Referentie", frame=frame)
        + when("onze_referentie", number, frame)
    )


def title_line(type_word: str) -> str:
    """Return `type_word` (agenda, verslag) and, level with it, the name of the body.

    The paragraph between them is the one the frames hang on; with it they are read before the name.
    A long name grows downwards and takes the block along.
    """
    return (
        paragraph(type_word, "heading 1", frame=style.TITLE)
        + paragraph("", "LRT Anker")
        + paragraph("{{ overleg }}", "Subtitle")
    )


def rows() -> str:
    """Return the rows between the rules; a row without a value is not there.

    The rows of a group (Aanwezig ...) have a style of their own, so that the space between groups
    is not there between the names of one group.
    """
    moment = "{{ datum | datum }}{% if tijd %}, {{ tijd | tijd }}{% endif %}"
    return (
        when("omschrijving", _row("Omschrijving", "{{ omschrijving }}"), style=TAG_ROW_STYLE)
        + _row("Vergaderdatum{% if tijd %} en -tijd{% endif %}", moment)
        + when("plaats", _row("Vergaderplaats", "{{ plaats }}"), style=TAG_ROW_STYLE)
        + _group("Aanwezig", "deelnemer in aanwezig", "{{ deelnemer.tekst }}")
        + _group("Afwezig", "deelnemer in afwezig", "{{ deelnemer.tekst }}")
        + _group("Kopie aan", "naam in kopie_aan", "{{ naam }}")
        + _group("Bijlage(n)", "bijlage in bijlagen", ATTACHMENT)
    )


def _row(label: str, value: str) -> str:
    """Return a small label with its value at the third column of the page.

    The space after the label keeps the words apart for a screen reader, which skips the tab.
    """
    return paragraph(run(f"{label} ", "LRT Label") + run(f"\t{value}"), "LRT Gegeven")


def _group(label: str, loop: str, value: str) -> str:
    """Return one paragraph for each value of `loop`, the first with the label."""
    pieces = ("{%r if loop.first %}", f"{label} ", "{%r endif %}")
    line = "".join(run(piece, "LRT Label") for piece in pieces) + run(f"\t{value}")
    return each(loop, paragraph(line, GROUP_STYLES[label]), style=TAG_ROW_STYLE)
