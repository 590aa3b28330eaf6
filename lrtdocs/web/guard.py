"""What every request has to pass: it comes from this computer, from our own page, and is small.

A page on 127.0.0.1 can be reached by every page that the browser has open. So the name by which we
were called is checked (a name that leads to 127.0.0.1 may be anybody's), a cookie that only the
link which lrtdocs gave hands out, and, of whatever changes something, that our own page asked for
it. What a page may do is as narrow as can be: nothing but what we serve ourselves.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

KEY = "sleutel"
"""The name of the token in the first link."""
MOST_BYTES = 25_000_000
"""So large a request may be; templates and lists are far smaller."""
_DRAINED = 4_000_000_000
"""So much of a request that is too large is read and thrown away, so that our answer is seen."""
_DIGITS = 18
"""A length in more digits is not even read."""
_PATIENCE = 30.0
"""Seconds that the next piece of a request may take."""
_READING, _CHANGING = {"GET", "HEAD"}, {"POST"}
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # without one browsers send no origin with a form
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-store",
}


class Refusal(Exception):  # noqa: N818 - not an error of ours
    """A request that is not let through, with its status and the key of what is told."""

    def __init__(self, status: int, key: str, **fields: object) -> None:
        super().__init__(key)
        self.status, self.key, self.fields = status, key, fields


class Guard:
    """Lets only requests of our own page through to `app`, and says what pages may do.

    `refuse` makes the answer to others: a page with a text.
    """

    def __init__(
        self, app: ASGIApp, port: int, secret: str, refuse: Callable[[Refusal], ASGIApp]
    ) -> None:
        self._app, self._secret, self._refuse = app, secret, refuse
        self._cookie = f"lrtdocs-{port}"
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        scope.setdefault("state", {})["nonce"] = nonce
        reply = _Reply(send, nonce)
        try:
            headers = _headers(scope)
            self._check(scope, headers)
            reply.cookie = self._enter(scope, headers)
            scope["state"]["body"] = body = Body(receive, headers)
            if body.is_long:
                await body.drain()
                raise Refusal(413, "LRT901", size=MOST_BYTES // 1_000_000)
            await self._app(scope, body.receive, reply.send)
        except Refusal as refusal:
            await self._refuse(refusal)(scope, receive, reply.send)

    def _check(self, scope: Scope, headers: dict[str, list[str]]) -> None:
        """Raise Refusal for a request that did not come from our own page on this computer."""
        hosts = headers.get("host", [])
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            raise Refusal(421, "LRT900.naam")
        method, own = scope["method"], f"http://{hosts[0].lower()}"
        if method not in _READING | _CHANGING:
            raise Refusal(405, "LRT900.soort")
        site = headers.get("sec-fetch-site", ["none" if method in _READING else "same-origin"])
        if method in _CHANGING:
            if headers.get("origin") != [own] or site != ["same-origin"]:
                raise Refusal(403, "LRT900.elders")
        elif headers.get("origin", [own]) != [own] or site[0] not in {"same-origin", "none"}:
            raise Refusal(403, "LRT900.elders")

    def _enter(self, scope: Scope, headers: dict[str, list[str]]) -> str:
        """Return the cookie to be set, "" if the browser has it; raise Refusal if neither."""
        if any(self._is_secret(one) for one in _cookies(headers, self._cookie)):
            return ""
        try:
            query = parse_qs(scope.get("query_string", b"").decode("latin-1"), max_num_fields=20)
        except ValueError:  # the link has one field
            query = {}
        given = query.get(KEY, [])
        if scope["method"] == "GET" and scope["path"] == "/" and any(map(self._is_secret, given)):
            return f"{self._cookie}={self._secret}; Path=/; HttpOnly; SameSite=Strict"
        raise Refusal(403, "LRT900.sleutel")

    def _is_secret(self, text: str) -> bool:
        return hmac.compare_digest(text.encode("utf-8", "replace"), self._secret.encode())


def _headers(scope: Scope) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        found.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    return found


def _cookies(headers: dict[str, list[str]], name: str) -> Iterable[str]:
    for line in headers.get("cookie", []):
        jar: SimpleCookie = SimpleCookie()
        try:
            jar.load(line)
        except CookieError:
            continue
        if name in jar:
            yield jar[name].value


class _Reply:
    """An answer on its way out, with the headers that all answers have."""

    def __init__(self, send: Send, nonce: str) -> None:
        self._send, self._nonce, self.cookie, self.started = send, nonce, "", False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            policy = (
                f"default-src 'none'; script-src 'self' 'nonce-{self._nonce}'; style-src 'self'; "
                "img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; "
                "base-uri 'none'; frame-ancestors 'none'"
            )
            given = {name.lower() for name, _ in message.get("headers", [])}
            ours = {"content-security-policy": policy, **_HEADERS}
            if self.cookie:
                ours["set-cookie"] = self.cookie
            message["headers"] = [
                *message.get("headers", []),
                *(
                    (name.encode(), value.encode())
                    for name, value in ours.items()
                    if name.encode() not in given
                ),
            ]
        await self._send(message)


class Body:
    """The body of a request, that is not longer than it may be and comes along."""

    def __init__(self, receive: Receive, headers: dict[str, list[str]]) -> None:
        self._receive, self._read, self._whole = receive, 0, False
        length = headers.get("content-length", ["0"])[0]
        self.is_long = length.isdecimal() and (len(length) > _DIGITS or int(length) > MOST_BYTES)

    async def receive(self) -> Message:
        """Return the next piece; raise Refusal for one too many, or one that does not come."""
        try:
            message: Any = await asyncio.wait_for(self._receive(), _PATIENCE)
        except TimeoutError:
            if self._whole:  # nothing is waited for but that the browser goes
                return {"type": "http.disconnect"}
            raise Refusal(408, "LRT902") from None
        self._read += len(message.get("body", b""))
        self._whole = self._whole or not message.get("more_body", False)
        if self._read > MOST_BYTES:
            raise Refusal(413, "LRT901", size=MOST_BYTES // 1_000_000)
        return dict(message)

    async def drain(self) -> None:
        """Read what is left and throw it away: browsers show no answer before they are done."""
        while not self._whole and self._read < _DRAINED:
            try:
                message = await asyncio.wait_for(self._receive(), _PATIENCE)
            except TimeoutError:
                return
            if message["type"] == "http.disconnect":
                return
            self._read += len(message.get("body", b""))
            self._whole = not message.get("more_body", False)
