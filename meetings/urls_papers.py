"""Papers: what is published, proposed and accepted."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
