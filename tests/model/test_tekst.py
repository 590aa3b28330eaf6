from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrtdocs.model.tekst import (
    Afbeelding,
    Alinea,
    Citaat,
    Lijst,
    Regeleinde,
    Tabel,
    Tekst,
    Tekstdeel,
    TekstError,
    Voetnoot,
    find_language,
    parse_besluit,
    parse_tekst,
)
from lrtdocs.model.typed import GLYPHS, split_cells
from lrtdocs.model.velden import as_decisions


def faults(source: str) -> list[tuple[int, int]]:
    with pytest.raises(TekstError) as caught:
        parse_tekst(source)
    assert all(each.fault.text and each.fault.remedy for each in caught.value.faults)
    return [(fault.line, fault.column) for fault in caught.value.faults]


def parsed_or_refused(source: str) -> bool:
    try:
        return isinstance(parse_tekst(source), Tekst)
    except TekstError as error:
        return bool(error.faults)


def only(source: str) -> object:
    (block,) = parse_tekst(source).blocks
    return block


def test_plain_text_is_one_paragraph():
    assert only("Zorg & Co") == Alinea((Tekstdeel("Zorg & Co"),))


def test_bold_italic_and_links_are_pieces():
    assert only("a **b *c*** [d](https://e.nl)") == Alinea(
        (
            Tekstdeel("a "),
            Tekstdeel("b ", vet=True),
            Tekstdeel("c", vet=True, cursief=True),
            Tekstdeel(" "),
            Tekstdeel("d", link="https://e.nl"),
        )
    )


def test_three_number_signs_make_a_heading_and_two_do_not():
    first, heading, last = parse_tekst("een\n### Kop *b*\ntwee").blocks
    assert [isinstance(each, Alinea) and each.kop for each in (first, heading, last)] == [0, 1, 0]
    assert str(heading) == "Kop b"
    long = "De leden bespreken drie stukken uit de map van vorige week"
    assert len(parse_tekst(f"{long}\n### Kop\nmeer").blocks) == 3
    for refused in ("## Kop", "# Kop", "#### Kop", "###", "- ### Kop", "1. a\n\n   ### Kop"):
        assert told(refused)[0][0] == "LRT210.kop"
    with pytest.raises(TekstError) as caught:
        parse_besluit("Goed.\n\n### Kop")
    assert [(each.line, each.column) for each in caught.value.faults] == [(2, 0)]


@pytest.mark.parametrize(
    ("source", "addresses"),
    [
        ("Zie www.ede.nl.", ["https://www.ede.nl"]),
        ("(https://x.nl/a_(b)?c=1), WWW.x.nl", ["https://x.nl/a_(b)?c=1", "https://WWW.x.nl"]),
        ("**j.d@x.nl**, k@y.nl;", ["mailto:j.d@x.nl", "mailto:k@y.nl"]),
        ("een\nhttps://x.nl\ntwee", ["https://x.nl"]),
        ("[www.a.nl](https://b.nl)", ["https://b.nl"]),
        ("www\\.ede.nl en a\\@b.nl", []),
        (r"\\server\www.x.nl\jan@x.nl en G:\a\www.x.nl", []),
        ("www.nota.pdf, a@b, @jan, 3@2.50, ftp://www.x.nl, e.d.", []),
        ("https://x.nl/{code} en {naam}@x.nl", []),
        (r"https://x.nl/a\_b en https://x.nl/*a*", []),
    ],
)
def test_an_address_in_a_text_is_a_link_that_reads_as_typed(source: str, addresses: list[str]):
    (paragraph,) = parse_tekst(source).blocks
    assert isinstance(paragraph, Alinea)
    parts = [part for part in paragraph.inhoud if isinstance(part, Tekstdeel)]
    assert [part.link for part in parts if part.link] == addresses
    assert "".join(part.tekst for part in parts) == str(paragraph)


def test_a_line_break_in_the_source_is_a_space_and_a_hard_one_stays():
    assert only("een\ntwee  \ndrie\\\nvier") == Alinea(
        (Tekstdeel("een twee"), Regeleinde(), Tekstdeel("drie"), Regeleinde(), Tekstdeel("vier"))
    )


def test_lists_nest_to_four_levels():
    outer = only("- a\n  1. b\n     - c\n       - d")
    assert isinstance(outer, Lijst)
    assert not outer.genummerd
    middle = outer.items[0][1]
    assert isinstance(middle, Lijst)
    assert middle.genummerd
    inner = middle.items[0][1]
    assert isinstance(inner, Lijst)
    assert isinstance(inner.items[0][1], Lijst)


