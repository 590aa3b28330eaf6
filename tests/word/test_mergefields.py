"""Word's own mail merges as templates: what they say for each row is what Word says."""

from __future__ import annotations

import io
import zipfile

import docx
import jinja2
import pytest
from docx_making import texts
from docxtpl import DocxTemplate
from hypothesis import given, settings
from hypothesis import strategies as st
from merge_making import merge_of, merged

from lrtdocs.model.value import Value
from lrtdocs.word.compile.template import compile_template, judge_literals
from lrtdocs.word.fill.render import render
from lrtdocs.word.mergefields.convert import Converted, convert_merge
from lrtdocs.word.mergefields.expressions import Named

COLUMNS = ("naam", "geslacht", "bedrag", "plaats", "regel", "code", "#")
ROWS = [
    dict(zip(COLUMNS, texts, strict=True))
    for texts in (
        ("De Vries", "man", "1250,50", "Urk", "a", "0014", "1"),
        ("van Dam", "vrouw", "99", "", "", "12", "2"),
        ("", "", "100", "Den Haag", "nee", "x", "3"),
        ("O'Neil & Zn", "Man", "100.000", "Urkerland", "0", "7", "4"),
    )
]


def word_of(name: str) -> Named:
    return Named(name.lower().replace(" ", "_"))


def convert(data: bytes) -> Converted:
    return convert_merge(data, "brief.docx", "brief-omgezet.docx", word_of)


SHORT = {"{n}": "naam", "{m}": "geslacht", "{p}": "plaats", "{b}": "bedrag"}
MERGES = [
    "Beste {n},",
    "Beste {MERGEFIELD naam \\* MERGEFORMAT},",
    "In {MERGEFIELD plaats \\* Upper} en {MERGEFIELD plaats \\* lower}.",
    "{MERGEFIELD naam \\* FirstCap} woont hier.",
    "Naam{MERGEFIELD naam \\b \" (\" \\f \")\"} dus.",
    'Geachte {IF {m} = "man" "heer" "mevrouw"} {n},',
    'Geachte {IF {m}="man" "heer" "mevrouw"},',
    'Geachte {IF "{m}" = "man" "heer" "mevrouw"},',
    'Geachte {IF {m} <> "man" "mevrouw" "heer"},',
    'U krijgt {IF {b} > 100 "veel" "weinig"}.',
    'U krijgt {IF {b} >= 100 "veel" "weinig"}.',
    'U krijgt {IF {b} < "1.000" "weinig" "veel"}.',
    'U krijgt {IF {b} <= 99 "weinig"}iets.',
    'U krijgt {IF 100 = {b} "precies" "niet precies"} honderd.',
    'U krijgt {IF 100 < {b} "meer" "niet meer"}.',
    'Tekst{IF {p} = "" "" " uit {p}"}.',
    'Tekst{IF {p} <> "" " uit {p}" ""}.',
    'Tekst{IF {MERGEFIELD regel} = "" " leeg" " niet leeg"}.',
    'Ja{IF {p} = "Urk*" " daar" " elders"}.',
    'Ja{IF {p} <> "Urk*" " elders" " daar"}.',
    'Ja{IF {p} = "*Haag" " daar" " elders"}.',
    'Ja{IF {p} = "*rk*" " daar" " elders"}.',
    'A {IF {m} = "man" "heer" "{IF {m} = "vrouw" "mevrouw" "heer of mevrouw"}"} B',
    'A {IF {m} = "man" {IF {p} = "Urk" "Urker" "heer"} "anders"} B',
    'A {IF {IF {m} = "man" "1" "0"} = "1" "heer" "iemand"} B',
    'A {IF {IF {m} = "man" "Urk" "Den Haag"} = {p} "zelfde" "ander"} B',
    'A {IF {COMPARE {b} > 100} = 1 "veel" "weinig"} B',
    'A {QUOTE "voor {n}"} B',
    '{IF {p} = "Urk" "Eerste alinea.¶Tweede alinea met {n}." "Iets anders."}',
    'Voor {IF {p} = "Urk" "een.¶Twee" "niets"} achter.',
    '{IF {p} = "Urk" "Alleen hier."}¶Volgende.',
    'Begin¶{IF {p} = "Urk" "Een.¶Twee.¶Drie."}¶Volgende.',
    '{IF {m} = "man" "Man.¶{IF {p} = "Urk" "Urk.¶Echt." "Niet Urk."}¶Eind." "Geen man."}¶Slot',
    'Naam: {MERGEFIELD naam \\f "¶"}{MERGEFIELD plaats \\f "¶"}{MERGEFIELD code}',
    "{n}¶{MERGEFIELD regel}¶{p}",
    "{MERGEFIELD code} {p}¶Einde",
    'Hij zei: {IF {n} = "O\'Neil & Zn" "ja & <nee>" "niets"}.',
    'Code {IF {MERGEFIELD code} = "0014" "ja" "nee"}.',
    'Nummer {MERGEREC}.',
    'Combinatie {IF "{p}-{m}" = "Urk-man" "ja" "nee"}.',
]  # fmt: skip


