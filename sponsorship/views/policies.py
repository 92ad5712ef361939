"""Versions of the rules: listed, begun, written until a call is opened under them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import private_page
from ccm_portal.core.permissions import require
from committees.domain.said import WorkRefused
from committees.views.acting import tried
from sponsorship.domain import policies, round_reading
from sponsorship.forms_policies import PolicyForm, written_now
from sponsorship.rules_rounds import office_policies
from sponsorship.views.rounds_office import RUN


@private_page
@require_safe
def office_policy_list(request: HttpRequest) -> HttpResponse:
    """All versions, the newest first, with the rounds under each."""
    require(request.user, RUN, None)
    found = list(office_policies(request.user).prefetch_related("rounds__meeting"))
    rows = [(one, list(one.rounds.all()), any(round.opened_at for round in one.rounds.all())) for one in found]
    return render(request, "sponsorship/office_policies.html", {"rows": rows})


@private_page
@require_POST
def policy_begin(request: HttpRequest) -> HttpResponse:
    """A new version: a copy of the newest."""
    require(request.user, RUN, None)
    try:
        made = policies.begin(copy_of=office_policies(request.user).first(), by=request.user, at=clock.now())
    except WorkRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect("sponsorship:office-policies")
    return redirect("sponsorship:policy-write", made.number)


@private_page
def policy_write(request: HttpRequest, number: int) -> HttpResponse:
    """Write a version; one under which a call was opened is only read."""
    policy = get_object_or_404(office_policies(request.user), number=number)
    frozen = policies.is_frozen(policy)
    form = PolicyForm(request.POST or None, initial=written_now(policy))
    stands: list[dict[str, Any]] = []
    if form.is_bound and form.is_valid():
        version = form.cleaned_data["version"]
        done, stands = tried(
            form,
            lambda: policies.write(
                policy=policy, written=form.written(), version=version, by=request.user, at=clock.now()
            ),
            now=written_now,
        )
        if done:
            messages.success(request, _("Saved."))
            return redirect("sponsorship:office-policies")
    context = {
        "policy": policy,
        "form": None if frozen and not form.is_bound else form,
        "rules": round_reading.rules_in_words(policy),
        "stands": stands,
        "back": reverse("sponsorship:office-policies"),
    }
    return render(request, "sponsorship/policy_write.html", context, status=422 if form.is_bound else 200)
