"""Run the portal with demonstration data: `make demo`.

Everything it needs lies under $VAR; with DATABASE_URL (and OWNER_DATABASE_URL) or REDIS_URL it uses those servers.
"""

import fcntl
import hashlib
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ccm_portal import embedded
from ccm_portal.tooling.processes import Failed, Programs, Stopped, is_free, stop_on_signals, wait_for

CHECKOUT = embedded.CHECKOUT
BIN = Path(sys.prefix) / "bin"
CELERY: list[str | Path] = [
    BIN / "celery", "-A", "ccm_portal", "worker", "--beat", "--concurrency", "2",
    "--without-mingle", "--without-gossip", "--loglevel", "INFO",
]  # fmt: skip
UNUSED_STATIC = ("rest_framework", "guardian")  # screens of packages that the portal does not show


def main() -> int:
    stop_on_signals()
    var = Path(os.path.abspath(embedded.default_var()))
    try:
        port = int(os.environ.get("PORT") or 8000)
        if not is_free(port):
            raise Failed(f"Port {port} is taken. Choose another one: make demo PORT={port + 1}")
        with only_demo(var), database(var):
            serve(var, port)
    except Stopped:
        say("Stopped.")
        return 0
    except (Failed, embedded.EmbeddedError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


@contextmanager
def only_demo(var: Path) -> Iterator[None]:
    var.mkdir(parents=True, exist_ok=True)
    with (var / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Failed(f"A demo already runs on the data in {var}. Use another folder: make demo VAR=…") from None
        yield


@contextmanager
def database(var: Path) -> Iterator[None]:
    if os.environ.get("DATABASE_URL"):
        yield
        return
    say("Starting PostgreSQL …")
    server = embedded.start(var)
    try:
        yield
    finally:
        server.stop()


def environment(var: Path, port: int) -> dict[str, str]:
    """What the demo sets; anything set outside wins."""
    ours = {
        "DJANGO_SETTINGS_MODULE": "ccm_portal.settings.base",
        "SITE_ADDRESS": f"http://localhost:{port}",
        "HTTPS": "false",
        "DEMONSTRATION": "true",
        "LOG_LEVEL": "WARNING",
        "PYTHONUNBUFFERED": "1",
    }
    if os.environ.get("DATABASE_URL"):
        ours["SECRET_KEY"] = secret_key(var)
    return {**ours, **os.environ, "VAR": str(var)}


def secret_key(var: Path) -> str:
    """Made once and readable by this account alone."""
    path = var / "secret_key"
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as key:
            key.write(os.urandom(40).hex())
    return path.read_text()


def python(*words: str, env: dict[str, str]) -> None:
    done = subprocess.run([BIN / "python", *words], cwd=CHECKOUT, env=env, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise Failed(f"This failed: python {' '.join(words)}")


def manage(*words: str, env: dict[str, str]) -> None:
    python("manage.py", *words, env=env)


def collect_static(var: Path, *, env: dict[str, str]) -> None:
    """Collect and compress what browsers fetch, when it is not as it was the last time."""
    stamp, digest = var / "static.stamp", hashlib.sha256((Path(sys.prefix) / "installed.txt").read_bytes())
    for path in sorted((CHECKOUT / "static").rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(CHECKOUT)).encode() + b"\0" + path.read_bytes())
    if not stamp.exists() or stamp.read_text() != digest.hexdigest():
        unused = [word for app in UNUSED_STATIC for word in ("--ignore", app)]
        manage("collectstatic", "--noinput", "--verbosity", "0", *unused, env=env)
        stamp.write_text(digest.hexdigest())


def serve(var: Path, port: int) -> None:
    env = environment(var, port)
    say("Preparing the database …")
    python("-m", "ccm_portal.tooling.prepare", env=env)
    collect_static(var, env=env)

    logs = var / "logs"
    logs.mkdir(exist_ok=True)
    programs = Programs(environment=env, folder=CHECKOUT)
    try:
        say("Starting the web server, the worker and the clock …")
        try:
            programs.start("The web server", gunicorn(port), log=logs / "web.log")
            wait_for(f"http://127.0.0.1:{port}/healthz", programs)
            programs.start("The worker with its clock", CELERY, log=logs / "worker.log")
            print_welcome(var, port)
            programs.watch()
        except Failed as error:
            raise Failed(f"{error} What they said is in {logs}.") from error
        except Stopped:
            say("\nStopping …")
            raise
    finally:
        programs.stop()


def gunicorn(port: int) -> list[str | Path]:
    return [
        BIN / "gunicorn", "ccm_portal.wsgi:application", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread",
        "--workers", "2", "--threads", "4", "--preload", "--worker-tmp-dir", shared_memory(), "--no-control-socket",
    ]  # fmt: skip


def shared_memory() -> str:
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else "/tmp"


def print_welcome(var: Path, port: int) -> None:
    lines = ["", f"The portal runs: http://localhost:{port}/", ""]
    accounts = json.loads((var / "demo-accounts.json").read_text())
    wide = max(len(account["email"]) for account in accounts)
    for account in accounts:
        whom = account.get("acts_for") or ""
        lines.append(f"  {account['email']:<{wide}}  {account['password']}  {account['role']} {whom}".rstrip())
    lines += [
        "",
        f"Sign-in asks for a second factor: `{codes_command(var)}` prints the present code of each account.",
        f"Mail goes to {var / 'mail'}, logs to {var / 'logs'}. Stop with Ctrl-C.",
        "",
    ]
    say("\n".join(lines))


def codes_command(var: Path) -> str:
    """What to type for the sign-in codes of this demo."""
    return "make codes" if var == CHECKOUT / "var" else f"make codes VAR={shlex.quote(str(var))}"


def say(sentence: str) -> None:
    print(sentence, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
