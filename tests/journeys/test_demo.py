"""`make demo`, as whoever tries the portal runs it: it starts, serves, changes nothing the second time, and ends."""

import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from ccm_portal import embedded


@pytest.fixture(scope="module")
def var():
    """A folder that the database's account can reach."""
    made = Path(tempfile.mkdtemp(prefix="portal-test-", dir="/var/tmp"))
    made.chmod(0o711)
    yield made / "var"
    embedded.stop(made / "var")
    shutil.rmtree(made)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(var, port):
    theirs = ("DJANGO_SETTINGS", "PYTEST", "DATABASE_URL", "OWNER_DATABASE_URL", "REDIS_URL", "PORTAL_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(theirs)}
    return {**kept, "VAR": str(var), "PORT": str(port), "PYTHONUNBUFFERED": "1"}


@contextmanager
def demo(var, *, port, end=signal.SIGTERM):
    """A running demo and what it has printed until it is ready."""
    command = [sys.executable, "-m", "ccm_portal.tooling.demo"]
    with (var.parent / "output").open("w+") as output:
        running = subprocess.Popen(
            command, cwd=embedded.CHECKOUT, env=environment(var, port), stdout=output, stderr=output
        )
        try:
            until = time.monotonic() + 240
            while "Stop with Ctrl-C" not in (said := Path(output.name).read_text()):
                assert running.poll() is None, said
                assert time.monotonic() < until, said
                time.sleep(0.1)
            yield said
        finally:
            if running.poll() is None:
                running.send_signal(end)
            running.wait(timeout=60)
    assert running.returncode == 0


def rows(var):
    """Every table with the number of its rows, but those that the worker fills in its own time."""
    with psycopg.connect(embedded.database_url(var, "owner")) as owner:
        tables = [name for (name,) in owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        theirs = {"core_storedfile", "core_periodicrun", "core_outgoingmessage", "reporting_reportwords"}
        return {name: owner.execute(f'SELECT count(*) FROM "{name}"').fetchone() for name in {*tables} - theirs}


def test_the_demo_serves_and_tells_its_accounts(var):
    port = free_port()
    with demo(var, port=port) as said:
        assert f"http://localhost:{port}/" in said
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as home:
            assert home.status == 200
        accounts = json.loads((var / "demo-accounts.json").read_text())
        assert all({"email", "password", "totp_secret", "role", "acts_for"} <= set(account) for account in accounts)
        assert {"LAO", "iso"} <= {account["acts_for"] for account in accounts}
        assert all(account["email"] in said and account["password"] in said for account in accounts)
    assert not embedded.is_running(var)


def test_what_is_secret_is_readable_by_its_account_alone(var):
    for name in ("secret_key", "demo-accounts.json"):
        assert stat.S_IMODE((var / name).stat().st_mode) == 0o600


def test_a_second_start_changes_nothing_and_ctrl_c_ends_it(var):
    embedded.start(var)
    before, accounts = rows(var), (var / "demo-accounts.json").read_bytes()
    with demo(var, port=free_port(), end=signal.SIGINT):
        assert rows(var) == before
        assert (var / "demo-accounts.json").read_bytes() == accounts
    assert not embedded.is_running(var)


def test_two_demos_do_not_share_a_folder_or_a_port(var):
    port = free_port()
    with demo(var, port=port):
        for folder, other_port, sentence in (
            (var, free_port(), "A demo already runs on the data"),
            (var.parent / "other", port, f"Port {port} is taken"),
        ):
            refused = subprocess.run(
                [sys.executable, "-m", "ccm_portal.tooling.demo"],
                cwd=embedded.CHECKOUT,
                env=environment(folder, other_port),
                capture_output=True,
                text=True,
                timeout=60,
            )
            assert refused.returncode == 1
            assert sentence in refused.stderr
