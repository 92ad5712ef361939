"""Pages of cases."""

from django.urls import URLPattern, path

from compliance.views import cases

urlpatterns: list[URLPattern] = [
    path("cases/<uuid:case>/", cases.case, name="case"),
]
