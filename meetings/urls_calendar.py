"""The calendar of the year, and the planner."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
