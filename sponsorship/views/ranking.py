"""The ranking, and the decision: officers choose, decide quietly, announce. Outside assessors read it without money."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.models import RegionGroup
from ccm_portal.core.permissions import require
from ccm_portal.core.seen import stands_now
from ccm_portal.core.views.fresh import asks_again
from committees.domain.said import WorkChanged, WorkRefused
from committees.enums import Gender
from committees.views.acting import pressed, tried
from sponsorship.domain import conflicts, decisions, ranking, scores
from sponsorship.domain.earmarks import Pots
from sponsorship.domain.ranking import Ranked
from sponsorship.domain.ranking_money import free_by_earmark, short_of_money
from sponsorship.domain.rates import Rates
from sponsorship.enums import NomineeStatus, RoundStatus
from sponsorship.forms_assessment import CHOICES, AnnounceForm, ChoicesForm
from sponsorship.models import Round
from sponsorship.rules_assessment import in_conflict
from sponsorship.views.assessing import frame, round_of


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def ranking_page(request: PrivateRequest, round: str) -> HttpResponse:
    """Everybody nominated by rank, with region, gender, States and money in view; officers choose here."""
    its = round_of(request, round)
    context = frame(request, its, "ranking")
    if context["declared"] is None:
        return redirect("sponsorship:conflicts", its.key)
    progress = scores.progress(its, request.user)
    if context["is_open"] and not progress.sees_everything:
        return render(request, "sponsorship/ranking_closed.html", context | {"progress": progress})
    form = ChoicesForm(request.POST if request.method == "POST" else None, initial={"version": its.version})
    if request.method == "POST":
        require(request.user, "sponsorship.run_rounds", its)
        if form.is_valid() and _chosen(request, its, form):
            return redirect("sponsorship:ranking", its.key)
    context |= _seen(request, its, form, runs=context["runs"])
    return render(request, "sponsorship/ranking.html", context, status=422 if form.errors else 200)


def _chosen(request: PrivateRequest, its: Round, form: ChoicesForm) -> bool:
    version = form.cleaned_data["version"]
    try:
        changed = decisions.choose(round=its, choices=form.choices(), version=version, by=request.user, at=clock.now())
    except WorkChanged as refusal:
        stands_now(form, refusal.now.version)
        form.add_error(None, str(refusal))
        return False
    except WorkRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Saved.") if changed else _("Nothing was changed."))
    return True


def _seen(request: PrivateRequest, its: Round, form: ChoicesForm, *, runs: bool) -> dict[str, Any]:
    """What the page shows. Only officers get money, and what is chosen before everybody is told: an assessor from
    outside may act for a State that applied."""
    tells = runs or its.announced_at is not None
    rows = ranking.rank(its)
    conflict = in_conflict(request.user, its)
    differs = {row.place for row in ranking.departures(rows)}
    regions = {one.pk: one.name for one in RegionGroup.objects.all()}
    genders: dict[Any, str] = {value: str(label) for value, label in Gender.choices}
    chosen = [row for row in rows if tells and row.nominee.status == NomineeStatus.SELECTED]
    told = {
        "form": form,
        "tells": tells,
        "rows": [_row(row, form, row.nominee.state_id in conflict, row.place in differs) for row in rows],
        "choices": [(value.value, str(value.label)) for value in CHOICES],
        "chosen": len(chosen),
        "chosen_states": len({row.nominee.state_id for row in chosen}),
        "nominated_states": len({row.nominee.state_id for row in rows}),
        "waiting": sum(row.nominee.status == NomineeStatus.WAITING for row in rows),
        "by_region": ranking.shares(rows, regions, lambda one: one.state.region_group_id),
        "by_gender": ranking.shares(rows, genders, lambda one: one.gender),
        "missing": decisions.missing(its, rows) if runs and its.status == RoundStatus.CLOSED else [],
        "can_choose": runs and its.status == RoundStatus.CLOSED,
    }
    return told | (_money(its, rows, chosen) if runs else {})


def _money(its: Round, rows: list[Ranked], chosen: list[Ranked]) -> dict[str, Any]:
    on = clock.today()
    pots, rates = Pots.of(its, on=on), Rates.of(on)
    return {
        "free": free_by_earmark(its, pots, rates),
        "needed": sum((row.cost or Decimal(0) for row in chosen), Decimal(0)),
        "costless": [row for row in rows if row.cost is None],
        "short": short_of_money(rows, pots, rates, its.currency) if its.announced_at is None else [],
    }


def _row(row: Ranked, form: ChoicesForm, conflict: bool, differs: bool) -> dict[str, Any]:
    """A row with what was typed, where something was."""
    pk, nominee = row.nominee.pk, row.nominee
    sent = form.data if form.is_bound else {}
    return {
        "one": row,
        "conflict": conflict,
        "differs": differs,
        "choice": sent.get(f"choice-{pk}", nominee.status),
        "waiting": sent.get(f"place-{pk}", nominee.waiting_rank or ""),
        "reason": sent.get(f"reason-{pk}", nominee.decision_reason),
    }


@private_page
@require_POST
def ranking_stop(request: PrivateRequest, round: str) -> HttpResponse:
    """See the ranking now, and give no scores any more."""
    its = round_of(request, round)
    return pressed(
        request,
        lambda _version: conflicts.stop_scoring(round=its, by=request.user, at=clock.now()),
        done=_("You see the ranking now, and give no scores any more."),
        to=reverse("sponsorship:ranking", args=[its.key]),
    )


@private_page
@require_POST
def ranking_propose(request: PrivateRequest, round: str) -> HttpResponse:
    """Choose what the ranking alone would give."""
    return _pressed(request, round, decisions.propose, _("Chosen as the ranking gives it. Everything can be changed."))


@private_page
@require_POST
def round_decide(request: PrivateRequest, round: str) -> HttpResponse:
    """Decide, quietly."""
    return _pressed(request, round, decisions.decide, _("Decided. Nobody is told before the announcement."))


@private_page
@require_POST
def round_take_back(request: PrivateRequest, round: str) -> HttpResponse:
    """Open the decision again."""
    return _pressed(request, round, decisions.take_back, _("The decision is open again."))


def _pressed(request: PrivateRequest, key: str, act: Callable[..., object], done: str) -> HttpResponse:
    """A button of the officers under the ranking."""
    its = round_of(request, key)
    require(request.user, "sponsorship.run_rounds", its)
    return pressed(
        request,
        lambda version: act(round=its, version=version, by=request.user, at=clock.now()),
        done=done,
        to=reverse("sponsorship:ranking", args=[its.key]),
    )


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def round_announce(request: PrivateRequest, round: str) -> HttpResponse:
    """Tell everybody, with a sign-in of the last five minutes."""
    its = round_of(request, round)
    require(request.user, "sponsorship.run_rounds", its)
    if its.status != RoundStatus.DECIDED:
        return redirect("sponsorship:ranking", its.key)
    form = AnnounceForm(request.POST if request.method == "POST" else None, initial={"version": its.version})
    if form.is_valid() and not asks_again(request, form):
        told = form.cleaned_data
        done, _stands = tried(form, lambda: decisions.announce(round=its, **told, by=request.user, at=clock.now()))
        if done:
            messages.success(request, _("Announced. Everybody who applied is written to now."))
            return redirect("sponsorship:waiting", its.key)
    rows = ranking.rank(its)
    chosen = [row for row in rows if row.nominee.status == NomineeStatus.SELECTED]
    context = frame(request, its, "ranking") | {"form": form, "chosen": len(chosen)} | _money(its, rows, chosen)
    context["states"] = len({row.nominee.state_id for row in rows})
    return render(request, "sponsorship/round_announce.html", context, status=422 if form.errors else 200)
