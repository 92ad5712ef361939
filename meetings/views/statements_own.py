"""A delegation's own texts, and those the ISO enters for one that mailed them: hand in, correct, release, withdraw."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ccm_portal.core.files import FileRefused
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.permissions import is_iso_staff
from ccm_portal.core.seen import SeenForm, stands_now
from meetings.domain import floor_requests, statements
from meetings.domain.agenda_reading import public_item, public_items
from meetings.domain.floor_room import FloorChanged, FloorRefused, code_under_discussion
from meetings.domain.statements import Given
from meetings.enums import StatementRelease
from meetings.forms_room import CorrectForm, StatementForm
from meetings.models import Meeting, Statement
from meetings.rules_room import own_statements, speaking_delegations
from meetings.views import room_time
from meetings.views.acting import meeting_for


@private_page
def statement_hand_in(request: PrivateRequest, key: str) -> HttpResponse:
    meeting = meeting_for(request, key, "meetings.ask_for_the_floor")
    form = _form(request, meeting)
    if request.method == "POST" and form.is_valid():
        try:
            statement = statements.hand_in(
                meeting=meeting,
                code=form.cleaned_data["item"],
                delegation=form.cleaned_data["delegation"],
                given=_given(form.cleaned_data),
                release=form.cleaned_data["release"],
                on_behalf_of=form.cleaned_data["on_behalf_of"],
                by=request.user,
                at=room_time.now(),
            )
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
        except FloorRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The statement is with the ISO."))
            return redirect("meetings:statement-own", meeting.key, statement.pk)
    context = {"meeting": meeting, "form": form, "for_others": is_iso_staff(request.user)}
    return render(request, "meetings/statement_hand_in.html", context, status=422 if form.errors else 200)


def _form(request: PrivateRequest, meeting: Meeting) -> StatementForm:
    delegations = speaking_delegations(request.user, meeting)
    items = public_items(meeting)
    if not items or not delegations:
        raise PermissionDenied
    asked = request.GET
    initial = {
        "item": asked.get("item") or code_under_discussion(meeting),
        "delegation": asked.get("delegation"),
        "on_behalf_of": asked.get("group", "")[:200],
        "language": request.LANGUAGE_CODE,  # type: ignore[attr-defined]
        "release": StatementRelease.WHEN_GIVEN,
    }
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    given = floor_requests.given_without_text(meeting, delegations)
    return StatementForm(*data, items=items, delegations=delegations, given=given, initial=initial)


@private_page
def statement_own(request: PrivateRequest, key: str, pk: int) -> HttpResponse:
    statement = get_object_or_404(own_statements(request.user), pk=pk, meeting__key=key)
    if request.method == "POST":
        if request.POST.get("act") == "text":
            return _correct(request, statement)
        return _press(request, statement)
    return _page(request, statement)


def _press(request: PrivateRequest, statement: Statement) -> HttpResponse:
    """Release it, withdraw it, or say when it becomes public."""
    form = SeenForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    what: dict[str, Any] = {"statement": statement, "version": version, "by": request.user, "at": room_time.now()}
    act = request.POST.get("act", "")
    try:
        if act == "release":
            statements.release(**what)
        elif act == "withdraw":
            statements.withdraw(**what)
        elif act in StatementRelease.values:
            statements.set_release(when=act, **what)
        else:
            raise Http404
    except FloorChanged:
        messages.info(request, _("The statement was changed after you opened the page. Read it again, then decide."))
    except FloorRefused as refusal:
        messages.warning(request, str(refusal))
    return redirect("meetings:statement-own", statement.meeting.key, statement.pk)


def _correct(request: PrivateRequest, statement: Statement) -> HttpResponse:
    form = CorrectForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            statements.put_text(
                statement=statement,
                given=_given(form.cleaned_data),
                version=form.cleaned_data["version"],
                by=request.user,
                at=room_time.now(),
            )
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
        except FloorChanged as refusal:
            stands_now(form, Statement.objects.get(pk=statement.pk).version)
            form.add_error(None, str(refusal))
        except FloorRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The text is kept."))
            return redirect("meetings:statement-own", statement.meeting.key, statement.pk)
    return _page(request, statement, form)


def _given(cleaned: dict[str, Any]) -> Given:
    chosen = cleaned.get("file")
    return Given(
        language=cleaned["language"],
        text=cleaned["text"],
        name=chosen.name if chosen else "",
        content=chosen.read() if chosen else b"",
    )


def _page(request: PrivateRequest, statement: Statement, form: CorrectForm | None = None) -> HttpResponse:
    statement = own_statements(request.user).get(pk=statement.pk)
    context = {
        "meeting": statement.meeting,
        "statement": statement,
        "item": public_item(statement.meeting, statement.code),
        "texts": list(statement.texts.select_related("file").order_by("pk")),
        "form": form or CorrectForm(initial={"version": statement.version, "language": request.LANGUAGE_CODE}),  # type: ignore[attr-defined]
        "refused": form,
    }
    return render(request, "meetings/statement_own.html", context, status=422 if form else 200)
