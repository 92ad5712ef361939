"""The mails of sponsorship. Labels and rows name nobody and no State: the office's list of mails is read by people who
may not know who applied. A mail to a nominated person holds no address until it leaves.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ccm_portal.core import outbox, writing
from ccm_portal.core.enums import STATE_ROLES, Role
from ccm_portal.core.models import Membership, OutgoingMessage, State, User
from sponsorship.enums import ApplicationStatus
from sponsorship.models import Application, PersonalLink
from sponsorship.personal_links import link_of, moment_of

APPLICATION_SENT = "sponsorship.application_sent"
OWN_PART = "sponsorship.own_part"
# Stands in the row of a mail to a nominated person: the address is looked up when it leaves.
NOBODY = "nominated.person@sponsorship.invalid"


def register_applications() -> None:
    """Make the mails of applications known to the outbox."""
    outbox.register_kind(
        outbox.MessageKind(
            name=APPLICATION_SENT,
            label=_("Something new on your desk"),
            template="sponsorship/emails/application_sent.txt",
            context=_sent,
        )
    )
    outbox.register_kind(
        outbox.MessageKind(
            name=OWN_PART,
            label=_("A link to one’s own part"),
            template="sponsorship/emails/own_part.txt",
            context=_own_part,
            recipient=_nominated,
        )
    )


def recipients(states: Iterable[State], *, on: date) -> list[tuple[State, User | str]]:
    """Everybody who acts for each State; its mission where nobody does."""
    asked = {state.pk: state for state in states}
    serving = Membership.objects.in_force(on).filter(state__in=asked, role__in=STATE_ROLES).select_related("user")
    people: dict[int, dict[int, User]] = {}
    for one in serving.order_by("pk"):
        people.setdefault(one.state_id or 0, {})[one.user_id] = one.user
    found: list[tuple[State, User | str]] = []
    for pk, state in asked.items():
        mission = [state.mission_email] if state.mission_email else []
        found += [(state, to) for to in [*people.get(pk, {}).values()] or mission]
    return found


def application_sent(*, application: Application, at: datetime) -> None:
    """Owe the confirmation to whoever endorsed the application, who began it, and the heads of the delegation."""
    people = {one for one in (application.begun_by, application.endorsed_by) if one and one != application.entered_by}
    heads = Membership.objects.in_force(at.date()).filter(state=application.state, role=Role.HEAD_OF_DELEGATION)
    people |= set(User.objects.filter(pk__in=heads.values("user")))
    for person in sorted(people, key=lambda one: one.pk):
        outbox.owe(
            kind=APPLICATION_SENT,
            key=f"{APPLICATION_SENT}:{application.pk}:{application.version}:{person.pk}",
            to=person,
            at=at,
            ids={"application": application.pk, "version": application.version},
        )


def _sent(message: OutgoingMessage, at: datetime) -> dict[str, object] | None:
    found = Application.objects.select_related("state", "round__meeting", "entered_by")
    one = found.filter(pk=message.ids["application"], status=ApplicationStatus.ENDORSED).first()
    if one is None:
        return None
    page = reverse("sponsorship:application", args=[one.state.slug, one.round.key])
    sent = writing.moment_text(one.endorsed_at) if one.endorsed_at else ""
    return {"application": one, "sent": sent, "url": settings.SITE_ADDRESS + page}


def own_part(*, link: PersonalLink, language: str, at: datetime) -> bool:
    """Owe the link to the nominated person, in the language that was chosen for it."""
    return outbox.owe(
        kind=OWN_PART,
        key=f"{OWN_PART}:{link.pk}:{moment_of(link)}",
        to=NOBODY,
        at=at,
        ids={"link": link.pk, "made_at": moment_of(link)},
        language=language,
    )


def _link(message: OutgoingMessage) -> PersonalLink | None:
    found = PersonalLink.objects.select_related("nominee__application__state", "nominee__application__round__meeting")
    link = found.filter(pk=message.ids["link"]).first()
    return link if link and moment_of(link) == message.ids["made_at"] else None


def _nominated(message: OutgoingMessage) -> str:
    link = _link(message)
    return link.nominee.email if link else ""


def _own_part(message: OutgoingMessage, at: datetime) -> dict[str, object] | None:
    link = _link(message)
    if link is None or link.ends_at <= at:
        return None
    return {"link": link, "application": link.nominee.application, "url": link_of(link)}
