"""One section of a draft: its page, and the autosave behind it."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from ccm_portal.core import clock, writing
from ccm_portal.core.models import User
from ccm_portal.core.permissions import may, require
from reporting.domain import colleagues, contents, overview, remarks, sections
from reporting.domain.section_edits import Conflict, EditRefused, UnknownPlace
from reporting.enums import Standing
from reporting.form.checks import BLOCKS, WARNS, Problem
from reporting.form.editions import edition as edition_of
from reporting.form.values.base import LONGEST
from reporting.forms import Autosave, SectionPost, read_autosave, read_section_post
from reporting.models import Report, ReportVersion, SectionDraft
from reporting.rules import visible_sections
from reporting.views import report_files, section_comments, workbooks
from reporting.views.section_comments import Said
from reporting.views.section_page import SectionPage, anchor_of
from reporting.views.section_rows import page_of, query_for
from reporting.views.unsaved import REASONS, form_token_is_good, unsaved

SCRIPTED = "X-Section-Part"  # the page's own script asks for the page back, not for a redirect


@csrf_exempt  # checked below, so that a stale form gives the text back instead of an error
@cache_control(private=True, no_store=True)
def section_edit(request: HttpRequest, state: str, slug: str, key: str) -> HttpResponse:
    if request.method == "POST":
        if not request.user.is_authenticated:
            return unsaved(request, reason="signed-out", status=401)
        if not _fits(request):
            return unsaved(request, reason="too-much", status=413)
        if not form_token_is_good(request):
            return unsaved(request, reason="stale-form", status=403)
    elif not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())

    draft = _draft(request.user, state, slug, key)
    if draft is None:
        return unsaved(request, reason="not-yours", status=404)
    if not draft.report.is_open:
        if request.method != "POST":
            return redirect(draft.report.get_absolute_url())
        return unsaved(request, reason="filed", status=409, report=draft.report)
    require(request.user, "reporting.edit_section", draft)

    if request.method != "POST":
        return _page(request, draft, at=request.GET.get("rows", ""))
    return _saved(request, draft, read_section_post(request.POST, language=get_language()))


def _fits(request: HttpRequest) -> bool:
    if int(request.META.get("CONTENT_LENGTH") or 0) > report_files.LARGEST_POST:
        return False
    try:
        return request.POST is not None
    except RequestDataTooBig:
        return False


def _saved(request: HttpRequest, draft: SectionDraft, post: SectionPost) -> HttpResponse:
    """Store what was posted and answer with the page; what could not be stored is on it."""
    scripted = SCRIPTED in request.headers
    leaves = not scripted and not post.act
    said = section_comments.say(draft, post.comments, leaves=leaves, by=request.user, at=clock.now())
    answer = partial(_page, request, typed=said, at=request.GET.get("rows", ""))
    too_long = sections.too_long(post.texts)
    again = {path: post.texts[path] for path in too_long}
    try:
        saved = sections.save_page(
            draft=draft,
            seen=post.seen,
            texts=post.texts,
            nones=post.nones,
            withheld=post.withheld,
            standing=post.standing,
            act=post.act,
            place=post.place,
            by=request.user,
            at=clock.now(),
        )
    except sections.StaleSection as stale:
        files = report_files.taken(request, stale.saved.draft, by=request.user)
        return answer(
            _draft_again(draft),
            problem=files.words(str(stale)),
            conflicts=stale.conflicts,
            posted={conflict.path: conflict.mine for conflict in stale.conflicts} | again,
            problems=too_long | files.refused,
            status=409,
        )
    except EditRefused as refusal:
        files = report_files.taken(request, draft, by=request.user)
        return answer(
            _draft_again(draft),
            problem=files.words(str(refusal)),
            posted=again,
            problems=too_long | files.refused,
            status=422,
        )
    except UnknownPlace:
        return unsaved(request, reason="unknown-place", status=400, report=draft.report)
    except sections.DraftClosed:
        return unsaved(request, reason="filed", status=409, report=draft.report)

    files = report_files.taken(request, saved.draft, by=request.user)
    if files.refused:
        return answer(
            _draft_again(draft),
            problem=files.words(),
            posted=again,
            problems=too_long | files.refused,
            focus=anchor_of(next(iter(files.refused))),
            status=422,
        )
    now = _draft_again(draft) if files.changed else saved.draft
    if too_long:
        path, sentence = next(iter(too_long.items()))
        focus = anchor_of(path)
        return answer(now, problem=sentence, posted=again, problems=too_long, focus=focus, status=422)
    if said.problem:
        return answer(now, problem=said.problem, focus=section_comments.talk_of(said.problem_at), status=422)
    place = _place(saved, post)
    focus = said.focus or (anchor_of(place) if place else "")
    at = page_of(now, place) or request.GET.get("rows", "")
    if scripted or said.unsent:
        return answer(now, focus=focus, at=at)
    if post.leaves:
        return redirect(_list_of(request.user, draft.report))
    return redirect(f"{request.path}{query_for(at)}" + (f"#{focus}" if focus else ""))


def _list_of(user: User, report: Report) -> str:
    """The list from which this person came to the section."""
    return report.get_draft_url() if may(user, "reporting.edit_draft", report) else reverse("reporting:lent-sections")


def _place(saved: sections.Saved, post: SectionPost) -> str:
    """Where to go on: the new row, the row that moved, the table a row left."""
    part, _dot, _row = post.place.partition(".")
    if saved.new_row:
        return f"{part}.{saved.new_row}"
    stays = post.act in ("up", "down", "restore", "keep") or (post.place and not post.act)
    return post.place if stays else part


def _page(
    request: HttpRequest,
    draft: SectionDraft,
    *,
    problem: str = "",
    conflicts: list[Conflict] | None = None,
    posted: dict[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
    focus: str = "",
    typed: Said | None = None,
    at: str = "",
    status: int = 200,
) -> HttpResponse:
    report = draft.report
    # the State's own people, or the ISO with a paper that it enters
    of_delegation = may(request.user, "reporting.edit_draft", report)
    edition = edition_of(report.edition)
    section = edition.section(draft.key)
    base = contents.beside(report)
    people = {conflict.theirs_by for conflict in conflicts or [] if conflict.theirs_by}
    page = SectionPage(
        draft=draft,
        section=section,
        language=get_language(),
        last=contents.answers_beside(section, base, report) if base else None,
        last_label=_label_beside(report, base),
        conflicts=conflicts or [],
        posted=posted or {},
        problems=problems or {},
        people=User.objects.in_bulk(people) if people else {},
        comments=section_comments.of_section(draft, for_person=request.user),
        typed=typed or Said(),
        at=at,
    )
    found = remarks.problems_of(report, _document_with(report, draft), [draft], on=clock.today(), whole=False)
    keys = [one.key for one in edition.in_order(language=report.language)]
    here = keys.index(draft.key)
    context = {
        "report": report,
        "state": report.state,
        "draft": draft,
        "section": section,
        "letter": edition.letter(section.key, language=report.language),
        "page": page,
        "problem": problem,
        "focus": focus,
        "blocking": _linked(found, page, BLOCKS),
        "remarks": _linked(found, page, WARNS) if draft.standing else [],
        "homeless": [
            {"mine": conflict.mine, "row": conflict.path.rpartition(".")[0]}
            for conflict in conflicts or []
            if conflict.theirs is None
        ],
        "contents": [{"label": part.part.title, "url": f"#{part.id}"} for part in page.parts],
        "folded": _folded(draft, opened=bool(problem) or page.has_comments),
        "words": _words(),
        "standings": _standings(report, draft, section),
        "is_header": draft.key == contents.HEADER,
        "before": keys[here - 1] if here else None,
        "after": keys[here + 1] if here + 1 < len(keys) else None,
        # A colleague to whom it is lent sees this section, and no way to another.
        "of_delegation": of_delegation,
        "may_lend": may(request.user, "reporting.lend_section", draft),
        "borrowers": colleagues.borrowers(report, at=clock.now()).get(draft.key, []) if of_delegation else [],
        "workbook": workbooks.beside(draft, by=request.user),
    }
    return render(request, "reporting/section_edit.html", context, status=status)


def _label_beside(report: Report, base: ReportVersion | None) -> str:
    """Whose answers stand beside the boxes: those that were filed, in a correction; else the earlier report's."""
    if base is None:
        return ""
    return _("Filed in version %(number)s") % {"number": base.number} if report.is_correcting else base.report.title