@pytest.mark.parametrize("merge", MERGES)
def test_a_template_says_for_each_row_what_word_says(merge: str) -> None:
    for short, name in SHORT.items():
        merge = merge.replace(short, f"{{MERGEFIELD {name}}}")
    made = convert(merge_of(merge))
    assert [p.key for p in made.problems] == []
    template = compile_template(made.data, "x.docx")
    for row in ROWS:
        words = {name: Value(text) for name, text in row.items()} | {"volgnummer": int(row["#"])}
        document = docx.Document(io.BytesIO(render(template, words)))
        said = [text for text in texts(document) if text.strip()]
        assert said == merged(merge, row), row


def tags(merge: str) -> tuple[str, list[str]]:
    """Return the text that `merge` becomes, paragraphs with ¶ between them, and what is told."""
    made = convert(merge_of(merge))
    document = docx.Document(io.BytesIO(made.data))
    return "¶".join(texts(document)), [problem.key for problem in made.problems]


SWITCHES = [
    ('x{MERGEFIELD b \\# "€ #.##0,00"}', "x{{ b | bedrag }}", ""),
    ('x{MERGEFIELD b \\# "€ #,##0.00"}', "x{{ b | bedrag }}", ""),
    ("x{MERGEFIELD b \\# #.##0}", "x{{ b | getal }}", ""),
    ("x{MERGEFIELD b \\# 0}", "x{{ b | getal }}", ""),
    ("x{MERGEFIELD b \\# #.##0,00}", 'x{% if b != "" %}{{ (b | bedrag)[2:] }}{% endif %}', ""),
    ("x{MERGEFIELD b \\# 0,0}", "x{{ b | getal }}", "anders"),
    ('x{MERGEFIELD b \\# "€ #.##0,00;-€ #.##0,00"}', "x{{ b | bedrag }}", "anders"),
    ("x{MERGEFIELD b \\# 0%}", "x{{ b | getal }}", "anders"),
    ('x{MERGEFIELD d \\@ "d MMMM yyyy"}', "x{{ d | datum }}", ""),
    ('x{MERGEFIELD d \\@ "dd MMMM yyyy"}', "x{{ d | datum }}", ""),
    ("x{MERGEFIELD d \\@ dd-MM-yyyy}", "x{{ d | datum_kort }}", ""),
    ("x{MERGEFIELD d \\@ d/M/yyyy}", "x{{ d | datum_kort }}", ""),
    ("x{MERGEFIELD d \\@ d-M-yy}", "x{{ d | datum_kort }}", "anders"),
    ('x{MERGEFIELD d \\@ "dddd d MMMM yyyy"}', "x{{ d | datum }}", "anders"),
    (
        'x{MERGEFIELD d \\@ "MMMM yyyy"}',
        'x{% if d != "" %}{{ (d | datum)[2:] | trim }}{% endif %}',
        "",
    ),
    ("x{MERGEFIELD d \\@ yyyy}", 'x{% if d != "" %}{{ (d | datum)[-4:] }}{% endif %}', ""),
    ('x{MERGEFIELD t \\@ "HH:mm"}', "x{{ t | tijd }}", "anders"),
    ("x{MERGEFIELD n \\* CardText}", "x{{ n | telwoord }}", ""),
    ("x{MERGEFIELD n \\* Caps}", "x{{ n }}", "anders"),
    ("x{MERGEFIELD n \\* Roman}", "x{{ n }}", "anders"),
    ("x{MERGEFIELD n \\m}", "x{{ n }}", ""),
    ("x{MERGEFIELD n \\v}", "x{{ n }}", "anders"),
    ('x{MERGEFIELD "Datum besluit"}', "x{{ datum_besluit }}", ""),
    ("x{MERGEFIELD Datum besluit}", "x{{ datum_besluit }}", ""),
    ("x{mergefield n}", "x{{ n }}", ""),
    ("x{ADDRESSBLOCK \\f \"«naam»\" \\l 1043}", 'x{{ ontvanger.adresregels | join("\\n") }}', ""),
    (
        "a¶{ADDRESSBLOCK}",
        "a¶{%p for regel in ontvanger.adresregels %}¶{{ regel }}¶{%p endfor %}",
        "",
    ),
    ('{GREETINGLINE \\f "Geachte"}', "{{ aanhef }}", ""),
    ("x{MERGESEQ}", "x{{ volgnummer }}", ""),
    ("{MERGEFIELD n} op {DATE}", "{{ n }} op {{ dagtekening | datum }}", "datum"),
    (
        '{MERGEFIELD n} op {DATE \\@ "d-M-yyyy"}',
        "{{ n }} op {{ dagtekening | datum_kort }}",
        "datum",
    ),
    ("x{= {MERGEFIELD a} + {MERGEFIELD b}}", "x{{ (a + b) | getal }}", ""),
    (
        'x{= ({MERGEFIELD a} - 1,5) * {MERGEFIELD b} \\# "€ #.##0,00"}',
        "x{{ ((a - 1.5) * b) | bedrag }}",
        "",
    ),
    ("x{= SUM({MERGEFIELD a}; {MERGEFIELD b})}", "x{{ (a + b) | getal }}", ""),
    (
        'x{IF {= OR({COMPARE {MERGEFIELD a} >= 4}, {COMPARE {MERGEFIELD b} <= 9})} = 1 "j" "n"}',
        "x{% if (a >= 4) or (b <= 9) %}j{% else %}n{% endif %}",
        "",
    ),
    (
        'x{IF {= AND({MERGEFIELD a} > 1; NOT({MERGEFIELD b} = 2))} = 0 "j" "n"}',
        "x{% if not ((a > 1) and (not (b == 2))) %}j{% else %}n{% endif %}",
        "",
    ),
    (
        'x{IF {MERGEFIELD d \\@ yyyyMMdd} >= 20250301 "nieuw" "oud"}',
        'x{% if d >= "2025-03-01" %}nieuw{% else %}oud{% endif %}',
        "",
    ),
    ('x{FILLIN "Wat is de datum?"}{MERGEFIELD n}', "x{{ wat_is_de_datum }}{{ n }}", "vraag"),
    (
        'x{ASK zitting "Welke zitting?"}{MERGEFIELD n}{REF zitting}{zitting}',
        "x{{ n }}{{ zitting }}{{ zitting }}",
        "vraag",
    ),
    ('x{SET wie "het college"}{MERGEFIELD n} {REF wie}', "x{{ n }} het college", ""),
    (
        'x{SET wie {IF {MERGEFIELD m} = "j" "hij" "zij"}}{MERGEFIELD n} {wie}',
        'x{{ n }} {{ ("hij" if m == "j" else "zij") }}',
        "",
    ),
    ('x{HYPERLINK "{MERGEFIELD url}"}', 'x{{ url | link("oud") }}', ""),
    ("a {PAGE} b {MERGEFIELD n}", "a oud b {{ n }}", ""),
    (
        'x{IF {MERGEFIELD m} = "j" "Zie {PAGE}." "-"}',
        'x{% if m == "j" %}Zie oud.{% else %}-{% endif %}',
        "",
    ),
    ('x{IF {MERGEFIELD m} = “j” “ja” \\* MERGEFORMAT}', 'x{% if m == "j" %}ja{% endif %}', ""),
    ('x{IF {MERGEFIELD m} = "j" "zei \\"ja\\""}', 'x{% if m == "j" %}zei "ja"{% endif %}', ""),
    ('x{IF "J" = "{MERGEFIELD m}" "{MERGEFIELD n}" }', 'x{% if m == "J" %}{{ n }}{% endif %}', ""),
]  # fmt: skip


