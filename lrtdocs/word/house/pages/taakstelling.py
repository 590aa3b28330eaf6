"""The text of the taakstelling letter, its table of numbers, and Bijlage A.

The wording is the project's own: plain Dutch, addressed to the college, and in the order in which a
gemeente asks: how many, of how many, by what law, how counted, what of before, who watches, who
helps. What does not apply is not there.
"""

from __future__ import annotations

from lrtdocs.word.house import housestyle as style
from lrtdocs.word.house.pages.letter import ANNEX_TITLE, copies
from lrtdocs.word.house.pages.wordml import paragraph, row, run, table, tag_row, when

_NBSP = "\u00a0"
_GEMEENTE = "{% if gemeente %}de gemeente {{ gemeente.naam }}{% else %}uw gemeente{% endif %}"
_NUMBER = "taakstelling.aantal"
_HALFYEAR = "{{ landelijk.halfjaar }}"


def taakstelling_text() -> str:
    """Return the text of the letter between salutation and signature."""
    return (
        _outcome()
        + _numbers()
        + _law()
        + _computation()
        + _carried()
        + _oversight()
        + _support()
        + when("tekst", paragraph("{{ tekst | tekst }}", "Body Text"))
        + _closing()
    )


def _people(word: str) -> str:
    """Return the number `word` with its noun, on one line: "22 vergunninghouders"."""
    return f"{{{{ {word} | getal }}}}{_NBSP}vergunninghouder{{% if {word} != 1 %}}s{{% endif %}}"


def _date(word: str) -> str:
    """Return the date `word` on one line: "1 januari 2024"."""
    return f"{{{{ {word} | datum | vast }}}}"


def _section(title: str, first: str) -> str:
    """Return a head with the paragraph directly under it."""
    return paragraph(title, "heading 2") + paragraph(first, "LRT Kopalinea")


def _outcome() -> str:
    """Return the number for this gemeente in one sentence, and what changes in the running half."""
    number = (
        run(f"De taakstelling van {_GEMEENTE} voor {{{{ landelijk.periode }}}} is ")
        + run(_people(_NUMBER), "Strong")
        + run(
            f". Dit aantal geldt voor de periode van {_date('landelijk.begin')} tot en met"
            f" {_date('landelijk.einde')}. In deze brief leest u waar het aantal op is gebaseerd"
            " en wat er van u wordt gevraagd."
        )
    )
    was, wordt = "taakstelling.bijstelling_was", "taakstelling.bijstelling_wordt"
    adjusted = (
        "Ook de taakstelling voor {{ landelijk.bijstelling.periode }} verandert. Het landelijke"
        " aantal gaat van {{ landelijk.bijstelling.was | getal }} naar"
        " {{ landelijk.bijstelling.wordt | getal }}. "
        f"{{% if {was} is none %}}Voor uw gemeente wordt het aantal {_people(wordt)}."
        f"{{% elif {was} == {wordt} %}}Voor uw gemeente blijft het aantal {_people(wordt)}."
        f"{{% else %}}Voor uw gemeente gaat het aantal van {{{{ {was} | getal }}}} naar"
        f" {_people(wordt)}.{{% endif %}}"
    )
    adjusts = f"landelijk.bijstelling and {wordt} is not none"
    return paragraph(number, "Body Text") + when(adjusts, paragraph(adjusted, "Body Text"))


def _numbers() -> str:
    """Return the table of numbers; a row without a number is not there."""
    half = "{{ landelijk.bijstelling.halfjaar }}"
    on = f"op {_date('landelijk.peildatum')}"
    adjusted = "landelijk.bijstelling and "
    header = [paragraph("Gegeven", "LRT Celkop"), paragraph("Aantal", "LRT Celkop getal")]
    rows = (
        row(header, style.NUMBER_COLUMNS, header=True),
        _number(f"Landelijke taakstelling {_HALFYEAR}", "landelijk.totaal"),
        _number(f"Inwoners van uw gemeente {on}", "taakstelling.inwoners"),
        _number(f"Inwoners van Nederland {on}", "landelijk.inwoners_nederland"),
        _number(f"Taakstelling van uw gemeente {_HALFYEAR}", _NUMBER, "Strong"),
        _optional(f"Uw taakstelling {half}, eerder bekendgemaakt", "bijstelling_was", adjusted),
        _optional(f"Uw taakstelling {half}, na de bijstelling", "bijstelling_wordt", adjusted),
        _optional("Gerealiseerd: al gehuisveste vergunninghouders", "gerealiseerd"),
        _optional("Achterstand op eerdere taakstellingen", "achterstand"),
        _optional("Voorsprong op eerdere taakstellingen", "voorsprong"),
        _task(),
    )
    title = "De aantallen op een rij"
    return paragraph(title, "LRT Tabelkop") + table("LRT Tabel", style.NUMBER_COLUMNS, rows, title)


