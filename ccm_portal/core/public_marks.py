"""Which version of the public record stands now, so that an unchanged page is not drawn again."""

from datetime import date

from django.db import connection

from ccm_portal.core.register import MAIN

LAST_ACT = "SELECT hash FROM core_registerentry WHERE chain = %s ORDER BY number DESC LIMIT 1"


def record_mark(*, on: date) -> str:
    """One index look-up, in plain SQL since every public page asks it. Every act moves the mark, and so does the day,
    since pages count days."""
    with connection.cursor() as cursor:
        cursor.execute(LAST_ACT, [MAIN])
        last = cursor.fetchone()
    return f"{on.isoformat()}/{last[0] if last else 'empty'}"
