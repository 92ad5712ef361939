"""Where papers are run: what waits for the ISO, the papers of a meeting, new ones, many files at once."""

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from ccm_portal.core import clock
from ccm_portal.core.domain.documents import DocumentRefused
from ccm_portal.core.enums import TAKEN_IN, DocumentKind, DocumentStatus
from ccm_portal.core.file_kinds import FileRefused
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.models import Document, DocumentText
from ccm_portal.core.permissions import may
from ccm_portal.core.symbols import SymbolRefused
from ccm_portal.core.writing import labelled
from meetings.domain import own_papers, paper_files, paper_issuers, papers
from meetings.forms_papers import EnterForm, FilesForm, content_of
from meetings.models import Meeting, MeetingPaper
from meetings.rules_papers import managed_papers
from meetings.views.acting import MANAGE, meeting_for

WAITING = "proposed"
UNPUBLISHED = "unpublished"


@private_page
@require_safe
def office_papers(request: PrivateRequest) -> HttpResponse:
    """Over all meetings: what was proposed, and what has texts that wait to be published."""
    if not may(request.user, "core.manage_document", None):
        raise Http404
    show = request.GET.get("show", WAITING)
    every = managed_papers(request.user).filter(pk__in=MeetingPaper.objects.values("document"))
    sorts = {WAITING: every.filter(status=DocumentStatus.PROPOSED), UNPUBLISHED: _with_waiting_texts(every)}
    chosen = sorts.get(show, sorts[WAITING])
    context = {
        "rows": own_papers.rows(own_papers.listed(chosen.order_by("proposed_at", "pk"))[:200]),
        "tabs": [
            {
                "label": label,
                "url": f"?show={name}",
                "current": sorts.get(show, sorts[WAITING]) is sorts[name],
                "count": sorts[name].count(),
            }
            for name, label in ((WAITING, _("Proposed")), (UNPUBLISHED, _("Texts to publish")))
        ],
    }
    return render(request, "meetings/office_papers.html", context)


def _with_waiting_texts(papers_of: QuerySet[Document]) -> QuerySet[Document]:
    waiting = DocumentText.objects.filter(document=OuterRef("pk"), published_at=None, replaced_at=None)
    return papers_of.filter(Exists(waiting), status__in=TAKEN_IN)


@private_page
@require_safe
def desk_papers(request: PrivateRequest, key: str) -> HttpResponse:
    """Every paper of a meeting, whatever its status, those that wait first."""
    meeting = meeting_for(request, key, MANAGE)
    found = list(own_papers.listed(managed_papers(request.user).filter(meetings__meeting=meeting)))
    waiting = [one for one in found if one.status == DocumentStatus.PROPOSED]
    taken_in = [one for one in found if one.status in TAKEN_IN]
    closed = [one for one in found if one.status in (DocumentStatus.REFUSED, DocumentStatus.WITHDRAWN)]
    context = {
        "meeting": meeting,
        "waiting": own_papers.rows(sorted(waiting, key=lambda one: (one.proposed_at, one.pk))),
        "taken_in": own_papers.in_order(taken_in),
        "closed": own_papers.in_order(closed),
    }
    return render(request, "meetings/desk_papers.html", context)


@private_page
def desk_paper_new(request: PrivateRequest, key: str) -> HttpResponse:
    """A paper that waits for nobody."""
    meeting = meeting_for(request, key, MANAGE)
    issuers = _issuers(request)
    initial: dict[str, Any] = {
        "issuer": issuers[0][0] if issuers else "",
        "language": "en",
        "kind": DocumentKind.AGENDA,
        "symbol": papers.free_symbol(meeting, DocumentKind.AGENDA),
    }
    form = EnterForm(
        request.POST or None,
        issuers=issuers,
        items=papers.item_choices(meeting, for_desk=True),
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        try:
            document = papers.enter(
                meeting=meeting,
                codes=form.codes,
                title=cleaned["title"],
                kind=cleaned["kind"],
                language=cleaned["language"],
                symbol=cleaned["symbol"],
                issuers=form.issuers,
                by=request.user,
                at=clock.now(),
            )
        except SymbolRefused as refusal:
            form.add_error("symbol", str(refusal))
        except DocumentRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The paper is entered. Add its texts, then publish them."))
            return redirect("meetings:desk-paper", meeting.key, document.pk)
    free = [papers.free_symbol(meeting, kind) for kind in (DocumentKind.AGENDA, DocumentKind.WORKING_PAPER)]
    context = {"meeting": meeting, "form": form, "free": [symbol for symbol in free if symbol]}
    return render(request, "meetings/desk_paper_new.html", context, status=422 if form.errors else 200)


def _issuers(request: PrivateRequest) -> list[paper_issuers.Offer]:
    """The office enters for its own offices; who runs a closed meeting, for whom they act."""
    if may(request.user, "core.manage_document", None):
        return paper_issuers.offered_by_the_office()
    return paper_issuers.offered_to(request.user)


@private_page
def desk_paper_files(request: PrivateRequest, key: str) -> HttpResponse:
    """Many files of papers that are on the list, each told by its name."""
    meeting = meeting_for(request, key, MANAGE)
    form = FilesForm(request.POST or None, request.FILES or None)
    results: list[paper_files.Result] = []
    if request.method == "POST" and form.is_valid():
        for sent in form.cleaned_data["files"]:
            results.append(_taken(request, meeting, sent, form))
        done = sum(one.taken for one in results)
        if done == len(results):
            messages.success(
                request, ngettext("%(count)s file taken.", "%(count)s files taken.", done) % {"count": done}
            )
            return redirect("meetings:desk-papers", meeting.key)
    refused = bool(form.errors) or any(not one.taken for one in results)
    context = {"meeting": meeting, "form": form, "results": results}
    return render(request, "meetings/desk_paper_files.html", context, status=422 if refused else 200)


def _taken(request: PrivateRequest, meeting: Meeting, sent: Any, form: FilesForm) -> paper_files.Result:
    name = sent.name or ""
    try:
        return paper_files.take(
            among=managed_papers(request.user).filter(meetings__meeting=meeting),
            name=name,
            content=content_of(sent),
            stage=form.cleaned_data["stage"],
            publish=form.cleaned_data["publish"],
            by=request.user,
            at=clock.now(),
        )
    except (DocumentRefused, FileRefused) as refusal:
        return paper_files.Result(taken=False, words=labelled(name or _("file"), str(refusal)))
