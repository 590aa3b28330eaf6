"""Templates that mean harm: refused, and within a second."""

from __future__ import annotations

import sys
import time

import pytest
from docx_making import WORDS, body_of, docx_of, fill, filled, paragraph_of, problems_of, texts

from lrtdocs.errors import TemplateProblemsError
from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.fill.render import render
from lrtdocs.word.values.context import Limits

A_MINUTE = 60  # seconds; a bomb takes hours, a slow machine must not fail
REFUSED = [
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ naam['__class__'] }}",
    "{{ naam['__cl' ~ 'ass__'] }}",
    "{{ naam|attr('__class__') }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum }}",
    "{{ namespace }}",
    "{{ self }}",
    "{{ self._TemplateReference__context }}",
    "{{ config.items() }}",
    "{{ naam.format(naam) }}",
    "{{ '{0.__class__}'.format(naam) }}",
    "{{ ('%s' % naam).format_map }}",
    "{{ leden.append('EVIL') }}",
    "{{ leden.clear() }}",
    "{{ punten[0].update({'a': 1}) }}",
    "{{ naam.upper() }}",
    "{{ naam.upper }}",
    "{{ loop.cycle('a') }}",
    "{% for i in range(10**9) %}{% endfor %}",
    "{{ 'x'|center(2*10**9) }}",
    "{{ 'x'|indent(2*10**9) }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ 'x' * 10**9 }}",
    "{{ leden * 999999999 }}",
    "{{ 9**9**9 }}",
    "{{ 9999999999999999 * 9999999999999999 }}",
    "{{ [1]|slice(10**9)|list }}",
    "{{ [1]|batch(10**9, 'x')|list }}",
    "{{ 1|round(10**9) }}",
    "{{ 1|round(999999999) }}",
    "{{ leden|map('center', 999999999)|join }}",
    "{{ leden|map(attribute='__class__')|list }}",
    "{{ leden|map('attr', '__class__')|list }}",
    "{{ leden|select('callable')|list }}",
    "{{ naam|pprint }}",
    "{{ naam|safe }}",
    "{{ naam|tojson }}",
    "{{ naam|xmlattr }}",
    "{{ leden|random }}",
    "{% set x = 1 %}",
    "{% macro m() %}{% endmacro %}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% from 'os' import path %}",
    "{% extends 'x' %}",
    "{% call x() %}{% endcall %}",
    "{% filter upper %}x{% endfilter %}",
    "{% with a = 1 %}{% endwith %}",
    "{% block b %}{% endblock %}",
    "{% autoescape false %}{{ naam }}{% endautoescape %}",
    "{% for a in leden recursive %}{{ loop(leden) }}{% endfor %}",
    "{% do leden.append(1) %}",
    "{{ _lrtdocs }}",
    "{{ naam|_blocks(0) }}",
    "{{ naam|_text }}",
    "{{ x" + ".a" * 5000 + " }}",
    "{{ " + "(" * 500 + "1" + ")" * 500 + " }}",
    "{{ " + "9" * 5000 + " }}",
    "{{ 'a'|replace('a', big)|replace('b', big)|replace('b', big) }}",
    "{{ leden|join(big)|join(big)|join(big) }}",
    "".join(f"{{% for a{i} in lang %}}" for i in range(6)) + "x" + "{% endfor %}" * 6,
    "{% for a in leden %}" * 30 + "{% endfor %}" * 30,
    "{{ ('" + "a" * 1500 + "'|replace('a', big))|list|map('replace', 'a', big)|list|length }}",
    "{{ (big|replace('b', big[:40]))|list|length }}",
    "{{ [" + "teller," * 400 + "]|sum(start=[])|length }}",
    "{{ [" + "teller," * 400 + "]|map('string')|list|length }}",
    "{{ " + " ~ ".join(["big"] * 500) + " }}",
    "{{ leden|map('join', big)|list }}",
    "{{ leden|map(naam)|list }}",
    "{{ '" + "\\'" * 30000 + " }}",
    "{{(}}" * 2000,
    "{{ naam }}" * 12000,
]


