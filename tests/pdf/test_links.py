from io import BytesIO

import pikepdf
import pytest
import verapdf
from pdf_converting import convert_kept
from pdf_documents import TOOLTIP, build_link
from pdf_trees import build_pdf
from pikepdf import Array, Dictionary, Name, NumberTree
from structure import read_outline

from lrtdocs.pdf.structure.repair import join_links
from lrtdocs.pdf.structure.tree import Tree, link_annotations

ADDRESS = "https://www.rijksoverheid.nl"


def open_with_links(*addresses):
    """Return an open PDF with one paragraph of links, one for each of `addresses`."""
    links = [("Link", "half") for _ in addresses]
    pdf = pikepdf.open(BytesIO(build_pdf(("Document", [("P", links)]))))
    tree = Tree(pdf)
    parents = []
    for number, (found, address) in enumerate(zip(tree.find("Link"), addresses, strict=True)):
        action = Dictionary({"/S": Name.URI, "/URI": address})
        annotation = pdf.make_indirect(Dictionary({"/StructParent": number, "/A": action}))
        found["/K"] = Array([0, Dictionary({"/Type": Name.OBJR, "/Obj": annotation})])
        parents += [number, found]
    pdf.Root.StructTreeRoot["/ParentTree"] = Dictionary({"/Nums": Array(parents)})
    return pdf, tree


def test_the_lines_of_one_link_become_one_link_clickable_on_each():
    pdf, tree = open_with_links(ADDRESS, ADDRESS, ADDRESS)
    join_links(tree)
    (found,) = tree.find("Link")

    assert len(link_annotations(found)) == 3
    assert [tree.role(kid) for kid in tree.walk(found)] == ["Span", "Span"]
    parents = NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    assert {parents[number].objgen for number in range(3)} == {found.objgen}


@pytest.mark.parametrize("addresses", [(ADDRESS, f"{ADDRESS}/jenv"), ("", "")])
def test_links_to_two_places_stay_two_links(addresses):
    _, tree = open_with_links(*addresses)
    join_links(tree)

    assert len(list(tree.find("Link"))) == 2


@pytest.fixture(scope="module")
def long_link():
    """A PDF with one link that runs over three lines."""
    return convert_kept([build_link("een lange omschrijving van het stuk " * 6)])[0]


@pytest.mark.office
def test_a_link_over_three_lines_is_read_once_and_clickable_on_each(long_link):
    with pikepdf.open(BytesIO(long_link)) as pdf:
        found = list(Tree(pdf).find("Link"))
        annotations = [annotation for page in pdf.pages for annotation in page.obj["/Annots"]]

        assert len(found) == 1
        assert len(link_annotations(found[0])) == len(annotations) == 3
        assert {str(annotation["/Contents"]) for annotation in annotations} == {TOOLTIP}
    assert read_outline(long_link).count("een lange omschrijving van het stuk") > 6


@pytest.mark.office
@pytest.mark.verapdf
@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_verapdf_passes_a_link_over_three_lines(long_link, tmp_path, flavour):
    path = tmp_path / "koppeling.pdf"
    path.write_bytes(long_link)

    assert verapdf.failed_rules(path, flavour) == []
