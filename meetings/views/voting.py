"""The page about the vote: who is in the room, whether that is a quorum, who may vote on the day and who not."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import ngettext

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, number_of, private_page
from ccm_portal.core.permissions import require
from meetings.domain import decision_reading, presence, voting
from meetings.domain.delegations import DelegationRefused
from meetings.models import Meeting
from meetings.rules_people import meetings_with_names


@private_page
def voting_desk(request: PrivateRequest, key: str) -> HttpResponse:
    meeting = get_object_or_404(meetings_with_names(request.user), key=key)
    require(request.user, "meetings.chair_meeting", meeting)
    day = _day(request, meeting)
    address = f"{reverse('meetings:voting', args=[meeting.key])}?day={day.isoformat()}"
    if request.method == "POST":
        return _mark(request, meeting, day, address)
    room, rule = presence.room(meeting, on=day), voting.quorum_rule()
    context = {
        "meeting": meeting,
        "room": room,
        "quorum": room.quorum,
        "rule": rule,
        "quorum_words": decision_reading.quorum_words(room.quorum),
        "rule_words": decision_reading.quorum_rule_words(rule),
        "day": day,
        "day_before": presence.day_before(meeting, day),
        "days": [
            {
                "day": one,
                "url": f"{reverse('meetings:voting', args=[meeting.key])}?day={one.isoformat()}",
                "current": one == day,
            }
            for one in presence.days_of(meeting)
        ],
        "was": " ".join(str(pk) for pk in room.present_ids),
    }
    return render(request, "meetings/voting.html", context)


def _mark(request: PrivateRequest, meeting: Meeting, day: date, address: str) -> HttpResponse:
    try:
        count = presence.mark(
            meeting=meeting,
            day=day,
            was=[number_of(one) for one in request.POST.get("was", "").split()],
            present=_present(request, meeting, day),
            by=request.user,
            at=clock.now(),
        )
    except DelegationRefused as refusal:
        messages.info(request, str(refusal))
    else:
        words = ngettext("%(number)s State is in the room.", "%(number)s States are in the room.", count)
        messages.success(request, words % {"number": count})
    return redirect(address)


def _present(request: PrivateRequest, meeting: Meeting, day: date) -> list[int]:
    """Those ticked; or by a button all that may vote, or those of the day before."""
    quick, before = request.POST.get("quick", ""), presence.day_before(meeting, day)
    if quick == "all":
        return [seat.delegation.pk for seat in presence.room(meeting, on=day).voters]
    if quick == "before" and before:
        return presence.room(meeting, on=before).present_ids
    return [number_of(one) for one in request.POST.getlist("present")]


def _day(request: PrivateRequest, meeting: Meeting) -> date:
    """The day that the address names, if it is one of the meeting's; else today, or the next one."""
    wanted = request.GET.get("day", "")
    named = next((day for day in presence.days_of(meeting) if day.isoformat() == wanted), None)
    return named or presence.day_at(meeting, at=clock.now())
