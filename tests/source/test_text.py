from __future__ import annotations

import textwrap

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sheet_making import is_whole

from lrtdocs.errors import Problem, Severity
from lrtdocs.model import vergadering  # noqa: F401 - the keys of which are known
from lrtdocs.source.files import MAX_BYTES
from lrtdocs.source.yaml import text as text_module
from lrtdocs.source.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from lrtdocs.source.yaml.text import MAX_LINES, parse_yaml

YAML_SIGNS = "ab:-# \n\t\"'[]{},&*!|>%@`?~\\<.0xé😀"
YAML_PARTS = st.sampled_from(
    [
        "a: b\n",
        "- ",
        "  ",
        "key: |\n",
        "text\n",
        '"',
        "'",
        "[",
        "]",
        "{",
        "}",
        ": ",
        "\n",
        "&x ",
        "*x",
        "<<: ",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "!!str ",
        "\t",
        "\\",
        "\\ud83d",
        "#c\n",
        "? ",
        "> x\n",
    ]
)


def read(text: str) -> tuple[Node | None, list[Problem]]:
    return parse_yaml(textwrap.dedent(text), "v.yaml")


def told(text: str) -> list[tuple[str, int | None, int | None]]:
    return [(p.code, p.place.line, p.place.column) for p in read(text)[1]]


def plain(node: Node | None) -> object:
    if isinstance(node, MappingNode):
        return {key.text: plain(value) for key, value in node.entries}
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.items]
    return None if node is None or node.empty else node.text


def scalar(text: str) -> ScalarNode:
    node, problems = read(text)
    assert not problems
    assert isinstance(node, MappingNode)
    value = node.entries[0][1]
    assert isinstance(value, ScalarNode)
    return value


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300) | st.text(YAML_SIGNS, max_size=80) | st.lists(YAML_PARTS).map("".join))
@example('a: "\\U00110000"')
@example("\ufeff")
@example("\ud800: x")
def test_any_text_is_read_or_refused_but_never_raises(text: str):
    node, problems = parse_yaml(text, "v.yaml")
    assert node is not None or problems
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in problems:
        line, column = problem.place.line, problem.place.column
        assert line is not None
        assert column is not None
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1


@given(
    st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=60).filter(
        is_whole
    )
)
def test_any_text_between_quotes_arrives_as_it_was_typed(text: str):
    assert scalar("k: '" + text.replace("'", "''") + "'").text == text


def test_values_stay_the_text_that_was_typed():
    node, problems = read(
        """
        tijd: 12:30
        postcode: 0123
        land: no
        nummer: 1.10
        datum: 2026-02-30
        123: yes
        "met: quotes": 0x10
        """
    )
    assert not problems
    assert plain(node) == {
        "tijd": "12:30",
        "postcode": "0123",
        "land": "no",
        "nummer": "1.10",
        "datum": "2026-02-30",
        "123": "yes",
        "met: quotes": "0x10",
    }


@pytest.mark.parametrize("value", ["", "~", "null", " # niets"])
def test_an_empty_value_is_not_filled_in(value: str):
    assert scalar(f"notulist: {value}").empty


@pytest.mark.parametrize("value", ["'null'", '"~"', "Null"])
def test_null_between_quotes_is_text(value: str):
    assert scalar(f"notulist: {value}").text == value.strip("'\"")


def test_a_pair_of_escaped_halves_is_one_emoji():
    assert scalar(r'k: "\ud83d\ude00"').text == "😀"


