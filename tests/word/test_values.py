"""Values in the document: every character kept, nothing read as a tag or as XML."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import docx
import pytest
from docx_making import WORDS, docx_of, fill, filled, problems_of, texts
from hypothesis import given, settings
from hypothesis import strategies as st

from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.fill.render import render

NASTY = "B&W <ministerie> \"Jan\" & 'Piet' ½ 😀"


@pytest.mark.parametrize(
    "value",
    [
        NASTY,
        "{{ 7*7 }}",
        "{_{ naam }_}",
        "{% endif %}",
        "</w:t></w:r></w:p>",
        "&amp;",
        "  voor en  achter  ",
        "\U000f0000" + "0" + "\U000f0000",
        "a\u00adb\u00a0c\u202ed",
        "]]>",
        "regel 1\nregel 2\tna tab",
        "العربية 漢字 ไทย",
    ],
)
def test_a_value_stands_verbatim_in_the_document(value: str) -> None:
    template = docx_of("x{{ naam }}y", header="{{ naam }}", table=[["{{ naam }}"]])
    document = fill(template, {"naam": value})
    assert texts(document) == [f"x{value}y"]
    assert document.sections[0].header.paragraphs[0].text == value
    assert document.tables[0].cell(0, 0).text == value


TWICE = compile_template(docx_of("[{{ naam }}]", "{{ naam }}"), "x.docx")
PRINTABLE = st.text(
    st.characters(
        exclude_categories=["Cs"],
        exclude_characters=[*map(chr, range(32)), "\ufffe", "\uffff"],
    )
    | st.sampled_from("\n\t{}%#_<>&\"'\U000f0000\ue000")
)


@given(PRINTABLE)
@settings(max_examples=80, deadline=None)
def test_any_text_survives_into_the_document_and_back(value: str) -> None:
    out = render(TWICE, {"naam": value})
    assert texts(docx.Document(io.BytesIO(out))) == [f"[{value}]", value]


@pytest.mark.parametrize("bad", ["a\x00b", "a\x0bb", "a\x0cb", "\x1b", "\ud83d", "\ufffe"])
def test_a_character_no_document_can_hold_is_refused_with_its_word(bad: str) -> None:
    words = {**WORDS, "punten": [{"titel": "ok"}, {"titel": "ok"}, {"titel": bad}]}
    problems = problems_of(docx_of("{{ naam }}"), words)
    assert [(p.code, p.found) for p in problems] == [("LRT313", "punten[2].titel")]


def test_bad_characters_from_the_template_itself_are_refused_too() -> None:
    problems = problems_of(docx_of(r"{{ 'a\x00b' }}"))
    assert [p.code for p in problems] == ["LRT313"]


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("{{ d }}", "14 maart 2025"),
        ("{{ d | datum }}", "14 maart 2025"),
        ("{{ d | datum_kort }}", "14-3-2025"),
        ("{{ '2025-03-14' | datum }}", "14 maart 2025"),
        ("{{ '14 maart 2025' | datum_kort }}", "14-3-2025"),
        ("{{ t }}", "10.00 uur"),
        ("{{ '10:00' | tijd }}", "10.00 uur"),
        ("{{ '10:00-11:30' | tijd }}", "10.00-11.30 uur"),
        ("{{ 8500 | getal }} {{ 13000 | getal }}", "8500 13.000"),
        ("{{ '13.000' | getal }}", "13.000"),
        ("{{ 25451.73 | bedrag }}", "€\u00a025.451,73"),
        ("{{ '25.451,73' | bedrag }}", "€\u00a025.451,73"),
        ("{{ dec | bedrag }}", "€\u00a01,50"),
        ("{{ 2 | telwoord }}", "twee"),
        ("{{ leden | opsomming }}", "Jan, Piet en Klaas"),
        ("{{ 'geheim' | hoofdletters }}", "GEHEIM"),
        ("{{ none | datum }}{{ none | getal }}{{ none | tijd }}{{ none | opsomming }}.", "."),
        ("{{ true }}", "ja"),
        ("{{ leeg }}.", "."),
        ("{{ leden | join(' / ') }}", "Jan / Piet / Klaas"),
        ("{{ punten | map(attribute='titel') | opsomming }}", "Opening en Sluiting"),
        ("{{ onbekend | default('niets') }}", "niets"),
        ("{{ 'ja' if onbekend is defined else 'nee' }}", "nee"),
        ("{{ (getal + 2) * 2 // 3 % 1000 }}", "668"),
        ("{{ 'a' + 'b' ~ 3 }}", "ab3"),
        ("{{ blok.items }} {{ blok.keys }}", "5 6"),
    ],
)
def test_filters_and_values_print_as_dutch_people_write(tag: str, text: str) -> None:
    words = {
        **WORDS,
        "d": dt.date(2025, 3, 14),
        "t": dt.time(10),
        "dec": Decimal("1.5"),
        "blok": {"items": 5, "keys": 6},
    }
    assert filled(tag, words=words) == [text]


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (dt.datetime(2025, 3, 1, 10, 0, tzinfo=dt.UTC), "1 maart 2025 10.00 uur"),
        (dt.datetime(2025, 3, 1, tzinfo=dt.UTC), "1 maart 2025"),
    ],
)
def test_a_moment_is_printed_with_its_time_unless_that_is_midnight(
    moment: dt.datetime, shown: str
) -> None:
    assert filled("{{ naam }}", words={"naam": moment}) == [shown]


@pytest.mark.parametrize("value", [dt.timedelta(1), float("nan"), float("inf"), Decimal("NaN")])
def test_a_value_that_python_shows_its_own_way_is_refused(value: object) -> None:
    (problem,) = problems_of(docx_of("{{ naam }}"), {"naam": value})
    assert problem.code == "LRT314"
    assert problem.remedy.startswith("Geef ")


@pytest.mark.parametrize(
    ("tag", "code", "told"),
    [
        ("{{ rij[3] }}", "LRT310", "De lijst in deze tag is te kort: onderdeel [3] is er niet."),
        ("{% if aantal > 'a' %}x{% endif %}", "LRT311", "niet met elkaar te vergelijken."),
        ("{{ tekstje + aantal }}", "LRT311", "Met + kan de tekst 'x' niet bij een getal."),
    ],
)
def test_what_does_not_fit_while_filling_is_told_in_dutch(tag: str, code: str, told: str) -> None:
    words = {"rij": ["a"], "aantal": 3, "tekstje": "x"}
    (problem,) = problems_of(docx_of(tag), words)
    assert problem.code == code
    assert problem.message.endswith(told)
    assert problem.remedy
