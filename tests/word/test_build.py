"""The templates: clean packages and real styles; and what agenda and minutes print.

What letters print is in `test_letter.py`.
"""

import datetime as dt
import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree

from lrtdocs.documents.fields import known_words
from lrtdocs.documents.meetings import meeting_words
from lrtdocs.kinds import KINDS as ROWS
from lrtdocs.model.afzender import Afzender, Huisstijl
from lrtdocs.model.vergadering import Vergadering
from lrtdocs.word.compile.template import check_names, compile_template
from lrtdocs.word.fill.render import render
from lrtdocs.word.house import housestyle as style
from lrtdocs.word.house.build import build_templates
from lrtdocs.word.house.pages.parts import ENGINE_STYLES, read_placeholder, style_id
from lrtdocs.word.package.ooxml import w

ROOT = Path(__file__).parents[2]
MEETINGS = ["agenda.docx", "verslag.docx"]
NAMES = [*MEETINGS, "brief.docx", "taakstelling.docx"]
KINDS = ["agenda", "verslag"]
STORIES = ["word/document.xml", *(f"word/{kind}{n}.xml" for kind in ("header", "footer")
                                  for n in (1, 2))]  # fmt: skip
SENDER = Afzender(
    directoraat_generaal="Directoraat-Generaal Migratie",
    directie="Directie Regie Migratieketen",
    bezoekadres=("Turfmarkt 147",),
    website="www.rijksoverheid.nl",
)


@pytest.fixture(scope="module")
def templates():
    return build_templates()


@pytest.fixture(scope="module")
def compiled(templates):
    return {kind: compile_template(templates[f"{kind}.docx"], kind) for kind in KINDS}


@pytest.fixture
def fill(compiled):
    """Return a function that fills a template with a meeting given in a few words."""

    def filled(kind, sender=SENDER, **meeting):
        given = {
            "overleg": "Regietafel",
            "datum": "2025-03-19",
            "agendapunten": [{"titel": "Opening"}],
        }
        vergadering = Vergadering.model_validate(given | meeting)
        huisstijl = Huisstijl.model_validate({"afzenders": {"ons": {"team": "x"}}})
        words = meeting_words(ROWS[kind], vergadering, huisstijl, sender, dt.date(2025, 3, 14))
        return render(compiled[kind], words)

    return filled


def read_xml(data, name):
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(name))


def read_lines(data, part="word/document.xml"):
    """Return the text of each paragraph, a tab as " | "."""
    lines = []
    for paragraph in read_xml(data, part).iter(w("p")):
        marks = paragraph.iter(w("t"), w("tab"))
        pieces = [mark.text or "" if mark.tag == w("t") else "|" for mark in marks
                  if mark.getparent().tag == w("r")]  # fmt: skip
        lines.append(re.sub(r" *\| *", " | ", "".join(pieces)))
    return lines


def read_styles(data):
    """Return (style, text) of each paragraph of the body."""
    document = docx.Document(io.BytesIO(data))
    return [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]


@pytest.mark.parametrize("name", NAMES)
def test_the_template_in_the_repository_is_the_one_the_numbers_make(templates, name):
    stored = zipfile.ZipFile(ROOT / "templates" / name)
    made = zipfile.ZipFile(io.BytesIO(templates[name]))

    assert stored.namelist() == made.namelist()
    assert all(stored.read(member) == made.read(member) for member in made.namelist())


def test_templates_are_the_same_bytes_every_time(templates):
    assert build_templates() == templates


@pytest.mark.parametrize("name", NAMES)
def test_a_template_carries_no_ballast(templates, name):
    members = zipfile.ZipFile(io.BytesIO(templates[name])).namelist()

    assert not [member for member in members if "thumbnail" in member or "customXml" in member]
    assert len(templates[name]) < 14_000


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_uses_only_words_of_the_vocabulary(compiled, kind):
    assert check_names(compiled[kind], known_words(kind)) == []
    assert compiled[kind].warnings == ()


@pytest.mark.parametrize("name", NAMES)
def test_the_language_of_a_template_is_dutch(templates, name):
    styles = read_xml(templates[name], "word/styles.xml")

    assert styles.find(f".//{w('docDefaults')}//{w('lang')}").get(w("val")) == "nl-NL"


@pytest.mark.parametrize("name", NAMES)
def test_every_style_is_used_and_every_used_style_is_there(templates, name):
    styles = read_xml(templates[name], "word/styles.xml")
    present = {one.get(w("styleId")) for one in styles.iter(w("style"))}
    used = {"Normal", "DefaultParagraphFont", "NormalTable", "NoList"}
    used |= {style_id(name) for name in ENGINE_STYLES}
    for root in (styles, *(read_xml(templates[name], story) for story in STORIES)):
        for kind in ("pStyle", "rStyle", "tblStyle", "basedOn", "next"):
            used |= {one.get(w("val")) for one in root.iter(w(kind))}

    assert present == used


