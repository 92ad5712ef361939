"""The workbook of a section: downloaded, uploaded, and seen row by row before it counts."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from ccm_portal.core import clock
from ccm_portal.core.http import number_of, private_page
from ccm_portal.core.permissions import require
from ccm_portal.core.sheet_reading import refuse_large
from ccm_portal.core.sheets import CSV, XLSX
from ccm_portal.core.views.giving_out import given
from reporting.domain import sections, workbooks
from reporting.domain.section_edits import EditRefused
from reporting.form.editions import edition as edition_of
from reporting.form.workbook_review import CHANGED, MISSING, NEW, SAME, Review, in_words
from reporting.models import SectionDraft, WorkbookUpload
from reporting.rules import own_workbooks, sections_to_write

PAGE = 50
PROBLEMS_SHOWN = 100
WORDS = {
    CHANGED: pgettext_lazy("rows of a workbook", "Changed"),
    NEW: pgettext_lazy("rows of a workbook", "New"),
    MISSING: pgettext_lazy("rows of a workbook", "Not in the file"),
    SAME: pgettext_lazy("rows of a workbook", "The same"),
}
BADGES = {CHANGED: "changed", NEW: "yours", MISSING: "late", SAME: "unchanged"}


@private_page
def section_workbook(request: HttpRequest, state: str, slug: str, key: str) -> HttpResponse:
    """GET: the workbook, or one table of it as CSV. POST: the workbook filled in."""
    draft = _draft(request, state, slug, key)
    if request.method == "POST":
        return _uploaded(request, draft)
    rows = workbooks.LAST if request.GET.get("rows") == workbooks.LAST else workbooks.DRAFT
    language = get_language() or "en"
    name = f"ccm-{state}-{slug}-{key}"
    if table := request.GET.get("table"):
        part = next((part for part in workbooks.section_of(draft).parts if part.key == table), None)
        if part is None:
            raise Http404
        return given(workbooks.given_out_csv(draft, rows, part, language=language), f"{name}-{table}.csv", kind=CSV)
    return given(workbooks.given_out(draft, rows, language=language), f"{name}.xlsx", kind=XLSX)


def _uploaded(request: HttpRequest, draft: SectionDraft) -> HttpResponse:
    sent = request.FILES.get("workbook")
    if sent is None:
        return _refused(request, draft, _("Choose the file first."))
    try:
        refuse_large(sent.size or 0)
        upload = workbooks.read_workbook(
            section=draft,
            content=sent.read(),
            name=sent.name or "",
            language=get_language() or "en",
            by=request.user,
            at=clock.now(),
        )
    except (workbooks.SheetRefused, workbooks.WorkbookRefused) as refusal:
        return _refused(request, draft, str(refusal))
    except sections.DraftClosed as closed:
        messages.warning(request, str(closed))
        return redirect(draft.report.get_absolute_url())
    return redirect("reporting:workbook-review", draft.report.state.slug, draft.report.slug, draft.key, upload.pk)


def _refused(request: HttpRequest, draft: SectionDraft, sentence: str) -> HttpResponse:
    context = {**_about(draft), "problem": sentence}
    return render(request, "reporting/workbook_refused.html", context, status=422)


@private_page
def workbook_review(request: HttpRequest, state: str, slug: str, key: str, pk: int) -> HttpResponse:
    """What was read, beside the draft as it stands. POST: take it in, or set it aside."""
    draft = _draft(request, state, slug, key)
    upload = own_workbooks(request.user).filter(section=draft, pk=pk).first()
    if upload is None:
        if request.method == "POST" and draft.workbooks.filter(pk=pk).exists():
            messages.info(request, str(workbooks.AlreadySettled()))
            return redirect(_section_url(draft))
        raise Http404
    if request.method != "POST":
        return _page(request, draft, upload)
    if request.POST.get("do") == "drop":
        return _dropped(request, draft, upload)
    return _accepted(request, draft, upload)


def _dropped(request: HttpRequest, draft: SectionDraft, upload: WorkbookUpload) -> HttpResponse:
    try:
        workbooks.drop(upload=upload, by=request.user, at=clock.now())
    except workbooks.AlreadySettled as settled:
        messages.info(request, str(settled))
    else:
        messages.success(request, _("The file is set aside. Nothing of it is in the draft."))
    return redirect(_section_url(draft))


def _accepted(request: HttpRequest, draft: SectionDraft, upload: WorkbookUpload) -> HttpResponse:
    seen = sections.Seen(version=number_of(request.POST.get("version", "")))
    try:
        workbooks.accept(
            upload=upload,
            seen=seen,
            remove=request.POST.get("remove") == "yes",
            with_unread=request.POST.get("with_unread") == "yes",
            by=request.user,
            at=clock.now(),
        )
    except workbooks.AlreadySettled as settled:
        messages.info(request, str(settled))
    except (workbooks.StillUnread, EditRefused) as refusal:
        return _page(request, draft, upload, problem=str(refusal), status=422)
    except sections.ChangedSinceSeen as stale:
        fresh = _draft(request, draft.report.state.slug, draft.report.slug, draft.key)
        return _page(request, fresh, upload, problem=str(stale), status=409)
    except sections.DraftClosed as closed:
        messages.warning(request, str(closed))
        return redirect(draft.report.get_absolute_url())
    else:
        messages.success(request, _("The rows of the file “%(name)s” are in the draft.") % {"name": upload.name})
    return redirect(_section_url(draft))


def _page(
    request: HttpRequest, draft: SectionDraft, upload: WorkbookUpload, *, problem: str = "", status: int = 200
) -> HttpResponse:
    review = workbooks.review_of(upload, draft)
    counts = review.counts()
    shown = request.GET.get("show", "")
    whats = [shown] if shown in WORDS else [CHANGED, NEW, MISSING]
    page = Paginator(review.of(*whats), PAGE).get_page(request.GET.get("page"))
    problems = upload.read["problems"]
    language = get_language() or "en"
    context = {
        **_about(draft),
        "upload": upload,
        "problem": problem,
        "tabs": _tabs(request.path, counts, shown),
        "counts": counts,
        "changes": any(counts[what] for what in (CHANGED, NEW)),
        "missing": counts[MISSING],
        "missing_words": _missing_words(counts[MISSING]),
        "page": page,
        "rows": [
            {"change": in_words(met, language=language), "badge": BADGES[met.what], "word": WORDS[met.what]}
            for met in page
        ],
        "problems": problems[:PROBLEMS_SHOWN],
        "more_problems": max(0, len(problems) - PROBLEMS_SHOWN),
        "unread": len(problems),
        "unknown": upload.read["unknown"],
        "tables": _tables(review),
    }
    return render(request, "reporting/workbook_review.html", context, status=status)


def _about(draft: SectionDraft) -> dict[str, Any]:
    report = draft.report
    return {
        "report": report,
        "state": report.state,
        "draft": draft,
        "section": edition_of(report.edition).section(draft.key),
        "section_url": _section_url(draft),
    }


def _tabs(path: str, counts: dict[str, int], shown: str) -> list[dict[str, Any]]:
    """How many rows of each kind, each a link that shows them alone."""
    return [
        {"word": WORDS[what], "count": count, "url": f"{path}?show={what}", "current": shown == what}
        for what, count in counts.items()
    ]


def _missing_words(count: int) -> str:
    return ngettext(
        "Take out of the draft the %(count)s row that is not in the file",
        "Take out of the draft the %(count)s rows that are not in the file",
        count,
    ) % {"count": count}


def _tables(review: Review) -> list[str]:
    """The names of the parts that the file speaks of."""
    read = {*review.read["tables"], *review.read["fields"]}
    return [str(part.title) for part in review.section.parts if part.key in read]


def beside(draft: SectionDraft, *, by: Any) -> dict[str, Any]:
    """What the section's page shows of workbooks."""
    return {"waiting": workbooks.waiting(draft, by=by), "has_last": draft.report.carried_from_id is not None}


def _section_url(draft: SectionDraft) -> str:
    return reverse("reporting:section-edit", args=[draft.report.state.slug, draft.report.slug, draft.key])


def _draft(request: HttpRequest, state: str, slug: str, key: str) -> SectionDraft:
    found = sections_to_write(request.user).select_related("report__state")
    draft = get_object_or_404(found, report__state__slug=state, report__slug=slug, key=key)
    require(request.user, "reporting.edit_section", draft)
    return draft
