"""What the check tells people to write: a remedy is never itself a mistake."""

from __future__ import annotations

import pytest
from broken_cases.making import FIELDS, letter
from docx_making import docx_of, problems_of

from lrtdocs.errors import Severity
from lrtdocs.word.check.template import check_template


def told_of(*blocks: str, needed: tuple[str, ...] = ()) -> list[str]:
    """Return the remedies for a letter with `blocks`."""
    problems = check_template(letter(*blocks), "brief.docx", fields=FIELDS, needed=needed)
    return [problem.remedy for problem in problems]


def test_a_word_that_may_be_empty_keeps_its_filter() -> None:
    (remedy,) = told_of("Te {{ plaats | hoofdletters }}")
    assert "{% if plaats %}" in remedy
    assert "{{ plaats | hoofdletters }}" in remedy
    assert " or " not in remedy


def test_a_word_that_is_missed_is_given_as_it_is_printed() -> None:
    needed = ("datum", "leden", "toelichting", "agendapunten[].tijd")
    remedies = told_of("{{ overleg }}", "{% for p in agendapunten %}x{% endfor %}", needed=needed)
    assert [remedy.removeprefix("Zet ").partition(" (elk")[0] for remedy in sorted(remedies)] == [
        "in de lus over agendapunten {% if punt.tijd %}{{ punt.tijd | tijd }}{% endif %}.",
        "{%p for regel in leden %}, {{ regel }} en {%p endfor %}",
        "{%p if toelichting %}, {{ toelichting | tekst }} en {%p endif %}",
        "{{ datum | datum }} op zijn plaats.",
    ]


def test_what_is_wrong_with_a_tag_is_told_in_dutch() -> None:
    deep = "(" * 500 + "1" + ")" * 500
    for tag in ("{{ overleg | datum( }}", "{{ overleg and }}", f"{{{{ {deep} }}}}"):
        (problem,) = check_template(letter(tag), "brief.docx", fields=FIELDS)
        assert problem.code == "LRT302"
        assert not any(word in problem.message for word in ("expected", "Error", "teken het"))
        assert not problem.remedy.startswith("Vergelijk")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("{%p- if naam %}", "{%p if naam %}"),
        ("{%- p if naam %}", "{%p if naam %}"),
        ("{{{ naam }}}", "{{ naam }}"),
        ("{ { naam } }", "{{ naam }}"),
        ("${naam}", "{{ naam }}"),
        ("{{ naam }", "{{ naam }}"),
        ("{{ =naam }}", "{{ naam }}"),
        ("{{ naam; }}", "{{ naam }}"),
        ("{{ 'a }}", "{{ 'a' }}"),
        ("{{ naam ? 'a' : 'b' }}", "{{ 'a' if naam else 'b' }}"),
        ("{{#if naam}}", "{% if naam %}"),
        ("{{#each leden}}", "{% for regel in leden %}"),
        ("{{/if}}", "{% endif %}"),
        ("{% if naam then %}", "{% if naam %}"),
        ("{% if naam <> 'x' %}", "{% if naam != 'x' %}"),
        ("{% if getal > 1,5 %}", "{% if getal > 1.5 %}"),
    ],
)
def test_a_tag_of_elsewhere_is_told_with_the_one_that_works(written: str, meant: str) -> None:
    """When a document is made as well, where nobody has run the check before."""
    closing = "{%p endif %}" if "{%p" in meant else "{% endfor %}" if "for" in meant else ""
    closing = closing or ("{% endif %}" if "{% if" in meant else "")
    opening = "{% if naam %}" if "end" in meant else ""

    def remedies(tag: str) -> set[str]:
        return {p.remedy for p in problems_of(docx_of(f"{opening}{tag}", "x", closing))}

    checked = check_template(docx_of(written), "x.docx")
    assert f"Schrijf {meant}." in {problem.remedy for problem in checked}
    if written != "${naam}":  # printed as it stands, where no words are known
        assert f"Schrijf {meant}." in remedies(written)
    assert remedies(meant) == set()


@pytest.mark.parametrize(
    "text",
    [
        *("[plaats]", "<plaats>", "<<plaats>>", "«plaats»", "[[plaats]]", "%plaats%", "#plaats#"),
        *("$plaats$", "$(plaats)", "<%= plaats %>", "__plaats__", "{!plaats!}", "${plaats}"),
        *("((plaats))", "{[plaats]}", "{(plaats)}"),
    ],
)
def test_a_word_as_other_programs_write_it_is_told_once(text: str) -> None:
    (problem,) = check_template(letter(f"Te {text}"), "brief.docx", fields=FIELDS)
    assert "Schrijf" in problem.remedy
    assert "{{ plaats }}" in problem.remedy
    assert problem.severity is Severity.WARNING


@pytest.mark.parametrize(
    "text",
    [
        *("[sic]", "(plaats)", "20 % plaats 10 %", "post@plaats.nl en @plaats", "€ 5 # 3"),
        *("plaats", "een__twee", "100%", "a | plaats | b", "$ 5", "{1, 2}", "x_plaats_y"),
    ],
)
def test_text_that_only_looks_like_one_is_left_alone(text: str) -> None:
    assert check_template(letter(f"Te {text}"), "brief.docx", fields=FIELDS) == []


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ("{{ 2 * 13.000 }}", 1),
        ("{{ 2 * 13.5 }}", 0),
        ("{{ 2 * 13.0000 }}", 0),
        ("{{ '13.000' }}", 0),
    ],
)
def test_a_point_for_thousands_is_told(tag: str, told: int) -> None:
    problems = check_template(letter(tag), "brief.docx", fields=FIELDS)
    assert [problem.key for problem in problems] == ["LRT356.duizend"] * told


@pytest.mark.parametrize("tag", ["{{ naam if }}", "{{ naam endif }}", "{% endcomment %}"])
def test_what_cannot_be_guessed_is_not_guessed(tag: str) -> None:
    problems = check_template(docx_of(tag), "x.docx")
    wrong = ("naam_if", "naam_endif", "endset")
    assert not any(word in problem.remedy for word in wrong for problem in problems)


@pytest.mark.parametrize(("tag", "end"), [("{% endfi %}", "endif"), ("{% endfro %}", "endfor")])
def test_an_end_that_is_nearly_right_is_known(tag: str, end: str) -> None:
    remedies = {problem.remedy for problem in check_template(docx_of(tag), "x.docx")}
    assert f"Schrijf {{% {end} %}}." in remedies


def test_a_merge_field_becomes_a_word_of_the_document() -> None:
    assert told_of("«OnzeReferentie»") == ["Schrijf {{ onze_referentie }}."]
    assert told_of("«Eigen Veld»") == ["Schrijf {{ eigen_veld }}."]


def test_a_filter_on_a_block_names_the_part_that_it_is_made_for() -> None:
    loop = "{%p for punt in agendapunten %}", "{{ punt | tijd }}", "{%p endfor %}"
    (remedy,) = told_of(*loop)
    shown = "{% if punt.tijd %}{{ punt.tijd | tijd }}{% endif %}"
    assert remedy == f"Kies een onderdeel, zoals {shown}, of gebruik een lus."
