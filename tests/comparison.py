"""Compare what two states of the code make of the same input, from the outside.

    python tests/comparison.py corpus CORPUS [FOLDER ...]
    python tests/comparison.py record CORPUS OUT [--lrtdocs BIN/lrtdocs] [--pdf] [--only GLOB]
    python tests/comparison.py diff OUT-A OUT-B [--ignore FILE] [--only GLOB] [--common] [--full]

`corpus` gathers the input once: the examples, the templates, the cases of the tests and every
FOLDER. `record` runs the command line on all of it and writes one text file a run: the command, the
exit code, what was printed, and what stands in each file that was made. `diff` tells which runs
differ, and shows a difference that many runs share once. It exits with 1 when there are any.

All this knows of the code that is recorded is `lrtdocs.cli:main`: a driver, in the Python of that
code, imports it once and forks for each run. Letters to everyone and PDFs go by the real program.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import fnmatch
import functools
import gc
import hashlib
import importlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import pikepdf

ROOT = Path(__file__).resolve().parents[1]
TODAY = "1742385600"  # 19 March 2025, at noon
LIMIT = 120  # seconds a step
MARK = "=== "
BYTES = "sha256 of the bytes"
FULL_LETTERS = 3
MANY = 12
LETTERS = "GM0518,GM1900,GM0373"
KINDS = ("agenda", "verslag", "brief", "taakstelling")
COMMANDS = (
    "agenda", "verslag", "brief", "brieven", "controleer", "vul", "taakstelling", "gemeenten",
    "schema", "nieuw", "sjabloon", "sjabloon lijst", "sjabloon kopieer", "sjabloon controleer",
    "sjabloon velden", "sjabloon voorbeeld",
)  # fmt: skip

Step = tuple[str, ...]
Sections = dict[str, list[str]]


def say(text: str = "") -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


# --- the corpus

WORDS = """\
overleg: Landelijk overleg
datum: 2025-03-19
tijd: 10:00-11:30
plaats: Den Haag
titel: Een titel
nummer: 3
naam: Jan
telefoon: 070 000 00 00
getal: 13000
totaal: 13000
bedrag: 25451.73
leeg:
niets: []
betreft: Proef
onze_referentie: LRT-1
toelichting: |
  Een alinea met **vet**.

  - een punt;
  - nog een punt.
tekst: Gewone tekst & <tekens>.
leden: [Jan, Piet, Klaas]
afzender: {directie: Directie Voorbeeld, naam: Voorbeeld, website: www.voorbeeld.nl}
contactpersoon: {naam: J. Voorbeeld, telefoon: 070 000 00 00}
agendapunten:
  - {titel: Opening, tijd: "10:00", stukken: [{titel: Nota, nummer: 1}, {titel: Brief}]}
  - {titel: Sluiting, stukken: []}
punten:
  - {titel: Opening, leden: [a, b], tijd: "10:00"}
  - {titel: Sluiting, leden: [c]}
