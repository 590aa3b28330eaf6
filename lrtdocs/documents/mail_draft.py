"""A mail that is ready to be looked at and sent: an .eml that Outlook opens as a draft.

It has no sender and no date: those are of whoever sends it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lrtdocs.documents.appointment import Person

_KINDS = {
    ".pdf": ("application", "pdf"),
    ".docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".pptx": ("application", "vnd.openxmlformats-officedocument.presentationml.presentation"),
    ".png": ("image", "png"),
    ".jpg": ("image", "jpeg"),
    ".jpeg": ("image", "jpeg"),
    # as text/calendar Outlook takes the whole draft for a meeting that somebody else sent
    ".ics": ("application", "ics"),
}


@dataclass(frozen=True, slots=True)
class MailDraft:
    """What a mail says, to whom, and by name what goes with it."""

    subject: str
    text: str
    to: Sequence[Person] = ()
    cc: Sequence[Person] = ()
    attachments: Sequence[tuple[str, bytes]] = ()


def format_draft(draft: MailDraft) -> bytes:
    """Return `draft` as an .eml; equal drafts give equal bytes."""
    from email import policy
    from email.message import EmailMessage

    message = EmailMessage(policy=policy.SMTP)
    message["X-Unsent"] = "1"
    message["Subject"] = draft.subject
    message.set_content(draft.text, cte="quoted-printable")
    for name, data in draft.attachments:
        kind = _KINDS.get(PurePath(name).suffix.lower(), ("application", "octet-stream"))
        message.add_attachment(data, *kind, filename=name)
    if message.is_multipart():
        digest = hashlib.sha256(repr(draft).encode()).hexdigest()
        message.set_boundary(f"=_{digest[:40]}")
    people = _address("To", draft.to) + _address("Cc", draft.cc)
    return people + message.as_bytes(policy=policy.SMTP.clone(max_line_length=998))


def _address(field: str, people: Iterable[Person]) -> bytes:
    """Return the header `field`, a line for each of `people`.

    By hand: where EmailMessage breaks the line of a long list, it loses people.
    """
    lines = ",\r\n ".join(f"{_encode(person.naam)}<{person.email}>" for person in people)
    return f"{field}: {lines}\r\n".encode() if lines else b""


def _encode(name: str) -> str:
    from email.header import Header

    if not name:
        return ""
    if name.isascii():
        return '"{}" '.format(name.replace("\\", "\\\\").replace('"', '\\"'))
    return Header(name, "utf-8").encode(linesep="\r\n") + " "
