"""Which version of the public record stands now: what public pages and files are marked with."""

from typing import Any

from django.http import HttpRequest

from ccm_portal.core import clock
from ccm_portal.core.public_marks import record_mark


def mark(request: HttpRequest, *args: Any, **kwargs: Any) -> str:
    return record_mark(at=clock.now())
