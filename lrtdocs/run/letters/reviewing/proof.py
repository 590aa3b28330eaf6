"""A proof of a run: the letters that differ most, or those that changed since the last proof.

Of that the manifest keeps a short digest of each letter, and what all of them shared.
"""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Final

from lrtdocs import dutch, messages
from lrtdocs.errors import Place, UsageError
from lrtdocs.messages import text
from lrtdocs.run.folder.manifest import PROOF_DIGEST, Proof
from lrtdocs.run.letters.letter import digest_words, explain_change
from lrtdocs.run.letters.reviewing.approval import IN_BASIS
from lrtdocs.run.letters.selection import Extremes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lrtdocs.run.letters.letter import Letter
    from lrtdocs.run.letters.selection import Chosen

CHANGED: Final = "gewijzigd"
"""What is asked instead of a number, for the letters that changed."""
MOST = 1000
"""So many letters a proof has at most."""
_NONE = "A" * PROOF_DIGEST


class Proofing:
    """Sees each letter of a run on its way, and chooses those of a proof.

    So many are `asked`, or those that changed since the `last` proof; `basis` is what all letters
    share. Raises UsageError for what changed since a proof that there is not.
    """

    def __init__(self, asked: int | str, last: Proof | None, basis: Mapping[str, str]) -> None:
        if asked == CHANGED and last is None:
            raise UsageError(messages.problem("LRT735.geen-proef", Place("")))
        self._last = last if asked == CHANGED else None
        self._number = self._last.proef if self._last else int(asked)
        self._basis = {name: digest for name, digest in basis.items() if name != IN_BASIS}
        self._digests = bytearray()
        self._all, self._own = Extremes(self._number), Extremes(self._number)
        self._changed: Chosen = {}
        self._count = self._total = 0

    def __call__(self, letter: Letter) -> None:
        """Look at one letter of the run."""
        self._total += 1
        digest = _digest(letter)
        end = letter.number * PROOF_DIGEST
        self._digests += b"A" * (end - len(self._digests))
        self._digests[end - PROOF_DIGEST : end] = digest.encode()
        self._all(letter)
        before = self._last.of(letter.number) if self._last else digest
        if before != digest:
            self._count += 1
            self._own(letter)
            if self._count <= MOST:
                reason = "deel.proef_nieuw" if before in ("", _NONE) else "deel.proef_anders"
                self._changed[letter.number] = letter.file, text(reason)

    def _shared(self) -> list[str]:
        """Return what is other for all letters than at the last proof."""
        return explain_change(self._last.van, self._basis) if self._last else []

    def choose(self) -> Chosen:
        """Return the letters of the proof, the most telling first."""
        if self._last is None:
            return self._all.choose()
        own = self._changed if self._count <= MOST else self._own.choose()
        return {**self._all.choose(), **own} if self._shared() else own

    def tell(self) -> list[str]:
        """Return in sentences which letters they are."""
        if self._last is None:
            return []
        if shared := self._shared():
            more = text("deel.proef_ook", n=self._count) if 0 < self._count < self._total else ""
            words = dutch.join_words(shared)
            return [text("deel.proef_gedeeld", words=words, most=self._number) + more]
        if self._count > MOST:
            return [text("deel.proef_veel", n=self._count, most=self._number)]
        if not self._count:
            return [text("deel.proef_niets")]
        return [text("deel.proef_gewijzigd", n=self._count, total=self._total)]

    def record(self) -> Proof:
        """Return what the manifest keeps of it, once it is made."""
        return Proof(self._number, self._basis, self._digests.decode())


def _digest(letter: Letter) -> str:
    return b64encode(bytes.fromhex(digest_words(letter.words, PROOF_DIGEST * 6 // 8))).decode()
