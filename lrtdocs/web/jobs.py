"""Jobs that take long: one at a time in a folder, seen by every tab, still there after a reload.

A job runs in the one thread of its desk; what waits, waits in order. Stopping is asking: the next
time that the job tells how far it is, it hears `StoppedError`, which the run takes as it takes
Ctrl-C. So what is done is kept, and the same job again goes on with the rest.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Protocol

from lrtdocs import dutch, messages
from lrtdocs.clock import now
from lrtdocs.errors import ExitCode, LrtdocsError, Place, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from lrtdocs.errors import Problem

MOST_WAITING = 5
MOST_KEPT = 50
"""Jobs that a desk remembers."""
PATIENCE = 30.0
"""Seconds that a job may take to stop when the page itself stops."""
_WINDOW = 20.0
"""Seconds back over which is counted how many a minute are done."""
_FINE = {ExitCode.DONE, ExitCode.LETTERS}

Progress = Callable[[str, int, int], None]
Work = Callable[[Progress, Callable[[], bool]], "Outcome"]
"""What a job does: it is given what it tells its progress to, and what says whether to stop."""


class Outcome(Protocol):
    """What a job needs of an outcome of `api`; who shows it knows which one it is."""

    @property
    def exit_code(self) -> ExitCode:
        """How it ended."""

    @property
    def told(self) -> Sequence[Problem]:
        """What could not be done, and what writers should know."""


class StoppedError(KeyboardInterrupt):
    """A job that was asked to stop: to who does the work the same as Ctrl-C."""


class State(StrEnum):
    """How it stands with a job."""

    WAITING = "wacht"
    BUSY = "bezig"
    DONE = "klaar"
    FAILED = "mislukt"
    STOPPED = "gestopt"


@dataclass(eq=False)
class Job:
    """One job: what it is called, how far it is, and in the end what came of it.

    `about` is the file (by its name in addresses) or whatever else it belongs to, and `where` the
    page on which it is seen; `choices` are what its form said, to be shown again. `problems` are
    what it failed on where that is no outcome.
    """

    name: str
    work: Work
    about: str = ""
    where: str = "/"
    id: str = field(default_factory=lambda: token_hex(8))
    state: State = State.WAITING
    text: str = ""
    done: int = 0
    total: int = 0
    choices: Mapping[str, str] = field(default_factory=dict)
    started: datetime | None = None
    ended: datetime | None = None
    outcome: Any = None
    problems: tuple[Problem, ...] = ()
    stopping: bool = False
    _marks: deque[tuple[float, int]] = field(default_factory=deque, repr=False)

    @property
    def told(self) -> list[Problem]:
        """What there is to tell of it: what it failed on, and what its outcome says."""
        if self.outcome is None:
            return [*self.problems]
        return [*self.problems, *self.outcome.told]

    @property
    def active(self) -> bool:
        """Whether it waits or runs."""
        return self.state in {State.WAITING, State.BUSY}

    @property
    def rate(self) -> float:
        """How many are done in a minute, as it went lately; 0 while that is not known."""
        marks = list(self._marks)
        if len(marks) < 2:
            return 0.0
        (before, first), (_, last) = marks[0], marks[-1]
        seconds = time.monotonic() - before
        return 60 * (last - first) / seconds if last > first and seconds > 0 else 0.0

    @property
    def left(self) -> float | None:
        """How many seconds it may take yet, or None while that is not known."""
        rate = self.rate
        return 60 * (self.total - self.done) / rate if rate and self.total else None

    def note(self, text: str, done: int, total: int) -> None:
        """Take in that `done` of `total` are dealt with in the step `text`."""
        moment = time.monotonic()
        if text != self.text or done < self.done:
            self._marks.clear()
        if not self._marks or done != self._marks[-1][1]:
            self._marks.append((moment, done))
        while len(self._marks) > 2 and moment - self._marks[0][0] > _WINDOW:
            self._marks.popleft()
        self.text, self.done, self.total = text, done, total

    @property
    def line(self) -> str:
        """How far it is, in one sentence for people."""
        if self.state is State.WAITING:
            return "Wacht tot het werk klaar is dat nu bezig is."
        if self.state is not State.BUSY:
            return _ENDS[self.state]
        if self.stopping:
            return "Ik stop zodra het kan. Wat klaar is, blijft bewaard."
        if not self.total:
            return f"{self.text[:1].upper()}{self.text[1:] or 'Bezig'} …"
        number = dutch.format_number
        said = f"{number(self.done)} van {number(self.total)}"
        if self.left is not None and self.done < self.total:
            said += f", {number(max(1, round(self.rate)))} per minuut, {say_left(self.left)}"
        return f"{self.text[:1].upper()}{self.text[1:]}: {said}."

    def as_data(self) -> dict[str, object]:
        """Return how it stands as plain data, for the script of the page."""
        return {
            "id": self.id,
            "naam": self.name,
            "staat": self.state.value,
            "actief": self.active,
            "stopt": self.stopping,
            "gedaan": self.done,
            "totaal": self.total,
            "per_minuut": round(self.rate, 1),
            "nog_seconden": None if self.left is None else round(self.left),
            "regel": self.line,
            "pagina": self.where,
        }


_ENDS = {
    State.DONE: "Klaar.",
    State.FAILED: "Dit is niet gelukt.",
    State.STOPPED: "Gestopt. Wat klaar is, blijft bewaard.",
}


def say_left(seconds: float) -> str:
    """Return in words how long `seconds` more will feel like."""
    minutes = round(seconds / 60)
    if seconds < 50:
        return "nog minder dan een minuut"
    if minutes <= 1:
        return "nog ongeveer een minuut"
    if minutes < 90:
        return f"nog ongeveer {minutes} minuten"
    return f"nog ongeveer {round(minutes / 60)} uur"


class Jobs:
    """The jobs of one desk: one runs, at most `MOST_WAITING` wait, the last ones are remembered."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._waiting: deque[Job] = deque()
        self._running: Job | None = None
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closed = False

    def start(
        self,
        name: str,
        work: Work,
        *,
        about: str = "",
        where: str = "/",
        choices: Mapping[str, str] | None = None,
    ) -> Job:
        """Let `work` be done, when its turn comes; return the job, by which it is followed.

        It is known to people by `name`, such as "Brieven maken". Raises UsageError if too many
        wait, or the page is stopping.
        """
        job = Job(name, work, about, where, choices=choices or {})
        with self._changed:
            if self._closed or len(self._waiting) >= MOST_WAITING:
                raise UsageError(messages.problem("LRT945", Place(""), None, number=MOST_WAITING))
            self._jobs[job.id] = job
            self._waiting.append(job)
            self._forget()
            if self._thread is None:
                self._thread = threading.Thread(target=self._serve, name="klus", daemon=True)
                self._thread.start()
            self._changed.notify_all()
        return job

    def find(self, id_: str) -> Job | None:
        """Return the job with that id, or None if there is none (any more)."""
        with self._changed:
            return self._jobs.get(id_)

    def of(self, about: str, name: str | None = None) -> Job | None:
        """Return the last job that belongs to `about`, or of these the last one called `name`."""
        with self._changed:
            found = [job for job in self._jobs.values() if job.about == about]
        return next((job for job in reversed(found) if name in {None, job.name}), None)

    def busy(self, about: str) -> Job | None:
        """Return the job that belongs to `about` and runs or waits, or None."""
        return next((job for job in self.active if job.about == about), None)

    def ended(self, about: str, name: str) -> Job | None:
        """Return the last job called `name` that belongs to `about`, if it has ended."""
        job = self.of(about, name)
        return None if job is None or job.active else job

    @property
    def active(self) -> list[Job]:
        """The job that runs and those that wait, in that order."""
        with self._changed:
            return [*([self._running] if self._running else []), *self._waiting]

    def stop(self, job: Job) -> None:
        """Ask `job` to stop: one that waits never begins, one that runs stops as soon as it can."""
        with self._changed:
            if job in self._waiting:
                self._waiting.remove(job)
                self._end(job, State.STOPPED)
            elif job.active:
                job.stopping = True

    def wait(self, job: Job, seconds: float) -> bool:
        """Wait until `job` has ended, but not longer than `seconds`; tell whether it has."""
        with self._changed:
            return self._changed.wait_for(lambda: not job.active, seconds)

    def close(self) -> None:
        """Stop all jobs, and wait for the one that runs: nothing of it is left behind."""
        with self._changed:
            self._closed = True
            for job in [*self._waiting]:
                self.stop(job)
            if self._running is not None:
                self._running.stopping = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(PATIENCE)

    def _forget(self) -> None:
        over = len(self._jobs) - MOST_KEPT
        for job in [job for job in self._jobs.values() if not job.active][: max(0, over)]:
            del self._jobs[job.id]

    def _serve(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._closed)
                if not self._waiting:
                    return
                job = self._running = self._waiting.popleft()
                job.state, job.started = State.BUSY, now()
            state = _do(job)
            with self._changed:
                self._running = None
                self._end(job, state)

    def _end(self, job: Job, state: State) -> None:
        job.state, job.ended = state, now()
        job.work = _nothing  # what it held is not needed any more
        self._changed.notify_all()


def _nothing(_progress: Progress, _stopped: Callable[[], bool]) -> Outcome:
    raise RuntimeError("a job is done once")


def _do(job: Job) -> State:
    """Do the work of `job`, and return how that ended; nothing it raises gets any further."""
    told = False  # who hears it once, is on the way out, and tells more of how that goes

    def progress(text: str, done: int, total: int) -> None:
        nonlocal told
        job.note(text, done, total)
        if job.stopping and not told:
            told = True
            raise StoppedError

    try:
        job.outcome = job.work(progress, lambda: job.stopping)
    except StoppedError:
        return State.STOPPED
    except LrtdocsError as error:
        job.problems = tuple(error.problems)
        return State.FAILED
    except Exception as error:  # noqa: BLE001 - the thread goes on with the next job
        reason = f"{type(error).__name__}: {error}"
        job.problems = (messages.problem("LRT946", Place(""), None, name=job.name, reason=reason),)
        return State.FAILED
    if job.outcome.exit_code is ExitCode.INTERRUPTED:
        return State.STOPPED
    return State.DONE if job.outcome.exit_code in _FINE else State.FAILED
