"""Word's own mail merges as templates: what they say for each row is what Word says."""

from __future__ import annotations

import io

import docx
import pytest
from docx_making import texts
from merge_making import merge_of, merged

from lrtdocs.model.value import Value
from lrtdocs.word.compile.template import compile_template
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
