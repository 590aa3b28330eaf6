"""The Python way in: bytes in, bytes out, the same calls the commands make."""

from __future__ import annotations

import pickle
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx_making import change

import lrtdocs
from lrtdocs.errors import ExitCode

EXAMPLE = Path(__file__).parent.parent / "examples/2025-03-19-lrt.yaml"


def word_template(text: str) -> bytes:
    document = Document()
    document.add_paragraph(text)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def test_every_public_name_is_there() -> None:
    for name in lrtdocs.__all__:
        assert getattr(lrtdocs, name)


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="lrtdocs"):
        _ = lrtdocs.agenda


def test_a_meeting_becomes_bytes_without_touching_the_disk() -> None:
    before = sorted(EXAMPLE.parent.iterdir())
    assert Document(BytesIO(lrtdocs.render_one(EXAMPLE, "verslag"))).paragraphs
    assert sorted(EXAMPLE.parent.iterdir()) == before


def test_a_meeting_with_errors_raises_all_its_problems(tmp_path: Path) -> None:
    path = tmp_path / "fout.yaml"
    path.write_text("overleg: X\ndatum: 2025-02-30\nplats: Y\n", encoding="utf-8")
    with pytest.raises(lrtdocs.LrtdocsError) as raised:
        lrtdocs.render_one(path, "agenda")
    problems = raised.value.problems  # type: ignore[attr-defined]
    assert [problem.place.line for problem in problems] == [1, 2, 3]
    assert lrtdocs.check(path) == problems


def test_another_kind_of_document_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="agenda, nazending, verslag"):
        lrtdocs.render_one(EXAMPLE, "brief")


def test_a_mailing_becomes_letters_in_a_folder_and_a_report(tmp_path: Path) -> None:
    mailing = EXAMPLE.with_name("taakstelling-2025-II.yaml")
    report = lrtdocs.render_many(mailing, tmp_path / "uit", only=["GM0518", "Urk"])
    assert isinstance(report, lrtdocs.Report)
    assert (report.total, report.made, report.failed) == (2, 2, 0)
    assert report.exit_code == ExitCode.DONE
    names = {path.name for path in (tmp_path / "uit").glob("*.docx")}
    assert names == {"GM0518-'s-Gravenhage.docx", "GM0184-Urk.docx"}


def test_a_mailing_with_errors_makes_no_folder_and_reports_them(tmp_path: Path) -> None:
    path = tmp_path / "fout.yaml"
    path.write_text("sjabloon: brief\nontvangers: nergens.csv\n", encoding="utf-8")
    report = lrtdocs.render_many(path, tmp_path / "uit")
    assert report.exit_code == ExitCode.PROBLEMS
    assert report.problems
    assert not (tmp_path / "uit").exists()


def test_any_template_is_filled_with_any_words() -> None:
    filled = lrtdocs.fill(word_template("Beste {{ naam }}"), {"naam": "B&W <x>"})
    assert Document(BytesIO(filled)).paragraphs[0].text == "Beste B&W <x>"


def test_a_word_that_is_not_given_is_an_error_with_its_place() -> None:
    with pytest.raises(lrtdocs.LrtdocsError, match=r"hoofdtekst, alinea 1.*naam") as raised:
        lrtdocs.fill(word_template("Beste {{ naam }}"), {"name": "Jan"})
    assert raised.value.exit_code == ExitCode.TEMPLATE


def test_a_list_of_recipients_is_checked_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "lijst.csv"
    row = "GM0106;Assen;Postbus 1;9401 AB;Assen"
    path.write_text(
        f"code;gemeente;postbus;postcode;plaats\n{row}\n{row}\n"
        "GM0034;Ede;Postbus 1;6710 AB;Ede\nGM0228;Ede;Postbus 1;1300;Ede\n",
        encoding="utf-8",
    )
    told = [(problem.code, problem.place.line) for problem in lrtdocs.check(path)]
    assert told == [("LRT628", 3), ("LRT630", 4), ("LRT620", 5)]


@pytest.mark.parametrize(
    ("template", "words", "wrong"),
    [(None, {}, "NoneType"), ("brief.docx", {}, "str"), (b"", ["naam"], "list")],
)
def test_fill_with_a_wrong_kind_of_argument_says_which_kind_it_takes(
    template: object, words: object, wrong: str
) -> None:
    with pytest.raises(TypeError, match=f"not {wrong}$"):
        lrtdocs.fill(template, words)  # type: ignore[arg-type]


def test_a_compiled_template_is_filled_many_times_and_knows_its_words() -> None:
    template = lrtdocs.compile(word_template("Beste {{ naam }}"))
    assert isinstance(template, lrtdocs.Template)
    assert {word: [p.paragraph for p in at] for word, at in template.words.items()} == {"naam": [1]}
    assert template.problems == ()
    for name in ("Jan", "Piet"):
        document = Document(BytesIO(template.fill({"naam": name})))
        assert document.paragraphs[0].text == f"Beste {name}"


def test_a_compiled_template_goes_to_another_process() -> None:
    template = lrtdocs.compile(word_template("Beste {{ naam }}"), trusted=True)
    again = pickle.loads(pickle.dumps(template))
    assert again.fill({"naam": "Jan"}) == template.fill({"naam": "Jan"})


def test_a_template_with_errors_is_not_compiled() -> None:
    with pytest.raises(lrtdocs.LrtdocsError) as raised:
        lrtdocs.compile(word_template("{% if naam %}"))
    assert [problem.code for problem in raised.value.problems] == ["LRT303"]


def test_an_error_keeps_its_cause() -> None:
    with pytest.raises(lrtdocs.LrtdocsError) as raised:
        lrtdocs.fill(word_template("{{ naam | datum }}"), {"naam": "Jan"})
    assert raised.value.__cause__ is not None


def test_a_picture_that_the_template_has_not_is_an_error() -> None:
    with pytest.raises(lrtdocs.LrtdocsError) as raised:
        lrtdocs.fill(word_template("x"), {}, pictures={"logo": b""})
    assert [(p.code, p.fields["name"]) for p in raised.value.problems] == [("LRT321", "logo")]


def test_what_was_changed_in_a_template_is_a_warning() -> None:
    template = change(word_template("x"), "word/document.xml", "<w:p>", "<w:p><w:ins/>")
    assert [problem.code for problem in lrtdocs.compile(template).problems] == ["LRT317"]
    with pytest.warns(lrtdocs.TemplateWarning, match="LRT317"):
        lrtdocs.fill(template, {})
