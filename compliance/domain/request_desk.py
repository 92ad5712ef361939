"""A draft as its own people see it: how far it is, by when it must be lodged, what was said of each section."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core.clock_sentences import explain
from ccm_portal.core.models import State, StateClock
from ccm_portal.core.writing import date_text, number_text
from compliance.domain import benchmarks, lodging, request_clock, request_files, request_form
from compliance.domain.obligation_rows import CLOCKS, OPEN
from compliance.domain.obligations import day_that_ended, obligations
from compliance.domain.request_drafts import EXTENDABLE, RUNNING, Offer
from compliance.enums import BenchmarkStage, Standing
from compliance.models import ExtensionRequest, RequestPlace, RequestSection, clock_slug


@dataclass(frozen=True)
class Task:
    """A line of the list of sections."""

    section: request_form.FormSection
    written: bool
    said: str


@dataclass(frozen=True)
class OwnClock:
    """A time limit of one's State that can be extended, with the request that runs on it."""

    clock: StateClock
    slug: str
    running: ExtensionRequest | None
    days: request_clock.Lodging
    standing: str
    is_quiet: bool  # nothing is to be finished: its day is not told as if it were


def overview(request: ExtensionRequest, *, at: datetime) -> dict[str, Any]:
    """Everything that the page of a draft says."""
    written = {section.key: section for section in request.sections.select_related("written_by")}
    until = until_of(written)
    texts = {key: one.text for key, one in written.items()}
    days = request_clock.lodging(request.clock, on=at.date(), meetings=request_clock.formal_meetings())
    told = request_form.completeness(request, texts, until=until)
    newest = request.versions.order_by("-number").first()
    digest = lodging.digest(lodging.content(request))
    return {
        "tasks": [
            Task(section=one, written=one not in told.missing, said=_said(written.get(one.key)))
            for one in told.sections
        ],
        "completeness": told,
        "until": until,
        "beyond": request_clock.beyond_the_limit(request.clock, until),
        "days": days,
        "why_due": explain(days.due) if days.due else "",
        "late": late_now(days, at),
        "offers": offers_of(request),
        "annexes": request_files.current(request),
        "places": list(RequestPlace.objects.select_related("user").filter(content_object=request).order_by("pk")),
        "newest": newest,
        "changed": newest is None or newest.content_hash != digest,
        "digest": digest,
    }


def until_of(written: dict[str, RequestSection]) -> Any:
    duration = written.get(request_form.DURATION)
    return duration.day if duration else None


def offers_of(request: ExtensionRequest) -> list[Offer]:
    """The benchmarks of the draft."""
    return [Offer(one.text, one.due) for one in benchmarks.rows_of(request, BenchmarkStage.REQUEST)]


def late_now(days: request_clock.Lodging, at: datetime) -> str:
    """How late a request would be that is lodged now; empty while it would not."""
    late = days.days_late(at)
    if not late:
        return ""
    return ngettext(
        "Lodged today it is %(days)s day late: it was to be lodged by %(due)s.",
        "Lodged today it is %(days)s days late: it was to be lodged by %(due)s.",
        late,
    ) % {"days": number_text(late), "due": date_text(days.by)}


def own_clocks(state: State, *, at: datetime) -> list[OwnClock]:
    """The State's time limits that can be extended; first those on which something is to be done. A constant number
    of queries."""
    rows = obligations([state], on=day_that_ended(at), years=(), kinds=CLOCKS.values())
    owed = {one.clock.pk: one.standing for one in rows if one.clock}
    running = {
        one.clock_id: one
        for one in ExtensionRequest.objects.select_related("clock", "state").filter(state=state, status__in=RUNNING)
    }
    meetings = request_clock.formal_meetings()
    clocks = StateClock.objects.filter(state=state, clock__in=EXTENDABLE).order_by("clock", "key")
    found = [
        OwnClock(
            clock=one,
            slug=clock_slug(one),
            running=running.get(one.pk),
            days=request_clock.lodging(one, on=at.date(), meetings=meetings),
            standing=str(Standing(owed[one.pk]).label) if one.pk in owed else "",
            is_quiet=one.pk not in running and owed.get(one.pk) not in OPEN,
        )
        for one in clocks
    ]
    return sorted(found, key=lambda one: one.is_quiet)


def _said(section: RequestSection | None) -> str:
    """Who wrote it last, and when."""
    if section is None or section.written_at is None or section.written_by is None:
        return ""
    return _("%(name)s, %(day)s") % {"name": section.written_by.name, "day": date_text(section.written_at)}
