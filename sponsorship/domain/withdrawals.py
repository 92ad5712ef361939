"""Taking an application back, to change it; withdrawing it, or one person of it, at any time and with a reason.

Withdrawing ends the personal link, and frees what was offered: the waiting list moves.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core.models import User
from ccm_portal.core.permissions import may
from ccm_portal.core.workflow import locked
from committees.domain.said import WorkRefused, said, seen
from sponsorship.domain import offers
from sponsorship.domain.applications import people_at, refuse_decided
from sponsorship.domain.standing import QUIET
from sponsorship.enums import ApplicationStatus, NomineeStatus, OfferStatus
from sponsorship.models import Application, Nominee, PersonalLink
from sponsorship.workflow_applications import TAKE_BACK, UNSEND_PERSON, WITHDRAW, WITHDRAW_PERSON


@transaction.atomic
def take_back(*, application: Application, reason: str, version: int, by: User, at: datetime) -> Application:
    """Make a sent application a draft again. The office reads it no more until it is sent again.

    :raises WorkChanged: if it has another version than the one seen.
    :raises WorkRefused: if no reason is given, or the round is decided.
    """
    round = locked(application.round)
    application = seen(application, version)
    if not may(by, TAKE_BACK.perm, application):
        raise PermissionDenied
    refuse_decided(round)
    application.withdrawn_reason = said(reason, longest=1000, empty=_("Say why."))
    application.endorsed_at = application.endorsed_by = application.received_on = None
    application.is_late, application.eligibility = False, []
    application.version += 1
    TAKE_BACK.apply(application)
    # What was chosen by now goes, too: it would betray itself in the draft, and hold for whoever is named then.
    for one in people_at(application, NomineeStatus.ENDORSED, *QUIET):
        one.decision_reason, one.waiting_rank = "", None
        one.version += 1
        UNSEND_PERSON.apply(one)
    TAKE_BACK.record(application, by=by, at=at)
    return application


@transaction.atomic
def withdraw_application(*, application: Application, reason: str, version: int, by: User, at: datetime) -> Application:
    """Withdraw an application at any time: the people in it with it, and what was offered to them.

    :raises WorkChanged: if it has another version than the one seen.
    :raises WorkRefused: if no reason is given, or somebody has travelled already.
    """
    locked(application.round)
    application = seen(application, version)
    if not may(by, WITHDRAW.perm, application):
        raise PermissionDenied
    reason = said(reason, longest=1000, empty=_("Say why."))
    if application.status == ApplicationStatus.ENDORSED:
        # Who has no offer first, so that a place that comes free is not offered to somebody who goes, too.
        going = application.nominees.exclude(status=NomineeStatus.WITHDRAWN)
        for one in sorted(going, key=lambda one: (one.status == NomineeStatus.SELECTED, one.rank)):
            let_go(one, reason=reason, by=by, at=at)
    PersonalLink.objects.filter(nominee__application=application).delete()
    application.withdrawn_at, application.withdrawn_reason = at, reason
    application.version += 1
    WITHDRAW.apply(application)
    WITHDRAW.record(application, by=by, at=at)
    return application


@transaction.atomic
def withdraw_person(*, nominee: Nominee, reason: str, version: int, by: User, at: datetime) -> Nominee:
    """Withdraw one person of a sent application, at any time, with what was offered to them.

    :raises WorkChanged: if somebody else has changed it since the page was opened.
    :raises WorkRefused: if no reason is given, or the person has travelled already.
    :raises TransitionRefused: if the person is withdrawn already, or was not sent.
    """
    locked(nominee.application.round)
    person = seen(nominee, version)
    if not may(by, WITHDRAW_PERSON.perm, person):
        raise PermissionDenied
    reason = said(reason, longest=1000, empty=_("Say why."))
    return let_go(person, reason=reason, by=by, at=at)


def let_go(person: Nominee, *, reason: str, by: User, at: datetime) -> Nominee:
    """Withdraw a person, within a transaction that holds the round: the link ends, and what was offered is free."""
    WITHDRAW_PERSON.check(person)
    _end_offer(person, reason=reason, by=by, at=at)
    person = locked(person)
    PersonalLink.objects.filter(nominee=person).delete()
    person.withdrawn_reason = reason
    person.waiting_rank = None
    person.version += 1
    if person.status != NomineeStatus.WITHDRAWN:
        WITHDRAW_PERSON.apply(person)
    else:
        person.save()
    WITHDRAW_PERSON.record(person, by=by, at=at)
    return person


def _end_offer(person: Nominee, *, reason: str, by: User, at: datetime) -> None:
    """Free what was offered to the person.

    :raises WorkRefused: if they have travelled already.
    """
    last = person.offers.order_by("-offered_at").first()
    if last is None:
        return
    if last.status in (OfferStatus.TRAVELLED, OfferStatus.NO_SHOW):
        raise WorkRefused(_("The meeting is over for this person: there is nothing to withdraw."))
    if last.status == OfferStatus.ACCEPTED:
        offers.withdraw(last, version=last.version, reason=reason, by=by, at=at)
    elif last.status == OfferStatus.OFFERED and not offers.lapse(last, at=at):
        offers.decline(last, version=last.version, note=reason, by=by, at=at)
