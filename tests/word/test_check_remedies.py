"""What the check tells people to write: a remedy is never itself a mistake."""

from __future__ import annotations

from broken_cases.making import FIELDS, letter

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


def test_a_merge_field_becomes_a_word_of_the_document() -> None:
    assert told_of("«OnzeReferentie»") == ["Schrijf {{ onze_referentie }}."]
    assert told_of("«Eigen Veld»") == ["Schrijf {{ eigen_veld }}."]
