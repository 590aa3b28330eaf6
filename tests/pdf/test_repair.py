from io import BytesIO

import pikepdf
from pdf_trees import build_pdf
from pikepdf import NameTree
from structure import read_outline

from lrtdocs.pdf.structure.repair import repair_structure
from lrtdocs.pdf.structure.text import PageTexts
from lrtdocs.pdf.structure.tree import Tree, attribute


def test_a_frame_is_read_before_the_paragraph_it_hangs_on():
    frame = ("Div", [("P", "afzender")])

    assert _repaired(("Standard", [("Span", "tekst"), frame])) == [
        "Div",
        '  P "afzender"',
        'P "tekst"',
        '  Span "tekst"',
    ]


def test_frames_keep_their_own_order_and_an_empty_anchor_disappears():
    frames = [("Div", [("P", "afzender")]), ("Div", [("H1", "verslag")])]

    assert _repaired(("P", frames), ("P", "romp")) == [
        "Div",
        '  P "afzender"',
        "Div",
        '  H1 "verslag"',
        'P "romp"',
    ]


def test_a_frame_in_a_frame_comes_before_its_own_anchor():
    inner = ("Div", [("P", "binnen")])
    outer = ("Div", [("P", [("Span", "buiten"), inner])])

    assert _repaired(("P", [("Span", "romp"), outer])) == [
        "Div",
        "  Div",
        '    P "binnen"',
        '  P "buiten"',
        '    Span "buiten"',
        'P "romp"',
        '  Span "romp"',
    ]


def test_a_numbered_list_goes_inside_the_bullet_before_it():
    assert _repaired(_list("-", 0, "een"), _list("1.", 18, "eerst"), _list("-", 0, "twee")) == [
        "L",
        "  LI",
        '    Lbl "-"',
        "    LBody",
        '      P "een"',
        "      L",
        "        LI",
        '          Lbl "1."',
        "          LBody",
        '            P "eerst"',
        "  LI",
        '    Lbl "-"',
        "    LBody",
        '      P "twee"',
    ]


def test_lists_nest_by_their_indent():
    lines = _repaired(_list("-", 0, "a"), _list("1.", 18, "b"), _list("-", 36, "c"))

    assert _depths(lines, "L") == [0, 3, 6]


def test_a_list_that_was_interrupted_by_a_nested_one_goes_on():
    lines = _repaired(_list("1.", 0, "a"), _list("-", 18, "b"), _list("2.", 0, "c"))

    assert _depths(lines, "L") == [0, 3]
    assert _depths(lines, "LI") == [1, 4, 1]


def test_a_list_that_starts_at_1_again_stays_a_list_of_its_own():
    lines = _repaired(_list("1.", 0, "a"), _list("-", 18, "b"), _list("1.", 0, "c"))

    assert _depths(lines, "L") == [0, 3, 0]


def test_a_paragraph_between_two_lists_keeps_them_apart():
    lines = _repaired(_list("-", 0, "a"), ("P", "tussen"), _list("1.", 18, "b"))

    assert _depths(lines, "L") == [0, 0]


def test_a_further_paragraph_of_an_item_goes_inside_the_item():
    further = ("List 1 Cont.", "vervolg", {"StartIndent": 18})

    lines = _repaired(_list("-", 0, "a"), further, _list("-", 0, "b"))

    assert lines[4:6] == ['      P "a"', '      P "vervolg"']
    assert _depths(lines, "LI") == [1, 1]


def test_a_further_paragraph_after_a_nested_list_belongs_to_the_outer_item():
    outer, inner = (
        ("List 1 Cont.", "buiten", {"StartIndent": 18}),
        ("List 2 Cont.", "binnen", {"StartIndent": 36}),
    )

    lines = _repaired(_list("-", 0, "a"), _list("1.", 18, "b"), inner, outer, _list("-", 0, "c"))

    assert [line.strip() for line in lines if "P " in line] == [
        'P "a"',
        'P "b"',
        'P "binnen"',
        'P "buiten"',
        'P "c"',
    ]
    assert _depths(lines, "P") == [3, 6, 6, 3, 3]


def test_an_item_outside_any_list_goes_on_in_the_list_of_its_indent():
    further = ("List 2 Cont.", "vervolg", {"StartIndent": 36})
    (item,) = _list("-", 0, "vier")[1]

    lines = _repaired(
        _list("-", 0, "een"), _list("-", 18, "twee"), further, _list("-", 18, "drie"), item
    )

    assert _depths(lines, "L") == [0, 3]
    assert [line.strip() for line in lines if 'P "' in line] == [
        'P "een"',
        'P "twee"',
        'P "vervolg"',
        'P "drie"',
        'P "vier"',
    ]
    assert _depths(lines, "P") == [3, 6, 6, 6, 3]


def test_an_item_without_any_list_gets_one():
    (item,) = _list("-", 0, "los")[1]

    assert _depths(_repaired(("P", "voor"), item), "L") == [0]


