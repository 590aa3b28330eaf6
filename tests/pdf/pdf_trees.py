"""Small tagged PDFs made by hand, for tests of what LibreOffice does not (or no longer) write.

A tree is written as nested tuples, `("P", "text")` or `("L", [("LI", [...])])`; keys of a
third, optional dict go into the element as they are ("/Alt") or as attributes ("Scope").
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

ROLES = Dictionary(
    {
        "/Standard": Name.P,
        "/List 1 Cont.": Name.P,
        "/List 2 Cont.": Name.P,
        "/Round": Name("/About"),
        "/About": Name("/Round"),
    }
)


def build_pdf(*tops: tuple[Any, ...], title: str = "Titel", language: str = "nl-NL") -> bytes:
    """Return a PDF of one empty page with `tops` as its structure tree."""
    target = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root["/Lang"] = language
        if title:
            pdf.docinfo["/Title"] = title
        if tops:
            root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, RoleMap=ROLES))
            root["/K"] = Array([_element(pdf, root, top) for top in tops])
            pdf.Root["/StructTreeRoot"] = root
        pdf.save(target)
    return target.getvalue()


def _element(pdf: pikepdf.Pdf, parent: pikepdf.Object, made: tuple[Any, ...]) -> pikepdf.Object:
    role, inside, extra = (*made, {}, {})[:3] if len(made) > 1 else (made[0], "", {})
    element = pdf.make_indirect(Dictionary({"/S": Name(f"/{role}"), "/P": parent}))
    element["/Pg"] = pdf.pages[0].obj
    for key, value in extra.items():
        if key.startswith("/"):
            element[key] = value
        else:
            given = Name(f"/{value}") if isinstance(value, str) else value
            element["/A"] = Dictionary({"/O": Name.Layout, f"/{key}": given})
    if isinstance(inside, str):
        if inside:
            element["/K"] = 0
            element["/ActualText"] = inside
    else:
        element["/K"] = Array([_element(pdf, element, kid) for kid in inside])
    return element
