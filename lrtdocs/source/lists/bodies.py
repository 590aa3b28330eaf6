"""The bodies of government that come with lrtdocs, beside gemeenten and provinces."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache

from lrtdocs.model.geadresseerde.lichaam import Lichaam, Lichamen
from lrtdocs.shipped import read_rows

_NEAR = 0.75


@cache
def load_lichamen() -> Lichamen:
    """Return the bodies that are known, with the other names each goes by."""
    rows = read_rows("lichamen.csv")
    return Lichamen((Lichaam(kind, name, code), ook.split(", ")) for kind, code, name, ook in rows)


@cache
def guess_lichaam(naam: str) -> str:
    """Return the name of the body that is almost `naam`, or ""."""
    near = get_close_matches(naam, load_lichamen().names, n=1, cutoff=_NEAR)
    return near[0] if near else ""
