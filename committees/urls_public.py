"""Bodies, who leads them and how they came to: what everybody reads, and nominations."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