def _linked(found: list[Problem], page: SectionPage, severity: str) -> list[dict[str, str]]:
    """The problems of this section, each with the place on the page that it is about."""
    return [
        {"text": one.sentence, "href": page.link_to(one.path)}
        for one in found
        if one.section == page.section.key and one.path and one.severity == severity
    ]


def _folded(draft: SectionDraft, *, opened: bool) -> str:
    """What the folded fields are called, in a section that stands without them; "" leaves them open."""
    if opened:
        return ""
    if draft.standing == Standing.UNCHANGED:
        return _("What it says. If you write here, the section counts as changed")
    if draft.standing == Standing.NOT_APPLICABLE:
        return _("The questions of this section. If you answer one, the section counts as changed")
    return ""


def _words() -> dict[str, str | int]:
    """What the page's script says, in the reader's language."""
    return {
        "saving": _("Saving"),
        "saved": _("Saved %(time)s"),
        "typing": _("Not saved yet"),
        "failed": _("Not saved: the line is down. Your text is kept on this page, and it is tried again."),
        "signed_out": _("Your session has ended. Your text is kept on this page; sign in and it is sent."),
        "sign_in": _("Sign in in a new tab"),
        "refused": _("Not saved: the portal refused it. Copy your text, then load the page again."),
        "closed": _("This report was filed meanwhile. What you write here is not in it."),
        "others": _("A colleague changed other boxes on this page; they show the new text."),
        "moved": _("A colleague changed rows or the standing of this section."),
        "moved_own": _("You changed rows or the standing of this section in another tab."),
        "show": _("Show it"),
        "wrote": _("%(name)s wrote here meanwhile:"),
        "mine": _("Keep mine"),
        "theirs": _("Take theirs"),
        "choose": _("Boxes that wait for your choice: %(number)s"),
        "too_long": _("This text has %(length)s characters; there is room for %(longest)s. Shorten it."),
        "longest": LONGEST,
        "uploading": _("Uploading %(name)s: %(percent)s per cent"),
        "uploaded": _("Uploaded."),
        "file_failed": _("This file could not be sent. Nothing else is lost; try it again."),
        "row_gone": _("%(name)s removed this row meanwhile. Your text stays here; copy it, or put the row back."),
    }


