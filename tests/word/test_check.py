"""What `check_template` tells of a template: everything at once, without data."""

from __future__ import annotations

import pytest
from broken_cases.making import FIELDS, part
from docx_making import body_of, docx_of, new_document, repack, save
from test_hostile_templates import REFUSED

from lrtdocs.errors import Severity
from lrtdocs.model.veld import ValueKind
from lrtdocs.word.check.template import check_template
from lrtdocs.word.compile.template import compile_template


def told(*lines: str, **options: object) -> list[tuple[str, int | None, str]]:
    """Return code, paragraph and message of the errors and warnings about the tags in `lines`."""
    options.setdefault("fields", FIELDS)
    return [
        (p.code, p.place.paragraph, p.message)
        for p in check_template(docx_of(*lines), "x.docx", **options)  # type: ignore[arg-type]
        if p.code < "LRT340" and p.severity is not Severity.TIP
    ]


def codes(*lines: str, **options: object) -> list[str]:
    return [code for code, _, _ in told(*lines, **options)]


def remedy(line: str) -> str:
    problems = check_template(docx_of(line), "x.docx", fields=FIELDS)
    return next(p.remedy for p in problems if p.code < "LRT340")


def test_a_file_that_is_no_word_document_is_one_problem() -> None:
    assert [p.code for p in check_template(b"hallo", "x.docx")] == ["LRT501"]


def test_what_nobody_thought_of_is_a_problem_and_raised_for_who_looks_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = repack(docx_of("x"), **{"word/numbering.xml": b"<a/>"})
    with pytest.raises(ValueError, match="a"):
        check_template(data, "x.docx")
    monkeypatch.delenv("LRTDOCS_DEBUG")
    assert "LRT504" in {p.code for p in check_template(data, "x.docx")}


@pytest.mark.parametrize(
    "line",
    [
        "{{ overleg }} {{ datum | datum }} {{ datum.year }}",
        "{% for p in agendapunten %}{{ loop.index }}{{ p.titel }}{{ loop.last }}{% endfor %}",
        "{% for p in agendapunten | sort(attribute='titel') | reverse %}{{ p.titel }}{% endfor %}",
        "{{ (agendapunten | first).titel }} {{ agendapunten[0].titel }}",
        (
            "{% for g in agendapunten | groupby('titel') %}"
            "{{ g.grouper }}{% for p in g.list %}{{ p.titel }}{% endfor %}{% endfor %}"
        ),
        "{% for p in agendapunten %}{% for s in p.stukken %}{{ s.titel }}{% endfor %}{% endfor %}",
        "{{ agendapunten | map(attribute='titel') | opsomming }}",
        "{% if contactpersoon %}{{ contactpersoon.naam }}{% endif %}",
        "{{ contactpersoon.naam if contactpersoon else '' }}",
        "{{ contactpersoon.naam | default('') }}",
        "{% if contactpersoon and contactpersoon.telefoon %}T{% endif %}",
        "{% if plaats %}Plaats: {{ plaats }}{% endif %}",
        "Plaats: {{ plaats or 'onbekend' }}",
        "{{ plaats }}",
        "{{ agendapunten | length }} punten",
    ],
)
def test_what_is_right_is_let_through(line: str) -> None:
    assert told(line) == []


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{{ overlegg }}", "Het woord 'overlegg' is niet bekend."),
        ("{{ afzender.directi }}", "Het woord 'afzender.directi' is niet bekend."),
        (
            "{% for p in agendapunten %}{{ p.titl }}{% endfor %}",
            "Het woord 'agendapunten[].titl' is niet bekend.",
        ),
        (
            "{% for p in agendapunten | selectattr('titl') %}x{% endfor %}",
            "Het woord 'agendapunten[].titl' is niet bekend.",
        ),
        ("{{ agendapunten }}", "'agendapunten' is een lijst en kan niet zo worden afgedrukt."),
        ("{{ afzender }}", "'afzender' is een blok en kan niet zo worden afgedrukt."),
        (
            "{% for x in overleg %}{% endfor %}",
            "'overleg' is geen lijst maar tekst: er is niets om te herhalen.",
        ),
        ("{{ overleg.naam }}", "'overleg' is tekst en heeft geen onderdeel 'naam'."),
        (
            "{{ contactpersoon.naam }}",
            "'contactpersoon' kan ontbreken, en dan kan deze tag niet worden ingevuld.",
        ),
        (
            "Plaats: {{ plaats }}",
            "'plaats' kan leeg zijn; dan blijft hier alleen de tekst eromheen staan.",
        ),
    ],
)
def test_a_word_that_is_not_what_the_template_thinks_is_told_by_its_path(
    line: str, message: str
) -> None:
    assert [text for _, _, text in told(line)] == [message]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{{ overlegg }}", "bedoelde u 'overleg'?"),
        ("{{ directie }}", "'directie' hoort bij afzender: gebruik afzender.directie."),
        (
            "{% for p in agendapunten %}{{ titel }}{% endfor %}",
            "'titel' hoort bij agendapunten: gebruik p.titel.",
        ),
        (
            "{{ titel }}",
            (
                "'titel' hoort bij agendapunten: gebruik "
                "{% for punt in agendapunten %} {{ punt.titel }} {% endfor %}."
            ),
        ),
        ("{{ leden }}", "Schrijf {{ leden | opsomming }}, of gebruik een lus."),
    ],
)
def test_the_remedy_says_what_to_write(line: str, what: str) -> None:
    assert remedy(line) == what


