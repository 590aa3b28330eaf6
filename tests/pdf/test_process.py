import os
import sys
import time

import pytest

from lrtdocs.pdf.office.process import (
    Dialogue,
    allow_programs,
    lasting_programs,
    run_program,
    stop_programs,
)


@pytest.fixture
def run(tmp_path):
    def run(code, seconds=10.0):
        return run_program(
            [sys.executable, "-c", code],
            environment={"PATH": os.defpath},
            folder=tmp_path,
            seconds=seconds,
        )

    return run


def test_the_exit_code_and_the_last_words_come_back(run):
    outcome = run("import sys; print('een'); print('twee', file=sys.stderr); sys.exit(3)")

    assert outcome.code == 3
    assert set(outcome.said.split()) == {"een", "twee"}


def test_only_the_end_of_much_output_is_kept(run):
    assert run("print('x' * 100_000 + 'slot')").said.endswith("slot")
    assert len(run("print('x' * 100_000)").said) == 300


def test_a_program_that_takes_too_long_is_stopped(run):
    start = time.monotonic()

    assert run("import time; time.sleep(60)", seconds=0.2).code is None
    assert time.monotonic() - start < 10


def test_a_program_that_is_not_there_raises(tmp_path):
    with pytest.raises(FileNotFoundError):
        run_program(["/nergens/x"], environment={}, folder=tmp_path, seconds=1)


@pytest.mark.skipif(sys.platform == "win32", reason="process groups are a POSIX thing")
def test_ctrl_c_while_waiting_stops_the_program_too(run, tmp_path, monkeypatch):
    def interrupt(*_args, **_options):
        monkeypatch.undo()
        raise KeyboardInterrupt

    monkeypatch.setattr("subprocess.Popen.wait", interrupt)

    with pytest.raises(KeyboardInterrupt):
        run("import time; time.sleep(60)")


ECHO = "import sys; [print(line, end='', flush=True) for line in sys.stdin]"


def test_who_stops_a_run_leaves_programs_alone_that_serve_somebody_else(tmp_path):
    def start():
        command = [sys.executable, "-c", ECHO]
        return Dialogue(command, environment={"PATH": os.defpath}, folder=tmp_path)

    with lasting_programs():
        lasting = start()
    of_run = start()
    try:
        stop_programs()
        assert of_run.ask(b"een\n", 10) == b""
        assert lasting.ask(b"een\n", 10) == b"een\n"
        with pytest.raises(InterruptedError):
            start()
        with lasting_programs():
            start().stop()
    finally:
        allow_programs()
        lasting.stop()
        of_run.stop()
