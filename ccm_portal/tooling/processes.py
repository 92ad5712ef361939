"""Run several programs together: start them, wait for the portal to answer, stop them all."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1


class Stopped(Exception):
    """A signal asks for the end."""


class Failed(Exception):
    """A program could not be started, or ended by itself. The message says which."""


def stop_on_signals() -> None:
    def stop(number: int, frame: object) -> None:
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, signal.SIG_IGN)
        raise Stopped(signal.Signals(number).name)

    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, stop)


def _end_with_parent() -> None:
    """Linux: the program is told to end when the runner was killed and cannot tell it any more."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Programs:
    """Each in a process group of its own, so that Ctrl-C reaches the runner alone and it ends them in order."""

    def __init__(self, *, environment: dict[str, str], folder: Path) -> None:
        self.environment = environment
        self.folder = folder
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, command: Sequence[str | Path], *, log: Path) -> None:
        with log.open("ab") as output:
            self.running[name] = subprocess.Popen(
                [str(word) for word in command],
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_end_with_parent,
            )

    def check(self) -> None:
        for name, program in self.running.items():
            if program.poll() is not None:
                raise Failed(f"{name} ended with code {program.returncode}.")

    def watch(self) -> None:
        while True:
            self.check()
            time.sleep(0.5)

    def stop(self, *, seconds: float = 20) -> None:
        """Ask the last one started first; end by force what does not end in time."""
        until = time.monotonic() + seconds
        programs = list(reversed(self.running.values()))
        for program in programs:
            self._tell(program, signal.SIGTERM)
        for program in programs:
            try:
                program.wait(timeout=max(until - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                self._tell(program, signal.SIGKILL)
                program.wait()
        self.running.clear()

    @staticmethod
    def _tell(program: subprocess.Popen[bytes], number: int) -> None:
        if program.poll() is None:
            if number == signal.SIGKILL:
                os.killpg(program.pid, number)
            else:
                program.send_signal(number)


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def wait_for(address: str, programs: Programs, *, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        programs.check()
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise Failed(f"{address} did not answer within {seconds:.0f} seconds.")
