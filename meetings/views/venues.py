"""Where a meeting may be held: offers of States, proposals of the office, the choice."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccm_portal.core import clock
from ccm_portal.core.enums import Known
from ccm_portal.core.http import number_of, private_page
from ccm_portal.core.permissions import may
from meetings.domain import venues
from meetings.forms_meetings import VenueForm
from meetings.models import Meeting, VenueProposal
from meetings.rules import is_public
from meetings.views.acting import MANAGE, pressed, run_meeting, seen_meeting, tried
from meetings.views.reading import facts
from meetings.workflow import CHOOSE, DECLINE, WITHDRAW


def _list(key: str) -> str:
    return reverse("meetings:venue-list", args=[key])


@private_page
def venue_list(request: HttpRequest, key: str) -> HttpResponse:
    meeting = seen_meeting(request, key)
    if not may(request.user, "meetings.propose_venue", meeting):
        raise Http404
    form = VenueForm(request.POST or None, user=request.user)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        made = tried(form, lambda: venues.propose(meeting=meeting, **told, by=request.user, at=clock.now()))
        if made:
            messages.success(request, _("The place is proposed."))
            return redirect(_list(key))
    runs = may(request.user, MANAGE, meeting)
    context = {
        "meeting": meeting,
        "form": form,
        "runs": runs,
        "is_public": is_public(meeting),
        "proposals": [
            {
                "it": one,
                "affected": one.host.affected == Known.YES,
                "moves": _moves(one, request, runs=runs),
            }
            for one in venues.in_order(meeting)
        ],
        **facts(meeting),
    }
    return render(request, "meetings/desk_venues.html", context, status=422 if form.is_bound else 200)


def _moves(proposal: VenueProposal, request: HttpRequest, *, runs: bool) -> set[str]:
    """What this person can do with a proposal now."""
    mine = {CHOOSE, DECLINE} if runs else set()
    if may(request.user, WITHDRAW.perm, proposal):
        mine.add(WITHDRAW)
    return {move.name for move in mine if proposal.status in move.sources}


def _proposal(meeting: Meeting, pk: int) -> VenueProposal:
    return get_object_or_404(meeting.venue_proposals.select_related("meeting", "host"), pk=pk)


@private_page
@require_POST
def venue_choose(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    meeting = run_meeting(request, key)
    proposal = _proposal(meeting, pk)
    part = get_object_or_404(meeting.parts.all(), number=number_of(request.POST.get("part", "1")))
    seen = number_of(request.POST.get("seen", ""))

    def do(version: int) -> object:
        return venues.choose(
            proposal=proposal, part=part, version=seen, meeting_version=version, by=request.user, at=clock.now()
        )

    done = _("The meeting is held in %(city)s, %(state)s.") % {"city": proposal.city, "state": proposal.host.name}
    return pressed(request, do, done=done, to=_list(key))


@private_page
@require_POST
def venue_decline(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    proposal = _proposal(run_meeting(request, key), pk)

    def do(version: int) -> object:
        return venues.decline(proposal=proposal, version=version, by=request.user, at=clock.now())

    return pressed(request, do, done=_("Saved."), to=_list(key))


@private_page
@require_POST
def venue_withdraw(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    meeting = seen_meeting(request, key)
    proposal = _proposal(meeting, pk)
    if not may(request.user, WITHDRAW.perm, proposal):
        raise Http404

    def do(version: int) -> object:
        return venues.withdraw(proposal=proposal, version=version, by=request.user, at=clock.now())

    return pressed(request, do, done=_("The offer is taken back."), to=_list(key))
