"""The clock. Only views, tasks, middleware and commands read it; everything else is told the time.

``PORTAL_NOW`` (an ISO date and time) sets it for a process: the clock then runs on from there.
"""

import os
import time
from datetime import UTC, date, datetime, timedelta

_set_at = time.monotonic()


def now() -> datetime:
    """The time now, in UTC."""
    if fixed := os.environ.get("PORTAL_NOW"):
        moment = datetime.fromisoformat(fixed)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return moment + timedelta(seconds=time.monotonic() - _set_at)
    return datetime.now(tz=UTC)


def today() -> date:
    """The day now, in UTC."""
    return now().date()
