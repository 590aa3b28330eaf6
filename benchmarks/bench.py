"""Measure lrtdocs beside its peers, and write docs/snelheid.md and its picture.

Usage: bench.py [--letters N] [--rounds N] [--growth N,N,N] [--words N] [--pdf N]
                [--pictures N] [--no-report]
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from measure import (
    measure_commands,
    measure_growth,
    measure_pdf,
    measure_picture,
    measure_ways,
    measure_words,
)
from report import machine, write_report

RAM = Path("/dev/shm")  # noqa: S108 - tmpfs is what is measured
RESULTS = Path(__file__).parent / "results.json"


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",") if number]


def parse_options() -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=342)
    parser.add_argument(
        "--rounds", type=int, default=3, help="of whole commands; 0 leaves them out"
    )
    parser.add_argument("--growth", type=_numbers, default=[342, 3420, 34_200, 100_000])
    parser.add_argument("--words", type=int, default=10_000, help="letters with words and groups")
    parser.add_argument("--pdf", type=int, default=40, help="letters with a call of soffice each")
    parser.add_argument("--pictures", type=int, default=20, help="changes of a paper on the page")
    parser.add_argument("--report", action=argparse.BooleanOptionalAction, default=True)
    return parser.parse_args()


def main() -> None:
    """Measure what is asked for and write the report."""
    options = parse_options()
    places = {"tmpfs": RAM} if RAM.is_dir() else {}
    places["schijf"] = Path(__file__).parent
    found: dict[str, object] = {"machine": machine(), "brieven": options.letters, "manieren": {}}
    for name, parent in places.items():
        with tempfile.TemporaryDirectory(prefix="lrtdocs-", dir=parent) as temporary:
            folder = Path(temporary)
            found["manieren"] |= {name: measure_ways(folder, options.letters)}  # type: ignore[operator]
            if name != next(iter(places)):
                continue
            if options.rounds:
                found["opdracht"] = measure_commands(folder, options.rounds)
            if options.growth:
                found["groei"] = measure_growth(folder, options.growth)
            if options.words:
                found["woorden"] = measure_words(folder, options.words, max(1, options.rounds))
            if options.pdf:
                found["pdf"] = measure_pdf(folder, options.pdf)
            if options.pictures:
                found["beeld"] = measure_picture(options.pictures)
    text = json.dumps(found, indent=2, ensure_ascii=False) + "\n"
    sys.stdout.write(text)
    if options.report:
        RESULTS.write_text(text, encoding="utf-8")
        write_report(json.loads(text))


if __name__ == "__main__":
    main()
