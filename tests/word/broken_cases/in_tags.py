"""Mistakes in how tags are written, and in which of them belong together."""

from __future__ import annotations

from broken_cases.making import BODY, case, field, letter, paragraph, styled, table


@case(("LRT301", BODY, 2, "{{ overleg"))
def a_tag_without_end() -> bytes:
    return letter("{{ overleg")


@case(("LRT301", BODY, 2, "{# nooit dicht"))
def a_comment_without_end() -> bytes:
    return letter("{# nooit dicht")


@case(("LRT301", BODY, 2, "{% if plaats }"))
def a_control_with_one_brace_too_few_counts_as_a_beginning() -> bytes:
    return letter("{% if plaats }", "tekst", "{% endif %}")


@case(("LRT330", BODY, 2, "{{ overleg }"))
def a_value_with_one_brace_too_few() -> bytes:
    return letter("Het {{ overleg } van")


@case(("LRT330", BODY, 2, "{{ overleg }"))
def a_value_that_swallows_the_next_one() -> bytes:
    return letter("{{ overleg } en {{ datum }}")


@case(("LRT330", BODY, 2, "{ overleg }"))
def a_word_in_single_braces() -> bytes:
    return letter("Het { overleg } van")


@case(("LRT330", BODY, 2, "{overleg}}"))
def a_word_with_one_brace_before_it() -> bytes:
    return letter("Het {overleg}} van")


@case(("LRT330", BODY, 2, "}}"))
def an_end_without_a_tag() -> bytes:
    return letter("Het overleg }} van")


@case(("LRT330", BODY, 2, "%}"))
def a_control_without_its_first_brace() -> bytes:
    return letter("% overleg %}")


@case(("LRT330", BODY, 2, "{if plaats}"))
def a_block_in_single_braces_counts_as_a_beginning() -> bytes:
    return letter("{if plaats} tekst {% endif %}")


@case(("LRT303", BODY, 2, "{%p if contactpersoon and contactpersoon.telefoon %}"))
def what_a_block_without_end_asked_for_is_not_told_as_empty() -> bytes:
    return letter(
        "{%p if contactpersoon and contactpersoon.telefoon %}",
        "Bel {{ contactpersoon.telefoon }}.",
    )


@case(("LRT331", BODY, 2, "{%pfor punt in agendapunten %}"))
def a_for_glued_to_the_p() -> bytes:
    return letter("{%pfor punt in agendapunten %}", "{{ punt.titel }}", "{%p endfor %}")


@case(("LRT331", BODY, 4, "{%pendif %}"))
def an_endif_glued_to_the_p() -> bytes:
    return letter("{%p if plaats %}", "tekst", "{%pendif %}")


@case(("LRT331", BODY, 4, "{%trfor lid in leden %}"))
def a_for_glued_to_the_tr() -> bytes:
    return letter(
        table(
            ("Naam", "x"),
            ("{%trfor lid in leden %}", ""),
            ("{{ lid }}", "y"),
            ("{%tr endfor %}", ""),
        )
    )


@case(("LRT331", BODY, 2, "{% p if plaats %}"))
def a_space_before_the_p() -> bytes:
    return letter("{% p if plaats %}", "tekst", "{%p endif %}")


@case(("LRT332", BODY, 2, "{% if leden | length ≥ 3 %}"))
def an_autocorrected_greater_or_equal() -> bytes:
    return letter("{% if leden | length ≥ 3 %}x{% endif %}")


@case(("LRT332", BODY, 2, "{% if overleg ≠ 'x' %}"))
def an_autocorrected_unequal() -> bytes:
    return letter("{% if overleg ≠ 'x' %}x{% endif %}")


@case(("LRT332", BODY, 2, "{{ 2 × 3 }}"))
def an_autocorrected_times() -> bytes:
    return letter("{{ 2 × 3 }}")


@case(("LRT302", BODY, 2, "{{ }}"))
def an_empty_tag() -> bytes:
    return letter("{{ }}")


@case(("LRT302", BODY, 2, "{% %}"))
def an_empty_control() -> bytes:
    return letter("{% %}")


@case(("LRT302", BODY, 2, "{% fro punt in agendapunten %}"))
def a_misspelt_for_is_still_a_loop() -> bytes:
    return letter("{% fro punt in agendapunten %}{{ punt.titel }}{% endfor %}")


