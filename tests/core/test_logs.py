"""Lines of the log name no case, and quote no row."""

import logging

from ccm_portal.core.logs import Line


def test_a_line_leaves_out_addresses_of_cases_and_what_a_database_error_quotes():
    address = "/fr/cases/11111111-2222-3333-4444-555555555555/people/"
    record = logging.LogRecord("django", logging.WARNING, "", 0, "Not Found: %s", (address,), None)
    told = "violates a constraint\nDETAIL:  Failing row contains (a title).\n"
    try:
        raise ValueError(told)
    except ValueError as wrong:
        record.exc_info = (type(wrong), wrong, wrong.__traceback__)

    line = Line("%(message)s").format(record)

    assert line.startswith("Not Found: /fr/cases/…\n")
    assert "title" not in line and "violates a constraint" in line
