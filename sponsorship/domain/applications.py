"""A State's application: begun, written by several people, endorsed and sent, taken back, withdrawn.

A draft is its delegation's alone. Endorsing sends it, late or not, until the round is decided; what was found of the
State's eligibility is then kept with it. The head of the delegation endorses what the page showed: if anything of it
has changed since, nothing is sent.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import State, User
from ccm_portal.core.permissions import may
from ccm_portal.core.workflow import Transition, locked
from committees.domain.said import WorkChanged, WorkRefused, said, seen
from sponsorship import emails
from sponsorship.domain import eligibility
from sponsorship.domain.standing import BEFORE_DECISION
from sponsorship.enums import PUBLIC_ROUNDS, ApplicationStatus, NomineeStatus
from sponsorship.models import Application, Nominee, Round
from sponsorship.workflow_applications import ENDORSE, ENTER, REOPEN, SEND_PERSON

LONGEST_PURPOSE = 6000


@dataclass(frozen=True, kw_only=True)
class Details:
    """What an application says beside its people."""

    note_reference: str
    note_date: date | None
    purpose: str


@transaction.atomic
def begin(*, round: Round, state: State, by: User, at: datetime) -> Application:
    """Begin a State's application in a round; the one that stands, if a colleague was quicker. One that was withdrawn
    is opened again. A sponsorship officer begins one that came on paper.

    :raises WorkRefused: if the call is not open yet, or the round is decided.
    """
    round = locked(round)
    refuse_decided(round)
    if round.status not in PUBLIC_ROUNDS:
        raise WorkRefused(_("The call is not open yet."))
    officer = not may(by, "sponsorship.write_application", state)
    if officer and not may(by, "sponsorship.enter_application", round):
        raise PermissionDenied
    found = Application.objects.select_for_update(of=("self",)).filter(round=round, state=state).first()
    if found is not None and (found.status != ApplicationStatus.WITHDRAWN or officer):
        if officer and found.entered_by_id is None:
            raise WorkRefused(_("The delegation of %(state)s writes this application itself.") % {"state": state.name})
        return found
    if found is None:
        made = Application.objects.create(
            round=round, state=state, begun_by=by, begun_at=at, entered_by=by if officer else None
        )
        register.append(action="sponsorship.application.begin", by=by, at=at, state=state, obj=made)
        return made
    found.withdrawn_at, found.withdrawn_reason, found.endorsed_at, found.endorsed_by = None, "", None, None
    found.version += 1
    REOPEN.apply(found)
    REOPEN.record(found, by=by, at=at)
    return found


@transaction.atomic
def write(*, application: Application, details: Details, version: int, by: User, at: datetime) -> Application:
    """Write the note verbale and the purpose anew.

    :raises WorkChanged: if it has another version than the one seen.
    :raises WorkRefused: if it was sent, the day has not come yet, or a text is too long.
    """
    application = held(application, by=by)
    application = seen(application, version)
    if details.note_date and details.note_date > at.date():
        raise WorkRefused(_("This day has not come yet."))
    application.note_reference = said(details.note_reference, longest=120)
    application.note_date = details.note_date
    application.purpose = said(details.purpose, longest=LONGEST_PURPOSE)
    application.version += 1
    application.save()
    register.append(action="sponsorship.application.write", by=by, at=at, state=application.state, obj=application)
    return application


def missing(application: Application) -> list[str]:
    """What stops the application from being sent, in words."""
    found = []
    if not application.note_reference:
        found.append(_("Give the reference of the note verbale."))
    if not application.note_date:
        found.append(_("Give the date of the note verbale."))
    people = [one for one in application.nominees.all() if one.status != NomineeStatus.WITHDRAWN]
    if not people:
        found.append(_("Name at least one person."))
    for one in sorted(people, key=lambda one: one.rank):
        if not (one.name and one.function and one.email):
            name = one.name or one.rank
            found.append(_("%(name)s: name, function and e-mail address are needed.") % {"name": name})
    return found


def digest(application: Application) -> str:
    """Of everything that is endorsed: what the page showed, and what is sent, are the same or nothing is sent."""
    people = application.nominees.exclude(status=NomineeStatus.WITHDRAWN).order_by("rank")
    fields = ("pk", "title", "name", "email", "gender", "function", "expertise", "languages", "based_in_geneva")
    content = [
        [application.note_reference, str(application.note_date or ""), application.purpose],
        [[str(getattr(one, name)) for name in fields] for one in people],
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def endorse(*, application: Application, seen: str, by: User, at: datetime) -> Application:
    """Endorse what was read, and send it. After the closing time it is late; that is recorded, and it is sent.

    :param seen: the ``digest`` of what the page showed.
    :raises WorkChanged: if something of it has changed since.
    :raises WorkRefused: if something is missing, or the round is decided.
    :raises TransitionRefused: if it is no draft.
    """
    application = _to_send(application, by=by, perm=ENDORSE.perm, seen=seen)
    application.is_late = at > application.round.closes_at
    return _send(application, ENDORSE, by=by, at=at)


@transaction.atomic
def enter(*, application: Application, received_on: date, seen: str, by: User, at: datetime) -> Application:
    """Enter an application as sent that came on paper: the note verbale endorses it. It is late where the paper came
    after the day on which the call closed.

    :raises WorkChanged: if something of it has changed since the page was opened.
    :raises WorkRefused: if something is missing, the round is decided, or the day has not come yet.
    """
    application = _to_send(application, by=by, perm=ENTER.perm, seen=seen)
    if application.entered_by_id is None:
        raise PermissionDenied
    if received_on > at.date():
        raise WorkRefused(_("This day has not come yet."))
    application.received_on = received_on
    application.is_late = received_on > application.round.closes_at.date()
    return _send(application, ENTER, by=by, at=at)


def _to_send(application: Application, *, by: User, perm: str, seen: str) -> Application:
    round = locked(application.round)
    application = locked(application)
    if not may(by, perm, application):
        raise PermissionDenied
    refuse_decided(round)
    if seen != digest(application):
        raise WorkChanged(application)
    if gaps := missing(application):
        raise WorkRefused(" ".join(gaps))
    application.round = round
    return application


def _send(application: Application, arrow: Transition, *, by: User, at: datetime) -> Application:
    application.endorsed_at, application.endorsed_by = at, by
    application.withdrawn_at, application.withdrawn_reason = None, ""
    application.eligibility = _frozen_findings(application, at=at)
    application.version += 1
    arrow.apply(application)
    for one in people_at(application, NomineeStatus.NAMED):
        one.version += 1
        SEND_PERSON.apply(one)
    emails.application_sent(application=application, at=at)
    arrow.record(application, by=by, at=at, content_hash=digest(application), data={"late": application.is_late})
    return application


def held(application: Application, *, by: User) -> Application:
    """The application, locked, if this person may still write in the draft.

    :raises PermissionDenied: if not.
    :raises WorkRefused: if it is no draft any more, or the round is decided.
    """
    application = locked(application)
    if not may(by, "sponsorship.write_application", application):
        raise PermissionDenied
    if application.status != ApplicationStatus.DRAFT:
        raise WorkRefused(_("The application was sent. Take it back before you change it."))
    refuse_decided(application.round)
    return application


def refuse_decided(round: Round) -> None:
    """:raises WorkRefused: once the round is decided."""
    if round.status not in BEFORE_DECISION:
        raise WorkRefused(_("The round is decided: nothing can be sent any more."))


def _frozen_findings(application: Application, *, at: datetime) -> list[Any]:
    """What is found of the State's eligibility when the application is sent, as it is kept."""
    round, state = application.round, application.state
    on = eligibility.judged_on(round, on=at.date())
    return eligibility.frozen(eligibility.findings(round, [state], on=on)[state.pk])


def people_at(application: Application, *statuses: NomineeStatus) -> list[Nominee]:
    """The people of an application with one of these statuses, locked, in their order."""
    found = application.nominees.select_for_update(of=("self",)).filter(status__in=statuses)
    return list(found.select_related("application__state").order_by("rank"))
