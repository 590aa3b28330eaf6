"""An archive bundle: papers laid out in folders, each thing and each file with its MDTO beside it.

    2025-03-19-lrt/2025-03-19-lrt.MDTO.xml                    the dossier
                   2025-03-19-lrt-verslag/2025-03-19-lrt-verslag.MDTO.xml
                                          2025-03-19-lrt-verslag.pdf
                                          2025-03-19-lrt-verslag.pdf.bestand.MDTO.xml
    manifest.json  sha256sums.txt

That is how the specification of a submission (SIP) of the Nationaal Archief has it.
"""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.documents.metadata.formats import identify
from lrtdocs.documents.metadata.mdto import (
    ARCHIEFSTUK,
    DOSSIER,
    Bestand,
    Informatieobject,
    Kenmerk,
    Verwijzing,
    write_bestand,
    write_informatieobject,
)
from lrtdocs.run.publishing.packing import plain_name, sha256

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from lrtdocs.documents.metadata.mdto import Bewaring, Event

MANIFEST = "manifest.json"
_FORMAT = 1
_BRON = "lrtdocs"
"""Who gives what is in a bundle its identifiers."""


class Archiefstuk(NamedTuple):
    """A paper and its `bestanden`, by their names; `kenmerk` is the organisation's own, or ""."""

    naam: str
    titel: str
    bestanden: Mapping[str, bytes]
    taal: str = ""
    kenmerk: str = ""
    events: Sequence[Event] = ()
    omschrijving: str = ""


class Dossier(NamedTuple):
    """What belongs together: a meeting with its papers, or a run of letters."""

    naam: str
    titel: str
    stukken: Sequence[Archiefstuk]
    bewaring: Bewaring
    kenmerk: str = ""


def lay_out(dossiers: Sequence[Dossier], dag: dt.date) -> dict[str, bytes]:
    """Return all files of a bundle of `dossiers` that is made on `dag`, by their paths in it."""
    files: dict[str, bytes] = {}
    told, folders = [], set[str]()
    for dossier in dossiers:
        folder = plain_name(dossier.naam, folders)
        folders.add(folder)
        made = _Layout(dossier, folder, dag)
        files |= made.files
        told.append(made.tell())
    listed = {"versie": _FORMAT, "gemaakt": dag.isoformat(), "dossiers": told}
    files[MANIFEST] = (json.dumps(listed, ensure_ascii=False, indent=1) + "\n").encode()
    return files


class _Layout:
    """The files of one dossier in its folder."""

    def __init__(self, dossier: Dossier, folder: str, dag: dt.date) -> None:
        self._dossier, self._folder, self._dag = dossier, folder, dag
        self.files: dict[str, bytes] = {}
        self._rows: list[dict[str, object]] = []
        whole = self._refer(dossier.titel, folder)
        names = set[str]()
        parts = []
        for stuk in dossier.stukken:
            name = plain_name(stuk.naam, names)
            names.add(name)
            parts.append(self._refer(stuk.titel, f"{folder}/{name}"))
            self._add(stuk, name, whole, parts[-1])
        thing = Informatieobject(
            self._known_by(folder, dossier.kenmerk), dossier.titel, DOSSIER, delen=parts
        )
        self._describe(folder, thing)

    def tell(self) -> dict[str, object]:
        """Return what the manifest says of it."""
        dossier, files = self._dossier, self._rows
        return {
            "map": self._folder,
            "titel": dossier.titel,
            "archiefvormer": dossier.bewaring.archiefvormer.naam,
            "informatieobjecten": 1 + len(dossier.stukken),
            "aantal_bestanden": len(files),
            "omvang": sum(int(str(row["omvang"])) for row in files),
            "bestanden": files,
        }

    def _add(self, stuk: Archiefstuk, name: str, whole: Verwijzing, itself: Verwijzing) -> None:
        folder = f"{self._folder}/{name}"
        kept = [*self._keep(stuk, folder, itself)]
        thing = Informatieobject(
            self._known_by(folder, stuk.kenmerk),
            stuk.titel,
            ARCHIEFSTUK,
            stuk.taal,
            stuk.events,
            deel_van=whole,
            bestanden=kept,
            omschrijving=stuk.omschrijving,
        )
        self._describe(folder, thing)

    def _keep(self, stuk: Archiefstuk, folder: str, itself: Verwijzing) -> Iterator[Verwijzing]:
        """Put the files of `stuk` in their `folder`, and yield what each is called and known by."""
        taken = set[tuple[str, str]]()
        for name, data in stuk.bestanden.items():
            was = PurePath(name)
            suffix = was.suffix.lower()
            plain = plain_name(was.stem, [each for each, of in taken if of == suffix])
            taken.add((plain, suffix))
            file = plain + suffix
            path, formaat, digest = f"{folder}/{file}", identify(file, data), sha256(data)
            self.files[path] = data
            kenmerk = Kenmerk(path, _BRON)
            bestand = Bestand(kenmerk, file, len(data), formaat, digest, self._dag, itself)
            self.files[f"{path}.bestand.MDTO.xml"] = write_bestand(bestand)
            row = {"bestand": path, "was": name, "omvang": len(data), "sha256": digest}
            self._rows.append(row | {"formaat": formaat.naam, "pronom": formaat.puid})
            yield Verwijzing(file, kenmerk)

    def _describe(self, folder: str, thing: Informatieobject) -> None:
        name = folder.rpartition("/")[2]
        told = write_informatieobject(thing, self._dossier.bewaring)
        self.files[f"{folder}/{name}.MDTO.xml"] = told

    def _known_by(self, folder: str, own: str) -> list[Kenmerk]:
        bron = self._dossier.bewaring.archiefvormer.naam
        return [Kenmerk(folder, _BRON), *([Kenmerk(own, bron)] if own else [])]

    def _refer(self, title: str, folder: str) -> Verwijzing:
        return Verwijzing(title, Kenmerk(folder, _BRON))
