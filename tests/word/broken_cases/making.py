"""Broken templates in a few lines each, and what must be told of them: no more and no less.

The base is a shipped letter with another text, so that the house style has nothing to say of its
own. A new case is a function that returns a template, under `@case` with what it must give.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from docx_making import members_of, repack

from lrtdocs.model.veld import Field, ValueKind
from lrtdocs.word.house.build import build_templates

if TYPE_CHECKING:
    from collections.abc import Callable

Told = tuple[str, str | None, int | None, str]
"""Code, part, paragraph, and the tag or words that were found."""

BODY, FIRST_HEADER, HEADER = "hoofdtekst", "koptekst eerste pagina", "koptekst vervolgpagina's"
FIRST_FOOTER, FOOTER = "voettekst eerste pagina", "voettekst vervolgpagina's"
PROPERTIES = "documenteigenschappen"


def part(
    name: str,
    kind: ValueKind = ValueKind.TEXT,
    required: bool = True,
    parts: tuple[Field, ...] = (),
    **more: Any,
) -> Field:
    return Field(name, "", kind, required, parts=parts, **more)


PAPER = (part("titel"), part("nummer", required=False))
FIELDS = (
    part("overleg", example="Landelijk overleg"),
    part("datum", ValueKind.DATE),
    part("plaats", required=False),
    part("onze_referentie", required=False),
    part("leden", ValueKind.LIST, item=ValueKind.TEXT),
    part("toelichting", ValueKind.RICH, required=False),
    part("afzender", ValueKind.BLOCK, parts=(part("directie", required=False), part("naam"))),
    part(
        "contactpersoon", ValueKind.BLOCK, False, (part("naam"), part("telefoon", required=False))
    ),
    part(
        "agendapunten",
        ValueKind.LIST,
        parts=(
            part("titel"),
            part("tijd", ValueKind.TIME, False),
            part("stukken", ValueKind.LIST, True, PAPER),
        ),
        one="punt",
    ),
)


@dataclass(frozen=True)
class Case:
    """One broken template and what must be told of it."""

    build: Callable[[], bytes]
    expected: tuple[Told, ...]
    needed: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.build.__name__.replace("_", " ")


CASES: list[Case] = []


def case(*expected: Told, needed: tuple[str, ...] = ()) -> Callable[[Callable[[], bytes]], None]:
    """Register the function below as a case that gives the problems `expected`."""

    def register(build: Callable[[], bytes]) -> None:
        CASES.append(Case(build, expected, needed))

    return register


@cache
def shipped(kind: str = "brief") -> bytes:
    """Return the template of `kind` as it is shipped."""
    return build_templates()[f"{kind}.docx"]


def letter(*blocks: str, base: bytes = b"", **parts: str) -> bytes:
    """Return a letter with a heading and `blocks` as its body: lines, or XML that begins with <.

    `parts` (first_header, header, first_footer, footer) take the place of what stands there.
    """
    base = base or shipped()
    document = members_of(base)["word/document.xml"].decode()
    head, body = document[: document.index("<w:body>") + 8], document.index("<w:sectPr>")
    text = styled("Kop van de brief", "Heading1") + "".join(map(block, blocks))
    changes = {"word/document.xml": (head + text + document[body:]).encode()}
    for key, member in _MEMBERS.items():
        content = block(parts.get(key, "")) if key in parts else styled("", "Header")
        kind = "hdr" if "header" in key else "ftr"
        whole = members_of(base)[member].decode()
        start = whole.index(">", whole.index(f"<w:{kind} ")) + 1
        changes[member] = f"{whole[:start]}{content}</w:{kind}>".encode()
    changes["docProps/core.xml"] = _title(parts.get("title", "Brief"))
    return repack(base, **changes)


_MEMBERS = {
    "first_header": "word/header1.xml",
    "header": "word/header2.xml",
    "first_footer": "word/footer1.xml",
    "footer": "word/footer2.xml",
}


def _title(text: str) -> bytes:
    whole = members_of(shipped())["docProps/core.xml"].decode()
    before = whole[: whole.index("<dc:title>")]
    return f"{before}<dc:title>{escape(text)}</dc:title></cp:coreProperties>".encode()


def block(text: str) -> str:
    """Return `text` as a paragraph, or as it is when it is XML."""
    return text if text.startswith("<w:") else styled(text)


def styled(text: str, style: str = "BodyText", before: str = "") -> str:
    """Return a paragraph in `style`; XML stays as it is, `before` comes in its properties."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{before}</w:pPr>{run(text)}</w:p>'


def run(text: str, properties: str = "") -> str:
    """Return a run of `text`, or what it is when it is XML."""
    if text.startswith("<w:") or not text:
        return text
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*pieces: str) -> str:
    """Return a paragraph of runs."""
    return styled("".join(map(run, pieces)))


def table(*rows: tuple[str, ...], header: bool = True) -> str:
    """Return a table of `rows`, the first one a header row."""
    grid = "".join('<w:gridCol w:w="2000"/>' for _ in rows[0])
    lines = []
    for number, row in enumerate(rows):
        mark = "<w:trPr><w:tblHeader/></w:trPr>" if header and number == 0 else ""
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>{block(text)}</w:tc>'
            for text in row
        )
        lines.append(f"<w:tr>{mark}{cells}</w:tr>")
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"


def floating(text: str) -> str:
    """Return a run with an old-fashioned text box that floats on the page."""
    return (
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"'
        f' style="position:absolute"><v:textbox><w:txbxContent>{block(text)}</w:txbxContent>'
        "</v:textbox></v:shape></w:pict></w:r>"
    )


def text_box(text: str) -> str:
    """Return a paragraph with an old-fashioned text box."""
    return styled(
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
        f"<w:txbxContent>{block(text)}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    ).replace("<w:r><w:r>", "<w:r>")


def control(*blocks: str, properties: str = "") -> str:
    """Return a content control around `blocks`."""
    inner = "".join(map(block, blocks))
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def field(code: str, shown: str = "x") -> str:
    """Return a field with its code and what it shows."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        mark.format("begin")
        + f'<w:r><w:instrText xml:space="preserve">{escape(code)}</w:instrText></w:r>'
        + mark.format("separate")
        + run(shown)
        + mark.format("end")
    )


def drawing(described: str = "") -> str:
    """Return a paragraph with the logo as a picture in the line."""
    wp = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    text = f' descr="{described}"' if described else ""
    return styled(
        f'<w:r><w:drawing><wp:inline xmlns:wp="{wp}"><wp:extent cx="9" cy="9"/>'
        f'<wp:docPr id="7" name="plaatje"{text}/></wp:inline></w:drawing></w:r>'
    )


def related(base: bytes, kind: str, target: str, part: str = "document") -> bytes:
    """Return `base` with a relationship rIdX of `part` to something outside."""
    member = f"word/_rels/{part}.xml.rels"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    row = (
        f'<Relationship Id="rIdX" Type="{office}{kind}" Target="{escape(target)}"'
        ' TargetMode="External"/></Relationships>'
    )
    whole = members_of(base)[member].decode()
    return repack(base, **{member: whole.replace("</Relationships>", row).encode()})


def link(text: str) -> str:
    """Return a hyperlink by the relationship rIdX."""
    r = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return f'<w:hyperlink xmlns:r="{r}" r:id="rIdX">{run(text)}</w:hyperlink>'
