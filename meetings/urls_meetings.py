"""Meetings: the list, each one, and the office's pages to run them."""

from django.urls import URLPattern, path

from meetings.views import reading

urlpatterns: list[URLPattern] = [
    path("meetings/", reading.meeting_list, name="meeting-list"),
    path("meetings/<slug:key>/", reading.meeting_detail, name="meeting-detail"),
]
