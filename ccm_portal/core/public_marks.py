"""Which version of the public record stands now, so that an unchanged page is not drawn again."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from ccm_portal.core.register import MAIN

LAST_ACT = "SELECT hash FROM core_registerentry WHERE chain = %s ORDER BY number DESC LIMIT 1"


def record_mark(*, at: datetime, beside: str = "NULL", params: Sequence[Any] = ()) -> str:
    """One index look-up, in plain SQL since every public page asks it. Every act moves the mark. So does the day, since
    pages count days, and so does the end of the day everywhere on Earth, when what was due becomes late.

    ``beside`` selects, in the same query, one value more that moves the page and is no act on record.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ({LAST_ACT}), ({beside})", [MAIN, *params])
        last, more = cursor.fetchone()
    ended = at + timedelta(hours=settings.LATE_AFTER_UTC_OFFSET_HOURS)
    told = f"{at.date().isoformat()}/{ended.date().isoformat()}/{last or 'empty'}"
    return told if more is None else f"{told}|{more}"