def test_a_further_paragraph_without_a_list_before_it_stays_where_it_is():
    assert _repaired(("List 1 Cont.", "los", {"StartIndent": 18})) == ['P "los"']


def test_every_list_says_how_it_is_numbered():
    kinds = {
        "1.": "Decimal",
        "a.": "LowerAlpha",
        "iv.": "LowerRoman",
        "B": "UpperAlpha",
        "-": "None",
    }

    assert {label: _numbering(label) for label in kinds} == kinds


def test_a_bullet_from_a_symbol_font_is_called_a_bullet():
    assert '    Lbl "•"' in _repaired(_list("\uf0b7", 0, "a"))


def test_labels_and_values_in_two_columns_become_row_headers():
    rows = [("TR", [("TD", [("P", "Datum")]), ("TD", [("P", "19 maart")])])]

    assert "    TH Scope=Row" in _repaired(("Table", rows))


def test_a_table_with_a_header_row_is_left_alone():
    head = ("TR", [("TH", [("P", "Nr")], {"Scope": "Column"}), ("TH", [("P", "Wie")])])
    row = ("TR", [("TD", [("P", "1")]), ("TD", [("P", "Faber")])])

    assert _depths(_repaired(("Table", [head, row])), "TD") == [2, 2]


def test_cells_of_two_records_in_a_row_tell_which_headers_are_their_own():
    heads = [("TH", [("P", text)], {"Scope": "Column"}) for text in ("Naam", "Aantal") * 2]
    cells = [("TD", [("P", text)]) for text in ("Aalten", "20", "Almere", "165")]
    lone = [("TD", [("P", text)]) for text in ("Zwolle", "92", "", "")]
    table = ("Table", [("TR", heads), ("TR", cells), ("TR", lone)])
    with pikepdf.open(BytesIO(build_pdf(("Document", [table])))) as pdf:
        tree, texts = Tree(pdf), PageTexts(pdf)
        repair_structure(tree, texts)

        named = NameTree(tree.root["/IDTree"])
        own = {
            texts.text(cell): [texts.text(named[str(n)]) for n in attribute(cell, "/Headers")]
            for cell in tree.find("TD")
            if attribute(cell, "/Headers") is not None
        }
    assert own == {
        "20": ["Aantal", "Aalten"],
        "165": ["Aantal", "Almere"],
        "92": ["Aantal", "Zwolle"],
    }


def test_the_paragraphs_of_a_quote_are_one_quote_and_no_standard_name_means_another_thing():
    quotes = [("Quote", "een"), ("Quote", "twee")]
    tops = [("P", "Hij zegt:"), *quotes, ("P", "Na."), quotes[0]]
    with pikepdf.open(BytesIO(build_pdf(("Document", tops)))) as pdf:
        roles = pdf.Root.StructTreeRoot.RoleMap
        roles["/Quote"], roles["/Own"] = pikepdf.Name.P, pikepdf.Name.P
        repair_structure(Tree(pdf), PageTexts(pdf))
        assert "/Quote" not in roles
        assert "/Own" in roles
        target = BytesIO()
        pdf.save(target)
    assert read_outline(target.getvalue()).splitlines()[1:] == [
        *('  P "Hij zegt:"', "  BlockQuote", '    P "een"', '    P "twee"', '  P "Na."'),
        *("  BlockQuote", '    P "een"'),
    ]


def test_a_pdf_without_tags_is_left_alone():
    with pikepdf.open(BytesIO(build_pdf())) as pdf:
        repair_structure(Tree(pdf), PageTexts(pdf))

        assert "/StructTreeRoot" not in pdf.Root


def test_roles_that_point_at_each_other_do_not_hang():
    assert _repaired(("Round", "rond")) == ['About "rond"']


def _list(label, indent, *texts):
    return (
        "L",
        [
            ("LI", [("Lbl", label), ("LBody", [("P", text, {"StartIndent": indent})])])
            for text in texts
        ],
    )


def _repaired(*tops):
    """Return the outline of `tops` after the repair, without the Document around them."""
    with pikepdf.open(BytesIO(build_pdf(("Document", list(tops))))) as pdf:
        repair_structure(Tree(pdf), PageTexts(pdf))
        target = BytesIO()
        pdf.save(target)
    return [line[2:] for line in read_outline(target.getvalue()).splitlines()[1:]]


def _depths(lines, role):
    return [(len(line) - len(line.lstrip())) // 2 for line in lines if line.split()[0] == role]


def _numbering(label):
    with pikepdf.open(BytesIO(build_pdf(("Document", [_list(label, 0, "a")])))) as pdf:
        tree = Tree(pdf)
        repair_structure(tree, PageTexts(pdf))
        return str(next(tree.find("L"))["/A"]["/ListNumbering"]).lstrip("/")
