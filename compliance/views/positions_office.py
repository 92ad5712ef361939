"""The office's pages of positions: what is proposed, noting, correcting, taking in and out."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.permissions import require
from ccm_portal.core.seen import SeenForm, stands_now
from committees.domain.said import WorkChanged, WorkRefused
from committees.views.stale import offered_again
from compliance.domain import positions
from compliance.domain.positions import Words
from compliance.enums import PositionSource, PositionStatus
from compliance.forms_positions import CorrectForm, ReasonForm, TranslationForm
from compliance.models import Position
from compliance.rules_positions import office_positions, public_positions
from compliance.views.position_sources import new_page, sources_page

PAGE = 50


@require_safe
@private_page
def office_list(request: PrivateRequest) -> HttpResponse:
    require(request.user, "compliance.keep_positions", None)
    every = office_positions(request.user)
    waiting = list(every.filter(status=PositionStatus.PROPOSED).order_by("noted_at", "pk"))
    settled = every.exclude(status=PositionStatus.PROPOSED).order_by("-noted_at", "-pk")
    page = Paginator(settled, PAGE).get_page(request.GET.get("page"))
    shown = set(public_positions().filter(pk__in=[one.pk for one in page.object_list]).values_list("pk", flat=True))
    context = {"waiting": waiting, "page": page, "shown": shown}
    return render(request, "compliance/office_positions.html", context)


@require_safe
@private_page
def office_sources(request: PrivateRequest) -> HttpResponse:
    require(request.user, "compliance.keep_positions", None)
    return sources_page(request, ways=_ways(), new_url=reverse("compliance:office-position-new"))


@private_page
def office_new(request: PrivateRequest) -> HttpResponse:
    require(request.user, "compliance.keep_positions", None)
    make = partial(positions.note, by=request.user, at=clock.now())
    answer = new_page(
        request, ways=_ways(), make=make, done=lambda one: reverse("compliance:office-position", args=[one.pk])
    )
    if answer.status_code == 302:
        messages.success(request, _("Noted. Everybody can read it now."))
    return answer


@private_page
def office_position(request: PrivateRequest, pk: int) -> HttpResponse:
    """One position, and a form to put right what the office noted, or to translate what a State said here."""
    require(request.user, "compliance.keep_positions", None)
    row = get_object_or_404(office_positions(request.user), pk=pk)
    own_word = row.source == PositionSource.SUBMISSION
    kind: Any = TranslationForm if own_word else CorrectForm
    form = kind(request.POST if request.method == "POST" else None, initial=_initial(row))
    stands = None
    if form.is_valid():
        typed = form.cleaned_data
        words = form.words() if not own_word else Words(
            topic=row.topic, text=row.text, said_on=row.said_on, translation=typed["translation"]
        )  # fmt: skip
        beside = {"where": typed.get("where", ""), "reference": typed.get("reference", "")}
        try:
            positions.correct(
                position=row, words=words, version=typed["version"], by=request.user, at=clock.now(), **beside
            )
        except WorkChanged as refusal:
            stands = offered_again(form, now=_initial(refusal.now), why=str(refusal))
        except WorkRefused as refusal:
            form.add_error("translation" if own_word else "text", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("compliance:office-position", pk=pk)
    return _page(request, row, form=form, stands=stands)


@private_page
@require_POST
def office_settle(request: PrivateRequest, pk: int) -> HttpResponse:
    """``do``: take_in, refuse, or take_out."""
    require(request.user, "compliance.keep_positions", None)
    row = get_object_or_404(office_positions(request.user), pk=pk)
    told = {"position": row, "by": request.user, "at": clock.now()}
    takes_in = request.POST.get("do") == "take_in"
    form: Any = SeenForm(request.POST) if takes_in else ReasonForm(request.POST)
    if form.is_valid():
        try:
            if takes_in:
                positions.take_in(version=form.cleaned_data["version"], **told)
            elif request.POST.get("do") == "refuse":
                positions.refuse(**form.cleaned_data, **told)
            else:
                positions.take_out(**form.cleaned_data, **told)
        except WorkChanged as refusal:
            stands_now(form, refusal.now.version)
            form.add_error(None, str(refusal))
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Everybody can read it now.") if takes_in else _("It is in no list any more."))
            return redirect("compliance:office-positions")
    row.refresh_from_db()
    return _page(request, row, form=None, refused=form)


def _page(
    request: PrivateRequest, row: Position, *, form: Any, stands: Any = None, refused: Any = None
) -> HttpResponse:
    open_to_change = row.status in (PositionStatus.PROPOSED, PositionStatus.PUBLISHED)
    reason = (
        refused if isinstance(refused, ReasonForm) else ReasonForm(initial={"version": row.version}, auto_id="r_%s")
    )
    context = _ways() | {
        "row": row,
        "form": form if open_to_change or (form and form.errors) else None,
        "stands": stands,
        "reason": reason,
        "refused": refused,
        "own_word": row.source == PositionSource.SUBMISSION,
        "is_shown": public_positions().filter(pk=row.pk).exists(),
    }
    wrong = bool((form and form.errors) or refused)
    return render(request, "compliance/office_position.html", context, status=422 if wrong else 200)


def _initial(row: Any) -> dict[str, Any]:
    names = ("said_on", "text", "language", "translation", "where", "reference", "version")
    return {name: getattr(row, name) for name in names} | {"topic": row.topic.key}


def _ways() -> dict[str, str]:
    return {
        "back_url": reverse("compliance:office-positions"),
        "sources_url": reverse("compliance:office-position-sources"),
    }