"""

VARIANTS = {
    "bijlage-a": (("bijlage_a: nee", "bijlage_a: ja"),),
    "grootste-rest": (("afronding: naar boven", "afronding: grootste rest"),),
    "rekenkundig": (("afronding: naar boven", "afronding: rekenkundig"),),
    "te-laat": (("halfjaar: 2025-II", "halfjaar: 2024-II"),),
    "eigen-tabel": (("  bijlage_a: nee", "  tabel: adressen.xlsx\n  bijlage_a: nee"),),
}


def make_corpus(out: Path, extra: Sequence[Path]) -> None:
    out.mkdir(parents=True)
    skip = shutil.ignore_patterns("*.expected", "__pycache__")
    folders = {"examples": "examples", "templates": "templates"}
    folders |= {"yaml": "tests/cases/yaml", "mailing": "tests/cases/mailing"}
    for name, source in folders.items():
        shutil.copytree(ROOT / source, out / name, ignore=skip)
    for name in ("adressen.xlsx", "huisstijl.yaml"):
        shutil.copy(ROOT / "examples" / name, out / "mailing" / name)
    for folder in extra:
        shutil.copytree(folder, out / "extra" / folder.resolve().name, ignore=skip)
    make_broken(out / "broken")
    make_variants(out / "variants")
    for path in (out, *out.rglob("*")):  # the source may be read-only
        path.chmod(0o755 if path.is_dir() else 0o644)
    say(f"{sum(path.is_file() for path in out.rglob('*'))} files in {out}")


def make_broken(out: Path) -> None:
    """Write the broken templates of the tests as files, and words to fill them with."""
    out.mkdir()
    sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "word")]
    for path in sorted((ROOT / "tests/word/broken_cases").glob("in_*.py")):
        importlib.import_module(f"broken_cases.{path.stem}")
    making: Any = importlib.import_module("broken_cases.making")
    for case in making.CASES:
        target = out / f"{case.build.__name__}.docx"
        if target.exists():
            target = target.with_stem(f"{target.stem}_2")
        target.write_bytes(case.build())
    (out / "gegevens.yaml").write_text(WORDS, encoding="utf-8")


def make_variants(out: Path) -> None:
    """Write the example mailing in other ways, so that each way of dividing is seen."""
    out.mkdir()
    text = (ROOT / "examples/taakstelling-2025-II.yaml").read_text(encoding="utf-8")
    for name in ("adressen.xlsx", "huisstijl.yaml"):
        shutil.copy(ROOT / "examples" / name, out / name)
    for name, changes in VARIANTS.items():
        changed = text
        for old, new in changes:
            changed = changed.replace(old, new)
        (out / f"taakstelling-{name}.yaml").write_text(changed, encoding="utf-8")


# --- the runs


@dataclass(frozen=True)
class Run:
    """Some commands, one after another, in a copy of a folder (or of some files) of the corpus."""

    name: str
    steps: tuple[Step, ...]
    folder: str = ""
    files: tuple[str, ...] | None = None
    real: bool = False

    @property
    def weight(self) -> int:
        """Return what is to go first, so that no core is idle at the end."""
        return len(self.steps) + (10 if self.real else 0)


def runs_of(corpus: Path, pdf: bool) -> list[Run]:
    """Return all runs on `corpus`, long ones first."""
    runs = [*general_runs(), *example_runs(), *template_runs()]
    for path in sorted(corpus.rglob("*")):
        if path.is_file():
            runs += file_runs(path, corpus)
    if pdf:
        runs += pdf_runs(corpus)
    names = Counter(run.name for run in runs)
    twice = [name for name, count in names.items() if count > 1]
    if twice:
        sys.exit(f"two runs have one name: {twice}")
    return sorted(runs, key=lambda run: -run.weight)


def general_runs() -> Iterator[Run]:
    """Yield what needs no input."""

    def run(name: str, *steps: str) -> Run:
        return Run(f"general/{name}", tuple(tuple(step.split()) for step in steps), files=())

    yield run("no-arguments", "")
    yield run("help", "--help")
    yield run("version", "--version")
    yield run("unknown-command", "agneda")
    yield run("unknown-option", "agenda --pfd x.yaml")
    for command in COMMANDS:
        slug = command.replace(" ", "-")
        yield run(f"help-{slug}", f"{command} --help")
        yield run(f"without-arguments-{slug}", command)
    for command in ("agenda", "controleer", "brief", "taakstelling"):
        yield run(f"no-such-file-{command}", f"{command} nergens.yaml")
    yield run("no-such-file-brieven", "brieven nergens.yaml -o uit")
    yield run("proef-0", "brieven nergens.yaml -o uit --proef 0")
    yield run("werkers-x", "brieven nergens.yaml -o uit --werkers x")
    for kind in ("vergadering", "mailing", "huisstijl"):
        yield run(f"schema-{kind}", f"schema {kind}", f"schema {kind} -o s.json")
    yield run("schema-onbekend", "schema brief")
    yield run(
        "nieuw-agenda", "nieuw agenda -o a.yaml", "nieuw agenda -o a.yaml", "controleer a.yaml"
    )
    yield run("nieuw-agenda-zonder", "nieuw agenda", "nieuw agenda --json")
    yield run("nieuw-mailing", "nieuw mailing -o m.yaml", "controleer m.yaml", "nieuw mailing")
    yield run("gemeenten", "gemeenten", "gemeenten -o g.csv", "gemeenten -o g.xlsx")
    yield run("gemeenten-json", "gemeenten --json", "gemeenten -o g.pdf")


def template_runs() -> Iterator[Run]:
    """Yield the work on the shipped templates by name."""
    for kind in KINDS:
        steps: list[Step] = [
            ("sjabloon", "velden", kind),
            ("sjabloon", "velden", kind, "--json"),
            ("sjabloon", "velden", kind, "-o", "velden.docx"),
            ("sjabloon", "controleer", kind),
            ("sjabloon", "controleer", kind, "--markeer", "nakijken.docx"),
            ("sjabloon", "kopieer", kind),
            ("sjabloon", "kopieer", kind),
            ("sjabloon", "lijst"),
            ("sjabloon", "controleer", kind),
        ]
        yield Run(f"sjabloon/{kind}", tuple(steps), files=())
        for amount in ("gewoon", "weinig", "veel"):
            step = ("sjabloon", "voorbeeld", kind, "--gegevens", amount)
            yield Run(f"sjabloon/{kind}-{amount}", (step,), files=())
    yield Run("sjabloon/lijst", (("sjabloon", "lijst"), ("sjabloon", "lijst", "--json")), files=())
    yield Run("sjabloon/onbekend", (("sjabloon", "controleer", "agneda"),), files=())


MEETING, MAILING = "2025-03-19-lrt.yaml", "taakstelling-2025-II.yaml"


def example_runs() -> Iterator[Run]:
    """Yield whole runs of letters, and what happens on a second run."""

    def run(name: str, *steps: str, real: bool = False) -> Run:
        return Run(f"whole/{name}", tuple(tuple(s.split()) for s in steps), "examples", real=real)

    agenda = f"agenda {MEETING} -o uit/"
    letters, few = f"brieven {MAILING} -o uit", "brieven brief.yaml -o uit"
    yield run("alle-brieven", letters, letters, real=True)
    yield run("alleen", f"{letters} --alleen {LETTERS}", f"{letters} --alleen 1-3")
    yield run(
        "alleen-onbekend", f"{letters} --alleen GM9999,Nergens", f"{letters} --alleen 900-910"
    )
    yield run("proef", f"{letters} --proef 5", f"{few} --proef 2", f"{letters} --proef 5")
    yield run(
        "proef-json", f"{letters} --proef 3 --json", f"{letters} --proef 3 --json --overnieuw"
    )
    yield run("brief", f"brief {MAILING} --alleen GM0518", f"brief {MAILING}", "brief brief.yaml")
    yield run(
        "bewerkt", few, "@edit uit/GM0373*.docx", few, f"{few} --overnieuw", f"{few} --overschrijf",
        "@delete uit/GM1900*.docx", few, "@change brief.yaml Turfmarkt Torenstraat", few,
    )  # fmt: skip
    yield run("bewerkt-en-anders", few, "@edit uit/GM0373*.docx",
              "@change brief.yaml Turfmarkt Torenstraat", few, f"{few} --overschrijf")  # fmt: skip
    yield run("andere-mailing", few, f"{letters} --proef 1")
    yield run(
        "agenda-bewerkt", agenda, agenda, "@edit uit/*.docx", agenda, f"{agenda} --overschrijf"
    )
    yield run("meer-bestanden", f"agenda {MEETING} nieuw.yaml nergens.yaml -o uit/",
              f"controleer {MEETING} brief.yaml adressen.xlsx nieuw.yaml")  # fmt: skip
    yield run("verkeerd-stuk", f"agenda {MAILING}", f"brief {MEETING}", f"brieven {MEETING} -o uit")
    yield run("json", f"agenda {MEETING} --json", f"verslag {MEETING} --json -o v.docx")
    yield run("eigen-sjabloon", "sjabloon kopieer agenda", "@edit sjablonen/agenda.docx", agenda,
              "sjabloon lijst", f"agenda {MEETING} --sjabloon nergens.docx")  # fmt: skip


def file_runs(path: Path, corpus: Path) -> Iterator[Run]:
    """Yield what can be done with one file of the corpus."""
    relative = path.relative_to(corpus)
    if path.suffix in {".yaml", ".txt", ".py", ".sh"} or path.name.startswith("~"):
        yield from yaml_runs(path, relative) if path.suffix == ".yaml" else ()
    elif path.suffix == ".docx":
        yield from docx_runs(path, relative)
    elif path.suffix in {".xlsx", ".csv", ".jpg"}:
        steps = (("controleer", path.name), ("controleer", path.name, "--json"))
        more = (("gemeenten", "--vergelijk", path.name),) if path.suffix != ".jpg" else ()
        yield Run(f"{relative}/controleer", steps + more, str(relative.parent), (path.name,))


def is_mailing(path: Path) -> bool:
    text = path.read_text(encoding="utf-8", errors="replace")
    return bool(re.search(r"^(sjabloon|ontvangers|taakstelling)\s*:", text, re.MULTILINE))


def yaml_runs(path: Path, relative: Path) -> Iterator[Run]:
    file, folder = path.name, str(relative.parent)

    def run(name: str, *steps: Step) -> Run:
        return Run(f"{relative}/{name}", steps, folder)

    yield run("controleer", ("controleer", file))
    if file == "huisstijl.yaml":
        yield run("lijst", ("sjabloon", "lijst"))
    elif is_mailing(path):
        many = ("examples", "mailing", "variants")
        some = ("--alleen", LETTERS) if relative.parts[0] in many else ()
        yield run(
            "brieven", ("brieven", file, "-o", "uit", *(some if file != "brief.yaml" else ()))
        )
        yield run("proef", ("brieven", file, "-o", "uit", "--proef", "2"))
        yield run("brief", ("brief", file, "--alleen", "1", "-o", "uit/"))
        table = ("taakstelling", file)
        yield run("taakstelling", table, (*table, "-o", "t.csv"), (*table, "-o", "t.xlsx"),
                  (*table, "--json"))  # fmt: skip
    else:
        yield run("agenda", ("agenda", file, "-o", "uit/"))
        yield run("verslag", ("verslag", file, "-o", "uit/"))


def docx_runs(path: Path, relative: Path) -> Iterator[Run]:
    """Yield the work on a template, and on the example with it."""
    file, folder = path.name, str(relative.parent)

    def run(name: str, *steps: Step, words: Sequence[str] = ()) -> Run:
        return Run(f"{relative}/{name}", steps, folder, (file, *words))

    broken = relative.parts[0] == "broken"  # there are many of those: only what tells most
    check = ("sjabloon", "controleer", file)
    yield run("controleer", (*check, "--json", "--markeer", "nakijken.docx"))
    if not broken:
        yield run("controleer-plain", check, ("controleer", file))
        yield run("velden", ("sjabloon", "velden", file))
        for amount in ("gewoon", "veel"):
            step = ("sjabloon", "voorbeeld", file, "--gegevens", amount, "-o", "uit/")
            yield run(f"voorbeeld-{amount}", step)
    own = path.with_suffix(".yaml")
    up = "/".join([".."] * len(relative.parent.parts))
    words = own.name if own.exists() else f"{up}/broken/gegevens.yaml"
    yield run("vul", ("vul", file, Path(words).name, "-o", "gevuld.docx"), words=(words,))
    meeting = (f"{up}/examples/{MEETING}", f"{up}/examples/huisstijl.yaml")
    if not broken:
        yield run("agenda", ("agenda", MEETING, "--sjabloon", file, "-o", "uit/"), words=meeting)


def pdf_runs(corpus: Path) -> Iterator[Run]:
    """Yield the runs that need LibreOffice."""

    def run(name: str, folder: str, *steps: str) -> Run:
        return Run(f"pdf/{name}", tuple(tuple(s.split()) for s in steps), folder, real=True)

    for kind in ("agenda", "verslag"):
        yield run(kind, "examples", f"{kind} {MEETING} -o uit/ --pdf",
                  f"controleer uit/2025-03-19-lrt-{kind}.pdf")  # fmt: skip
    letters = f"brieven {MAILING} -o uit --alleen {LETTERS} --pdf"
    yield run("brieven", "examples", letters, letters, "@edit uit/GM0518*.docx", letters)
    yield run("brief", "examples", "brief brief.yaml --alleen 1 --pdf -o uit/")
    yield run("samenvoegen", "examples", "brieven brief.yaml -o uit --pdf --samenvoegen")
    annex = "brieven taakstelling-bijlage-a.yaml -o uit --alleen 1 --pdf --samenvoegen"
    yield run("bijlage-a", "variants", annex)
    for kind in KINDS:
        yield run(
            f"voorbeeld-{kind}", "templates", f"sjabloon voorbeeld {kind} --gegevens veel --pdf"
        )
    for path in sorted((corpus / "extra").glob("*/**/*.yaml")):
        relative = path.relative_to(corpus)
        if path.name == "huisstijl.yaml" or not (
            "pdf" in relative.parts or len(relative.parts) == 3
        ):
            continue  # those in a folder `pdf`, and those that stand at the top of their folder
        parent, name = str(relative.parent), "-".join(relative.with_suffix("").parts[1:])
        if is_mailing(path):
            yield run(name, parent, f"brieven {path.name} -o uit --pdf --samenvoegen")
        else:
            yield run(name, parent, *(f"{k} {path.name} -o uit/ --pdf" for k in KINDS[:2]))


# --- the driver: it runs in the Python of the code that is recorded, and imports nothing but it


def drive() -> None:
    """Read jobs, a line of JSON each, fork for each, and answer with its exit code."""
    questions = os.fdopen(os.dup(0), encoding="utf-8")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    main: Callable[..., None] = importlib.import_module("lrtdocs.cli").main
    package = importlib.import_module("lrtdocs").__file__ or ""
    for line in questions:
        job = json.loads(line)
        for name in job.get("import", ()):
            with contextlib.suppress(Exception):
                importlib.import_module(name)
        if "import" in job:
            gc.collect()
            gc.freeze()
            answer: object = str(Path(package).resolve().parents[1])
        else:
            child = os.fork()
            if child == 0:
                run_forked(main, job)
            answer = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child, signal.SIGKILL)
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def run_forked(main: Callable[..., None], job: Mapping[str, Any]) -> NoReturn:
    code = 1
    try:
        os.setsid()
        signal.alarm(LIMIT)
        os.chdir(job["cwd"])
        os.environ.update(job["environment"])
        tempfile.tempdir = None
        for number, name in ((1, "stdout"), (2, "stderr")):
            flags = os.O_CREAT | os.O_WRONLY | os.O_TRUNC
            os.dup2(os.open(job[name], flags, 0o644), number)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False, buffering=1)
        sys.argv = ["lrtdocs", *job["arguments"]]
        main(list(job["arguments"]))
        code = 0
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except BaseException:  # noqa: BLE001 # what it is, is to be recorded
        traceback.print_exc()
    with contextlib.suppress(Exception):
        sys.stdout.flush()
        sys.stderr.flush()
    if "modules" in job:
        Path(job["modules"]).write_text(json.dumps(list(sys.modules)), encoding="utf-8")
    os._exit(code)


class Driver:
    """The other end of the driver."""

    def __init__(self, python: Path, scratch: Path, warm: Path) -> None:
        command = [str(python), "-P", str(Path(__file__).resolve()), "drive"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
            cwd=scratch, env=environment_in(scratch),
        )  # fmt: skip
        modules = scratch / "modules.json"
        names: dict[str, None] = {}
        for arguments in (
            ("agenda", MEETING), ("brief", "brief.yaml", "--alleen", "1"),
            ("sjabloon", "controleer", "agenda", "--markeer", "n.docx"),
            ("controleer", "adressen.xlsx"), ("sjabloon", "velden", "brief"),
        ):  # fmt: skip
            self.run(arguments, warm, scratch, modules=str(modules))
            if modules.exists():
                names |= dict.fromkeys(json.loads(modules.read_text(encoding="utf-8")))
        self.home = str(self._ask({"import": list(names)}))

    def run(self, arguments: Sequence[str], cwd: Path, scratch: Path, **more: str) -> int:
        """Run a command in `cwd` and return its exit code; what it prints lies in `scratch`."""
        out, err = str(scratch / "stdout"), str(scratch / "stderr")
        job = {"arguments": arguments, "cwd": str(cwd), "stdout": out, "stderr": err, **more}
        return int(self._ask({**job, "environment": environment_in(scratch)}))

    def _ask(self, job: Mapping[str, object]) -> Any:
        if self._process.stdin is None or self._process.stdout is None:
            raise AssertionError
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


def environment_in(scratch: Path) -> dict[str, str]:
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(scratch / "home"),
        "TMPDIR": str(scratch / "tmp"),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "COLUMNS": "100",
        "PYTHONHASHSEED": os.environ.get("PYTHONHASHSEED", "0"),
        "SOURCE_DATE_EPOCH": TODAY,
    }


# --- recording


@dataclass
class Recorder:
    """Makes the runs, each in a scratch folder of its own."""

    corpus: Path
    out: Path
    program: Path
    scratch: Path
    driver: Driver | None = field(default=None)

    def start(self) -> None:
        place = self.scratch / f"driver-{os.getpid()}"
        shutil.copytree(self.corpus / "examples", place / "work")
        for name in ("home", "tmp"):
            (place / name).mkdir()
        self.driver = Driver(self.program.with_name("python"), place, place / "work")

    def record(self, number: int, run: Run) -> tuple[str, float]:
        """Make `run` and write down all of it; return its name and how long it took."""
        began = time.monotonic()
        scratch = self.scratch / f"{number:05}"
        work = scratch / "work"
        work.mkdir(parents=True)
        for name in ("home", "tmp"):
            (scratch / name).mkdir()
        self._fill(work, run)
        before = state_of(work)
        sections: Sections = {}
        for count, step in enumerate(run.steps, 1):
            self._step(step, f"{count}.", run, scratch, sections)
        after = state_of(work)
        made = sorted(name for name in after if after[name] != before.get(name))
        sections[BYTES] = [f"{after[name]}  {name}" for name in made]
        try:
            sections |= dump_all(work, made, self.mended(scratch))
        except Exception:  # noqa: BLE001 # one file that cannot be read spoils no recording
            sections["cannot be read"] = traceback.format_exc().split("\n")[-4:]
        sections["left behind"] = sorted(
            re.sub(r"[a-z0-9_]{8}$", "*", str(path.relative_to(scratch)))
            for place in ("home", "tmp")
            for path in (scratch / place).iterdir()
        )
        shutil.rmtree(scratch)
        write_sections(self.out / f"{run.name}.txt", sections)
        return run.name, time.monotonic() - began

    def _fill(self, work: Path, run: Run) -> None:
        source = self.corpus / run.folder
        if run.files is None:
            shutil.copytree(source, work, dirs_exist_ok=True)
        else:
            for name in run.files:
                path = (source / name).resolve()
                shutil.copy(path, work / path.name)

    def _step(self, step: Step, label: str, run: Run, scratch: Path, sections: Sections) -> None:
        work, mend = scratch / "work", self.mended(scratch)
        before = state_of(work)
        sections[f"{label} command"] = [" ".join(("lrtdocs", *step))]
        if step and step[0].startswith("@"):
            change(work, *step)
            return
        code = self._real(step, scratch) if run.real else self._forked(step, scratch)
        after = state_of(work)
        sections[f"{label} exit code"] = [str(code)]
        for name in ("stdout", "stderr"):
            text = (scratch / name).read_text(encoding="utf-8", errors="replace")
            sections[f"{label} {name}"] = printed(mend(text), step, name)
        sections[f"{label} files"] = [
            f"{'removed' if name not in after else 'changed' if name in before else 'made'} {name}"
            for name in sorted(before | after)
            if before.get(name) != after.get(name)
        ]

    def _forked(self, step: Step, scratch: Path) -> int:
        if self.driver is None:
            raise AssertionError
        return self.driver.run(step, scratch / "work", scratch)

    def _real(self, step: Step, scratch: Path) -> int:
        with (scratch / "stdout").open("wb") as out, (scratch / "stderr").open("wb") as err:
            process = subprocess.Popen(
                [str(self.program), *step], cwd=scratch / "work", env=environment_in(scratch),
                stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True,
            )  # fmt: skip
            try:
                return process.wait(LIMIT * 2)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                return process.wait()

    def mended(self, scratch: Path) -> Callable[[str], str]:
        """Return what takes the paths of this machine out of a text."""
        home = self.driver.home if self.driver else ""
        # Not resolved: in a venv the program is no link, but its folder may be reached by one.
        venv = str(self.program.parent.parent)
        pairs = [(str(scratch / "work"), "/WERK"), (str(scratch), "/SCRATCH"), (venv, "/VENV")]
        pairs += [(home, "/LRTDOCS")] if home else []

        def mend(text: str) -> str:
            for old, new in pairs:
                text = text.replace(old, new)
            return text

        return mend


def change(work: Path, what: str, pattern: str, old: str = "", new: str = "") -> None:
    """Do to the files what people do between two commands."""
    for path in sorted(work.glob(pattern)):
        if what == "@delete":
            path.unlink()
        elif what == "@change":
            path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        else:
            edit(path)


def edit(path: Path) -> None:
    """Put a paragraph before the others, as by hand."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    added = b"<w:body><w:p><w:r><w:t>Met de hand.</w:t></w:r></w:p>"
    members["word/document.xml"] = members["word/document.xml"].replace(b"<w:body>", added, 1)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data)


