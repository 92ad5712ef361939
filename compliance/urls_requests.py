"""Pages of requests."""

from django.urls import path

from compliance.views import requests_public

ONE = "requests/<slug:state>/<slug:clock>/<int:number>/"
urlpatterns = [
    path("requests/", requests_public.request_list, name="request-list"),
    path(ONE, requests_public.request_detail, name="request-detail"),
]
