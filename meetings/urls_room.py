"""In the room: speakers' lists, statements, the chair, the hall screen."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