def test_a_label_above_an_empty_line_is_told() -> None:
    assert codes("Onze referentie", "{{ onze_referentie }}") == ["LRT335"]


def test_a_word_that_may_be_a_column_is_a_warning() -> None:
    fields = (*FIELDS, part("velden", ValueKind.BLOCK, open=True))
    problems = check_template(docx_of("{{ zaak }} {{ zaak2.nr }}"), "x.docx", fields=fields)
    assert [(p.code, p.severity) for p in problems if p.code == "LRT309"] == [
        ("LRT309", Severity.WARNING),
        ("LRT309", Severity.ERROR),
    ]


def test_a_word_that_cannot_be_missed_is_told_once() -> None:
    needed = ("datum", "agendapunten", "agendapunten[].titel")
    assert told("{{ datum }}", needed=needed) == [
        (
            "LRT336",
            None,
            "Het sjabloon gebruikt het woord 'agendapunten' nergens; dat hoort in elk document.",
        )
    ]


def test_independent_mistakes_are_told_together_and_nothing_that_follows_from_them() -> None:
    lines = [
        "{% if overleg }",
        "{% endif %}",
        "{% for punt in agendapunten %}{% if punt.titel %}x{% endfor %}{% endif %}",
        "{%pfor lid in leden %}",
        "{{ lid }}",
        "{%p endfor %}",
        "{%p if plaats %} tekst",
        "{%p endif %}",
        "{{ plats }}",
        "{{ datum | datumm }}",
    ]
    assert [(code, number) for code, number, _ in told(*lines)] == [
        ("LRT301", 1),
        ("LRT303", 3),
        ("LRT331", 4),
        ("LRT304", 7),
        ("LRT309", 9),
        ("LRT307", 10),
    ]


def test_a_problem_shows_its_line_with_carets_and_the_heading_above() -> None:
    from docx_making import save

    document = new_document()
    document.add_heading("Wat wij vragen", level=1)
    document.add_paragraph("Aan {{ gemeentte.naam }} te Den Haag")
    problems = check_template(save(document), "brief.docx", fields=(*FIELDS, part("gemeente")))
    problem = next(p for p in problems if p.code == "LRT309")
    assert str(problem).splitlines() == [
        (
            "brief.docx, hoofdtekst, alinea 2 (onder 'Wat wij vragen'): fout LRT309: "
            "Het woord 'gemeentte' is niet bekend."
        ),
        "    Aan {{ gemeentte.naam }} te Den Haag",
        "        ^^^^^^^^^^^^^^^^^^^^",
        "    doe dit: bedoelde u 'gemeente'?",
    ]
    data = problem.as_dict()
    assert (data["kolom"], data["lengte"], data["onder"]) == (5, 20, "Wat wij vragen")


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{{ datum | date }}", "Schrijf | datum in plaats van | date."),
        ("{{ overleg | upcase }}", "Schrijf | hoofdletters in plaats van | upcase."),
        ("{{ overleg | safe }}", "Laat | safe weg: lrtdocs zorgt daar zelf voor."),
        ("{{ datum | datumm }}", "bedoelde u 'datum'?"),
    ],
)
def test_the_name_of_a_filter_elsewhere_is_translated(line: str, what: str) -> None:
    assert remedy(line) == what


