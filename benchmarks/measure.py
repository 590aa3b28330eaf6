"""The measurements: each returns plain numbers, and none of them judges.

Ways are taken in turns, letter by letter, and medians are kept: what slows the machine down for a
moment then slows all of them down alike.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from letters import Record, make_records
from texts import read_texts
from ways import Write, find_ways

from lrtdocs.word.package.archive import FASTEST, ZLIB, Compressor

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

EXAMPLES = Path(__file__).parent.parent / "examples"
HERE = Path(__file__).parent
FLOOR = "ondergrens"
PDF_ROUNDS = 3
NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"


class DifferentTextError(Exception):
    """Two ways did not make the same letter."""


def measure_ways(folder: Path, count: int) -> dict[str, float]:
    """Return the median seconds a letter for each way, written below `folder`."""
    ways = {name: open_way(folder) for name, (_, open_way) in find_ways().items()}
    times: dict[str, list[float]] = {name: [] for name in ways}
    for number, record in enumerate(make_records(count)):
        names = list(ways)[number % len(ways) :] + list(ways)[: number % len(ways)]
        paths = {name: folder / f"{list(ways).index(name)}-{number:05}.docx" for name in names}
        for name in names:
            times[name].append(ways[name](record, paths[name]))
        if number < 3:
            _check_equal(paths)
        for name, path in paths.items():
            if number or name != next(reversed(ways)):
                path.unlink()
    kept = next(folder.glob("*-00000.docx"))
    medians = {name: median(values) for name, values in times.items()}
    return {**medians, **_measure_floor(kept, folder, count)}


def _check_equal(paths: dict[str, Path]) -> None:
    texts = {name: read_texts(path) for name, path in paths.items()}
    first = next(iter(texts))
    for name, found in texts.items():
        if found != texts[first]:
            raise DifferentTextError(first, name)


def _measure_floor(letter: Path, folder: Path, count: int) -> dict[str, float]:
    """Return the seconds of compressing the parts of `letter` that change, and writing as much."""
    with zipfile.ZipFile(letter) as package:
        changing = ("word/document", "word/header2", "word/footer2")
        parts = [package.read(n) for n in package.namelist() if n.startswith(changing)]
    data = letter.read_bytes()

    def deflate_and_write(compressor: Compressor) -> Write:
        def write(_: Record, path: Path) -> float:
            start = time.perf_counter()
            for part in parts:
                compressor.deflate(part)
            path.write_bytes(data)
            return time.perf_counter() - start

        return write

    found = {}
    for label, compressor in {f"{FLOOR}, zlib": ZLIB, FLOOR: FASTEST}.items():
        write = deflate_and_write(compressor)
        found[label] = median(write({}, folder / f"o-{n:05}.docx") for n in range(count))
    return found


def run_child(command: Sequence[str]) -> tuple[float, int]:
    """Run `command` and return (seconds, peak memory in kB of its largest process).

    Runs in a process of its own, since a peak is kept for the whole life of one. Python keeps what
    it compiled, as it does for a user, whatever the environment of this process says.
    """
    asked = [sys.executable, str(HERE / "child.py"), *command]
    environment = {name: value for name, value in os.environ.items() if name != NO_BYTECODE}
    done = subprocess.run(asked, check=True, capture_output=True, text=True, env=environment)
    seconds, peak = done.stdout.splitlines()[-1].split()
    return float(seconds), int(peak)


def time_child(command: Sequence[str]) -> tuple[float, int]:
    """Run `command` here; used by the process that `run_child` starts."""
    start = time.perf_counter()
    done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=sys.stderr)
    seconds = time.perf_counter() - start
    if done.returncode not in {0, 1}:
        raise subprocess.CalledProcessError(done.returncode, command)
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


def lrtdocs_command(mailing: Path, folder: Path, *options: str) -> list[str]:
    """Return the command that makes the letters of `mailing` in `folder`."""
    program = Path(sys.executable).with_name("lrtdocs")
    return [str(program), "brieven", str(mailing), "-o", str(folder), *options]


def measure_commands(folder: Path, rounds: int) -> dict[str, float]:
    """Return the median seconds of two whole commands: lrtdocs, and a loop around docxtpl.

    The first round of each is not counted: it compiles what Python keeps.
    """
    loop = [sys.executable, str(HERE / "docxtpl_loop.py"), str(EXAMPLES / "adressen.xlsx")]
    commands: dict[str, Callable[[Path], list[str]]] = {
        "docxtpl": lambda target: [*loop, str(target)],
        "lrtdocs": lambda target: lrtdocs_command(EXAMPLES / "taakstelling-2025-II.yaml", target),
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            target = folder / f"{name}-{number}"
            seconds, _ = run_child(command(target))
            times[name] += [seconds] if number else []
            shutil.rmtree(target, ignore_errors=True)
    return {name: median(values) for name, values in times.items()}


def measure_growth(folder: Path, counts: Sequence[int]) -> dict[int, tuple[float, int]]:
    """Return (seconds, peak kB) of `lrtdocs brieven` for each of `counts` letters."""
    found = {}
    for count in counts:
        mailing = write_mailing(folder, count)
        target = folder / f"groei-{count}"
        found[count] = run_child(lrtdocs_command(mailing, target))
        shutil.rmtree(target, ignore_errors=True)
    return found


def write_mailing(folder: Path, count: int) -> Path:
    """Write a mailing of `count` letters to invented organisations, and the file of recipients."""
    lines = ["organisatie;adres;postcode;plaats"]
    lines += [
        f"Stichting Voorbeeld {n};Postbus {n};{1000 + n % 9000} AB;Voorbeeldstad"
        for n in range(1, count + 1)
    ]
    name = f"ontvangers-{count}.csv"
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    shutil.copy(EXAMPLES / "huisstijl.yaml", folder)
    example = (EXAMPLES / "brief.yaml").read_text(encoding="utf-8")
    mailing = folder / f"brief-{count}.yaml"
    mailing.write_text(example.replace("ontvangers-brief.csv", name), encoding="utf-8")
    return mailing


def measure_words(folder: Path, count: int, rounds: int) -> dict[str, float]:
    """Return the median seconds of `count` plain letters, and of as many of two rows with words.

    The two are made in turns.
    """
    mailings = {"gewoon": write_mailing(folder, count), "groepen": write_groups(folder, count)}
    times: dict[str, list[float]] = {name: [] for name in mailings}
    for number in range(rounds):
        for name, mailing in mailings.items():
            target = folder / f"woorden-{name}-{number}"
            times[name].append(run_child(lrtdocs_command(mailing, target))[0])
            shutil.rmtree(target, ignore_errors=True)
    medians = {name: median(values) for name, values in times.items()}
    return {"brieven": count, **medians}


def write_groups(folder: Path, count: int) -> Path:
    """Write a mailing of `count` letters with words in the text, each of two rows of its list."""
    lines = ["organisatie;adres;postcode;plaats;locatie;bedrag"]
    lines += [
        f"Stichting Voorbeeld {n};Postbus {n};{1000 + n % 9000} AB;Voorbeeldstad;"
        f"Locatie {row};{n * row % 5000},50"
        for n in range(1, count + 1)
        for row in (1, 2)
    ]
    name = f"rijen-{count}.csv"
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    plain = write_mailing(folder, count).read_text(encoding="utf-8")
    grouped = f"ontvangers: {name}\ngroepeer: organisatie\nkolommen: {{bedrag: getal}}\n"
    text = plain.replace(f"ontvangers: ontvangers-{count}.csv\n", grouped)
    words = (
        "tekst: |\n  U krijgt voor {aantal_rijen} locaties **{totaal_bedrag:bedrag}**, onder\n"
        "  nummer {volgnummer:04}. Zeg dat ook bij {organisatie}.\n\n"
    )
    mailing = folder / f"groepen-{count}.yaml"
    mailing.write_text(text.replace("tekst: |\n", words), encoding="utf-8")
    return mailing


def measure_pdf(folder: Path, letters: int) -> dict[str, float]:
    """Return the seconds a letter of PDF: all letters by lrtdocs, `letters` with a call each.

    Medians of `PDF_ROUNDS` runs and of the calls between them, on one profile: what slows the
    machine down for a minute then slows both down, and no call pays for a fresh profile.
    """
    office = shutil.which("soffice")
    if office is None:
        return {}
    example = EXAMPLES / "taakstelling-2025-II.yaml"
    run_child(lrtdocs_command(example, folder / "word"))
    documents = sorted((folder / "word").glob("*.docx"))
    profile = f"-env:UserInstallation={(folder / 'profiel').as_uri()}"
    convert = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder / "los"),
    ]
    run_child([*convert, str(documents[0])])
    calls = [[*convert, str(document)] for document in documents[:letters]]
    times: list[float] = []
    runs: list[float] = []
    for number in range(PDF_ROUNDS):
        times += [run_child(call)[0] for call in calls[number::PDF_ROUNDS]]
        seconds, _ = run_child(lrtdocs_command(example, folder / "pdf", "--pdf"))
        runs.append(seconds / len(list((folder / "pdf").glob("*.pdf"))))
        shutil.rmtree(folder / "pdf")
    shutil.rmtree(folder / "word")
    return {"soffice": median(times), "lrtdocs": median(runs)}


def measure_picture(changes: int) -> dict[str, dict[str, float]]:
    """Return the seconds from a change in the text of a meeting to its pages with their places.

    By kind of paper: the median, the slowest of so many `changes`, and the first, which waits for
    LibreOffice to start; and the time of a processor that this process itself takes.
    """
    from lrtdocs.api.showing import Viewer

    path = EXAMPLES / "2025-03-19-lrt.yaml"
    text = path.read_text(encoding="utf-8")
    found: dict[str, dict[str, float]] = {}
    for kind in ("agenda", "verslag"):
        viewer, times, own = Viewer(), list[float](), list[float]()
        try:
            for number in range(changes + 1):
                changed = text.replace("titel: Opening", f"titel: Opening {number}")
                begun, busy = time.perf_counter(), time.process_time()
                sight = viewer.show(path, kind, changed)
                times.append(time.perf_counter() - begun)
                own.append(time.process_time() - busy)
                if not (sight.pages and sight.spots):
                    raise DifferentTextError(kind)
        finally:
            viewer.close()
        first, *warm = times
        found[kind] = {
            "mediaan": median(warm),
            "traagste": max(warm),
            "eerste": first,
            "processor": median(own[1:]),
        }
    return found
