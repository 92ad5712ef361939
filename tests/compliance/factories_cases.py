"""Cases for tests, made by the operations people use. Rows of a case show only to who is named in it: ask for them
inside ``reading_as``, or as the owner.
"""

from datetime import UTC, datetime
from typing import Any

from ccm_portal.core.enums import Role
from ccm_portal.core.models import User
from compliance import fence
from compliance.domain import cases
from compliance.enums import Access, Origin, Side, Subject
from compliance.models import CasePlace, ComplianceCase
from tests import factories

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


def president(iso3: str = "LAO") -> User:
    """The President, in office since 2020."""
    return factories.person(Role.PRESIDENT, iso3)


def a_case(by: User | None = None, *, iso3: str = "PER", at: datetime = AT, **fields: Any) -> ComplianceCase:
    """A matter about Peru's clearance, noted. ``case.opened_by`` leads it."""
    given = {
        "article": Subject.ART_4,
        "title": "A question about an area",
        "origin": Origin.CMC,
        "facts": "An area was used for training; it is said to hold remnants.",
    } | fields
    return cases.open_case(state=factories.state(iso3), by=by or president(), at=at, **given)


def named(
    case: ComplianceCase, user: User | None = None, access: str = Access.READ, side: str = Side.TEAM, at: datetime = AT
) -> User:
    """Somebody named in the case: of the CMC where no person is given; for the State concerned, its approver."""
    if user is None:
        user = (
            factories.person(Role.APPROVER, case.state.iso3)
            if side == Side.CONCERNED
            else factories.person(Role.OBSERVER, "cmc")
        )
    lead = leader(case)
    with fence.reading_as(lead):
        cases.given_place(case, user, access=access, side=side, acts_for="", by=lead, at=at)
    return user


def leader(case: ComplianceCase) -> User:
    """Who leads the case now."""
    with fence.reading_as(case.opened_by):
        place = CasePlace.objects.filter(content_object=case, access=Access.LEAD).select_related("user").first()
    return place.user if place else case.opened_by
