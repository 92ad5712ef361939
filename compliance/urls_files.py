"""Files of compliance: addresses without a language."""

from django.urls import URLPattern

app_name = "compliance-files"
urlpatterns: list[URLPattern] = []
