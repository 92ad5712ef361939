"""The planner: candidate weeks for a meeting, by the journeys they save."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ccm_portal.core import clock
from ccm_portal.core.http import public_page
from ccm_portal.core.views.marks import mark
from meetings.domain import planning, planning_words
from meetings.enums import MeetingStatus
from meetings.forms_planner import MOST_WEEKS, PlannerForm
from meetings.rules import public_meetings

ROWS_FREE = 3  # empty boxes for further weeks


@public_page(mark)
def planner(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    ahead = public_meetings().filter(starts__gte=today, status=MeetingStatus.PLANNED).order_by("starts", "key")
    form = PlannerForm(request.GET, meetings=ahead)
    context: dict[str, Any] = {
        "form": form,
        "weeks": form.weeks,
        "most": MOST_WEEKS,
        "travel_days": planning.TRAVEL_DAYS,
        "near": planning.NEAR,
        "on": today,
    }
    if form.is_valid():
        context |= _compared(form, today)
    context["boxes"] = [day.isoformat() for day in context["weeks"]]
    context["boxes"] += [""] * min(ROWS_FREE, MOST_WEEKS - len(context["boxes"]))
    refused = form.errors or form.refused
    return render(request, "meetings/planner.html", context, status=422 if refused else 200)


def _compared(form: PlannerForm, today: date) -> dict[str, Any]:
    """The weeks of the address; where it names none, those beside other meetings."""
    meeting, city, length = (form.cleaned_data[name] for name in ("meeting", "city", "length"))
    first, last = _around(form.weeks, meeting.starts if meeting else None, today)
    nears = planning_words.nears(first, last, without=meeting.key if meeting else "")
    weeks = form.weeks
    if not weeks:
        wanted = planning.suggested(first.year, length=length, city=city, nears=nears, least=today)
        weeks = ([meeting.starts] if meeting else []) + wanted[: MOST_WEEKS - 1]
    found = planning.candidates(weeks, length=length, city=city, nears=nears, assuming=form.assumptions())
    return {
        "weeks": weeks,
        "is_suggested": not form.weeks,
        "found": [(one, planning_words.lines(one)) for one in found],
        "explanation": planning_words.explanation(found) if found else "",
        "not_counted": planning.unknown_days(nears, weeks),
        "city": city,
    }


def _around(weeks: list[date], planned: date | None, today: date) -> tuple[date, date]:
    """From when to when to look for meetings nearby: the candidates; without any, the year of the meeting, or the next
    twelve months."""
    if weeks:
        return min(weeks), max(weeks) + timedelta(days=14)
    if planned:
        return date(planned.year, 1, 1), date(planned.year, 12, 31)
    return date(today.year + 1, 1, 1), date(today.year + 1, 12, 31)