@pytest.mark.parametrize("name", NAMES)
def test_list_styles_are_linked_with_real_numbering(templates, name):
    numbering = read_xml(templates[name], "word/numbering.xml")
    linked = {one.get(w("val")) for one in numbering.iter(w("pStyle"))}

    headings = {"Heading2", "Heading3"} if name in MEETINGS else set()
    assert linked == headings | {
        f"List{kind}{level}" for kind in ("Bullet", "Number") for level in ("", 2, 3, 4)
    }  # fmt: skip
    assert {"–"} == {
        level.find(w("lvlText")).get(w("val"))
        for level in numbering.iter(w("lvl"))
        if level.find(w("numFmt")).get(w("val")) == "bullet"
    }


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("name", NAMES)
def test_frames_stand_by_the_page_and_hang_on_an_ordinary_paragraph(templates, name, story):
    root = read_xml(templates[name], story)
    paragraphs = [one for one in root.iter(w("p")) if one.getparent().tag != w("tc")]
    frames = [paragraph.find(f"{w('pPr')}/{w('framePr')}") for paragraph in paragraphs]

    places = {
        tuple(frame.get(w(key)) for key in ("wrap", "vAnchor", "hAnchor"))
        for frame in frames
        if frame is not None
    }

    assert frames[-1] is None
    assert places <= {("around", "page", "page")}


@pytest.mark.parametrize("name", MEETINGS)
def test_what_is_read_first_is_in_the_body_and_the_sender_before_the_title(templates, name):
    text = etree.tostring(read_xml(templates[name], "word/document.xml"), encoding="unicode")
    order = ["rubricering", "woordmerk", "directoraat_generaal", "contact.naam",
             "dagtekening", "Heading1", "overleg", "omschrijving", "aanwezig",
             "agendapunten"]  # fmt: skip
    places = [text.index(word) for word in order]

    assert places == sorted(places)


@pytest.mark.parametrize("name", NAMES)
def test_the_logo_has_alternative_text_and_its_place(templates, name):
    header = read_xml(templates[name], "word/header1.xml")
    (drawing,) = header.iter("{*}docPr")

    assert (drawing.get("name"), drawing.get("descr")) == ("logo", "Logo")
    extent = header.find(".//{*}extent")
    assert (extent.get("cx"), extent.get("cy")) == ("468000", "1336500")


def test_the_placeholder_is_a_grey_ribbon_in_the_proportions_of_the_logo():
    image = pytest.importorskip("PIL.Image")
    with image.open(io.BytesIO(read_placeholder())) as png:
        pixels = png.convert("L")

    assert pixels.size == (104, 297)
    assert pixels.size[0] * style.LOGO_HEIGHT == pixels.size[1] * style.LOGO.width
    assert pixels.getextrema() == (232, 232)


