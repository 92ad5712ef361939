"""Pages of reports: what the world reads, and each State's own desk."""

from ccm_portal.core.addresses import pages_of

app_name = "reporting"
urlpatterns = [
    pages_of("reporting.urls_reading"),
    pages_of("reporting.urls_drafting"),
    pages_of("reporting.urls_office"),
]
