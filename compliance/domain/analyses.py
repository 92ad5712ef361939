"""The group's analysis of a request with its draft decision: written together, issued as a paper of the meeting.

What is written is the group's and the ISO's. Issued, it is public with its paper; a revised request opens it again,
and the next issue is a revision of the paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.domain.document_texts import NewText
from ccm_portal.core.domain.documents import DocumentRefused, Issuer
from ccm_portal.core.enums import DocumentKind
from ccm_portal.core.files import FileRefused
from ccm_portal.core.models import Document, User
from ccm_portal.core.symbols import SymbolRefused
from ccm_portal.core.workflow import locked
from ccm_portal.core.writing import date_text
from committees.domain.said import WorkChanged, WorkRefused, refuse_stale, said
from compliance.domain import analysis_files, benchmarks
from compliance.domain.benchmarks import Row
from compliance.domain.groups import open_request
from compliance.enums import BenchmarkStage
from compliance.models import Analysis, ExtensionRequest
from compliance.workflow_requests import ANALYSE
from meetings.domain import papers

LONGEST = 40_000


@dataclass(frozen=True, kw_only=True)
class Words:
    """What the group writes."""

    text: str
    draft_decision: str
    recommended_until: date | None
    benchmarks: Sequence[Row] = ()


@transaction.atomic
def write(*, request: ExtensionRequest, words: Words, version: int, by: User, at: datetime) -> Analysis:
    """Write it anew. ``version`` is that of the analysis on the page; 0 where there was none.

    :raises WorkChanged: if another member has written since; ``now`` is the analysis as it stands.
    :raises WorkRefused: if the request is not open, its analysis is issued, it has no group, or too much is written.
    """
    request = open_request(request)
    if ANALYSE.target == request.status:
        raise WorkRefused(_("The analysis is issued. A revised request opens it again."))
    if not request.group.exists():
        raise WorkRefused(_("This request has no analysis group yet."))
    analysis = Analysis.objects.select_for_update(of=("self",)).filter(request=request).first()
    if (analysis.version if analysis else 0) != version:
        raise WorkChanged(analysis)
    analysis = analysis or Analysis(request=request, version=0)
    analysis.text = said(words.text, longest=LONGEST)
    analysis.draft_decision = said(words.draft_decision, longest=LONGEST)
    analysis.recommended_until = words.recommended_until
    analysis.issued_at = None  # what follows a revised request is a draft again; its paper stays as it was
    analysis.written_by, analysis.written_at = by, at
    analysis.version += 1
    analysis.save()
    benchmarks.replace(request, BenchmarkStage.ANALYSIS, words.benchmarks)
    register.append(
        action="compliance.analysis.write",
        by=by,
        at=at,
        state=request.state,
        obj=analysis,
        data={"version": analysis.version},
    )
    return analysis


def issue(
    *, analysis: Analysis, version: int, code: int | None, by: User, at: datetime, is_demonstration: bool = False
) -> Document:
    """Issue it as a paper of the meeting that decides, under its next symbol and on an item: public from now on.

    :raises WorkChanged: if a member has written since it was read.
    :raises WorkRefused: if something is missing, or the paper cannot be made.
    :raises NotRendered: if the renderer ran into a limit.
    """
    if not analysis.text or not analysis.draft_decision:
        raise WorkRefused(_("Write the analysis and the draft decision first."))
    refuse_stale(analysis, version)
    request = analysis.request
    if request.meeting is None:
        raise WorkRefused(_("Say first which meeting decides."))
    content = analysis_files.pdf(analysis, at=at, is_demonstration=is_demonstration)  # slow: before anything is locked
    try:
        return _issue(analysis, content, version=version, code=code, by=by, at=at)
    except (DocumentRefused, FileRefused, SymbolRefused) as refusal:
        raise WorkRefused(str(refusal)) from refusal


@transaction.atomic
def _issue(analysis: Analysis, content: bytes, *, version: int, code: int | None, by: User, at: datetime) -> Document:
    request = open_request(analysis.request)
    ANALYSE.check(request)
    analysis = locked(analysis)
    refuse_stale(analysis, version)
    meeting, before = request.meeting, analysis.document
    if meeting is None:
        raise WorkRefused(_("Say first which meeting decides."))
    title = analysis_files.title_of(request)
    symbol = papers.free_symbol(meeting, DocumentKind.ANALYSIS)
    if before is not None and before.symbol:
        symbol = analysis_files.next_symbol(before)
    name = analysis_files.name_of(request)
    document = papers.enter(
        meeting=meeting,
        codes=() if code is None else (code,),
        title=title,
        kind=DocumentKind.ANALYSIS,
        language="en",
        symbol=symbol,
        issuers=issuers_of(request),
        texts=[NewText(language="en", title=title, name=name, content=content)],
        revises=before,
        by=by,
        at=at,
    )
    papers.publish(document=document, version=document.version, by=by, at=at)
    analysis.document, analysis.issued_at = document, at
    analysis.version += 1
    analysis.save()
    request.recommended_until = analysis.recommended_until
    request.code = request.code if code is None else code
    request.version += 1
    ANALYSE.apply(request)
    ANALYSE.record(request, by=by, at=at, data={"symbol": document.symbol})
    return document


@transaction.atomic
def put_on_item(*, request: ExtensionRequest, code: int | None, version: int, by: User, at: datetime) -> None:
    """On which item of the agenda the meeting takes the request up; on none.

    :raises WorkChanged: if the request was changed since.
    :raises WorkRefused: if the meeting is not known, or has no such item.
    """
    request = open_request(request)
    refuse_stale(request, version)
    if request.meeting is None:
        raise WorkRefused(_("Say first which meeting decides."))
    if code is not None and code not in dict(papers.item_choices(request.meeting, for_desk=True)):
        raise WorkRefused(_("One of the items is no longer on the agenda. Choose again."))
    request.code = code
    request.version += 1
    request.save()
    data: dict[str, object] = {"meeting": request.meeting.key, "code": code}
    register.append(
        action="compliance.extensionrequest.item", by=by, at=at, state=request.state, obj=request, data=data
    )


def issuers_of(request: ExtensionRequest) -> list[Issuer]:
    """Who issues the paper: the members that did not stand aside; the ISO where none is left."""
    members = request.group.filter(stands_aside=False).select_related("state", "organisation").order_by("part", "pk")
    states = [Issuer(state=one.state) for one in members if one.state]
    return states or [Issuer(name="Implementation Support Office")]


def proposed_decision(request: ExtensionRequest, until: date | None) -> str:
    """A sentence to begin the draft decision with, in the language of the record."""
    with translation.override("en"):
        if until is None:
            return _("The Meeting takes note of the request of %(state)s.") % {"state": request.state.name}
        return _("The Meeting grants the request of %(state)s for an extension until %(day)s.") % {
            "state": request.state.name,
            "day": date_text(until),
        }
