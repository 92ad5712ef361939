"""What waits about papers: for the ISO, those that were proposed and texts that nobody can read yet."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import ngettext

from ccm_portal.core.enums import TAKEN_IN, DocumentStatus
from ccm_portal.core.models import DocumentText, User
from ccm_portal.core.permissions import may
from ccm_portal.core.work_items import WorkItem
from meetings.models import MeetingPaper
from meetings.rules import public_meetings
from meetings.rules_papers import managed_papers


def papers_to_look_at(user: User, on: date) -> Iterator[WorkItem]:
    """One line for each sort of work, with the way to the list."""
    if not may(user, "core.manage_document", None):
        return
    address = reverse("meetings:office-papers")
    every = managed_papers(user).filter(pk__in=MeetingPaper.objects.values("document"))
    proposed = every.filter(status=DocumentStatus.PROPOSED).count()
    if proposed:
        words = ngettext("%(count)s paper to accept or not", "%(count)s papers to accept or not", proposed)
        yield WorkItem(label=words % {"count": proposed}, url=address, due=None)
    waiting = DocumentText.objects.filter(document=OuterRef("pk"), published_at=None, replaced_at=None)
    of_open = MeetingPaper.objects.filter(meeting__in=public_meetings().order_by().values("pk")).values("document")
    count = every.filter(Exists(waiting), status__in=TAKEN_IN, pk__in=of_open).count()
    if count:
        words = ngettext("%(count)s paper with texts to publish", "%(count)s papers with texts to publish", count)
        yield WorkItem(label=words % {"count": count}, url=f"{address}?show=unpublished", due=None)
