"""Papers and minutes of a body, in its workspace."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ccm_portal.core.clock import now
from ccm_portal.core.http import PrivateRequest, number_of, private_page
from ccm_portal.core.models import DocumentText
from ccm_portal.core.permissions import may, require
from ccm_portal.core.views.giving_out import given_out
from committees.coming import meetings_of_body
from committees.domain import body_papers
from committees.domain.said import WorkChanged, WorkRefused
from committees.forms_papers import NewFileForm, PaperForm
from committees.models import BodyPaper
from committees.rules_workspace import visible_body_papers
from committees.views.workspace import body_of, frame


@require_safe
@private_page
def paper_list(request: PrivateRequest, key: str) -> HttpResponse:
    body = body_of(request, key)
    rows = list(visible_body_papers(request.user).filter(body=body).order_by("-added_at", "-pk"))
    texts: dict[int, list[DocumentText]] = {}
    for text in DocumentText.objects.filter(document__in=[row.document_id for row in rows], replaced_at=None).order_by(
        "language"
    ):
        texts.setdefault(text.document_id, []).append(text)
    context = frame(request, body, "paper-list") | {
        "rows": [{"paper": row, "texts": texts.get(row.document_id, [])} for row in rows]
    }
    return render(request, "committees/paper_list.html", context)


@private_page
def paper_new(request: PrivateRequest, key: str) -> HttpResponse:
    body = body_of(request, key)
    require(request.user, "committees.lead_body", body)
    posted = request.method == "POST"
    form = PaperForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        meetings=meetings_of_body(body, request.user),
    )
    if form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("title", "kind", "meeting_key")}
        try:
            paper = body_papers.add_paper(body=body, given=form.given(), by=request.user, at=now(), **words)
        except WorkRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("It is here. Everybody who works here can read it."))
            return redirect("committees:paper", key=key, pk=paper.pk)
    context = frame(request, body, "paper-list") | {"form": form}
    return render(request, "committees/paper_new.html", context, status=422 if form.errors else 200)


@private_page
def paper(request: PrivateRequest, key: str, pk: int) -> HttpResponse:
    """One paper: its files, and for the leaders a further one, or another in its place."""
    row = _paper(request, key, pk)
    posted = request.method == "POST"
    if posted:
        require(request.user, "committees.lead_work", row)
    seen = {"version": row.document.version, "language": row.document.original_language}
    form = NewFileForm(request.POST if posted else None, request.FILES if posted else None, initial=seen)
    if form.is_valid():
        by: dict[str, Any] = {"version": form.cleaned_data["version"], "by": request.user, "at": now()}
        try:
            body_papers.replace_text(paper=row, given=form.given(), **by)
        except WorkChanged as refusal:
            form = NewFileForm(initial={"version": refusal.now.version})
            messages.info(request, _("The paper was changed after you opened the page. Read it again, then decide."))
        except WorkRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("committees:paper", key=key, pk=pk)
    context = frame(request, row.body, "paper-list") | {
        "paper": row,
        "texts": row.document.texts.filter(replaced_at=None).select_related("file").order_by("language"),
        "form": form if may(request.user, "committees.lead_work", row) else None,
    }
    return render(request, "committees/paper.html", context, status=422 if form.errors else 200)


@private_page
@require_POST
def paper_publish(request: PrivateRequest, key: str, pk: int) -> HttpResponse:
    """Everybody may read it from now on."""
    row = _paper(request, key, pk)
    require(request.user, "committees.lead_work", row)
    version = number_of(request.POST.get("version", ""))
    try:
        body_papers.publish(paper=row, version=version, by=request.user, at=now())
    except WorkChanged:
        messages.info(request, _("The paper was changed after you opened the page. Read it again, then decide."))
    except WorkRefused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("Everybody can read it now."))
    return redirect("committees:paper", key=key, pk=pk)


@require_safe
@private_page
def paper_file(request: PrivateRequest, key: str, pk: int, text: int) -> HttpResponseBase:
    """The file, for who works in the body."""
    row = _paper(request, key, pk)
    found = get_object_or_404(row.document.texts.select_related("file"), pk=text)
    return given_out(request, found.file, found.file.name, cache="private, no-store", found=False)


def _paper(request: PrivateRequest, key: str, pk: int) -> BodyPaper:
    return get_object_or_404(visible_body_papers(request.user), body__key=key, pk=pk)
