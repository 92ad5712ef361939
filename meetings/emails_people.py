"""Who hears of requests to be invited: the ISO, that there is one; the organisation's observers, how it was decided.
Neither the reasons of the one nor the note of the other are in a mail."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ccm_portal.core import outbox
from ccm_portal.core.enums import Role
from ccm_portal.core.models import Membership, OutgoingMessage
from meetings.enums import DelegationStatus, MeetingStatus
from meetings.models import Delegation

ASKED = "meetings.delegation_asked"
INVITED = "meetings.delegation_invited"
DECLINED = "meetings.delegation_declined"

Context = dict[str, object] | None


def register() -> None:
    """Make these messages known to the outbox."""
    for name, label, context in (
        (ASKED, _("An organisation asks to be invited, to the ISO"), _of_request),
        (INVITED, _("An organisation is invited provisionally"), _of_invitation),
        (DECLINED, _("An organisation is not invited"), _of_refusal),
    ):
        template = f"meetings/emails/{name.removeprefix('meetings.')}.txt"
        outbox.register_kind(outbox.MessageKind(name=name, label=label, template=template, context=context))


def asked(delegation: Delegation, *, at: datetime) -> None:
    """To the ISO, once a request."""
    key = f"{ASKED}:{delegation.pk}:{delegation.version}"
    outbox.owe(kind=ASKED, key=key, to=settings.ISO_MAILBOX, ids=_ids(delegation), at=at)


def invited(delegation: Delegation, *, at: datetime) -> None:
    """To each observer of the organisation, once a decision."""
    _to_observers(INVITED, delegation, at=at)


def declined(delegation: Delegation, *, at: datetime) -> None:
    """To the same."""
    _to_observers(DECLINED, delegation, at=at)


def _to_observers(kind: str, delegation: Delegation, *, at: datetime) -> None:
    if delegation.organisation_id is None:
        return
    serving = Membership.objects.in_force(at.date()).filter(organisation=delegation.organisation_id, role=Role.OBSERVER)
    people = {one.user_id: one.user for one in serving.select_related("user")}
    outbox.owe_many(
        kind=kind,
        messages=[
            outbox.Owed(
                key=f"{kind}:{delegation.pk}:{delegation.version}:{person.pk}",
                to=person,
                language=person.language,
                ids=_ids(delegation),
            )
            for person in people.values()
        ],
        at=at,
    )


def _ids(delegation: Delegation) -> dict[str, object]:
    return {"delegation": delegation.pk}


def _of_request(message: OutgoingMessage, at: datetime) -> Context:
    delegation = _delegation(message)
    if delegation.status != DelegationStatus.ASKED:
        return None
    return _words(delegation, reverse("meetings:delegation-detail", args=[delegation.meeting.key, delegation.pk]))


def _of_invitation(message: OutgoingMessage, at: datetime) -> Context:
    delegation = _delegation(message)
    is_so = delegation.status in (DelegationStatus.INVITED, DelegationStatus.NOTIFIED)
    return _own(delegation, message, at) if is_so else None


def _of_refusal(message: OutgoingMessage, at: datetime) -> Context:
    delegation = _delegation(message)
    return _own(delegation, message, at) if delegation.status == DelegationStatus.DECLINED else None


def _own(delegation: Delegation, message: OutgoingMessage, at: datetime) -> Context:
    """The words for an observer who still acts for the organisation, while the meeting goes on."""
    serving = Membership.objects.in_force(at.date()).filter(
        user=message.user_id, organisation=delegation.organisation_id, role=Role.OBSERVER
    )
    if delegation.organisation is None or delegation.meeting.status != MeetingStatus.PLANNED or not serving.exists():
        return None
    address = reverse("meetings:observer-delegation", args=[delegation.meeting.key])
    return _words(delegation, f"{address}?for={delegation.organisation.key}")


def _words(delegation: Delegation, address: str) -> dict[str, object]:
    return {"meeting": delegation.meeting, "delegation": delegation, "url": settings.SITE_ADDRESS + address}


def _delegation(message: OutgoingMessage) -> Delegation:
    return Delegation.objects.select_related("meeting", "organisation").get(pk=message.ids["delegation"])