def _row(label: str, number: str, character: str | None = "Strong") -> str:
    cells = [
        paragraph(run(label, character), "LRT Cel"),
        paragraph(run(number, character), "LRT Cel getal"),
    ]
    return row(cells, style.NUMBER_COLUMNS)


def _number(label: str, word: str, character: str | None = None) -> str:
    return _row(label, f"{{{{ {word} | getal }}}}", character)


def _guarded(condition: str, rows: str) -> str:
    widths = style.NUMBER_COLUMNS
    return tag_row(f"if {condition}", widths) + rows + tag_row("endif", widths)


def _optional(label: str, name: str, also: str = "") -> str:
    """Return a row for only when the number `name` of this gemeente is known."""
    word = f"taakstelling.{name}"
    return _guarded(f"{also}{word} is not none", _number(label, word))


def _task() -> str:
    """Return the row of what is to be done; who is further ahead than that has nothing to do."""
    word = "taakstelling.opgave"
    shown = f"{{% if {word} < 0 %}}0{{% else %}}{{{{ {word} | getal }}}}{{% endif %}}"
    return _guarded(f"{word} is not none", _row(f"Opgave van uw gemeente {_HALFYEAR}", shown))


def _law() -> str:
    return _section(
        "Wat de wet zegt",
        "Vergunninghouders zijn mensen met een verblijfsvergunning asiel. Volgens artikel"
        f"{_NBSP}28 van de Huisvestingswet{_NBSP}2014 zorgen burgemeester en wethouders ervoor dat"
        " zij woonruimte krijgen, overeenkomstig de taakstelling van de gemeente. Artikel"
        f"{_NBSP}29 van die wet bepaalt hoe groot de taakstelling is. Het landelijke aantal wordt"
        " elk halfjaar bekendgemaakt in de Staatscourant.",
    )


def _computation() -> str:
    """Return how the number came about, the rounding as it was chosen, and what departs from it.

    A number that was supplied, and is not the computed one, is not passed off as computed.
    """
    rounding = {
        "naar boven": "De uitkomst is naar boven afgerond op een heel aantal.",
        "rekenkundig": "De uitkomst is afgerond op het dichtstbijzijnde hele aantal.",
    }
    told = "".join(
        f"{{% {'el' if number else ''}if landelijk.afronding == '{name}' %}}{sentence}"
        for number, (name, sentence) in enumerate(rounding.items())
    )
    method = (
        "Het landelijke aantal is verdeeld naar inwoners. Het aantal inwoners van uw gemeente is"
        " gedeeld door het aantal inwoners van Nederland, en de uitkomst daarvan is vermenigvuldigd"
        " met het landelijke aantal. Het gaat om de inwoners op"
        f" {_date('landelijk.peildatum')}, volgens het Centraal Bureau voor de Statistiek (CBS)."
        f" {told}{{% else %}}De uitkomsten zijn zo afgerond dat de aantallen van alle gemeenten"
        " samen precies het landelijke aantal zijn.{% endif %}"
        "{% if bijlage_a %} In bijlage A staan de aantallen van alle gemeenten.{% endif %}"
    )
    departs = (
        "De berekening komt voor uw gemeente uit op {{ taakstelling.berekend | getal }}. Van die"
        f" uitkomst is afgeweken: het vastgestelde aantal is {{{{ {_NUMBER} | getal }}}}."
    )
    shared = (
        "Gemeenten kunnen hun taakstellingen in overleg onderling anders verdelen, zolang de som"
        f" gelijk blijft (artikel{_NBSP}29, tweede lid)."
    )
    return (
        _section("Waar het aantal op is gebaseerd", method)
        + when(f"taakstelling.berekend != {_NUMBER}", paragraph(departs, "Body Text"))
        + paragraph(shared, "Body Text")
    )


