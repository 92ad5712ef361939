"""Requests as everybody reads them: what was lodged, when, and what became of it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ccm_portal.core.enums import Clock
from ccm_portal.core.models import StateClock
from ccm_portal.core.writing import date_text, number_text
from ccm_portal.treaty.arithmetic import add_months
from ccm_portal.treaty.clocks import LODGING_MONTHS
from compliance.domain import request_clock, request_form
from compliance.domain.benchmarks import Row
from compliance.enums import RequestOutcome, RequestStatus
from compliance.models import ExtensionRequest, RequestFile, RequestVersion
from compliance.rules_requests import public_intents, public_requests
from meetings.rules_decisions import public_decisions

ARTICLES = {Clock.ART3: "3", Clock.ART4: "4", Clock.NEW_CLEARANCE: "4(1)(b)"}
BADGES = {
    RequestStatus.INTENT: "waiting",
    RequestStatus.DRAFT: "in-progress",
    RequestStatus.LODGED: "filed",
    RequestStatus.ANALYSED: "filed",
    RequestStatus.DECIDED: "done",
    RequestStatus.WITHDRAWN: "unchanged",
}
OUTCOME_BADGES = {
    RequestOutcome.NOT_GRANTED: "refused",
    RequestOutcome.DEFERRED: "waiting",
    RequestOutcome.NOT_RECORDED: "unchanged",
}


@dataclass(frozen=True)
class Said:
    """A section as it was lodged."""

    key: str
    letter: str
    paragraph: str
    title: str
    text: str


@dataclass(frozen=True)
class Content:
    """A version as it can be read."""

    version: RequestVersion
    language: str
    asked_until: date | None
    sections: list[Said] = field(default_factory=list)
    benchmarks: list[Row] = field(default_factory=list)
    files: list[str] = field(default_factory=list)  # the titles of its annexes

    @property
    def missing(self) -> list[Said]:
        """Sections that the Convention asks for and this version leaves empty."""
        return [one for one in self.sections if not one.text and one.key != request_form.DURATION]


def article_of(clock: StateClock) -> str:
    return ARTICLES[Clock(clock.clock)]


def title_of(request: ExtensionRequest) -> str:
    """ "Chad: request for extension under Article 4"."""
    return _("%(state)s: request for extension under Article %(article)s") % {
        "state": request.state.name,
        "article": article_of(request.clock),
    }


def badge(request: ExtensionRequest) -> tuple[str, str]:
    """The status of the badge and its words: what was decided, once something was."""
    if request.status == RequestStatus.DECIDED:
        return OUTCOME_BADGES.get(RequestOutcome(request.outcome), "done"), request.get_outcome_display()
    return BADGES[RequestStatus(request.status)], request.get_status_display()


def intent_alone(request: ExtensionRequest) -> ExtensionRequest:
    """A request of ``public_intents`` with nothing but its intent: a draft that was begun is nobody's business. Not to
    be saved."""
    request.status = RequestStatus.INTENT
    request.asked_until = request.meeting = request.shown_to_iso_at = None
    return request


def readable() -> QuerySet[ExtensionRequest]:
    """Everything that stands in the public list, intents among them: rows of ``public_intents`` are to go through
    ``intent_alone`` first."""
    mine = Q(pk__in=public_requests().order_by().values("pk")) | Q(pk__in=public_intents().order_by().values("pk"))
    people = ("begun_by", "decision__recorded_by")  # which say whether it is invented
    return ExtensionRequest.objects.select_related("state", "clock", "meeting", *people).filter(mine)


def as_public(requests: Iterable[ExtensionRequest]) -> list[ExtensionRequest]:
    """The rows of ``readable``, of intents the intent alone."""
    hidden = (RequestStatus.INTENT, RequestStatus.DRAFT)
    return [intent_alone(one) if one.status in hidden else one for one in requests]


def whole(requests: QuerySet[ExtensionRequest]) -> QuerySet[ExtensionRequest]:
    """With what the page of one shows."""
    versions = RequestVersion.objects.order_by("-number")
    files = RequestFile.objects.select_related("file").filter(since_version__isnull=False).order_by("pk")
    return requests.select_related("document").prefetch_related(
        Prefetch("versions", versions), Prefetch("files", files, to_attr="public_files")
    )


def content_of(version: RequestVersion, request: ExtensionRequest) -> Content:
    """What a version says, in the order in which it was lodged, under today's titles of the sections."""
    told: dict[str, Any] = json.loads(version.content)
    is_stockpile = request.clock.clock == Clock.ART3
    sections = request_form.STOCKPILE if is_stockpile else (*request_form.CLEARANCE, request_form.ACHIEVED)
    known = {section.key: section for section in sections}
    until = told.get("asked_until")
    return Content(
        version=version,
        language=told["language"],
        asked_until=date.fromisoformat(until) if until else None,
        sections=[
            Said(
                key=one["key"],
                letter=known[one["key"]].letter,
                paragraph=known[one["key"]].paragraph,
                title=str(known[one["key"]].title),
                text=one["text"],
            )
            for one in told["sections"]
        ],
        benchmarks=[Row(one["text"], date.fromisoformat(one["due"])) for one in told["benchmarks"]],
        files=[one["title"] for one in told["files"]],
    )


