"""Programs that run together are watched and ended together."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from ccm_portal.tooling.codes import totp
from ccm_portal.tooling.processes import Failed, Programs, is_free, wait_for


@pytest.fixture
def programs(tmp_path):
    made = Programs(environment=dict(os.environ), folder=tmp_path)
    yield made
    made.stop(seconds=1)


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{pid}/stat") as line:
        return line.read().rpartition(")")[2].split()[0] != "Z"


def test_stop_ends_a_program_that_refuses_to_go_and_its_children(programs, tmp_path):
    children = tmp_path / "child"
    stubborn = f"trap '' TERM; sleep 60 & echo $! > {children}; wait; sleep 60"
    programs.start("Stubborn", ["bash", "-c", stubborn], log=tmp_path / "log")
    while not children.exists() or not children.read_text():
        time.sleep(0.05)
    pids = [programs.running["Stubborn"].pid, int(children.read_text())]
    programs.stop(seconds=0.5)
    time.sleep(0.1)
    assert [pid for pid in pids if is_alive(pid)] == []


def test_a_program_that_ends_by_itself_is_named(programs, tmp_path):
    programs.start("The clock", ["bash", "-c", "exit 3"], log=tmp_path / "log")
    with pytest.raises(Failed, match="The clock ended with code 3"):
        programs.watch()


def test_waiting_for_an_address_ends_when_its_program_does(programs, tmp_path):
    programs.start("The web server", ["true"], log=tmp_path / "log")
    with pytest.raises(Failed, match="The web server ended"):
        wait_for("http://127.0.0.1:9/healthz", programs, seconds=10)


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells children of their parent's end")
def test_programs_end_when_the_runner_is_killed(tmp_path):
    runner = (
        "import os, time, pathlib; from ccm_portal.tooling.processes import Programs;"
        f"p = Programs(environment=dict(os.environ), folder=pathlib.Path({str(tmp_path)!r}));"
        f"p.start('sleeper', ['sleep', '60'], log=pathlib.Path({str(tmp_path / 'log')!r}));"
        "print(p.running['sleeper'].pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", runner], stdout=subprocess.PIPE, text=True) as running:
        pid = int(running.stdout.readline())
        running.send_signal(signal.SIGKILL)
    until = time.monotonic() + 5
    while is_alive(pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not is_alive(pid)


def test_a_port_in_use_is_seen():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        assert not is_free(other.getsockname()[1])


def test_the_printed_codes_are_those_of_the_standard():
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # RFC 6238, appendix B
    assert [totp(secret, at) for at in (59, 1111111109, 2000000000)] == ["287082", "081804", "279037"]