@pytest.mark.parametrize("kind", KINDS)
def test_the_barest_meeting_leaves_no_empty_lines_and_no_labels(fill, kind):
    made = fill(kind, sender=Afzender(team="Team Spreidingswet"))

    assert read_lines(made) == [
        *(["CONCEPT"] if kind == "verslag" else []),
        "Team Spreidingswet",
        "Datum",
        "14 maart 2025",
        kind,
        "",  # what the frames hang on, one point high
        "Regietafel",
        "Vergaderdatum | 19 maart 2025",
        "Opening",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_the_rows_of_the_block_print_one_person_a_paragraph(fill, kind):
    made = fill(
        kind,
        omschrijving="Regietafel Migratie",
        tijd="10:00-11:30",
        plaats="Den Haag",
        aanwezig=["Mw. Faber (AenM, voorzitter)", "Dhr. Bouwman (VNG)"],
        afwezig=["Mw. Uitermark (BZK) (ambtelijke vervanging)"],
        kopie_aan=["Aedes"],
        bijlagen=[{"titel": "verslag", "nummer": "1"}, {"titel": "cijfers", "nazending": "ja"}],
    )
    lines = read_lines(made)
    start = lines.index("Omschrijving | Regietafel Migratie")

    assert lines[start + 1 : -1] == [
        "Vergaderdatum en -tijd | 19 maart 2025, 10.00-11.30 uur",
        "Vergaderplaats | Den Haag",
        "Aanwezig | Mw. Faber (AenM, voorzitter)",
        " | Dhr. Bouwman (VNG)",
        "Afwezig | Mw. Uitermark (BZK) (ambtelijke vervanging)",
        "Kopie aan | Aedes",
        "Bijlage(n) | 1 verslag",
        " | cijfers (nazending)",
    ]


def test_an_agenda_item_shows_time_purpose_and_papers(fill):
    punt = {
        "titel": "Taakstelling",
        "tijd": "10:30",
        "inbrenger": "AenM",
        "doel": "ter besluitvorming",
        "bijlagen": [{"titel": "brief", "nummer": "3.1", "nazending": "ja"}, "cijfers"],
        "toelichting": "Gevraagd wordt **in te stemmen**.",
        "verslag": "Ingestemd.",
        "subpunten": [{"titel": "Brief", "doel": "ter informatie"}],
    }
    made = fill("agenda", agendapunten=[punt])

    assert read_styles(made)[-7:] == [
        ("Heading 2", "Taakstelling \t10.30 uur"),
        ("LRT Puntgegeven", "Inbrenger: AenM (ter besluitvorming)"),
        ("LRT Puntgegeven", "Bijlage 3.1: brief (nazending)"),
        ("LRT Puntgegeven", "Bijlage: cijfers"),
        ("LRT Kopalinea", "Gevraagd wordt in te stemmen."),
        ("Heading 3", "Brief"),
        ("LRT Puntgegeven", "(ter informatie)"),
    ]


def test_an_item_of_the_minutes_shows_decisions_and_actions(fill):
    punt = {
        "titel": "Taakstelling",
        "tijd": "10:30",
        "toelichting": "Niet hier.",
        "verslag": "- Er is gesproken.",
        "besluiten": ["De taakstelling wordt 13.000.", "De brief gaat uit."],
        "actiepunten": [{"wat": "Brief sturen", "wie": "DGM", "gereed": "vóór de zomer"}],
    }
    made = fill("verslag", agendapunten=[punt])
    items = [pair for pair in read_styles(made) if pair[0] != "LRT Slotkop"]

    assert items[-9:] == [
        ("Heading 2", "Taakstelling"),
        ("List Bullet", "Er is gesproken."),
        ("LRT Tussenkop", "Besluit B1"),
        ("LRT Besluit", "De taakstelling wordt 13.000."),
        ("LRT Tussenkop", "Besluit B2"),
        ("LRT Besluit", "De brief gaat uit."),
        ("LRT Tussenkop", "Actie"),
        ("LRT Actie", "A1: Brief sturen (DGM, vóór de zomer)"),
        ("LRT Anker", ""),  # Word wants a paragraph behind the last table
    ]


@pytest.mark.parametrize(("level", "name"), [(2, "LRT Tussenkop"), (3, "LRT Tussenkop sub")])
def test_decisions_and_actions_stand_under_a_heading_below_that_of_their_item(
    templates, level, name
):
    styles = read_xml(templates["verslag.docx"], "word/styles.xml")
    (outline,) = styles.findall(f"*[@{w('styleId')}='{style_id(name)}']//{w('outlineLvl')}")

    assert outline.get(w("val")) == str(level)


@pytest.mark.parametrize(
    ("punt", "stays"),
    [({}, False), ({"toelichting": "x"}, True), ({"subpunten": ["x"]}, True)],
)
def test_the_heading_of_an_agenda_item_stays_with_what_stands_below_it_if_anything(
    fill, punt, stays
):
    made = fill("agenda", agendapunten=[{"titel": "Opening", **punt}, "Sluiting"])
    headings = [p for p in docx.Document(io.BytesIO(made)).paragraphs if p.text == "Opening"]

    assert [p.paragraph_format.keep_with_next for p in headings] == [None if stays else False]


@pytest.mark.parametrize(("kind", "timed"), [("agenda", True), ("verslag", False)])
def test_only_headings_of_the_agenda_keep_room_for_a_time(templates, kind, timed):
    styles = read_xml(templates[f"{kind}.docx"], "word/styles.xml")
    heading = styles.find(f"*[@{w('styleId')}='Heading2']")

    assert (heading.find(f".//{w('tabs')}") is not None) == timed


def test_the_action_table_has_a_header_row_and_rows_that_stay_whole(fill):
    actie = {"wat": "Brief sturen", "wie": "DGM", "gereed": "2025-04-01", "status": "afgerond"}
    made = fill("verslag", agendapunten=[{"titel": "Taakstelling", "actiepunten": [actie] * 2}])
    (table,) = docx.Document(io.BytesIO(made)).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]

    assert rows == [
        ["Nr", "Actie", "Wie", "Gereed"],
        ["A1", "Brief sturen", "DGM", "1-4-2025\nafgerond"],
        ["A2", "Brief sturen", "DGM", "1-4-2025\nafgerond"],
    ]
    marks = [[mark.tag for mark in row._tr.trPr] for row in table.rows]
    assert marks == [[w("cantSplit"), w("tblHeader")], [w("cantSplit")], [w("cantSplit")]]


def test_minutes_without_decisions_and_actions_have_no_tables(fill):
    assert docx.Document(io.BytesIO(fill("verslag"))).tables == []