def chain_of(request: ExtensionRequest) -> list[ExtensionRequest]:
    """Every public request on the same clock, the first first: how an extension was renewed."""
    return list(public_requests().filter(clock=request.clock_id).order_by("number"))


def told(request: ExtensionRequest, *, at: datetime) -> dict[str, Any]:
    """What the page of a request that ``whole`` fetched says beside its rows."""
    versions = list(request.versions.all())
    contents = content_of(versions[0], request) if versions else None
    due = request.lodging_due
    # Where the days of the meeting were not known, the deadline itself was the latest day, and needs no reason.
    meets = add_months(due, LODGING_MONTHS) if due and due != request.deadline_then else None
    files: list[RequestFile] = request.public_files  # type: ignore[attr-defined]
    newest = versions[0].number if versions else 0
    return {
        "content": contents,
        "decision": public_decisions().select_related("meeting").filter(pk=request.decision_id).first()
        if request.decision_id
        else None,
        "versions": versions,
        "annexes": [one for one in files if stands(one, newest)],
        "earlier_annexes": [one for one in files if not stands(one, newest)],
        "why_due": request_clock.why_that_day(meets, request.clock),
        "late": late_words(request),
        "beyond": request_clock.beyond_the_limit(request.clock, request.asked_until, deadline=request.deadline_then),
        "chain": chain_of(request),
        "events": events(request, versions),
        "figures": figures(request),
    }


def stands(annex: RequestFile, newest: int) -> bool:
    """Whether the newest version names it; one that the State takes out stands until its next version."""
    return annex.until_version is None or annex.until_version >= newest


def late_words(request: ExtensionRequest) -> str:
    """How late it came, in a sentence; empty where it came in time or nothing is known."""
    if not request.days_late or request.lodging_due is None:
        return ""
    return ngettext(
        "Lodged %(days)s day late: it was to be lodged by %(due)s.",
        "Lodged %(days)s days late: it was to be lodged by %(due)s.",
        request.days_late,
    ) % {"days": number_text(request.days_late), "due": date_text(request.lodging_due)}


def events(request: ExtensionRequest, versions: Iterable[RequestVersion]) -> list[dict[str, Any]]:
    """The thread so far, the first first: intent, lodging, revisions, decision, withdrawal."""
    found: list[tuple[date, str, str]] = []
    if request.intent_on and request.intent_source:
        found.append((request.intent_on, _("Intent signalled"), request.intent_source))
    if request.lodged_on:
        found.append((request.lodged_on, _("Lodged with the States Parties"), late_words(request)))
    for one in versions:
        if one.number > 1:
            day = one.lodged_at.date()
            found.append((day, _("Version %(number)s") % {"number": one.number}, one.note))
    if request.decided_on:
        found.append((request.decided_on, request.get_outcome_display(), decided_words(request)))
    if request.withdrawn_on:
        found.append((request.withdrawn_on, pgettext("extension request", "Withdrawn"), request.withdrawn_reason))
    found.sort(key=lambda event: event[0])
    return [{"date": day, "title": title, "text": text, "when": "past"} for day, title, text in found]


def decided_words(request: ExtensionRequest) -> str:
    """Until when it was granted, and by whom."""
    parts = []
    if request.granted_until:
        parts.append(_("Granted until %(day)s") % {"day": date_text(request.granted_until)})
    if request.meeting:
        parts.append(request.meeting.name)
    return " · ".join(parts)


def figures(request: ExtensionRequest) -> list[dict[str, str]]:
    """The days that matter: the deadline as it was, what was asked, what was recommended, what was granted."""
    days = (
        (_("Deadline when it was lodged"), request.deadline_then),
        (_("Asked until"), request.asked_until),
        (_("Recommended until"), request.recommended_until),
        (_("Granted until"), request.granted_until),
    )
    return [{"label": label, "value": date_text(day)} for label, day in days if day]
