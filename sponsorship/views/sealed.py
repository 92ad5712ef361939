"""Sealed data of one person: what is there, reading it, writing it, its files."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ccm_portal.core import clock
from ccm_portal.core.file_kinds import FileRefused
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.seen import stands_now
from ccm_portal.core.views.fresh import asks_again, signed_in_just_now, to_sign_in_again
from ccm_portal.core.views.giving_out import LOCKED
from ccm_portal.core.writing import date_text
from committees.domain.said import WorkChanged, WorkRefused
from sponsorship.domain import bank_changes, purging, sealed_files, sealing
from sponsorship.domain.sealed_values import DAYS
from sponsorship.enums import SealedKind
from sponsorship.forms_sealed import FORMS, BankChangeForm, SealedFileForm, SealedForm
from sponsorship.models import Nominee
from sponsorship.rules_sealed import office_files, office_people


def person_of(request: PrivateRequest, pk: Any) -> Nominee:
    return get_object_or_404(office_people(request.user), pk=pk)


def frame(nominee: Nominee) -> dict[str, Any]:
    """What every page about one person shows."""
    round = nominee.application.round
    return {
        "nominee": nominee,
        "round": round,
        "state": nominee.application.state,
        "purge_day": purging.purge_day(round),
        "purged_at": purging.purged_at(round),
    }


def back_to(nominee: Nominee) -> str:
    return reverse("sponsorship:sealed", args=[nominee.pk])


@private_page
@require_safe
def sealed(request: PrivateRequest, pk: Any) -> HttpResponse:
    """Which kinds are there, and since when; never a part of them."""
    return _overview(request, person_of(request, pk), SealedFileForm())


def _overview(request: PrivateRequest, nominee: Nominee, form: SealedFileForm) -> HttpResponse:
    files = nominee.sealed_files.select_related("added_by").defer("content", "name").order_by("pk")
    context = frame(nominee) | {
        "kinds": sealing.masked(nominee),
        "files": files,
        "change": bank_changes.open_change(nominee),
        "form": form,
    }
    return render(request, "sponsorship/sealed.html", context, status=422 if form.errors else 200)


@private_page
@require_POST
def sealed_read(request: PrivateRequest, pk: Any, kind: str) -> HttpResponse:
    """One kind, read right after signing in and logged. The answer to a button: no address shows it again."""
    nominee = person_of(request, pk)
    kind = _known(kind)
    if not signed_in_just_now(request):
        return to_sign_in_again(back_to(nominee))
    try:
        values = sealing.read(nominee, kind, by=request.user, at=clock.now())
    except WorkRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(back_to(nominee))
    if not values:
        return redirect(back_to(nominee))
    shown = _version(nominee, kind)
    form = FORMS[kind](initial=values | {"version": shown}) if kind != SealedKind.BANK else None
    context = frame(nominee) | {
        "kind": kind,
        "rows": rows_of(kind, values),
        "form": form,
    }
    return render(request, "sponsorship/sealed_read.html", context)


def rows_of(kind: str, values: dict[str, str]) -> list[dict[str, Any]]:
    """A summary list of what is sealed; of a choice, its words."""
    form = FORMS[kind]()
    rows = []
    for name, text in values.items():
        words = dict(getattr(form.fields[name], "choices", [])).get(text, text)
        if text and name in DAYS:
            words = date_text(date.fromisoformat(text))
        rows.append({"term": form.fields[name].label, "value": words or _("none"), "none": not text})
    return rows


@private_page
def sealed_write(request: PrivateRequest, pk: Any, kind: str) -> HttpResponse:
    """Write one kind, in place of what was there. An account that is there already is changed by two persons."""
    nominee = person_of(request, pk)
    kind = _known(kind)
    version = _version(nominee, kind)
    changes = kind == SealedKind.BANK and version > 0
    form_class = BankChangeForm if changes else FORMS[kind]
    form = form_class(request.POST if request.method == "POST" else None, initial={"version": version})
    if form.is_valid() and not asks_again(request, form):
        try:
            _keep(nominee, kind, form, request)
        except WorkChanged as refusal:
            stands_now(form, _version(nominee, kind))
            form.add_error(None, str(refusal))
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("The change waits for a second person.") if changes else _("Saved.")
            messages.success(request, said)
            return redirect(back_to(nominee))
    context = frame(nominee) | {"kind": kind, "changes": changes, "form": form}
    return render(request, "sponsorship/sealed_write.html", context, status=422 if form.errors else 200)


def _keep(nominee: Nominee, kind: SealedKind, form: SealedForm, request: PrivateRequest) -> None:
    version, at = form.cleaned_data["version"], clock.now()
    if isinstance(form, BankChangeForm):
        reason = form.cleaned_data["reason"]
        bank_changes.propose(nominee, form.values(), reason=reason, by=request.user, at=at, version=version)
    else:
        sealing.write(nominee, kind, form.values(), by=request.user, at=at, seen=version)


@private_page
@require_POST
def sealed_file_add(request: PrivateRequest, pk: Any) -> HttpResponse:
    nominee = person_of(request, pk)
    form = SealedFileForm(request.POST, request.FILES)
    if form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            sealed_files.refuse_large(sent.size or 0)
            sealed_files.store_file(
                nominee,
                bytes(sent.read()),
                sent.name or "",
                kind=form.cleaned_data["kind"],
                by=request.user,
                at=clock.now(),
            )
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The file is sealed."))
            return redirect(back_to(nominee))
    return _overview(request, nominee, form)


@private_page
@require_POST
def sealed_file_read(request: PrivateRequest, pk: Any, file: int) -> HttpResponse:
    """A file, to be saved: read right after signing in and logged. No browser opens it on our pages."""
    found = get_object_or_404(office_files(request.user), nominee=pk, pk=file)
    if not signed_in_just_now(request):
        return to_sign_in_again(back_to(found.nominee))
    try:
        opened = sealed_files.read_file(found, by=request.user, at=clock.now())
    except WorkRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(back_to(found.nominee))
    response = HttpResponse(
        opened.content,
        content_type=opened.content_type,
        headers={
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": LOCKED,
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )
    response.headers["Content-Disposition"] = content_disposition_header(True, opened.name)
    return response


@private_page
@require_POST
def sealed_file_remove(request: PrivateRequest, pk: Any, file: int) -> HttpResponse:
    found = get_object_or_404(office_files(request.user), nominee=pk, pk=file)
    sealed_files.remove_file(found, by=request.user, at=clock.now())
    messages.success(request, _("The file is deleted."))
    return redirect(back_to(found.nominee))


def _known(kind: str) -> SealedKind:
    if kind not in SealedKind.values:
        raise Http404
    return SealedKind(kind)


def _version(nominee: Nominee, kind: str) -> int:
    return next(one.version for one in sealing.masked(nominee) if one.kind == kind)
