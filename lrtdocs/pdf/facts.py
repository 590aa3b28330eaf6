"""What a PDF is held against: what word/ knows of its document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class Facts(Protocol):
    """What is known of a document, as `word.facts` reads it."""

    @property
    def properties(self) -> Mapping[str, str]:
        """What it says about itself: "title", "creator", "subject", "keywords"."""

    @property
    def modified(self) -> datetime | None:
        """The date it bears."""

    @property
    def paragraphs(self) -> frozenset[str]:
        """The text of each paragraph, without that of headers and footers."""

    @property
    def characters(self) -> frozenset[str]:
        """The characters that may be in its PDF, in headers and list labels too."""

    @property
    def pages(self) -> int:
        """About how many pages it has."""
