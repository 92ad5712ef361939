"""Who may see and do what with the papers of meetings. Each object rule has its queryset beside it.

meetings.propose_paper      for a meeting one sees: whoever has a voice (``core.propose_document``) or leads a body
meetings.manage_paper       accept, texts, publish, items: whoever manages every meeting the paper is for

A paper of a closed meeting is never published: members of the bodies that convene it read it once it is accepted.
"""

from typing import Any

import rules
from django.db.models import Q, QuerySet

from ccm_portal.core.document_rules import (
    has_a_voice,
    known_documents,
    office_documents,
    own_documents,
    public_documents,
    public_texts,
    visible_texts,
)
from ccm_portal.core.enums import TAKEN_IN
from ccm_portal.core.models import Document, DocumentText, User
from ccm_portal.core.permissions import is_iso_staff, may
from committees.rules import led_bodies
from meetings.models import Meeting, MeetingPaper
from meetings.rules import PUBLIC, convenes, is_seen_by_all, public_meetings, visible_meetings


@rules.predicate
def leads_a_body(user: Any, obj: object = None) -> bool:
    """Leads a committee or another body today."""
    return bool(led_bodies(user))


@rules.predicate
def manages_its_meetings(user: Any, document: Any) -> bool:
    """Manages every meeting that the paper is for."""
    if document is None:
        return False
    meetings = Meeting.objects.filter(papers__document=document)
    return bool(meetings) and all(may(user, "meetings.manage_meeting", meeting) for meeting in meetings)


rules.add_perm("meetings.propose_paper", (is_seen_by_all | convenes | is_iso_staff) & (has_a_voice | leads_a_body))
rules.add_perm("meetings.manage_paper", is_iso_staff | manages_its_meetings)


def _in_sight(meetings: QuerySet[Meeting]) -> Q:
    """For no meeting, or for one of these."""
    rows = MeetingPaper.objects.filter(meeting__in=meetings.order_by().values("pk"))
    return ~Q(pk__in=MeetingPaper.objects.values("document")) | Q(pk__in=rows.values("document"))


def public_papers() -> QuerySet[Document]:
    """Published papers, of open meetings and of none: for public pages, search and digests."""
    return public_documents().filter(_in_sight(public_meetings()))


def known_papers() -> QuerySet[Document]:
    """The same and those that were taken back after they were published."""
    return known_documents().filter(_in_sight(public_meetings()))


def public_paper_texts() -> QuerySet[DocumentText]:
    """The texts of ``public_papers`` that everybody may read."""
    return public_texts().filter(document__in=public_papers().order_by().values("pk"))


def visible_paper_texts(user: Any) -> QuerySet[DocumentText]:
    """Every text that this person may read, also before it is published."""
    return visible_texts(user)


def own_papers(user: Any) -> QuerySet[Document]:
    """Papers of meetings that this person proposed, or that their States and organisations issue."""
    return own_documents(user).filter(pk__in=MeetingPaper.objects.values("document"))


def managed_papers(user: Any) -> QuerySet[Document]:
    """The set form of ``meetings.manage_paper``: all for the ISO; of closed meetings alone for who leads a convener."""
    if is_iso_staff(user, None):
        return office_documents(user)
    led = led_bodies(user)
    if not led:
        return Document.objects.none()
    run = Meeting.objects.exclude(PUBLIC).filter(audience="members", convened_by__in=led).values("pk")
    others = MeetingPaper.objects.exclude(meeting__in=run).values("document")
    return Document.objects.filter(meetings__meeting__in=run).exclude(pk__in=others).distinct()


def read_before(user: User) -> Q | None:
    """For ``core.document_readers``: accepted papers of closed meetings one takes part in, all of those one runs."""
    closed = visible_meetings(user).exclude(PUBLIC)
    members = MeetingPaper.objects.filter(meeting__in=closed.order_by().values("pk")).values("document")
    found = Q(status__in=TAKEN_IN, pk__in=members)
    if led_bodies(user):
        found |= Q(pk__in=managed_papers(user).order_by().values("pk"))
    return found