@pytest.mark.parametrize(
    ("chair", "printed"),
    [
        ("Mw. Faber (AenM, voorzitter)", ["Voorzitter | Mw. Faber"]),
        ("Frank Terpstra, Geonovum", []),
    ],
)
@pytest.mark.parametrize(
    ("asked", "styles"),
    [("nee", {"LRT Slotgegeven"}), ("ja", {"LRT Ondertekening", "LRT Ondertekening slot"})],
)
def test_minutes_end_with_chair_and_notulist_and_room_to_sign_only_where_asked(
    fill, chair, printed, asked, styles
):
    made = fill(
        "verslag",
        aanwezig=[chair],
        notulist="Dhr. Jansma",
        vastgesteld="2025-06-18",
        volgende_vergadering="2025-06-18",
        ondertekenen=asked,
    )

    dates = ["Volgende vergadering | 18 juni 2025", "Vastgesteld | 18 juni 2025"]
    end = [*printed, "Notulist | Dhr. Jansma"]
    assert read_lines(made)[-len(dates + end) :] == dates + end
    assert {style for style, _ in read_styles(made)[-len(end) :]} <= styles


@pytest.mark.parametrize("part", ["document", "header2", "footer1", "footer2"])
@pytest.mark.parametrize("kind", KINDS)
def test_rubricering_stands_on_every_page_only_when_set(fill, kind, part):
    secret = fill(kind, rubricering="Departementaal VERTROUWELIJK")

    found = [line.upper() for line in read_lines(secret, f"word/{part}.xml")]
    concept = " \u00b7 CONCEPT" if kind == "verslag" else ""
    assert f"DEPARTEMENTAAL VERTROUWELIJK{concept}" in found
    assert "VERTROUWELIJK" not in "".join(read_lines(fill(kind), f"word/{part}.xml")).upper()


@pytest.mark.parametrize("part", ["document", "header2", "footer1", "footer2"])
@pytest.mark.parametrize(
    ("kind", "fields", "marks"),
    [
        ("verslag", {}, 1),
        ("verslag", {"rubricering": "Concept"}, 1),
        ("verslag", {"vastgesteld": "2025-06-18"}, 0),
        ("verslag", {"vastgesteld": "2025-06-18", "rubricering": "CONCEPT"}, 1),
        ("agenda", {}, 0),
        ("agenda", {"rubricering": "CONCEPT"}, 1),
    ],
)
def test_minutes_say_concept_once_until_they_are_adopted(fill, kind, fields, marks, part):
    lines = read_lines(fill(kind, **fields), f"word/{part}.xml")
    assert " ".join(lines).upper().count("CONCEPT") == marks


@pytest.mark.parametrize("kind", KINDS)
def test_pages_two_and_on_repeat_sender_date_and_reference_only(fill, kind):
    made = fill(
        kind,
        onze_referentie="LRT-3",
        contactpersoon={"naam": "J. Jansen"},
        vastgesteld="2025-06-18",
    )

    assert read_lines(made, "word/header2.xml") == [
        "Directoraat-Generaal Migratie",
        "Directie Regie Migratieketen",
        "Datum",
        "14 maart 2025",
        "Onze referentie",
        "LRT-3",
        "",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_knows_its_title_and_language(fill, kind):
    core = docx.Document(io.BytesIO(fill(kind, onze_referentie="LRT-3"))).core_properties

    title = {"agenda": "Agenda", "verslag": "Conceptverslag"}[kind]
    assert core.title == f"{title} Regietafel, 19 maart 2025"
    assert (core.language, core.identifier) == ("nl-NL", "LRT-3")


def test_the_properties_of_minutes_say_whether_they_are_adopted(fill):
    def properties(**meeting):
        # by hand: docxcompose, once loaded, lets python-docx look for these elsewhere
        core = read_xml(fill("verslag", **meeting), "docProps/core.xml")
        found = {etree.QName(each).localname: each.text or "" for each in core}
        return found["title"][:7], found["contentStatus"], found["category"]

    assert properties() == ("Concept", "Concept", "CONCEPT")
    assert properties(vastgesteld="2025-06-18") == ("Verslag", "Vastgesteld", "")


@pytest.mark.parametrize("name", NAMES)
def test_lengths_in_styles_are_exact_so_that_no_font_moves_a_line(templates, name):
    styles = read_xml(templates[name], "word/styles.xml")
    of_pictures = {f"LRTAfbeelding{more}" for more in ("", "MetBijschrift")}
    of_pictures |= {"LRTHandtekening"}
    rules = {
        one.get(w("lineRule"))
        for style in styles.iter(w("style"))
        for one in style.iter(w("spacing"))
        if one.get(w("line")) and style.get(w("styleId")) not in of_pictures
    }

    assert rules == {"exact"}
