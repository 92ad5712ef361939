"""For the ISO: which reports went to the United Nations, and what it acknowledged."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import private_page
from ccm_portal.core.permissions import may, require
from reporting.domain import transmissions
from reporting.forms import AcknowledgeForm
from reporting.rules import tracked_transmissions


@require_safe
@private_page
def transmission_list(request: HttpRequest) -> HttpResponse:
    if not may(request.user, "reporting.track_transmissions", None):
        raise Http404
    rows = tracked_transmissions(request.user).order_by("-version__filed_at", "-pk")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(request, "reporting/transmission_list.html", {"page": page})


@private_page
def transmission_acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    transmission = get_object_or_404(tracked_transmissions(request.user), pk=pk)
    require(request.user, "reporting.acknowledge", transmission.version.report)

    form = AcknowledgeForm(request.POST if request.method == "POST" else None, initial={"on": clock.today()})
    if form.is_valid():
        try:
            transmissions.acknowledge(
                transmission=transmission,
                on=form.cleaned_data["on"],
                reference=form.cleaned_data["reference"],
                by=request.user,
                at=clock.now(),
            )
        except transmissions.AcknowledgementRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The acknowledgement is noted."))
            return redirect("reporting:transmission-list")
    context = {"transmission": transmission, "version": transmission.version, "form": form}
    return render(request, "reporting/transmission_acknowledge.html", context)
