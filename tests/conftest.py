"""What every test stands on: the suite's own database and the portal's two roles."""

import os

import pytest
from django.core.cache import caches
from django.test import TransactionTestCase
from django.utils import translation

from tests import database

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser driver and the database share a thread


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_blocker):
    """One fresh database per worker, made as in production: owner migrates, web role serves."""
    name = f"test_{getattr(request.config, 'workerinput', {}).get('workerid', 'portal')}"
    with django_db_blocker.unblock():
        database.start()
        database.create(name)
        database.migrate(name)

    def flush(self):
        database.flush(name)

    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", flush)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def english():
    """A request leaves its language behind in the thread; the next test begins in English."""
    translation.activate("en")


@pytest.fixture(autouse=True)
def fresh_caches():
    """A flush gives numbers out again; what was kept under them belongs to another test."""
    for name in ("default", "pages"):
        caches[name].clear()
