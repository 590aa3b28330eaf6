"""The items of agenda and minutes as template paragraphs, and what closes the minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.word import housestyle as style
from lrtdocs.word.pages.wordml import each, paragraph, row, run, table, tag_row, when

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
        _heading(word, clock)
        + when(f"{by} or {goal}", paragraph(details, "LRT Puntgegeven"))
        + _papers(word)
        + _text(f"{word}.toelichting")
    )


def _verslag_item(word: str) -> str:
    return (
        _heading(word, "")
        + _papers(word)
        + _text(f"{word}.verslag")
        + _decisions(word)
        + _actions(word)
    )


def _heading(word: str, after: str) -> str:
    """Return the heading of an item; its number is Word's own."""
    title = f"{{{{ {word}.titel }}}}{{% if {word}.vertrouwelijk %}} (vertrouwelijk){{% endif %}}"
    return paragraph(run(title) + after, _HEADINGS[word])


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
    head = paragraph("Besluit{% if loop.length != 1 %}en{% endif %}", "LRT Besluitkop")
    body = paragraph("{{ besluit | tekst }}", "LRT Besluit")
    return each(f"besluit in {word}.besluiten", when("loop.first", head) + body)


def _actions(word: str) -> str:
    """Return the actions of an item, each on its line: "Actie 4: what (who, when)"."""
    line = run("Actie {{ actie.nummer }}: ", "Strong") + run(
        "{{ actie.wat }} ({{ actie.wie }}{% if actie.gereed %}, {{ actie.gereed }}{% endif %})"
    )
    return each(f"actie in {word}.actiepunten", paragraph(line, "LRT Actie"))


def verslag_closing() -> str:
    """Return the end of the minutes: next meeting, signatures, then the lists (section 5, S4)."""
    return _last_lines() + _decision_table() + _action_table()


def _decision_table() -> str:
    cells = {"Punt": "{{ besluit.agendapunt }}", "Besluit": "{{ besluit.tekst | tekst }}"}
    heading = paragraph("Besluitenlijst", "LRT Slotkop")
    return when(
        "besluiten",
        heading + _list_table("besluit in besluiten", style.DECISION_COLUMNS, cells),
    )


def _action_table() -> str:
    cells = {
        "Nr": "{{ actie.nummer }}",
        "Actie": "{{ actie.wat }}",
        "Wie": "{{ actie.wie }}",
        "Gereed": "{{ actie.gereed }}",
        "Status": "{{ actie.status }}",
    }
    heading = paragraph("Actielijst", "LRT Slotkop")
    return when(
        "actiepunten",
        heading + _list_table("actie in actiepunten", style.ACTION_COLUMNS, cells),
    )


def _list_table(loop: str, widths: tuple[style.Mm, ...], cells: dict[str, str]) -> str:
    """Return a table with a header row and one row for each pass of `loop`."""
    rows = (
        row([paragraph(name, "LRT Celkop") for name in cells], widths, header=True),
        tag_row(f"for {loop}", widths),
        row([paragraph(text, "LRT Cel") for text in cells.values()], widths),
        tag_row("endfor", widths),
    )
    return table("LRT Tabel", widths, rows, " | ".join(cells))


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
