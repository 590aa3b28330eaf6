"""The last line of a page: of which document it is, and that it is as it was made."""

from __future__ import annotations

import hashlib
import re

_SEAL = re.compile(rb"<!-- lrtdocs ([0-9a-f]{64}) ([0-9a-f]{16}) -->\n$")


def seal_page(page: bytes, docx: bytes) -> bytes:
    """Return `page` with a last line that tells that it was made of `docx`, and holds no more."""
    digest = hashlib.sha256(docx).hexdigest()
    return page + f"<!-- lrtdocs {digest} {_check(page, digest)} -->\n".encode()


def source_of(page: bytes) -> str:
    """Return the SHA-256 of the document that `page` was made of, "" if it was changed since."""
    found = _SEAL.search(page)
    if found is None:
        return ""
    digest = found[1].decode()
    return digest if _check(page[: found.start()], digest).encode() == found[2] else ""


def _check(page: bytes, digest: str) -> str:
    return hashlib.blake2b(page + digest.encode(), digest_size=8).hexdigest()
