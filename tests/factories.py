"""Factories make a valid, boring object; the test says what is special."""

from datetime import UTC, date, datetime

import factory
from django.contrib.auth.models import Permission
from factory.django import DjangoModelFactory

from ccm_portal.core.enums import Role
from ccm_portal.core.models import Membership, Organisation, State, User
from reporting.models import WRITE_LENT, SectionDraft, SectionLoan
from reporting.rules import OPEN

A_DAY = date(2020, 1, 1)
A_MOMENT = datetime(2020, 1, 1, 12, tzinfo=UTC)


def state(iso3: str) -> State:
    """A State of the reference data."""
    return State.objects.get(iso3=iso3)


class UserFactory(DjangoModelFactory):
    """A person with an account and no membership."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    password = factory.django.Password("correct horse battery staple")


class MembershipFactory(DjangoModelFactory):
    """An accepted membership that began in 2020 and runs on."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    role = Role.DRAFTER
    starts = A_DAY
    accepted_at = A_MOMENT


def person(role: Role | None = None, acts_for: str = "", **membership) -> User:
    """Someone with one role: for a State by its iso3, or for an organisation by its key."""
    user = UserFactory()
    if role is None:
        return user
    for_state = State.objects.filter(iso3=acts_for).first()
    body = None if for_state else Organisation.objects.get(key=acts_for or "iso")
    MembershipFactory(user=user, role=role, state=for_state, organisation=body, **membership)
    return user


LENT_SECTION = "risk_education"


def borrower(iso3: str) -> User:
    """A colleague in another ministry: one section of each open report of the State is lent to them, nothing else."""
    user = UserFactory()
    for section in SectionDraft.objects.filter(OPEN, report__state__iso3=iso3, key=LENT_SECTION):
        lend(section, user)
    return user


def lend(section: SectionDraft, user: User) -> SectionLoan:
    """The row of a loan, as it is once it holds."""
    right = Permission.objects.get(codename=WRITE_LENT)
    return SectionLoan.objects.create(user=user, permission=right, content_object=section, lent_at=A_MOMENT)


def everyone(iso3: str, other: str) -> dict[str, User]:
    """One person of every kind, as seen from the State ``iso3``: what permission tests walk over.

    Revoked and invited-only members stand in it too: they can do nothing.
    """
    return {
        "nobody in particular": person(),
        "drafter": person(Role.DRAFTER, iso3),
        "approver": person(Role.APPROVER, iso3),
        "head of delegation": person(Role.HEAD_OF_DELEGATION, iso3),
        "other drafter": person(Role.DRAFTER, other),
        "other approver": person(Role.APPROVER, other),
        "other head": person(Role.HEAD_OF_DELEGATION, other),
        "revoked": person(Role.APPROVER, iso3, ends=date(2021, 1, 1)),
        "invited only": person(Role.APPROVER, iso3, accepted_at=None),
        "not yet begun": person(Role.APPROVER, iso3, starts=date(2999, 1, 1)),
        "ISO staff": person(Role.ISO_STAFF, "iso"),
        "sponsorship officer": person(Role.SPONSORSHIP_OFFICER, "iso"),
        "observer": person(Role.OBSERVER, "cmc"),
        "committee leader": person(Role.COMMITTEE_LEADER, other),
        "President": person(Role.PRESIDENT, other),
        "case collaborator": person(Role.CASE_COLLABORATOR, other),
        "auditor": person(Role.AUDITOR, "iso"),
        "administrator": person(Role.ADMINISTRATOR, "iso"),
        "lent colleague": borrower(iso3),
        "superuser": UserFactory(is_superuser=True, is_staff=True),
    }
