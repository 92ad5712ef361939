"""The difference of two large reports: every row of the one says something else in the other, in another order."""

import time
from typing import Any

from django.template.loader import render_to_string

from ccm_portal.bench.figures import Row
from reporting.domain.comparing import MOST_ROWS
from reporting.form import content as documents
from reporting.form.differences import compare
from reporting.form.editions import LATEST, edition

ROWS = 10_000


def difference_row() -> Row:
    """Compared and drawn, as the page does it."""
    old, new = a_report("2024", first=1), a_report("2025", first=2)
    new["sections"]["stockpiles"]["parts"]["stocks"]["rows"].reverse()
    began = time.perf_counter()
    difference = compare(old, new, "en", most_rows=MOST_ROWS)
    compared = time.perf_counter() - began
    drawn = render_to_string("components/difference.html", {"difference": difference, "language": "en"})
    seconds = time.perf_counter() - began
    if difference.size != ROWS:
        raise AssertionError(f"{difference.size} of {ROWS} rows differ")
    beside = f"comparing {compared:.2f} s, {len(drawn.encode()) / 1000:.0f} kB of page"
    return Row(
        f"difference of two reports of {ROWS:,} rows", f"{seconds:.2f} s", beside, "under 3 s", holds=seconds < 3
    )


def a_report(slug: str, *, first: int) -> dict[str, Any]:
    """A report with one long table; its numbers begin with ``first``."""
    report = documents.build(edition(LATEST), {}, state="LAO", kind="annual", slug=slug, language="en")
    rows = [
        {
            "id": f"r{number}",
            "cells": {
                "munition_type": {"is": "given", "text": f"Type {number}", "from": "typed"},
                "munitions": {"is": "given", "number": first + number, "precision": "exact", "from": "typed"},
                "lot_numbers": {"is": "given", "text": "2-76, 3-76, 4-76", "from": "typed"},
            },
        }
        for number in range(ROWS)
    ]
    report["sections"]["stockpiles"] = {
        "standing": documents.CHANGED,
        "unchanged_since": None,
        "parts": {"stocks": {"none": False, "rows": rows}},
    }
    return report
