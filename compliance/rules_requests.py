"""Who may see and do what with extension requests. Each object rule has its queryset beside it.

    compliance.view_request       a lodged one: everybody; see ``public_requests``
    compliance.begin_request      a State: its delegates signal an intent and begin a draft
    compliance.read_draft         its delegates; whom they invited; the ISO where it is shown
    compliance.write_draft        its delegates; who was invited to write
    compliance.invite_to_draft    its delegates
    compliance.lodge_request      approvers and heads of delegation; so are showing it to the ISO and withdrawing it
    compliance.note_intent        the ISO: what a State said, with where it said so

An intent is public where its source is. A draft is never public, and of one that followed a public intent everybody
reads the intent alone (``public_intents``).
"""

from typing import Any

import rules
from django.db.models import Q, QuerySet

from ccm_portal.core.models import State, User
from ccm_portal.core.permissions import acts_for_state, approves_for_state, drafts_for_state, is_iso_staff
from compliance.enums import PUBLIC_REQUESTS, Access, RequestStatus
from compliance.models import ExtensionRequest, RequestFile, RequestPlace

# What can still be written in: the draft, and what may become the next version of a lodged request.
OPEN = (RequestStatus.DRAFT, RequestStatus.LODGED, RequestStatus.ANALYSED)
PUBLIC = Q(status__in=PUBLIC_REQUESTS) | Q(status=RequestStatus.WITHDRAWN, lodged_on__isnull=False)
SAID_IN_PUBLIC = Q(status__in=(RequestStatus.INTENT, RequestStatus.DRAFT)) & ~Q(intent_source="")


def _places(user: Any) -> QuerySet[RequestPlace]:
    """Invitations to drafts that this person holds."""
    if not isinstance(user, User) or not user.is_active:
        return RequestPlace.objects.none()
    return RequestPlace.objects.filter(user=user, content_object__status__in=OPEN)


@rules.predicate
def is_public(user: Any, request: Any) -> bool:
    """Everybody reads it: the same as ``PUBLIC``."""
    if request is None:
        return False
    withdrawn = request.status == RequestStatus.WITHDRAWN and request.lodged_on is not None
    return request.status in PUBLIC_REQUESTS or withdrawn


@rules.predicate
def is_open(user: Any, request: Any) -> bool:
    return request is not None and request.status in OPEN


@rules.predicate
def is_shown_to_iso(user: Any, request: Any) -> bool:
    return request is not None and request.shown_to_iso_at is not None


@rules.predicate
def is_invited(user: Any, request: Any) -> bool:
    return request is not None and _places(user).filter(content_object=request).exists()


@rules.predicate
def is_invited_to_write(user: Any, request: Any) -> bool:
    return request is not None and _places(user).filter(content_object=request, access=Access.WRITE).exists()


rules.add_perm("compliance.view_request", is_public)
rules.add_perm("compliance.view_own_requests", acts_for_state)
rules.add_perm("compliance.begin_request", drafts_for_state)
rules.add_perm("compliance.read_draft", is_open & (acts_for_state | is_invited | (is_iso_staff & is_shown_to_iso)))
rules.add_perm("compliance.write_draft", is_open & (drafts_for_state | is_invited_to_write))
rules.add_perm("compliance.invite_to_draft", is_open & drafts_for_state)
rules.add_perm("compliance.show_draft", is_open & approves_for_state)
rules.add_perm("compliance.lodge_request", approves_for_state)
rules.add_perm("compliance.withdraw_request", approves_for_state)
rules.add_perm("compliance.note_intent", is_iso_staff)


def _requests() -> QuerySet[ExtensionRequest]:
    return ExtensionRequest.objects.select_related("state", "clock", "meeting")


def public_requests() -> QuerySet[ExtensionRequest]:
    """The set form of ``compliance.view_request``: lodged, whatever became of them since."""
    return _requests().filter(PUBLIC)


def public_intents() -> QuerySet[ExtensionRequest]:
    """What States said in public that they would ask for. Of these nothing but the intent is public, also where a
    draft has been begun: day, source, and which clock it is about."""
    return _requests().filter(SAID_IN_PUBLIC)


def own_requests(user: Any) -> QuerySet[ExtensionRequest]:
    """Everything about the requests of the States for which this person acts."""
    found = _requests()
    return found.filter(state__in=user.state_ids) if isinstance(user, User) else found.none()


def drafts(user: Any) -> QuerySet[ExtensionRequest]:
    """The set form of ``compliance.read_draft``: what can still be written in, and this person may read."""
    found = _requests().filter(status__in=OPEN)
    if not isinstance(user, User):
        return found.none()
    mine = Q(state__in=user.state_ids) | Q(pk__in=_places(user).values("content_object"))
    if is_iso_staff(user):
        mine |= Q(shown_to_iso_at__isnull=False)
    return found.filter(mine)


def invited_drafts(user: Any) -> QuerySet[ExtensionRequest]:
    """Drafts of States for which this person does not act, to which it was invited."""
    found = _requests().filter(pk__in=_places(user).values("content_object"))
    return found.exclude(state__in=user.state_ids) if isinstance(user, User) else found.none()


def office_intents(user: Any) -> QuerySet[ExtensionRequest]:
    """The set form of ``compliance.note_intent``: what States have said, and not lodged. That a draft was begun since
    is not told by an intent that goes from the list."""
    found = _requests().filter(Q(status=RequestStatus.INTENT) | SAID_IN_PUBLIC)
    return found if is_iso_staff(user, None) else found.none()


def own_states(user: Any) -> QuerySet[State]:
    """The set form of ``compliance.view_own_requests``."""
    return State.objects.filter(pk__in=user.state_ids) if isinstance(user, User) else State.objects.none()


def visible_places(user: Any) -> QuerySet[RequestPlace]:
    """Who was invited to the drafts of one's own States."""
    places = RequestPlace.objects.select_related("user", "content_object__state")
    return places.filter(content_object__in=own_requests(user).order_by().values("pk"))


def public_request_files() -> QuerySet[RequestFile]:
    """Annexes that a lodged version names, replaced ones too."""
    return RequestFile.objects.select_related("file").filter(
        since_version__isnull=False, request__in=public_requests().order_by().values("pk")
    )


def visible_request_files(user: Any) -> QuerySet[RequestFile]:
    """Every annex that this person may read, also before it is lodged."""
    readable = Q(request__in=drafts(user).order_by().values("pk"))
    if isinstance(user, User):
        readable |= Q(request__state__in=user.state_ids)
    return RequestFile.objects.select_related("file").filter(readable)
