"""Pages of the formal track of a case."""

from django.urls import URLPattern, path

from compliance.views import formal

urlpatterns: list[URLPattern] = [
    path("cases/<uuid:case>/formal/", formal.formal_page, name="formal"),
    path("cases/<uuid:case>/formal/lodge/", formal.formal_lodge, name="formal-lodge"),
    path("cases/<uuid:case>/formal/<slug:step>/", formal.formal_step, name="formal-step"),
]
