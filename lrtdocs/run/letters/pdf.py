"""The start of what makes the PDFs of a run: in the background, while the letters are filled."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from lrtdocs.errors import LrtdocsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lrtdocs.run.letters.convert import Converter


def start_converter() -> Converter | LrtdocsError:
    """Return a converter that is getting ready, or why there is none."""
    from lrtdocs.run.letters.convert import Converter  # loads pdf/

    try:
        return Converter()
    except LrtdocsError as error:
        return error


@contextmanager
def converter_starting(*, wanted: bool) -> Iterator[Callable[[], Converter | LrtdocsError]]:
    """Start a converter, if it is `wanted`, in the background of a context; at the end it closes.

    What the context is given returns the converter once it is there, or why there is none.
    """
    if not wanted:
        yield start_converter
        return
    from concurrent.futures import ThreadPoolExecutor  # with logging and more: only for a PDF

    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(start_converter)
        try:
            yield future.result
        finally:
            made = future.result()
            if not isinstance(made, LrtdocsError):
                made.close()
