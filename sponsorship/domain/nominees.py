"""The people whom a State nominates, in its order: named, changed, moved, taken out.

Several people may write one application at once. Each person has a version of their own; the order is moved as it was
seen, so that two who move at the same moment do not undo each other.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import User
from ccm_portal.core.permissions import may
from ccm_portal.core.workflow import locked
from committees.domain.said import WorkChanged, WorkRefused, said, seen
from sponsorship.domain.applications import held, refuse_decided
from sponsorship.domain.standing import shown_status
from sponsorship.enums import ApplicationStatus, NomineeStatus
from sponsorship.models import Application, Nominee, PersonalLink

MOST = 20  # people in one application
LONGEST_EXPERTISE = 3000


@dataclass(frozen=True, kw_only=True)
class About:
    """What is said of a person."""

    title: str = ""
    name: str = ""
    email: str = ""
    gender: str = ""
    function: str = ""
    expertise: str = ""
    languages: tuple[str, ...] = ()
    based_in_geneva: bool = False


@transaction.atomic
def add(*, application: Application, about: About, by: User, at: datetime) -> Nominee:
    """Name one more person, after those that are there.

    :raises WorkRefused: if the application was sent, the person is in it already, or there are too many.
    """
    application = held(application, by=by)
    last = application.nominees.order_by("-rank").first()
    if application.nominees.count() >= MOST:
        raise WorkRefused(_("An application names at most %(count)s people.") % {"count": MOST})
    person = Nominee(application=application, rank=last.rank + 1 if last else 1)
    _put(person, about)
    person.save()
    _noted("add", person, by=by, at=at)
    return person


@transaction.atomic
def write(*, nominee: Nominee, about: About, version: int, by: User, at: datetime) -> Nominee:
    """Write a person anew. Another address ends the personal link that went to the one before.

    :raises WorkChanged: if somebody else has changed it since the page was opened.
    :raises WorkRefused: if the application was sent, or the person is in it twice.
    """
    application = held(nominee.application, by=by)
    person = seen(nominee, version)
    person.application = application
    if person.email != about.email.strip():
        PersonalLink.objects.filter(nominee=person).delete()
    _put(person, about)
    person.version += 1
    person.save()
    _noted("write", person, by=by, at=at)
    return person


@transaction.atomic
def correct(*, nominee: Nominee, gender: str, function: str, version: int, by: User, at: datetime) -> Nominee:
    """Correct gender or function of a person who was sent, until the round is decided.

    :raises WorkChanged: if somebody else has changed it since the page was opened.
    :raises WorkRefused: if nothing is said of the function, or the round is decided.
    """
    round = locked(nominee.application.round)
    person = seen(nominee, version)
    if not may(by, "sponsorship.write_application", person):
        raise PermissionDenied
    refuse_decided(round)
    if shown_status(person) != NomineeStatus.ENDORSED:  # that something was chosen by now is not to be found out
        raise WorkRefused(_("Only a person who was sent is corrected here."))
    person.gender = gender
    person.function = said(function, longest=160, empty=_("Say what the person does."))
    person.version += 1
    person.save()
    _noted("correct", person, by=by, at=at)
    return person


def order_of(people: Iterable[Nominee]) -> str:
    """The order as a page shows it, to be sent back with a move."""
    return ",".join(str(one.pk) for one in people)


@transaction.atomic
def move(*, nominee: Nominee, up: bool, order: str, by: User, at: datetime) -> Nominee:
    """Move a person one place up or down.

    :param order: the ``order_of`` the page that was seen.
    :raises WorkChanged: if the order is another one by now.
    :raises WorkRefused: if the application was sent.
    """
    application = held(nominee.application, by=by)
    people = list(application.nominees.select_for_update(of=("self",)).order_by("rank"))
    if order_of(people) != order:
        raise WorkChanged(application)
    here = next(place for place, one in enumerate(people) if one.pk == nominee.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(people):
        return people[here]
    one, other = people[here], people[there]
    one.rank, other.rank = other.rank, one.rank
    Nominee.objects.bulk_update([one, other], ["rank"])
    one.application = application
    _noted("move", one, by=by, at=at, up=up)
    return one


@transaction.atomic
def remove(*, nominee: Nominee, version: int, by: User, at: datetime) -> None:
    """Take a person out of a draft, with everything said of them.

    :raises WorkChanged: if somebody else has changed it since the page was opened.
    :raises WorkRefused: if the application was sent, or the person had an offer.
    """
    application = held(nominee.application, by=by)
    person = seen(nominee, version)
    if person.offers.exists():
        raise WorkRefused(_("This person had an offer: withdraw them instead."))
    person.application = application
    key = str(person.pk)
    person.delete()
    register.append(
        action="sponsorship.nominee.remove",
        by=by,
        at=at,
        state=application.state,
        obj=application,
        data={"nominee": key},
    )


def named_elsewhere(application: Application) -> dict[object, str]:
    """Of the people of an application, by key: a sentence where somebody is in it twice, or was sent by another State.
    The other State is not named, and what it has not sent is not looked at."""
    mine = list(application.nominees.exclude(status=NomineeStatus.WITHDRAWN).order_by("rank"))
    words: dict[object, str] = {}
    met: set[str] = set()
    for one in mine:
        keys = _keys(one)
        if met & keys:
            words[one.pk] = _("This person is in the application twice.")
        met |= keys
    sent = Nominee.objects.filter(application__round=application.round_id)
    sent = sent.filter(application__status=ApplicationStatus.ENDORSED).exclude(status=NomineeStatus.WITHDRAWN)
    asked = Q(pk=None)
    for one in mine:
        asked |= Q(email__iexact=one.email) if one.email else Q(pk=None)
        asked |= Q(name__iexact=one.name) if one.name else Q(pk=None)
    elsewhere = {key for other in sent.filter(asked).exclude(application=application) for key in _keys(other)}
    for one in mine:
        if _keys(one) & elsewhere:
            words.setdefault(
                one.pk, _("Another State has nominated this person in this round. Nobody is sponsored twice.")
            )
    return words


def _keys(one: Nominee) -> set[str]:
    return {told for told in (one.email.strip().lower(), " ".join(one.name.lower().split())) if told}


def _put(person: Nominee, about: About) -> None:
    for field in fields(about):
        value = getattr(about, field.name)
        setattr(person, field.name, value.strip() if isinstance(value, str) else value)
    person.languages = list(about.languages)
    person.expertise = said(about.expertise, longest=LONGEST_EXPERTISE)
    same = person.application.nominees.exclude(pk=person.pk).exclude(status=NomineeStatus.WITHDRAWN)
    if person.email and same.filter(email__iexact=person.email).exists():
        raise WorkRefused(_("Somebody in this application has this e-mail address already."))


def _noted(act: str, person: Nominee, *, by: User, at: datetime, **data: object) -> None:
    register.append(
        action=f"sponsorship.nominee.{act}", by=by, at=at, state=person.application.state, obj=person, data=data
    )
