"""The calendar of the year as everybody reads it, and the office's pages about related meetings."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ccm_portal.core import clock, writing
from ccm_portal.core.http import private_page, public_page
from ccm_portal.core.permissions import may
from ccm_portal.core.seen import stands_now
from ccm_portal.core.views.marks import mark
from meetings.domain import neighbours, year_calendar
from meetings.forms_calendar import NeighbourForm
from meetings.models import NeighbourMeeting
from meetings.views.acting import pressed, tried

FIRST, LAST = 2008, 2100


@public_page()
def calendar_now(request: HttpRequest) -> HttpResponse:
    return redirect("meetings:calendar-year", clock.today().year)


@public_page(mark)
def calendar_year(request: HttpRequest, year: int) -> HttpResponse:
    if not FIRST <= year <= LAST:
        raise Http404
    names = year_calendar.labels()
    chosen = [one for one in request.GET.getlist("instrument") if one in names]
    on = clock.today()
    told = year_calendar.year_of(year, instruments=chosen, on=on)
    context = {
        "on": on,
        "told": told,
        "year": year,
        "before": year - 1 if year > FIRST else None,
        "after": year + 1 if year < LAST else None,
        "choices": [{"value": value, "label": label, "chosen": value in chosen} for value, label in names.items()],
        "filtered": bool(chosen),
    }
    return render(request, "meetings/calendar_year.html", context)


def _require_office(request: HttpRequest) -> None:
    if not may(request.user, "meetings.keep_calendar", None):
        raise Http404


@require_safe
@private_page
def office_calendar(request: HttpRequest, year: int) -> HttpResponse:
    _require_office(request)
    if not FIRST <= year <= LAST:
        raise Http404
    rows = NeighbourMeeting.objects.filter(starts__year=year).order_by("starts", "pk")
    context = {"rows": list(rows), "year": year, "before": year - 1, "after": year + 1}
    return render(request, "meetings/office_calendar.html", context)


@private_page
@require_POST
def calendar_fill(request: HttpRequest, year: int) -> HttpResponse:
    _require_office(request)
    if not FIRST <= year <= LAST:
        raise Http404
    new = neighbours.fill_year(year=year, by=request.user, at=clock.now())
    told = ngettext("%(count)s usual slot brought in.", "%(count)s usual slots brought in.", new)
    messages.success(request, told % {"count": writing.number_text(new)})
    return redirect("meetings:office-calendar", year)


@private_page
def neighbour_new(request: HttpRequest) -> HttpResponse:
    _require_office(request)
    form = NeighbourForm(request.POST or None, initial={"precision": "day"})
    if form.is_bound and form.is_valid():
        made = tried(form, lambda: neighbours.enter(said=form.said(), by=request.user, at=clock.now()))
        if made:
            messages.success(request, _("Saved."))
            return redirect("meetings:office-calendar", made.starts.year)
    return _form(request, form, _("Enter a meeting of another instrument"), clock.today().year)


@private_page
def neighbour_edit(request: HttpRequest, key: str) -> HttpResponse:
    _require_office(request)
    row = get_object_or_404(NeighbourMeeting, key=key)
    names = [name for name in NeighbourForm.base_fields if name != "host"]
    begun: dict[str, Any] = {name: getattr(row, name) for name in names} | {"host": row.host_id}
    form = NeighbourForm(request.POST or None, initial=begun)
    if form.is_bound and form.is_valid():
        seen = form.cleaned_data["version"] or 0
        done = tried(
            form,
            lambda: neighbours.edit(neighbour=row, version=seen, said=form.said(), by=request.user, at=clock.now()),
        )
        if done:
            messages.success(request, _("Saved."))
            return redirect("meetings:office-calendar", done.starts.year)
        stands_now(form, row.version)
    return _form(request, form, row.title, row.starts.year, row=row)


@private_page
@require_POST
def neighbour_remove(request: HttpRequest, key: str) -> HttpResponse:
    _require_office(request)
    row = get_object_or_404(NeighbourMeeting, key=key)
    to = reverse("meetings:office-calendar", args=[row.starts.year])

    def do(version: int) -> object:
        return neighbours.remove(neighbour=row, version=version, by=request.user, at=clock.now())

    return pressed(request, do, done=_("The entry is taken out of the calendar."), to=to)


def _form(
    request: HttpRequest, form: NeighbourForm, title: str, year: int, row: NeighbourMeeting | None = None
) -> HttpResponse:
    context = {"form": form, "title": title, "year": year, "row": row}
    return render(request, "meetings/neighbour_form.html", context, status=422 if form.is_bound else 200)