def state_of(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): digest(path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


_VERSION = re.compile(r"\b(lrtdocs|LibreOffice)([ /]+(?:versie )?)v?\d+(?:\.\d+)+\S*")
_PROGRESS = re.compile(r"^\[\d+/\d+\] ")
_TIMING = re.compile(r"\b\d+(?:[.,]\d+)? (?:s|ms|seconden|per seconde)\b")


def printed(text: str, step: Step, name: str) -> list[str]:
    """Return the lines of `text` without what depends on the clock."""
    lines = [_TIMING.sub("N s", _VERSION.sub(r"\1\2VERSION", line)) for line in text.split("\n")]
    if step and step[0] == "brieven":
        if name == "stderr":  # by the clock, every five seconds
            return [line for line in lines if not _PROGRESS.match(line)]
        return lines
    return lines


def record(options: argparse.Namespace) -> None:
    """Record every run that is asked for."""
    began = time.monotonic()
    options.out.mkdir(parents=True, exist_ok=True)
    corpus = options.corpus.resolve()
    runs = [
        run
        for run in runs_of(corpus, options.pdf)
        if wanted(run.name, options.only)
        and not (options.missing and (options.out / f"{run.name}.txt").exists())
    ]
    check_above(options.scratch)
    with tempfile.TemporaryDirectory(prefix="lrt-", dir=options.scratch) as name:
        recorder = Recorder(corpus, options.out, options.lrtdocs.absolute(), Path(name).resolve())
        times: list[tuple[float, str]] = []
        with ProcessPoolExecutor(options.jobs, initializer=_begin, initargs=(recorder,)) as pool:
            jobs = [pool.submit(_record, number, run) for number, run in enumerate(runs)]
            for job in as_completed(jobs):
                run_name, seconds = job.result()
                times.append((seconds, run_name))
    check_above(options.scratch)
    say(f"{len(runs)} runs in {time.monotonic() - began:.0f} s; the slowest:")
    for seconds, run_name in sorted(times, reverse=True)[:5]:
        say(f"  {seconds:5.1f} s  {run_name}")


def check_above(scratch: Path) -> None:
    """Stop if a folder above the scratch folder holds what the program looks for in all of them."""
    for folder in (scratch.resolve(), *scratch.resolve().parents):
        for name in ("huisstijl.yaml", "sjablonen", "gemeenten.csv"):
            if (folder / name).exists():
                sys.exit(f"{folder / name} would change the recording; choose another --scratch")


_recorders: list[Recorder] = []


def _begin(recorder: Recorder) -> None:
    recorder.start()
    _recorders.append(recorder)


def _record(number: int, run: Run) -> tuple[str, float]:
    return _recorders[0].record(number, run)


def wanted(name: str, only: Sequence[str]) -> bool:
    return not only or any(fnmatch.fnmatchcase(name, pattern) for pattern in only)


# --- what stands in a file


def dump_all(work: Path, made: Sequence[str], mend: Callable[[str], str]) -> Sections:
    """Return what stands in the files `made`; of many letters a digest each, and a few in full."""
    sections: Sections = {}
    letters = [name for name in made if name.endswith((".docx", ".pdf"))]
    shown = set(letters)
    if len(letters) > MANY:
        step = max(1, (len(letters) - 1) // (FULL_LETTERS - 1))
        shown = set(letters[::step][:FULL_LETTERS])
        sections["letters"] = [
            f"{digest(json.dumps(dump(work / name)).encode())}  {name}" for name in letters
        ]
    for name in made:
        if name not in shown and name in letters:
            continue
        for part, lines in dump(work / name).items():
            sections[f"{name} :: {part}"] = [mend(line) for line in lines]
    return sections


def dump(path: Path) -> Sections:
    """Return what stands in a file, in parts."""
    data = path.read_bytes()
    try:
        if path.suffix in {".docx", ".dotx"}:
            return dump_docx(path)
        if path.suffix == ".xlsx":
            return dump_xlsx(path)
        if path.suffix == ".pdf":
            return dump_pdf(path)
        text = data.decode("utf-8")
    except (zipfile.BadZipFile, UnicodeDecodeError, ValueError, KeyError) as error:
        return {"bytes": [f"{digest(data)}  {len(data)} bytes  ({type(error).__name__})"]}
    if path.suffix == ".jsonl":  # digests of bytes, which differ whenever anything does
        text = re.sub(r"\b[0-9a-f]{16,64}\b", "DIGEST", text)
        text = re.sub(r'"lrtdocs": "[^"]*"', '"lrtdocs": "VERSION"', text)
    return {"text": text.split("\n")}


def dump_docx(path: Path) -> Sections:
    """Return the parts of a Word document, an element a line."""
    sections: Sections = {}
    with zipfile.ZipFile(path) as archive:
        sections["members"] = [
            f"{info.filename} {info.compress_type} {info.date_time}" for info in archive.infolist()
        ]
        for info in archive.infolist():
            data = archive.read(info)
            if info.filename.endswith((".xml", ".rels")):
                sections[info.filename] = dump_xml(data)
            else:
                sections[info.filename] = [f"{digest(data)}  {len(data)} bytes"]
    return sections


@functools.lru_cache(maxsize=2000)
def dump_xml(data: bytes) -> list[str]:
    """Return an element a line; most parts come by many times."""
    from lxml import etree

    try:
        tree = etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True))
    except etree.XMLSyntaxError as error:
        return [f"no XML: {error}", *data.decode(errors="replace").split("\n")]
    return list(xml_lines(tree))


