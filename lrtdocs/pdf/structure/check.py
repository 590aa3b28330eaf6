"""What is wrong with a PDF for someone who cannot see it: our own look at the structure.

A validator does not see lost links, skipped headings or a picture without words; these checks
do. A PDF with problems is still made and can be read on paper, so all of them are warnings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO

from pikepdf import Dictionary, Object, Pdf

from lrtdocs.errors import Place, Problem, Severity
from lrtdocs.pdf.structure.metadata import claims_of
from lrtdocs.pdf.structure.text import PageTexts, has_private_signs
from lrtdocs.pdf.structure.tree import HEADINGS, Tree, attribute, elements, kids


class CleanPdf(bytes):
    """A PDF fresh from `make_accessible`, in which these checks found nothing."""

    __slots__ = ()


def check_pdf(data: bytes, name: str) -> list[Problem]:
    """Return what keeps the PDF `data`, called `name`, from being accessible.

    A `CleanPdf` was looked at when it was made; it is not looked at again.
    """
    if isinstance(data, CleanPdf):
        return []
    with Pdf.open(BytesIO(data)) as pdf:
        problems = structure_problems(pdf, name)
        if not problems and not {"PDF/UA-1", "PDF/A-2A"} <= claims_of(pdf):
            problems.append(
                _problem(
                    "LRT420",
                    "Deze PDF belooft niet dat hij toegankelijk is (PDF/UA-1 en PDF/A-2a).",
                    "maak de PDF met LibreOffice 25.2 of nieuwer",
                )(name)
            )
        return problems


def structure_problems(
    pdf: Pdf, name: str, texts: PageTexts | None = None, tree: Tree | None = None
) -> list[Problem]:
    """Return the problems in the structure of the open `pdf`, called `name`.

    `texts` and `tree` save reading again what has been read already.
    """
    if tree is None:
        tree = Tree(pdf)
        tree.settle()
    checks = [_check_document(pdf), _check_fonts(pdf)]
    if tree.document is None:
        checks.append(iter([_NO_TAGS]))
    else:
        checks += [
            _check_headings(tree),
            _check_lists(tree),
            _check_tables(tree),
            _check_figures(tree),
            _check_links(pdf, tree),
            _check_signs(tree, texts or PageTexts(pdf)),
        ]
    return [make(name) for check in checks for make in check]


_Maker = Callable[[str], Problem]


def _problem(
    code: str, message: str, remedy: str, *, expected: str = "", found: str = ""
) -> _Maker:
    """Return a function that makes the problem once the name of the file is known."""

    def make(name: str) -> Problem:
        return Problem(code, Place(name), message, expected, found, remedy, Severity.WARNING)

    return make


_NO_TAGS = _problem(
    "LRT410",
    "De PDF heeft geen structuur: een schermlezer kan hem niet voorlezen.",
    "maak de PDF met LibreOffice 25.2 of nieuwer",
)


def _check_document(pdf: Pdf) -> Iterator[_Maker]:
    language = str(pdf.Root.get("/Lang", ""))
    if not language.lower().startswith("nl"):
        yield _problem(
            "LRT415",
            "De taal van de PDF is niet Nederlands; een schermlezer spreekt hem verkeerd uit.",
            "zet in het sjabloon de taal van de standaardtekst op Nederlands (nl-NL)",
            expected="nl-NL",
            found=language or "geen taal",
        )
    if not str(pdf.docinfo.get("/Title", "")).strip():
        yield _problem(
            "LRT416",
            "De PDF heeft geen titel.",
            "vul in het sjabloon de titel in (Bestand, Info, Eigenschappen)",
        )


def _check_headings(tree: Tree) -> Iterator[_Maker]:
    before = 0
    for heading in tree.find(*HEADINGS):
        level = int(tree.role(heading)[1])
        if level > before + 1:
            yield _problem(
                "LRT411",
                "Er is een kopniveau overgeslagen.",
                "gebruik in het sjabloon de kopstijlen op volgorde: Kop 1, Kop 2, Kop 3",
                expected=f"Kop {before + 1}",
                found=f"Kop {level}",
            )
        before = level


def _check_lists(tree: Tree) -> Iterator[_Maker]:
    for element in tree.find("L"):
        for item in elements(element):
            parts = [tree.role(part) for part in elements(item)]
            if tree.role(item) == "L" or {"Lbl", "LBody"} <= set(parts):
                continue
            yield _problem(
                "LRT412",
                "Een lijst in de PDF heeft een onderdeel zonder nummer of streepje.",
                "gebruik in het sjabloon de lijststijlen (Lijstopsomteken, Lijstnummering)",
                expected="Lbl en LBody",
                found=", ".join(parts) or tree.role(item),
            )
            break


def _check_tables(tree: Tree) -> Iterator[_Maker]:
    for table in tree.find("Table"):
        rows = [row for row in tree.walk(table) if tree.role(row) == "TR"]
        if not all(elements(row) for row in rows):
            yield _problem(
                "LRT422",
                "Een tabel in de PDF mist rijen die wel in het Word-document staan.",
                "sta in het sjabloon toe dat rijen van de tabel over twee pagina's lopen",
            )
        headers = [cell for cell in tree.walk(table) if tree.role(cell) == "TH"]
        if not headers or any(attribute(cell, "/Scope") is None for cell in headers):
            yield _problem(
                "LRT413",
                "Een tabel in de PDF heeft geen kopcellen.",
                "zet in het sjabloon bij de eerste rij 'Herhalen als veldnamenrij' aan",
            )


def _check_figures(tree: Tree) -> Iterator[_Maker]:
    for figure in tree.find("Figure"):
        if not str(figure.get("/Alt", "")).strip():
            yield _problem(
                "LRT414",
                "Een afbeelding heeft geen alternatieve tekst.",
                "geef de afbeelding in het sjabloon een alternatieve tekst of maak haar decoratief",
            )


def _check_links(pdf: Pdf, tree: Tree) -> Iterator[_Maker]:
    tagged = {
        kid["/Obj"].objgen
        for link in tree.find("Link")
        for kid in kids(link)
        if isinstance(kid, Dictionary) and "/Obj" in kid
    }
    for annotation in _all_links(pdf):
        if annotation.objgen not in tagged or "/StructParent" not in annotation:
            yield _problem(
                "LRT418",
                "Een koppeling in de PDF is niet bereikbaar voor een schermlezer.",
                "maak de PDF met LibreOffice 25.2 of nieuwer",
            )
        elif not str(annotation.get("/Contents", "")).strip():
            yield _problem(
                "LRT419",
                "Een koppeling in de PDF heeft geen beschrijving.",
                "geef de koppeling in het sjabloon scherminfo",
            )


def _all_links(pdf: Pdf) -> Iterator[Object]:
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", []):
            if annotation.get("/Subtype") == "/Link":
                yield annotation


def _check_signs(tree: Tree, texts: PageTexts) -> Iterator[_Maker]:
    for element in tree.walk():
        if has_private_signs(texts.own_text(element)) and "/ActualText" not in element:
            yield _problem(
                "LRT421",
                "De PDF bevat een teken uit een symboollettertype; een schermlezer kent het niet.",
                "gebruik in het sjabloon gewone tekens, zoals - of •",
                found=" ".join(texts.own_text(element).split())[:40],
            )


def _check_fonts(pdf: Pdf) -> Iterator[_Maker]:
    loose = sorted(
        {
            str(font.get("/BaseFont", "")).lstrip("/")
            for font in _all_fonts(pdf)
            if not _embedded(font)
        }
    )
    if loose:
        yield _problem(
            "LRT417",
            "Niet alle lettertypen staan in de PDF; elders kan hij er anders uitzien.",
            "kies in het sjabloon een lettertype dat ingesloten mag worden",
            found=", ".join(loose),
        )


def _all_fonts(pdf: Pdf) -> Iterator[Object]:
    seen: set[tuple[int, int]] = set()
    for page in pdf.pages:
        for font in (page.resources.get("/Font") or Dictionary()).values():
            if font.objgen not in seen:
                seen.add(font.objgen)
                yield font


def _embedded(font: Object) -> bool:
    for part in font.get("/DescendantFonts", [font]):
        descriptor = part.get("/FontDescriptor")
        if descriptor is None:
            return bool(font.get("/Subtype") == "/Type3")
        if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            return False
    return True