def _carried() -> str:
    """Return that achterstand and voorsprong move on, and what that makes of the number."""
    behind, ahead = "taakstelling.achterstand", "taakstelling.voorsprong"
    task = "taakstelling.opgave"
    stand = (
        f"{{% if {behind} and {ahead} %}}Uw gemeente heeft een achterstand van {{{{ {behind} |"
        f" getal }}}} en een voorsprong van {{{{ {ahead} | getal }}}}."
        f"{{% elif {behind} %}}Uw gemeente heeft een achterstand van {{{{ {behind} | getal }}}}."
        f"{{% elif {ahead} %}}Uw gemeente heeft een voorsprong van {{{{ {ahead} | getal }}}}."
        "{% else %}Uw gemeente heeft geen achterstand en geen voorsprong.{% endif %}"
        f" {{% if {task} > 0 %}}Uw opgave voor {{{{ landelijk.periode }}}} is daarmee"
        f" {_people(task)}.{{% else %}}Daarmee hebt u voor {{{{ landelijk.periode }}}} geen opgave."
        f"{{% if {task} < 0 %}} De rest van uw voorsprong, {{{{ {task} | abs | getal }}}}, telt mee"
        " bij een volgende taakstelling.{% endif %}{% endif %}"
    )
    return _section(
        "Achterstand en voorsprong",
        "Heeft uw gemeente in een eerder halfjaar minder mensen gehuisvest dan de taakstelling,"
        " dan komt deze achterstand bij uw nieuwe taakstelling. Heeft uw gemeente er meer"
        " gehuisvest, dan gaat deze voorsprong ervan af.",
    ) + when(f"{task} is not none", paragraph(stand, "Body Text"))


def _oversight() -> str:
    return _section(
        "Toezicht",
        "Gedeputeerde staten van {% if gemeente %}de provincie {{ gemeente.provincie }}"
        "{% else %}uw provincie{% endif %} houden toezicht op de uitvoering van de taakstelling."
        " Loopt het huisvesten in uw gemeente anders dan u had verwacht, laat dit dan op tijd aan"
        " hen weten.",
    )


def _support() -> str:
    return _section(
        "Hulp en vragen",
        "Het Centraal Orgaan opvang asielzoekers (COA) koppelt vergunninghouders aan uw gemeente."
        " Met vragen over deze koppelingen kunt u terecht bij uw contactpersoon bij het COA. De"
        " Vereniging van Nederlandse Gemeenten (VNG) helpt gemeenten met kennis en voorbeelden."
        "{% if contactpersoon %} Hebt u vragen over deze brief, neem dan contact op met de"
        " contactpersoon die bovenaan deze brief staat.{% endif %}",
    )


def _closing() -> str:
    thanks = "Ik dank u voor uw inzet bij het huisvesten van vergunninghouders."
    return copies() + paragraph(thanks, "LRT Slotalinea")


def annex() -> str:
    """Return Bijlage A on a page of its own: all gemeenten by name, two in a row.

    Word wants a paragraph behind a table; ours is one point high, so as not to need a page.
    """
    widths = style.REGISTER_COLUMNS
    names, numbers = "Gemeente", "Taakstelling"
    header = [
        paragraph(names, "LRT Celkop"),
        paragraph(numbers, "LRT Celkop getal"),
        paragraph(names, "LRT Celkop rechts"),
        paragraph(numbers, "LRT Celkop getal"),
    ]
    rows = (
        row(header, widths, header=True),
        tag_row("for regel in bijlage_a_regels", widths),
        row(_annex_cells(), widths),
        tag_row("endfor", widths),
    )
    return when(
        "bijlage_a_regels",
        paragraph(f"Bijlage A: {ANNEX_TITLE.lower()}", "LRT Bijlagekop")
        + paragraph(_annex_opening(), "Body Text")
        + table("LRT Tabel", widths, rows, ANNEX_TITLE)
        + paragraph("", "LRT Anker"),
    )


def _annex_cells() -> list[str]:
    beside = "{{% if regel.rechts %}}{{{{ regel.rechts.{} }}}}{{% endif %}}".format
    return [
        paragraph("{{ regel.links.naam }}", "LRT Lijstcel"),
        paragraph("{{ regel.links.taakstelling | getal }}", "LRT Lijstcel getal"),
        paragraph(beside("naam"), "LRT Lijstcel rechts"),
        paragraph(beside("taakstelling | getal"), "LRT Lijstcel getal"),
    ]


def _annex_opening() -> str:
    """Return what the list is, how to find a name in it, and why its sum is what it is."""
    return (
        "Dit zijn de taakstellingen van alle gemeenten voor {{ landelijk.periode }}, op volgorde"
        " van naam en van links naar rechts. Namen die met \u2019s beginnen, staan bij de letter"
        f" daarna. Samen zijn dit {_people('landelijk.som')}."
        "{% if landelijk.som != landelijk.totaal and not landelijk.afwijkingen %} Dat is"
        " {% if landelijk.som > landelijk.totaal %}meer{% else %}minder{% endif %} dan het"
        " landelijke aantal van {{ landelijk.totaal | getal }}, omdat het aantal van elke gemeente"
        " apart is afgerond.{% endif %}"
    )
