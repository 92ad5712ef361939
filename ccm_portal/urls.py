"""Every address of the portal. Pages have a language prefix; API, files and health have none."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from ccm_portal.core.addresses import pages_of
from ccm_portal.core.admin import site
from ccm_portal.core.views import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", health.robots, name="robots"),
    path("favicon.ico", health.favicon, name="favicon"),
    path("admin/", site.urls),
    path("api/v1/", include("ccm_portal.dashboard.urls_api")),
    pages_of("reporting.urls_files"),
    pages_of("meetings.urls_files"),
    pages_of("compliance.urls_files"),
    pages_of("sponsorship.urls_files"),
    *i18n_patterns(
        path("account/", include("ccm_portal.core.account_urls")),
        pages_of("ccm_portal.core.urls"),
        pages_of("ccm_portal.dashboard.urls"),
        pages_of("meetings.urls"),  # before the reports: /my/calendar/ is no State's
        pages_of("compliance.urls"),  # before the reports too: /my/<state>/requests/
        pages_of("sponsorship.urls"),  # and /my/<state>/sponsorship/
        pages_of("reporting.urls"),
        pages_of("committees.urls"),
        prefix_default_language=False,
    ),
]
