"""What everybody reads of bodies: the tree, each body, who led what on any day, what elected States said."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ccm_portal.core import clock
from ccm_portal.core.http import public_page
from ccm_portal.core.views.marks import mark
from committees import panels
from committees.domain import reading
from committees.domain.seats import period_text
from committees.enums import BodyNature
from committees.rules import visible_bodies
from committees.rules_nominations import public_nominations


@public_page(mark)
def body_list(request: HttpRequest) -> HttpResponse:
    on = clock.today()
    return render(
        request, "committees/body_list.html", {"tree": reading.tree(on), "offices": reading.offices_on(on), "on": on}
    )


@public_page(mark)
def body_detail(request: HttpRequest, key: str) -> HttpResponse:
    now = clock.now()
    on = now.date()
    body = get_object_or_404(visible_bodies(request.user), key=key)
    themes, committees = list(body.themes.by_name()), list(body.committees.order_by("position"))
    children = list(body.children.select_related("kind").order_by("position"))
    coordinates = body.kind.nature == BodyNature.COORDINATION
    near = reading.places(on, only=[body.pk, *(one.pk for one in [*themes, *children])])
    context = {
        "body": body,
        "on": on,
        "is_over": body.ends is not None and body.ends <= on,
        "place": near.get(body.pk),
        "children": [near[one.pk] for one in children if one.pk in near],
        "themes": [near[one.pk] for one in themes if one.pk in near],
        "committees": committees,
        "coordinates": coordinates,
        "offices": reading.offices_on(on) if coordinates else None,
        "members": [p for p in reading.places(on).values() if p.leaders] if coordinates else [],
        "events": [_event(event) for event in reading.history(body, on=on)],
        "panels": panels.body_panels(body, at=now),
    }
    return render(request, "committees/body_detail.html", context)


def _event(event: reading.Event) -> dict[str, Any]:
    """A term as the timeline component wants it."""
    term = event.term
    elected = reading.is_elected(term)
    said = [period_text(term.starts, term.ends), term.basis, term.note]
    return {
        "date": event.date,
        "title": term.state.name,
        "text": ". ".join(part.rstrip(".") for part in said if part),
        "url": reverse("committees:elected", args=[term.body.key, term.nomination_id]) if elected else "",
        "when": event.when,
    }


@public_page(mark)
def leadership(request: HttpRequest) -> HttpResponse:
    """Who led what on a day; today without one."""
    today = clock.today()
    asked = request.GET.get("on", "")
    day, problem = today, ""
    if asked:
        try:
            day = date.fromisoformat(asked)
        except ValueError:
            problem = _("“%(text)s” is no day. Write it as 2024-01-31.") % {"text": asked[:20]}
    context = {
        "day": day,
        "asked": asked[:20],
        "problem": problem,
        "today": today,
        "places": [one for one in reading.places(day).values() if one.body.kind.nature != BodyNature.COORDINATION],
        "offices": reading.offices_on(day),
    }
    return render(request, "committees/leadership.html", context)


@public_page(mark)
def elected(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """On what a State was elected: the nomination, once it led to a term."""
    nomination = get_object_or_404(
        public_nominations().prefetch_related("endorsements__state", "endorsements__organisation"),
        body__key=key,
        pk=pk,
    )
    context = {"nomination": nomination, "body": nomination.body, "endorsements": nomination.endorsements.all()}
    return render(request, "committees/elected.html", context)
