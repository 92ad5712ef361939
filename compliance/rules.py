"""Who may see and do what in compliance. Each object rule has its queryset beside it.

Cases: compliance.read_case (named in it), write_case (named to write, or leads), lead_case (leads it). Nobody else:
not the office, not administrators, not superusers. Requests, obligations and positions have their own modules:
``rules_requests``, ``rules_positions``.
"""

from typing import Any

import rules
from django.db.models import Case, Q, QuerySet, When

from ccm_portal.core.models import User
from ccm_portal.core.permissions import is_iso_staff, is_president
from compliance import fence
from compliance.enums import Access, EntryReaders, Protection, Side
from compliance.models import (
    CaseEntry,
    CasePlace,
    CaseReading,
    CaseSource,
    ComplianceCase,
    EntryReader,
    MatterSetAside,
)

WRITING = (Access.LEAD, Access.WRITE)


def _places(user: Any) -> QuerySet[CasePlace]:
    """The cases in which this person is named, while they act for anybody and stand on the side on which they were
    named: for the State concerned, while they act for it; in the team, while they do not, who leads apart. Lets them
    through the fence."""
    fence.let_in(user if isinstance(user, User) else None)
    if not isinstance(user, User) or not user.is_active or not user.acts:
        return CasePlace.objects.none()
    theirs = Q(content_object__state__in=user.state_ids)
    stands = Q(access=Access.LEAD) | (Q(side=Side.TEAM) & ~theirs) | (Q(side=Side.CONCERNED) & theirs)
    return CasePlace.objects.filter(stands, user=user)


def stands(place: CasePlace) -> bool:
    """Whether the place gives its person anything today: what ``own_places`` asks, of one place."""
    user = place.user
    theirs = place.content_object.state_id in user.state_ids
    return user.is_active and user.acts and (place.access == Access.LEAD or theirs == (place.side == Side.CONCERNED))


def own_places(user: Any) -> QuerySet[CasePlace]:
    """Where this person is named."""
    return _places(user)


def place_in(user: Any, case: ComplianceCase) -> CasePlace | None:
    """What this person was named to do in the case, if anything."""
    return _places(user).filter(content_object=case).first()


def _writing(user: Any, case: ComplianceCase, side: Side) -> bool:
    return _places(user).filter(content_object=case, side=side, access__in=WRITING).exists()


@rules.predicate
def reads_case(user: Any, case: Any) -> bool:
    return case is not None and _places(user).filter(content_object=case).exists()


@rules.predicate
def writes_case(user: Any, case: Any) -> bool:
    """Of the President's team, and named to write."""
    return case is not None and _writing(user, case, Side.TEAM)


@rules.predicate
def leads_case(user: Any, case: Any) -> bool:
    return case is not None and _places(user).filter(content_object=case, access=Access.LEAD).exists()


@rules.predicate
def answers_case(user: Any, case: Any) -> bool:
    """Named for the State concerned, to write."""
    return case is not None and _writing(user, case, Side.CONCERNED)


rules.add_perm("compliance.open_case", is_president)
rules.add_perm("compliance.read_case", reads_case)
rules.add_perm("compliance.write_case", writes_case)
rules.add_perm("compliance.lead_case", leads_case)
rules.add_perm("compliance.answer_case", answers_case)
rules.add_perm("compliance.keep_obligations", is_iso_staff)


def is_named_anywhere(user: User) -> bool:
    """Whether this person is named in any case: what the second factor is asked for."""
    with fence.reading_as(user):
        return CasePlace.objects.filter(user=user).exists()


def visible_cases(user: Any) -> QuerySet[ComplianceCase]:
    """The set form of ``compliance.read_case``."""
    return ComplianceCase.objects.select_related("state").filter(pk__in=_places(user).values("content_object"))


def team_cases(user: Any) -> QuerySet[ComplianceCase]:
    """Those of them in which the person is of the President's team."""
    return visible_cases(user).filter(pk__in=_places(user).filter(side=Side.TEAM).values("content_object"))


def led_cases(user: Any) -> QuerySet[ComplianceCase]:
    """The set form of ``compliance.lead_case``."""
    return visible_cases(user).filter(pk__in=_places(user).filter(access=Access.LEAD).values("content_object"))


def visible_places(user: Any, case: ComplianceCase) -> QuerySet[CasePlace]:
    """Who is named in a case: its team knows all; for the State concerned, its own side and who leads."""
    place = place_in(user, case)
    named = CasePlace.objects.filter(content_object=case).select_related("user", "given_by")
    if place is None:
        return named.none()
    if place.side == Side.CONCERNED:
        named = named.filter(Q(side=Side.CONCERNED) | Q(access=Access.LEAD))
    return named.order_by("given_at", "pk")


def visible_readings(user: Any, case: ComplianceCase) -> QuerySet[CaseReading]:
    """Who read what, when: all of it for who leads, their own for everybody else."""
    place = place_in(user, case)
    read = CaseReading.objects.filter(case=case).select_related("user").order_by("-at", "-pk")
    if place is None:
        return read.none()
    return read if place.access == Access.LEAD else read.filter(user=user)


def visible_set_aside(user: Any) -> QuerySet[MatterSetAside]:
    """Overdue obligations about which no matter was opened: the President's knowledge."""
    fence.let_in(user if isinstance(user, User) else None)
    rows = MatterSetAside.objects.select_related("set_aside_by")
    return rows if is_president(user, None) else rows.none()


def team_of(case: ComplianceCase) -> QuerySet[CasePlace]:
    """Who is named with the President, who leads first. For who reads the case and is of the team."""
    team = CasePlace.objects.filter(content_object=case, side=Side.TEAM).select_related("user")
    return team.order_by(Case(When(access=Access.LEAD, then=0), default=1), "user__name", "pk")


def visible_entries(user: Any, case: ComplianceCase) -> QuerySet[CaseEntry]:
    """What this person may read in the time line of a case."""
    place = place_in(user, case)
    entries = CaseEntry.objects.filter(case=case).select_related("written_by")
    if place is None:
        return entries.none()
    if place.access == Access.LEAD:
        return entries
    if place.side == Side.CONCERNED:
        return entries.filter(readers=EntryReaders.ALL)
    chosen = EntryReader.objects.filter(user=user, entry__case=case)
    seen = Q(readers__in=[EntryReaders.ALL, EntryReaders.TEAM]) | Q(written_by=user)
    return entries.filter(seen | Q(readers=EntryReaders.CHOSEN, pk__in=chosen.values("entry")))


def visible_sources(user: Any, case: ComplianceCase) -> QuerySet[CaseSource]:
    """Whose word a matter rests on, as far as this person may know: the team; and what is protected, its leader."""
    place = place_in(user, case)
    sources = CaseSource.objects.filter(case=case).select_related("noted_by").order_by("noted_at", "pk")
    if place is None or place.side != Side.TEAM:
        return sources.none()
    return sources if place.access == Access.LEAD else sources.exclude(protection=Protection.LEAD)