def test_windows_line_ends_read_the_same():
    text = "a: 1\nb:\n  - |\n    twee\n    regels\n"
    windows = parse_yaml(text.replace("\n", "\r\n"), "v.yaml")[0]
    assert plain(windows) == plain(parse_yaml(text, "v.yaml")[0])


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: Stand: cijfers", "LRT120", 1, 4),
        ("b: 1\na:2\nc: 3", "LRT121", 2, 3),
        ("b: 1\nlosse tekst\nc: 3", "LRT121", 2, 1),
        ('a: "open\nb: 1', "LRT122", 1, 4),
        ("a: 'Agenda's'", "LRT123", 1, 12),
        ("a: [1] 2", "LRT123", 1, 8),
        (r'a: "C:\docs"', "LRT124", 1, 7),
        (r'a: "\UFFFFFFFF"', "LRT124", 1, 5),
        ("a: @b", "LRT125", 1, 4),
        ("a: `b`", "LRT125", 1, 4),
        ("a: %b", "LRT125", 1, 4),
        ("a: **b**", "LRT125", 1, 4),
        ("a: *b c", "LRT125", 1, 4),
        ("a: & b", "LRT125", 1, 4),
        ("a: - b", "LRT126", 1, 4),
        ("a: | tekst\nb: 1", "LRT127", 1, 6),
        ("a: [b, c\nd: 1", "LRT128", 1, 4),
        ("a: {b: c\nd: 1", "LRT128", 1, 4),
        ("a: 1\n  b: 2", "LRT129", 2, 3),
        ("a:\n  - b\n - c", "LRT129", 3, 2),
        ("a:\n  - b\n   - c", "LRT129", 3, 4),
        ("a: |\ntekst\nb: 1", "LRT129", 2, 1),
        ("  a: 1\nb: 2", "LRT129", 1, 3),
        ("a: 1\n- b", "LRT130", 2, 1),
        ("a: [b: c: d]", "LRT131", 1, 8),
        ("a: tekst\n  - punt", "LRT132", 2, 3),
        ("a: 1\na: 2", "LRT110", 2, 1),
        ("a: &b 1", "LRT111", 1, 4),
        ("a: *b", "LRT112", 1, 4),
        ("a: !!python/object:os.system x", "LRT113", 1, 4),
        ("a: 1\n---\nb: 2", "LRT114", 2, 1),
        ("---\na: 1\n---\n", "LRT114", 3, 1),
        ("a: 1\n...\nb: 2", "LRT114", 3, 1),
        ("%YAML 1.1\n---\na: 1", "LRT115", 1, 1),
        ("<<: {a: 1}\nb: 2", "LRT116", 1, 1),
        ("? [a]\n: b", "LRT117", 1, 3),
        ("a: {{ b }}", "LRT117", 1, 4),
        ("a:\t1", "LRT103", 1, 3),
        ("a: b\x07", "LRT104", 1, 5),
        ('a: "\\x07"', "LRT104", 1, 4),
        ("a: \ud800", "LRT105", 1, 4),
        ('a: "\\ud83d"', "LRT105", 1, 4),
        ("a: b\u202e", "LRT106", 1, 5),
        (f"a: {'x' * 20_001}", "LRT107", 1, 4),
        ("a: " + "[" * 60, "LRT108", 1, 54),
        ("# niets", "LRT101", 1, 1),
        ("a:\n  -b", "LRT133", 2, 3),
        ("a:\n  - b\n  -c", "LRT133", 3, 3),
        ("a:\n  \u2013 b: 1\n  \u2013 b: 2", "LRT133", 2, 3),
        ("a:\n  \u2022 b", "LRT133", 2, 3),
        ("a:\n  * b\n  * c", "LRT133", 2, 3),
        ("a:\n  1. b\n  2. c", "LRT133", 2, 3),
        ("a:\n  - b\n  c", "LRT133", 3, 3),
        ("a: >\n  b\n  - c", "LRT132", 3, 3),
        ("a:\n  - b: 1\n    c: tekst\n    - punt", "LRT132", 4, 5),
        ("a:\n- b: 1\nc: 2\n- b: 3", "LRT129", 3, 1),
        ("a: Kamer # 4", "LRT118", 1, 10),
        ("a: # niets", "LRT118", 1, 4),
        ("a: [b, c] #4", "LRT118", 1, 11),
        ("a: | #4\n  b", "LRT118", 1, 6),
        ("a: {b: c, d, e: f}", "LRT131", 1, 11),
        ("a: {b: 12,5 mln}", "LRT131", 1, 11),
        ("a: [Mw. B (C, D), E]", "LRT131", 1, 5),
        ("a: [het is 12,5 mln]", "LRT131", 1, 5),
        ("a: ['b', \"c\", “d, e”]", "LRT131", 1, 15),
        ("a: {b: c?, d: e}", "LRT131", 1, 8),
        ("- a: 1\n  b: 2\n  a: 3\n  b: 4", "LRT110", 3, 3),
        ("- a: |\n- b", "LRT129", 2, 1),
        ("a: 't Loo", "LRT122", 1, 4),
        ("a: 't Loo'", "LRT122", 1, 4),
        ("a: “b: c”", "LRT120", 1, 4),
        ("a: |\n  b\tc\td\n  e\tf\tg", "LRT103", 2, 4),
        ("a: Besluit #2", "LRT118", 1, 12),
        ("a: #2", "LRT118", 1, 4),
        ("a:\u00a01", "LRT109", 1, 3),
        ("a:\n\u00a0\u00a0- b", "LRT109", 2, 1),
        ("a: b\u200bc", "LRT106", 1, 5),
        ('a: "einde\\"', "LRT124", 1, 10),
        ("a :1\nb: 2", "LRT121", 1, 4),
        ("a: !b", "LRT113", 1, 4),
    ],
)
def test_a_single_mistake_is_a_single_problem_at_its_place(
    text: str, code: str, line: int, column: int
):
    assert [(p.code, p.place.line, p.place.column) for p in parse_yaml(text, "v.yaml")[1]] == [
        (code, line, column)
    ]


