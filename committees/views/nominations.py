"""Nominations: a State's own pages, and the pages on which States Parties and partners read, compare and endorse."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, number_of, private_page
from ccm_portal.core.models import Organisation, State
from ccm_portal.core.permissions import may, require
from ccm_portal.core.workflow import available
from committees.domain import diversity, nominations, reading
from committees.enums import BodyNature, NominationStatus
from committees.forms_leadership import NominationForm
from committees.models import Nomination
from committees.rules import visible_bodies
from committees.rules_nominations import endorsing_parties, own_nominations, visible_nominations
from committees.workflow import ENDORSE, OPEN, WITHDRAW

SETTLED_SHOWN = 20


@require_safe
@private_page
def nomination_list(request: PrivateRequest) -> HttpResponse:
    """Every open nomination, by body, compared; what was settled last."""
    require_readable(request)
    on = clock.today()
    every = visible_nominations(request.user).prefetch_related("endorsements__state", "endorsements__organisation")
    waiting = list(every.filter(status__in=OPEN).order_by("body__position", "nominated_at", "pk"))
    sees = may(request.user, "committees.see_diversity", None)
    context = {
        "contests": diversity.contests(waiting, on=on),
        "settled": every.exclude(status__in=OPEN).order_by("-settled_at", "-pk")[:SETTLED_SHOWN],
        "diversity": diversity.diversity(on) if sees else None,
        "on": on,
        "states": [state for state in request.user.states if may(request.user, "committees.nominate_state", state)],
    }
    return render(request, "committees/nomination_list.html", context)


def require_readable(request: PrivateRequest) -> None:
    """:raises Http404: for whoever may not read what is nominated."""
    if not may(request.user, "committees.read_nominations", None):
        raise Http404


@require_safe
@private_page
def nomination_detail(request: PrivateRequest, pk: int) -> HttpResponse:
    return _detail(request, _nomination(request, pk))


def _detail(request: PrivateRequest, nomination: Nomination, *, status: int = 200, refused: str = "") -> HttpResponse:
    user = request.user
    given = list(nomination.endorsements.select_related("state", "organisation").order_by("given_at", "pk"))
    taken = {one.state or one.organisation for one in given} | {nomination.state}
    can_endorse = bool(available((ENDORSE,), nomination, user))
    (contest,) = diversity.contests([nomination], on=clock.today())
    context = {
        "nomination": nomination,
        "endorsements": given,
        "compared": contest.rows[0],
        "parties": [party for party in endorsing_parties(user) if party not in taken] if can_endorse else [],
        "may_withdraw": bool(available((WITHDRAW,), nomination, user)),
        "office": may(user, "committees.manage_bodies", None),
        "refused": refused,
    }
    return render(request, "committees/nomination_detail.html", context, status=status)


@private_page
@require_POST
def nomination_endorse(request: PrivateRequest, pk: int) -> HttpResponse:
    nomination = _nomination(request, pk)
    require(request.user, "committees.endorse_nomination", nomination)
    parties = {party_key(party): party for party in endorsing_parties(request.user)}
    party = parties.get(request.POST.get("party", "")) or (next(iter(parties.values())) if len(parties) == 1 else None)
    if party is None:
        return _detail(request, nomination, status=422, refused=_("Choose for whom you endorse."))
    try:
        nominations.endorse(nomination=nomination, party=party, by=request.user, at=clock.now())
    except nominations.NominationRefused as refusal:
        return _detail(request, _nomination(request, pk), status=422, refused=str(refusal))
    messages.success(request, _("%(who)s endorses this nomination.") % {"who": party.name})
    return redirect("committees:nomination-detail", pk)


def party_key(party: State | Organisation) -> str:
    """What the form sends for it."""
    return f"{'state' if isinstance(party, State) else 'organisation'}:{party.pk}"


@require_safe
@private_page
def my_nominations(request: PrivateRequest, state: str) -> HttpResponse:
    """What a State has put forward, and the bodies to which it could."""
    here = _own_state(request, state)
    on = clock.today()
    places = [p for p in reading.places(on).values() if p.body.kind.nature != BodyNature.COORDINATION]
    context = {
        "state": here,
        "nominations": own_nominations(request.user).filter(state=here).order_by("-nominated_at", "-pk"),
        "places": places,
        "may_nominate": may(request.user, "committees.nominate_state", here),
        "open": OPEN,
        "elected": NominationStatus.ELECTED,
    }
    return render(request, "committees/my_nominations.html", context)


@private_page
def nominate(request: PrivateRequest, state: str, key: str) -> HttpResponse:
    """The form, with the period of the next vacancy."""
    here = _own_state(request, state)
    require(request.user, "committees.nominate_state", here)
    body = get_object_or_404(visible_bodies(request.user).exclude(kind__nature=BodyNature.COORDINATION), key=key)
    if request.method == "POST":
        form = NominationForm(request.POST)
        if form.is_valid():
            period = form.period()
            try:
                nomination = nominations.nominate(
                    body=body,
                    state=here,
                    starts=period["starts"],
                    ends=period["ends"],
                    case=form.case(),
                    by=request.user,
                    at=clock.now(),
                )
            except nominations.NominationRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(
                    request, _("Your State is nominated. States Parties and the coordination body see it.")
                )
                return redirect("committees:nomination-detail", nomination.pk)
    else:
        starts, ends = nominations.proposed_period(body, on=clock.today())
        form = NominationForm(initial={"starts": starts, "last_day": ends - timedelta(days=1)})
    context = {"state": here, "body": body, "form": form, "place": reading.places(clock.today(), only=[body.pk])}
    return render(request, "committees/nominate.html", context, status=422 if form.errors else 200)


@private_page
@require_POST
def nomination_withdraw(request: PrivateRequest, state: str, pk: int) -> HttpResponse:
    nomination = get_object_or_404(own_nominations(request.user), state__slug=state, pk=pk)
    require(request.user, "committees.nominate_state", nomination)
    try:
        nominations.withdraw(
            nomination=nomination, version=number_of(request.POST.get("version", "")), by=request.user, at=clock.now()
        )
    except nominations.NominationRefused as refusal:
        return _detail(request, _nomination(request, pk), status=422, refused=str(refusal))
    messages.success(request, _("The nomination is withdrawn."))
    return redirect("committees:my-nominations", state)


def _own_state(request: PrivateRequest, slug: str) -> State:
    """:raises Http404: unless this person acts for the State."""
    state: State = get_object_or_404(State.objects.filter(pk__in=request.user.state_ids), slug=slug)
    return state


def _nomination(request: PrivateRequest, pk: int) -> Nomination:
    nomination: Nomination = get_object_or_404(visible_nominations(request.user), pk=pk)
    return nomination
