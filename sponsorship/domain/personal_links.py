"""Personal links: made by the State or an officer and mailed to the person; ended by a new one, by hand, in time."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import User
from ccm_portal.core.permissions import may
from ccm_portal.core.workflow import locked
from committees.domain.said import WorkRefused
from sponsorship import emails
from sponsorship.domain.standing import shown_status
from sponsorship.enums import ApplicationStatus, NomineeStatus
from sponsorship.models import Nominee, PersonalLink, Round
from sponsorship.personal_links import token_hash, token_of

LASTS = timedelta(days=400)


def ends_at(round: Round, *, made_at: datetime) -> datetime:
    """When a link made now ends: on the day on which the round's sealed data are destroyed, at last after 400 days."""
    purged = datetime.combine(round.meeting.ends, made_at.timetz()) + timedelta(days=round.purge_days)
    return min(purged, made_at + LASTS)


@transaction.atomic
def make(*, nominee: Nominee, language: str, by: User, at: datetime) -> PersonalLink:
    """Make a link for a nominated person and owe it to them by mail. It ends the one before.

    :raises WorkRefused: if the person has no address or is withdrawn, or the round's data are destroyed by now.
    """
    person = locked(nominee)
    _require(person, by)
    round = person.application.round
    if not person.email:
        raise WorkRefused(_("Give the person’s e-mail address first."))
    withdrawn = person.status == NomineeStatus.WITHDRAWN or person.application.status == ApplicationStatus.WITHDRAWN
    if withdrawn or shown_status(person) == NomineeStatus.NOT_SELECTED:
        raise WorkRefused(_("This person is not nominated any more."))
    if (ends := ends_at(round, made_at=at)) <= at:
        raise WorkRefused(_("The round is over."))
    link = PersonalLink.objects.select_for_update().filter(nominee=person).first() or PersonalLink(nominee=person)
    link.made_by, link.made_at, link.ends_at = by, at, ends
    link.token_hash = token_hash(token_of(link))
    link.save()
    emails.own_part(link=link, language=language, at=at)
    _noted("make", person, by=by, at=at)
    return link


@transaction.atomic
def end(*, nominee: Nominee, by: User, at: datetime) -> None:
    """End a person's link: from the next request on."""
    person = locked(nominee)
    _require(person, by)
    if PersonalLink.objects.filter(nominee=person).delete()[0]:
        _noted("end", person, by=by, at=at)


def found_by(token: str, *, at: datetime) -> PersonalLink | None:
    """The link that a token opens now."""
    links = PersonalLink.objects.select_related("nominee__application__state", "nominee__application__round__meeting")
    link = links.filter(token_hash=token_hash(token), ends_at__gt=at).first()
    if link is None or link.nominee.status == NomineeStatus.WITHDRAWN:
        return None
    return link


def _require(person: Nominee, by: User) -> None:
    application = person.application
    if not (may(by, "sponsorship.write_application", person) or may(by, "sponsorship.read_application", application)):
        raise PermissionDenied


def _noted(act: str, person: Nominee, *, by: User, at: datetime) -> None:
    register.append(action=f"sponsorship.personallink.{act}", by=by, at=at, state=person.state, obj=person)
