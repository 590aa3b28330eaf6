"""PDFs of a run: letters come back in their order, whatever the batches they went in."""

from lrtdocs.messages import Fault
from lrtdocs.run.letters.convert import Converter, tell_apart


class _Bulk:
    batch_size = 100


def _share(count, workers):
    converter = object.__new__(Converter)
    converter._workers, converter._conversions = workers, _Bulk()
    return list(converter._share(range(count)))


def test_all_workers_get_equally_many_letters_to_the_last():
    shares = _share(342, workers=2)

    assert [len(letters) for letters in shares] == [100, 100, 71, 71]
    assert [letter for letters in shares for letter in letters] == list(range(342))


def test_a_few_letters_are_not_worth_a_second_libreoffice():
    assert [len(letters) for letters in _share(3, workers=8)] == [3]
    assert [len(letters) for letters in _share(30, workers=8)] == [15, 15]


def test_letters_that_were_converted_apart_are_counted_with_the_first_of_each_kind_of_reason():
    field = Fault("deel.apart_veld", {"field": "DATE"})
    (problem,) = tell_apart({field: 20, Fault("deel.apart_voetnoten"): 1}, "brief.docx")

    assert (problem.key, problem.severity, problem.place.file) == ("LRT426", "tip", "brief.docx")
    assert problem.fields == {"n": 21, "reasons": "het veld DATE; voetnoten"}


def test_when_all_letters_were_converted_together_nothing_is_told():
    assert tell_apart({}, "brief.docx") == []
