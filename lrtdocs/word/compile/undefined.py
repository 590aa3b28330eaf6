"""Words that are not in the data: any use of one, but a test whether it is there, is an error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from jinja2 import StrictUndefined, UndefinedError
from jinja2.utils import missing


class UndefinedWordError(UndefinedError):
    """A word or a part of it is not in the data; knows which, and what it was looked for in.

    `known` are the names there; None at the top. `in_nothing` tells that a part was asked of None.
    """

    def __init__(self, word: str, known: Iterable[str] | None, *, in_nothing: bool = False) -> None:
        super().__init__(word)
        self.word, self.in_nothing = word, in_nothing
        self.known = None if known is None else list(known)


class StrictWord(StrictUndefined):
    """An unknown word: any use but a test whether it is there raises `UndefinedWordError`."""

    __slots__ = ()

    def _fail_with_undefined_error(self, *_: Any, **__: Any) -> Any:
        base, word = self._undefined_obj, str(self._undefined_name)
        if base is missing:
            raise UndefinedWordError(word, None)
        known = map(str, base) if isinstance(base, Mapping) else ()
        raise UndefinedWordError(word, known, in_nothing=base is None)

    __iter__ = __str__ = __len__ = __eq__ = __ne__ = __bool__ = __hash__ = (
        _fail_with_undefined_error
    )
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _fail_with_undefined_error
    __div__ = __rdiv__ = __truediv__ = __rtruediv__ = _fail_with_undefined_error
    __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = _fail_with_undefined_error
    __pos__ = __neg__ = __call__ = __getitem__ = _fail_with_undefined_error
    __lt__ = __le__ = __gt__ = __ge__ = __int__ = _fail_with_undefined_error
    __float__ = __complex__ = __pow__ = __rpow__ = __contains__ = _fail_with_undefined_error

    def __getattr__(self, name: str) -> Any:
        if name[:2] == "__":
            raise AttributeError(name)
        return self._fail_with_undefined_error()
