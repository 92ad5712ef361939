"""Requests for tests: valid and boring; the test says what is special."""

from datetime import UTC, date, datetime
from typing import Any

from django.contrib.auth.models import Permission

from ccm_portal.core.enums import Role
from ccm_portal.core.models import StateClock, User
from compliance.domain import lodging, request_drafts
from compliance.enums import Access, RequestStatus
from compliance.models import DRAFT_REQUEST, ExtensionRequest, RequestPlace, RequestVersion
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


def draft(iso3: str, kind: str = "art4", *, by: User | None = None, at: datetime = A_MOMENT) -> ExtensionRequest:
    """A draft, begun as people begin one."""
    by = by or factories.person(Role.APPROVER, iso3)
    return request_drafts.begin(clock=clock(iso3, kind), language="en", by=by, at=at)


def write(of: ExtensionRequest, key: str, text: str, *, by: User, day: date | None = None) -> None:
    """A section, over whatever stands there."""
    section = of.sections.get(key=key)
    request_drafts.write_section(section=section, text=text, day=day, version=section.version, by=by, at=A_MOMENT)


def lodge(of: ExtensionRequest, *, by: User, at: datetime = A_MOMENT, note: str = "") -> RequestVersion:
    """Lodged as it stands."""
    seen = lodging.digest(lodging.content(ExtensionRequest.objects.get(pk=of.pk)))
    return lodging.lodge(request=of, seen=seen, note=note, by=by, at=at)


def place(of: ExtensionRequest, access: Access, user: User | None = None) -> RequestPlace:
    """Somebody who was invited to the draft."""
    right = Permission.objects.get(codename=DRAFT_REQUEST)
    return RequestPlace.objects.create(
        user=user or factories.person(), permission=right, content_object=of, access=access, given_at=A_MOMENT
    )
