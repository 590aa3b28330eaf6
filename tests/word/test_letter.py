"""What letters print: each part with a value, and nothing where there is none."""

import io

import docx
import pytest
from letter_making import (
    ADJUSTED,
    CONTACT,
    HALFYEAR,
    SIGNED,
    make_brief,
    make_taakstelling,
    template,
)
from lxml import etree

from lrtdocs.documents.fields import known_words
from lrtdocs.model.afzender import Afzender
from lrtdocs.word.compile.template import check_names
from lrtdocs.word.package.ooxml import w


def paragraphs(data):
    """Return (style, text) of each paragraph outside tables."""
    return [(one.style.name, one.text) for one in docx.Document(io.BytesIO(data)).paragraphs]


def texts(data):
    return [text for _, text in paragraphs(data)]


def text_of(data):
    return "\n".join(texts(data)).replace("\u00a0", " ")


def rows(data, number=0):
    table = docx.Document(io.BytesIO(data)).tables[number]
    return [[cell.text.replace("\u00a0", " ") for cell in row.cells] for row in table.rows]


def header_lines(data):
    section = docx.Document(io.BytesIO(data)).sections[0]
    return [(one.style.name, one.text) for one in section.header.paragraphs]


@pytest.mark.parametrize("kind", ["brief", "taakstelling"])
def test_a_template_uses_only_words_of_the_vocabulary(kind):
    assert check_names(template(kind), known_words(kind)) == []
    assert template(kind).warnings == ()


def test_the_barest_letter_leaves_no_empty_lines_and_no_labels():
    made = make_brief(sender=Afzender(team="Team X"))

    assert paragraphs(made) == [
        ("LRT Woordmerk", "Ministerie van Asiel en"),
        ("LRT Woordmerk", "Migratie"),
        ("LRT Afzendgegevens", "Team X"),
        ("LRT Toezendgegevens", "J. de Vries"),
        ("LRT Anker", ""),  # what the frames hang on, one point high
        ("Date", "Datum \t25 maart 2025"),
        ("Salutation", "Geachte heer, mevrouw,"),
        ("LRT Slotalinea", "Kort."),
    ]


def test_a_full_letter_is_read_in_the_order_of_the_page():
    made = make_brief(
        "Een.\n\n- a\n\nTwee.",
        rubricering="CONCEPT",
        betreft="Onderwerp",
        onze_referentie="X-{volgnummer}",
        uw_referentie="Y",
        bijlagen=[{"titel": "Verslag", "nummer": "1"}, {"titel": "Cijfers", "nazending": "ja"}],
        contactpersoon=CONTACT,
        kopie_aan=["het IPO", "de VNG"],
        ondertekening=SIGNED,
    )

    found = texts(made)
    assert found[0] == "CONCEPT"
    assert found[found.index("Onze referentie") :] == [
        "Onze referentie",
        "X-1",
        "Uw referentie",
        "Y",
        "Bijlage(n)",
        "1 Verslag",
        "Cijfers (nazending)",
        "> Retouradres Postbus 20011 2500 EH  Den Haag",
        "J. de Vries",
        "",
        "Datum \t25 maart 2025",
        "Betreft \tOnderwerp",
        "Geachte heer, mevrouw,",
        "Een.",
        "a",
        "Twee.",
        "Een afschrift van deze brief gaat naar het IPO en de VNG.",
        "Met vriendelijke groet,",
        "De minister van Asiel en Migratie,",
        "namens deze,",
        "de directeur-generaal Migratie,",
        "A. Voorbeeld",
    ]


@pytest.mark.parametrize(
    ("given", "wide"),
    [
        ({"onze_referentie": "X", "uw_referentie": "Y", "bijlagen": ["Z"]}, "Onze referentie"),
        ({"uw_referentie": "Y", "bijlagen": ["Z"]}, "Uw referentie"),
        ({"bijlagen": ["Z"]}, "Bijlage(n)"),
    ],
)
def test_the_first_label_stands_clear_of_the_sender_and_the_others_do_not(given, wide):
    styles = [text for name, text in paragraphs(make_brief(**given))
              if name == "LRT Referentiekop ruim"]  # fmt: skip

    assert styles == [wide]


@pytest.mark.parametrize(("count", "behind"), [(3, False), (28, False), (30, True)])
def test_more_annexes_than_the_column_can_hold_stand_behind_the_signature(count, behind):
    titles = [f"Notitie {number}" for number in range(count)]
    found = texts(make_brief(bijlagen=titles, ondertekening=SIGNED))

    at = found.index("Bijlage(n)")
    if behind:
        assert found[at + 1] == "zie het einde van deze brief"
        at = found.index("Bijlagen")
        assert found[at + 1 :] == titles
        assert found[at - 1] == "A. Voorbeeld"
    assert found[at + 1 : at + 1 + count] == titles
    assert ("Bijlagen" in found) is behind


