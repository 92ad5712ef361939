"""The calendar of the year, and the planner."""

from django.urls import URLPattern, path

from meetings.views import planner

urlpatterns: list[URLPattern] = [
    path("calendar/planner/", planner.planner, name="planner"),
]
