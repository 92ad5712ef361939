"""The time in the room: the database's, which all web servers share; the clock's, where one was set."""

import os
from datetime import datetime

from ccm_portal.core import clock
from meetings.domain.floor_room import database_now


def now() -> datetime:
    return clock.now() if os.environ.get("PORTAL_NOW") else database_now()
