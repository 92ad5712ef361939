"""Agendas: the desk, revisions, items, the annotated programme."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