def test_the_text_between_two_lists_separates_them():
    kinds = [type(block).__name__ for block in parse_tekst("1. a\n\ntekst\n\n1. b").blocks]
    assert kinds == ["Lijst", "Alinea", "Lijst"]


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("tekst\n\n3. drie\n4. vier", "tekst\n3. drie\n4. vier"),
        ("1. een\n3. drie", "1. een\n3. drie"),
        ("1. een\n2. twee\n\n1. opnieuw", "1. een\n2. twee\n1. opnieuw"),
        ("- a\n\n  4. vier\n  5. vijf", "- a\n  4. vier\n  5. vijf"),
        ("2025. Een goed jaar.", "2025. Een goed jaar."),
        ("a. een\nb. twee\n\ntekst\n\nc. drie", "a. een\nb. twee\ntekst\nc. drie"),
        ("Dus:\na. een\n   1. sub\nb. twee", "Dus:\na. een\n   1. sub\nb. twee"),
        ("- a. een\n  b. twee", "- a. een\n  b. twee"),
        ("1. een\na. twee\nb. drie", "1. een\na. twee\nb. drie"),
        ("p. 12 is weg,\nb. v. ook", "p. 12 is weg, b. v. ook"),
        ("a\\. een\nb\\. twee", "a. een b. twee"),
        ("+ 5 personen", "+ 5 personen"),
        ("+31 70 1234567", "+31 70 1234567"),
        ("2*5 dagen en 3*4 uur", "2*5 dagen en 3*4 uur"),
        ("5 *3 en 4* 2", "5 *3 en 4* 2"),
        ("2**3 en 4**5", "2**3 en 4**5"),
        ("__init__ en _x_", "__init__ en _x_"),
        ("a*b*c en (2*5)*3", "a*b*c en (2*5)*3"),
        (r"\\server\map\_oud en C:\temp", r"\\server\map\_oud en C:\temp"),
        (
            r"Zie G:\nieuw\*oud*, G:\Mijn map\(oud)\#1.",
            r"Zie G:\nieuw\*oud*, G:\Mijn map\(oud)\#1.",
        ),
        (r"onder \`\\server\map$\`.", r"onder `\\server\map$`."),
        (r"C:\temp en \*dit\*, **G:\a**", r"C:\temp en *dit*, G:\a"),
        ("- een\n- twee\nDaarna.", "- een\n- twee\nDaarna."),
        ("- een\n  - twee\n  Bij een.\nDaarna.", "- een\n  - twee\n  Bij een.\nDaarna."),
        ("1. een\nDaarna.\n2. twee", "1. een\nDaarna. 2. twee"),
    ],
)
def test_what_was_typed_is_what_is_printed(source: str, printed: str):
    assert str(parse_tekst(source)) == printed


def told(source: str) -> list[tuple[str, int, int]]:
    try:
        found = parse_tekst(source).remarks
    except TekstError as error:
        found = tuple(error.faults)
    return [(each.fault.key, each.line, each.column) for each in found]


