"""Files of compliance: addresses without a language."""

from django.urls import path

from compliance.views import requests_public

app_name = "compliance-files"
urlpatterns = [
    path("files/requests.csv", requests_public.requests_csv, name="requests-csv"),
]
