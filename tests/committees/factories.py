"""Bodies, terms and persons for tests: valid and boring; the test says what is special."""

from datetime import date
from typing import Any

from django.contrib.auth.models import Permission

from ccm_portal.core.enums import Role
from ccm_portal.core.models import User
from committees.enums import BodyNature, PlaceInWorkspace
from committees.models import WORK_IN_BODY, Body, BodyKind, Term, TermPerson, WorkspacePlace
from tests import factories

A_DAY = date(2020, 1, 1)


def body(key: str, **fields: Any) -> Body:
    """A body of the reference data; one that is not there is made, a committee."""
    known = Body.objects.filter(key=key).select_related("kind").first()
    if known:
        return known
    nature = BodyNature.COORDINATION if key == "coordination" else BodyNature.COMMITTEE
    kind, _new = BodyKind.objects.get_or_create(key=nature, defaults={"nature": nature, "name_en": nature.label})
    return Body.objects.create(key=key, name_en=key.capitalize(), sort_en=key, kind=kind, **fields)


def term(key: str, iso3: str, *, starts: date = A_DAY, ends: date | None = None, **fields: Any) -> Term:
    """A State leads a body, since 2020."""
    return Term.objects.create(body=body(key), state=factories.state(iso3), starts=starts, ends=ends, **fields)


def leader(key: str, iso3: str, *, of: Term | None = None) -> User:
    """A person under a running term, with an account and the role."""
    user = factories.person(Role.COMMITTEE_LEADER, iso3)
    held = of or term(key, iso3)
    TermPerson.objects.create(term=held, user=user, name=user.name, starts=held.starts)
    return user


def partner(key: str, *, place: str = PlaceInWorkspace.PARTNER, organisation: str = "cmc") -> User:
    """A person of a partner organisation, named to the workspace of a body."""
    user = factories.person(Role.OBSERVER, organisation)
    right = Permission.objects.get(codename=WORK_IN_BODY)
    WorkspacePlace.objects.create(
        user=user, permission=right, content_object=body(key), place=place, given_at=factories.A_MOMENT
    )
    return user
