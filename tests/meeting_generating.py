"""Meetings of any sort, as text: the same number always gives the same one."""

from __future__ import annotations

from random import Random

_BODIES = ["Landelijke Regietafel", "Bestuurlijk overleg Asiel & Opvang", "Ketenoverleg <Noord>",
           "Stuurgroep 'Doorstroom'", "Overleg É́én loket"]  # fmt: skip
_ORGANISATIONS = ["AenM", "VNG", "COA", "IND", "BZK", "IPO", "Gemeente 's-Hertogenbosch"]
_SURNAMES = ["Zwartveld", "Van der Kwast", "Öztürk-Brouwershaven", "D'Hondt-Vervloet", "Quaedvlieg",
             "Ó Súilleabháin", "Tjalsma", "Wijngaardens"]  # fmt: skip
_TITLES = ["Opening", "Stand van zaken opvang", "Begroting 2026: wijzigingen & vragen", "Rondvraag",
           "Actielijst", "Voorstel <concept> doorstroomlocaties"]  # fmt: skip
_TEXTS = [
    "De voorzitter opent de vergadering.",
    "Het voorstel is besproken. Er zijn 3 vragen < 5 vragen & 1 opmerking.",
    "Besloten is dat het plan wordt aangepast.",
    "- eerste punt\n- tweede punt",
]

SECRET = "Kwikstaart"
"""A word of items that are confidential."""


def quote(text: str) -> str:
    """Return `text` as a value of YAML."""
    return "'" + text.replace("'", "''") + "'"


def surname(number: int, nth: int) -> str:
    """Return the surname of the `nth` person of a meeting."""
    return _SURNAMES[(number + nth) % len(_SURNAMES)]


def meeting_text(number: int, extra: str = "") -> str:
    """Return the text of the meeting with that `number`, with `extra` lines at the top."""
    pick = Random(number)
    day = f"20{pick.randint(22, 26)}-{pick.randint(1, 12):02}-{pick.randint(1, 28):02}"
    lines = [f"overleg: {quote(pick.choice(_BODIES))}", f"datum: {day}", f"dagtekening: {day}"]
    lines += [f"onze_referentie: {quote(f'DRM/{number}')}"] if pick.random() < 0.5 else []
    lines += [f"vastgesteld: {day}"] if pick.random() < 0.5 else []
    lines += [extra] if extra else []
    lines.append("aanwezig:")
    for nth in range(pick.randint(1, 5)):
        who = f"Mw. {surname(number, nth)} ({pick.choice(_ORGANISATIONS)})"
        lines.append(f"  - {quote(who)}")
    if pick.random() < 0.5:
        lines.append("bijlagen:")
        for nth in range(pick.randint(1, 3)):
            link = ", link: www.rijksoverheid.nl" if pick.random() < 0.5 else ""
            lines.append(f"  - {{titel: {quote(f'Stuk {nth} & meer')}, nummer: '{nth + 1}'{link}}}")
    lines.append("agendapunten:")
    for nth in range(pick.randint(1, 6)):
        lines.append(f"  - titel: {quote(pick.choice(_TITLES))}")
        lines.append("    verslag: |")
        said = pick.choice(_TEXTS)
        if pick.random() < 0.4:
            said = f"Mw. {surname(number, 0)} licht toe.\n\n{said}"
        lines += [f"      {row}".rstrip() for row in said.split("\n")]
        if pick.random() < 0.3:
            lines.append(f"    besluiten: [Het plan wordt {nth} keer aangepast.]")
    if pick.random() < 0.4:
        lines.append(f"  - titel: {SECRET} {number}")
        lines.append("    vertrouwelijk: 5.1.2i")
        lines.append(f"    besluiten: [{SECRET} gaat door.]")
        lines.append(f"    bijlagen: [Notitie {SECRET}]")
    return "\n".join([*lines, ""])
