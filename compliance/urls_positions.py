"""Pages of positions."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