@pytest.mark.parametrize(
    ("source", "key", "line", "column"),
    [
        ("tekst\n\n1. a\n1. b", "LRT225", 3, 0),
        ("De punten:\n\u2022 een\n\u2022 twee", "LRT133.tekst", 1, 0),
        ("\uf0b7 een", "LRT133.tekst", 0, 0),
        ("-een\n-twee", "LRT133.tekst", 0, 0),
        ("1.Opening", "LRT133.tekst", 0, 0),
        ("- a\n  \u00b7 b", "LRT133.tekst", 1, 2),
        ("\u2013 een\n\u2013 twee", "LRT133.misschien", 0, 0),
        ("Het zijn:\n\u2013 een", "LRT133.misschien", 1, 0),
        ("*een\n*twee", "LRT133.misschien", 0, 0),
        ("\u2014een\n\u2014twee", "LRT133.misschien", 0, 0),
        ("(1) een\n(2) twee", "LRT133.misschien", 0, 0),
        ("i. een\nii. twee", "LRT133.misschien", 0, 0),
        ("A. een\nB. twee", "LRT133.misschien", 0, 0),
        ("1- een\n2- twee", "LRT133.misschien", 0, 0),
        ("\u2192 een", "LRT133.tekst", 0, 0),
        ("_onder_", "LRT252.onder", 0, 0),
        ("- een\no sub", "LRT133.misschien", 1, 0),
        ("a) een\nb) twee", "LRT133.misschien", 0, 0),
        ("- a\n  4. vier\n  5. vijf", "LRT133.misschien", 1, 2),
        ("Het zijn:\n2. twee", "LRT133.misschien", 1, 0),
        ("| a | b |\n| c | d |", "LRT210.tabel", 0, 0),
        ("Van: Jan\nAan: Piet", "LRT251.regels", 0, 0),
        ("- een\nen meer", "LRT251.vervolg", 1, 0),
        ("12.30 uur pauze\n13.00 uur verder", "LRT251.regels", 0, 0),
        ("9.00 Jan opent.\n9.30 Piet.", "LRT251.regels", 0, 0),
        ("Mw. Faber (AenM)\nDhr. Jansma (COA)", "LRT251.regels", 0, 0),
        ("Personeel   10.000\nMaterieel    5.000", "LRT251.regels", 0, 0),
        ("Turfmarkt 147\n2511 DP Den Haag", "LRT251.regels", 0, 0),
        ("Het gaat om:\nmelk\nbrood", "LRT251.regels", 0, 0),
        ("melk\nbrood\nkaas", "LRT251.regels", 0, 0),
        ("- Aanwezig:\n  Jan\n  Piet", "LRT251.regels", 0, 2),
        ("3 maart: inleveren.\n10 maart: bespreken.", "LRT251.regels", 0, 0),
        ("De Vries: ja.\nDat is goed.\nJansen: nee.", "LRT251.regels", 1, 0),
        ("Naam | Org\nJan | VNG", "LRT251.tabel", 0, 0),
        ("**Jansen** is er.\n**De Vries** ook.", "LRT251.regels", 0, 0),
        ("vng\nipo", "LRT251.regels", 0, 0),
        (f"9.00 {'inloop ' * 9}\n9.30 opening", "LRT251.regels", 0, 0),
        (f"Dhr. Vos, {'lid van ' * 7} de raad\nMw. Bos, lid", "LRT251.regels", 0, 0),
        (f"Dhr. Vos: ja {'en ja ' * 9} dus\nMw. Bos: nee", "LRT251.regels", 0, 0),
        (f"Personeel {'en inhuur ' * 5}   300\nMaterieel      5", "LRT251.regels", 0, 0),
        ("om 10.00 uur inloop.\nom 10.30 uur start.", "LRT251.regels", 0, 0),
        ("Mededelingen\nDe voorzitter opent de vergadering.", "LRT251.regels", 0, 0),
        ("\uf0a7 een", "LRT133.tekst", 0, 0),
        ("\u2610 een\n\u2611 twee", "LRT133.misschien", 0, 0),
        ("\u00a7 een\n\u00a7 twee", "LRT133.misschien", 0, 0),
        ("-> een\n-> twee", "LRT133.misschien", 0, 0),
        ("+ een\n+ twee", "LRT133.misschien", 0, 0),
        ("[ ] een\n[x] twee", "LRT133.misschien", 0, 0),
        ("I. een\nII. twee", "LRT133.misschien", 0, 0),
        ("De **voorzitter* opent.", "LRT252.vet", 0, 0),
        ("** vet ** is het", "LRT252.vet", 0, 0),
        ("een __vet__ woord", "LRT252.onder", 0, 4),
        ("==let op==", "LRT252.doorhalen", 0, 0),
        ("zie [](https://x.nl)", "LRT252.link", 0, 0),
        ("zie [dit] (https://x.nl)", "LRT252.link", 0, 10),
        ("zie [dit](http:/x.nl)", "LRT262.adres", 0, 4),
        ("[x](mailto:j@x.nl.)", "LRT262.adres", 0, 0),
        ("dit is [b]vet[/b]", "LRT210.html", 0, 13),
        ("De **voorzitter opent.", "LRT252.vet", 0, 3),
        ("De voorzitter** opent.", "LRT252.vet", 0, 13),
        ("een **half**woord", "LRT252.vet", 0, 4),
        ("a\nhet *woord blijft", "LRT252.cursief", 1, 4),
        ("zie [dit](https://x.nl/a b.pdf)", "LRT252.link", 0, 9),
        ("zie ^[noot]", "LRT252.voetnoot", 0, 4),
        ("zie noot[^ 1]", "LRT252.voetnoot", 0, 8),
        ("~~weg~~", "LRT252.doorhalen", 0, 0),
        ("##Kop", "LRT252.kop", 0, 0),
        ("Jan\\\nDirecteur\\", "LRT252.regeleinde", 1, 9),
        ("- een\\\n- twee", "LRT252.regeleinde", 0, 5),
        ("(x){taal=en}", "LRT252.taal", 0, 3),
        ("[x](www.x.nl){taal=en}", "LRT252.taal", 0, 13),
        ("> een\nen meer", "LRT251.na-citaat", 1, 0),
        ("het aantal\n> dan de norm", "LRT251.citaat", 1, 0),
        ("> Van: Jan\n> Aan: Piet", "LRT251.mail", 0, 2),
        ("> melk\n> brood\n> kaas", "LRT251.regels-citaat", 0, 2),
        ("> De **voorzitter opent.", "LRT252.vet", 0, 5),
        ("| | a | |\n|---|---|---|\n| 1 | 2 | 3 |", "LRT210.kop-leeg", 0, 0),
        ("| a | b |\n|---|---|\n| x | **y |", "LRT252.vet", 2, 6),
    ],
)
def test_what_looks_like_markup_and_is_not_is_told_at_its_place(
    source: str, key: str, line: int, column: int
):
    assert told(source)[:1] == [(key, line, column)]


