"""Files of compliance: addresses without a language."""

from django.urls import path

from compliance.views import case_entries, obligations, positions, requests_public, requests_writing

app_name = "compliance-files"
urlpatterns = [
    path("files/cases/<uuid:case>/<int:number>/", case_entries.case_file, name="case-file"),
    path("files/obligations.csv", obligations.obligations_csv, name="obligations-csv"),
    path("files/positions.csv", positions.positions_csv, name="positions-csv"),
    path("files/positions.xlsx", positions.positions_xlsx, name="positions-xlsx"),
    path("files/requests.csv", requests_public.requests_csv, name="requests-csv"),
    path("files/requests/<int:pk>/<str:name>", requests_public.request_file, name="request-file"),
    path("files/drafts-of-requests/<int:pk>/<str:name>", requests_writing.draft_file, name="request-draft-file"),
]