def _document_with(report: Report, draft: SectionDraft) -> dict[str, Any]:
    """A document of which only this section matters: enough for the checks of one section."""
    others = [
        SectionDraft(report=report, key=section.key, answers={"parts": {}}, standing=Standing.CHANGED)
        for section in edition_of(report.edition).all_sections
        if section.key != draft.key
    ]
    return contents.document_of(report, [draft, *others])


def _standings(report: Report, draft: SectionDraft, section: Any) -> list[dict[str, Any]]:
    """The choices of the cover page, with the dated report that "unchanged" would point to."""
    choices = [{"value": Standing.CHANGED, "label": _("Changed: I say below what is so now"), "hint": ""}]
    if overview.may_stand_unchanged(report):
        choices.append(_unchanged_choice(draft))
    if section.may_be_not_applicable:
        choices.append(
            {"value": Standing.NOT_APPLICABLE, "label": _("Not applicable to my State"), "hint": "", "refused": ""}
        )
    return choices


def _unchanged_choice(draft: SectionDraft) -> dict[str, Any]:
    try:
        original = draft.unchanged_since or sections.unchanged_original(draft)
    except EditRefused as refusal:
        return {"value": Standing.UNCHANGED, "label": _("Unchanged"), "refused": str(refusal)}
    return {
        "value": Standing.UNCHANGED,
        "label": _("Unchanged since an earlier report"),
        "hint": original.report.title,
        "filed_on": original.filed_at,
        "refused": "",
    }