def test_the_end_of_a_letter_stays_together_on_a_page():
    document = docx.Document(io.BytesIO(make_brief("A.\n\nB.", ondertekening=SIGNED)))
    end = {one.text: one.style for one in document.paragraphs[-6:]}

    kept = [text for text, style in end.items() if keeps_next(style)]
    assert kept == [
        "B.",
        "Met vriendelijke groet,",
        "De minister van Asiel en Migratie,",
        "namens deze,",
        "de directeur-generaal Migratie,",
    ]


def keeps_next(style):
    return style.paragraph_format.keep_with_next is True


def test_pages_two_and_on_repeat_sender_date_and_reference_and_make_room_for_a_rubricering():
    plain = make_brief(onze_referentie="X")
    secret = make_brief(onze_referentie="X", rubricering="CONCEPT")

    assert [text for _, text in header_lines(plain)] == [
        "Directoraat-Generaal Migratie",
        "Directie Regie Migratieketen",
        "Datum",
        "25 maart 2025",
        "Onze referentie",
        "X",
        "",
    ]
    assert header_lines(plain)[-1][0].lower() == "header"
    assert header_lines(secret)[0] == ("LRT Rubricering", "CONCEPT")
    assert header_lines(secret)[-1] == ("LRT Kopruimte vervolg", "")


def test_the_table_tells_the_numbers_that_there_are():
    made = make_taakstelling("Súdwest-Fryslân")

    assert rows(made) == [
        ["Gegeven", "Aantal"],
        ["Landelijke taakstelling 2025-II", "13.000"],
        ["Inwoners van uw gemeente op 1 januari 2024", "90.421"],
        ["Inwoners van Nederland op 1 januari 2024", "17.942.942"],
        ["Taakstelling van uw gemeente 2025-II", "66"],
    ]


def test_a_date_stays_on_one_line():
    (first, *_) = [text for text in texts(make_taakstelling()) if "Dit aantal geldt" in text]

    assert "1\u00a0juli\u00a02025 tot en met 31\u00a0december\u00a02025" in first


def test_the_table_grows_with_the_adjustment_and_with_what_is_carried_over():
    stand = {"gerealiseerd": 12, "achterstand": 31, "voorsprong": 0}
    made = make_taakstelling("Súdwest-Fryslân", stand=stand, taakstelling=ADJUSTED)

    assert rows(made)[5:] == [
        ["Uw taakstelling 2025-I, eerder bekendgemaakt", "90"],
        ["Uw taakstelling 2025-I, na de bijstelling", "76"],
        ["Gerealiseerd: al gehuisveste vergunninghouders", "12"],
        ["Achterstand op eerdere taakstellingen", "31"],
        ["Voorsprong op eerdere taakstellingen", "0"],
        ["Opgave van uw gemeente 2025-II", "97"],
    ]
    assert "Voor uw gemeente gaat het aantal van 90 naar 76 vergunninghouders." in text_of(made)


@pytest.mark.parametrize(
    ("stand", "sentence"),
    [
        ({"achterstand": 3}, "een achterstand van 3. Uw opgave voor de tweede helft van 2025 is"),
        ({"voorsprong": 3}, "een voorsprong van 3. Uw opgave voor"),
        ({"achterstand": 5, "voorsprong": 3}, "een achterstand van 5 en een voorsprong van 3."),
        ({"achterstand": 0}, "Uw gemeente heeft geen achterstand en geen voorsprong. Uw opgave"),
        ({"voorsprong": 99}, "Daarmee hebt u voor de tweede helft van 2025 geen opgave. De rest"),
        ({"voorsprong": 99}, "De rest van uw voorsprong, 77, telt mee bij een volgende"),
        ({"voorsprong": 22}, "geen opgave."),
    ],
)
def test_what_moves_on_is_said_in_words(stand, sentence):
    assert sentence in text_of(make_taakstelling(stand=stand))
    assert sentence not in text_of(make_taakstelling())


def test_who_is_ahead_of_the_number_has_nothing_to_do_and_no_number_below_zero():
    assert rows(make_taakstelling(stand={"voorsprong": 99}))[-1][1] == "0"
    assert "De rest" not in text_of(make_taakstelling(stand={"voorsprong": 22}))


@pytest.mark.parametrize(
    ("was", "wordt", "sentence"),
    [
        (5, 5, "Voor uw gemeente blijft het aantal 5 vergunninghouders."),
        (2, 1, "Voor uw gemeente gaat het aantal van 2 naar 1 vergunninghouder."),
    ],
)
def test_an_adjustment_is_said_as_it_is_for_this_gemeente(was, wordt, sentence):
    stand = {"bijstelling_was": was, "bijstelling_wordt": wordt}

    assert sentence in text_of(make_taakstelling(stand=stand, taakstelling=ADJUSTED))


def test_one_is_singular_and_more_is_plural():
    one = text_of(make_taakstelling(stand={"taakstelling": 1, "berekend": 1}))

    assert "voor de tweede helft van 2025 is 1 vergunninghouder. Dit aantal" in one
    assert "is 22 vergunninghouders. Dit aantal" in text_of(make_taakstelling())


