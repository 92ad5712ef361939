"""Who works in a workspace, and naming people to it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.permissions import require
from committees.domain import places
from committees.domain.said import WorkRefused
from committees.forms_workspace import NamePersonForm
from committees.rules_workspace import visible_places
from committees.views.workspace import body_of, frame


@private_page
def people(request: PrivateRequest, key: str) -> HttpResponse:
    """Everybody who works here and may read everything written here; its leaders name others."""
    body = body_of(request, key)
    form = NamePersonForm(request.POST or None)
    if request.method == "POST":
        require(request.user, "committees.lead_body", body)
        if form.is_valid():
            try:
                place = places.name_person(body=body, by=request.user, at=clock.now(), **form.cleaned_data)
            except WorkRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("%(name)s can open this workspace now.") % {"name": place.user})
                return redirect("committees:workspace-people", key=body.key)
    on = clock.today()
    context = frame(request, body, "workspace-people") | {
        "workers": places.by_office(body, on=on),
        "places": places.named(body),
        "form": form,
    }
    return render(request, "committees/workspace_people.html", context, status=422 if form.errors else 200)


@private_page
@require_POST
def place_end(request: PrivateRequest, key: str, pk: int) -> HttpResponse:
    """End a place: from the person's next request on."""
    body = body_of(request, key)
    require(request.user, "committees.lead_body", body)
    place = get_object_or_404(visible_places(request.user), content_object=body, pk=pk)
    try:
        places.end_place(place=place, by=request.user, at=clock.now())
    except WorkRefused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("%(name)s can no longer open this workspace.") % {"name": place.user})
    return redirect("committees:workspace-people", key=body.key)