@pytest.mark.parametrize(
    "source",
    [
        "De heer J. Jansen van\nA. de Vries is afwezig.",
        "Het kabinet\n\u2013 en de Kamer \u2013 vindt dat.",
        "Dat is op 12\n1. of later.",
        "\u2013 Kamerbrief",
        "a) alleen dit",
        "een bedrag van\n-5 euro",
        "Prijs* per dag.\n\n*Onder voorbehoud.",
        "artikel\n3.b van de wet",
        "De voorzitter opent.\nEr zijn geen mededelingen.",
        "De voorzitter dankt iedereen die is gekomen,\nook al is de heer\nJansen er niet.",
        "MAenM licht toe dat er een Besluit en vertrekmoratorium (BVM) is voor\nSyri\u00eb.",
        "Jan Jansen\\\nDirecteur",
        "VNG,\nIPO en\nCOA",
        "- [ ] Jan\n- [x] Piet",
        "- a) een\n- b) twee",
        "Dat was het idee\nvan de wethouder.",
        "Mw. De Wit is er.\nDhr. Vos is er niet.",
        "[Redacted] en [x] (zie hierna)",
        "5 * 3 = 15 en 2 ** 3",
        "- een\n- twee\n\nen verder",
        "\\\u2022 een",
        "\\*\\*niet vet\\*\\*",
        "Let op: dit\nis gewone tekst.",
        "#4 en # 5",
        "| | a |\n|---|---|\n| x | - 5 |\n| y | \u2022 |",
        '> "Zo is het\nafgesproken.'.replace("\n", "\n> "),
        "[a]{taal=en}[b]{taal=de} {taal} [x]{kolom}",
    ],
)
def test_honest_text_is_not_complained_of(source: str):
    assert told(source) == []


RUNNING = """
De wethouder meldt - en dat is nieuw - dat de gemeente dit jaar geen middelen heeft, zie
hoofdstuk 1. Daarna volgt hoofdstuk 2. Het saldo is - 2,8 mln. en dat is - zegt de accountant -
te laag; het gaat om 12 * 4 = 48 m2 in ruimte # 4, + 10 m2, voor wie > 30 jaar is.

De OR vraagt om (a) een hardheidsclausule, (b) een evaluatie en (c) duidelijkheid over de
reiskosten. Leeftijd: 30-45: 34%, 45-60: 41%, >60: 16% en dat is meer dan vorig jaar.

Soorten (2024 → 2025): grauwe klauwier 61 → 58; tapuit 3 → 1; nachtzwaluw 74 → 80; draaihals 12
→ 12. De wolf is dit jaar niet gezien op de heide bij het ven.

Tim: "Hoe zit het met de gelden?" Vink: die lopen tot eind juli af. Abdel: en de werkdruk? Vink:
daar gaat de personeelsgeleding over. Zij vergadert op 3 juni, 4 juli en 5 september.

De bus vertrekt om 8.15 uur, komt om 9.45 uur aan en gaat om 16.30 uur terug; de tweede bus
vertrekt om 8.45 uur en die van 9.15 uur rijdt niet. In zaal A1 en zaal A2 zijn workshops van 10.00
tot 11.00 uur en van 11.15 tot 12.15 uur; in zaal B1 en B2 van 13.00 tot 14.00 uur en dan verder.

Voor vragen belt u mw. J. Voorbeeld, bereikbaar op ma, di en do van 9.00 tot 16.30 uur. Zij komt
binnen 5 werkdagen. De Kamerbrief (Kamerstukken II 2024/25, nr. 3352) en de handreiking vindt u op
https://www.rijksoverheid.nl/onderwerpen/asielbeleid/documenten?pagina=2&sort=datum en dan verder.
"""
"""Texts that go on, with what looks like the sign of an item where a row may end."""


