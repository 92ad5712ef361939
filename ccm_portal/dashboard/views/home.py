"""Home, the desk, and the States."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from ccm_portal.core import clock, panels, work_items
from ccm_portal.core.http import private_page, public_page
from ccm_portal.core.models import State


@public_page()
def home(request: HttpRequest) -> HttpResponse:
    on = clock.today()
    return render(request, "dashboard/home.html", {"panels": panels.home_panels(on=on)})


@private_page
def desk(request: HttpRequest) -> HttpResponse:
    on = clock.today()
    items = work_items.work_items_for(request.user, on=on)
    context = {"items": items, "panels": panels.desk_panels(request.user, on=on)}
    return render(request, "dashboard/desk.html", context)


@public_page()
def state_list(request: HttpRequest) -> HttpResponse:
    return render(request, "dashboard/state_list.html", {"states": State.objects.by_name()})


@public_page()
def state_detail(request: HttpRequest, slug: str) -> HttpResponse:
    state = get_object_or_404(State, slug=slug)
    shown = panels.state_panels(state, on=clock.today())
    return render(request, "dashboard/state_detail.html", {"state": state, "panels": shown})
