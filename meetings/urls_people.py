"""Who takes part: delegations, credentials, the list of participants."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
