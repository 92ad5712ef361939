"""The engine. A kept connection is looked at, not asked: a question to the server for each request costs as much as
the work of a small page. A server that went away has closed its end, and that shows without asking."""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self) -> bool:
        """Whether the server still holds its end. Between requests nothing is awaited: what comes is a farewell."""
        if self.connection is None or self.connection.closed:
            return False
        poll = select.poll()
        poll.register(self.connection.fileno(), select.POLLIN)
        return not poll.poll(0)
