"""My desk: what I have to do, what is due for my States, what happened."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ccm_portal.core import clock, due_items, panels, work_items
from ccm_portal.core.http import private_page
from ccm_portal.core.models import State


@require_safe
@private_page
def desk(request: HttpRequest) -> HttpResponse:
    on = clock.today()
    user = request.user
    items = work_items.work_items_for(user, on=on)
    due = due_items.due_items(on=on, states=State.objects.filter(pk__in=user.state_ids)) if user.state_ids else []
    asked = {(item.acts_for, item.due) for item in items}
    shown = panels.desk_panels(user, on=on)
    is_idle = not items and len(shown) == 1
    context = {
        "on": on,
        "items": items,
        "due": [item for item in due if (item.state.name, item.due) not in asked],
        "panels": [panel for panel in shown if is_idle or not panel.only_alone],
        "acts_for": user.states,
    }
    return render(request, "dashboard/desk.html", context)
