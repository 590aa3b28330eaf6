"""The report: docs/snelheid.md in Dutch, and the plot beside it."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import Any

from measure import FLOOR
from ways import find_ways

DOCS = Path(__file__).parent.parent / "docs"
PLOT = DOCS / "pictures" / "snelheid.svg"
_BASE = "docxtpl"
_INTRODUCTION = """# Snelheid

Deze bladzijde is gemaakt met `make bench`. De tijden gelden voor één machine. Kijk daarom vooral
naar de verhoudingen: alle manieren zijn in dezelfde run gemeten, om en om, en van elke manier staat
hier de middelste tijd.
"""
_METHOD = """## Hoe is er gemeten?

Elke manier vult dezelfde brief: twee bladzijden, zestig invulplaatsen, een tabel met zes rijen, een
logo, en een kop- en voettekst. De namen en inwonertallen komen uit het register, de rest is
verzonnen. Het sjabloon wordt voor elke manier gemaakt uit dezelfde tekst, in haar eigen tags. Van
de eerste brieven wordt nagekeken dat alle manieren dezelfde tekst opleveren.

* **docxtpl** is de manier uit de README van docxtpl: voor elke brief openen, invullen en opslaan.
* **hergebruikt** is één docxtpl-object en één Jinja-omgeving voor alle brieven.
* **fill** is één aanroep van `lrtdocs.fill` per brief, met het sjabloon en alle woorden; lrtdocs
  onthoudt zelf de sjablonen die het laatst zijn gebruikt.
* **lrtdocs** krijgt de woorden die alle brieven delen één keer, zoals `lrtdocs brieven` doet. Van
  elke brief leest lrtdocs elk onderdeel dat verandert na met een XML-parser, vóór het wordt
  geschreven. De regel met zlib is voor machines zonder ISA-L.
* **ondergrens** is wat geen programma kan overslaan: de veranderde onderdelen inpakken en evenveel
  bytes schrijven.
