"""The desk of the analysis: which requests there are, one with its group, who is in it, its agenda item."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ccm_portal.core import clock as portal_clock
from ccm_portal.core.http import PrivateRequest, number_of, private_page
from ccm_portal.core.permissions import may, require
from ccm_portal.core.seen import SeenForm
from committees.domain.said import WorkChanged, WorkRefused
from compliance.domain import analyses, analysis_reading, benchmarks, groups, request_reading
from compliance.enums import BenchmarkStage, RequestOutcome
from compliance.forms_analysis import AddMemberForm, DeclareForm, ItemForm
from compliance.models import Analysis, ExtensionRequest, GroupMember, of_address
from compliance.rules_analysis import OPEN, desk_requests, group_requests
from meetings.enums import DecisionStatus


@private_page
@require_safe
def request_desk(request: PrivateRequest) -> HttpResponse:
    """Requests of whose analysis this person has something to do."""
    found = desk_requests(request.user).prefetch_related("group", "questions").select_related("analysis")
    rows = [
        (one, request_reading.title_of(one), *request_reading.badge(one)) for one in found.order_by("-lodged_on", "pk")
    ]
    context = {
        "open_rows": [row for row in rows if _waits(row[0])],
        "closed": [row for row in rows if not _waits(row[0])],
    }
    return render(request, "compliance/request_desk.html", context)


def _waits(extension: ExtensionRequest) -> bool:
    """For a decision, or for the record of one."""
    return extension.status in OPEN or extension.outcome == RequestOutcome.NOT_RECORDED


@private_page
@require_safe
def group_desk(request: PrivateRequest, state: str, clock: str, number: int) -> HttpResponse:
    """One request with what its group has: members, questions, the analysis so far."""
    extension = desk_request(request, state, clock, number)
    return render(request, "compliance/group_desk.html", desk_frame(request, extension))


@private_page
@require_POST
def group_begin(request: PrivateRequest, state: str, clock: str, number: int) -> HttpResponse:
    extension = desk_request(request, state, clock, number)
    require(request.user, "compliance.begin_group", extension)
    try:
        groups.begin(request=extension, by=request.user, at=portal_clock.now())
    except WorkRefused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("The analysis group is there. Look who is in it."))
    return redirect("compliance:group-desk", **extension.address)


@private_page
def group_members(request: PrivateRequest, state: str, clock: str, number: int) -> HttpResponse:
    """Who is in the group; adding one."""
    extension = group_request(request, state, clock, number)
    require(request.user, "compliance.lead_group", extension)
    form = AddMemberForm(request.POST if request.method == "POST" else None, request=extension)
    if form.is_valid():
        try:
            groups.add(request=extension, by=request.user, at=portal_clock.now(), **form.cleaned_data)
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("compliance:group-members", **extension.address)
    context = desk_frame(request, extension) | {"form": form}
    return render(request, "compliance/group_members.html", context, status=422 if form.errors else 200)


@private_page
def group_member(request: PrivateRequest, state: str, clock: str, number: int, pk: int) -> HttpResponse:
    """What binds a member to the State that asks, and whether it stands aside; out of the group with ``do=remove``."""
    extension = group_request(request, state, clock, number)
    member = get_object_or_404(
        GroupMember.objects.select_related("state", "organisation", "request"), request=extension, pk=pk
    )
    require(request.user, "compliance.lead_group", extension)
    at = portal_clock.now()
    initial = {"version": member.version, "conflict": member.conflict, "stands_aside": member.stands_aside}
    removes = request.POST.get("do") == "remove"
    posted = request.POST if request.method == "POST" else None
    form: Any = SeenForm(posted) if removes else DeclareForm(posted, initial=initial)
    if form.is_valid():
        try:
            if removes:
                groups.remove(member=member, version=form.cleaned_data["version"], by=request.user, at=at)
            else:
                groups.declare(member=member, by=request.user, at=at, **form.cleaned_data)
        except WorkChanged as refusal:
            form = _again(request, refusal.now)
            form.add_error(None, str(refusal))
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("compliance:group-members", **extension.address)
    told = next(one for one in analysis_reading.group_of(extension) if one.member.pk == member.pk)
    context = desk_frame(request, extension) | {"form": form, "member": member, "told": told}
    return render(request, "compliance/group_member.html", context, status=422 if form.errors else 200)


def _again(request: HttpRequest, now: Any) -> DeclareForm:
    data = request.POST.copy()
    data["version"] = str(now.version)
    form = DeclareForm(data)
    form.is_valid()
    return form


@private_page
@require_POST
def request_item(request: PrivateRequest, state: str, clock: str, number: int) -> HttpResponse:
    """On which item of the agenda the meeting takes it up."""
    extension = desk_request(request, state, clock, number)
    require(request.user, "compliance.issue_analysis", extension)
    form = ItemForm(request.POST, request=extension)
    try:
        if form.is_valid():
            analyses.put_on_item(request=extension, by=request.user, at=portal_clock.now(), **form.cleaned_data)
            messages.success(request, _("Saved."))
        else:
            messages.info(request, _("One of the items is no longer on the agenda. Choose again."))
    except WorkRefused as refusal:
        messages.info(request, str(refusal))
    return redirect("compliance:group-desk", **extension.address)


def desk_request(request: PrivateRequest, state: str, clock: str, number: int) -> ExtensionRequest:
    """The request that the address names, if its analysis is any business of this person; 404 otherwise."""
    return get_object_or_404(desk_requests(request.user), of_address(state, clock, number))


def group_request(request: PrivateRequest, state: str, clock: str, number: int) -> ExtensionRequest:
    """The same, for those who work in its group."""
    return get_object_or_404(group_requests(request.user), of_address(state, clock, number))


def desk_frame(request: PrivateRequest, extension: ExtensionRequest) -> dict[str, Any]:
    """What the pages of one request on the desk show; what the group writes, for those alone who work in it."""
    user = request.user
    works = may(user, "compliance.work_in_group", extension)
    is_open = extension.status in OPEN
    questions = list(extension.questions.order_by("number")) if works else []
    badge, label = request_reading.badge(extension)
    decision = extension.decision
    may_issue = may(user, "compliance.issue_analysis", extension)
    group = analysis_reading.group_of(extension)
    return {
        "extension": extension,
        "state": extension.state,
        "title": request_reading.title_of(extension),
        "badge": badge,
        "badge_label": label,
        "figures": request_reading.figures(extension),
        "group": group,
        "works": works,
        "is_open": is_open,
        "leads": works and may(user, "compliance.lead_group", extension),
        "may_begin": not group and may(user, "compliance.begin_group", extension),
        "may_issue": may_issue,
        "may_draft": may(user, "compliance.draft_outcome", extension),
        "may_record": extension.outcome == RequestOutcome.NOT_RECORDED
        and extension.meeting is not None
        and may(user, "compliance.record_outcome", extension),
        "questions": [(one, analysis_reading.about(one, extension)) for one in questions],
        "analysis": Analysis.objects.filter(request=extension).select_related("written_by", "document").first()
        if works
        else None,
        "recommended": benchmarks.rows_of(extension, BenchmarkStage.ANALYSIS) if works else [],
        "decided_benchmarks": analysis_reading.benchmarks_of(extension, BenchmarkStage.DECISION),
        "decision": decision,
        "decision_waits": decision is not None and decision.status != DecisionStatus.TAKEN,
        "item_form": ItemForm(initial={"version": extension.version, "code": extension.code}, request=extension)
        if may_issue and extension.meeting
        else None,
    }


def version_sent(request: HttpRequest) -> int:
    """The version that the page showed."""
    return number_of(request.POST.get("version", ""))
