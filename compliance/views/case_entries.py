"""The time line of a case: writing an entry, changing one and who reads it, the reply of the State concerned, files."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ccm_portal.core import clock
from ccm_portal.core.file_kinds import FileRefused
from ccm_portal.core.http import PrivateRequest, number_of
from committees.domain.said import WorkChanged, WorkRefused
from committees.views.stale import offered_again
from compliance.domain import case_entries
from compliance.domain.case_entries import ConcernChanged, Given
from compliance.domain.case_reading import Line, one_line
from compliance.enums import EntryKind, Side
from compliance.forms_casework import (
    ConcernForm,
    EditEntryForm,
    EntryForm,
    FilesForm,
    ReplyForm,
    SayableForm,
    SetReadersForm,
    attached,
)
from compliance.models import CasePlace, ComplianceCase
from compliance.rules import team_of
from compliance.rules_casework import visible_files
from compliance.views.case_pages import case_frame, case_page


@case_page("compliance.write_case")
def entry_new(request: PrivateRequest, case: ComplianceCase, place: CasePlace) -> HttpResponse:
    """A new entry; with ``kind=concern``, a concern that is put to the State."""
    is_concern = request.GET.get("kind") == EntryKind.CONCERN
    made = ConcernForm if is_concern else EntryForm
    now = clock.now()
    form = made(request.POST or None, request.FILES or None, team=team_of(case), initial={"on": now.date()})
    if form.is_valid():
        try:
            files = attached(form.cleaned_data["files"])
            entry = case_entries.add_entry(case=case, given=form.given(), attached=files, by=request.user, at=now)
        except FileRefused as refusal:
            form.add_error("files", str(refusal))
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return _back(case, entry.pk)
    context = case_frame(request, case, place, "case-entry-new") | {
        "form": form,
        "is_concern": is_concern,
        "nobody_is_heard": is_concern and not case.places.filter(side=Side.CONCERNED).exists(),
    }
    return render(request, "compliance/case_entry_new.html", context, status=422 if form.errors else 200)


@case_page("compliance.read_case", what="entry:{number}")
def entry(request: PrivateRequest, case: ComplianceCase, place: CasePlace, *, number: int) -> HttpResponse:
    """One entry: changed by whom it is to change, each form for itself (``do``)."""
    found = _found(request, case, place, number)
    made = _forms(request, case, found)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    form = made.get(do)
    stands = None
    if do == "detach":
        return _detach(request, case, found)
    if request.method == "POST" and do not in ACTS:
        raise Http404
    if form is not None and form.is_valid():
        try:
            ACTS[do](request, found, form)
        except WorkChanged as refusal:
            stands = offered_again(form, now=_initial(refusal.now), why=str(refusal))
            found = _found(request, case, place, number)
        except (FileRefused, WorkRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return _back(case, number)
    context = case_frame(request, case, place, "case-entry") | {
        "line": found,
        "forms": {name: one for name, one in made.items() if _offered(name, found)},
        "stands": stands,
        "open": do,
        "of_team": place.side == Side.TEAM,
    }
    return render(request, "compliance/case_entry.html", context, status=422 if form and form.errors else 200)


@case_page("compliance.read_case", what="entry:{number}")
def reply(request: PrivateRequest, case: ComplianceCase, place: CasePlace, *, number: int) -> HttpResponse:
    """The State concerned replies to a concern; or the team notes a reply that came on another way."""
    found = _found(request, case, place, number)
    if not found.is_concern:
        raise Http404
    own = place.side == Side.CONCERNED
    case_entries.refuse_reply(case, place, by=request.user)
    now = clock.now()
    initial = {"version": found.entry.version, "on": now.date()}
    form = ReplyForm(request.POST or None, request.FILES or None, own=own, initial=initial)
    changed = False
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in form.cleaned_data if name != "files"}
        try:
            files = attached(form.cleaned_data["files"])
            case_entries.reply(concern=found.entry, attached=files, by=request.user, at=now, **given)
        except ConcernChanged as refusal:
            offered_again(form, now={"version": refusal.now.version}, why=str(refusal))
            found, changed = _found(request, case, place, number), True
        except FileRefused as refusal:
            form.add_error("files", str(refusal))
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The reply stands beside the concern."))
            return _back(case, number)
    context = case_frame(request, case, place, "case-reply") | {
        "line": found,
        "form": form,
        "own": own,
        "changed": changed,
    }
    return render(request, "compliance/case_reply.html", context, status=422 if form.errors else 200)


@require_safe
@case_page("compliance.read_case", what="file:{number}")
def case_file(request: PrivateRequest, case: ComplianceCase, place: CasePlace, *, number: int) -> HttpResponseBase:
    """A file, by the rule of the entry on which it is."""
    row = get_object_or_404(visible_files(request.user, case), pk=number)
    stored = row.file
    return FileResponse(
        stored.file.open("rb"), as_attachment=True, filename=row.title, content_type=stored.content_type
    )


def _detach(request: PrivateRequest, case: ComplianceCase, found: Line) -> HttpResponse:
    wanted = number_of(request.POST.get("file", ""))
    row = next((one for one in found.files if one.pk == wanted), None)
    if row is None:
        raise Http404
    try:
        case_entries.detach(file=row, by=request.user, at=clock.now())
    except WorkRefused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("The file is removed."))
    return _back(case, found.entry.pk)


def _edit(request: PrivateRequest, found: Line, form: Any) -> None:
    cleaned, entry = form.cleaned_data, found.entry
    given = Given(
        kind=entry.kind,
        on=cleaned.get("on") or entry.on,
        with_whom=cleaned.get("with_whom", ""),
        text=cleaned["text"],
    )
    case_entries.edit_entry(entry=entry, given=given, version=cleaned["version"], by=request.user, at=clock.now())


def _readers(request: PrivateRequest, found: Line, form: Any) -> None:
    case_entries.set_readers(entry=found.entry, by=request.user, at=clock.now(), **form.cleaned_data)


def _say(request: PrivateRequest, found: Line, form: Any) -> None:
    case_entries.say(entry=found.entry, by=request.user, at=clock.now(), **form.cleaned_data)


def _attach(request: PrivateRequest, found: Line, form: Any) -> None:
    files = attached(form.cleaned_data["files"])
    case_entries.attach(entry=found.entry, attached=files, by=request.user, at=clock.now())


ACTS = {"edit": _edit, "readers": _readers, "say": _say, "attach": _attach}


def _offered(name: str, found: Line) -> bool:
    return {"edit": found.may_edit, "attach": found.may_edit, "readers": found.may_open, "say": found.may_say}[name]


def _forms(request: PrivateRequest, case: ComplianceCase, found: Line) -> dict[str, forms.Form]:
    """The four forms of an entry; the one that was sent is filled with what was sent."""
    sent = request.POST.get("do") if request.method == "POST" else None
    initial = _initial(found.entry)

    def posted(name: str) -> dict[str, Any]:
        given = {"data": request.POST, "files": request.FILES} if sent == name else {}
        return given | {"auto_id": f"{name}_%s", "initial": initial}

    team = team_of(case) if found.may_open or sent == "readers" else ()
    return {
        "edit": EditEntryForm(own=found.is_states_own, **posted("edit")),
        "readers": SetReadersForm(team=team, **posted("readers")),
        "say": SayableForm(**posted("say")),
        "attach": FilesForm(**posted("attach")),
    }


def _initial(entry: Any) -> dict[str, Any]:
    names = ("version", "on", "with_whom", "text", "readers", "sayable")
    chosen = [str(pk) for pk in entry.chosen.values_list("user", flat=True)]
    return {name: getattr(entry, name) for name in names} | {"chosen": chosen}


def _found(request: PrivateRequest, case: ComplianceCase, place: CasePlace, number: int) -> Line:
    line = one_line(request.user, case, place, number)
    if line is None:
        raise Http404
    return line


def _back(case: ComplianceCase, number: int) -> HttpResponse:
    return redirect(f"{case.get_absolute_url()}#entry-{number}")
