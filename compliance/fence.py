"""The second fence around cases, in the database: a row of a case shows only to a person who is named in it.

The web role sees no row of the tables in ``FENCED`` unless ``let_in`` has said, on this connection, who is reading;
a forgotten filter then returns nothing. ``rules.visible_cases`` and its neighbours say it; the middleware takes it back
after every request, and everything outside a request uses ``reading_as``. The policies are in migration 0002.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection

from ccm_portal.core import clock
from ccm_portal.core.models import User

SETTING = "portal.reader"
DAY = "portal.today"  # on which the database asks who presides and who acts for a State


def let_in(user: User | None) -> None:
    """From now on this connection reads as ``user``; as nobody where it is ``None`` or a closed account."""
    _say(str(user.pk) if isinstance(user, User) and user.is_active else "")


def _say(reader: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config(%s, %s, false), set_config(%s, %s, false)",
            [SETTING, reader, DAY, clock.today().isoformat()],
        )
    connection.case_reader = reader  # type: ignore[attr-defined]  # who reads on when a question in between is over
    # A transaction that is undone undoes what was said in it, also that nobody reads: only ``close`` forgets this.
    connection.case_reader_said = True  # type: ignore[attr-defined]


def close() -> None:
    """Nobody reads any more."""
    if getattr(connection, "case_reader_said", False):
        _say("")
        connection.case_reader_said = False  # type: ignore[attr-defined]


@contextmanager
def reading_as(user: User) -> Iterator[None]:
    """For operations, tasks, commands and single questions: what is asked inside is asked as ``user``; whoever read
    before reads on afterwards."""
    before = getattr(connection, "case_reader", "")
    let_in(user)
    try:
        yield
    finally:
        try:
            _say(before)
        except DatabaseError:  # the transaction is lost, and with it goes what was said in it
            connection.case_reader = before  # type: ignore[attr-defined]
