"""What people hear from a workspace. No mail says anything of what is written there: it leads to the portal."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ccm_portal.core import outbox
from ccm_portal.core.models import OutgoingMessage
from committees.models import WorkspacePlace

NAMED = "committees.named"


def register() -> None:
    """Make these messages known to the outbox."""
    for name, label, template, context in (
        (NAMED, _("Somebody is named to the workspace of a body"), "named", _of_place),
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
