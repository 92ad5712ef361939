"""What reaches the logs: lines without the addresses of cases and personal links, and without the rows that a database
error quotes."""

import logging
import re

ADDRESS = re.compile(r"(/(?:cases|responses)/)[0-9a-f]{8}-[0-9a-f-]{27}[^\s\"'<>]*", re.IGNORECASE)
LINK = re.compile(r"(/own-part/)[^\s\"'<>]+")
QUOTED = re.compile(r"^(?:DETAIL|CONTEXT):.*$", re.MULTILINE)


class Line(logging.Formatter):
    """A line of the log, with its traceback."""

    def format(self, record: logging.LogRecord) -> str:
        told = QUOTED.sub("DETAIL left out", super().format(record))
        return LINK.sub(r"\1…", ADDRESS.sub(r"\1…", told))
