"""Who is told that there is something new in a case. The mail says that much and no more."""

from datetime import date, datetime

from ccm_portal.core.enums import STATE_ROLES
from ccm_portal.core.models import Membership, User
from compliance.emails import news
from compliance.enums import Access, Side
from compliance.models import CasePlace, CaseResponse, ComplianceCase
from compliance.rules import stands


def tell_concerned(case: ComplianceCase, *, at: datetime) -> None:
    """The persons named for the State concerned."""
    _tell(case, at=at, side=Side.CONCERNED)


def tell_team(case: ComplianceCase, *, at: datetime) -> None:
    """Everybody named with the President."""
    _tell(case, at=at, side=Side.TEAM)


def tell_leader(case: ComplianceCase, *, at: datetime) -> None:
    _tell(case, at=at, access=Access.LEAD)


def tell(case: ComplianceCase, user: User, *, at: datetime) -> None:
    """One person, while they are named in it."""
    _tell(case, at=at, user=user)


def tell_addressed(response: CaseResponse, *, at: datetime) -> None:
    """The delegates of the States to which a response was released."""
    for user in delegates_addressed(response, on=at.date()):
        news(to=user, at=at)


def delegates_addressed(response: CaseResponse, *, on: date) -> list[User]:
    states = response.addressees.values_list("state", flat=True)
    serving = Membership.objects.in_force(on).filter(state__in=list(states), role__in=STATE_ROLES)
    return list(User.objects.filter(pk__in=serving.values("user"), is_active=True).order_by("pk"))


def _tell(case: ComplianceCase, *, at: datetime, **which: object) -> None:
    places = CasePlace.objects.filter(content_object=case, **which).select_related("user", "content_object")
    for place in places.order_by("pk"):
        if stands(place):
            news(to=place.user, at=at)
