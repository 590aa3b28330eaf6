"""The bodies of government that come with lrtdocs, beside gemeenten and provinces."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache

from lrtdocs.model.geadresseerde.lichaam import Lichaam, Lichamen
from lrtdocs.shipped import DATA

_NEAR = 0.75


@cache
def load_lichamen() -> Lichamen:
    """Return the bodies that are known, with the other names each goes by."""
    lines = (DATA / "lichamen.csv").read_text(encoding="utf-8").splitlines()[1:]
    rows = (line.split(";") for line in lines)
    return Lichamen((Lichaam(kind, name, code), ook.split(", ")) for kind, code, name, ook in rows)


@cache
def guess_lichaam(naam: str) -> str:
    """Return the name of the body that is almost `naam`, or ""."""
    near = get_close_matches(naam, load_lichamen().names, n=1, cutoff=_NEAR)
    return near[0] if near else ""
