"""Pages of reports: what the world reads, and each State's own desk."""

from django.urls import include, path

app_name = "reporting"
urlpatterns = [
    path("", include("reporting.urls_reading")),
    path("", include("reporting.urls_drafting")),
    path("", include("reporting.urls_office")),
]
