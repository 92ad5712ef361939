"""Whether everything runs: what ``/readyz`` tells."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError

from ccm_portal.celery import app
from ccm_portal.core.enums import MessageStatus
from ccm_portal.core.models import OutgoingMessage, PeriodicRun

# A periodic job silent for two of its periods turns the answer red.
PERIODS = {"core.sweep": timedelta(minutes=1), "core.remind": timedelta(minutes=5)}


def report(*, at: datetime) -> dict[str, object]:
    """Database, broker, oldest unsent message, last success of each periodic job."""
    told: dict[str, object] = {"release": settings.RELEASE}
    try:
        oldest = (
            OutgoingMessage.objects.filter(status=MessageStatus.OWED)
            .order_by("owed_at")
            .values_list("owed_at", flat=True)
            .first()
        )
        runs = dict(PeriodicRun.objects.values_list("name", "succeeded_at"))
    except DatabaseError:
        return told | {"ready": False, "database": "does not answer"}
    late = [name for name, period in PERIODS.items() if name not in runs or at - runs[name] > 2 * period]
    told |= {
        "database": "answers",
        "broker": _broker(),
        "oldest_unsent": oldest.isoformat() if oldest else None,
        "periodic": {name: when.isoformat() for name, when in runs.items()},
        "silent": late,
    }
    return told | {"ready": not late and told["broker"] == "answers"}


def _broker() -> str:
    try:
        with app.connection_for_write() as connection:
            connection.ensure_connection(max_retries=1, timeout=2)
    except Exception:
        return "does not answer"
    return "answers"
