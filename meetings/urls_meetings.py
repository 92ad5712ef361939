"""Meetings: the list, each one, and the office's pages to run them."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