def _draft(user: Any, state: str, slug: str, key: str) -> SectionDraft | None:
    return (
        visible_sections(user)
        .select_related("report__state", "updated_by", "unchanged_since__report")
        .filter(report__state__slug=state, report__slug=slug, key=key)
        .first()
    )


def _draft_again(draft: SectionDraft) -> SectionDraft:
    return SectionDraft.objects.select_related("report__state", "updated_by", "unchanged_since__report").get(
        pk=draft.pk
    )


@require_POST
@cache_control(private=True, no_store=True)
def section_autosave(request: HttpRequest, state: str, slug: str, key: str) -> HttpResponse:
    """Store the boxes that were touched; answer with what is stored now."""
    if not request.user.is_authenticated:
        return JsonResponse({"problem": _("Your session has ended.")}, status=401)
    draft = visible_sections(request.user).filter(report__state__slug=state, report__slug=slug, key=key).first()
    if draft is None:  # also of a page that was open when its loan ended: it says so and keeps the text
        return JsonResponse({"problem": str(REASONS["not-yours"])}, status=404)
    if draft.report.is_open:  # a closed one is told below
        require(request.user, "reporting.edit_section", draft)
    try:
        post = read_autosave(request.body, language=get_language())
    except RequestDataTooBig:
        return JsonResponse({"problem": str(REASONS["too-much"])}, status=413)
    except ValueError:
        return JsonResponse({"problem": _("This save could not be read.")}, status=400)
    now = clock.now()
    try:
        saved = sections.save_cells(
            draft=draft, seen=post.seen, texts=post.texts, keep=post.keep, by=request.user, at=now
        )
    except sections.StaleSection as stale:
        return JsonResponse(
            _answer(stale.saved.draft, post, now, request.user)
            | {"problem": str(stale), "conflicts": _told(stale.conflicts)},
            status=409,
        )
    except sections.DraftClosed as closed:
        return JsonResponse({"problem": str(closed), "closed": True}, status=410)
    except EditRefused as refusal:
        return JsonResponse({"problem": str(refusal)}, status=422)
    except UnknownPlace:
        return JsonResponse({"problem": _("This box is not part of the form.")}, status=400)
    answer = _answer(saved.draft, post, now, request.user)
    return JsonResponse(answer, status=422 if answer["too_long"] else 200)


def _answer(draft: SectionDraft, post: Autosave, now: datetime, by: User) -> dict[str, Any]:
    """What the page needs to know: how its own boxes were read, and what colleagues changed."""
    too_long = sections.too_long(post.texts)
    told = sections.told(draft, post.seen, [*post.texts, *post.keep], by=by)
    return {
        "version": draft.version,
        "saved_at": writing.time_text(now),
        "standing": draft.standing,
        **told,
        "problems": told["problems"] | too_long,
        "too_long": list(too_long),
    }


def _told(conflicts: list[Conflict]) -> list[dict[str, Any]]:
    people = User.objects.in_bulk({conflict.theirs_by for conflict in conflicts if conflict.theirs_by})
    return [
        {
            "path": conflict.path,
            "mine": conflict.mine,
            "theirs": conflict.theirs,
            "by": str(people.get(conflict.theirs_by) or _("a colleague")),
        }
        for conflict in conflicts
    ]
