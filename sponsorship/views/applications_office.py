"""For sponsorship officers: the applications of a round, reading one, entering one that came on paper."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.permissions import may, require
from ccm_portal.core.workflow import TransitionRefused
from committees.domain.said import WorkRefused
from sponsorship.domain import application_desk, applications, nominees, standing
from sponsorship.forms_applications import EnterForm, ForStateForm
from sponsorship.rules import office_rounds
from sponsorship.rules_applications import office_applications
from sponsorship.views.applications_found import OFFICE, application_of
from sponsorship.views.applications_writing import frame


@private_page
def office_application_list(request: PrivateRequest, round: str) -> HttpResponse:
    """What was sent in a round, and what is entered from paper; beginning one more of these."""
    call = get_object_or_404(office_rounds(request.user), key=round)
    form = ForStateForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        its = form.cleaned_data["state"]
        try:
            applications.begin(round=call, state=its, by=request.user, at=clock.now())
        except WorkRefused as refusal:
            form.add_error("state", str(refusal))
        else:
            return redirect(OFFICE.application, state=its.slug, round=call.key)
    found = office_applications(request.user).filter(round=call).order_by("state__name_en")
    context = {
        "round": call,
        "form": form,
        "rows": [(one, standing.of_application(one, on=clock.now().date())) for one in found],
    }
    return render(request, "sponsorship/office_applications.html", context, status=422 if form.errors else 200)


@private_page
def office_application(request: PrivateRequest, round: str, state: str) -> HttpResponse:
    """One application, without anything sealed. A draft that came on paper is entered as sent from here."""
    its = application_of(request, state, round, OFFICE)
    at = clock.now()
    is_draft = its.status == "draft"
    form = EnterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(request.user, "sponsorship.enter_application", its)
        if its.entered_by_id is None:
            raise Http404
    if form.is_valid():
        try:
            applications.enter(application=its, by=request.user, at=at, **form.cleaned_data)
        except (WorkRefused, TransitionRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Entered as sent."))
            return redirect(OFFICE.application, state=state, round=round)
    rows = application_desk.people(its, on=at.date())
    context = frame(its, OFFICE) | {
        "form": form if is_draft else None,
        "seen": applications.digest(its),
        "rows": rows,
        "order": nominees.order_of(row.person for row in rows),
        "standing": standing.of_application(its, on=at.date()),
        "missing": applications.missing(its) if is_draft else [],
        "eligibility": application_desk.eligible(its.round, its.state, its, on=at.date()),
        "is_draft": is_draft,
        "writes": is_draft and may(request.user, "sponsorship.write_application", its),
    }
    return render(request, "sponsorship/office_application.html", context, status=422 if form.errors else 200)