@pytest.mark.parametrize("text", [" ".join(each.split()) for each in RUNNING.split("\n\n")])
@pytest.mark.parametrize("lead", ["", "- "])
def test_a_text_says_the_same_however_it_is_broken_in_rows(text: str, lead: str):
    for width in range(64, 118):
        indent = " " * len(lead)
        source = textwrap.fill(
            text,
            width,
            initial_indent=lead,
            subsequent_indent=indent,
            break_on_hyphens=False,
            break_long_words=False,
        )
        assert told(source) == []
        assert str(parse_tekst(source)) == lead + text


@pytest.mark.parametrize(
    ("source", "keys"),
    [
        ("De leden bespreken drie stukken uit de map van vorige week\n- de brief", ["LRT133"]),
        ("De leden bespreken drie stukken uit de map van vorige week:\n- de brief", []),
        ("Zie ook\n- de brief", []),
        ("Wat vorige week door alle leden is gestuurd en besproken\n- brief\n- nota", []),
        ("Wat vorige week door alle leden is gestuurd en besproken\n- brief\n  van 3 juni", []),
    ],
)
def test_what_may_be_an_item_or_a_dash_in_a_sentence_is_a_text_and_told(
    source: str, keys: list[str]
):
    assert [key.partition(".")[0] for key, *_ in told(source)] == keys
    assert (len(parse_tekst(source).blocks) == 2) is not bool(keys)


@pytest.mark.parametrize(
    "source",
    [
        "B&W <ministerie> \"Jan\" & 'Piet' ½ 😀",
        "a < b > c",
        "&amp; &euro;",
        "[x]: https://y.nl",
        "C:\\temp",
        "snake_case_woord",
        "5 * 3 * 2",
        "2025\\. Een jaar".replace("\\.", "."),
        "[Redacted]",
    ],
)
def test_text_that_is_no_markup_stays_as_it_is(source: str):
    if source.startswith("2025"):
        assert parse_tekst(source.replace(".", "\\.", 1)).blocks == (Alinea((Tekstdeel(source),)),)
    else:
        assert str(parse_tekst(source)) == source


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("a\n\n## Kop", (2, 0)),
        ("- a\n  # Kop", (1, 2)),
        ("Titel\n---", (1, 0)),
        ("Titel\n===", (1, 0)),
        ("a `b`", (0, 2)),
        ("a\nb ![c](d.png)", (1, 2)),
        ("x <b>y", (0, 2)),
        ("<!-- x -->", (0, 0)),
        ("a\n\n    code", (2, 4)),
        ("```\ncode\n```", (0, 0)),
        ("> 5 personen", (0, 0)),
        (">", (0, 0)),
        (">> dieper", (0, 1)),
        ("> - een punt", (0, 2)),
        ("- a\n  > citaat", (1, 2)),
        ("- > 65 jaar", (0, 2)),
        ("| a | b |\n|---|---|", (0, 0)),
        ("| a | b |\n|---|---|\n| 1 |", (2, 0)),
        ("a | b\n--|--\n1 | 2 | 3", (2, 0)),
        ("| a | b |\n|---|---|\n| 1 | 2 |\nTekst.", (3, 0)),
        ("| a | b |\n|---|---|\n| | |", (2, 0)),
        ("| a | b |\n|---|---|\n| 1 | a<br>b |", (2, 7)),
        ("- a\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |", (2, 2)),
        ("[x]{taal=engels}", (0, 3)),
        ("een [x]{weglaten=5.1.2z}", (0, 7)),
        ("een [x] {weglaten=5.1.2e}", (0, 8)),
        ("[een\n\nx]{weglaten=5.1.2e}", (2, 2)),
        ("[x]{lang=en}", (0, 3)),
        ("[een [x]{taal=de}]{taal=en}", (0, 8)),
        ("a\n\n***", (2, 0)),
        ("zie [x](bijlage.pdf)", (0, 4)),
        ("zie [x](javascript:alert)", (0, 4)),
        ("zie <ftp://x.nl>", (0, 4)),
        ('[x](https://y.nl "titel")', (0, 0)),
        ("- a\n  - b\n    - c\n      - d\n        - e", (4, 8)),
        ("- a\n  1. b\n     - c\n       1. d\n          1. e", (4, 10)),
    ],
)
def test_what_has_no_place_in_the_house_style_is_refused_at_its_place(
    source: str, place: tuple[int, int]
):
    assert faults(source) == [place]


