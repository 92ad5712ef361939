"""Lodging a request, revising it, withdrawing it. Late is told and recorded, and never stops anybody."""

import json
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import files
from ccm_portal.core.enums import Clock, Role
from ccm_portal.core.models import Membership, User
from committees.domain.said import WorkRefused, refuse_stale, said
from committees.models import TermPerson
from compliance import emails
from compliance.domain import benchmarks, request_clock, request_files, request_form, request_people
from compliance.domain.request_drafts import held, refuse_day
from compliance.enums import BenchmarkStage
from compliance.models import ExtensionRequest, RequestVersion, clock_slug
from compliance.rules_analysis import BODIES
from compliance.workflow_requests import LODGE, REVISE, WITHDRAW
from meetings.domain.agenda_publishing import canonical


class NoDuration(WorkRefused):
    """The one thing without which a request cannot be lodged."""

    def __init__(self) -> None:
        super().__init__(_("Say until which day you ask for more time. Everything else can be added later."))


class DraftChanged(WorkRefused):
    """Somebody wrote in the draft after it was read for lodging."""

    def __init__(self) -> None:
        super().__init__(_("The draft was changed after you opened this page. Read it again, then lodge it."))


def content(request: ExtensionRequest) -> str:
    """The draft as it would be lodged, as canonical JSON: the same words give the same bytes."""
    written = {section.key: section for section in request.sections.all()}
    duration = written.get(request_form.DURATION)
    offered = benchmarks.rows_of(request, BenchmarkStage.REQUEST)
    told = {
        "state": request.state.iso3,
        "clock": clock_slug(request.clock),
        "number": request.number,
        "renews": request.renews.number if request.renews else None,
        "language": request.language,
        "asked_until": duration.day.isoformat() if duration and duration.day else None,
        "sections": [
            {"key": one.key, "text": written[one.key].text if one.key in written else ""}
            for one in request_form.sections_of(request)
        ],
        "benchmarks": [{"text": one.text, "due": one.due.isoformat()} for one in offered],
        "files": [
            {"title": one.title, "language": one.language, "name": one.file.name, "sha256": one.file.sha256}
            for one in request_files.current(request)
        ],
    }
    return canonical(told)


def digest(told: str) -> str:
    return files.digest(told.encode())


@transaction.atomic
def lodge(*, request: ExtensionRequest, seen: str, note: str = "", by: User, at: datetime) -> RequestVersion:
    """Lodge the request as it stands, or its next version: public at once. Pressed twice, it is lodged once.

    :param seen: the digest of the content that the person read.
    :param note: what a revision changes, and why.
    :raises NoDuration: if the day until which is asked is missing.
    :raises DraftChanged: if the draft says something else than what was read.
    :raises WorkRefused: if the day is not later than the deadline, nothing has changed, or a revision says not why.
    :raises TransitionRefused: if it was decided or withdrawn meanwhile.
    :raises PermissionDenied: if the person may no longer lodge.
    """
    request = held(request, by=by, perm="compliance.lodge_request")
    newest = request.versions.order_by("-number").first()
    told = content(request)
    if digest(told) != seen:
        raise DraftChanged
    move = REVISE if newest else LODGE
    if newest and newest.content_hash == seen:
        if newest.lodged_by_id == by.pk and newest.note == said(note):
            return newest
        raise WorkRefused(_("Nothing has changed since it was lodged."))
    move.check(request)
    until = _until(told)
    refuse_day(request.clock, until)
    if newest:
        note = said(note, empty=_("Say what the new version changes, and why. Everybody reads it."))
    else:
        note = ""
        _freeze_days(request, at)
    request.asked_until = until
    request.version += 1
    move.apply(request)
    number = newest.number + 1 if newest else 1
    request_files.freeze(request_files.current(request), number=number)
    request_people.close(request)
    version = RequestVersion.objects.create(
        request=request, number=number, content=told, content_hash=seen, note=note, lodged_by=by, lodged_at=at
    )
    for person in told_of_it(request, on=at.date()):
        emails.news(to=person, at=at)
    facts = {"clock": clock_slug(request.clock), "number": request.number, "version": number}
    facts |= {"until": until.isoformat(), "days_late": request.days_late}
    move.record(request, by=by, at=at, content_hash=seen, data=facts)
    return version


@transaction.atomic
def withdraw(*, request: ExtensionRequest, reason: str, version: int, by: User, at: datetime) -> ExtensionRequest:
    """Take a request back. What was lodged stays to be read, with the reason; a draft stays the State's.

    :raises WorkChanged: if it has another version than the one seen.
    :raises WorkRefused: if a lodged request is withdrawn without a reason.
    :raises TransitionRefused: if it was decided or withdrawn meanwhile.
    :raises PermissionDenied: if the person may no longer do so.
    """
    request = held(request, by=by, perm="compliance.withdraw_request")
    WITHDRAW.check(request)
    refuse_stale(request, version)
    was_public = request.lodged_on is not None
    request.withdrawn_reason = said(reason, empty=_("Say why. Everybody reads it.") if was_public else "")
    request.withdrawn_on = at.date()
    request.version += 1
    request_people.close(request)
    WITHDRAW.apply(request)
    if was_public:
        for person in told_of_it(request, on=at.date()):
            emails.news(to=person, at=at)
    WITHDRAW.record(request, by=by, at=at, data={"clock": clock_slug(request.clock), "number": request.number})
    return request


def told_of_it(request: ExtensionRequest, *, on: date) -> list[User]:
    """Who hears of a lodged request: the staff of the ISO, and who leads the body for that article."""
    office = Membership.objects.in_force(on).filter(role=Role.ISO_STAFF).values("user")
    leading = TermPerson.objects.leading(on).filter(term__body__key__in=BODIES[Clock(request.clock.clock)])
    return list(User.objects.filter(pk__in=office).union(User.objects.filter(pk__in=leading.values("user"))))


def _until(told: str) -> date:
    until = json.loads(told)["asked_until"]
    if until is None:
        raise NoDuration
    return date.fromisoformat(until)


def _freeze_days(request: ExtensionRequest, at: datetime) -> None:
    """The deadline as it is today, the meeting that decides, and how late the request comes. They are kept so."""
    days = request_clock.lodging(request.clock, on=at.date(), meetings=request_clock.formal_meetings())
    request.deadline_then = request.clock.current
    request.meeting = days.decides
    request.days_late = days.days_late(at)
    request.lodging_due = days.by if days.due or request.days_late else None
    request.lodged_on, request.lodged_at = at.date(), at
