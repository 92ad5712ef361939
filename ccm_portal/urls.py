"""Every address of the portal. Pages have a language prefix; API, files and health have none."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from ccm_portal.core import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("account/", include("allauth.urls")),
        path("", include("ccm_portal.dashboard.urls")),
        prefix_default_language=False,
    ),
]
