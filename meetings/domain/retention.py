"""How long the names of participants are kept, and their end: numbers stay, persons do not."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from ccm_portal.core import register
from meetings.models import Delegation, Meeting, Participant


def kept_until(meeting: Meeting) -> date:
    """The last day on which the names of a meeting's participants are kept."""
    return meeting.ends + timedelta(days=settings.PARTICIPANTS_KEPT_DAYS)


def are_names_gone(meeting: Meeting, *, on: date) -> bool:
    """Whether the names are to be deleted by now. Nothing shows them from then on, deleted or not yet."""
    return on > kept_until(meeting)


def meetings_to_clear(*, on: date) -> QuerySet[Meeting]:
    """Meetings whose participants are still here and should not be."""
    over = on - timedelta(days=settings.PARTICIPANTS_KEPT_DAYS)
    return Meeting.objects.filter(ends__lt=over, pk__in=Participant.objects.values("delegation__meeting")).order_by(
        "pk"
    )


def sweep(*, at: datetime) -> int:
    """Delete the names of every meeting whose time has passed. How many persons they were."""
    return sum(clear(meeting=meeting, at=at) for meeting in meetings_to_clear(on=at.date()))


@transaction.atomic
def clear(*, meeting: Meeting, at: datetime) -> int:
    """Delete the persons of a meeting; each delegation keeps its size. The register learns the numbers alone."""
    delegations = list(Delegation.objects.select_for_update(of=("self",)).filter(meeting=meeting).order_by("pk"))
    deleted, _kinds = Participant.objects.filter(delegation__in=delegations).delete()
    if deleted:
        register.append(
            action="meetings.meeting.delete_names",
            by=None,
            at=at,
            obj=meeting,
            data={"persons": deleted, "delegations": len(delegations), "kept_until": kept_until(meeting).isoformat()},
        )
    return deleted
