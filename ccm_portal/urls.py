"""Every address of the portal. Pages have a language prefix; API, files and health have none."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from ccm_portal.core.admin import site
from ccm_portal.core.views import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", health.robots, name="robots"),
    path("favicon.ico", health.favicon, name="favicon"),
    path("admin/", site.urls),
    path("api/v1/", include("ccm_portal.dashboard.urls_api")),
    path("", include("reporting.urls_files")),
    path("", include("meetings.urls_files")),
    *i18n_patterns(
        path("account/", include("ccm_portal.core.account_urls")),
        path("", include("ccm_portal.core.urls")),
        path("", include("ccm_portal.dashboard.urls")),
        path("", include("reporting.urls")),
        path("", include("committees.urls")),
        path("", include("meetings.urls")),
        prefix_default_language=False,
    ),
]