def test_a_quote_is_one_or_more_paragraphs_and_ends_before_a_line_without_a_sign():
    quote, text = parse_tekst("> een **b**\n> twee\n>\n> drie\nErna.").blocks
    assert isinstance(quote, Citaat)
    assert [str(each) for each in quote.alineas] == ["een b twee", "drie"]
    assert str(text) == "Erna."
    assert isinstance(only(">\n> 5 personen"), Citaat)
    assert isinstance(parse_besluit("> citaat").blocks[0], Citaat)


@pytest.mark.parametrize("lead", ["Hij zegt:\n", "### Kop\n", "Tekst.\n\n", "- een\n"])
def test_a_quote_may_stand_right_below_what_leads_to_it(lead: str):
    assert isinstance(parse_tekst(f"{lead}> citaat").blocks[1], Citaat)
    assert told(f"{lead}> citaat") == []


def test_a_table_has_a_header_row_its_alignment_and_text_with_formatting():
    table = only("Naam | A\\|B | n\n:-- | :-: | --:\n**x** | [y](https://z.nl) | 1")
    assert isinstance(table, Tabel)
    assert table.uitlijning == ("left", "center", "right")
    assert str(table) == "Naam | A|B | n\nx | y | 1"
    assert table.rijen[0][0] == (Tekstdeel("x", vet=True),)
    assert table.rijen[0][1] == (Tekstdeel("y", link="https://z.nl"),)
    kinds = [type(block) for block in parse_tekst("Zie:\n| a |\n|---|\n| 1 |\n\nEn.").blocks]
    assert kinds == [Alinea, Tabel, Alinea]


@pytest.mark.parametrize(
    ("row", "begins"),
    [
        ("| a | b |", "ab"),
        ("a|b", "ab"),
        (" |a|b", "ab"),
        ("| a | b", "ab"),
        (r"a \| c | b |", "ab"),
        (r"a | b\|", "ab"),
        ("| a ||b|", "a|b"),
        ("|", ""),
    ],
)
def test_the_cells_of_a_row_are_found_where_they_begin(row: str, begins: str):
    assert [row[at] for at in split_cells(row)] == list(begins)


def test_a_table_in_a_decision_is_told_at_its_place():
    with pytest.raises(TekstError) as caught:
        parse_besluit("Goed | fout.\n\n- een\n\n a | b\n---|---\n 1 | 2 |")
    assert [(each.line, each.column, each.fault.key) for each in caught.value.faults] == [
        (4, 1, "LRT210.tabel-besluit")
    ]


def test_a_part_has_its_language_with_all_that_is_in_it_and_other_braces_stay():
    paragraph = only("[The **old** [site](https://x.nl)]{taal=en} is [weg]{kolom} {taal}")
    assert isinstance(paragraph, Alinea)
    parts = [part for part in paragraph.inhoud if isinstance(part, Tekstdeel)]
    assert [(part.tekst, part.taal) for part in parts] == [
        ("The ", "en-GB"),
        ("old", "en-GB"),
        (" ", "en-GB"),
        ("site", "en-GB"),
        (" is [weg]{kolom} {taal}", None),
    ]
    assert find_language("en-US") == "en-US"
    assert find_language("xx-US") is None


def test_a_table_of_very_many_rows_takes_no_longer_per_row():
    row = "| een **vet** woord | 1.204 |\n"
    table = only("| a | b |\n|---|--:|\n" + row * 5_000)
    assert isinstance(table, Tabel)
    assert len(table.rijen) == 5_000


def test_all_faults_are_told_at_once():
    assert faults("# a\n\n`b` en ![c](d)\n\n> 5") == [(0, 0), (2, 0), (2, 7), (4, 0)]


@pytest.mark.parametrize(
    "link", ["https://x.nl", "http://x.nl", "mailto:a@b.nl", "tel:+31612345678", "https://x/a_(b)"]
)
def test_these_links_are_allowed(link: str):
    assert only(f"[x]({link})") == Alinea((Tekstdeel("x", link=link),))


@pytest.mark.parametrize(
    ("typed", "link"), [("www.x.nl", "https://www.x.nl"), ("a@b.nl", "mailto:a@b.nl")]
)
def test_an_address_without_a_scheme_is_read_as_that_of_an_annex(typed: str, link: str):
    assert only(f"[x]({typed})") == Alinea((Tekstdeel("x", link=link),))


@pytest.mark.parametrize("source", ["", "  \n\n "])
def test_an_empty_text_is_false(source: str):
    assert not parse_tekst(source)


def test_an_empty_item_is_an_empty_paragraph():
    assert only("- a\n-") == Lijst(False, ((Alinea((Tekstdeel("a"),)),), (Alinea(()),)))