def test_a_supplied_number_is_not_passed_off_as_computed():
    made = text_of(make_taakstelling(stand={"taakstelling": 20}))

    assert "De berekening komt voor uw gemeente uit op 22." in made
    assert "het vastgestelde aantal is 20." in made
    assert "afgeweken" not in text_of(make_taakstelling())


@pytest.mark.parametrize(
    ("afronding", "sentence"),
    [
        ("naar boven", "De uitkomst is naar boven afgerond op een heel aantal."),
        ("rekenkundig", "De uitkomst is afgerond op het dichtstbijzijnde hele aantal."),
        ("grootste rest", "alle gemeenten samen precies het landelijke aantal zijn."),
    ],
)
def test_the_letter_tells_the_rounding_that_was_used(afronding, sentence):
    made = make_taakstelling(taakstelling={**HALFYEAR, "afronding": afronding})

    assert sentence in text_of(made)


def test_the_letter_names_the_law_the_province_and_where_help_is():
    made = text_of(make_taakstelling(contactpersoon=CONTACT))

    expected = (
        "artikel 28",
        "Artikel 29",
        "Gedeputeerde staten van de provincie Noord-Holland",
        "Centraal Orgaan opvang asielzoekers",
        "de contactpersoon die bovenaan",
    )
    for words in expected:
        assert words in made
    assert "contactpersoon die bovenaan" not in text_of(make_taakstelling())


def test_bijlage_a_begins_a_page_and_has_all_gemeenten_under_one_header_row():
    made = make_taakstelling(taakstelling={**HALFYEAR, "bijlage_a": "ja"})
    table = rows(made, 1)

    assert table[0] == ["Gemeente", "Taakstelling"] * 2
    assert table[1] == ["Aa en Hunze", "19", "Aalsmeer", "25"]
    assert len(table) == 1 + 342 / 2
    assert "Samen zijn dit 13.164 vergunninghouders. Dat is meer" in text_of(made)
    assert ("LRT Bijlagekop", "Bijlage A: taakstelling per gemeente") in paragraphs(made)
    assert "A Taakstelling per gemeente" in texts(made)
    assert "In bijlage A staan" in text_of(made)


def test_in_bijlage_a_only_the_own_gemeente_is_bold():
    made = make_taakstelling(taakstelling={**HALFYEAR, "bijlage_a": "ja"})
    table = docx.Document(io.BytesIO(made)).tables[1]._tbl
    bold = [
        run.xpath("string(w:t)") for run in table.xpath(".//w:r[w:rPr/w:rStyle/@w:val='Strong']")
    ]

    assert bold == ["Bergen (NH.)", "22"]


def test_without_bijlage_a_nothing_speaks_of_it():
    assert "ijlage" not in text_of(make_taakstelling())


def test_header_rows_are_marked_and_rows_stay_whole():
    made = make_taakstelling(taakstelling={**HALFYEAR, "bijlage_a": "ja"})
    for table in docx.Document(io.BytesIO(made)).tables:
        marks = [[mark.tag for mark in row._tr.trPr] for row in table.rows]

        assert marks[0] == [w("cantSplit"), w("tblHeader")]
        assert set(map(tuple, marks[1:])) == {(w("cantSplit"),)}


def test_a_text_of_ones_own_stands_before_the_closing():
    found = texts(make_taakstelling(tekst="Een eigen alinea."))

    assert found.index("Een eigen alinea.") < found.index(
        "Ik dank u voor uw inzet bij het huisvesten van vergunninghouders."
    )


@pytest.mark.parametrize("naam", ["'s-Gravenhage", "Súdwest-Fryslân", "Bergen (NH.)"])
def test_names_survive_into_the_address_the_text_and_the_title(naam):
    made = make_taakstelling(naam)
    document = docx.Document(io.BytesIO(made))

    assert f"van de gemeente {naam}" in texts(made)
    assert f"De taakstelling van de gemeente {naam} voor" in text_of(made)
    assert document.core_properties.title.endswith(f", {naam}")


def test_a_letter_knows_its_title_subject_and_language():
    core = docx.Document(io.BytesIO(make_brief(betreft="Uitnodiging"))).core_properties

    assert (core.title, core.subject) == ("Uitnodiging, J. de Vries", "Uitnodiging")
    assert core.language == "nl-NL"
    assert docx.Document(io.BytesIO(make_brief())).core_properties.title == "Brief, J. de Vries"


@pytest.mark.parametrize("kind", ["brief", "taakstelling"])
def test_a_letter_ends_in_a_paragraph_so_that_letters_can_be_joined(kind):
    asked = {**HALFYEAR, "bijlage_a": "ja"}
    made = make_brief() if kind == "brief" else make_taakstelling(taakstelling=asked)
    body = docx.Document(io.BytesIO(made)).element.body

    assert [etree.QName(one).localname for one in body[-2:]] == ["p", "sectPr"]
