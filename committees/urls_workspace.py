"""The workspaces of bodies: plans, contacts, problems, what follows; the universalisation log."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
