"""Whatever is in a list, a template or a meeting: what the check passes, the run makes in silence.

LRTDOCS_EXAMPLES asks for more examples than the few of each run of the tests.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from docx_making import new_document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mailing_making import MAILING, run

from lrtdocs.api.checking import check
from lrtdocs.api.documents import make_documents
from lrtdocs.errors import ExitCode, Severity

if TYPE_CHECKING:
    from lrtdocs.errors import Problem

EXAMPLES = int(os.environ.get("LRTDOCS_EXAMPLES", "12"))
odd = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
CELLS = ["", "ja", "Nee", "WAAR", "misschien", "0", "1.204", "€ 12,50", "23,8%", "n.v.t.", "-",
         "2025-03-01", "31 juni 2025", "18-06-2025", "a & b", "{naam}",
         "é", "=1", " x ", "12e"]  # fmt: skip
PRINTS = ["{{ a }}", "{{ a | bedrag }}", "{{ b | datum }}", "{{ a | int }}", "{{ b ~ a }}",
          "{{ ontvanger.b }}", "{{ a | default('-') }}", "{{ b or a }}", "{{ velden.v }}",
          "{{ v }}", "{{ betreft }}", "{{ v | link }}", "{naam}", "«Naam»", "[a]", "{{ 2024 }}",
          "Een zin."]  # fmt: skip
CONDITIONS = ["a", "b == 'ja'", "a > 10", "b != 'Nee'", "not a", "tekst_tot_slot", "kopie_aan",
              "a in ['ja', 'x']", "a and b", "v", "b is defined", "loop is defined"]  # fmt: skip
VALUES = ["", "ja", "x", "www.x.nl", "memo.pdf", "{{ naam }}", "{naam}", "«a»", "2025-03-01", "#a"]


@st.composite
def paragraphs(draw: st.DrawFn) -> str:
    """Draw the text of a paragraph of a template."""
    text = draw(st.sampled_from(PRINTS))
    if draw(st.booleans()):
        text = f"{{% if {draw(st.sampled_from(CONDITIONS))} %}}Tekst {text}"
        text += draw(st.sampled_from(["", "{% else %}Anders."])) + "{% endif %}"
    return text


def serious(problems: list[Problem]) -> set[tuple[str, str, str]]:
    """Return the errors and warnings among `problems`."""
    told = (one for one in problems if one.severity is not Severity.TIP)
    return {(one.key, str(one.severity), str(one.place)) for one in told}


@odd
@given(
    st.lists(st.tuples(st.sampled_from(CELLS), st.sampled_from(CELLS)), min_size=1, max_size=4),
    st.lists(paragraphs(), max_size=4),
    st.sampled_from(VALUES),
)
def test_the_run_of_a_mailing_tells_what_its_check_tells(
    rows: list[tuple[str, str]], texts: list[str], value: str
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "huisstijl.yaml").write_text("afzenders: {a: {team: T}}\n", encoding="utf-8")
        document = new_document()
        for text in ["Aan {{ naam }}", *texts]:
            document.add_paragraph(text)
        document.save(str(folder / "brief.docx"))
        with (folder / "lijst.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(["naam", "adres", "postcode", "plaats", "a", "b"])
            writer.writerows([f"N{i}", "Straat 1", "1234 AB", "Ede", *row]
                             for i, row in enumerate(rows))  # fmt: skip
        path = folder / "m.yaml"
        path.write_text(f"{MAILING}velden: {{v: '{value}'}}\n", encoding="utf-8")
        checked = serious(check(path))
        outcome = run(path, folder / "uit")
        assert serious(outcome.problems) <= checked
        if not checked:
            assert outcome.exit_code == ExitCode.DONE
            assert outcome.made == len(rows)


@odd
@given(
    st.sampled_from(["", *VALUES]),
    st.sampled_from(["", *VALUES]),
    st.sampled_from(["{{ overleg }}", "{overleg}", "«plaats»", "{{ plaats | datum }}", "{{ x }}"]),
    st.booleans(),
    st.sampled_from(["agenda", "verslag"]),
)
def test_the_run_of_a_meeting_tells_what_its_check_tells(
    link: str, title: str, text: str, said: bool, kind: str
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "huisstijl.yaml").write_text("afzenders: {a: {team: T}}\n", encoding="utf-8")
        if "overleg }}" not in text:
            (folder / "sjablonen").mkdir()
            document = new_document()
            document.add_paragraph(text)
            document.save(str(folder / "sjablonen" / "agenda.docx"))
        path = folder / "v.yaml"
        minutes = "    verslag: Besproken.\n" if said or kind == "verslag" else ""
        path.write_text(
            "overleg: O\ndatum: 2025-06-18\ndagtekening: 2025-06-18\nplaats: Ede\n"
            "aanwezig: [A (B)]\nagendapunten:\n"
            f"  - titel: 'T {title}'\n    bijlagen: [{{titel: b, link: '{link}'}}]\n{minutes}",
            encoding="utf-8",
        )
        checked = serious(check(path))
        outcome = make_documents([path], kind)
        assert serious(outcome.problems) <= checked
        if not checked:
            assert outcome.exit_code == ExitCode.DONE
            assert len(outcome.written) == 1