"""


def machine() -> dict[str, str]:
    """Return what was measured on: processor, system, Python, and the versions of all ways."""
    about = Path("/proc/cpuinfo")
    lines = about.read_text(encoding="utf-8").splitlines() if about.is_file() else []
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    return {
        "processor": f"{names[0] if names else platform.machine()}, {os.cpu_count()} kernen",
        "systeem": f"{platform.system()} {platform.release().split('-')[0]}",
        "Python": platform.python_version(),
        **{name: version for name, (version, _) in find_ways().items() if "," not in name},
    }


def write_report(found: dict[str, Any]) -> None:
    """Write the Markdown page and the plot from the measured numbers."""
    pieces = [_INTRODUCTION, "## Eén brief als Word-document\n", _ways_table(found), _PICTURE]
    if found.get("opdracht"):
        pieces.append(_commands(found))
    if found.get("groei"):
        pieces.append(_growth(found["groei"]))
    if found.get("woorden"):
        pieces.append(_words(found["woorden"]))
    if found.get("pdf"):
        pieces.append(_pdf(found["pdf"]))
    if found.get("beeld"):
        pieces.append(_picture(found["beeld"]))
    rows = "".join(f"| {name} | {value} |\n" for name, value in found["machine"].items())
    pieces += [_METHOD, f"## De machine\n\n| | |\n|---|---|\n{rows}"]
    (DOCS / "snelheid.md").write_text("\n".join(pieces), encoding="utf-8")
    draw_plot(found)


_PICTURE = "![Hoeveel keer zo snel als docxtpl](pictures/snelheid.svg)\n"


def _dutch(value: float, decimals: int = 0) -> str:
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def _ways_table(found: dict[str, Any]) -> str:
    places = found["manieren"]
    head = "| manier |" + "".join(f" {p}: ms per brief | tegen docxtpl |" for p in places)
    rows = [head, "|---|" + "---:|---:|" * len(places)]
    for name in next(iter(places.values())):
        cells = "".join(
            f" {_dutch(times[name] * 1000, 2)} | {_dutch(times[_BASE] / times[name])}× |"
            for times in places.values()
        )
        rows.append(f"| {name} |{cells}")
    return "\n".join(rows) + "\n"


def _commands(found: dict[str, Any]) -> str:
    times = found["opdracht"]
    ratio = times["docxtpl"] / times["lrtdocs"]
    return (
        "## De hele opdracht\n\n"
        "Van het starten van Python tot de laatste brief, met het lezen van de spreadsheet, alle "
        "controles en het logboek, voor 342 brieven: "
        f"{_dutch(times['lrtdocs'], 2)} seconden met `lrtdocs brieven`, "
        f"{_dutch(times['docxtpl'], 1)} seconden met een lus om docxtpl. "
        f"Dat is {_dutch(ratio, 1)} keer zo snel.\n"
    )


def _growth(growth: dict[str, list[float]]) -> str:
    rows = ["| brieven | seconden | piekgeheugen (MB) |", "|---:|---:|---:|"]
    rows += [
        f"| {_dutch(int(count))} | {_dutch(seconds, 1)} | {_dutch(peak / 1024)} |"
        for count, (seconds, peak) in growth.items()
    ]
    table = "\n".join(rows)
    return (
        "## Meer brieven\n\nHet geheugen van het grootste proces, met `lrtdocs brieven` en een "
        f"lijst van verzonnen organisaties.\n\n{table}\n"
    )


def _words(times: dict[str, float]) -> str:
    ratio = times["groepen"] / times["gewoon"]
    return (
        "## Woorden in de tekst, en groepen\n\n"
        f"{_dutch(times['brieven'])} brieven met woorden van de ontvanger in de tekst, elk van "
        f"twee rijen in de lijst, kosten {_dutch(ratio, 2)}× de tijd van evenveel gewone brieven: "
        f"{_dutch(times['groepen'], 1)} tegen {_dutch(times['gewoon'], 1)} seconden.\n"
    )


def _pdf(times: dict[str, float]) -> str:
    ratio = times["soffice"] / times["lrtdocs"]
    return (
        "## PDF\n\n"
        f"Eén aanroep van LibreOffice voor elke brief kost {_dutch(times['soffice'], 2)} seconden "
        "per brief, en geeft een PDF die nog niet toegankelijk is. `lrtdocs brieven --pdf` doet "
        f"het hele werk, met een toegankelijke PDF, in {_dutch(times['lrtdocs'], 3)} seconden per "
        f"brief: {_dutch(ratio, 1)} keer zo snel.\n"
    )


def _picture(times: dict[str, dict[str, float]]) -> str:
    rows = "\n".join(
        f"| {kind} | {_dutch(row['mediaan'], 2)} s | {_dutch(row['traagste'], 2)} s "
        f"| {_dutch(row['eerste'], 2)} s |"
        for kind, row in times.items()
    )
    return (
        "## Beeld\n\n"
        "De pagina van `lrtdocs web` laat naast uw tekst het stuk zelf zien. Dit is de tijd van "
        "een wijziging tot het nieuwe beeld, met alle plekken waarop u kunt klikken. Het "
        "eerste beeld wacht tot LibreOffice er is. De machine "
        "was bij het meten ook met ander werk bezig.\n\n"
        "| stuk | midden | traagste | eerste |\n|---|--:|--:|--:|\n" + rows + "\n"
    )


def draw_plot(found: dict[str, Any]) -> None:
    """Draw how many times as fast as docxtpl each way is; the same numbers give the same bytes."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams |= {"svg.hashsalt": "lrtdocs", "svg.fonttype": "none", "font.family": "sans-serif"}
    from matplotlib import pyplot as plt

    places = found["manieren"]
    names = [n for n in next(iter(places.values())) if not n.startswith(FLOOR)]
    figure, axes = plt.subplots(figsize=(8, 3.6), layout="constrained")
    height = 0.8 / len(places)
    for index, (place, times) in enumerate(places.items()):
        ratios = [times[_BASE] / times[name] for name in names]
        spots = [row + index * height for row in range(len(names))]
        bars = axes.barh(spots, ratios, height, label=place, color=("#154273", "#8fcae7")[index])
        axes.bar_label(bars, [f"{_dutch(ratio)}×" for ratio in ratios], padding=3, fontsize=8)
    axes.set_yticks([row + height * (len(places) - 1) / 2 for row in range(len(names))], names)
    axes.invert_yaxis()
    axes.set_xlabel("keer zo snel als docxtpl, één brief")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, loc="lower right")
    PLOT.parent.mkdir(exist_ok=True)
    figure.savefig(PLOT, metadata={"Date": None, "Creator": "lrtdocs"})
    plt.close(figure)