@pytest.mark.parametrize(("merge", "text", "key"), SWITCHES)
def test_a_switch_becomes_a_filter_and_what_looks_otherwise_is_told(
    merge: str, text: str, key: str
) -> None:
    assert tags(merge) == (text, [f"LRT365.{key}"] if key else [])


LEFT = {
    "{NEXT}": "volgende",
    'x{NEXTIF {MERGEFIELD a} = 1}': "volgende",
    'x{SKIPIF {MERGEFIELD a} = 1}': "overslaan",
    'x{IF {MERGEFIELD a} = "a*b" "j" "n"}': "jokers",
    'x{IF {MERGEFIELD a} = "wie?" "j" "n"}': "jokers",
    'x{IF {MERGEFIELD a} - "j" "j" "n"}': "voorwaarde",
    'x{IF {PAGE} = {MERGEFIELD a} "j" "n"}': "voorwaarde",
    'x{IF {MERGEFIELD a}}': "voorwaarde",
    'x{IF {MERGEFIELD a} = "j" "een" "twee" "drie"}': "voorwaarde",
    'x{IF {MERGEFIELD a} = "j" "een" \\* Upper}': "voorwaarde",
    'x{= ROUND({MERGEFIELD a}; 1)}': "formule",
    'x{= {MERGEFIELD a} ^ 2}': "formule",
    'x{= SUM(ABOVE) + {MERGEFIELD a}}': "formule",
    'x{DATABASE \\d "C:\\\\a.xlsx"}': "gegevens",
    'x{INCLUDEPICTURE "{MERGEFIELD a}" \\d}': "afbeelding",
    'x{INCLUDETEXT "{MERGEFIELD a}"}': "bestand",
    'x{STYLEREF {MERGEFIELD a}}': "onbekend",
    'x{MERGEFIELD}': "naamloos",
    'x{HYPERLINK "{MERGEFIELD a}" \\l "b"}': "link",
}  # fmt: skip


