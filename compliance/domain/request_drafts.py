"""A request before it is lodged: the intent, the draft with its sections, benchmarks that the State offers.

What is written stays the State's until it is lodged, also after the first version: the sections are then the working
copy of the next one. Every write asks again, with the request locked, whether the person may still write.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.enums import Clock
from ccm_portal.core.models import StateClock, User
from ccm_portal.core.permissions import may
from ccm_portal.core.workflow import locked
from ccm_portal.core.writing import date_text
from committees.domain.said import WorkRefused, said, seen
from compliance.domain import benchmarks, request_form
from compliance.enums import BenchmarkStage, RequestStatus
from compliance.models import ExtensionRequest, RequestSection, clock_slug
from compliance.workflow_requests import BEGIN

EXTENDABLE = (Clock.ART3, Clock.ART4, Clock.NEW_CLEARANCE)
RUNNING = (RequestStatus.INTENT, RequestStatus.DRAFT, RequestStatus.LODGED, RequestStatus.ANALYSED)
LONGEST = 60_000  # characters of a section


@dataclass(frozen=True)
class Offer:
    """Something that the State offers to reach by a day."""

    text: str
    due: date | None


@transaction.atomic
def signal_intent(*, clock: StateClock, on: date, source: str, by: User, at: datetime) -> ExtensionRequest:
    """Note that a State will ask for more time on this clock. ``source`` is where it said so in public; with one, the
    intent is public.

    :raises WorkRefused: if the clock cannot be extended, a request on it runs, or the day has not come yet.
    """
    if on > at.date():
        raise WorkRefused(_("This day has not come yet."))
    request = _unseen_draft(clock, source, by=by) or _new(clock, by=by, at=at)
    request.intent_on, request.intent_source = on, said(source, longest=300)
    request.save()
    _noted("intent", request, by=by, at=at, public=bool(request.intent_source))
    return request


@transaction.atomic
def begin(*, clock: StateClock, language: str, by: User, at: datetime) -> ExtensionRequest:
    """Begin the draft of a request on this clock: from the intent, if one was signalled. One that follows a granted
    request renews it.

    :raises WorkRefused: if the clock cannot be extended, or a request on it runs.
    """
    clock = locked(clock)
    intent = ExtensionRequest.objects.select_for_update(of=("self",)).filter(clock=clock, status=RequestStatus.INTENT)
    request = intent.select_related("state").first() or _new(clock, by=by, at=at)
    granted = ExtensionRequest.objects.filter(clock=clock, granted_until__isnull=False)
    request.renews = granted.exclude(pk=request.pk).order_by("-number").first()
    request.language, request.begun_by, request.begun_at = language, by, at
    request.clock = clock
    request.version += 1
    BEGIN.apply(request)
    RequestSection.objects.bulk_create(
        RequestSection(request=request, key=section.key) for section in request_form.sections_of(request)
    )
    BEGIN.record(request, by=by, at=at, data=_told(request))
    return request


@transaction.atomic
def write_section(
    *, section: RequestSection, text: str, day: date | None = None, version: int, by: User, at: datetime
) -> RequestSection:
    """Write a section anew. ``day`` is until which day is asked, and counts for the duration alone.

    :raises WorkChanged: if the section has another version than the one seen.
    :raises WorkRefused: if the day is not later than the deadline, or the text too long.
    :raises PermissionDenied: if the person may no longer write.
    """
    request = held(section.request, by=by)
    section = seen(section, version)
    if section.key == request_form.DURATION:
        refuse_day(request.clock, day)
        section.day = day
    section.text = said(text, longest=LONGEST)
    section.written_by, section.written_at = by, at
    section.version += 1
    section.save()
    _noted("write", request, by=by, at=at, section=section.key)
    return section


@transaction.atomic
def offer_benchmarks(
    *, request: ExtensionRequest, offers: list[Offer], version: int, by: User, at: datetime
) -> ExtensionRequest:
    """Say what will be reached by which day, all at once. Nothing is due before a decision sets it.

    :raises WorkChanged: if the request has another version than the one seen.
    :raises WorkRefused: if one says nothing, or has no day.
    :raises PermissionDenied: if the person may no longer write.
    """
    held(request, by=by)
    request = seen(request, version)
    kept = [(said(offer.text, longest=1000), offer.due) for offer in offers if offer.text.strip() or offer.due]
    rows = [benchmarks.Row(text, due) for text, due in kept if text and due]
    if len(rows) < len(kept):
        raise WorkRefused(_("Say of each benchmark what it is, and by which day."))
    benchmarks.replace(request, BenchmarkStage.REQUEST, rows)
    request.version += 1
    request.save(update_fields=["version"])
    _noted("benchmarks", request, by=by, at=at, count=len(rows))
    return request


@transaction.atomic
def show_to_iso(*, request: ExtensionRequest, shown: bool, by: User, at: datetime) -> ExtensionRequest:
    """Let the ISO read the draft, or end that; both hold from the next request on.

    :raises PermissionDenied: if the person may not, or no longer.
    """
    request = held(request, by=by, perm="compliance.show_draft")
    if shown == (request.shown_to_iso_at is not None):
        return request
    request.shown_to_iso_at = at if shown else None
    request.version += 1
    request.save(update_fields=["shown_to_iso_at", "version"])
    _noted("show" if shown else "hide", request, by=by, at=at)
    return request


def refuse_day(clock: StateClock, day: date | None) -> None:
    """:raises WorkRefused: if a day is asked for that is not later than the deadline."""
    if day and day <= clock.current:
        raise WorkRefused(
            _("The deadline is %(deadline)s. Ask for a later day.") % {"deadline": date_text(clock.current)}
        )


def held(request: ExtensionRequest, *, by: User, perm: str = "compliance.write_draft") -> ExtensionRequest:
    """The request, locked, as it stands: whoever lodges it or ends somebody's place waits, or was first.

    :raises PermissionDenied: if the person may not do this any more.
    """
    fresh = locked(request)
    if not may(by, perm, fresh):
        raise PermissionDenied
    return fresh


def _unseen_draft(clock: StateClock, source: str, *, by: User) -> ExtensionRequest | None:
    """A draft that whoever notes what the State said in public may not know of: the intent is noted on it, and the
    answer is the same as where there is none."""
    if not source.strip() or clock.state_id in by.state_ids:
        return None
    locked(clock)
    drafts = ExtensionRequest.objects.select_for_update(of=("self",)).filter(clock=clock, intent_source="")
    return drafts.select_related("state", "clock").filter(status=RequestStatus.DRAFT, shown_to_iso_at=None).first()


def _new(clock: StateClock, *, by: User, at: datetime) -> ExtensionRequest:
    clock = locked(clock)
    if clock.clock not in EXTENDABLE:
        raise WorkRefused(_("This date cannot be extended."))
    on_it = ExtensionRequest.objects.filter(clock=clock)
    if on_it.filter(status__in=RUNNING).exists():
        raise WorkRefused(_("There is a request on this clock already."))
    last = on_it.aggregate(last=Max("number"))["last"] or 0
    return ExtensionRequest.objects.create(state=clock.state, clock=clock, number=last + 1, begun_by=by, begun_at=at)


def _noted(act: str, request: ExtensionRequest, *, by: User, at: datetime, **data: object) -> None:
    """The act in the register, without what is written: the transaction's last statement."""
    register.append(
        action=f"compliance.extensionrequest.{act}",
        by=by,
        at=at,
        state=request.state,
        obj=request,
        data=_told(request) | data,
    )


def _told(request: ExtensionRequest) -> dict[str, object]:
    return {"clock": clock_slug(request.clock), "number": request.number}
