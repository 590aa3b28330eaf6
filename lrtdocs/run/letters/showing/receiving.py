"""A list of recipients that somebody brings along: looked at, kept beside the mailing, named in it.

The name that it came with is only a hint. It is written under one that is safe, and never over
another file unless that was asked for; then the other one is kept.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.errors import FileProblemError, Place, ProblemsFoundError
from lrtdocs.run.folder.names import safe_name
from lrtdocs.run.folder.write import changing_what_was, write_together
from lrtdocs.source.files import encode_as, exists, read_bytes, read_text
from lrtdocs.source.sheet import open_table
from lrtdocs.source.yaml.edit import Put, edit_text

if TYPE_CHECKING:
    from lrtdocs.run.documents.report import Outcome

MOST_BYTES = 25_000_000
_ZIP = b"PK\x03\x04"
_KEY = "ontvangers"


def list_name(name: str, data: bytes) -> str:
    """Return the safe name for a list that came as `name`: its end is what `data` says it is."""
    last = name.replace("\\", "/").rpartition("/")[2]
    suffix = Path(last).suffix.lower()
    own = {".xlsx", ".xlsm"} if data.startswith(_ZIP) else {".csv"}
    stem = safe_name(Path(last).stem if suffix else last).lstrip("-. ")
    return f"{stem or 'ontvangers'}{suffix if suffix in own else min(own)}"


def receive_list(
    mailing: Path, name: str, data: bytes, outcome: Outcome, *, instead: bool | None = None
) -> None:
    """Keep the list `data`, which came as `name`, beside `mailing`, and let that name it.

    Where another file has its name it is written `instead` of that, which is kept, or with False
    beside it under a free one. Raises FileProblemError for a file that is no list, or if that is
    not said; then nothing is written.
    """
    safe = list_name(name, data)
    _look_at(safe, data)
    target = mailing.with_name(safe)
    same = exists(target) and read_bytes(target) == data
    if exists(target) and not same:
        if instead is None:
            raise FileProblemError(messages.problem("LRT948", Place(str(target)), name=safe))
        target = target if instead else free_name(target)
    seen = read_bytes(mailing)
    text, _ = read_text(mailing)
    named = edit_text(text, [Put((_KEY,), target.name, after=("sjabloon",))], str(mailing))
    files = {} if same else {target: data}
    if named != text:
        files[mailing] = encode_as(named, seen)
    with changing_what_was(mailing, seen):
        outcome.add_problems(write_together(files, keep=[target] if instead and not same else []))
    outcome.written += files
    outcome.remarks.append(messages.text("deel.lijst_bewaard", name=target.name))


def free_name(path: Path) -> Path:
    """Return a name beside `path` that no file has: list-2.xlsx."""
    names = (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in count(2))
    return next(name for name in names if not exists(name))


def _look_at(name: str, data: bytes) -> None:
    """Raise FileProblemError for `data` that is no table, with its `name` at the place."""
    if len(data) > MOST_BYTES:
        raise FileProblemError(
            messages.problem("LRT949", Place(name), None, size=MOST_BYTES // 1_000_000)
        )
    with TemporaryDirectory(prefix="lrtdocs-lijst-") as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            deque(open_table(path), maxlen=0)
        except ProblemsFoundError as error:
            raise FileProblemError(
                *(replace(one, place=replace(one.place, file=name)) for one in error.problems)
            ) from None
