"""Files and feeds, which have no language: papers, programmes, statements, calendars."""

from django.urls import URLPattern

app_name = "meeting-files"
urlpatterns: list[URLPattern] = []