@pytest.mark.parametrize("merge", LEFT)
def test_what_no_tag_can_say_stays_a_field_and_is_told(merge: str) -> None:
    made = convert(merge_of(f"{merge} {{MERGEFIELD n}}"))
    assert [problem.key for problem in made.problems] == [f"LRT365.{LEFT[merge]}"]
    name = merge.partition("{")[2].split()[0].strip("}")
    with zipfile.ZipFile(io.BytesIO(made.data)) as package:
        xml = package.read("word/document.xml").decode()
    assert name in xml
    assert "{{ n }}" in xml
    assert made.left == 1


@pytest.mark.parametrize(
    "merge", [one for one in LEFT if "{INCLUDE" not in one and "{DAT" not in one]
)
def test_a_field_that_stays_keeps_a_letter_from_being_made(merge: str) -> None:
    template = compile_template(convert(merge_of(merge)).data, "x.docx")
    told = judge_literals(template, ["a", "n"])
    assert any(problem.code == "LRT333" and problem.severity == "fout" for problem in told)


@pytest.mark.parametrize("merge", MERGES)
def test_docxtpl_fills_the_template_in_the_same_way(merge: str) -> None:
    for short, name in SHORT.items():
        merge = merge.replace(short, f"{{MERGEFIELD {name}}}")
    data = convert(merge_of(merge)).data
    for row in ROWS[:2]:
        words: dict[str, object] = {**row, "volgnummer": int(row["#"])}
        words["bedrag"] = {"1250,50": 1250, "99": 99}[row["bedrag"]]
        theirs = DocxTemplate(io.BytesIO(data))
        environment = jinja2.Environment(autoescape=True)
        environment.filters["hoofdletters"] = str.upper
        theirs.render(words, environment, autoescape=True)
        filled = io.BytesIO()
        theirs.save(filled)
        ours = docx.Document(io.BytesIO(render(compile_template(data, "x.docx"), words)))
        same = [text for text in texts(docx.Document(filled)) if text.strip()]
        assert [text for text in texts(ours) if text.strip()] == same


PLAIN = st.text("ab cé&<>'", max_size=6).map(lambda text: f"{text}.")
TESTED = st.sampled_from(
    ['{a} = "j"', '{a} <> "j"', "{b} > 5", '"{a}" = ""', "3 >= {b}", "{a} = {c}"]
)


@st.composite
def if_fields(draw: st.DrawFn, depth: int = 3) -> str:
    """An IF field whose results are texts, paragraphs, columns and other IF fields."""
    parts: list[st.SearchStrategy[str]] = [PLAIN, st.just("{c}"), st.just("¶"), PLAIN]
    parts += [if_fields(depth=depth - 1)] if depth else []
    result = st.lists(st.one_of(parts), max_size=4).map("".join)
    return f'{{IF {draw(TESTED)} "{draw(result)}" "{draw(result)}"}}'


@settings(max_examples=60, deadline=None)
@given(before=PLAIN, fields=st.lists(if_fields(), min_size=1, max_size=2), behind=PLAIN)
def test_any_nest_of_if_fields_says_what_word_says(
    before: str, fields: list[str], behind: str
) -> None:
    merge = before + "".join(fields) + behind
    for name in "abc":
        merge = merge.replace(f"{{{name}}}", f"{{MERGEFIELD {name}}}")
    made = convert(merge_of(merge))
    if made.left:  # so many paragraphs beside others that nobody could read them
        assert {problem.key for problem in made.problems} == {"LRT365.lang"}
        return
    template = compile_template(made.data, "x.docx")
    for row in ({"a": "j", "b": "3", "c": "j"}, {"a": "", "b": "6", "c": "k"}):
        words = {name: Value(text) for name, text in row.items()}
        said = texts(docx.Document(io.BytesIO(render(template, words))))
        assert [text for text in said if text.strip()] == merged(merge, row)
