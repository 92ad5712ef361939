"""The workspace of a body: its first page, and what all its pages share."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.permissions import may
from committees.domain import places
from committees.enums import BodyNature
from committees.models import Body
from committees.panels import workspace_panels
from committees.rules import working_bodies
from committees.rules_workspace import LOG_BODIES


def body_of(request: PrivateRequest, key: str) -> Body:
    """The body, for who works in it; for everybody else it has no workspace."""
    return get_object_or_404(working_bodies(request.user), key=key)


def frame(request: PrivateRequest, body: Body, here: str) -> dict[str, Any]:
    """What the head of each page of a workspace needs."""
    return {
        "body": body,
        "on": clock.today(),
        "may_write": may(request.user, "committees.write_in_body", body),
        "may_lead": may(request.user, "committees.lead_body", body),
        "tabs": [
            {"label": label, "url": reverse(f"committees:{name}", args=[body.key]), "current": name == here}
            for name, label in tabs(body)
        ],
    }


def tabs(body: Body) -> list[tuple[str, str]]:
    """The pages of a workspace, by the names of their addresses."""
    coordinates = body.kind.nature == BodyNature.COORDINATION
    return [
        ("workspace", _("Overview")),
        *([("preparation-list", _("Preparation"))] if coordinates else []),
        *([("joining-list", _("Who is outside"))] if body.key in LOG_BODIES else []),
        ("contact-list", _("Contacts")),
        ("follow-up-list", _("Action list") if coordinates else _("Follow-up")),
        ("problem-list", _("Problems")),
        ("plan-list", _("Work plan")),
        ("paper-list", _("Papers and minutes")),
        ("workspace-people", _("Who works here")),
    ]


@require_safe
@private_page
def workspace(request: PrivateRequest, key: str) -> HttpResponse:
    body = body_of(request, key)
    on: date = clock.today()
    context = frame(request, body, "workspace") | {
        "panels": workspace_panels(body, request.user, on=on),
        "workers": places.by_office(body, on=on),
        "places": places.named(body),
    }
    return render(request, "committees/workspace.html", context)
