"""What a State says here itself, and what observers propose to the office."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.permissions import may, require
from ccm_portal.core.seen import stands_now
from committees.domain.said import WorkChanged, WorkRefused
from compliance.domain import positions
from compliance.enums import PositionStatus
from compliance.forms_positions import ReplaceForm, StateForm, WithdrawForm
from compliance.models import Position
from compliance.rules_positions import own_positions, public_positions, stating_states
from compliance.views.position_sources import new_page, sources_page
from reporting.rules import own_states


@require_safe
@private_page
def own_list(request: PrivateRequest) -> HttpResponse:
    """What one's States have said, by State and topic; and what one proposed."""
    require(request.user, "compliance.follow_positions", None)
    rows = list(own_positions(request.user).order_by("topic__position", "-said_on", "-pk"))
    mine = request.user.state_ids
    context = {
        "said": [row for row in rows if row.state_id in mine],
        "proposed": [row for row in rows if row.state_id not in mine],
        "states": list(stating_states(request.user).by_name()),  # type: ignore[attr-defined]
        "may_propose": may(request.user, "compliance.propose_position", None),
    }
    return render(request, "compliance/own_positions.html", context)


@private_page
def own_new(request: PrivateRequest, state: str) -> HttpResponse:
    """A State speaks for itself: published at once, in its name."""
    speaker = get_object_or_404(own_states(request.user), slug=state)
    require(request.user, "compliance.state_position", speaker)
    initial = {"language": request.user.language, "topic": request.GET.get("topic", "")}
    form = StateForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        now = clock.now()
        try:
            positions.state_position(
                state=speaker,
                words=form.words(said_on=now.date()),
                reference=form.cleaned_data["reference"],
                by=request.user,
                at=now,
            )
        except WorkRefused as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, _("Published in the name of your State. Everybody can read it now."))
            return redirect("compliance:own-positions")
    context = {"form": form, "state": speaker}
    return render(request, "compliance/own_position_new.html", context, status=422 if form.errors else 200)


@private_page
def own_position(request: PrivateRequest, pk: int) -> HttpResponse:
    """One position: for approvers, to put another in its place or withdraw it."""
    row = get_object_or_404(own_positions(request.user), pk=pk)
    do = request.POST.get("do") if request.method == "POST" else None
    if request.method == "POST":
        require(request.user, "compliance.state_position", row)
    replacing = ReplaceForm(request.POST if do == "replace" else None, initial=_initial(row))
    withdrawing = WithdrawForm(
        request.POST if do == "withdraw" else None, initial={"version": row.version}, auto_id="withdraw_%s"
    )
    form: Any = {"replace": replacing, "withdraw": withdrawing}.get(do or "")
    if form is not None and form.is_valid():
        try:
            _act(request, row, form)
        except WorkChanged as refusal:
            stands_now(form, refusal.now.version)
            form.add_error(None, str(refusal))
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("compliance:own-positions")
    fresh = get_object_or_404(own_positions(request.user), pk=pk)
    stands = fresh.status == PositionStatus.PUBLISHED and fresh.replaced_by_id is None
    context = {
        "row": fresh,
        "acts": stands and may(request.user, "compliance.state_position", fresh),
        "replacing": replacing,
        "withdrawing": withdrawing,
        "refused": form,
        "is_shown": public_positions().filter(pk=pk).exists(),
    }
    return render(request, "compliance/own_position.html", context, status=422 if form is not None else 200)


@require_safe
@private_page
def propose_sources(request: PrivateRequest) -> HttpResponse:
    require(request.user, "compliance.propose_position", None)
    return sources_page(request, ways=_ways(), new_url=reverse("compliance:position-propose"))


@private_page
def propose(request: PrivateRequest) -> HttpResponse:
    """An observer tells the office of a position, with its source."""
    require(request.user, "compliance.propose_position", None)
    make = partial(positions.propose, by=request.user, at=clock.now())
    ways = _ways() | {"proposes": "yes"}
    answer = new_page(request, ways=ways, make=make, done=lambda one: reverse("compliance:own-position", args=[one.pk]))
    if answer.status_code == 302:
        messages.success(request, _("Proposed. The ISO takes it in, or tells you why not."))
    return answer


def _act(request: PrivateRequest, row: Position, form: Any) -> None:
    """Replace or withdraw.

    :raises WorkRefused: as the operations do.
    """
    now, typed = clock.now(), form.cleaned_data
    if isinstance(form, ReplaceForm):
        positions.state_position(
            state=row.state,
            words=form.words(topic=row.topic, said_on=now.date()),
            reference=typed["reference"],
            replaces=row,
            version=typed["version"],
            by=request.user,
            at=now,
        )
        messages.success(request, _("Published in the name of your State. Everybody can read it now."))
    else:
        positions.withdraw(position=row, by=request.user, at=now, **typed)
        messages.success(request, _("Withdrawn. Everybody reads that it was, and no longer the words."))


def _initial(row: Position) -> dict[str, Any]:
    return {"version": row.version, "language": row.language}


def _ways() -> dict[str, str]:
    return {"back_url": reverse("compliance:own-positions"), "sources_url": reverse("compliance:position-sources")}
