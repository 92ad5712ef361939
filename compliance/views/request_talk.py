"""What is said of a lodged request: questions of the group, answers of the State, comments of others."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ccm_portal.core import clock as portal_clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.permissions import may, require
from ccm_portal.core.seen import SeenForm, stands_now
from committees.domain.said import WorkChanged, WorkRefused
from compliance.domain import analysis_reading, request_comments, request_questions, request_reading
from compliance.forms_analysis import AnswerForm, AskForm, CommentForm
from compliance.models import ExtensionRequest, of_address
from compliance.rules_analysis import OPEN, lodged_requests, own_comments, own_lodged_requests, speakers
from compliance.views.analysis_desk import desk_frame, group_request


@private_page
def group_ask(request: PrivateRequest, state: str, clock: str, number: int) -> HttpResponse:
    """The group asks the State."""
    extension = group_request(request, state, clock, number)
    require(request.user, "compliance.work_in_group", extension)
    form = AskForm(request.POST if request.method == "POST" else None, request=extension)
    if form.is_valid():
        try:
            request_questions.ask(request=extension, by=request.user, at=portal_clock.now(), **form.cleaned_data)
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The State has your question. Its delegates are told."))
            return redirect("compliance:group-desk", **extension.address)
    context = desk_frame(request, extension) | {"form": form}
    return render(request, "compliance/group_ask.html", context, status=422 if form.errors else 200)


@private_page
@require_safe
def own_questions(request: PrivateRequest, state: str, clock: str, number: int) -> HttpResponse:
    """What the group has asked the State, answered and not."""
    extension = _own(request, state, clock, number)
    rows = [(one, analysis_reading.about(one, extension)) for one in extension.questions.order_by("number")]
    context = _frame(extension) | {"rows": rows, "is_open": extension.status in OPEN}
    return render(request, "compliance/own_questions.html", context)


@private_page
def group_answer(request: PrivateRequest, state: str, clock: str, number: int, question: int) -> HttpResponse:
    """The State answers: question and answer are public from then on."""
    extension = _own(request, state, clock, number)
    row = get_object_or_404(extension.questions.select_related("request__state"), number=question)
    initial = {"version": row.version, "text": row.answer}
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=initial)
    stands = None
    if form.is_valid():
        try:
            request_questions.answer(question=row, by=request.user, at=portal_clock.now(), **form.cleaned_data)
        except WorkChanged as refusal:
            stands = refusal.now
            stands_now(form, stands.version)
            form.add_error(None, str(refusal))
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Everybody can read the question and your answer now."))
            return redirect("compliance:own-questions", **extension.address)
    context = _frame(extension) | {
        "question": row,
        "section": analysis_reading.about(row, extension),
        "form": form,
        "stands": stands,
    }
    return render(request, "compliance/group_answer.html", context, status=422 if form.errors else 200)


@private_page
def request_comment(request: PrivateRequest, state: str, clock: str, number: int) -> HttpResponse:
    """Another State Party, or an organisation, says something of the request."""
    extension = get_object_or_404(lodged_requests(), of_address(state, clock, number))
    mine = own_comments(request.user).filter(request=extension, withdrawn_at=None).order_by("written_at")
    if not may(request.user, "compliance.comment_request", extension):
        context = _frame(extension) | {"mine": mine, "is_open": extension.status in OPEN}
        return render(request, "compliance/comment_closed.html", context, status=403)
    names = speakers(request.user, extension)
    form = CommentForm(request.POST if request.method == "POST" else None, speakers=names)
    if form.is_valid():
        try:
            request_comments.comment(request=extension, by=request.user, at=portal_clock.now(), **form.cleaned_data)
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Everybody can read your comment now."))
            return redirect(f"{extension.get_absolute_url()}#comments")
    context = _frame(extension) | {"form": form, "mine": mine}
    return render(request, "compliance/request_comment.html", context, status=422 if form.errors else 200)


@private_page
@require_POST
def comment_withdraw(request: PrivateRequest, pk: int) -> HttpResponse:
    """Its author takes a comment back."""
    row = get_object_or_404(own_comments(request.user), pk=pk)
    require(request.user, "compliance.withdraw_comment", row)
    form = SeenForm(request.POST)
    try:
        version = form.cleaned_data["version"] if form.is_valid() else 0
        request_comments.withdraw(comment=row, version=version, by=request.user, at=portal_clock.now())
    except WorkRefused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("Your comment is withdrawn."))
    return redirect(f"{row.request.get_absolute_url()}#comments")


def _own(request: PrivateRequest, state: str, clock: str, number: int) -> ExtensionRequest:
    return get_object_or_404(own_lodged_requests(request.user), of_address(state, clock, number))


def _frame(extension: ExtensionRequest) -> dict[str, Any]:
    badge, label = request_reading.badge(extension)
    return {
        "extension": extension,
        "state": extension.state,
        "title": request_reading.title_of(extension),
        "badge": badge,
        "badge_label": label,
    }