def xml_lines(
    element: Any, depth: int = 0, above: Mapping[Any, str] | None = None
) -> Iterator[str]:
    """Yield an element a line, with its text where it has no children."""
    pad = " " * depth
    if not isinstance(element.tag, str):
        yield f"{pad}{element!r} {element.text!r}"
        return
    spaces = element.nsmap
    above = above or {}
    names = {uri: prefix for prefix, uri in spaces.items()}
    new = "".join(
        f' xmlns{":" + prefix if prefix else ""}="{uri}"'
        for prefix, uri in sorted(spaces.items(), key=str)
        if above.get(prefix) != uri
    )
    attributes = "".join(f' {short(key, names)}="{value}"' for key, value in element.items())
    opening = f"{pad}<{short(element.tag, names)}{new}{attributes}"
    text = (element.text or "").replace("\n", "\\n")
    if len(element) == 0:
        yield f"{opening}>{text}" if text else f"{opening}/>"
    else:
        yield f"{opening}>{text.strip() and text}"
        for child in element:
            yield from xml_lines(child, depth + 1, spaces)
            if child.tail and child.tail.strip():
                yield f"{pad} tail: {child.tail!r}"


def short(name: str, prefixes: Mapping[str, str | None]) -> str:
    """Return `{uri}name` with its prefix."""
    if not name.startswith("{"):
        return name
    uri, _, local = name[1:].partition("}")
    prefix = prefixes.get(uri, "xml" if uri.endswith("/XML/1998/namespace") else uri)
    return f"{prefix}:{local}" if prefix else local


