"""Words that the document does not know, or not as the template thinks."""

from __future__ import annotations

from broken_cases.making import BODY, case, letter, styled, table


@case(("LRT309", BODY, 2, "{{ overlegg }}"))
def an_unknown_word() -> bytes:
    return letter("{{ overlegg }}")


@case(("LRT309", BODY, 2, "{{ afzender.directi }}"))
def an_unknown_part() -> bytes:
    return letter("{{ afzender.directi }}")


@case(("LRT309", BODY, 2, "{{ p.titl }}"))
def an_unknown_part_of_a_loop_variable() -> bytes:
    return letter("{% for p in agendapunten %}{{ p.titl }}{% endfor %}")


@case(("LRT309", BODY, 2, "{{ s.titl }}"))
def an_unknown_part_in_a_loop_in_a_loop() -> bytes:
    return letter(
        "{% for p in agendapunten %}{% for s in p.stukken %}{{ s.titl }}{% endfor %}{% endfor %}"
    )


@case(("LRT309", BODY, 2, "{{ p.titel }}"))
def a_loop_variable_behind_its_loop() -> bytes:
    return letter("{% for p in agendapunten %}x{% endfor %}{{ p.titel }}")


@case(("LRT309", BODY, 2, "{{ loop.indx }}"))
def an_unknown_part_of_loop() -> bytes:
    return letter("{% for p in leden %}{{ loop.indx }}{% endfor %}")


@case(("LRT309", BODY, 2, "{{ loop.index }}"))
def loop_outside_a_loop() -> bytes:
    return letter("{{ loop.index }}")


@case(("LRT309", BODY, 2, "{% for p in agendapunten | sort(attribute='titl') %}"))
def an_unknown_part_to_sort_by() -> bytes:
    return letter("{% for p in agendapunten | sort(attribute='titl') %}{{ p.titel }}{% endfor %}")


@case(("LRT309", BODY, 2, "{% if afzender.directi %}"))
def an_unknown_part_in_a_condition() -> bytes:
    return letter("{% if afzender.directi %}x{% endif %}")


@case(("LRT309", BODY, 2, "{{ titel }}"))
def a_part_without_its_loop() -> bytes:
    return letter("{{ titel }}")


@case(("LRT337", BODY, 2, "{{ agendapunten }}"))
def a_list_printed_as_text() -> bytes:
    return letter("{{ agendapunten }}")


@case(("LRT337", BODY, 2, "{{ afzender }}"))
def a_block_printed_as_text() -> bytes:
    return letter("{{ afzender }}")


@case(("LRT337", BODY, 2, "{% for x in overleg %}"))
def a_loop_over_a_text() -> bytes:
    return letter("{% for x in overleg %}{{ x }}{% endfor %}")


@case(("LRT337", BODY, 2, "{% for x in afzender %}"))
def a_loop_over_a_block() -> bytes:
    return letter("{% for x in afzender %}{{ x }}{% endfor %}")


@case(("LRT337", BODY, 2, "{{ agendapunten.titel }}"))
def a_part_of_a_list() -> bytes:
    return letter("{{ agendapunten.titel }}")


@case(("LRT337", BODY, 2, "{{ overleg.naam }}"))
def a_part_of_a_text() -> bytes:
    return letter("{{ overleg.naam }}")


@case(("LRT337", BODY, 2, "{{ overleg | opsomming }}"))
def a_text_as_an_enumeration() -> bytes:
    return letter("{{ overleg | opsomming }}")


@case(("LRT337", BODY, 2, "{{ agendapunten | datum }}"))
def a_list_as_a_date() -> bytes:
    return letter("{{ agendapunten | datum }}")


@case(("LRT337", BODY, 2, "{{ toelichting }}"))
def a_formatted_text_without_its_filter() -> bytes:
    return letter(
        "{{ toelichting }}", "{%p if toelichting %}", "{{ toelichting | tekst }}", "{%p endif %}"
    )


@case(("LRT335", BODY, 2, "{{ contactpersoon.naam }}"))
def a_part_of_what_may_be_absent() -> bytes:
    return letter("{{ contactpersoon.naam }}")


@case(("LRT335", BODY, 2, "{{ contactpersoon.telefoon }}"))
def a_label_for_a_contact_who_may_be_absent() -> bytes:
    return letter("Contactpersoon {{ contactpersoon.telefoon }}")


