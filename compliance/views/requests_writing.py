"""Writing a draft: its sections, the benchmarks offered, annexes, whom the State invites."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ccm_portal.core import clock as portal_clock
from ccm_portal.core.file_kinds import FileRefused
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.permissions import require
from ccm_portal.core.seen import stands_now
from ccm_portal.core.views.giving_out import given_out
from committees.domain.said import WorkChanged, WorkRefused
from committees.views.stale import offered_again
from compliance.domain import request_clock, request_desk, request_drafts, request_files, request_form
from compliance.domain import request_people as people
from compliance.forms_requests import AnnexForm, BenchmarksForm, DurationForm, InviteToDraftForm, SectionForm
from compliance.models import RequestSection
from compliance.rules_requests import visible_places, visible_request_files
from compliance.views.requests_own import draft_of, frame
from meetings.forms_papers import content_of


@private_page
def request_section(request: PrivateRequest, state: str, clock: str, number: int, key: str) -> HttpResponse:
    """One section. Somebody else's text that came in between stands beside what was typed."""
    draft = draft_of(request, state, clock, number)
    require(request.user, "compliance.write_draft", draft)
    asked = request_form.section_of(draft, key)
    if asked is None:
        raise Http404
    section = get_object_or_404(RequestSection, request=draft, key=key)
    is_duration = key == request_form.DURATION
    form_class = DurationForm if is_duration else SectionForm
    form = form_class(request.POST if request.method == "POST" else None, initial=_initial(section))
    stands = None
    if form.is_valid():
        try:
            request_drafts.write_section(
                section=section,
                text=form.cleaned_data["text"],
                day=form.cleaned_data.get("day"),
                version=form.cleaned_data["version"],
                by=request.user,
                at=portal_clock.now(),
            )
        except WorkChanged as refusal:
            stands = offered_again(form, now=_initial(refusal.now), why=str(refusal))
        except WorkRefused as refusal:
            form.add_error("day" if is_duration else None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("compliance:request-draft", **draft.address)
    context = frame(request, draft) | {"asked": asked, "section": section, "form": form, "stands": stands}
    if is_duration:
        context["beyond"] = request_clock.beyond_the_limit(draft.clock, section.day)
    return render(request, "compliance/request_section.html", context, status=422 if form.errors else 200)


@private_page
def request_benchmarks(request: PrivateRequest, state: str, clock: str, number: int) -> HttpResponse:
    """What the State offers to reach, and by when."""
    draft = draft_of(request, state, clock, number)
    require(request.user, "compliance.write_draft", draft)
    offers = request_desk.offers_of(draft)
    form = BenchmarksForm(
        request.POST if request.method == "POST" else None, offers=offers, initial={"version": draft.version}
    )
    stands = None
    if form.is_valid():
        try:
            request_drafts.offer_benchmarks(
                request=draft,
                offers=form.offers(),
                version=form.cleaned_data["version"],
                by=request.user,
                at=portal_clock.now(),
            )
        except WorkChanged as refusal:
            draft.refresh_from_db()
            stands_now(form, draft.version)
            form.add_error(None, str(refusal))
            stands = offers
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("compliance:request-draft", **draft.address)
    context = frame(request, draft) | {"form": form, "stands": stands}
    return render(request, "compliance/request_benchmarks.html", context, status=422 if form.errors else 200)


@private_page
def request_annexes(request: PrivateRequest, state: str, clock: str, number: int) -> HttpResponse:
    """The annexes of the draft: add one, take one out."""
    draft = draft_of(request, state, clock, number)
    require(request.user, "compliance.write_draft", draft)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = AnnexForm(*sent, initial={"language": draft.language})
    if form.is_valid():
        cleaned = form.cleaned_data
        try:
            request_files.add(
                request=draft,
                title=cleaned["title"],
                language=cleaned["language"],
                content=content_of(cleaned["file"]),
                name=cleaned["file"].name or "",
                by=request.user,
                at=portal_clock.now(),
            )
        except (WorkRefused, FileRefused) as refusal:
            form.add_error(None if isinstance(refusal, WorkRefused) else "file", str(refusal))
        else:
            messages.success(request, _("The annex is added."))
            return redirect("compliance:request-annexes", **draft.address)
    context = frame(request, draft) | {"form": form, "annexes": request_files.current(draft)}
    return render(request, "compliance/request_annexes.html", context, status=422 if form.errors else 200)


@private_page
@require_POST
def request_annex_remove(request: PrivateRequest, state: str, clock: str, number: int, pk: int) -> HttpResponse:
    draft = draft_of(request, state, clock, number)
    require(request.user, "compliance.write_draft", draft)
    annex = get_object_or_404(visible_request_files(request.user), request=draft, pk=pk)
    try:
        request_files.remove(annex=annex, by=request.user, at=portal_clock.now())
    except WorkRefused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("Taken out of the draft."))
    return redirect("compliance:request-annexes", **draft.address)


@private_page
def request_people(request: PrivateRequest, state: str, clock: str, number: int) -> HttpResponse:
    """Who can read the draft, and whom the State invites."""
    draft = draft_of(request, state, clock, number)
    require(request.user, "compliance.invite_to_draft", draft)
    form = InviteToDraftForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            place = people.invite(request=draft, by=request.user, at=portal_clock.now(), **form.cleaned_data)
        except WorkRefused as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, _("%(name)s can open this draft now.") % {"name": place.user})
            return redirect("compliance:request-people", **draft.address)
    context = frame(request, draft) | {
        "form": form,
        "places": visible_places(request.user).filter(content_object=draft).order_by("pk"),
    }
    return render(request, "compliance/request_people.html", context, status=422 if form.errors else 200)


@private_page
@require_POST
def request_place_end(request: PrivateRequest, state: str, clock: str, number: int, pk: int) -> HttpResponse:
    """End a place: from the person's next request on."""
    draft = draft_of(request, state, clock, number)
    require(request.user, "compliance.invite_to_draft", draft)
    place = get_object_or_404(visible_places(request.user), content_object=draft, pk=pk)
    try:
        people.end(place=place, by=request.user, at=portal_clock.now())
    except WorkRefused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("%(name)s can no longer open this draft.") % {"name": place.user})
    return redirect("compliance:request-people", **draft.address)


@private_page
@require_safe
def draft_file(request: PrivateRequest, pk: int, name: str) -> HttpResponseBase:
    """An annex, for those who may read the draft. ``name`` is for who saves it, and decides nothing."""
    annex = get_object_or_404(visible_request_files(request.user), pk=pk)
    return given_out(request, annex.file, annex.file.name, cache="private, no-store", found=False)


def _initial(section: Any) -> dict[str, Any]:
    return {"text": section.text, "day": section.day, "version": section.version}
