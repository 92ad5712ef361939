"""Requests for tests: valid and boring; the test says what is special."""

from datetime import UTC, date, datetime
from typing import Any

from ccm_portal.core.models import StateClock
from compliance.enums import RequestStatus
from compliance.models import ExtensionRequest
from tests import factories

A_MOMENT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def clock(iso3: str, kind: str = "art4") -> StateClock:
    """A clock of the reference data."""
    return StateClock.objects.select_related("state").get(state__iso3=iso3, clock=kind, key="")


def request(iso3: str = "LAO", kind: str = "art4", **fields: Any) -> ExtensionRequest:
    """A row as it stands, without the acts that led there: lodged on 2 March 2026, unless the test says otherwise."""
    its = clock(iso3, kind)
    given: dict[str, Any] = {
        "number": ExtensionRequest.objects.filter(clock=its).count() + 1,
        "status": RequestStatus.LODGED,
        "begun_at": A_MOMENT,
        "begun_by": factories.person("approver", iso3),
    } | fields
    if given["status"] not in (RequestStatus.INTENT, RequestStatus.DRAFT):
        given = {"lodged_on": date(2026, 3, 2), "asked_until": date(2030, 8, 1)} | given
    return ExtensionRequest.objects.create(state=its.state, clock=its, **given)
