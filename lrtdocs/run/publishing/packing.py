"""One zip of many files, with the checksums of all of them.

The same files give the same bytes. The checksums are those that `sha256sum -c` reads.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

from lrtdocs.word.package.archive import write_package

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

CHECKSUMS = "sha256sums.txt"
_AWKWARD = re.compile(r"[^A-Za-z0-9_-]+")
_LONGEST = 100
"""So many signs a name may have: with what comes behind it, an archive takes 255."""


def sha256(data: bytes) -> str:
    """Return the SHA-256 of `data`."""
    return hashlib.sha256(data).hexdigest()


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return the zip of `files` by their paths in it, with a file of checksums beside them."""
    lines = (f"{sha256(files[path])}  {path}\n" for path in sorted(files))
    return write_package({**files, CHECKSUMS: "".join(lines).encode()})


def plain_name(text: str, taken: Collection[str] = ()) -> str:
    """Return `text` as a name without signs that an archive refuses, and that is not `taken`."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    name = _AWKWARD.sub("-", letters).strip("-")[:_LONGEST].strip("-") or "stuk"
    known = {each.casefold() for each in taken}
    number, free = 1, name
    while free.casefold() in known:
        number += 1
        free = f"{name}-{number}"
    return free