def test_as_plain_text_lists_keep_their_marks():
    assert str(parse_tekst("een\n\n- a\n  1. b\n- c")) == "een\n- a\n  1. b\n- c"


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200) | st.text("ab \n-*_[]()`#>|1.<!&\\", max_size=80))
def test_any_text_is_parsed_or_refused(source: str):
    assert parsed_or_refused(source)


@settings(max_examples=300)
@given(
    st.text(st.characters(categories=["L", "N", "So", "Sc"], exclude_characters=GLYPHS), min_size=1)
)
def test_letters_of_any_script_survive(source: str):
    assert str(parse_tekst(source)) == source


@pytest.mark.parametrize(
    "piece",
    ["[", "*a ", "![", "- ", "> ", "`a", "<", "[a](b", "**a _b ", '[a]{b="c', "> a\n", "|a\n"],
)
def test_no_text_takes_long(piece: str):
    assert parsed_or_refused((piece * 20_000)[:20_000])


def test_a_text_of_very_many_brackets_is_refused_at_once():
    with pytest.raises(TekstError) as caught:
        parse_tekst("[a " * 5_000)
    assert "1000 haakjes" in str(caught.value)


def test_a_text_of_a_hard_space_alone_is_an_empty_paragraph():
    assert parse_tekst("\u00a0").blocks == (Alinea(()),)


@pytest.mark.parametrize("said", ["- 2,8 mln", "+ 5%", "* 4"])
def test_a_sign_behind_the_sign_of_an_item_stays_as_typed(said: str):
    assert only(f"- {said}") == Lijst(False, ((Alinea((Tekstdeel(said),)),),))


# --- pictures


def test_a_picture_on_a_line_of_its_own_is_a_block_whatever_stands_around_it():
    before, picture, after = parse_tekst("een\n![Een kaart](kaart.png)\ntwee").blocks
    assert picture == Afbeelding("kaart.png", "Een kaart")
    assert (str(before), str(after)) == ("een", "twee")
    assert isinstance(picture, Afbeelding)
    assert (picture.line, picture.column) == (1, 0)


@pytest.mark.parametrize(
    ("source", "file", "caption"),
    [
        ("![x y](a b (1).png)", "a b (1).png", ""),
        ("![x y](<a b.png>)", "a b.png", ""),
        ("![x y](foto's.png 'Onder')", "foto's.png", "Onder"),
        ('![x y](beeld\\a.png "Figuur 1: *schuin* [bron](https://x.nl)")', "beeld\\a.png",
         "Figuur 1: schuin bron"),
        ("![x y](a.png \u201cOnder\u201d)", "a.png", "Onder"),
        ("![x y](a.png  )  ", "a.png", ""),
        ("   ![x y](a.png)", "a.png", ""),
    ],
)  # fmt: skip
def test_names_have_spaces_and_captions_any_quotes(source: str, file: str, caption: str):
    (picture,) = parse_tekst(source).pictures
    shown = "[Afbeelding: x y]" + (f"\n{caption}" if caption else "")
    assert (picture.bestand, str(picture)) == (file, shown)


def test_a_list_goes_on_behind_a_picture_at_the_left():
    first, picture, second = parse_tekst("1. a\n2. b\n![x y](c.png)\n3. d").blocks
    assert isinstance(picture, Afbeelding)
    assert isinstance(first, Lijst)
    assert isinstance(second, Lijst)
    assert (len(first.items), second.start) == (2, 3)


@pytest.mark.parametrize(
    ("source", "key", "line", "column"),
    [
        ("zie ![x y](a.png)", "LRT210.plaatje", 0, 4),
        ("![x y](a.png).", "LRT210.plaatje", 0, 0),
        ("![x y](a.png) ![z](b.png)", "LRT210.plaatje", 0, 0),
        ("- a\n\n  ![x y](a.png)", "LRT210.plaatje", 2, 2),
        ("een\n\n ![ ](a.png)", "LRT298.beschrijving", 2, 1),
        ("![x y]()", "LRT298.naam", 0, 0),
        ('![x y](a.png "<b>x</b>")', "LRT210.html", 0, 0),
    ],
)
def test_a_picture_that_cannot_be_there_is_refused(source, key, line, column):
    with pytest.raises(TekstError) as caught:
        parse_tekst(source)
    assert (caught.value.faults[0].fault.key, *caught.value.faults[0][:2]) == (key, line, column)


