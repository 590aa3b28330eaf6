"""docxtpl as the oracle: where docxtpl is right, lrtdocs prints the same."""

from __future__ import annotations

import io
from typing import Any

import docx
import jinja2
import pytest
from docx_making import WORDS, cells, docx_of, fill, texts
from docxtpl import DocxTemplate

PARAGRAPHS: list[tuple[str, ...]] = [
    ("Hallo {{ naam }}",),
    ("{{naam}}{{ naam }}",),
    ("{% if naam %}ja{% else %}nee{% endif %}",),
    ("{% if leeg %}ja{% elif naam == 'Jan' %}Jan{% else %}nee{% endif %}",),
    ("{%p if naam %}", "Beste {{ naam }}", "{%p endif %}", "einde"),
    ("{%p if leeg %}", "weg", "{%p else %}", "blijft", "{%p endif %}"),
    ("{%p for p in punten %}", "{{ loop.index }}. {{ p.titel }}", "{%p endfor %}"),
    ("{% for l in leden %}{{ l }}{% if not loop.last %}, {% endif %}{% endfor %}",),
    (
        "{%p for p in punten %}",
        "{{ p.titel }}:",
        "{%p for l in p.leden %}",
        "- {{ l }}",
        "{%p endfor %}",
        "{%p endfor %}",
    ),
    ("{{ leden|join(', ') }} {{ leden|length }} {{ leden|first|upper }}",),
    ("{{ naam if naam else 'niemand' }} {{ getal + 1 }}",),
    ("a {_{ b }_} {_% c %_}",),
    ("{# commentaar #}tekst",),
    ("{% raw %}{{ naam }}{% endraw %}",),
    ("Lijst:", "{%- for l in leden -%}", " {{ l }}", "{%- endfor -%}", " klaar"),
    ("{{ naam }} {%- if naam %} en zo{% endif %}",),
    ("Ons huis staat\n{%- if naam -%}\n in Ede\n{%- else -%}\n elders\n{%- endif -%}\n, echt",),
    ("{%p for rij in leden|batch(2, '-') %}", "{{ rij|join('+') }}", "{%p endfor %}"),
    ("{%p for rij in leden|slice(2) %}", "{{ rij|join('+') }}", "{%p endfor %}"),
    ("{%p for k, v in punten[0]|dictsort %}", "{{ k }}", "{%p endfor %}"),
    ("{%p for k, v in punten[0]|items %}", "{{ k }}", "{%p endfor %}"),
    ("Beste {% if naam %}", "heer {% endif %}Jansen"),
    ("voor {%r if naam %}midden{%r endif %} na",),
    ("{{ 'a' ~ 1 ~ naam }}", "{{ punten[0].titel }} {{ punten[1]['titel'] }}"),
    ("{% for a in niets %}x{% else %}niets{% endfor %}",),
    ("{%p for l in leden if l != 'Piet' %}", "{{ l }}", "{%p endfor %}"),
    ("tab\tin tekst {{ naam }}\tna",),
]

TABLES: list[list[list[str]]] = [
    [["{{ naam }}", "{{ getal }}"]],
    [
        ["Kop", "Kop"],
        ["{%tr for p in punten %}", ""],
        ["{{ p.titel }}", "x"],
        ["{%tr endfor %}", ""],
    ],
    [["{%tr if leeg %}", ""], ["weg", "weg"], ["{%tr endif %}", ""], ["blijft", "{{ naam }}"]],
    [["{%tc for l in leden %}", "{{ l }}", "{%tc endfor %}"]],
    [["{% colspan 2 %}{{ naam }}", "b"], ["c", "d"]],
    [["{% cellbg 'FF0000' %}rood", "b"]],
    [["{%tr for p in punten %}", ""], ["{% vm %}groep", "{{ p.titel }}"], ["{%tr endfor %}", ""]],
]


def by_docxtpl(template: bytes, words: dict[str, Any]) -> docx.document.Document:
    stream = io.BytesIO()
    oracle = DocxTemplate(io.BytesIO(template))
    oracle.render(words, jinja2.Environment(autoescape=True))
    oracle.save(stream)
    return docx.Document(stream)


@pytest.mark.parametrize("paragraphs", PARAGRAPHS, ids=lambda value: value[0][:40])
def test_paragraphs_read_as_docxtpl_prints_them(paragraphs: tuple[str, ...]) -> None:
    template = docx_of(*paragraphs)
    assert texts(fill(template)) == texts(by_docxtpl(template, WORDS))


@pytest.mark.parametrize("table", TABLES, ids=lambda value: value[0][0][:40])
def test_tables_read_as_docxtpl_prints_them(table: list[list[str]]) -> None:
    template = docx_of(table=table)
    assert cells(fill(template)) == cells(by_docxtpl(template, WORDS))


def test_cell_colours_and_merges_are_those_of_docxtpl() -> None:
    rows = [
        ["{%tr for p in punten %}", "", ""],
        ["{% vm %}groep", "{% cellbg 'FF0000' %}{{ p.titel }}", "{{ loop.index }}"],
        ["{%tr endfor %}", "", ""],
    ]
    template = docx_of(table=rows)
    ours, theirs = (make(template, WORDS) for make in (fill, by_docxtpl))
    for name in ("vMerge", "shd"):
        found = [
            [dict(e.attrib) for e in document.element.iter(docx.oxml.ns.qn(f"w:{name}"))]
            for document in (ours, theirs)
        ]
        assert found[0] == found[1]


@pytest.mark.parametrize(
    ("paragraphs", "ours"),
    [
        (("{% if naam %}", "ja", "{% endif %}"), ["ja"]),
        (("{% for l in leden %}", "{{ l }}", "{% endfor %}"), ["Jan", "Piet", "Klaas"]),
        (("{# alleen commentaar #}", "ja"), ["ja"]),
        (("{{ '}}' }}",), ["}}"]),
        (("{{ '{{ 7*7 }}' }}",), ["{{ 7*7 }}"]),
    ],
)
def test_where_docxtpl_leaves_blank_lines_or_breaks_lrtdocs_does_not(
    paragraphs: tuple[str, ...], ours: list[str]
) -> None:
    assert texts(fill(docx_of(*paragraphs))) == ours
