"""The items of agenda and minutes as template paragraphs, and what closes the minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.word.house import housestyle as style
from lrtdocs.word.house.pages.styles import OUTCOME_HEADS
from lrtdocs.word.house.pages.wordml import each, paragraph, row, run, table, tag, tag_row, when

if TYPE_CHECKING:
    from collections.abc import Callable

_HEADINGS = {"punt": "heading 2", "subpunt": "heading 3"}


def agenda_items() -> str:
    """Return the items as they are announced: when, what for, by whom, with which papers."""
    return _items(_agenda_item)


def verslag_items() -> str:
    """Return the items as they went: what was said, decided and agreed to do."""
    return _items(_verslag_item)


def _items(item: Callable[[str], str]) -> str:
    """Return `item` for each agendapunt and, inside it, for each of its subpunten."""
    inner = each("subpunt in punt.subpunten", item("subpunt"))
    return each("punt in agendapunten", item("punt") + inner)


def _agenda_item(word: str) -> str:
    """Return one item: its time at the right edge, then who brings it in and what for."""
    clock = (
        run(f"{{%r if {word}.tijd %}}")
        + run(f" \t{{{{ {word}.tijd | tijd }}}}", "LRT Licht")
        + run("{%r endif %}")
    )
    by, goal = f"{word}.inbrenger", f"{word}.doel"
    details = (
        f"{{% if {by} %}}Inbrenger: {{{{ {by} }}}}{{% endif %}}"
        f"{{% if {by} and {goal} %}} {{% endif %}}"
        f"{{% if {goal} %}}({{{{ {goal} }}}}){{% endif %}}"
    )
    return (
        _agenda_heading(word, clock)
        + when(f"{by} or {goal}", paragraph(details, "LRT Puntgegeven"))
        + _papers(word)
        + _text(f"{word}.toelichting")
    )


def _verslag_item(word: str) -> str:
    return (
        _heading(word)
        + _papers(word)
        + _text(f"{word}.verslag")
        + _decisions(word)
        + _actions(word)
    )


def _agenda_heading(word: str, clock: str) -> str:
    """Return the heading of an item, which stays with what stands below it, if anything does.

    A row of bare titles that all stayed with the next would leave the page together.
    """
    below = ["inbrenger", "doel", "bijlagen", "toelichting"]
    below += ["subpunten"] if word == "punt" else []
    return (
        tag("if " + " or ".join(f"{word}.{name}" for name in below))
        + _heading(word, clock)
        + tag("else")
        + _heading(word, clock, last=True)
        + tag("endif")
    )


def _heading(word: str, after: str = "", *, last: bool = False) -> str:
    """Return the heading of an item; its number is Word's own."""
    title = f"{{{{ {word}.titel }}}}{{% if {word}.vertrouwelijk %}} (vertrouwelijk){{% endif %}}"
    return paragraph(run(title) + after, _HEADINGS[word], last=last)


def _papers(word: str) -> str:
    """Return one line for each paper: "Bijlage 2.1: title"."""
    line = (
        "Bijlage{% if bijlage.nummer %} {{ bijlage.nummer }}{% endif %}: "
        "{% if bijlage.link %}{{ bijlage.link | link(bijlage.titel) }}"
        "{% else %}{{ bijlage.titel }}{% endif %}"
        "{% if bijlage.nazending %} (nazending){% endif %}"
    )
    return each(f"bijlage in {word}.bijlagen", paragraph(line, "LRT Puntgegeven"))


def _text(word: str) -> str:
    return when(word, paragraph(f"{{{{ {word} | tekst }}}}", "Body Text"))


def _decisions(word: str) -> str:
    """Return the decisions of an item under their own small heading."""
    head = paragraph("Besluit{% if loop.length != 1 %}en{% endif %}", OUTCOME_HEADS[word])
    body = paragraph("{{ besluit | tekst }}", "LRT Besluit")
    return each(f"besluit in {word}.besluiten", when("loop.first", head) + body)


def _actions(word: str) -> str:
    """Return the actions of an item under a heading, each as "A4: what (who, when)"."""
    head = paragraph("Actie{% if loop.length != 1 %}s{% endif %}", OUTCOME_HEADS[word])
    line = run("{{ actie.nummer }}: ", "Strong") + run(
        "{{ actie.wat }} ({{ actie.wie }}{% if actie.gereed %}, {{ actie.gereed }}{% endif %})"
    )
    body = paragraph(line, "LRT Actie")
    return each(f"actie in {word}.actiepunten", when("loop.first", head) + body)


def verslag_closing() -> str:
    """Return the end of the minutes: next meeting, signatures, then the lists (section 5, S4).

    Word wants a paragraph behind a table; ours is one point high, so as not to need a page.
    """
    end = when("besluiten or actiepunten", paragraph("", "LRT Anker"))
    return _last_lines() + _decision_table() + _action_table() + end


def _decision_table() -> str:
    cells = {"Punt": "{{ besluit.agendapunt }}", "Besluit": "{{ besluit.tekst | tekst }}"}
    return _list_table("Besluitenlijst", "besluit in besluiten", style.DECISION_COLUMNS, cells)


def _action_table() -> str:
    cells = {
        "Nr": "{{ actie.nummer }}",
        "Actie": "{{ actie.wat }}",
        "Wie": "{{ actie.wie }}",
        "Gereed": "{{ actie.gereed }}",
        "Status": "{{ actie.status }}",
    }
    return _list_table("Actielijst", "actie in actiepunten", style.ACTION_COLUMNS, cells)


def _list_table(title: str, loop: str, widths: tuple[style.Mm, ...], cells: dict[str, str]) -> str:
    """Return `title` and a table, with a header row and a row for each pass of `loop`, if any."""
    rows = (
        row([paragraph(name, "LRT Celkop") for name in cells], widths, header=True),
        tag_row(f"for {loop}", widths),
        row([paragraph(text, "LRT Cel") for text in cells.values()], widths),
        tag_row("endfor", widths),
    )
    heading = paragraph(title, "LRT Slotkop")
    return when(loop.partition(" in ")[2], heading + table("LRT Tabel", widths, rows, title))


def _last_lines() -> str:
    """Return next meeting, adoption and, when there is a notulist, the place for signatures."""
    chair = (
        "{% for deelnemer in aanwezig if deelnemer.rol in ['voorzitter', 'vz'] %}"
        "{% if loop.first %}{% if deelnemer.aanhef %}{{ deelnemer.aanhef }} {% endif %}"
        "{{ deelnemer.naam }}{% endif %}{% endfor %}"
    )
    signatures = _line("Voorzitter", chair, "LRT Ondertekening") + _line(
        "Notulist", "{{ notulist }}", "LRT Ondertekening slot"
    )
    following = _line("Volgende vergadering", "{{ volgende_vergadering }}")
    adopted = _line("Vastgesteld", "{{ vastgesteld | datum }}")
    return (
        when("volgende_vergadering", following)
        + when("vastgesteld", adopted)
        + when("notulist", signatures)
    )


def _line(label: str, value: str, name: str = "LRT Slotgegeven") -> str:
    return paragraph(run(f"{label} ", "LRT Label") + run(f"\t{value}"), name)
