"""What programs and spreadsheets can take from the portal, told to people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ccm_portal.core.http import public_page
from reporting.form.editions import EDITIONS


@public_page(lambda request: "")
def data(request: HttpRequest) -> HttpResponse:
    """Addresses, formats, conditions and limits; it changes with the portal alone."""
    return render(request, "dashboard/data.html", {"editions": sorted(EDITIONS)})