def test_the_doubled_key_names_both_lines():
    _, problems = read("a: 1\nb: 2\na: 3")
    assert "regel 1" in problems[0].message
    assert "regel 3" in problems[0].message


def test_after_each_mistake_reading_goes_on():
    node, problems = read('a: "open\nb: x: y\nc: @z\nd: goed\n')
    assert [p.place.line for p in problems] == [1, 2, 3]
    assert isinstance(node, MappingNode)
    assert isinstance(value := node.get("d"), ScalarNode)
    assert value.text == "goed"
    assert not value.broken
    assert all(isinstance(bad := node.get(key), ScalarNode) and bad.broken for key in "abc")


def test_too_large_is_refused_without_reading():
    node, problems = parse_yaml("é" * (MAX_BYTES // 2 + 1), "v.yaml")
    assert node is None
    assert [p.code for p in problems] == ["LRT102"]


def test_a_file_of_too_many_lines_is_refused_without_reading():
    node, problems = parse_yaml("a: 1\n" * (MAX_LINES + 1), "v.yaml")
    assert node is None
    assert [(p.code, p.found) for p in problems] == [("LRT102", "20.001 regels")]


def test_nothing_is_read_after_too_many_values(monkeypatch: pytest.MonkeyPatch):
    assert text_module.MAX_VALUES == 100_000
    monkeypatch.setattr(text_module, "MAX_VALUES", 1_000)
    text = "a: 1\nb:\n" + ("  - [" + "x," * 88 + "]\n") * 12 + "c: *d\n"
    node, problems = parse_yaml(text, "v.yaml")
    assert isinstance(node, MappingNode)
    assert [(p.code, p.place.line) for p in problems] == [("LRT102", 14)]


def test_after_very_many_mistakes_reading_stops_and_says_so():
    text = "".join(f"k{number}: een: twee\n" for number in range(100))
    node, problems = parse_yaml(text, "v.yaml")
    assert node is None
    assert [p.code for p in problems] == ["LRT120"] * 60 + ["LRT138"]


def test_all_mistakes_of_a_file_of_two_thousand_lines_are_told():
    item = (
        "  - titel: {0}\n    verslag: |\n"
        + "      Een regel van gewone lengte in een verslag.\n" * 48
    )
    titles = ["goed", "een: twee", "@drie", "*vier*", "'vijf"] * 8
    text = "agendapunten:\n" + "".join(item.format(title) for title in titles)
    node, problems = parse_yaml(text, "v.yaml")
    assert text.count("\n") > 2_000
    assert node is not None
    assert len(problems) == 32


def test_each_sign_of_a_list_that_is_no_dash_is_told_once():
    assert told("a:\n  - b\n  \u2013 c\n  \u2022 d\n  \u2013 e\n") == [
        ("LRT133", 3, 3),
        ("LRT133", 4, 3),
    ]


@pytest.mark.parametrize(
    "text", ["a: 10:00 # c", "a: b  # 2", "a: C# d", "a: '#2'", "a: | # b\n  c #d", "a: 'b' # c"]
)
def test_an_ordinary_comment_is_no_mistake(text: str):
    assert not told(text)


@pytest.mark.parametrize(
    "text", ["a: -5", "a: \u2013", "a:\n  b\n  \u2013 c", "a: 1. b", "- -5\n- x"]
)
def test_a_sign_inside_a_text_is_no_list(text: str):
    assert not told(text)


def test_many_tabs_are_told_with_their_number():
    (problem,) = read("a:\n" + "\t- b\n" * 100)[1]
    assert "100 regels" in problem.message
    assert len(read("a: b\tc\n" * 100)[1]) > 21


@pytest.mark.parametrize(
    ("text", "spaces"),
    [
        ("a:\n  - b: 1\n\tc: 2\n", "4 spaties"),
        ("a:\n\t- b: 1\n\t  c: 2\n", "2 spaties"),
        ("a:\n  - b:\n\t\t- c\n", "2 spaties"),
    ],
)
def test_so_many_spaces_as_a_tab_stands_for_make_the_file_right(text: str, spaces: str):
    (problem,) = read(text)[1]
    assert spaces in problem.remedy
    assert not told(text.replace("\t", " " * int(spaces[0])))


@pytest.mark.parametrize(
    "text",
    [
        "a: b\u200bc",
        "a\u200b: bc",
        "\u200ba: bc",
        "a:\u200b bc",
        "\ufeff\ufeffa: bc",
        "a: bc\u2060",
    ],
)
def test_a_character_that_nobody_sees_is_told_once_and_gone(text: str):
    node, problems = read(text)
    assert plain(node) == {"a": "bc"}
    assert [problem.key for problem in problems] == ["LRT106.verborgen"]


@pytest.mark.parametrize("key", ["verslag: |", "besluiten:", "tijd: 10:00", "doel: ter bespreking"])
def test_a_key_that_a_text_swallowed_is_told(key: str):
    text = f"a:\n  - titel: b\n    toelichting: |\n      Zie de nota.\n      {key}\n      - x\n"
    assert told(text)[0] == ("LRT129", 5, 7)
    assert told(text.removesuffix("\n      - x\n")) == [("LRT129", 5, 7)]
    assert not told(text.replace(key, key.title()))


def test_a_text_whose_header_is_a_comment_has_none():
    text = "a:\n  - b: 1\n# c: |\n      d\n      - e\n"
    assert [problem.key for problem in read(text)[1]] != ["LRT129.leeg"]


def test_what_stands_right_under_an_item_that_does_not_is_not_moved_along():
    text = "a:\n  - b: 1\n    c: 2\n - b: 3\n    c: 4\n  - b: 5\n"
    (problem,) = read(text)[1]
    assert (problem.place.line, "Schuif" in problem.remedy) == (4, False)
    assert not told(text.replace("\n - b", "\n  - b"))
    (problem,) = read("a:\n  - b\n - c\n  - d\n")[1]
    assert (problem.place.line, "Schuif" in problem.remedy) == (3, False)


def test_a_soft_hyphen_is_gone_from_a_key_and_stays_in_a_text():
    node, (problem,) = read("\nover\u00adleg: Re\u00adgio\n")
    assert plain(node) == {"overleg": "Re\u00adgio"}
    assert (problem.key, problem.place.column) == ("LRT106.verborgen", 5)


def test_a_reversed_reading_direction_is_only_a_warning():
    assert read("a: b\u202ec")[1][0].severity is Severity.WARNING


def test_the_keys_of_a_second_document_are_not_doubled_keys():
    assert told("a: 1\n---\na: 2\n") == [("LRT114", 2, 1)]


def test_a_file_of_mistakes_only_ends():
    _, problems = parse_yaml("a: 'x\n" * 3000, "v.yaml")
    assert problems


@pytest.mark.parametrize(
    ("text", "line", "column", "place"),
    [
        ("k: |\n  een\n  twee\n", 1, 2, (3, 5)),
        ("k: |\n\n    een\n      twee\n", 2, 3, (4, 8)),
        ("k: |2\n    een\n", 0, 2, (2, 5)),
        ("k: >\n  een\n  twee\n", 0, 5, (3, 4)),
        ("k: een\n  twee", 0, 5, (2, 4)),
        ("k: 'het ''is'' zo'", 0, 5, (1, 11)),
        ('k: "a\\"b c"', 0, 3, (1, 9)),
        ('k: "een\n  twee"', 0, 4, (2, 3)),
        ("- - k: |-\n      een\n      twee", 1, 1, (3, 8)),
    ],
)
def test_a_place_inside_a_value_is_exact(text: str, line: int, column: int, place: tuple[int, int]):
    node: Node | None = parse_yaml(text, "v.yaml")[0]
    while not isinstance(node, ScalarNode):
        assert node is not None
        node = node.items[0] if isinstance(node, SequenceNode) else node.entries[0][1]
    found = node.place_at(line, column)
    assert (found.line, found.column) == place


def test_places_stay_right_after_mending():
    assert told("k:\n\t- a: &b c\n\t- x\n")[1] == ("LRT111", 2, 7)
    assert told("a: 1\n   b: &x 2")[1] == ("LRT111", 2, 7)
    assert told("c: 1\nb:&x 2\nd: 3")[1] == ("LRT111", 2, 3)
