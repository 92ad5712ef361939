"""What a State, an observer or a committee does with its own papers: propose, follow, add a language, withdraw."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ccm_portal.core import clock
from ccm_portal.core.domain import document_texts, documents
from ccm_portal.core.domain.documents import DocumentChanged, DocumentRefused
from ccm_portal.core.enums import TAKEN_IN, DocumentKind, DocumentStatus, TextStage
from ccm_portal.core.file_kinds import FileRefused
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.models import Document
from ccm_portal.core.permissions import is_iso_staff, may, require
from ccm_portal.core.seen import SeenForm, stands_now
from meetings.domain import own_papers, paper_issuers, papers
from meetings.enums import MeetingStatus
from meetings.forms_papers import PROPOSABLE, ProposeForm, TextForm, content_of
from meetings.models import Meeting
from meetings.rules import visible_meetings
from meetings.rules_papers import own_papers as own_papers_of
from meetings.views.acting import meeting_for


@private_page
@require_safe
def my_papers(request: PrivateRequest) -> HttpResponse:
    """Own papers, the last proposed first, and the meetings for which one can propose."""
    mine = own_papers.listed(own_papers_of(request.user).order_by("-proposed_at", "-pk"))
    ahead = visible_meetings(request.user).exclude(status=MeetingStatus.CANCELLED).filter(ends__gte=clock.today())
    context = {
        "rows": own_papers.rows(mine[:200]),
        "ahead": [
            meeting
            for meeting in ahead.prefetch_related("convened_by").order_by("starts")[:12]
            if may(request.user, "meetings.propose_paper", meeting)
        ],
    }
    return render(request, "meetings/my_papers.html", context)


@private_page
def paper_propose(request: PrivateRequest, key: str) -> HttpResponse:
    meeting = meeting_for(request, key, "meetings.propose_paper")
    issuers = paper_issuers.offered_to(request.user)
    mine = own_papers_of(request.user).filter(meetings__meeting=meeting, status__in=TAKEN_IN, revised_by=None)
    office = is_iso_staff(request.user, None)
    offers: dict[str, Any] = {
        "issuers": issuers,
        "items": papers.item_choices(meeting, for_desk=office),
        "revisable": [(one.pk, f"{one.symbol} {one.title}".strip()) for one in mine.order_by("symbol")],
        "kinds": list(DocumentKind) if office else PROPOSABLE,
    }
    form = ProposeForm(request.POST or None, request.FILES or None, **offers, initial=_first(request, issuers))
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        try:
            document = papers.propose(
                meeting=meeting,
                codes=form.codes,
                title=cleaned["title"],
                kind=cleaned["kind"],
                language=cleaned["language"],
                issuers=form.issuers,
                texts=form.texts(),
                note=cleaned["note"],
                revises=mine.filter(pk=cleaned["revises"]).first() if cleaned.get("revises") else None,
                by=request.user,
                at=clock.now(),
            )
        except (DocumentRefused, FileRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your paper is with the ISO. Here you see what becomes of it."))
            return redirect("meetings:my-paper", document.pk)
    context = {"meeting": meeting, "form": form, "again": bool(form.errors and request.FILES)}
    return render(request, "meetings/paper_propose.html", context, status=422 if form.errors else 200)


def _first(request: HttpRequest, issuers: list[paper_issuers.Offer]) -> dict[str, Any]:
    return {"issuer": issuers[0][0] if issuers else "", "language": "en", "kind": DocumentKind.WORKING_PAPER}


@private_page
def my_paper(request: PrivateRequest, pk: int) -> HttpResponse:
    """One own paper: how it stands, its texts, and what can still be done."""
    document = get_object_or_404(own_papers_of(request.user).select_related("revises", "proposed_by"), pk=pk)
    if request.method != "POST":
        return _own_page(request, document)
    require(request.user, "core.withdraw_document", document)
    if request.POST.get("do") == "withdraw":
        return _withdraw(request, document)
    return _add_text(request, document)


def _withdraw(request: PrivateRequest, document: Document) -> HttpResponse:
    form = SeenForm(request.POST)
    try:
        documents.withdraw(
            document=document,
            version=form.cleaned_data["version"] if form.is_valid() else 0,
            by=request.user,
            at=clock.now(),
        )
    except DocumentRefused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("The paper is withdrawn. The ISO sees it no longer among what waits."))
    return redirect("meetings:my-paper", document.pk)


def _add_text(request: PrivateRequest, document: Document) -> HttpResponse:
    form = TextForm(request.POST, request.FILES, may_publish=False)
    if form.is_valid():
        cleaned = form.cleaned_data
        try:
            document_texts.add_text(
                document=document,
                language=cleaned["language"],
                title=cleaned["title"],
                stage=TextStage.ADVANCE,
                content=content_of(cleaned["file"]),
                name=cleaned["file"].name or "",
                version=cleaned["version"],
                by=request.user,
                at=clock.now(),
            )
        except (DocumentRefused, FileRefused) as refusal:
            if isinstance(refusal, DocumentChanged):
                document = refusal.document
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The text is added. The ISO publishes it."))
            return redirect("meetings:my-paper", document.pk)
    return _own_page(request, document, form)


def _own_page(request: PrivateRequest, document: Document, form: TextForm | None = None) -> HttpResponse:
    document.refresh_from_db()
    places = list(
        Meeting.objects.filter(papers__document=document, pk__in=visible_meetings(request.user).order_by().values("pk"))
    )
    open_still = may(request.user, "core.withdraw_document", document) and document.status in (
        DocumentStatus.PROPOSED,
        DocumentStatus.ACCEPTED,
    )
    seen = {"version": document.version, "language": document.original_language}
    if form is not None:
        stands_now(form, document.version)
    context = {
        "row": own_papers.rows(own_papers.listed(own_papers_of(request.user).filter(pk=document.pk)))[0],
        "document": document,
        "texts": own_papers.texts_of(document),
        "places": [
            (
                meeting,
                own_papers.labels_of(
                    own_papers.codes_of(document, meeting), papers.item_choices(meeting, for_desk=False)
                ),
            )
            for meeting in places
        ],
        "open": open_still,
        "text_form": (form or TextForm(initial=seen, may_publish=False)) if open_still else None,
        "is_public": document.status == DocumentStatus.PUBLISHED,
    }
    return render(request, "meetings/my_paper.html", context, status=422 if form else 200)
