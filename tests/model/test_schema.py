from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from lrtdocs.model.afzender import Huisstijl
from lrtdocs.model.mailing import Mailing
from lrtdocs.model.schema import json_schema
from lrtdocs.model.vergadering import Vergadering

EXAMPLES = Path(__file__).parents[2] / "examples"
CASES = Path(__file__).parents[1] / "cases" / "yaml"
MODELS = {"vergadering": Vergadering, "mailing": Mailing, "huisstijl": Huisstijl}
ADJUSTED = "{halfjaar: 2025-I, was: 17.700, wordt: 15.000}"
LETTERS = {"brief", "taakstelling-2025-II", "nieuw-mailing"}
DUTCH = re.compile(r"\b(de|het|een|van|wie|wat|waar|hoe|ja|is|naam|nummer|mw)\b", re.IGNORECASE)


class Loader12(yaml.SafeLoader):
    """Reads as an editor does, by the core schema of YAML 1.2: fewer words are values."""


Loader12.yaml_implicit_resolvers = {}
for tag, form, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"null|Null|NULL|~|", ["n", "N", "~", ""]),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    Loader12.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{form})$"), list(first)
    )


def complaints(text: str, kind: str) -> list[str]:
    data = yaml.load(text, Loader12)
    validator = Draft202012Validator(json_schema(MODELS[kind]))
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(data)]


def meeting(**fields: str) -> str:
    lines = {"overleg": "x", "datum": "2025-03-19", "agendapunten": "[a]"} | fields
    return "".join(f"{key}: {value}\n" for key, value in lines.items())


@pytest.mark.parametrize("kind", MODELS)
def test_the_schema_is_a_good_schema(kind: str):
    Draft202012Validator.check_schema(json_schema(MODELS[kind]))


@pytest.mark.parametrize("kind", MODELS)
def test_every_key_is_explained_in_dutch(kind: str):
    schema = json_schema(MODELS[kind])
    for name, part in [(kind, schema), *schema["$defs"].items()]:
        assert DUTCH.search(part["description"]), name
        for branch in [part, *part.get("anyOf", ())]:
            for key, value in branch.get("properties", {}).items():
                assert value["description"].endswith("."), key


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.name)
def test_an_editor_does_not_complain_about_an_example(path: Path):
    other = "mailing" if path.stem in LETTERS else "vergadering"
    kind = "huisstijl" if path.stem == "huisstijl" else other
    assert not complaints(path.read_text(encoding="utf-8"), kind)


def test_an_editor_does_not_complain_about_anything_that_is_read():
    assert not complaints((CASES / "goed.yaml").read_text(encoding="utf-8"), "vergadering")


@pytest.mark.parametrize(
    "field",
    [
        "tijd: 10.00",
        "tijd: 10:00-11:30",
        "overleg: 2025",
        "onze_referentie: 0123",
        "plaats: ",
        "aanwezig: A",
        "rubricering: dep.v.",
        "rubricering: Staatsgeheim ZEER GEHEIM",
        "rubricering: 3",
        "tijd: van 10:00 tot 11:30",
        "datum: woensdag 19 MAART 2025",
        "vorige: VORIGE.YML",
        "bijlagen: [{titel: 1, nummer: 2.1, nazending: Nee, link: null}]",
        "agendapunten: [{titel: a, doel: ter  bespreking, besluiten: 2, subpunten: [b]}]",
        "agendapunten: [{titel: a, actiepunten: [{wat: 1, wie: b, status: Klaar}]}]",
        "kopie_aan: ",
        "contactpersoon: Jan",
        "contactpersoon: [Jan, {naam: Els, email: e@x.nl}]",
        "aanwezig: {Leden: [Jan, {naam: Els}], Gasten: [Piet]}",
        "volgende_vergadering: {datum: 2025-09-17, tijd: 10.00, plaats: Ede}",
        "volgende_vergadering: 17 september 2025",
        "datum: 19 maart 2025",
        "notulist: true",
    ],
)
def test_an_editor_accepts_what_lrtdocs_accepts(field: str):
    key, _, value = field.partition(": ")
    assert not complaints(meeting(**{key: value}), "vergadering")


def mailing(field: str) -> str:
    key, _, value = field.partition(": ")
    block = "{halfjaar: 2025-II, totaal: 13.000}"
    lines = {"sjabloon": "eigen.docx", "ontvangers": "gemeenten", "taakstelling": block}
    return "".join(f"{name}: {text}\n" for name, text in (lines | {key: value}).items())


@pytest.mark.parametrize(
    "field",
    [
        "taakstelling: {halfjaar: 2025-2, totaal: 13000}",
        "taakstelling: {halfjaar: 2025 II, totaal: '13 000', afronding: Grootste  rest}",
        "taakstelling: {halfjaar: tweede helft van 2025, totaal: 13.000, bijlage_a: Ja}",
        f"taakstelling: {{halfjaar: 2025-II, totaal: 1, bijstelling: {ADJUSTED}}}",
        "onze_referentie: '{volgnummer:04}'",
        "onze_referentie: 2025",
        "ondertekening: J. Jansen",
        "velden: {a: 1, b: [x], c: {d: e}}",
        "bijlagen: Bijlage A",
        "taakstelling: ",
    ],
)
def test_an_editor_accepts_the_mailing_that_lrtdocs_accepts(field: str):
    assert not complaints(mailing(field), "mailing")


@pytest.mark.parametrize(
    "field",
    [
        "taakstelling: {halfjaar: 2025, totaal: 13.000}",
        "taakstelling: {halfjaar: 2025-II, totaal: veel}",
        "taakstelling: {halfjaar: 2025-II, totaal: -1}",
        "taakstelling: {halfjaar: 2025-II}",
        "taakstelling: {halfjaar: 2025-II, totaal: 1, afronding: naar beneden}",
        "sjabloon: ",
        "onbekend: x",
        "velden: [a]",
    ],
)
def test_an_editor_marks_the_mailing_that_lrtdocs_refuses(field: str):
    assert complaints(mailing(field), "mailing")


@pytest.mark.parametrize(
    "field",
    [
        "datum: 19/3/2025",
        "tijd: tien uur",
        "onbekend: x",
        "datum: ",
        "agendapunten: [{doel: ter lering}]",
        "aanwezig: [{naam: A, publiek: misschien}]",
        "contactpersoon: {email: jan}",
        "contactpersoon: [{email: jan}]",
        "aanwezig: {Leden: Jan}",
        "aanwezig: {naam: [Jan]}",
        "volgende_vergadering: {tijd: 10.00}",
        "volgende_vergadering: in de herfst",
        "overleg: [a]",
        "agendapunten: [{titel: a, subpunten: [{titel: b, subpunten: [c]}]}]",
        "agendapunten: [{titel: a, actiepunten: [{wat: a, wie: b, status: bezig}]}]",
        "aanwezig: [{naam: A, publiek: true}]",
    ],
)
def test_an_editor_marks_what_lrtdocs_refuses(field: str):
    key, _, value = field.partition(": ")
    assert complaints(meeting(**{key: value}), "vergadering")
