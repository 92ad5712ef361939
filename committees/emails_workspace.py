"""What people hear from a workspace. No mail says anything of what is written there: it leads to the portal."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ccm_portal.core import outbox
from ccm_portal.core.models import OutgoingMessage
from committees.models import WorkspacePlace
from committees.rules_workspace import own_follow_ups

NAMED = "committees.named"
DUE = "committees.follow_up_due"
OVERDUE = "committees.follow_up_overdue"


def register() -> None:
    """Make these messages known to the outbox."""
    for name, label, template, context in (
        (NAMED, _("Somebody is named to the workspace of a body"), "named", _of_place),
        (DUE, _("A follow-up falls due"), "follow_up", _of_due),
        (OVERDUE, _("A follow-up is overdue"), "follow_up", _of_overdue),
    ):
        outbox.register_kind(
            outbox.MessageKind(name=name, label=label, template=f"committees/emails/{template}.txt", context=context)
        )


def named(place: WorkspacePlace, *, at: datetime) -> bool:
    """Owe the person the news, in their language."""
    return outbox.owe(kind=NAMED, key=f"{NAMED}:{place.pk}", to=place.user, at=at, ids={"place": place.pk})


def _of_place(message: OutgoingMessage, at: datetime) -> dict[str, object] | None:
    """Withdrawn once the place has ended."""
    place = WorkspacePlace.objects.select_related("content_object").filter(pk=message.ids["place"]).first()
    if place is None:
        return None
    body = place.content_object
    return {"body": body, "url": settings.SITE_ADDRESS + reverse("committees:workspace", args=[body.key])}


def _of_due(message: OutgoingMessage, at: datetime) -> dict[str, object] | None:
    return _of_follow_up(message, at, overdue=False)


def _of_overdue(message: OutgoingMessage, at: datetime) -> dict[str, object] | None:
    return _of_follow_up(message, at, overdue=True)


def _of_follow_up(message: OutgoingMessage, at: datetime, *, overdue: bool) -> dict[str, object] | None:
    """Withdrawn once it is done, its day was moved, it is somebody else's, or the person works there no more."""
    assert message.user is not None
    row = own_follow_ups(message.user).filter(pk=message.ids["follow_up"], done_on=None).first()
    if row is None or row.due is None or row.due.isoformat() != message.ids["due"]:
        return None
    if overdue != row.is_overdue(at.date()):
        return None
    address = reverse("committees:follow-up", args=[row.body.key, row.pk])
    return {"body": row.body, "due": row.due, "overdue": overdue, "url": settings.SITE_ADDRESS + address}