def dump_xlsx(path: Path) -> Sections:
    """Return the cells of a workbook, one a line, and how the sheets look."""
    import openpyxl

    sections: Sections = {}
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        widths = {key: column.width for key, column in sheet.column_dimensions.items()}
        lines = [f"{sheet.dimensions} freeze={sheet.freeze_panes} filter={sheet.auto_filter.ref}"]
        lines.append(f"widths={widths} titles={sheet.print_title_rows}")
        for row in sheet.iter_rows():
            for cell in row:
                bold = " bold" if cell.font and cell.font.b else ""
                lines.append(f"{cell.coordinate} {cell.value!r} {cell.number_format}{bold}")
        sections[f"sheet {sheet.title}"] = lines
    return sections


# --- PDF


def dump_pdf(path: Path) -> Sections:
    """Return the text, the structure and the properties of a PDF."""
    import pikepdf

    done = subprocess.run(
        ["pdftotext", "-layout", "-enc", "UTF-8", str(path), "-"], capture_output=True, check=False
    )
    pages = done.stdout.decode("utf-8", "replace").split("\f")
    sections: Sections = {
        f"page {number}": page.split("\n") for number, page in enumerate(pages[:-1], 1)
    }
    with pikepdf.open(path) as pdf:
        sections["properties"] = list(properties(pdf))
        sections["outline"] = list(outline(pdf.Root.get("/Outlines")))
        places = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        tree = pdf.Root.get("/StructTreeRoot")
        if tree is not None:
            sections["structure"] = list(structure(tree.get("/K"), places, 0))
            sections["roles"] = [plain(tree.get("/RoleMap"))]
        sections["links"] = list(links(pdf))
    return sections


