"""The catalogue of messages: whole, used, and asked for with the fields that its texts need."""

from __future__ import annotations

import ast
import pickle
import string
from typing import Any

import pytest
from import_graph import PACKAGE, trees

from lrtdocs import messages
from lrtdocs.errors import Place, Severity

STARTS = sorted(path.stem for path in messages.FOLDER.glob("*.toml"))


def rows() -> dict[str, dict[str, Any]]:
    """Return every message of the catalogue by its key."""
    found: dict[str, dict[str, Any]] = {}
    for start in STARTS:
        for code, table in messages.load_codes(start).items():
            if "melding" in table:
                found[code] = table
            found |= {
                f"{code}.{name}": row
                for name, row in table.items()
                if isinstance(row, dict) and name != "voorbeeld"
            }
    return found


ROWS = rows()


def fields_of(row: dict[str, Any]) -> set[str]:
    texts = [row[part] for part in messages.TEXTS if part in row]
    return {
        name.partition(".")[0].partition("[")[0]
        for text in texts
        for _, name, _, _ in string.Formatter().parse(text)
        if name is not None
    }


def calls() -> list[tuple[str, str, set[str] | None]]:
    """Return where a message is made by a key that stands there: (where, key, names of fields)."""
    found = []
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            key = node.args[0]
            if not (isinstance(key, ast.Constant) and isinstance(key.value, str)):
                continue
            if key.value in ROWS or key.value.startswith(("LRT", "deel.")):
                names = {word.arg for word in node.keywords if word.arg is not None}
                names |= {
                    name.value
                    for fields in node.args[1:2]
                    if isinstance(fields, ast.Dict)
                    for name in fields.keys
                    if isinstance(name, ast.Constant)
                }
                whole = all(word.arg is not None for word in node.keywords)
                whole = whole and not any(isinstance(arg, ast.Dict) for arg in node.args)
                where = f"{path.relative_to(PACKAGE)}:{node.lineno}"
                found.append((where, key.value, names - {"severity"} if whole else None))
    return found


@pytest.mark.parametrize("start", STARTS)
def test_the_example_of_a_message_fills_all_its_fields_and_no_others(start):
    wrong = {
        key: (filled, fields_of(row))
        for key, row in ROWS.items()
        if key.startswith(start) and (filled := set(row.get("voorbeeld", {}))) != fields_of(row)
    }

    assert wrong == {}


@pytest.mark.parametrize("start", [start for start in STARTS if start.startswith("LRT")])
def test_a_message_is_a_sentence_and_its_code_has_a_title(start):
    made = {
        key: messages.problem(key, Place("x"), None, **row.get("voorbeeld", {}))
        for key, row in ROWS.items()
        if key.startswith(start)
    }

    assert [
        code for code, table in messages.load_codes(start).items() if not table.get("titel")
    ] == []
    assert [key for key, problem in made.items() if problem.message[-1] not in ".!?…:"] == []
    assert {problem.severity for problem in made.values()} <= set(Severity)


def test_a_message_is_asked_for_with_the_fields_of_its_texts():
    asked = [call for call in calls() if call[1] in ROWS]
    wrong = [
        (where, key, fields_of(ROWS[key]) - names)
        for where, key, names in asked
        if names is not None and not fields_of(ROWS[key]) <= names
    ]

    assert len(asked) > 300
    assert wrong == []


def test_every_message_is_asked_for_somewhere():
    source = "\n".join(path.read_text(encoding="utf-8") for path in trees())

    assert [key for key in ROWS if f'"{key}"' not in source] == []


def test_a_number_is_written_in_dutch_and_chooses_its_noun():
    assert messages.fill("{n} {n:cel|cellen}", {"n": 1}) == "1 cel"
    assert messages.fill("{n} {n:cel|cellen}", {"n": 13000}) == "13.000 cellen"


def test_a_fault_keeps_its_key_and_fields_through_a_pickle():
    error = messages.FaultError(next(iter(ROWS)), area="B3:C4", column="C")
    copy = pickle.loads(pickle.dumps(error))

    assert (copy.fault.key, copy.fault.fields) == (error.fault.key, error.fault.fields)


def test_a_key_that_is_not_in_the_catalogue_is_an_error():
    with pytest.raises(KeyError):
        messages.problem("LRT607.nergens", Place("x"))
