"""Which version of the public record stands now, so that an unchanged page is not drawn again."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from ccm_portal.core.register import MAIN

LAST_ACT = "SELECT hash FROM core_registerentry WHERE chain = %s ORDER BY number DESC LIMIT 1"


def record_mark(*, at: datetime) -> str:
    """One index look-up, in plain SQL since every public page asks it. Every act moves the mark. So does the day, since
    pages count days, and so does the end of the day everywhere on Earth, when what was due becomes late."""
    with connection.cursor() as cursor:
        cursor.execute(LAST_ACT, [MAIN])
        last = cursor.fetchone()
    ended = at + timedelta(hours=settings.LATE_AFTER_UTC_OFFSET_HOURS)
    return f"{at.date().isoformat()}/{ended.date().isoformat()}/{last[0] if last else 'empty'}"