def properties(pdf: pikepdf.Pdf) -> Iterator[str]:
    yield from (f"info {key} {mild(str(value))}" for key, value in sorted(pdf.docinfo.items()))
    for key in sorted(pdf.Root.keys()):
        if key not in {"/Pages", "/StructTreeRoot", "/Outlines", "/Metadata", "/Names", "/Dests"}:
            yield f"root {key} {mild(plain(pdf.Root[key]))[:2000]}"
    if "/Metadata" in pdf.Root:
        text = pdf.Root.Metadata.read_bytes().decode("utf-8", "replace")
        yield from (f"xmp {mild(line)}" for line in text.split("\n"))
    for number, page in enumerate(pdf.pages, 1):
        fonts: Any = page.get("/Resources", {}).get("/Font", {})  # type: ignore[call-overload]
        names = sorted(
            re.sub(r"^/[A-Z]{6}\+", "/", str(f.get("/BaseFont"))) for f in fonts.values()
        )
        yield f"page {number} {plain(page.MediaBox)} tabs={page.get('/Tabs')} fonts={names}"


def mild(text: str) -> str:
    return _VERSION.sub(r"\1\2VERSION", re.sub(r"uuid:[0-9a-f-]+", "uuid:X", text))


def plain(value: Any, depth: int = 0) -> str:
    """Return an object of a PDF as text, without its number."""
    import pikepdf

    if depth > 4:
        return "…"
    if isinstance(value, pikepdf.Dictionary):
        inner = (f"{k} {plain(value[k], depth + 1)}" for k in sorted(value.keys()) if k != "/P")
        return f"<<{' '.join(inner)}>>"
    if isinstance(value, pikepdf.Array):
        return f"[{' '.join(plain(item, depth + 1) for item in value)}]"
    if isinstance(value, pikepdf.Stream):
        return f"stream {digest(stream_bytes(value))[:16]}"
    return str(value)


