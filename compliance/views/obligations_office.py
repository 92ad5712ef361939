"""What the ISO keeps of obligations: published days, completions, later clocks, suspensions, each with its source."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ccm_portal.core import clock as portal_clock
from ccm_portal.core.domain import clocks
from ccm_portal.core.enums import Clock
from ccm_portal.core.http import private_page
from ccm_portal.core.models import State, StateClock
from ccm_portal.core.permissions import require
from ccm_portal.core.seen import stands_now
from compliance.domain import kept, obligation_words
from compliance.domain.obligation_rows import CLOCKS, Obligation, clock_title
from compliance.domain.obligations import day_that_ended, obligations
from compliance.enums import ObligationKind
from compliance.forms_obligations import CompletionForm, DayForm, LaterForm, SuspensionForm
from compliance.models import clock_slug

KEEP = "compliance.keep_obligations"


def _state(request: HttpRequest, slug: str) -> State:
    require(request.user, KEEP, None)
    return get_object_or_404(kept.states_with_clocks(), slug=slug)


def _clock(state: State, address: str) -> StateClock:
    kind, _dash, key = address.partition("-")
    if kind == Clock.INITIAL_REPORT:
        raise Http404
    return get_object_or_404(state.clocks.select_related("state"), clock=kind, key=key)


@private_page
def office_obligations(request: HttpRequest) -> HttpResponse:
    """The States, with the clocks that run or have run out."""
    require(request.user, KEEP, None)
    on = day_that_ended(portal_clock.now())
    states = list(kept.states_with_clocks())
    open_ones: dict[int, list[obligation_words.Shown]] = {state.pk: [] for state in states}
    for row in obligations(states, on=on, years=(), kinds=CLOCKS.values()):
        if row.is_open:
            open_ones[row.state.pk].append(obligation_words.shown(row, on=on))
    rows = [(state, open_ones[state.pk]) for state in states]
    rows.sort(key=lambda row: not row[1])  # those with something to keep first; each part by name
    return render(request, "compliance/office_obligations.html", {"rows": rows})


@private_page
def office_state(request: HttpRequest, state: str) -> HttpResponse:
    """One State: what stands, and what can be noted."""
    found, on = _state(request, state), day_that_ended(portal_clock.now())
    rows = [obligation_words.shown(row, on=on) for row in obligations([found], on=on)]
    context = {
        "state": found,
        "on": on,
        "clocks": [(one, clock_slug(one.row.clock)) for one in rows if one.row.is_clock and one.row.clock],
        "others": [
            one
            for one in rows
            if not one.row.is_clock and one.row.kind != ObligationKind.WITHDRAWAL and not one.row.filed
        ],
    }
    return render(request, "compliance/office_state.html", context)


@private_page
def office_day(request: HttpRequest, state: str, key: str) -> HttpResponse:
    """A published day, of whichever obligation."""
    found, on = _state(request, state), day_that_ended(portal_clock.now())
    row = next((one for one in obligations([found], on=on, years=_year_of(key)) if one.key == key), None)
    if row is None or row.kind == ObligationKind.WITHDRAWAL:
        raise Http404
    stands = row.clock if row.is_own_clock else row.official
    form = DayForm(
        request.POST or None,
        initial={"version": stands.version if stands else 0, "day": row.override, "source": row.override_source},
    )

    def do(told: dict[str, Any]) -> object:
        if row.is_own_clock and row.clock:
            return clocks.override(clock=row.clock, **told, by=request.user, at=portal_clock.now())
        return kept.publish_day(row=row, **told, by=request.user, at=portal_clock.now())

    return _page(request, found, form, do, title=_("Published day"), about=row.title, row=row)


def _year_of(key: str) -> tuple[int, ...]:
    _kind, _colon, year = key.partition(":")
    return (int(year),) if year.isascii() and year.isdigit() and len(year) == 4 and year < "2200" else ()


@private_page
def office_completion(request: HttpRequest, state: str, clock: str) -> HttpResponse:
    found = _state(request, state)
    its = _clock(found, clock)
    stands = getattr(its, "completion", None)
    initial: dict[str, Any] = {"version": 0}
    if stands:
        initial = {
            "version": stands.version,
            "completed_on": stands.completed_on,
            "declared_on": stands.declared_on,
            "declared_to": stands.declared_to,
            "source": stands.source,
        }
    form = CompletionForm(request.POST or None, initial=initial, stands=stands is not None)

    def do(told: dict[str, Any]) -> object:
        at = portal_clock.now()
        if told.pop("reopen", False):
            return kept.reopen(clock=its, source=told["source"], version=told["version"], by=request.user, at=at)
        return kept.complete(clock=its, **told, by=request.user, at=at)

    return _page(request, found, form, do, title=_("Completion"), about=clock_title(its))


@private_page
def office_later(request: HttpRequest, state: str, clock: str = "") -> HttpResponse:
    """A clock of later contamination: a new one, or what is known of one corrected."""
    found = _state(request, state)
    its = _clock(found, clock) if clock else None
    if its and its.clock != Clock.NEW_CLEARANCE:
        raise Http404
    initial: dict[str, Any] = {"version": 0}
    if its:
        initial = {
            "version": its.version,
            "cause": its.cause,
            "hostilities_ended": its.starts,
            "source": its.notes,
        }
    form = LaterForm(request.POST or None, initial=initial)

    def do(told: dict[str, Any]) -> object:
        if its:
            return clocks.correct_later(clock=its, **told, by=request.user, at=portal_clock.now())
        told.pop("version")
        return clocks.begin_later(state=found, **told, by=request.user, at=portal_clock.now())

    about = clock_title(its) if its else ""
    return _page(request, found, form, do, title=_("Clock of later contamination"), about=about)


@private_page
def office_suspension(request: HttpRequest, state: str, clock: str) -> HttpResponse:
    found = _state(request, state)
    its = _clock(found, clock)
    stands = kept.latest_suspension(its, on=portal_clock.today())
    initial: dict[str, Any] = {"version": 0}
    if stands:
        initial = {"version": stands.version, "starts": stands.starts, "ends": stands.ends, "source": stands.source}
    form = SuspensionForm(request.POST or None, initial=initial)

    def do(told: dict[str, Any]) -> object:
        return kept.suspend(clock=its, **told, by=request.user, at=portal_clock.now())

    return _page(request, found, form, do, title=_("Suspension"), about=clock_title(its))


def _page(
    request: HttpRequest,
    state: State,
    form: Any,
    do: Callable[[dict[str, Any]], object],
    *,
    title: str,
    about: str,
    row: Obligation | None = None,
) -> HttpResponse:
    """One form. A refusal stands beside its field; over what somebody else changed, what was typed is kept."""
    if form.is_bound and form.is_valid():
        try:
            do(dict(form.cleaned_data))
        except clocks.ClockChanged as changed:
            stands_now(form, changed.now.version if changed.now else 0)
            form.add_error(None, str(changed))
        except clocks.ClockRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("compliance:office-state-obligations", state.slug)
    context = {"state": state, "form": form, "title": title, "about": about, "row": row}
    return render(request, "compliance/office_form.html", context, status=422 if form.is_bound else 200)
