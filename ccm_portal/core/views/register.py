"""The register, to be read by the auditor. Nothing can be changed here or anywhere."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ccm_portal.core import register as acts
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.models import RegisterEntry
from ccm_portal.core.permissions import may


@require_safe
@private_page
def register(request: PrivateRequest) -> HttpResponse:
    """Every act of the main chain, the newest first. Cases have chains of their own and are not shown."""
    if not may(request.user, "core.read_register", None):
        raise Http404
    entries = RegisterEntry.objects.filter(chain=acts.MAIN).select_related("actor", "state").order_by("-number")
    page = Paginator(entries, 50).get_page(request.GET.get("page"))
    return render(request, "core/register.html", {"page": page})