@pytest.mark.parametrize("line", REFUSED, ids=lambda value: value[:45])
def test_a_hostile_tag_is_refused_in_time(line: str) -> None:
    words = {**WORDS, "big": "b" * 2000, "lang": ["x"] * 200, "teller": list(range(300_000))}
    start = time.perf_counter()
    assert problems_of(docx_of(line), words)
    assert time.perf_counter() - start < A_MINUTE


def test_a_filter_over_a_list_watches_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[render.__module__], "LIMITS", Limits(seconds=0.2))
    words = {"x": list(range(60000))}
    problems = problems_of(docx_of("{{ x|select('in', x)|list|length }}"), words)
    assert [(p.code, p.place.paragraph) for p in problems] == [("LRT312", 1)]


def test_a_template_with_too_many_tags_is_refused_with_a_remedy() -> None:
    data = body_of(paragraph_of("{% if 1 %}" * 5250 + "x") * 4)
    assert [(p.code, p.place.part) for p in problems_of(data)] == [("LRT312", "hoofdtekst")]


def test_many_tags_cost_little_each() -> None:
    start = time.perf_counter()
    assert not problems_of(body_of(paragraph_of("{{ naam }}") * 5000))
    assert time.perf_counter() - start < A_MINUTE


def test_lists_that_hold_themselves_do_no_harm() -> None:
    loop: list[object] = ["a"]
    loop += [loop, loop]
    assert filled("{{ x[1][1][0] }}", words={"x": loop}) == ["a"]


def test_data_is_not_changed_by_a_trusted_template() -> None:
    template = docx_of("{{ leden.append('EVIL') }}")
    with pytest.raises(TemplateProblemsError):
        render(compile_template(template, "x.docx", trusted=True), WORDS)
    assert WORDS["leden"] == ["Jan", "Piet", "Klaas"]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("{% set x = 3 %}{{ x + 1 }}", "4"),
        ("{% macro m(a) %}<{{ a }}>{% endmacro %}{{ m('b') }}", "<b>"),
        ("{{ naam.upper() }}", "JAN"),
        ("{% with a = 1 %}{{ a }}{% endwith %}", "1"),
        ("{{ 'x'|center(3) }}.", " x ."),
        ("{% for k, v in punten[0].items() %}{{ k }} {% endfor %}", "titel leden tijd "),
    ],
)
def test_a_trusted_template_has_the_rest_of_the_language(line: str, text: str) -> None:
    assert texts(fill(docx_of(line), trusted=True)) == [text]


@pytest.mark.parametrize(
    "line", ["{{ ''.__class__.__mro__ }}", "{{ naam|attr('__class__') }}", "{{ lipsum() }}"]
)
def test_a_trusted_template_is_still_in_the_sandbox(line: str) -> None:
    with pytest.raises(TemplateProblemsError):
        render(compile_template(docx_of(line), "x.docx", trusted=True), WORDS)


def test_data_is_never_rendered_twice() -> None:
    document = ["{{ naam }}", "{% for l in leden %}{{ l }}{% endfor %}"]
    words = {"naam": "{{ 7*7 }}{% if %}", "leden": ["{{ naam }}", "{_{ x }_}"]}
    assert filled(*document, words=words) == ["{{ 7*7 }}{% if %}", "{{ naam }}{_{ x }_}"]


def test_a_macro_with_paragraphs_is_printed_as_paragraphs_or_refused() -> None:
    lines = ["{%p macro m(a) %}", "<{{ a }}>", "{%p endmacro %}", "{{p m('b') }}"]
    assert texts(fill(docx_of(*lines), trusted=True)) == ["<b>"]
    with pytest.raises(TemplateProblemsError) as caught:
        fill(docx_of(*lines[:3], "x {{ m('b') }}"), trusted=True)
    assert caught.value.problems[0].code == "LRT314"
