"""The read-only API, version 1."""

from django.urls import path, re_path

from ccm_portal.core.api import not_found, public_api
from ccm_portal.dashboard import api
from compliance.api_positions import Positions
from meetings.api import Meetings
from meetings.api_papers import Papers
from reporting.api import Figures, OneReport, Reports

app_name = "api"
urlpatterns = [
    path("", public_api(api.Root.as_view()), name="root"),
    path("states/", public_api(api.States.as_view({"get": "list"})), name="state-list"),
    path("states/<slug:slug>/", public_api(api.States.as_view({"get": "retrieve"})), name="state-detail"),
    path("reports/", public_api(Reports.as_view()), name="report-list"),
    path("reports/<slug:state>/<slug:slug>/", public_api(OneReport.as_view()), name="report-detail"),
    path("figures/", public_api(Figures.as_view()), name="figure-list"),
    path("meetings/", public_api(Meetings.as_view()), name="meeting-list"),
    path("papers/", public_api(Papers.as_view()), name="paper-list"),
    path("positions/", public_api(Positions.as_view()), name="position-list"),
    path("due-items/", public_api(api.DueItems.as_view()), name="due-item-list"),
    path("schema/", public_api(api.Description.as_view()), name="schema"),
    re_path(r"^.*$", not_found, name="nothing"),
]
