"""Jobs that take long: one at a time, seen from everywhere, stopped when asked."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from lrtdocs import messages
from lrtdocs.api import Outcome
from lrtdocs.errors import ExitCode, Place, ProblemsFoundError, UsageError
from lrtdocs.web.desk import Desk
from lrtdocs.web.jobs import MOST_KEPT, MOST_WAITING, Job, Jobs, State, StoppedError, say_left

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from starlette.testclient import TestClient

SOON = 10.0


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


class Steps:
    """Work that goes on a step when it is let, and says where it is."""

    def __init__(self, number: int = 5) -> None:
        self.number, self.reached = number, 0
        self.begun, self.free = threading.Event(), threading.Semaphore(0)
        self.outcome = Outcome()

    def __call__(self, progress: Callable[[str, int, int], None], _stopped: object) -> Outcome:
        self.begun.set()
        for step in range(self.number):
            progress("brieven maken", step, self.number)
            assert self.free.acquire(timeout=SOON)
            self.reached = step + 1
        progress("brieven maken", self.number, self.number)
        return self.outcome

    def let(self, steps: int = 100) -> None:
        self.free.release(steps)


def test_a_job_is_done_and_tells_what_came_of_it(jobs: Jobs) -> None:
    work = Steps(2)
    work.let()
    job = jobs.start("Brieven maken", work, about="m1", where="/mailing/m1/maken")
    assert jobs.wait(job, SOON)
    assert (job.state, job.done, job.total) == (State.DONE, 2, 2)
    assert job.outcome is work.outcome
    assert job.started is not None
    assert job.ended is not None
    assert jobs.find(job.id) is job
    assert jobs.of("m1") is job
    assert jobs.of("m1", "Brieven maken") is job
    assert jobs.of("m1", "Proef maken") is None
    assert jobs.active == []


def test_one_runs_and_the_others_wait_in_their_order(jobs: Jobs) -> None:
    first, second = Steps(), Steps()
    one = jobs.start("een", first)
    two = jobs.start("twee", second)
    assert first.begun.wait(SOON)
    assert (one.state, two.state) == (State.BUSY, State.WAITING)
    assert jobs.active == [one, two]
    assert not second.begun.is_set()
    first.let()
    second.let()
    assert jobs.wait(two, SOON)
    assert one.state is State.DONE


def test_too_many_that_wait_are_refused_with_what_to_do(jobs: Jobs) -> None:
    work = Steps()
    jobs.start("de eerste", work)
    assert work.begun.wait(SOON)
    for number in range(MOST_WAITING):
        jobs.start(f"wacht {number}", Steps())
    with pytest.raises(UsageError) as caught:
        jobs.start("een te veel", Steps())
    assert caught.value.problems[0].code == "LRT945"
    assert caught.value.remedy
    for job in jobs.active:
        jobs.stop(job)
    work.let()


def test_a_job_stops_when_it_tells_how_far_it_is(jobs: Jobs) -> None:
    work = Steps()
    job = jobs.start("Brieven maken", work)
    assert work.begun.wait(SOON)
    jobs.stop(job)
    assert job.line.startswith("Ik stop")
    work.let()
    assert jobs.wait(job, SOON)
    assert job.state is State.STOPPED
    assert work.reached < work.number


def test_who_was_asked_to_stop_may_tell_more_while_it_rounds_off(jobs: Jobs) -> None:
    told, begun, free = [], threading.Event(), threading.Event()

    def work(progress: Callable[[str, int, int], None], _stopped: object) -> Outcome:
        try:
            begun.set()
            assert free.wait(SOON)
            progress("brieven maken", 1, 2)
        except KeyboardInterrupt:
            progress("Ik rond af", 1, 2)
            told.append("rounded off")
            return Outcome(exit_code=ExitCode.INTERRUPTED)
        return Outcome()

    job = jobs.start("Brieven maken", work)
    assert begun.wait(SOON)
    jobs.stop(job)
    free.set()
    assert jobs.wait(job, SOON)
    assert told == ["rounded off"]
    assert job.state is State.STOPPED
    assert job.outcome is not None


def test_one_that_waits_and_is_stopped_never_begins(jobs: Jobs) -> None:
    first, second = Steps(), Steps()
    one, two = jobs.start("een", first), jobs.start("twee", second)
    assert first.begun.wait(SOON)
    jobs.stop(two)
    first.let()
    assert jobs.wait(one, SOON)
    assert two.state is State.STOPPED
    assert not second.begun.is_set()


def _fail(error: Exception) -> Callable[[object, object], Outcome]:
    def work(_progress: object, _stopped: object) -> Outcome:
        raise error

    return work


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ProblemsFoundError(messages.problem("LRT903", Place("x.yaml"))), "LRT903"),
        (ZeroDivisionError("deling"), "LRT946"),
    ],
)
def test_what_a_job_raises_is_told_and_the_next_one_is_done(
    jobs: Jobs, error: Exception, code: str
) -> None:
    broken = jobs.start("Brieven maken", _fail(error))
    after = Steps(1)
    after.let()
    following = jobs.start("daarna", after)
    assert jobs.wait(following, SOON)
    assert broken.state is State.FAILED
    assert [problem.code for problem in broken.told] == [code]
    assert following.state is State.DONE


@pytest.mark.parametrize(
    ("code", "state"),
    [
        (ExitCode.DONE, State.DONE),
        (ExitCode.LETTERS, State.DONE),  # some letters failed; the list tells which
        (ExitCode.PROBLEMS, State.FAILED),
        (ExitCode.TEMPLATE, State.FAILED),
        (ExitCode.OFFICE, State.FAILED),
        (ExitCode.INTERRUPTED, State.STOPPED),
    ],
)
def test_the_exit_code_of_a_run_says_how_its_job_ended(
    jobs: Jobs, code: ExitCode, state: State
) -> None:
    job = jobs.start("Brieven maken", lambda *_: Outcome(exit_code=code))
    assert jobs.wait(job, SOON)
    assert job.state is state


def test_a_failure_that_is_no_problem_of_a_file_is_told_too(jobs: Jobs) -> None:
    outcome = Outcome()
    outcome.add_failure(UsageError(messages.problem("LRT730", Place("uit"), who="")))
    job = jobs.start("Brieven maken", lambda *_: outcome)
    assert jobs.wait(job, SOON)
    assert [problem.code for problem in job.told] == ["LRT730"]


def test_the_last_jobs_are_remembered_and_no_more(jobs: Jobs) -> None:
    first = jobs.start("de eerste", lambda *_: Outcome())
    assert jobs.wait(first, SOON)
    for number in range(MOST_KEPT):
        assert jobs.wait(jobs.start(f"klus {number}", lambda *_: Outcome()), SOON)
    assert jobs.find(first.id) is None
    last = jobs.of("")
    assert last is not None
    assert last.name == f"klus {MOST_KEPT - 1}"


def test_closing_stops_what_runs_and_what_waits_and_leaves_no_thread() -> None:
    jobs, work = Jobs(), Steps()
    running, waiting = jobs.start("een", work), jobs.start("twee", Steps())
    assert work.begun.wait(SOON)
    threading.Timer(0.05, work.let).start()
    jobs.close()
    assert (running.state, waiting.state) == (State.STOPPED, State.STOPPED)
    assert not [one for one in threading.enumerate() if one.name == "klus" and one.is_alive()]
    with pytest.raises(UsageError):
        jobs.start("drie", Steps())


def _job(monkeypatch: pytest.MonkeyPatch, *notes: tuple[float, str, int, int]) -> Job:
    job = Job("Brieven maken", lambda *_: Outcome())
    job.state = State.BUSY
    for moment, text, done, total in notes:
        monkeypatch.setattr("lrtdocs.web.jobs.time.monotonic", lambda moment=moment: moment)
        job.note(text, done, total)
    return job


def test_rate_and_time_left_are_told_as_people_say_them(monkeypatch: pytest.MonkeyPatch) -> None:
    job = _job(monkeypatch, (0, "PDF's maken", 108, 342), (20, "PDF's maken", 123, 342))
    assert job.rate == pytest.approx(45)
    assert job.left == pytest.approx(292)
    assert job.line == "PDF's maken: 123 van 342, 45 per minuut, nog ongeveer 5 minuten."


def test_letters_that_were_there_do_not_count_for_the_rate_of_long_ago(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    quick = [(0, "brieven maken", 0, 10_000), (1, "brieven maken", 9_000, 10_000)]
    slow = [(second, "brieven maken", 9_000 + second, 10_000) for second in range(10, 60, 5)]
    job = _job(monkeypatch, *quick, *slow)
    assert job.rate < 100


def test_a_step_begins_with_a_rate_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    job = _job(
        monkeypatch,
        (0, "brieven maken", 0, 9),
        (1, "brieven maken", 9, 9),
        (2, "PDF's maken", 0, 9),
    )
    assert (job.rate, job.left) == (0, None)
    assert job.line == "PDF's maken: 0 van 9."


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (3, "nog minder dan een minuut"),
        (60, "nog ongeveer een minuut"),
        (290, "nog ongeveer 5 minuten"),
        (3 * 3600, "nog ongeveer 3 uur"),
    ],
)
def test_the_time_left_is_said_in_words(seconds: float, words: str) -> None:
    assert say_left(seconds) == words


def test_what_stops_a_job_is_to_a_run_what_ctrl_c_is() -> None:
    assert issubclass(StoppedError, KeyboardInterrupt)
    assert not issubclass(StoppedError, Exception)


def test_a_job_as_data_is_what_the_script_reads(jobs: Jobs) -> None:
    work = Steps(1)
    work.let()
    job = jobs.start("Brieven maken", work, where="/mailing/m1/maken")
    assert jobs.wait(job, SOON)
    data = job.as_data()
    assert data["staat"] == "klaar"
    assert data["actief"] is False
    assert data["pagina"] == "/mailing/m1/maken"
    assert isinstance(data["regel"], str)


# --- on the page


def test_a_job_is_followed_stopped_and_seen_when_it_ended(desk: Desk, client: TestClient) -> None:
    work = Steps()
    job = desk.jobs.start("Brieven <b>maken</b>", work, where="/klus-hier")
    assert work.begun.wait(SOON)
    busy = client.get(f"/klus/{job.id}", headers={"accept": "text/html"})
    assert "<progress" in busy.text
    assert "Brieven &lt;b&gt;maken&lt;/b&gt;" in busy.text
    data = client.get(f"/klus/{job.id}", headers={"accept": "application/json"}).json()
    assert (data["staat"], data["totaal"]) == ("bezig", 5)
    answer = client.post(f"/klus/{job.id}/stop")
    assert (answer.status_code, answer.headers["location"]) == (303, "/klus-hier")
    work.let()
    assert desk.jobs.wait(job, SOON)
    ended = client.get(f"/klus/{job.id}", headers={"accept": "text/html"})
    assert "Gestopt." in ended.text
    assert "<progress" not in ended.text


def test_a_job_that_is_not_there_any_more_says_where_to_go(client: TestClient) -> None:
    answer = client.get("/klus/0123456789abcdef")
    assert answer.status_code == 404
    assert "LRT947" in answer.text
    assert client.post("/klus/0123456789abcdef/stop").status_code == 404


def test_when_the_desk_closes_its_jobs_stop(folder: Path) -> None:
    desk, work = Desk(folder, 8765), Steps()
    job = desk.jobs.start("Brieven maken", work)
    assert work.begun.wait(SOON)
    threading.Timer(0.05, work.let).start()
    desk.close()
    assert job.state is State.STOPPED
