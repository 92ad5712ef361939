"""Load the data, start the servers, measure, print."""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ccm_portal import embedded
from ccm_portal.bench.load import LoadError
from ccm_portal.bench.processor import seconds_of
from ccm_portal.tooling.demo import collect_static, gunicorn, manage
from ccm_portal.tooling.processes import Failed, Programs, Stopped, stop_on_signals, wait_for

PORTS = {"portal": 8471, "bare": 8472}


def main() -> int:
    stop_on_signals()
    try:
        with a_folder() as var:
            return measure_all(var)
    except Stopped:
        return 130
    except (Failed, embedded.EmbeddedError) as error:
        print(error, file=sys.stderr)
        return 1


@contextmanager
def a_folder() -> Iterator[Path]:
    """A folder of this run alone, with a server of its own; both go at the end."""
    var = Path(tempfile.mkdtemp(prefix="ccm-bench-", dir="/var/tmp"))
    var.chmod(0o711)
    try:
        server = embedded.start(var)
        try:
            yield var
        finally:
            server.stop()
    finally:
        shutil.rmtree((var / "postgres").resolve(), ignore_errors=True)
        shutil.rmtree(var, ignore_errors=True)


def measure_all(var: Path) -> int:
    for name in ("DATABASE_URL", "OWNER_DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    os.environ |= {
        "VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "ccm_portal.settings.base",
        "PORTAL_NOW": "2041-06-01T12:00:00+00:00",
        "LOG_LEVEL": "WARNING",
        "SITE_ADDRESS": f"http://localhost:{PORTS['portal']}",
    }
    environment = dict(os.environ)
    manage("migrate", "--verbosity", "0", env=environment)
    manage("load_reference_data", "--verbosity", "0", env=environment)
    collect_static(var, env=environment)

    import django  # app ready: the folder must be set before settings are read

    django.setup()
    from ccm_portal.bench import (  # app ready: models
        differences,
        figures,
        money,
        obligations,
        reports,
        room,
        scene,
        sheets,
        sponsorship,
    )

    began = time.monotonic()
    seen = scene.prepare()
    hall = room.prepare()
    print(f"{seen.described} loaded in {time.monotonic() - began:.0f} s.", flush=True)

    with servers(var, environment) as spent:
        rows = figures.speeds(seen, portal=address("portal"), bare=address("bare"), spent=spent)
        rows += figures.first_visits(seen, portal=address("portal"))
        rows += room.room_rows(hall, portal=address("portal"), bare=address("bare"), spent=spent)
    rows += [
        *figures.query_rows(seen),
        figures.sweep_row(),
        obligations.table_row(),
        obligations.pages_row(),
        money.offers_row(),
        reports.donor_report_row(),
        figures.import_row(seen),
        sheets.import_row(seen.writers[-1].section),
        sheets.list_row(),
        differences.difference_row(),
        *sponsorship.sponsorship_rows(),
        figures.pdf_row(seen),
        figures.pdfs_row(seen),
    ]
    figures.show(rows)
    return 0 if all(row.holds for row in rows) else 3


def address(name: str) -> str:
    return f"http://127.0.0.1:{PORTS[name]}"


@contextmanager
def servers(var: Path, environment: dict[str, str]) -> Iterator[Callable[[], float]]:
    """Both servers, and what tells the processor time that they and their database have used."""
    programs = Programs(environment=environment, folder=embedded.CHECKOUT)
    bare = Programs(
        environment={**environment, "DJANGO_SETTINGS_MODULE": "ccm_portal.bench.bare_settings"},
        folder=embedded.CHECKOUT,
    )
    try:
        programs.start("The portal", gunicorn(PORTS["portal"]), log=var / "portal.log")
        bare.start("The bare server", gunicorn(PORTS["bare"]), log=var / "bare.log")
        wait_for(address("portal") + "/healthz", programs)
        wait_for(address("bare") + "/hello", bare)
        database = int((var / "postgres" / "data" / "postmaster.pid").read_text().split("\n", 1)[0])
        roots = [database, *(one.pid for some in (programs, bare) for one in some.running.values())]
        yield lambda: seconds_of(roots)
    except (Failed, LoadError) as error:
        logs = [line for name in ("portal", "bare") for line in (var / f"{name}.log").read_text().splitlines()[-15:]]
        raise Failed("\n".join([str(error), *logs])) from error
    finally:
        programs.stop()
        bare.stop()


if __name__ == "__main__":
    raise SystemExit(main())
