"""Where letters are filled: here, in processes beside this one, or elsewhere, with the same bytes.

Only so many batches are on their way at a time, and they come back in order. A worker that dies
costs a batch some time: it is then made here.
"""

from __future__ import annotations

import os
from collections import deque
from contextlib import ExitStack
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from lrtdocs import messages
from lrtdocs.errors import Place
from lrtdocs.run.letters.fill import LetterFiller, WithPage, Workplace, work

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable
    from concurrent.futures import Executor

    from lrtdocs.errors import Problem
    from lrtdocs.run.documents.report import LettersOptions
    from lrtdocs.run.letters.fill import Batch, Job, Rendered, Result
    from lrtdocs.run.letters.letter import PendingLetter
    from lrtdocs.word.compile.template import Template

_Any = TypeVar("_Any")

PAYS_FROM = 3000
"""Letters from which a second process makes up for its start."""
PAYS_WITH_PAGES = 500
"""The same, where each letter gets a web page: that takes longer than the letter."""


def render_letters(
    job: Job,
    template: Template,
    letters: Iterable[PendingLetter],
    total: int,
    options: LettersOptions,
    tell: Callable[[list[Problem]], object] = lambda _problems: None,
) -> Generator[list[PendingLetter], None, None]:
    """Yield all `letters` (about `total`) filled, in batches, in their order.

    `tell` hears of a place where they were filled and that was lost: the rest is then made here.
    Raises UsageError before the first if there are no such workers.
    """
    here = LetterFiller(job, template).fill
    waiting: deque[tuple[list[PendingLetter], Batch, Result | None]] = deque()
    coming = iter(letters)
    lost = False
    with ExitStack() as stack:
        place = _find_workplace(stack, job, total, options, here)
        while (batch := list(islice(coming, place.size))) or waiting:
            if batch:
                words: Batch = [pending.letter.words for pending in batch]
                result = None if lost else _try(partial(place.submit, words))
                waiting.append((batch, words, result))
            if len(waiting) >= place.window or not batch:
                batch, words, result = waiting.popleft()
                filled = _try(result) if result and not lost else None
                if filled is None:
                    if not lost and (problem := place.find_lost()):
                        lost = True
                        tell([problem])
                    filled = here(words)
                for pending, made in zip(batch, filled, strict=True):
                    if isinstance(made, WithPage):
                        pending.docx, pending.page = made
                    else:
                        pending.docx = made
                yield batch


def _try(call: Callable[[], _Any]) -> _Any | None:
    """Return what `call` returns, or None if it raises.

    That is the fault of a worker or the network, because the work does not raise.
    """
    try:
        return call()
    except Exception:  # noqa: BLE001 - a lost worker never costs a letter
        return None


def _find_workplace(
    stack: ExitStack,
    job: Job,
    total: int,
    options: LettersOptions,
    here: Callable[[Batch], list[Rendered]],
) -> Workplace:
    """Return the place that `options` ask for, or what suits `total` letters; few go `here`.

    What is opened for it is closed with `stack`.
    """
    if options.dask:
        from lrtdocs.run.letters.cluster import open_cluster  # only who asks for Dask has it

        return stack.enter_context(open_cluster(options.dask, job, total))
    pays = total >= (PAYS_WITH_PAGES if options.html else PAYS_FROM)
    count = options.workers or (min(os.cpu_count() or 1, 8) if pays else 1)
    if count <= 1:
        return Workplace(lambda words: partial(here, words))
    pool = _start_pool(count)
    stack.callback(pool.shutdown, wait=True, cancel_futures=True)
    return Workplace(
        lambda words: pool.submit(work, job, words).result,
        window=count + 2,
        find_lost=lambda: messages.problem("LRT737.proces", Place("")),  # one that ends, ends all
    )


def _start_pool(count: int) -> Executor:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    method = "forkserver" if os.name == "posix" else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload([__name__])
    return ProcessPoolExecutor(count, context, initializer=_begin_worker)


def _begin_worker() -> None:
    """Let a worker process end with its parent, also when that is killed.

    Ctrl-C is for the parent, which stops its workers itself.
    """
    import multiprocessing
    import signal
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:

        def follow() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=follow, daemon=True).start()
