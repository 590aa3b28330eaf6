"""Advice followed to the letter: the message is gone, and the paper says what was meant.

Each row is a mistake, the message it gets, what the remedy says to do (with `{write}`, what the
message itself says to write) and what the papers say then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from meeting_papers import papers_text, read_meeting

from lrtdocs import messages

if TYPE_CHECKING:
    from lrtdocs.errors import Problem

HEAD = "overleg: LRT\ndatum: 2025-06-18\n"
POINTS = "agendapunten:\n"


class Row(NamedTuple):
    """`text` is the whole file; `edits` are what is replaced, once each, by what."""

    key: str
    text: str
    edits: tuple[tuple[str, str], ...]
    says: str
    says_not: str = ""


def titled(key: str, title: str, new: str, says: str, says_not: str = "") -> Row:
    """Return the row of a title that is wrong, and what to write in its place."""
    edits = ((f"titel: {title}", f"titel: {new}"),)
    return Row(key, f"{HEAD}{POINTS}  - titel: {title}\n", edits, says, says_not)


def top(key: str, line: str, new: str, says: str) -> Row:
    """Return the row of a line at the top that is wrong, and what to write in its place."""
    edits = ((f"{line}\n", f"{new}\n" if new else ""),)
    return Row(key, f"{HEAD}{line}\n{POINTS}  - titel: Opening\n    verslag: x\n", edits, says)


def minuted(
    key: str, text: str, edits: tuple[tuple[str, str], ...], says: str, says_not: str = ""
) -> Row:
    """Return the row of a text of minutes; its lines are indented as they must be."""
    body = "".join(f"      {line}\n" for line in text.split("\n"))
    whole = f"{HEAD}{POINTS}  - titel: Opening\n    verslag: |\n{body}"
    return Row(key, whole, edits, says, says_not)


def point(key: str, lines: str, old: str, new: str, says: str) -> Row:
    """Return the row of the keywords of an item."""
    body = "".join(f"    {line}\n" for line in lines.split("\n"))
    return Row(key, f"{HEAD}{POINTS}  - titel: Opening\n{body}", ((old, new),), says)


ROWS = [
    # --- LRT1: how a file is written
    titled("LRT103", "Een\ttab", "Een tab", "Een tab"),
    minuted("LRT103.tabel", "Nr\tActie\tWie\n1\tBrief\tJan",
            (("Nr\tActie\tWie", "{write}"), ("1\tBrief\tJan", "- 1, Brief, Jan")),
            "Nr, Actie, Wie 1, Brief, Jan"),
    minuted("LRT103.tabel", "Nr\tActie\tWie\n1\tBrief\tJan",
            (("      1\tBrief\tJan\n", ""), ("Nr\tActie\tWie", "{table}")),
            "Nr Actie Wie 1 Brief Jan"),
    Row("LRT103.inspringen", f"{HEAD}{POINTS}  - titel: a\n\tverslag: Goed.\n\tdoel: hamerstuk\n",
        (("\tverslag", "    verslag"), ("\tdoel", "    doel")), "Goed."),
    titled("LRT104", "Ope\x07ning", "Opening", "Opening"),
    titled("LRT105", "Een \ud83d teken", "Een 😀 teken", "Een 😀 teken"),
    titled("LRT106.richting", "Op\u202eening", "Opening", "Opening"),
    titled("LRT106.verborgen", "Op\u200bening", "Opening", "Opening"),
    Row("LRT109", f"{HEAD}{POINTS}  - titel:\u00a0Opening\n", (("\u00a0", " "),), "Opening"),
    Row("LRT110", f"{HEAD}plaats: Den Haag\nplaats: Ede\n{POINTS}  - titel: a\n",
        (("plaats: Ede\n", ""),), "Den Haag", "Ede"),
    Row("LRT110.streepje",
        f"{HEAD}{POINTS}  - titel: Een\n    verslag: eerst\n    titel: Twee\n    verslag: dan\n",
        (("    titel: Twee", "  - titel: Twee"),), "Een eerst"),
    top("LRT111", "kopie_aan: &a [Jan]", "kopie_aan: [Jan]", "Jan"),
    Row("LRT110.streepjes",
        f"{HEAD}{POINTS}  titel: Een\n  verslag: eerst\n  titel: Twee\n  verslag: dan\n",
        (("  titel: Een", "- titel: Een"), ("  titel: Twee", "- titel: Twee")), "Een eerst"),
    Row("LRT110.lijst", f"{HEAD}{POINTS}  - titel: Een\n{POINTS}  - titel: Twee\n",
        ((f"Een\n{POINTS}", "Een\n"),), "Twee"),
    titled("LRT111.tekst", "&a Opening", "Opening", "Opening"),
    titled("LRT111.tekst", "&co en meer", "{write}", "&co en meer"),
    titled("LRT112", "*naam", "{write}", "*naam"),
    titled("LRT113", "!nu bespreken", "{write}", "!nu bespreken"),
    top("LRT114", "---", "", "Opening"),
    top("LRT115", "%VNG", "", "Opening"),
    top("LRT116", "<<: a", "plaats: Ede", "Ede"),
    titled("LRT117.accolades", "{{ naam }}", "{write}", "{{ naam }}"),
    titled("LRT118", "Kamer # 4 bespreken", "{write}", "Kamer # 4 bespreken"),
    titled("LRT118", "Kamer #4", "{write}", "Kamer #4"),
    titled("LRT118", "Kamer # uitleg", "Kamer\n    # uitleg", "Kamer", "uitleg"),
    titled("LRT120", "Opening: welkom", "{write}", "Opening: welkom"),
    Row("LRT120", f"{HEAD}{POINTS}  - Opening: welkom\n  - Rest\n",
        (("Opening: welkom", "{write}"),), "Opening: welkom"),
    point("LRT120", "besluiten:\n  - Besluit 1: akkoord", "Besluit 1: akkoord", "{write}",
          "Besluit 1: akkoord"),
    titled("LRT120.gekruld", "“Opening: welkom”", "{write}", "Opening: welkom", "“"),
    top("LRT121.spatie", "plaats:Den Haag", "plaats: Den Haag", "Den Haag"),
    Row("LRT121.dubbele-punt", f"{HEAD}{POINTS}  - titel Opening\n",
        (("titel Opening", "titel: Opening"),), "Opening"),
    point("LRT121.spatie", "actiepunten: [{wat:Brief sturen, wie: VNG}]", "wat:Brief", "wat: Brief",
          "Brief sturen VNG"),
    Row("LRT129.rechts", f"{HEAD}{POINTS}  - titel: a\n    toelichting: |\n      Zie de nota.\n"
        "      verslag: |\n      - Goed.\n", (("      verslag", "    verslag"),), "Goed."),
    top("LRT121.dubbele-punt", "plaats = Den Haag", "plaats: Den Haag", "Den Haag"),
    point("LRT121.dubbele-punt", "besluiten\n  - Ja.", "besluiten", "besluiten:", "Ja."),
    Row("LRT121.dubbele-punt", f"{HEAD}{POINTS}  - titel Opening\n    verslag: Goed.\n",
        (("titel Opening", "titel: Opening"),), "Goed."),
    Row("LRT121.punt", f"{HEAD}{POINTS}  - Opening\n    verslag: Goed.\n  - titel: b\n",
        (("- Opening", "{write}"),), "Goed."),
    Row("LRT121.punt", f"{HEAD}{POINTS}  - a\n  - Opening\n  verslag: Goed.\n  - titel: b\n",
        (("- Opening", "{write}"), ("  verslag", "    verslag")), "Goed."),
    Row("LRT121.punt", f"{HEAD}{POINTS}  - Punt 3: begroting\n    verslag: Goed.\n",
        (("- Punt 3: begroting", "{write}"),), "Punt 3: begroting"),
    Row("LRT121.punt", f"{HEAD}{POINTS}  - Opening:\n      tijd: 10:00\n",
        (("- Opening:", "{write}"), ("      tijd", "    tijd")), "10.00 uur"),
    top("LRT121.sleutelwoord", "plaats: Den Haag\nTurfmarkt", "plaats: Den Haag\n  Turfmarkt",
        "Den Haag Turfmarkt"),
    titled("LRT122", '"Opening', '"Opening"', "Opening"),
    titled("LRT122.apostrof", "'t Loo en omgeving", "{write}", "'t Loo en omgeving"),
    titled("LRT122.apostrof", "'s middags", "{write}", "'s middags"),
    titled("LRT122.apostrof", "'s-Gravenhage", "{write}", "'s-Gravenhage"),
    titled("LRT122.apostrof", "'25 is een goed jaar", "{write}", "'25 is een goed jaar"),
    Row("LRT122.apostrof", f"{HEAD}{POINTS}  - {{titel: 't Loo, Ede, tijd: 10:00}}\n",
        (("'t Loo, Ede", "{write}"),), "'t Loo, Ede"),
    Row("LRT122.apostrof", f"{HEAD}kopie_aan:\n  - 't Hooft (Aedes)\n{POINTS}  - a\n",
        (("'t Hooft (Aedes)", "{write}"),), "'t Hooft (Aedes)"),
    titled("LRT122.weg", "'t Loo en omgeving'", "{write}", "'t Loo en omgeving"),
    titled("LRT123.quote", "'Opening: 't Hooft'", "{write}", "Opening: 't Hooft"),
    titled("LRT123.quote", "'t Loo en 't Hof", "{write}", "'t Loo en 't Hof"),
    titled("LRT123.quote", '"Nota" van de VNG', "{write}", '"Nota" van de VNG'),
    titled("LRT123.quote", '"Nota" en "Plan"', "{write}", '"Nota" en "Plan"'),
    top("LRT122", "kopie_aan: [A, 'B]", "kopie_aan: [A, 'B']", "A B"),
    top("LRT125.niets", "kopie_aan: [A, , B]", "kopie_aan: [A, B]", "A B"),
    titled("LRT123.haakje", "[concept] verslag", "{write}", "[concept] verslag"),
    top("LRT124.streep", 'plaats: "P:\\zalen\\a"', "plaats: 'P:\\zalen\\a'", "P:\\zalen\\a"),
    titled("LRT125.teken", "@home, thuis", "{write}", "@home, thuis"),
    titled("LRT125.teken", "`code", "{write}", "`code"),
    titled("LRT125.teken", "%VNG", "{write}", "%VNG"),
    titled("LRT126", "- Opening", "{write}", "- Opening"),
    titled("LRT127", ">5 dagen vooraf", "{write}", ">5 dagen vooraf"),
    titled("LRT124.streep", '"P:\\nota"', "{write}", "P:\\nota"),
    titled("LRT124.streep", '"C:\\temp"', "{write}", "C:\\temp"),
    titled("LRT124.streep", '"50\\%"', "{write}", "50\\%"),
    titled("LRT120", '"Opening": welkom', "{write}", '"Opening": welkom'),
    titled("LRT123.haakje", "[a] - [b]", "{write}", "[a] - [b]"),
    titled("LRT123.haakje", "[stuk](stuk.pdf)", "{write}", "[stuk](stuk.pdf)"),
    titled("LRT123.haakje", "[concept] 't Loo", "{write}", "[concept] 't Loo"),
    titled("LRT123.haakje", "[concept] | nota", "{write}", "[concept] | nota"),
    titled("LRT123.quote", "'Nota' %VNG", "{write}", "'Nota' %VNG"),
    titled("LRT125.teken", "!nu '25", "{write}", "!nu '25"),
    titled("LRT120", ": welkom", "{write}", ": welkom"),
    Row("LRT117.accolades", f"{HEAD}{POINTS}  - {{naam}}\n  - Rest\n", (("{naam}", "{write}"),),
        "{naam}"),
    Row("LRT118", f"{HEAD}{POINTS}  - '#4 bespreken'\n  - #4 bespreken\n",
        (("- #4 bespreken", "- {write}"),), "#4 bespreken #4 bespreken"),
    Row("LRT120", f"{HEAD}{POINTS}  - opening: welkom\n  - Rest\n",
        (("opening: welkom", "{write}"),), "opening: welkom"),
    Row("LRT120", f"{HEAD}kopie_aan:\n  - Aan 3: {{naam}}\n{POINTS}  - Rest\n",
        (("Aan 3: {naam}", "{write}"),), "Aan 3: {naam}"),
    Row("LRT125.teken", f"{HEAD}{POINTS}  - ? wat\n", (("? wat", "{write}"),), "? wat"),
    Row("LRT204.blok", f"{HEAD}{POINTS}  - - Slot\n", (("- - Slot", "- Slot"),), "Slot"),
    titled("LRT123.quote", '"Hij zei "nee" toen"', "{write}", 'Hij zei "nee" toen'),
    titled("LRT123.quote", "'Foto's", "{write}", "'Foto's"),
    titled("LRT123.quote", '"Foto"s', "{write}", '"Foto"s'),
    titled("LRT125.teken", "**Vet** tekst", "{write}", "**Vet** tekst"),
    titled("LRT204.hoort", "{a}", '"{a}"', "{a}"),
    top("LRT126", "kopie_aan: - Jan", "kopie_aan:\n  - Jan", "Jan"),
    point("LRT127", "verslag: | Goed.\nbesluiten: a", "| Goed.", "|\n      Goed.", "Goed."),
    titled("LRT128", "[concept", "{write}", "[concept"),
    Row("LRT128.blok", f"{HEAD}bijlagen:\n  - {{titel: nota, nummer: 2\n{POINTS}  - a\n",
        (("nummer: 2", "nummer: 2}"),), "nota"),
    Row("LRT129.rechts", f"{HEAD}{POINTS}  - titel: a\n     verslag: Goed.\n     besluiten: Ja.\n",
        (("     verslag", "    verslag"), ("     besluiten", "    besluiten")), "Goed."),
    Row("LRT129.links", f"{HEAD}{POINTS}  - titel: a\n   verslag: Goed.\n",
        (("   verslag", "    verslag"),), "Goed."),
    Row("LRT129.eerste", " overleg: LRT\ndatum: 2025-06-18\nagendapunten: [a]\n",
        ((" overleg", "overleg"),), "LRT"),
    Row("LRT129.tekst", f"{HEAD}{POINTS}  - titel: a\n    verslag: |\n      Een.\nTwee.\n",
        (("Twee.", "      Twee."),), "Een. Twee."),
    Row("LRT129.leeg", f"{HEAD}{POINTS}  - titel: a\n    verslag: |\n  - Welkom.\n  - Dank.\n",
        (("  - Welkom.\n  - Dank.", "      - Welkom.\n      - Dank."),), "Welkom. Dank."),
    Row("LRT129.leeg", f"{HEAD}{POINTS}  - titel: a\n    verslag: |\n  - Rondvraag\n",
        (("verslag: |", "verslag:"),), "Rondvraag"),
    Row("LRT131.komma",
        f"{HEAD}{POINTS}  - titel: a\n    actiepunten:\n"
        "      - {wat: Brief sturen, rapport maken, dan bellen, wie: COA}\n",
        (("wat: Brief sturen, rapport maken, dan bellen", "{write}"),),
        "Brief sturen, rapport maken, dan bellen"),
    Row("LRT131.komma", f"{HEAD}bijlagen: [{{titel: brief aan B, W en raad, nazending: ja}}]\n"
        f"{POINTS}  - a\n", (("titel: brief aan B, W en raad", "{write}"),),
        "brief aan B, W en raad"),
    Row("LRT131.komma", f"{HEAD}bijlagen: [{{titel: “nota, kort”, nummer: 2}}]\n{POINTS}  - a\n",
        (("titel: “nota, kort”", "{write}"),), "nota, kort"),
    top("LRT131.lijst", "kopie_aan: [Jan (VNG, lid), Piet]",
        'kopie_aan: ["Jan (VNG, lid)", Piet]', "Jan (VNG, lid) Piet"),
    point("LRT131.lijst", "besluiten: [Het is 12,5 miljoen]", "Het is 12,5 miljoen", "{write}",
          "Het is 12,5 miljoen"),
    point("LRT131.zin", "besluiten: [Akkoord, begroting volgt, is vastgesteld]",
          "Akkoord, begroting volgt, is vastgesteld", "{write}",
          "Akkoord, begroting volgt, is vastgesteld"),
    top("LRT131.zin", "kopie_aan: [Aedes, en de VNG]", "kopie_aan:\n  - Aedes\n  - en de VNG",
        "Aedes en de VNG"),
    top("LRT131.puntkomma", "kopie_aan: [Aedes; VNG]", "kopie_aan: [Aedes, VNG]", "Aedes VNG"),
    top("LRT131.puntkomma", "kopie_aan: [Aedes; VNG]", 'kopie_aan: ["Aedes; VNG"]', "Aedes; VNG"),
    point("LRT131.teken", "bijlagen: [{titel: Kan dit?, nummer: 2}]", "Kan dit?", "{write}",
          "Kan dit?"),
    point("LRT131.dubbele-punt", "bijlagen: [{titel: Let op: nu, nummer: 2}]", "Let op: nu",
          "{write}", "Let op: nu"),
    point("LRT131.dubbele-punt", "bijlagen: [{titel: nota nummer: 7}]", "nota n",
          "nota, n", "nota"),
    point("LRT131.anders", 'bijlagen: [{titel: "nota" nummer: 7}]', '" n', '", n', "nota"),
    point("LRT132.tekst", "verslag: Het is zo.\n  - een\n  - twee",
          "verslag: Het is zo.\n      - een\n      - twee",
          "verslag: |\n      Het is zo.\n      - een\n      - twee", "Het is zo. een twee"),
    point("LRT132.waarde", "verslag: Het is zo.\n- een", "verslag: Het is zo.\n    - een",
          "verslag: |\n      Het is zo.\n      - een", "Het is zo. een"),
    top("LRT132.alinea", "aanwezig: >\n  Jan\n  Piet", "aanwezig: |\n  Jan\n  Piet", "Jan Piet"),
    point("LRT132.alinea", "verslag: >\n  Zo.\n  - een", ">", "|", "Zo. een"),
    point("LRT132.besluit", "besluiten:\n  - Akkoord, mits\n    - een\n    - twee",
          "- Akkoord, mits", "- |\n        Akkoord, mits", "Akkoord, mits een twee"),
    Row("LRT132.subpunten", f"{HEAD}{POINTS}  - Begroting\n    - een\n    - twee\n  - Rest\n",
        (("- Begroting", "- titel: {text}\n    subpunten:"),), "een"),
    Row("LRT133.spatie", f"{HEAD}{POINTS}  -titel: a\n   verslag: Goed.\n  - b\n",
        (("-titel", "- titel"), ("   verslag", "    verslag")), "Goed."),
    Row("LRT129.links", f"{HEAD}{POINTS}  -\n  titel: Opening\n",
        (("  titel", "    titel"),), "Opening"),
    Row("LRT129.links", f"{HEAD}{POINTS}  - titel: a\ntijd: 10:00\n    verslag: Goed.\n",
        (("tijd", "    tijd"),), "Goed."),
    top("LRT133.spatie", "kopie_aan:\n  -A\n  -B", "kopie_aan:\n  - A\n  - B", "A B"),
    top("LRT133.teken", "kopie_aan:\n  • A\n  • B", "kopie_aan:\n  - A\n  - B", "A B"),
    top("LRT133.vergeten", "kopie_aan:\n  - Jan\n  Piet", "kopie_aan:\n  - Jan\n  - Piet",
        "Jan Piet"),
    minuted("LRT133.tekst", "• aa\n• b", (("• a", "- a"), ("• b", "- b")), "aa b"),
    minuted("LRT133.tekst", "• een", (("• een", "\\• een"),), "• een"),
    minuted("LRT133.tekst", "-een\n-twee", (("-een", "- een"), ("-twee", "- twee")), "een twee"),
    minuted("LRT133.tekst", "1.Dit is zo", (("1.Dit", "1\\.Dit"),), "1.Dit is zo"),
    minuted("LRT133.misschien", "Dus:\n– een\n– twee", (("– een", "- een"), ("– twee", "- twee")),
            "Dus: een twee"),
    minuted("LRT133.misschien", "a) een\nb) twee", (("a)", "a."), ("b)", "b.")), "een twee"),
    minuted("LRT133.misschien", "Dus:\n2. een\n3. twee", (("      2.", "\n      2."),),
            "Dus: een twee"),
    top("LRT117.sleutelwoord", "[a]: Ede", "plaats: Ede", "Ede"),
    titled("LRT124.teken", '"\\U99999999 a"', '"☎ a"', "☎ a"),
    # --- LRT2: what a meeting says
    Row("LRT201.niveau",
        f"{HEAD}{POINTS}  - titel: a\n    subpunten:\n      - titel: b\n        subpunten:\n"
        "          - titel: c\n",
        (("        subpunten:\n          - titel: c", "      - titel: c"),), "c"),
    Row("LRT204.lijst", f"{HEAD}{POINTS}  titel: a\n  verslag: Goed.\n",
        (("  titel", "  - titel"), ("  verslag", "    verslag")), "Goed."),
    Row("LRT204.bestand", "- overleg\n- datum\n",
        (("- overleg", "overleg: LRT"), ("- datum", "datum: 2025-06-18\nagendapunten: [a]")),
        "LRT"),
    top("LRT205.of-bestand", "vorige: 2025-2-1", "vorige: 2025-02-01", "Opening"),
    top("LRT205.geen-van-beide", "vorige: in de herfst", "", "Opening"),
    top("LRT205.volgende", "volgende_vergadering: 2025-09-17, Den Haag",
        "volgende_vergadering:\n  datum: 2025-09-17\n  plaats: Den Haag",
        "17 september 2025, Den Haag"),
    point("LRT207.keus", "actiepunten:\n  - {wat: a, wie: b, status: bijna}", "bijna", "open", "a"),
    top("LRT207.lang", f"rubricering: {'CONCEPT ' * 6}", "rubricering: CONCEPT", "CONCEPT"),
    point("LRT204.regel", "inbrenger: |\n  - A\n  - B", "|\n      - A\n      - B", "A, B", "A, B"),
    top("LRT251.een-regel", "plaats: |\n  Plein 1\n  Den Haag", "plaats: Plein 1, Den Haag",
        "Plein 1, Den Haag"),
    point("LRT251.streep", "verslag: Jan\n  Piet", "Jan\n      Piet",
          "|\n      Jan\n\n      Piet", "Jan Piet"),
    point("LRT251.streep", "verslag: >\n  Jan\n  Piet", ">\n      Jan\n",
          "|\n      Jan\n\n", "Jan Piet"),
    top("LRT255.ver", "vastgesteld: 2052-09-01", "vastgesteld: 2025-09-01", "1 september 2025"),
    point("LRT255.tekst", "verslag: Op maandag 18 juni 2025.", "maandag ", "", "Op 18 juni 2025."),
    top("LRT124.streep", 'plaats: "G:\\nieuw"', "plaats: 'G:\\nieuw'", "G:\\nieuw"),
    top("LRT255.vorige", "vorige: 2025-09-01", "vorige: 2025-02-01", "Opening"),
    top("LRT255.vastgesteld", "vastgesteld: 2025-06-01", "vastgesteld: 2025-09-01", "1 september"),
    point("LRT255.gereed", "actiepunten: [{wat: a, wie: b, gereed: 2024-09-01}]", "2024", "2025",
          "1 september 2025"),
    point("LRT255.gereed", "actiepunten: [{wat: a, wie: b, gereed: 2024-09-01}]", "wie: b",
          "wie: b, nummer: A7", "A7"),
    point("LRT254.buiten", "tijd: 23:00", "23:00", "10:30", "10.30 uur")._replace(
        text=f"{HEAD}tijd: 10:00-11:30\n{POINTS}  - titel: a\n    tijd: 23:00\n"),
    Row("LRT254.terug",
        f"{HEAD}{POINTS}  - {{titel: a, tijd: 11:00}}\n  - {{titel: b, tijd: 10:00}}\n",
        (("tijd: 10:00", "tijd: 12:00"),), "12.00 uur"),
    Row("LRT254.overlap",
        f"{HEAD}{POINTS}  - {{titel: a, tijd: 11:00-12:00}}\n  - {{titel: b, tijd: 11:30}}\n",
        (("11:30", "12:00"),), "12.00 uur"),
    top("LRT201.onbekend", "onzin:", "", "Opening"),
    top("LRT201.bedoeld", "aanwezigen: [Jan]", "aanwezig: [Jan]", "Jan"),
    top("LRT201.dieper", "bijlagen:\ntitel: nota", "bijlagen:\n  titel: nota", "nota")._replace(
        text=f"{HEAD}contactpersoon:\ntelefoon: 070 1\n{POINTS}  - a\n",
        edits=(("\ntelefoon", "\n  telefoon"),), says="070 1"),
    Row("LRT201.bij", f"{HEAD}besluit: Ja.\n{POINTS}  - titel: a\n",
        (("besluit: Ja.\n", ""), ("titel: a\n", "titel: a\n    besluiten: Ja.\n")), "Ja."),
    top("LRT201.elders", "betreft: Nota", "", "Opening"),
    Row("LRT201.ver", f"{HEAD}contactpersoon:\n  naam: J\n  plaats: Ede\n{POINTS}  - a\n",
        (("  plaats: Ede\n", "plaats: Ede\n"),), "Ede"),
    point("LRT202", "bijlagen:\n  - nummer: 1", "nummer: 1", "nummer: 1\n        titel: Brief",
          "Bijlage 1: Brief"),
    point("LRT202.wie", "actiepunten:\n  - wat: Brief", "wat: Brief",
          "wat: Brief\n        wie: VNG", "Brief VNG"),
    titled("LRT203", "", "Opening", "Opening"),
    top("LRT203.onderdeel", "kopie_aan:\n  - Jan\n  -", "kopie_aan:\n  - Jan", "Jan"),
    point("LRT204.hoort", "inbrenger: [VNG, IPO]", "[VNG, IPO]", "VNG, IPO", "VNG, IPO"),
    top("LRT204.hoort", "plaats:\n  - zaal 1\n  - Ede", "plaats: zaal 1, Ede", "zaal 1, Ede"),
    point("LRT204.blok", "actiepunten:\n  - VNG: brief sturen", "VNG: brief sturen",
          "wat: brief sturen\n        wie: VNG", "brief sturen VNG"),
    Row("LRT204.lijst", f"{HEAD}agendapunten:\n  Opening:\n    tijd: 10:00\n",
        (("Opening:", "- titel: Opening"),), "10.00 uur"),
    top("LRT204.lijst", "kopie_aan:\n  Leden:\n    - Jan\n  Gasten:\n    - Piet",
        "kopie_aan:\n    - Jan\n    - Piet", "Jan Piet"),
    top("LRT204.lijst", "aanwezig:\n  Leden: Jan", "aanwezig:\n  Leden:\n    - Jan", "Leden Jan"),
    top("LRT204.lijst", "aanwezig:\n  naam: Jan\n  rol: lid",
        "aanwezig:\n  - naam: Jan\n    rol: lid", "Jan (lid)"),
    top("LRT204.tekst", "aanwezig:\n  - Leden:\n      - Jan", "aanwezig:\n  Leden:\n      - Jan",
        "Leden Jan"),
    top("LRT204.tekst", "kopie_aan:\n  - Leden:\n      - Jan", "kopie_aan:\n      - Jan", "Jan"),
    top("LRT204.hoort", "plaats: [zaal] ", "plaats: '[zaal]'", "[zaal]"),
    point("LRT204.hoort", "verslag:\n  - een", "verslag:", "verslag: |", "een"),
    top("LRT205", "vastgesteld: 2025-9-1", "vastgesteld: 2025-09-01", "1 september 2025"),
    top("LRT205", "vastgesteld: nog niet", "", "Opening"),
    top("LRT206", "tijd: 10 uur", "tijd: 10:00", "10.00 uur"),
    top("LRT206", "tijd: ntb", "", "Opening"),
    point("LRT207.uitslag", "stemming: aangenmen", "aangenmen", "aangenomen", "Aangenomen."),
    point("LRT207.doel", "doel: ter bespeking", "bespeking", "bespreking", "ter bespreking"),
    top("LRT207.rubricering", "rubricering: geheim", "rubricering: Staatsgeheim GEHEIM",
        "Staatsgeheim GEHEIM"),
    point("LRT208", "bijlagen: [{titel: nota, nazending: later}]", "later", "ja", "nazending"),
    top("LRT209", "contactpersoon: {naam: J, email: j at x.nl}",
        "contactpersoon: {naam: J, email: j@x.nl}", "j@x.nl"),
    minuted("LRT210.kop", "# 4 punten", (("# 4", "\\# 4"),), "# 4 punten"),
    minuted("LRT210.kop", "- een\n- ### twee", (("### twee", "twee"),), "een twee"),
    minuted("LRT210.kop", "Een.\n\n## Kop\n\nTwee.", (("## Kop", "### Kop"),), "Een. Kop Twee."),
    minuted("LRT210.kopregel", "Punten\n----", (("      ----\n", ""),), "Punten"),
    minuted("LRT210.inspringen", "Een.\n\n    Twee.", (("          Twee.", "      Twee."),),
            "Een. Twee."),
    minuted("LRT210.code", "```\nEen.\n```", (("      ```\n", ""), ("      ```\n", "")), "Een."),
    minuted("LRT210.code-in-zin", "een `ding`", (("`ding`", "\\`ding\\`"),), "een `ding`"),
    minuted("LRT210.tabel", "| a | b |\n| c | d |",
            (("| a | b |\n", "| a | b |\n      | --- | --- |\n"),), "a b c d"),
    minuted("LRT210.tabel", "| a | b |\n|---|\n| c | d |", (("|---|", "| --- | --- |"),),
            "a b c d"),
    minuted("LRT210.tabel", "| a | b |\n|---|---|\n| c | d |\n\n| e | f |\n| g | h |",
            (("d |\n      \n", "d |\n"),), "a b c d e f g h"),
    minuted("LRT210.tabel-leeg", "| a | b |\n|---|---|",
            (("      |---|---|\n", "      |---|---|\n      | 1 | 2 |\n"),), "a b 1 2"),
    minuted("LRT210.tabel-lijst", "1. een\n\n   | a | b |\n   |---|---|\n   | 1 | 2 |\n2. twee",
            (("   | a", "| a"), ("   |---", "|---"), ("   | 1 | 2 |\n", "| 1 | 2 |\n\n")),
            "een a b 1 2 twee"),
    point("LRT210.tabel-besluit", "besluiten:\n  - |\n    | a | b |\n    |---|---|\n    | 1 | 2 |",
          "besluiten:\n      - |\n    ", "verslag: |\n    ", "a b 1 2"),
    minuted("LRT210.rij", "| a | b |\n|---|---|\n| 1 |", (("| 1 |", "| 1 | |"),), "a b 1"),
    minuted("LRT210.rij", "| a | b |\n|---|---|\n| 1 | x|y |", (("x|y", "x\\|y"),), "a b 1 x|y"),
    minuted("LRT210.rij-tekst", "| a | b |\n|---|---|\n| 1 | 2 |\nNa.",
            (("      Na.", "\n      Na."),), "a b 1 2 Na."),
    minuted("LRT210.kop-leeg", "| a | |\n|---|---|\n| 1 | 2 |", (("| a | |", "| a | b |"),),
            "a b 1"),
    minuted("LRT210.rij-leeg", "| a | b |\n|---|---|\n| 1 | 2 |\n| | |",
            (("      | | |\n", ""),), "a b 1 2"),
    minuted("LRT210.html-vak", "| a | b |\n|---|---|\n| 1 | x<br>y |", (("<br>", "; "),), "x; y"),
    minuted("LRT210.citaat", "> 5 personen", (("> 5", "\\> 5"),), "> 5 personen"),
    minuted("LRT210.citaat", "> 5 personen", (("> 5", ">\n      > 5"),), "5 personen", "> 5"),
    minuted("LRT210.citaat-lijst", "- > 65 jaar", (("> 65", "\\> 65"),), "> 65 jaar"),
    minuted("LRT210.citaat-lijst", "- een\n  > twee", (("        > twee", "\n      > twee"),),
            "een twee", ">"),
    minuted("LRT210.citaat-dieper", ">> diep", ((">>", ">"),), "diep", ">"),
    minuted("LRT210.citaat-blok", "> een\n> - twee", (("      > - twee", "\n      - twee"),),
            "een twee", ">"),
    minuted("LRT210.citaat-blok", "> ### een", (("### ", "\\### "),), "### een"),
    minuted("LRT210.citaat-leeg", "Een.\n\n>\n\nTwee.", (("      >\n", ""),), "Een. Twee.", ">"),
    minuted("LRT210.taal", "[x]{taal=engels}", (("engels", "en"),), "x", "{"),
    minuted("LRT210.taal", "[x]{taal=ee}", (("[x]{taal=ee}", "x"),), "x", "{"),
    minuted("LRT210.taal-dieper", "[a [b]{taal=de} c]{taal=en}", (("[b]{taal=de}", "b"),), "a b c"),
    minuted("LRT800", "door [Jan]{weglaten=5.1.2z} hier", (("5.1.2z", "5.1.2e"),),
            "door Jan hier", "{"),
    minuted("LRT800.leeg", "door [Jan]{weglaten} hier", (("weglaten", "weglaten=5.1.2e"),),
            "door Jan hier", "{"),
    minuted("LRT801.los", "door [Jan] {weglaten=5.1.2e} hier", (("] {", "]{"),),
            "door Jan hier", "{"),
    minuted("LRT801.dieper", "door [Jan [J]{weglaten=5.2}]{weglaten=5.1.2e} hier",
            (("[J]{weglaten=5.2}", "J"),), "door Jan J hier", "{"),
    minuted("LRT210.kenmerk", "[x]{lang=en}", (("[x]{lang=en}", "x"),), "x", "{"),
    minuted("LRT210.kenmerk", "[x]{a=b}", (("[x]", "\\[x]"),), "[x]{a=b}"),
    minuted("LRT210.lijn", "Een.\n\n____", (("      ____\n", ""),), "Een."),
    minuted("LRT210.plaatje", "Zie ![kaart](k.png) hier", (("![kaart](k.png) ", ""),), "Zie hier"),
    minuted("LRT210.plaatje", "Zie ![De kaart van Ede](k.png)",
            ((" ![De", "\n      ![De"),), "Zie"),
    minuted("LRT210.plaatje", "1. een\n   ![De kaart van Ede](k.png)\n2. twee",
            (("   ![De", "![De"),), "een twee"),
    point("LRT210.plaatje-besluit", "besluiten:\n  - |\n    Goed.\n\n    ![De kaart](k.png)",
          "        ![De kaart](k.png)\n", "", "Goed."),
    minuted("LRT298.beschrijving", '![](k.png "Figuur 1")', (("![]", "![De kaart van Ede]"),),
            "Figuur 1"),
    minuted("LRT298.vaag", '![kaart](k.png "Figuur 1")', (("[kaart]", "[De kaart van Ede]"),),
            "Figuur 1"),
    minuted("LRT298.naam", '![De kaart van Ede]( "Figuur 1")', (('( "', '(k.png "'),), "Figuur 1"),
    minuted("LRT262.plaatje", "Zie:\n[De kaart van Ede](k.png)", (("[De", "![De"),), "Zie:"),
    minuted("LRT252.plaatje", "![De kaart van Ede]k.png", (("k.png", "(k.png)"),), ""),
    minuted("LRT252.plaatje", "Let op![1]", (("!", "\\!"),), "Let op![1]"),
    minuted("LRT210.html", "dit is <b>vet</b>", (("<b>vet</b>", "**vet**"),), "dit is vet"),
    minuted("LRT262.adres", "zie [nota](http:/x.nl)", (("http:/x.nl", "www.x.nl"),), "zie nota"),
    minuted("LRT262.bestand", "zie [nota](a.pdf)", (("(a", "(https://x.nl/a"),), "zie nota"),
    minuted("LRT210.link-titel", '[nota](https://x.nl "t")', ((' "t"', ""),), "nota"),
    minuted("LRT210.diep", "- a\n  - b\n    - c\n      - d\n        - e",
            (("              - e", "            - e"),), "a b c d e"),
    top("LRT211", "plaats: 18 juni 2025", "plaats: Ede", "Ede"),
    top("LRT213.haakje", "aanwezig: [Mw. Faber (AenM]", "aanwezig:\n  - Mw. Faber (AenM)",
        "Mw. Faber (AenM)")._replace(key="LRT213.haakje"),
    top("LRT213.twee", "aanwezig:\n  - De Vries (VNG), Jansen (IPO)",
        "aanwezig:\n  - De Vries (VNG)\n  - Jansen (IPO)", "Jansen (IPO)"),
    top("LRT214", "kopie_aan:\n  Jan\n  Piet", "kopie_aan:\n  - Jan\n  - Piet", "Jan Piet"),
    top("LRT221", "aanwezig: [Jan]\nafwezig: [Jan]", "aanwezig: [Jan]", "Jan"),
    top("LRT222", "dagtekening: 2025-06-11",
        "dagtekening: 2025-06-11\ndagtekening_verslag: 2025-06-20", "20 juni 2025"),
    titled("LRT223", "Opening", "Opening\n    verslag: Dit punt is niet besproken.",
           "Dit punt is niet besproken."),
    point("LRT224", "verslag: Er is besloten.", "besloten.", "besloten.\n    besluiten: [Ja.]",
          "Ja."),
    minuted("LRT225", "1. een\n1. twee", (("1. twee", "2. twee"),), "een twee"),
    Row("LRT226.punt", f"{HEAD}{POINTS}  - titel: Opening\n  - titel: Plan\n    nummer: 1\n",
        (("nummer: 1", "nummer: 3"),), "3. Plan"),
    point("LRT226.besluit", "besluiten:\n  - {tekst: a, nummer: B1}\n  - {tekst: b, nummer: B1}",
          "b, nummer: B1", "b", "Besluit B2 b"),
    point("LRT280", "stemming: {voor: 2, tegen: [A, B (3)], uitslag: aangenomen}", "aangenomen",
          "verworpen", "Voor: 2 · Tegen: A, B (3). Verworpen."),
    point("LRT280", "stemming: {voor: [A, B], tegen: [C], uitslag: verworpen}", "[C]", "[C (3)]",
          "Tegen: C (3). Verworpen."),
    point("LRT281", "stemming: {voor: 12, tegen: '2 (A, B)', onthouding: [B, C]}", "[B, C]", "[C]",
          "Onthouding: C."),
    point("LRT281", "stemming: {voor: [GL, D66], tegen: [GL]}\nverslag: x", "[GL]}", "[GL (1)]}",
          "Tegen: GL (1)."),
    Row("LRT255.sinds", f"{HEAD}actielijst:\n  - {{wat: a, wie: b, sinds: 2025-06-19}}\n{POINTS}"
        "  - Opening\n", ((", sinds: 2025-06-19", ""),), "A1 a b", "Sinds"),
    point("LRT226.actie", "actiepunten:\n" + "  - {wat: a, wie: b, nummer: A1}\n" * 2,
          "b, nummer: A1", "b", "A2"),
    Row("LRT250",
        f"{HEAD}{POINTS}  - titel: a\n    verslag: |\n      Een.\n  - De voorzitter sluit af.\n",
        (("  - De", "      - De"),), "Een. De voorzitter sluit af."),
    Row("LRT250",
        f"{HEAD}{POINTS}  - titel: a\n    verslag: |\n      Een.\n  - De voorzitter sluit af.\n",
        (("- De voorzitter sluit af.", "- titel: De voorzitter sluit af"),), "De voorzitter sluit"),
    titled("LRT264.niets", "None", "Opening", "Opening", "None"),
    titled("LRT266", "1. Opening", "Opening", "Opening", "1. Opening"),
    titled("LRT266", "2a. Plan", "Plan", "Plan", "2a. Plan"),
    top("LRT267", "bijlagen: geen", "", "Opening"),
    minuted("LRT133.inspringen", "Wat is er:\n    - noord", (("    - no", "- no"),), "noord"),
    minuted("LRT251.regels", "Van: Jan\nAan: Piet", (("Van: Jan", "Van: Jan\\"),), "Van: Jan Aan"),
    minuted("LRT251.regels", "VNG\nIPO", (("VNG", "- VNG"), ("IPO", "- IPO")), "VNG IPO"),
    minuted("LRT251.regels", "9.00 Jan\n9.30 Piet", (("Jan\n", "Jan\n\n"),), "9.00 Jan 9.30 Piet"),
    minuted("LRT251.regels", "Niemand heeft iets\nNodig verder", (("iets\n      ", "iets "),),
            "Niemand heeft iets Nodig verder"),
    minuted("LRT251.vervolg", "- een\nen twee", (("      en", "        en"),), "een en twee"),
    minuted("LRT251.vervolg", "- een\nen twee", (("      en", "\n      en"),), "een en twee"),
    minuted("LRT251.na-citaat", "> een\nen twee", (("      en", "      > en"),), "een en twee"),
    minuted("LRT251.na-citaat", "> een\nen twee", (("      en", "\n      en"),), "een en twee"),
    minuted("LRT251.citaat", "meer\n> dan", (("> dan", "\\> dan"),), "meer > dan"),
    minuted("LRT251.citaat", "meer\n> dan", (("      > dan", "\n      > dan"),), "meer dan", ">"),
    minuted("LRT251.regels-citaat", "> VNG\n> IPO", (("VNG", "VNG\\"),), "VNG IPO", ">"),
    minuted("LRT251.regels-citaat", "> VNG\n> IPO", (("VNG\n", "VNG\n      >\n"),), "VNG IPO", ">"),
    minuted("LRT251.tabel", "Naam | Org\nJan | VNG", (("Org\n", "Org\n      | --- | --- |\n"),),
            "Naam Org Jan VNG", "|"),
    minuted("LRT251.tabel", "Naam | Org\nJan | VNG", (("Org\n", "Org\\\n"),),
            "Naam | Org Jan | VNG"),
    minuted("LRT251.mail", "> Van: Jan\n> Aan: Piet\n>\n> Dag",
            (("      > Van: Jan\n      > Aan: Piet\n      >\n", ""),), "Dag", "Van"),
    minuted("LRT251.mail", "> Van: Jan\n> Aan: Piet",
            (("Jan", "Jan\\"),), "Van: Jan Aan: Piet"),
    minuted("LRT252.taal", "(x){taal=en}", (("(x)", "[x]"),), "x", "{"),
    minuted("LRT252.taal", "[x](www.x.nl){taal=en}", (("[x](www.x.nl)", "[[x](www.x.nl)]"),),
            "x", "{"),
    minuted("LRT252.taal", "(x){taal=en}", (("{", "\\{"),), "(x){taal=en}"),
    minuted("LRT252.regeleinde", "een\\\n\ntwee", (("een\\", "een"),), "een twee", "\\"),
    minuted("LRT252.regeleinde", "een\\", (("een\\", "een\\\\"),), "een\\"),
    minuted("LRT252.vet", "De **voorzitter opent", (("opent", "opent**"),), "De voorzitter opent"),
    minuted("LRT252.vet", "De **voorzitter", (("**", "\\*\\*"),), "De **voorzitter"),
    minuted("LRT252.cursief", "De *voorzitter", (("*", "\\*"),), "De *voorzitter"),
    minuted("LRT252.onder", "een _woord_", (("_woord_", "*woord*"),), "een woord"),
    minuted("LRT252.onder", "een _woord_", (("_woord_", "\\_woord\\_"),), "een _woord_"),
    minuted("LRT252.link", "[x](https://x.nl/a b)", (("a b", "a"),), "x"),
    minuted("LRT252.link", "[zie](hier nu)", (("(", "\\("),), "[zie](hier nu)"),
    minuted("LRT252.voetnoot", "dit^[x] is", (("^[x] is", "[^1] is\n\n      [^1]: x"),), "dit is"),
    minuted("LRT252.voetnoot", "dit[^ 1] is", (("[", "\\["),), "dit[^ 1] is"),
    minuted("LRT299.zonder", "dit[^1] is", (("is", "is\n\n      [^1]: De noot."),), "De noot."),
    minuted("LRT299.zonder", "dit[^1] is", (("[", "\\["),), "dit[^1] is"),
    minuted("LRT299.los", "dit is\n\n[^1]: De noot.", (("is\n", "is[^1]\n"),), "De noot."),
    minuted("LRT299.los", "dit is\n\n[^1]: x", (("      [^1]: x\n", ""),), "dit is"),
    minuted("LRT299.leeg", "dit[^1] is\n\n[^1]:", (("[^1]:", "[^1]: De noot."),), "De noot."),
    minuted("LRT299.dubbel", "a[^1] b\n\n[^1]: Een.\n[^1]: Twee.",
            (("[^1]: Twee", "[^2]: Twee"), ("a[^1] b", "a[^1] b[^2]")), "Twee."),
    minuted("LRT299.tweemaal", "a[^1] b[^1]\n\n[^1]: Een.",
            (("b[^1]", "b[^2]"), ("Een.", "Een.\n      [^2]: Zie de noot hierboven.")),
            "hierboven"),
    minuted("LRT299.in-noot", "a[^1]\n\n[^1]: Een[^2].\n[^2]: Twee.",
            (("Een[^2].", "Een. Twee."), ("      [^2]: Twee.\n", "")), "Een. Twee."),
    minuted("LRT299.in-tussenkop", "### Kop[^1]\n\nTekst.\n\n[^1]: Een.",
            (("Kop[^1]", "Kop"), ("Tekst.", "Tekst[^1].")), "Een."),
    minuted("LRT299.in-tabelkop", "| a[^1] | b |\n|---|---|\n| c | d |\n\n[^1]: Een.",
            (("a[^1]", "a"), ("| c", "| c[^1]")), "Een."),
    minuted("LRT252.doorhalen", "~~weg~~ blijft", (("~~weg~~ ", ""),), "blijft"),
    minuted("LRT252.doorhalen", "==nu== niet", (("==nu==", "\\=\\=nu\\=\\="),), "==nu== niet"),
    minuted("LRT252.vet", "De **man* opent", (("man*", "man**"),), "De man opent"),
    minuted("LRT252.link", "zie [](https://x.nl)", (("[]", "[nota]"),), "zie nota"),
    minuted("LRT252.link", "zie [nota] (https://x.nl)", (("] (", "]("),), "zie nota"),
    minuted("LRT252.onder", "een __woord__", (("__woord__", "**woord**"),), "een woord"),
    minuted("LRT210.html", "dit is [b]vet[/b]", (("[b]vet[/b]", "**vet**"),), "dit is vet"),
    minuted("LRT252.teken", "Het is \uf0fc klaar", (("\uf0fc ", ""),), "Het is klaar"),
    minuted("LRT252.kop", "###Kop\n\nEen.", (("###Kop", "### Kop"),), "Kop Een."),
    minuted("LRT252.kop", "##Kop", (("##Kop", "Kop"),), "Kop"),
    point("LRT295", "verslag: Het punt wordt aangehouden.", "verslag",
          "aangehouden: ja\n    verslag", "Opening (aangehouden) Het punt"),
    top("LRT129.onder", "volgende_vergadering: 2025-09-17\n  plaats: Ede",
        "volgende_vergadering:\n  datum: 2025-09-17\n  plaats: Ede", "17 september 2025, Ede"),
    top("LRT129.onder", "contactpersoon: Jan # of Els\n  telefoon: 070\n  email: j@x.nl",
        "contactpersoon:\n  naam: Jan\n  telefoon: 070\n  email: j@x.nl", "Jan T 070 j@x.nl"),
    top("LRT290", "aanwezig: [Jan]\nafwezig: [Els (vervangen door Piet)]",
        "aanwezig: [Jan, Piet]\nafwezig: [Els (vervangen door Piet)]", "Jan Piet"),
    top("LRT291", "aanwezig: [Jan, Els (zonder bericht)]",
        "aanwezig: [Jan]\nafwezig: [Els (zonder bericht)]", "Afwezig Els (zonder bericht)"),
    top("LRT292.niemand", "genodigden: [Jan, Els]",
        "genodigden: [Jan, Els]\naanwezig: [Jan]\nafwezig: [Els]", "Afwezig Els"),
    top("LRT292.een", "genodigden: [Jan, Els]\naanwezig: [Jan]",
        "genodigden: [Jan, Els]\naanwezig: [Jan]\nafwezig: [Els]", "Afwezig Els"),
    top("LRT292.meer", "genodigden: [Jan, Els, Piet]\naanwezig: [Jan]",
        "genodigden: [Jan, Els, Piet]\naanwezig: [Jan, Piet]\nafwezig: [Els]", "Afwezig Els"),
    top("LRT294", "contactpersoon:\n  - naam: Jan\n  - email: jan@x.nl",
        "contactpersoon:\n  - naam: Jan\n    email: jan@x.nl", "Contactpersoon Jan jan@x.nl"),
    top("LRT293", "aanwezig: [Jan, Jan]", "aanwezig: [Jan]", "Jan"),
    top("LRT253", "aanwezig:\n  - A (voorzitter)\n  - B (voorzitter)",
        "aanwezig:\n  - A (voorzitter)\n  - B (plv. voorzitter)", "B (plv. voorzitter)"),
    top("LRT255.volgende", "volgende_vergadering: 2025-05-01", "volgende_vergadering: 2025-09-01",
        "1 september 2025"),
    point("LRT256", "bijlagen: [{nummer: 1, titel: a}, {nummer: 1, titel: b}]",
          "1, titel: b", "2, titel: b", "b"),
    point("LRT257", "verslag: Zie bijlage 9.\nbijlagen: [{nummer: 1, titel: a}]", "bijlage 9.",
          "bijlage 9 van de nota.", "bijlage 9 van de nota"),
    point("LRT229.web", "bijlagen: [{titel: nota, bestand: 'https://x.nl/a.pdf'}]", "bestand",
          "link", "nota"),
    top("LRT258", "rubricering: CONCEPT\nvastgesteld: 2025-09-01", "vastgesteld: 2025-09-01",
        "1 september 2025"),
    titled("LRT259", "Onderwerp", "Begroting", "Begroting"),
    point("LRT208.grond", "vertrouwelijk: misschien", "misschien", "ja", "vertrouwelijk"),
    titled("LRT800", "'Nota [Jan]{weglaten=5.1.2z}'", "'Nota [Jan]{weglaten=5.1.2e}'",
           "Nota Jan", "{"),
    titled("LRT801.leeg", "'Nota []{weglaten=5.1.2e}'", "Nota", "Nota", "{"),
    titled("LRT801.los", "'Nota [Jan] {weglaten=5.1.2e}'", "'Nota [Jan]{weglaten=5.1.2e}'",
           "Nota Jan", "{"),
    titled("LRT260", "Zie **nota**", "Zie nota", "Zie nota", "*"),
    titled("LRT260", "'[The plan]{taal=en}'", "The plan", "The plan", "{"),
]  # fmt: skip


ELSEWHERE = {
    *("LRT102.bytes", "LRT102.regels", "LRT102.waarden", "LRT107", "LRT108", "LRT210.haakjes"),
    *("LRT101", "LRT138", "LRT139", "LRT130", "LRT123.anders"),
    *("LRT203.hier", "LRT204.anders", "LRT255.agenda"),
}
"""Messages whose remedy is no change of a word: too large, too much, nothing there; or of which no
file is known that gets them, or that are told for an agenda alone."""


def test_the_advice_of_each_message_about_a_meeting_is_followed() -> None:
    texts = [("LRT1", range(140)), ("LRT2", [*range(201, 212), 213, 214, *range(221, 227)])]
    texts += [("LRT2", [*range(250, 261), 280, 281])]
    keys = {
        key
        for start, numbers in texts
        for code, row in messages.load_codes(start).items()
        if int(code[3:]) in numbers
        for key in [code, *(f"{code}.{name}" for name in row)]
    }
    told = {key for key in keys if _is_message(key)} - {"LRT202.taakstelling"}
    assert told - {row.key for row in ROWS} == ELSEWHERE


def _is_message(key: str) -> bool:
    try:
        row = messages.find_row(key)
    except KeyError:
        return False
    return "melding" in row


def _fill(new: str, problem: Problem) -> str:
    """Return `new` with in it what `problem` says to write."""
    for name in ("write", "text", "table"):
        typed = str(problem.fields.get(name, "")).replace("\n", "\n      ")
        new = new.replace(f"{{{name}}}", typed)
    return new


def follow(row: Row, problem: Problem) -> str:
    """Return the text of `row` when what `problem` says is done."""
    text = row.text
    for old, new in row.edits:
        assert old in text
        text = text.replace(old, _fill(new, problem), 1)
    return text


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_who_does_what_a_message_says_gets_the_right_paper(row: Row) -> None:
    problem = next(each for each in read_meeting(row.text)[1] if each.key == row.key)
    assert problem.place.line
    if any("{write}" in new for _, new in row.edits):
        assert str(problem.fields["write"]) in problem.remedy
    model, left = read_meeting(follow(row, problem))
    assert [each.key for each in left if each.key == row.key] == []
    assert model is not None, list(map(str, left))
    text = papers_text(model)
    assert row.says in text
    assert not row.says_not or row.says_not not in text