@pytest.mark.parametrize(
    "line",
    [
        "{% set eerste = agendapunten | first %}{{ eerste.titel }}",
        "{% macro m(a) %}{{ a.wat }}{% endmacro %}{{ m(afzender) }}",
        "{% with x = afzender %}{{ x.naam }}{% endwith %}",
        "{{ overleg.upper() | trim }}",
    ],
)
def test_the_rest_of_the_language_is_followed_where_a_template_is_trusted(line: str) -> None:
    assert codes(line, trusted=True) == []


def test_a_part_of_what_a_set_holds_is_known_too() -> None:
    line = "{% set eerste = agendapunten | first %}{{ eerste.titl }}"
    assert codes(line, trusted=True) == ["LRT309"]


@pytest.mark.parametrize("line", REFUSED, ids=lambda line: line[:60])
def test_a_hostile_template_is_told_and_not_run(line: str) -> None:
    problems = check_template(docx_of(line), "x.docx", fields=FIELDS)
    errors = {p.code for p in problems if p.severity is Severity.ERROR}
    assert errors or line in ONLY_WHEN_FILLED
    assert errors <= TAG_CODES


ONLY_WHEN_FILLED = (
    "{{ '%1000000000d' % 1 }}",
    "{{ leden * 999999999 }}",
    "{{ 9999999999999999 * 9999999999999999 }}",
    "{{ 1|round(999999999) }}",
)
"""What only grows too large when it is worked out; it is refused then."""


TAG_CODES = {
    "LRT301",
    "LRT302",
    "LRT303",
    "LRT307",
    "LRT308",
    "LRT309",
    "LRT312",
    "LRT330",
    "LRT337",
}


def _looking(text: str, properties: str) -> bytes:
    run = f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"
    return body_of(f"<w:p>{run}<w:r><w:t> rest</w:t></w:r></w:p>")


@pytest.mark.parametrize(
    "properties", ["<w:vanish/>", '<w:sz w:val="2"/>', '<w:color w:val="FFFFFF"/>']
)
@pytest.mark.parametrize(
    ("text", "key"), [("geheim", "LRT362.tekst"), ("{{ naam }}", "LRT362.tag"), ("{# x #}", "")]
)
def test_text_that_nobody_sees_is_told_once(text: str, key: str, properties: str) -> None:
    keys = [p.key for p in check_template(_looking(text, properties), "x.docx")]
    assert [one for one in keys if one.startswith("LRT362")] == [key][: bool(key)]


@pytest.mark.parametrize(
    "properties",
    [
        *('<w:vanish w:val="0"/>', '<w:sz w:val="12"/>', '<w:color w:val="FEFEFE"/>'),
        '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="000000"/>',
        '<w:color w:val="FFFFFF"/><w:highlight w:val="darkBlue"/>',
    ],
)
def test_text_that_is_only_small_or_light_is_seen(properties: str) -> None:
    codes = {p.code for p in check_template(_looking("tekst", properties), "x.docx")}
    assert "LRT362" not in codes


def test_a_number_of_columns_is_no_number_that_is_printed() -> None:
    warnings = compile_template(docx_of(table=[["{% colspan 2 %}a", "b"]]), "x.docx").warnings
    assert warnings == ()


def test_a_tag_in_hidden_text_is_told_when_a_document_is_made_too() -> None:
    warnings = compile_template(_looking("{{ naam }}", "<w:vanish/>"), "x.docx").warnings
    assert [problem.key for problem in warnings] == ["LRT362.tag"]


@pytest.mark.parametrize(
    ("first", "even", "told"),
    [
        (True, False, []),
        (False, False, [("LRT362.first", "koptekst eerste pagina")]),
        (True, True, [("LRT362.oneven", None)]),
    ],
)
def test_a_header_that_no_page_shows_is_told_when_a_document_is_made_too(
    first: bool, even: bool, told: list[tuple[str, str | None]]
) -> None:
    document = new_document()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "{{ naam }}"
    section.header.paragraphs[0].text = "vervolg"
    section.different_first_page_header_footer = first
    document.settings.odd_and_even_pages_header_footer = even

    checked = check_template(save(document), "x.docx")
    made = compile_template(save(document), "x.docx").warnings

    for problems in (checked, made):
        found = [(p.key, p.place.part) for p in problems if p.code == "LRT362"]
        assert found == told
