"""Ring the queue once the transaction is committed. A queue that does not answer loses nothing:
the row stands, and the sweeper comes by."""

import logging

from django.db import transaction

from ccm_portal.celery import app

log = logging.getLogger(__name__)

# Seconds. While no worker runs, the sweeper rings again and again: what it rang long ago need not be heard any more.
FORGOTTEN_AFTER = 900


def ring(task: str, pk: int) -> None:
    """Ask a worker to run ``task`` for the row ``pk``, after commit."""
    transaction.on_commit(lambda: ring_now(task, pk))


def ring_now(task: str, pk: int) -> None:
    """The same at once; for sweepers, which run outside a transaction."""
    try:
        app.send_task(task, kwargs={"pk": pk}, retry=False, expires=FORGOTTEN_AFTER)
    except Exception:
        log.exception("the queue did not take %s for row %s; the sweeper will", task, pk)
