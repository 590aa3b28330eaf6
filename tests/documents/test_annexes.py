from __future__ import annotations

from meeting_papers import read_meeting

from lrtdocs.documents.annexes import gather_annexes

HEAD = "overleg: LRT\ndatum: 2025-06-18\n"


def gather(text: str) -> list[tuple[str, str | None]]:
    model, problems = read_meeting(HEAD + text)
    assert model is not None, problems
    return [(stuk.name, stuk.bijlage.bestand) for stuk in gather_annexes(model)]


def test_an_annex_of_an_item_and_of_the_meeting_is_one_and_its_file_counts() -> None:
    text = """bijlagen:
  - {nummer: 1, titel: Verslag van de vorige LRT, bestand: v.pdf}
  - {titel: Memo}
agendapunten:
  - titel: a
    bijlagen: [{nummer: 1, titel: verslag}]
  - titel: b
    bijlagen: [{titel: memo, bestand: m.pdf}, {nummer: 1, titel: verslag}]
"""
    assert gather(text) == [("Bijlage 1: Verslag van de vorige LRT", "v.pdf"), ("memo", "m.pdf")]


def test_two_papers_are_never_taken_for_one() -> None:
    text = """bijlagen:
  - {nummer: 2, titel: Plan, bestand: d.pdf}
agendapunten:
  - titel: a
    bijlagen: [{nummer: 2, titel: Nota, bestand: a.pdf}, {titel: Brief, bestand: e.pdf}]
  - titel: b
    bijlagen: [{nummer: 2, titel: Kaart, bestand: b.pdf}, {titel: Brief, bestand: f.pdf}]
  - titel: c
    bijlagen: [{nummer: 4, titel: Lijst}, {nummer: 3, titel: Nota, bestand: a.pdf}]
"""
    assert [file for _, file in gather(text)] == [
        *("a.pdf", "e.pdf", "b.pdf", "f.pdf", None, "a.pdf", "d.pdf")
    ]


def test_an_annex_that_is_confidential_anywhere_is_so() -> None:
    text = """bijlagen: [{nummer: 1, titel: a}, {nummer: 2, titel: b}, c]
agendapunten:
  - {titel: x, vertrouwelijk: ja, bijlagen: [{nummer: 1, titel: z}],
     subpunten: [{titel: y, bijlagen: [C]}]}
  - {titel: x, subpunten: [{titel: y, vertrouwelijk: ja, bijlagen: [{nummer: 2, titel: q}]}]}
"""
    model, _ = read_meeting(HEAD + text)
    assert model is not None
    assert [stuk.confidential for stuk in gather_annexes(model)] == [True, True, True]