def test_a_picture_in_a_decision_is_refused_at_its_line():
    with pytest.raises(TekstError) as caught:
        parse_besluit("Akkoord.\n\n![x y](a.png)")
    (fault,) = caught.value.faults
    assert (fault.line, fault.fault.key) == (2, "LRT210.plaatje-besluit")


@pytest.mark.parametrize("shown", ["foto", "Afbeelding 3", "IMG_0021", "kaart.png", "kaart-ede"])
def test_a_description_that_says_nothing_is_told(shown: str):
    (remark,) = parse_tekst(f"![{shown}](kaart-ede.png)").remarks
    assert remark.fault.key == "LRT298.vaag"


def test_a_description_that_says_what_there_is_is_not_told():
    assert parse_tekst("![Kaart met drie locaties in Ede](kaart-ede.png)").remarks == ()


# --- footnotes


def test_a_note_stands_where_the_text_refers_to_it_and_not_as_a_paragraph():
    text = "een[^1] en\n- twee[^b].\n\n[^1]: De *noot*\n  gaat door.\n[^b]: Bron.\n\nslot"
    first, items, last = parse_tekst(text).blocks
    assert isinstance(first, Alinea)
    assert first.inhoud == (
        Tekstdeel("een"),
        Voetnoot((Tekstdeel("De "), Tekstdeel("noot", cursief=True), Tekstdeel(" gaat door."))),
        Tekstdeel(" en"),
    )
    assert (str(items), str(last)) == ("- twee (noot: Bron.).", "slot")


@pytest.mark.parametrize(
    "source",
    [
        "> a[^1]\n\n[^1]: x",
        "| a | b |\n|---|---|\n| c[^1] | d |\n\n[^1]: x",
        '![Een kaart](a.png "onder[^1]")\n\n[^1]: x',
        "**a[^1]**\n[^1]: x",
        "[^1]: x\n\na[^1]",
        "- a\n\n  b[^1]\n\n  [^1]: x",
    ],
)
def test_a_note_may_stand_in_any_part_of_a_text(source):
    assert "(noot: x)" in str(parse_tekst(source))


@pytest.mark.parametrize(
    ("source", "key", "line", "column"),
    [
        ("een\ntwee[^1]", "LRT299.zonder", 1, 4),
        ("een\n\n[^1]: los", "LRT299.los", 2, 0),
        ("een[^1]\n\n[^1]:\n", "LRT299.leeg", 2, 0),
        ("een[^1] twee[^1]\n\n[^1]: x", "LRT299.tweemaal", 0, 12),
        ("een[^1]\n\n[^1]: x\n[^1]: y", "LRT299.dubbel", 3, 0),
        ("een[^1]\n\n[^1]: x [^2]\n[^2]: y", "LRT299.in-noot", 2, 8),
        ("### Kop[^1]\n\n[^1]: x", "LRT299.in-tussenkop", 0, 7),
        ("| a[^1] | b |\n|---|---|\n| c | d |\n\n[^1]: x", "LRT299.in-tabelkop", 0, 3),
        ("een[^1]\n\n[^1]: <b>x</b>", "LRT210.html", 2, 6),
    ],
)
def test_a_note_that_cannot_be_is_told_once_at_its_line(source, key, line, column):
    with pytest.raises(TekstError) as caught:
        parse_tekst(source)
    first = caught.value.faults[0]
    assert (first.fault.key, *first[:2]) == (key, line, column)
    assert {fault.fault.key for fault in caught.value.faults} == {key}


def test_the_next_free_name_is_none_that_stands_in_the_text():
    with pytest.raises(TekstError) as caught:
        parse_tekst("a[^1] b[^1] c[^2]\n\n[^1]: x\n[^2]: y")
    assert "[^3]" in caught.value.faults[0].fault.remedy


def test_a_note_in_brackets_that_stay_is_none():
    assert str(parse_tekst("een \\[^1] twee")) == "een [^1] twee"


def test_the_notes_below_a_list_of_decisions_go_with_their_own():
    rows = ["- een[^a]", "- twee \\[^a]", "  [^b]", "- drie", "", "[^a]: A", "  meer", "[^b]: B"]
    found = as_decisions("\n".join(rows))
    assert isinstance(found, list)
    assert [str(parse_besluit(each)) for each in found] == [
        "een (noot: A meer)",
        "twee [^a]  (noot: B)",
        "drie",
    ]
    assert found[0].splitlines()[5] == "[^a]: A"
    with pytest.raises(TekstError) as caught:
        parse_besluit(as_decisions("- een\n- twee\n\n[^1]: los")[-1])  # type: ignore[index]
    assert caught.value.faults[0][:2] == (3, 0)