@case(("LRT302", BODY, 2, "{% als plaats %}"))
def a_dutch_if() -> bytes:
    return letter("{% als plaats %}x{% endif %}")


@case(("LRT302", BODY, 2, "{% if plaats = 'Ede' %}"))
def a_single_equals_sign() -> bytes:
    return letter("{% if plaats = 'Ede' %}x{% endif %}")


@case(("LRT302", BODY, 2, "{% if plaats en overleg %}"))
def a_dutch_and() -> bytes:
    return letter("{% if plaats en overleg %}x{% endif %}")


@case(("LRT302", BODY, 2, "{% else if overleg %}"))
def an_else_if_in_two_words() -> bytes:
    return letter("{% if plaats %}a{% else if overleg %}b{% endif %}")


@case(("LRT302", BODY, 2, "{% for punt on agendapunten %}"))
def a_loop_with_the_wrong_little_word() -> bytes:
    return letter("{% for punt on agendapunten %}{{ punt.titel }}{% endfor %}")


@case(("LRT302", BODY, 2, "{% for agendapunten %}"))
def a_loop_without_a_variable_tells_nothing_of_it() -> bytes:
    return letter("{% for agendapunten %}{{ regel.titel }}{% endfor %}")


@case(("LRT302", BODY, 2, "{{ onze referentie }}"))
def a_word_with_a_space_in_it() -> bytes:
    return letter("{{ onze referentie }}")


@case(("LRT302", BODY, 2, "{{ overleg | }}"))
def a_filter_without_a_name() -> bytes:
    return letter("{{ overleg | }}")


@case(("LRT302", BODY, 2, "{{ 'open }}"))
def a_text_without_its_second_quote() -> bytes:
    return letter("{{ 'open }}")


@case(("LRT302", BODY, 2, "{% endif plaats %}"))
def an_endif_with_something_behind_it() -> bytes:
    return letter("{% if plaats %}x{% endif plaats %}")


@case(("LRT303", BODY, 2, "{% if plaats %}"))
def an_if_without_end_is_told_where_it_begins() -> bytes:
    return letter("{% if plaats %}", "tekst", "meer tekst")


@case(("LRT303", BODY, 2, "{%p for punt in agendapunten %}"))
def a_loop_without_end_still_knows_its_variable() -> bytes:
    return letter("{%p for punt in agendapunten %}", "{{ punt.titel }}")


@case(("LRT303", BODY, 3, "{% endif %}"))
def an_endif_without_a_beginning() -> bytes:
    return letter("tekst", "{% endif %}")


@case(("LRT303", BODY, 2, "{% else %}"))
def an_else_outside_a_block() -> bytes:
    return letter("{% else %}")


@case(("LRT303", BODY, 2, "{% for lid in leden %}"))
def a_loop_that_ends_with_endif() -> bytes:
    return letter("{% for lid in leden %}{{ lid }}{% endif %}")


@case(("LRT303", BODY, 2, "{% if plaats %}"))
def an_if_that_ends_with_endfor() -> bytes:
    return letter("{% if plaats %}x{% endfor %}")


@case(("LRT303", BODY, 2, "{% for lid in leden %}"))
def blocks_that_cross_are_one_problem() -> bytes:
    return letter("{% if plaats %}{% for lid in leden %}{{ lid }}{% endif %}{% endfor %}")


@case(
    ("LRT303", BODY, 2, "{% endfor %}"),
    ("LRT303", BODY, 3, "{% if plaats %}"),
    ("LRT302", BODY, 4, "{{ datum datum }}"),
    ("LRT309", BODY, 5, "{{ plats }}"),
    ("LRT304", BODY, 6, "{{ overleg }}"),
    ("LRT308", BODY, 8, "{{ overleg._x }}"),
)
def independent_mistakes_are_told_together() -> bytes:
    return letter(
        "{% endfor %}",
        "{% if plaats %}",
        "{{ datum datum }}",
        "{{ plats }}",
        "{%p if plaats %}{{ overleg }}",
        "{%p endif %}",
        "{{ overleg._x }}",
    )


@case(("LRT307", BODY, 2, "{{ datum | datumm }}"))
def a_misspelt_filter() -> bytes:
    return letter("{{ datum | datumm }}")


@case(("LRT307", BODY, 2, "{{ datum | date }}"))
def the_english_name_of_a_filter() -> bytes:
    return letter("{{ datum | date }}")


@case(("LRT307", BODY, 2, "{{ overleg | safe }}"))
def a_filter_that_lrtdocs_does_without() -> bytes:
    return letter("{{ overleg | safe }}")