def stream_bytes(stream: pikepdf.Stream) -> bytes:
    """Return what is in a stream, or its raw bytes if it is a picture that stays packed."""
    import pikepdf

    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        return stream.read_raw_bytes()


def outline(item: Any, depth: int = 0) -> Iterator[str]:
    """Yield the bookmarks below `item`."""
    child = item.get("/First") if item is not None else None
    while child is not None:
        yield f"{' ' * depth}{child.get('/Title')}"
        yield from outline(child, depth + 1)
        child = child.get("/Next")


def structure(kids: Any, places: Mapping[Any, int], depth: int) -> Iterator[str]:
    """Yield the structure tree, an element a line."""
    import pikepdf

    if kids is None:
        return
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if not isinstance(kid, pikepdf.Dictionary):
            yield f"{' ' * depth}content {kid}"
        elif "/S" not in kid:
            page = places.get(kid.get("/Pg", kid).objgen, "")
            yield f"{' ' * depth}{kid.get('/Type')} {kid.get('/MCID', '')} {page}".rstrip()
        else:
            keys = ("/T", "/Lang", "/Alt", "/ActualText", "/E", "/A", "/C")
            told = " ".join(f"{k}={plain(kid[k])}" for k in keys if k in kid)
            page = f"page {places.get(kid.Pg.objgen, '?')}" if "/Pg" in kid else ""
            yield f"{' ' * depth}{kid.S} {page} {told}".rstrip()
            yield from structure(kid.get("/K"), places, depth + 1)


def links(pdf: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, 1):
        for note in page.get("/Annots", []):
            place = " ".join(f"{float(x):.0f}" for x in note.get("/Rect", []))
            target = plain(note["/A"])[:200] if "/A" in note else ""
            yield f"page {number} {note.get('/Subtype')} [{place}] {note.get('/Contents')} {target}"


# --- comparing