@case(("LRT335", BODY, 2, "{{ plaats }}"))
def a_label_that_may_stay_alone() -> bytes:
    return letter("Plaats: {{ plaats }}")


@case(("LRT335", BODY, 3, "{{ onze_referentie }}"))
def a_label_above_that_may_stay_alone() -> bytes:
    return letter("Onze referentie", "{{ onze_referentie }}")


@case(("LRT335", BODY, 5, "{{ plaats }}"))
def a_row_that_may_stay_empty() -> bytes:
    return letter(table(("Gegeven", "Waarde"), ("Plaats", "Plaats: {{ plaats }}")))


@case(("LRT336", None, None, "datum"), needed=("datum", "overleg"))
def a_word_that_cannot_be_missed() -> bytes:
    return letter("{{ overleg }}")


@case(("LRT336", None, None, "agendapunten.titel"), needed=("agendapunten", "agendapunten[].titel"))
def a_loop_without_what_matters() -> bytes:
    return letter("{% for p in agendapunten %}punt{% endfor %}")


@case(needed=("overleg|datum",))
def one_of_two_words_is_enough() -> bytes:
    return letter("{{ datum | datum }}")


@case()
def words_that_are_asked_for_first_are_right() -> bytes:
    return letter(
        "{% if plaats %}Plaats: {{ plaats }}{% endif %}",
        "{%p if contactpersoon %}",
        "{{ contactpersoon.naam }}{% if contactpersoon.telefoon %} T {{ contactpersoon.telefoon }}"
        "{% endif %}",
        "{%p endif %}",
        "{{ contactpersoon.naam if contactpersoon else 'onbekend' }}",
        styled("{{ plaats or 'onbekend' }}"),
    )


@case(("LRT337", BODY, 2, "{{ leden or 'onbekend' }}"))
def a_list_with_a_text_behind_or() -> bytes:
    return letter("{{ leden or 'onbekend' }}")


@case()
def a_word_that_may_be_empty_with_a_text_behind_or() -> bytes:
    return letter("Te {{ plaats or 'onbekend' }}")


@case(("LRT335", BODY, 2, "{{ plaats }}"))
def a_word_that_may_be_empty_is_told_once() -> bytes:
    return letter("Te {{ plaats }}", "Ook te {{ plaats }}")


@case(("LRT337", BODY, 2, "{{ overleg | datum }}"))
def a_text_as_a_date() -> bytes:
    return letter("{{ overleg | datum }}")


@case(("LRT337", BODY, 2, "{{ overleg | getal }}"))
def a_text_as_a_number() -> bytes:
    return letter("{{ overleg | getal }}")


@case(("LRT337", BODY, 2, "{{ datum | bedrag }}"))
def a_date_as_an_amount() -> bytes:
    return letter("{{ datum | bedrag }}")


@case(("LRT337", BODY, 2, "{{ overleg + 1 }}"))
def a_text_and_a_number_added() -> bytes:
    return letter("{{ overleg + 1 }}")


@case(("LRT337", BODY, 2, "{{ agendapunten | opsomming }}"))
def a_list_of_blocks_as_a_phrase() -> bytes:
    return letter("{{ agendapunten | opsomming }}")


@case(("LRT337", BODY, 2, "{% if datum > 'a' %}"))
def a_date_compared_with_a_text() -> bytes:
    return letter("{% if datum > 'a' %}x{% endif %}")


@case()
def what_a_filter_made_may_be_read_again() -> bytes:
    return letter("{{ datum | datum | datum_kort }} {{ overleg + ' 1' }}")


@case(("LRT335", BODY, 2, "{{ leden[3] }}"))
def an_item_that_may_not_be_there() -> bytes:
    return letter("{{ leden[3] }}{% if leden | length > 2 %}{{ leden[2] }}{% endif %}")


@case(("LRT314", BODY, 2, "{{ toelichting | tekst }}"))
def a_text_of_paragraphs_with_words_beside_it() -> bytes:
    return letter("{% if toelichting %}Let op: {{ toelichting | tekst }}{% endif %}")


@case()
def a_text_of_paragraphs_with_only_its_condition_beside_it() -> bytes:
    return letter("{% if toelichting %}{{ toelichting | tekst }}{% endif %}")
