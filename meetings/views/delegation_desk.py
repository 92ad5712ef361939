"""The office's desk for delegations: all of a meeting, who is missing what, who asks to be invited."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.permissions import may, require
from meetings.domain import delegation_lists, delegations, retention
from meetings.domain.delegations import DelegationRefused
from meetings.forms_people import AddForm
from meetings.models import Meeting
from meetings.rules_people import delegations_to_invite, meetings_with_names
from meetings.views import delegation_page


@private_page
def delegation_desk(request: PrivateRequest, key: str) -> HttpResponse:
    meeting = _meeting(request, key)
    if request.method == "POST":
        require(request.user, "meetings.manage_meeting", meeting)
        return _expect_all(request, meeting)
    found = delegation_lists.rows(delegations_to_invite(request.user, meeting))
    show = request.GET.get("show", "")
    address = reverse("meetings:delegation-desk", args=[meeting.key])
    tabs = [
        {
            "label": label,
            "url": f"{address}?show={name}" if name else address,
            "current": name == show,
            "count": sum(1 for row in found if belongs(row)),
        }
        for name, label, belongs in delegation_lists.views()
    ]
    context = {
        "meeting": meeting,
        "rows": delegation_lists.narrowed(found, show),
        "tabs": tabs,
        "may_manage": may(request.user, "meetings.manage_meeting", meeting),
        "missing_parties": delegation_lists.parties_not_expected(meeting),
        "counts": delegation_lists.counts(meeting),
        "kept_until": retention.kept_until(meeting),
    }
    return render(request, "meetings/delegation_desk.html", context)


def _expect_all(request: PrivateRequest, meeting: Meeting) -> HttpResponse:
    try:
        number = delegations.expect_all(meeting=meeting, by=request.user, at=clock.now())
    except DelegationRefused as refusal:
        messages.info(request, str(refusal))
    else:
        words = ngettext(
            "%(number)s State Party more is expected.", "%(number)s States Parties more are expected.", number
        )
        messages.success(request, words % {"number": number})
    return redirect("meetings:delegation-desk", meeting.key)


@private_page
def delegation_add(request: PrivateRequest, key: str) -> HttpResponse:
    meeting = _meeting(request, key)
    require(request.user, "meetings.manage_meeting", meeting)
    form = AddForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            added = delegations.add(meeting=meeting, **form.cleaned_data, by=request.user, at=clock.now())
        except DelegationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The delegation is in the list."))
            return redirect("meetings:delegation-detail", meeting.key, added.pk)
    context = {"meeting": meeting, "form": form}
    return render(request, "meetings/delegation_add.html", context, status=422 if form.errors else 200)


@private_page
def delegation_detail(request: PrivateRequest, key: str, pk: int) -> HttpResponse:
    meeting = _meeting(request, key)
    found = delegations_to_invite(request.user, meeting).select_related("meeting", "state", "organisation")
    delegation = get_object_or_404(found, pk=pk)
    address = reverse("meetings:delegation-detail", args=[meeting.key, delegation.pk])
    if request.method == "POST":
        return delegation_page.act(request, delegation, address, at_the_desk=True)
    return delegation_page.show(request, delegation, at_the_desk=True)


def _meeting(request: PrivateRequest, key: str) -> Meeting:
    meeting = get_object_or_404(meetings_with_names(request.user), key=key)
    require(request.user, "meetings.chair_meeting", meeting)
    return meeting
