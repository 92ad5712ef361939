"""A real worker in a process of its own, on the suite's database and a real queue.

The queue is the file-system broker, or the Redis that REDIS_URL names."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from celery import Celery
from django.db import connection

from ccm_portal import embedded
from ccm_portal.core import doorbell
from tests import database

ROOT = Path(embedded.CHECKOUT)


class Queue:
    """The queue and its workers, seen from a test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.redis_url = os.environ.get("REDIS_URL", "")
        self.workers: list[subprocess.Popen] = []
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "DJANGO_SETTINGS"))},
            "DATABASE_URL": embedded.database_url(
                database.server_folder(), "web", database=connection.settings_dict["NAME"]
            ),
            "HTTPS": "false",
            "SECRET_KEY": "the key of this test only, long enough to be taken for one",
            "VAR": str(folder),
        }
        told = self.ask_settings()
        self.app = Celery("queue", broker=told["broker"])
        self.app.conf.update(broker_transport_options=told["options"], task_serializer="json")
        for path in told["options"].values():
            if str(path).startswith("/"):
                Path(path).mkdir(parents=True, exist_ok=True)
        self.app.control.purge()

    def ask_settings(self) -> dict:
        """The broker exactly as the running portal has it."""
        question = (
            "import json; from ccm_portal.settings import base;"
            "print(json.dumps({'broker': base.CELERY_BROKER_URL, 'options': base.CELERY_BROKER_TRANSPORT_OPTIONS}))"
        )
        told = subprocess.run(
            [sys.executable, "-c", question], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=True
        )
        return json.loads(told.stdout)

    def start_worker(self) -> subprocess.Popen:
        command = [Path(sys.prefix) / "bin" / "celery", "-A", "ccm_portal", "worker", "--concurrency", "2"]
        with (self.folder / "worker.log").open("ab") as log:
            worker = subprocess.Popen(
                [*command, "--without-mingle", "--without-gossip", "--loglevel", "INFO"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.workers.append(worker)
        return worker

    def kill(self, worker: subprocess.Popen) -> None:
        """As if the machine had been switched off."""
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    def stop(self) -> None:
        for worker in self.workers:
            if worker.poll() is None:
                self.kill(worker)
        self.app.control.purge()
        self.app.close()

    def mails(self) -> list[str]:
        return [path.read_text() for path in sorted((self.folder / "mail").glob("*.eml"))]

    def log(self) -> str:
        return (self.folder / "worker.log").read_text()

    @staticmethod
    def until(condition, *, seconds: float = 20):
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, "it did not happen in time"
            time.sleep(0.05)


@pytest.fixture
def queue(transactional_db, tmp_path, monkeypatch):
    made = Queue(tmp_path)
    monkeypatch.setattr(doorbell, "app", made.app)
    yield made
    made.stop()
