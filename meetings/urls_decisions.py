"""Decisions: the register, votes, silence procedures, reports of meetings."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
