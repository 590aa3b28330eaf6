"""The start of what makes the PDFs of a run: in the background, while the letters are filled."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from lrtdocs.errors import LrtdocsError

if TYPE_CHECKING:
    from concurrent.futures import Future
    from types import TracebackType

    from lrtdocs.run.letters.convert import Converter


def start_converter() -> Converter | LrtdocsError:
    """Return a converter that is getting ready, or why there is none."""
    from lrtdocs.run.letters.convert import Converter  # loads pdf/

    try:
        return Converter()
    except LrtdocsError as error:
        return error


class ConverterStart:
    """A converter that starts, if it is `wanted`, in the background of this context.

    Called, it returns the converter once it is there, or why there is none. At the end it closes.
    """

    def __init__(self, *, wanted: bool) -> None:
        self._future: Future[Converter | LrtdocsError] | None = None
        if wanted:
            pool = ThreadPoolExecutor(1)
            self._future = pool.submit(start_converter)
            pool.shutdown(wait=False)

    def __enter__(self) -> ConverterStart:
        return self

    def __call__(self) -> Converter | LrtdocsError:
        """Return the converter, or why there is none."""
        return self._future.result() if self._future else start_converter()

    def __exit__(
        self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        made = self._future.result() if self._future else None
        if made is not None and not isinstance(made, LrtdocsError):
            made.close()