def write_sections(path: Path, sections: Mapping[str, Sequence[str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        for name, lines in sections.items():
            file.write(f"{MARK}{name}\n")
            for line in lines:
                safe = line.replace("\r", "\\r").replace("\n", "\\n")
                file.write(f"{' ' if safe.startswith(MARK) else ''}{safe}\n")


def read_sections(text: str) -> Sections:
    sections: Sections = {}
    lines: list[str] = []
    for line in text.split("\n")[:-1]:
        if line.startswith(MARK):
            lines = sections.setdefault(line[len(MARK) :], [])
        else:
            lines.append(line)
    return sections


class Ignored:
    """What does not count: a line each of `run: GLOB`, `PATTERN => TEXT` or `PATTERN`."""

    def __init__(self, path: Path | None, with_bytes: bool) -> None:
        self._runs: list[str] = []
        self._changes: list[tuple[re.Pattern[str], str]] = []
        self._lines: list[re.Pattern[str]] = []
        self._with_bytes = with_bytes
        for line in path.read_text(encoding="utf-8").splitlines() if path else ():
            if line.startswith("run:"):
                self._runs.append(line.removeprefix("run:").strip())
            elif " => " in line:
                pattern, _, text = line.partition(" => ")
                self._changes.append((re.compile(pattern), text))
            elif line.strip() and not line.startswith("#"):
                self._lines.append(re.compile(line))

    def run(self, name: str) -> bool:
        return any(fnmatch.fnmatchcase(name, pattern) for pattern in self._runs)

    def sift(self, sections: Sections) -> Sections:
        """Return `sections` without what does not count."""
        kept = {n: lines for n, lines in sections.items() if self._with_bytes or n != BYTES}
        if not self._changes and not self._lines:
            return kept
        return {name: list(self._sift(lines)) for name, lines in kept.items()}

    def _sift(self, lines: Iterable[str]) -> Iterator[str]:
        for line in lines:
            if any(pattern.search(line) for pattern in self._lines):
                continue
            changed = line
            for pattern, text in self._changes:
                changed = pattern.sub(text, changed)
            yield changed


Hunk = tuple[str, tuple[str, ...]]
"""The part of a file, and the lines that go and come."""


class Differences:
    """Collects hunks and who has them; equal pairs of sections are compared once."""

    def __init__(self) -> None:
        self.runs: dict[Hunk, list[str]] = defaultdict(list)
        self.shown: dict[Hunk, list[str]] = {}
        self._seen: dict[str, list[Hunk]] = {}

    def add(
        self, run: str, name: str, old: Sequence[str] | None, new: Sequence[str] | None
    ) -> None:
        label = name.rpartition(" :: ")[2]
        if old is None or new is None:
            what = "only in B" if old is None else "only in A"
            lines = [*(f"+{line}" for line in new or ()), *(f"-{line}" for line in old or ())]
            self._note(run, (f"{label} ({what})", tuple(lines)), lines)
            return
        key = digest("\0".join([label, "\n".join(old), "\n".join(new)]).encode("utf-8", "replace"))
        if key not in self._seen:
            self._seen[key] = [*self._hunks(label, old, new)]
        for hunk in self._seen[key]:
            self._note(run, hunk, self.shown[hunk])

    def _note(self, run: str, hunk: Hunk, lines: list[str]) -> None:
        self.shown.setdefault(hunk, lines)
        if run not in self.runs[hunk][-1:]:
            self.runs[hunk].append(run)

    def _hunks(self, label: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Hunk]:
        start, end = common_ends(old, new)
        before, after = old[start : len(old) - end], new[start : len(new) - end]
        matcher = difflib.SequenceMatcher(None, before, after)
        for group in matcher.get_grouped_opcodes(1):
            changed: list[str] = []
            shown: list[str] = []
            for tag, low, high, left, right in group:
                if tag == "equal":
                    shown += [f" {line}" for line in before[low:high]]
                    continue
                lines = [f"-{line}" for line in before[low:high]]
                lines += [f"+{line}" for line in after[left:right]]
                changed += lines
                shown += lines
            above = old[start - 1 : start] if start and group[0][1] == 0 else ()
            hunk = (label, tuple(changed))
            self.shown.setdefault(hunk, [*(f" {line}" for line in above), *shown])
            yield hunk


def common_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """Return how many lines are equal at the start and at the end."""
    most = min(len(old), len(new))
    start = next((n for n in range(most) if old[n] != new[n]), most)
    end = next((n for n in range(most - start) if old[-1 - n] != new[-1 - n]), most - start)
    return start, end


def compare(options: argparse.Namespace) -> int:
    """Tell what differs between two recordings; return 1 if anything does."""
    ignored = Ignored(options.ignore, options.bytes)
    names = [
        {
            name
            for path in folder.rglob("*.txt")
            if wanted(name := str(path.relative_to(folder))[:-4], options.only)
            and not ignored.run(name)
        }
        for folder in (options.a, options.b)
    ]
    both = sorted(names[0] & names[1])
    differences, changed = Differences(), []
    for name in both:
        texts = [read_exact(folder / f"{name}.txt") for folder in (options.a, options.b)]
        if texts[0] == texts[1]:
            continue
        old, new = (ignored.sift(read_sections(text)) for text in texts)
        if old != new:
            changed.append(name)
            for part in old | new:
                if old.get(part) != new.get(part):
                    differences.add(name, part, old.get(part), new.get(part))
    lone = [] if options.common else [sorted(names[0] - names[1]), sorted(names[1] - names[0])]
    summarise(both, changed, lone, differences)
    show(differences, options.full)
    return int(bool(changed or any(lone)))


def read_exact(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def summarise(
    both: Sequence[str], changed: Sequence[str], lone: list[list[str]], differences: Differences
) -> None:
    say(f"{len(both) - len(changed):6} runs equal")
    say(f"{len(changed):6} runs changed")
    for letter, names in zip("AB", lone, strict=False):
        say(f"{len(names):6} runs only in {letter}")
        for name in names[:10]:
            say(f"         {name}")
    say(f"{len(differences.runs):6} different hunks")
    places = Counter(name.rsplit("/", 1)[-1] for name in changed)
    for kind, count in places.most_common(20):
        say(f"{count:12}  {kind}")


def show(differences: Differences, full: bool) -> None:
    """Print each hunk once, those of many runs first."""
    lines_shown, runs_shown, hunks_shown = (10**9,) * 3 if full else (16, 4, 80)
    found = sorted(differences.runs.items(), key=lambda item: (-len(item[1]), item[0][0]))
    for (label, _), runs in found[:hunks_shown]:
        lines = differences.shown[label, _]
        say()
        say(f"--- {label}: {len(runs)} run{'s' if len(runs) > 1 else ''}")
        for run in runs[:runs_shown]:
            say(f"    {run}")
        if len(runs) > runs_shown:
            say(f"    … and {len(runs) - runs_shown} more")
        for line in lines[:lines_shown]:
            say(line if full else line[:200])
        if len(lines) > lines_shown:
            say(f"… {len(lines) - lines_shown} more lines (--full)")
    if len(found) > hunks_shown:
        say(f"\n… {len(found) - hunks_shown} more hunks (--full)")


# --- the command line


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    commands = parser.add_subparsers(dest="command", required=True)
    corpus = commands.add_parser("corpus", help="gather the input")
    corpus.add_argument("out", type=Path)
    corpus.add_argument("extra", type=Path, nargs="*", help="a folder with more input")
    recording = commands.add_parser("record", help="run everything and write down what comes out")
    recording.add_argument("corpus", type=Path)
    recording.add_argument("out", type=Path)
    default = Path(sys.executable).with_name("lrtdocs")
    recording.add_argument("--lrtdocs", type=Path, default=default, help="the program to run")
    recording.add_argument("--pdf", action="store_true", help="make PDFs too (LibreOffice)")
    recording.add_argument("--missing", action="store_true", help="only runs not yet in OUT")
    place = Path(tempfile.gettempdir())
    recording.add_argument("--scratch", type=Path, default=place, help="where the runs are made")
    recording.add_argument("--jobs", type=int, default=2)
    comparing = commands.add_parser("diff", help="compare two recordings")
    comparing.add_argument("a", type=Path)
    comparing.add_argument("b", type=Path)
    comparing.add_argument("--ignore", type=Path, help=Ignored.__doc__)
    comparing.add_argument("--full", action="store_true", help="show every line of every hunk")
    comparing.add_argument("--common", action="store_true", help="skip runs of one side only")
    comparing.add_argument("--bytes", action="store_true", help="compare the bytes of files too")
    for each in (recording, comparing):
        each.add_argument("--only", action="append", default=[], metavar="GLOB")
    commands.add_parser("drive", help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    options = parse()
    if options.command == "drive":
        drive()
    elif options.command == "corpus":
        make_corpus(options.out, options.extra)
    elif options.command == "record":
        record(options)
    else:
        sys.exit(compare(options))


if __name__ == "__main__":
    main()