@case(("LRT307", BODY, 2, "{% if plaats is leegg %}"))
def a_misspelt_test() -> bytes:
    return letter("{% if plaats is leegg %}x{% endif %}")


@case(("LRT308", BODY, 2, "{{ overleg.upper() }}"))
def a_call_is_unsafe() -> bytes:
    return letter("{{ overleg.upper() }}")


@case(("LRT308", BODY, 2, "{{ overleg.__class__ }}"))
def a_name_with_underscores_is_unsafe() -> bytes:
    return letter("{{ overleg.__class__ }}")


@case(("LRT308", BODY, 2, "{% set x = 1 %}"))
def a_set_is_unsafe() -> bytes:
    return letter("{% set x = 1 %}tekst")


@case(("LRT308", BODY, 2, "{% include 'x' %}"))
def an_include_is_unsafe() -> bytes:
    return letter("{% include 'x' %}")


@case(("LRT333", BODY, 2, "«Overleg»"))
def a_merge_field_as_text() -> bytes:
    return letter("Het «Overleg» van")


@case(("LRT334", BODY, 2, "[onze referentie]"))
def a_placeholder_in_brackets() -> bytes:
    return letter("Kenmerk: [onze referentie] [sic]")


@case(("LRT334", BODY, 2, "<overleg>"))
def a_placeholder_in_angles() -> bytes:
    return letter("Het <overleg> van")


@case()
def what_the_engine_forgives_is_no_problem() -> bytes:
    return letter(
        "{{ “x” ~ ‘y’ }}{% if\u00a0plaats %}a{% endif\u00a0%}",
        "{%p\u00a0if plaats %}",
        "tekst {1, 2} [1] <b> en {_{ geen tag }_}",
        "{%p endif %}",
        paragraph("{", "{ over", "leg }", "}"),
    )


@case()
def escaped_braces_are_text() -> bytes:
    return letter(
        "{% raw %}{{ overleg }}{% endraw %}",
        "{_{ overleg }_} en {_% if plaats %_}",
        "{% raw %}{overleg}{% endraw %}",
    )


@case(("LRT301", BODY, 2, "{% if plaats }"))
def a_control_with_one_sign_too_few_in_a_sentence() -> bytes:
    return letter("Hallo {% if plaats }te {{ plaats }}{% endif %}.")


@case(("LRT330", BODY, 2, "{{ overleg %}"))
def a_value_that_ends_as_an_order() -> bytes:
    return letter("Het {{ overleg %} van {{ datum | datum }}")


@case(("LRT302", BODY, 2, "{{ if plaats }}"), ("LRT302", BODY, 2, "{{ endif }}"))
def a_condition_between_the_braces_of_a_value() -> bytes:
    return letter("{{ if plaats }}x{{ endif }}")


@case(
    ("LRT302", BODY, 2, "{{ for p in leden }}"),
    ("LRT302", BODY, 2, "{{ else }}"),
    ("LRT302", BODY, 2, "{{ endfor }}"),
)
def a_loop_between_the_braces_of_a_value() -> bytes:
    return letter("{{ for p in leden }}{{ p }}{{ else }}y{{ endfor }}")


@case(("LRT302", BODY, 2, "{% end if %}"))
def an_end_in_two_words() -> bytes:
    return letter("{% if plaats %}x{% end if %}")


@case(("LRT302", BODY, 2, "{%If plaats%}"), ("LRT302", BODY, 2, "{%EndIf%}"))
def orders_with_capitals() -> bytes:
    return letter("{%If plaats%}x{%EndIf%}")


@case(("LRT303", BODY, 2, "{% else %}"))
def two_times_else_in_one_block() -> bytes:
    return letter("{% if plaats %}x{% else %}y{% else %}z{% endif %}")


@case(("LRT333", BODY, 2, "MERGEFIELD Overleg"))
def a_merge_field_that_shows_its_name() -> bytes:
    shown = "<w:r><w:t>«Overleg»</w:t></w:r>"
    return letter(styled(f'<w:fldSimple w:instr=" MERGEFIELD Overleg ">{shown}</w:fldSimple>'))


@case(("LRT333", BODY, 2, "MERGEFIELD Overleg"))
def a_long_merge_field_that_shows_its_name() -> bytes:
    return letter(styled(field(" MERGEFIELD Overleg ", "«Overleg»")))
