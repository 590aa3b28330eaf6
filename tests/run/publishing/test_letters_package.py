"""The package for a platform of the letters of a mailing."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from metadata_stating import faults_in
from zip_checking import unpack, wrong_checksums

from lrtdocs import api
from lrtdocs.errors import has_errors

if TYPE_CHECKING:
    from pathlib import Path

DIWOO = "{https://standaarden.overheid.nl/diwoo/metadata/}"
HOUSE = """\
afzenders: {a: {team: T, retouradres: Postbus 1 2500 EH  Den Haag}}
openbaar: {organisatie: Asiel en Migratie, weglaten: {burger: 5.1.2e}}
"""
MAILING = """\
sjabloon: brief
ontvangers: lijst.csv
dagtekening: 2025-03-14
betreft: Uitnodiging
onze_referentie: "LRT-{volgnummer:03}"
tekst: Wij nodigen {naam_in_tekst} uit, {adres} in {plaats}.
bijlagen: [{titel: Kaart}]
vertaling:
  betreft: Invitation
  tekst: We invite you.
  bijlagen: [Map]
"""
ROWS = """\
geslacht;voorletters;achternaam;adres;postcode;plaats;taal
m;J.P.;Kwastenmaker;Rijnvosweg 17;9401 AA;Assen;nl
v;A.;Zonnebloem;Dorpspadlaan 9;7411 KT;Deventer;en
"""
LEFT_OUT = ("kwastenmaker", "rijnvosweg", "zonnebloem", "dorpspadlaan")


def make(folder: Path, extra: str = "") -> tuple[dict[str, bytes], api.Outcome]:
    """Return the package of the mailing and what is told of it; it is unpacked in `folder`."""
    for name, text in {
        "huisstijl.yaml": HOUSE,
        "m.yaml": MAILING + extra,
        "lijst.csv": ROWS,
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    target = folder / "uit.zip"
    outcome = api.publish([folder / "m.yaml"], api.PublishOptions(package=str(target)))
    return unpack(target.read_bytes(), folder / "uit"), outcome


def read_parts(data: bytes) -> bytes:
    """Return what is in a file, and in the parts of one that is packed."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return b"".join(package.read(name) for name in package.namelist())


def texts(data: bytes, name: str) -> list[str | None]:
    return [node.text for node in ET.fromstring(data).iter(f"{DIWOO}{name}")]


@pytest.mark.office
def test_the_letters_of_a_mailing_are_in_the_package_in_their_language(tmp_path):
    files, outcome = make(tmp_path)
    assert not has_errors(outcome.problems)
    stems = [f"000{number}-weggelaten-5.1.2e-openbaar" for number in (1, 2)]
    papers = {f"{stem}.{suffix}" for stem in stems for suffix in ("docx", "pdf", "html")}
    assert papers == {name for name in files if name.startswith("0") and "diwoo" not in name}
    found = [files[f"{stem}.pdf.diwoo.xml"] for stem in stems]
    assert [faults_in(each) for each in found] == [[], []]
    assert [texts(each, "language") for each in found] == [["Nederlands"], ["Engels"]]
    assert [texts(each, "relation") for each in found] == [["Kaart"], ["Map"]]
    assert [texts(each, "identifier")[1] for each in found] == ["LRT-001", "LRT-002"]
    assert wrong_checksums(tmp_path / "uit") == []
    for name, data in files.items():
        inside = f"{name} {read_parts(data)!r}".casefold()
        assert not [word for word in LEFT_OUT if word in inside], name
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["uit"]


def test_letters_that_are_withheld_are_announced_once_without_words_of_each(tmp_path):
    block = "openbaar: {beoordeling: niet, grond: 5.1.2i, reden: Zo besloten.}\n"
    files, outcome = make(tmp_path, block)
    assert not has_errors(outcome.problems)
    (paper,) = (name for name in files if name.endswith(".diwoo.xml"))
    assert paper == "m.diwoo.xml"
    assert faults_in(files[paper]) == []
    assert texts(files[paper], "officieleTitel") == ["Uitnodiging"]
